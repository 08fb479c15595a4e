"""Following links on pages: inside the document at once, to the web only after a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.shell.panes import Panes
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.usecases.desk import Link

_SCHEMES = ("http", "https", "mailto")


class Following(QObject):
    """Wires the links of every pane."""

    def __init__(self, panes: Panes, window: QWidget, opens: Callable[[QUrl], bool] | None = None) -> None:
        """opens: what opens an address; the desktop by default."""
        super().__init__(window)
        self._panes, self._window = panes, window
        self._opens = opens or QDesktopServices.openUrl
        panes.added.connect(self._wire)

    def _wire(self, pane: ReaderPane) -> None:
        pane.link_wanted.connect(lambda link, beside: self.follow(pane, link, beside))

    def follow(self, pane: ReaderPane, link: Link, beside: bool) -> None:
        """Go where a link leads, in this pane or beside it."""
        if link.kind == "web":
            self.ask(link.uri)
            return
        if beside:
            self._panes.activate(pane)
            target = self._panes.split() or pane
        else:
            target = pane
        target.go_to_page(link.page, link.y)

    def ask(self, address: str) -> None:
        """Show the whole address before anything leaves the machine."""
        url = QUrl(address, QUrl.ParsingMode.StrictMode)
        if not url.isValid() or url.scheme().lower() not in _SCHEMES:
            return
        dialog = Dialog(say("Open this address?"), self._sentence(url), self._window)
        address_line = dialog.sentence
        address_line.setAccessibleName(address)
        dialog.add_button(say("Cancel"))
        dialog.add_button(say("Copy the address"), "copy")
        dialog.add_button(say("Open in the browser") if url.scheme() != "mailto" else say("Write a mail"),
                          "open", main=True)  # fmt: skip
        dialog.finished.connect(lambda _code: self._answered(dialog, url))
        dialog.open()

    def _sentence(self, url: QUrl) -> str:
        shown = url.toString(QUrl.ComponentFormattingOption.PrettyDecoded)
        plain = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
        said = say("{address}\n\nThis document asks to open it; Kantlijn itself never goes online.", address=shown)
        if plain.startswith("xn--") or ".xn--" in plain:  # letters that look like others
            said += "\n" + say("The name of the site is written with foreign letters: {name}.", name=plain)
        return said

    def _answered(self, dialog: Dialog, url: QUrl) -> None:
        if dialog.chosen == "open":
            self._opens(url)
        elif dialog.chosen == "copy":
            QGuiApplication.clipboard().setText(url.toString())
        dialog.deleteLater()
