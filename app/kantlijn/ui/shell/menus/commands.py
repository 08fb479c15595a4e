"""What the actions of the window do, where that is more than one call."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from kantlijn import __version__, paths
from kantlijn.errors import reason_of
from kantlijn.ui.kit.dialog import tell
from kantlijn.ui.kit.plain import entry, tip
from kantlijn.ui.shell.menus.card_menu import card_actions
from kantlijn.ui.shell.menus.preferences import PreferencesDialog
from kantlijn.ui.shell.menus.shortcuts import ShortcutsDialog
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.shell.menus.palette import Palette
    from kantlijn.ui.shell.parts import Parts
    from kantlijn.usecases.shelf.add_documents import Added

_ZOOM = 1.2
DOCUMENTS = (
    "*.pdf *.docx *.docm *.dotx *.odt *.ott *.fodt *.rtf *.html *.htm *.xhtml *.mhtml *.mht *.epub"
    " *.txt *.text *.md *.markdown"
)
"""Of the file dialog; any other file may be chosen too, and is known by what is in it."""


class Commands:
    """Connects the actions of one window."""

    def __init__(self, window: Parts, palette: Palette) -> None:
        self._window = window
        actions = window.actions_
        actions.connect_to({
            "new": self.new_project, "open": self.open_project, "sample": self.open_sample,
            "add": self.add_documents, "add_text": self.add_clipboard, "copy": self.save_copy,
            "settings": self.preferences, "close": window.close, "filter": self.filter,
            "palette": palette.open,
            "split": lambda: window.panes.split(),
            "unsplit": lambda: window.panes.close_pane(),
            "next_pane": lambda: self.walk(1), "previous_pane": lambda: self.walk(-1),
            "zoom_in": lambda: self._zoom_by(_ZOOM), "zoom_out": lambda: self._zoom_by(1 / _ZOOM),
            "zoom_real": lambda: self._zoom("1"), "zoom_width": lambda: self._zoom("width"),
            "zoom_page": lambda: self._zoom("page"), "dark": self.swap_scheme,
            "past": window.tagging.show_past,
            "theme": window.tagging.pick_theme, "note": window.tagging.write_note, "delete": self.delete,
            "previous": lambda: self.step(-1), "next": lambda: self.step(1),
            "add_theme": lambda: window.themes.add(), "edit_theme": window.themes.edit_chosen,
            "details": window.sources.edit_chosen, "keys": self.show_keys, "manual": self.show_manual,
            "logs": self.show_logs, "about": self.about, "relate": window.relating.relate,
            **window.shaping.calls(),
            **window.finding.calls(), **window.searching.calls(), "copy_source": window.manners.copy_with_source,
            **window.travelling.calls(), **window.taking_in.calls(), **window.lens.calls(),
            **window.recognising.calls(),
            **window.laying_out.calls(), "zoom_trim": lambda: self._zoom("trim"),
            **window.linked.calls(), **window.comparing.calls(),
            **window.reviewing.calls(), **window.backing_up.calls(),
            **window.exchanging.calls(), **window.summarising.calls(),
            "page": self.go_to_page,
            "outline": lambda: self.show_side("outline"), "pages": lambda: self.show_side("pages"),
            "split_below": lambda: window.panes.split(below=True),
        })  # fmt: skip
        window.annotations.actions_for_cards = card_actions(actions)
        actions["sidebar"].toggled.connect(lambda on: window.sidebar.setVisible(on and self._there))
        actions["list"].toggled.connect(lambda on: window.listing.setVisible(on and self._there))
        actions["linked"].toggled.connect(window.linked.link)
        actions["area"].toggled.connect(window.manners.area_tool)
        actions["caret"].toggled.connect(window.manners.caret)
        actions["full"].toggled.connect(lambda on: window.showFullScreen() if on else window.showNormal())
        window.searching.begun.connect(lambda: self.show_listed("search"))
        window.searching.shelf_wanted.connect(self._show_shelf)
        window.menus["recent"].aboutToShow.connect(self._fill_recent)

    @property
    def _there(self) -> bool:
        return self._window.jobs.desk is not None

    # -- projects -------------------------------------------------------------------------------------------

    def new_project(self) -> None:
        path = self._ask_name(say("New project"), say("Project") + ".kantlijn")
        if path is None:
            return
        if self._window.opening.asked:
            self._window.another_wanted.emit(path, "new")
        else:
            self._window.opening.new(path)

    def open_project(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, say("Open project"), self._folder(), say("Kantlijn projects") + " (*.kantlijn)"
        )
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Open a project here when nothing is open, else in a window of its own."""
        if self._window.opening.asked:
            self._window.another_wanted.emit(path, "open")
        else:
            self._window.opening.open(path)

    def open_sample(self) -> None:
        if self._window.opening.asked:
            self._window.another_wanted.emit(None, "sample")
        else:
            self._window.opening.sample()

    def _fill_recent(self) -> None:
        menu = self._window.menus["recent"]
        menu.clear()
        for recent in self._window.settings["recent"]:
            path = Path(str(recent))
            action = menu.addAction(entry(path.stem))
            action.setToolTip(tip(str(path)))
            action.triggered.connect(lambda _on=False, path=path: self.open_path(path))
        menu.setToolTipsVisible(True)
        if menu.isEmpty():
            menu.addAction(say("None yet")).setEnabled(False)

    def _folder(self) -> str:
        path = self._window.opening.path
        if path is not None and not self._window.opening.scratch:
            return str(path.parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def _ask_name(self, title: str, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, title, str(Path(self._folder()) / name), say("Kantlijn projects") + " (*.kantlijn)"
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix == ".kantlijn" else path.with_name(path.name + ".kantlijn")

    def save_copy(self) -> None:
        from kantlijn.usecases.keeping.projects import save_copy

        path = self._ask_name(say("Save a copy"), say("{name} copy", name=self._window.opening.name) + ".kantlijn")
        if path is not None:
            said = say("Saved a copy as {name}.", name=path.name)
            self._window.jobs.do(save_copy, path, then=lambda _none: self._window.jobs.tell(said))

    def add_documents(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, say("Add documents"), self._folder(),
            f"{say('Documents')} ({DOCUMENTS});;{say('All files')} (*)",
        )  # fmt: skip
        self._window.files_wanted.emit([Path(file) for file in chosen])

    def add_clipboard(self) -> None:
        """Make a document of the text that was copied last."""
        self._window.importing.add_text(QGuiApplication.clipboard().text(), ready=self._show_added)

    def _show_added(self, added: Added) -> None:
        there = [one.version for one in added.added] + [one.version for one in added.known]
        for version in there:
            self._window.panes.open(version)
        self._window.offering.look_at(added)

    # -- the window -----------------------------------------------------------------------------------------

    def preferences(self) -> None:
        window = self._window
        dialog = PreferencesDialog(window.settings, window)
        language_before = window.settings["language"]
        if dialog.exec():
            try:
                for name, value in dialog.changed().items():
                    window.settings.choose(name, value)
            except OSError as error:
                window.jobs.trouble.emit(say("The settings could not be written: {why}.", why=reason_of(error)))
            window.look.choose(str(window.settings["scheme"]))
            window.tagging.use_popup = bool(window.settings["popup"])
            window.panes.set_dark(window.look.dark and bool(window.settings["dark_page"]))
            size, width, numbers = (
                int(window.settings[name]) for name in ("text_size", "text_width", "line_numbers")
            )
            window.panes.set_type(size, width, numbers, str(window.settings["text_font"]))
            if language_before != window.settings["language"]:
                window.jobs.tell(say("The language changes when Kantlijn starts again."))
        dialog.deleteLater()

    def swap_scheme(self) -> None:
        """Light to dark and back."""
        scheme = "light" if self._window.look.dark else "dark"
        with contextlib.suppress(OSError):
            self._window.settings.choose("scheme", scheme)
        self._window.look.choose(scheme)

    def show_side(self, name: str) -> None:
        """Show this list at the left, and go there; or the documents again when it was there already."""
        window = self._window
        if window.sidebar.isVisible() and window.sidebar.current == name:
            name = "shelf"
        window.actions_["sidebar"].setChecked(True)
        window.sidebar.show_list(name)

    def _show_shelf(self) -> None:
        self._window.actions_["sidebar"].setChecked(True)
        self._window.sidebar.show_list("shelf")

    def show_listed(self, name: str) -> None:
        """Show this list at the right."""
        self._window.actions_["list"].setChecked(True)
        self._window.listing.show_list(name)

    def go_to_page(self) -> None:
        """Ask for a page of what is being read."""
        if self._window.panes.active is not None:
            self._window.going_to.open(self._window.panes.active)

    def filter(self) -> None:
        """Go to the line that filters the annotation list."""
        self.show_listed("annotations")
        self._window.annotations.narrow.field.setFocus()
        self._window.annotations.narrow.field.selectAll()

    def walk(self, step: int) -> None:
        """To the next part of the window, or the one before."""
        window = self._window
        parts: list[QWidget] = [window.sources.tree, window.themes.tree]
        parts += [window.outline.tree, window.thumbnails.list]
        parts += [*window.panes.panes] or [window.welcome]
        parts += [window.annotations.narrow.field, window.annotations.list, window.relations.list]
        parts += [window.changes.list, window.review.list, window.hits.list, window.search]
        parts = [part for part in parts if part.isVisible()]
        focus = window.focusWidget()
        holds = [focus is not None and (part is focus or part.isAncestorOf(focus)) for part in parts]
        at = holds.index(True) if any(holds) else -1
        if parts:
            parts[(at + step) % len(parts) if at >= 0 else 0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _zoom_by(self, factor: float) -> None:
        pane = self._window.panes.active
        if pane is not None and pane.view is not None:
            pane.view.zoom_by(factor)

    def _zoom(self, zoom: str) -> None:
        pane = self._window.panes.active
        if pane is not None and pane.view is not None:
            pane.view.set_zoom(zoom)

    def delete(self) -> None:
        """Delete what the focus is on: a document, a theme, else the selected annotations."""
        window = self._window
        if window.sources.tree.hasFocus():
            window.sources.remove_chosen()
        elif window.themes.tree.hasFocus():
            window.themes.delete_chosen()
        elif window.relations.list.hasFocus():
            window.relations.delete()
        else:
            window.tagging.delete()

    def step(self, by: int) -> None:
        """To the next annotation of the list, or the one before."""
        model = self._window.annotations.model
        if not model.rows:
            return
        chosen = self._window.tagging.selected
        at = model.number_of(chosen[0]) if chosen else -1
        at = (at + by) % len(model.rows) if at >= 0 else 0 if by > 0 else len(model.rows) - 1
        row = model.rows[at]
        self._window.tagging.select([row.passage.id])
        self._window.annotations.jump_wanted.emit(row.passage.id, row.version.id, row.passage.anchor.range)

    # -- help -----------------------------------------------------------------------------------------------

    def show_keys(self) -> None:
        """Every key there is, to be changed."""
        dialog = ShortcutsDialog(self._window.actions_, self._window.settings, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_manual(self) -> None:
        """The manual in a window beside this one; the same one when it is there already."""
        from kantlijn.ui.shell.menus.manual import Manual

        manual = self._window.findChild(Manual)
        if manual is None:
            manual = Manual(self._window)
            manual.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        manual.show()
        manual.raise_()
        manual.activateWindow()

    def show_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_folder())))

    def about(self) -> None:
        tell(
            self._window,
            f"Kantlijn {__version__}",
            say("Read, tag, compare and summarise reports, on your own machine. Free software under the AGPL, "
                "version 3 or later. Fonts: Inter and Source Serif 4 (OFL). Icons: Lucide (ISC)."),
        )  # fmt: skip
