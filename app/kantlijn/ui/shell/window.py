"""The main window: puts the panes together and lets them speak through the project, never to each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut

from kantlijn.ui.kit.plain import entry
from kantlijn.ui.shell.parts import Parts
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.model.changes import Changes
    from kantlijn.settings import Settings
    from kantlijn.ui.jobs import Jobs
    from kantlijn.ui.kit.style import Look
    from kantlijn.usecases.desk import Desk, Engine
    from kantlijn.usecases.read import ShelfRow
    from kantlijn.usecases.shelf.add_documents import Added

_PAINTED = 200  # milliseconds in which a picture that has come is on the screen
_SUMMARY = 700  # pixels that choices and preview need beside each other
_PATIENCE = 2000  # milliseconds; a first page that has not come by then need not be waited for


class Window(Parts):
    """One project, or the welcome: the parts, wired."""

    def __init__(
        self, settings: Settings, look: Look, *, engine: Engine | None = None, jobs: Jobs | None = None
    ) -> None:
        super().__init__(settings, look, engine=engine, jobs=jobs)
        self._furnishing = False
        self._restored = False
        self._first_file: Path | None = None
        self._waiting_files: list[Path] = []
        self._side_by_side = False

    def furnish(self) -> None:
        """Put everything into the window; done by its first paint, so that a reader sees at once that it comes."""
        if self._furnishing:
            return
        self._furnishing = True
        self.look.dress()
        from kantlijn.ui.shell.closing import Closing
        from kantlijn.ui.shell.menus.commands import Commands
        from kantlijn.ui.shell.menus.palette import Palette
        from kantlijn.ui.shell.menus.tab_order import TabOrder

        self.build()
        self.palette_ = Palette(self)
        self.commands = Commands(self, self.palette_)
        self.closing = Closing(self, self.last_state)
        self.tab_order = TabOrder(self)
        self.is_furnished = True
        self._wire()
        self.proportions()
        self._allow()
        self.welcome.show_start(self.settings["recent"])
        self.furnished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.is_furnished:
            QTimer.singleShot(0, self, self.furnish)

    def _wire(self) -> None:
        self.jobs.changed.connect(self._changed)
        self.jobs.told.connect(lambda sentence, undoable: self.status.say(sentence, undoable=undoable))
        self.jobs.trouble.connect(lambda sentence: self.status.say(sentence, trouble=True))
        self.jobs.settled.connect(self._settled)
        self.opening.busy.connect(self.welcome.show_busy)
        self.opening.opened.connect(self._opened)
        self.opening.failed.connect(self._not_opened)
        self.opening.warned.connect(self.banner.say)
        self.opening.called.connect(self._called)
        self.shelf.splitterMoved.connect(self._by_hand)
        self.actions_.connect_to({"undo": self.undo, "redo": self.redo})
        self.files_wanted.connect(self.add_files)
        self.status.undo_wanted.connect(self.undo)
        for long in (self.importing, self.exchanging, self.recognising, self.reviewing, self.searching,
                     self.comparing):  # fmt: skip
            long.progress.connect(self.status.run)
            self.status.cancel_wanted.connect(long.cancel)
        self.offering.carry_wanted.connect(self.reviewing.carry)
        self.offering.compare_wanted.connect(self.comparing.compare)
        self.comparing.compared_changed.connect(self._keep_soon)
        self._wire_room()
        self.sources.open_wanted.connect(lambda version, beside: self.panes.open(version, beside=beside))
        self.sources.compare_wanted.connect(self.comparing.ask)
        self.sources.shown.connect(self._shelved)
        self.sources.add_wanted.connect(self.commands.add_documents)
        self.themes.chosen.connect(self.annotations.narrow.toggle_theme)
        self.annotations.total_changed.connect(self.status.show_count)
        self.panes.active_changed.connect(self._active_changed)
        self.panes.place_changed.connect(self._keep_soon)
        self.panes.added.connect(lambda pane: pane.page_wanted.connect(lambda: self.going_to.open(pane)))
        self.travelling.changed.connect(self._ways)
        self.panes.files_dropped.connect(self.add_files)
        self.annotations.narrow.changed.connect(self._keep_soon)
        self.tagging.editor.dirty.connect(self._dirty)
        self.tagging.noting.refused.connect(self._settled)
        self.welcome.add_wanted.connect(self.commands.add_documents)
        self.welcome.new_wanted.connect(self.commands.new_project)
        self.welcome.open_wanted.connect(self.commands.open_project)
        self.welcome.sample_wanted.connect(self.commands.open_sample)
        self.welcome.recent_wanted.connect(lambda path: self.opening.open(Path(path)))
        self.look.changed.connect(self._recoloured)
        self.tagging.use_popup = bool(self.settings["popup"])
        for digit in "123456789":
            shortcut = QShortcut(QKeySequence(digit), self)
            shortcut.activated.connect(lambda digit=digit: self.tagging.press(digit))
            adding = QShortcut(QKeySequence(f"Shift+{digit}"), self)
            adding.activated.connect(lambda digit=digit: self.tagging.press(digit, only_add=True))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._escape)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(1500)
        self._keeping.timeout.connect(self._keep_state)

    def _wire_room(self) -> None:
        """Comparing and the summary take the room of a side for as long as they are there."""
        self.comparing.entered.connect(lambda comparing: self._make_room("sidebar", comparing))
        self.comparing.entered.connect(lambda _comparing: self.status.say(""))  # what was said of the last one
        self.summarising.entered.connect(
            lambda there: self._make_room("list", there and self.middle.width() < _SUMMARY)
        )
        # the bar with themes is the window's, and would float over whatever comes instead of the pages
        self.middle.stack.currentChanged.connect(lambda _index: self.tagging.popup.hide())

    # -- the project ----------------------------------------------------------------------------------------

    def add_files(self, files: Sequence[Path]) -> None:
        """Add documents; where no project is open, to a scratch one. The first is shown at once."""
        if not files:
            return
        if self.opening.asked and not self._waiting_files:
            self.importing.add(list(files), ready=self._added)
            return
        first = not self.opening.asked
        self._side_by_side = first
        self.opening.asked = True
        self._waiting_files += files
        if first:
            self._allow()
            self._show_first(files[0])

    def _show_first(self, file: Path) -> None:
        """Reading comes first: a PDF is drawn before work on the project begins to compete with it."""
        if file.suffix.lower() == ".pdf" and file.is_file():
            self._first_file = file
            # and painted: what is drawn comes to the screen when the event loop is free again
            self.jobs.drawn.connect(lambda: QTimer.singleShot(_PAINTED, self, self._begin_scratch))
            QTimer.singleShot(_PATIENCE, self, self._begin_scratch)
            self.panes.add().show_file(file)
        else:
            self.welcome.show_busy(say("Reading {name}…", name=file.name))
            self._begin_scratch()

    def _begin_scratch(self) -> None:
        """Put the files that wait into a project of their own; the first call counts."""
        files, self._waiting_files = self._waiting_files, []
        if files and not self.jobs.closed:
            self.opening.begin_scratch()
            self.importing.add(files, ready=self._added)

    def _added(self, added: Added) -> None:
        """Show what came in: the first in the pane that waits for it, or in an empty window."""
        there = [(one.file, one.version) for one in added.added] + [(one.file, one.version) for one in added.known]
        first, self._first_file = self._first_file, None
        for pane in self.panes.panes:
            if pane.version_id or first is None:
                continue
            version = next((version for file, version in there if file == str(first)), "")
            if version:
                pane.show_version(version)
            else:
                self.panes.close_pane(pane)
        if not self.panes.panes and there:
            self.panes.open(there[0][1])
        self._open_beside([version for _, version in there])
        self.taking_in.look_into(added)
        self.offering.look_at(added)
        if not self.panes.panes:
            self.welcome.show_blank(writable=not self.jobs.read_only)
        self.panes.active_changed.emit()

    def _open_beside(self, versions: list[str]) -> None:
        """The other files that a window was started with, as far as there is room; the first keeps the keys."""
        from kantlijn.ui.shell.panes import MOST

        if not self._side_by_side or not self.panes.panes:
            return
        self._side_by_side = False
        first = self.panes.panes[0]
        for version in versions:
            if len(self.panes.panes) < MOST and version not in {pane.version_id for pane in self.panes.panes}:
                self.panes.open(version, beside=True)
        self.panes.activate(first)

    def _opened(self) -> None:
        self._retitle()
        self._allow()
        self.travelling.forget()
        self.searching.forget()
        self.summarising.forget()
        if self._first_file is None:
            self.welcome.show_blank(writable=not self.jobs.read_only)
        for pane in (self.sources, self.themes, self.annotations, self.relations):
            pane.refresh()
        self.jobs.do(_kept, then=self._restore)
        self._undo_names()

    def _not_opened(self, sentence: str) -> None:
        self.status.say(sentence, trouble=True)
        self.banner.say(sentence)
        self.welcome.show_start(self.settings["recent"])
        self._allow()

    def _called(self, files: list[Path], link: str) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self.add_files(files)
        if link:
            self.arriving.follow(link)

    def _retitle(self) -> None:
        name = self.opening.name if self.jobs.desk is not None else ""
        self.setWindowTitle(f"{name} – Kantlijn" if name else "Kantlijn")

    def _allow(self) -> None:
        there = self.jobs.desk is not None
        writing = there and not self.jobs.read_only
        self.actions_.allow(project=there, writing=writing)
        # their room is kept while a project opens, so that the page does not jump when it is there
        coming = there or self.opening.asked
        self.toolbar.setVisible(coming)
        self.sidebar.setVisible(coming and self.actions_["sidebar"].isChecked())
        self.listing.setVisible(coming and self.actions_["list"].isChecked())
        self.sources.add_button.setEnabled(writing)
        self.themes.add_button.setEnabled(writing)
        self.themes.tree.setDragEnabled(writing)
        self.status.count.setVisible(there)
        if there and not writing:
            self.status.unsay_saved(say("Read only"))
            if not self.banner.sentence:
                self.banner.say(say("This project is open to be read only; nothing can be changed here."))
        elif there:
            self.status.keep(True)

    # -- what happened --------------------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        lists = (self.sources, self.themes, self.annotations, self.relations, self.outline)
        for pane in (*lists, self.panes, self.showing, self.comparing, self.reviewing):
            pane.refresh(changes)
        self.tagging.refresh(changes)
        self._undo_names()

    def _ways(self, back: bool, forward: bool) -> None:
        self.actions_["back"].setEnabled(back)
        self.actions_["forward"].setEnabled(forward)

    def _undo_names(self) -> None:
        self.jobs.do(_steps, then=self._name_steps)

    def _name_steps(self, titles: tuple[str | None, str | None]) -> None:
        writing = not self.jobs.read_only
        for name, word, title in (("undo", say("Undo"), titles[0]), ("redo", say("Redo"), titles[1])):
            action = self.actions_[name]
            action.setText(f"{word}: {entry(title)}" if title else word)
            action.setIconText(word)
            action.setEnabled(bool(title) and writing)

    def undo(self) -> None:
        """Take the last step back."""
        from kantlijn.usecases import undo

        self.tagging.editor.flush()
        sentence = say("Undone: {title}")
        self.jobs.do(undo.undo, tell=False, then=lambda changes: self._stepped(changes, sentence))

    def redo(self) -> None:
        """Do the last undone step again."""
        from kantlijn.usecases import undo

        sentence = say("Done again: {title}")
        self.jobs.do(undo.redo, tell=False, then=lambda changes: self._stepped(changes, sentence))

    def _stepped(self, changes: Changes | None, sentence: str) -> None:
        if changes is not None:
            self.status.say(sentence.format(title=changes.title))

    def _dirty(self, typing: bool) -> None:
        if not self.jobs.read_only:
            self.status.keep(not typing and not self.jobs.pending)

    def _settled(self) -> None:
        if self.jobs.desk is not None and not self.jobs.read_only:
            self.status.keep(self.tagging.editor.isHidden() or not self.tagging.editor.waiting)
            if self.tagging.noting.unkept:
                self.status.unsay_saved(say("Not saved"))

    def _active_changed(self) -> None:
        from kantlijn.ui.shell.actions import NEED_PANE

        pane = self.panes.active
        version = pane.version_id if pane is not None else ""
        document = self.sources.document_of(version) if pane is not None else ""
        self.sources.show_active(version)
        self.annotations.narrow.set_document(document)
        self.annotations.model.show_active(document, version)
        for name in NEED_PANE:
            self.actions_[name].setEnabled(pane is not None)

    def _shelved(self) -> None:
        """The documents take the room they need, the themes follow right under them."""
        self._active_changed()
        if not self._sidebar_moved:
            QTimer.singleShot(0, self, self._share_sidebar)

    def _share_sidebar(self) -> None:
        high = self.shelf.height()
        upper = min(self.sources.wanted_height(), int(high * 0.6))
        self.shelf.setSizes([upper, high - upper])

    def _make_room(self, side: str, needed: bool) -> None:
        """Hide a side while the middle needs its room; it comes back after that."""
        shown = self.actions_[side]
        if needed and shown.isChecked():
            self._gave_room.add(side)
            shown.setChecked(False)
        elif not needed and side in self._gave_room:
            self._gave_room.discard(side)
            shown.setChecked(True)

    def _by_hand(self) -> None:
        self._sidebar_moved = True

    def _escape(self) -> None:
        if self.summarising.showing:
            self.summarising.leave()
            return
        if self.tagging.escape():
            return
        if self.actions_["area"].isChecked():
            self.actions_["area"].setChecked(False)
            return
        if self.lens.clear():
            return
        if self.comparing.redlined:
            self.comparing.present("sides")
        else:
            self.annotations.narrow.clear()

    def _recoloured(self, dark: bool) -> None:
        self.toolbar.tint()
        self.panes.set_dark(dark and bool(self.settings["dark_page"]))
        self.comparing.set_dark(dark)

    # -- kept -----------------------------------------------------------------------------------------------

    def _keep_soon(self) -> None:
        if self._restored:
            self._keeping.start()

    def _keep_state(self) -> None:
        from kantlijn.usecases import read

        if self._restored and not self.jobs.read_only and not self.jobs.closed:
            self.jobs.do(read.keep_view_state, self._state())

    def _state(self) -> dict[str, Any]:
        return {**self.panes.state(), **self.comparing.state(), "filter": self.annotations.narrow.state()}

    def _restore(self, kept: tuple[dict[str, Any], tuple[ShelfRow, ...]]) -> None:
        state, shelf = kept
        versions = {version.id for row in shelf for version in row.versions}
        self.annotations.narrow.restore(state.get("filter", {}), [row.theme for row in self.themes.rows])
        if not self.panes.panes:
            self.panes.restore(state, versions)
        if not self.panes.panes and shelf and shelf[0].versions and not state:
            self.panes.open(shelf[0].versions[-1].id)
        self.comparing.restore(state, versions)
        self._restored = True
        self.arriving.arrive()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.is_furnished:
            self.toolbar.tint()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.is_furnished or self.closing.may_close():
            self.gone.emit()
            event.accept()
        else:
            event.ignore()

    def last_state(self) -> None:
        """Hand over what was not kept yet, before the project closes."""
        self.tagging.editor.leave()
        self._keeping.stop()
        self._keep_state()
        self.keep_geometry()


def _kept(desk: Desk) -> tuple[dict[str, Any], tuple[ShelfRow, ...]]:
    from kantlijn.usecases import read

    return read.view_state(desk), read.shelf(desk)


def _steps(desk: Desk) -> tuple[str | None, str | None]:
    from kantlijn.usecases import read

    return read.next_undo(desk), read.next_redo(desk)
