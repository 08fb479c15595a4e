"""In which order Tab goes through the window: as the eye does, from the toolbar over the panes to the lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.ui.shell.parts import Parts


class TabOrder(QObject):
    """Put in order anew when a pane shows something, since what it shows comes last by itself."""

    def __init__(self, window: Parts) -> None:
        super().__init__(window)
        self._window = window
        window.panes.added.connect(lambda pane: pane.shown.connect(lambda: self._shown(pane)))
        self.put()

    def put(self) -> None:
        """Panes, right side, status line, toolbar, left side, and round again: Qt begins again at what is read."""
        window = self._window
        parts = [
            *(one for pane in window.panes.panes for one in _of_pane(pane)),
            *window.listing.tabs.tabs.values(), *_inside(window.listing), *_inside(window.status),
            *_inside(window.toolbar), *window.sidebar.tabs.tabs.values(), *_inside(window.sidebar),
        ]  # fmt: skip
        for one, other in pairwise(dict.fromkeys(parts)):
            QWidget.setTabOrder(one, other)

    def _shown(self, pane: ReaderPane) -> None:
        view = pane.view
        if view is not None and not view.property("in_order"):
            view.setProperty("in_order", True)
            self.put()


def _of_pane(pane: ReaderPane) -> Iterator[QWidget]:
    """What is read comes first, its header after it."""
    if pane.view is not None:
        yield pane.view
    header = pane.header
    yield from (header.smaller, header.zoom, header.larger, header.text_mode, header.close_button)
    yield from (one for one in _inside(pane) if not header.isAncestorOf(one))


def _inside(part: QWidget) -> Iterator[QWidget]:
    """What Tab can go to in this part, in the order there is."""
    one = part.nextInFocusChain()
    while one is not None and one is not part:
        if part.isAncestorOf(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield one
        one = one.nextInFocusChain()
