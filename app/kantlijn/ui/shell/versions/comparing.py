"""Comparing in the window: two panes side by side or one redlined text, a list of changes, and the way through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from kantlijn.errors import Cancelled, Known
from kantlijn.model.changes import Changes
from kantlijn.ui.compare.changes import ChangesPane
from kantlijn.ui.compare.choose import ChooseVersions, before_and, likely_pair
from kantlijn.ui.compare.export_dialog import ExportComparison
from kantlijn.ui.compare.gutter import WIDE
from kantlijn.ui.compare.marked import Chips, new_for, touched
from kantlijn.ui.compare.redlined import Merged, RedlineView, merged
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.kit import colours
from kantlijn.ui.page.changes import ChangeMark
from kantlijn.ui.shell.middle import Middle
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.reading.joining import Joining
from kantlijn.ui.shell.reading.linked import Linked
from kantlijn.ui.shell.reading.side_by_side import Aligned, line_in_view, put_line
from kantlijn.ui.shell.sides import Side
from kantlijn.ui.shell.versions.levelling import Levelling
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.read import ShelfRow
    from kantlijn.usecases.versions.compare import Compared

_LATER = 300  # milliseconds after which the minimap is worked out anew


class Comparing(QObject):
    """One comparison at a time. The panes stay panes: reading and tagging go on in them."""

    progress = Signal(str, int)
    """(sentence, -1) while it is worked out; "" when done."""
    compared_changed = Signal()
    """(): another comparison is shown, or none."""
    entered = Signal(bool)
    """(whether a comparison begins, or ends)."""

    def __init__(
        self, jobs: Jobs, panes: Panes, middle: Middle, changes: ChangesPane, listing: Side, linked: Linked,
        parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._panes, self._middle, self._changes = jobs, panes, middle, changes
        self._listing, self._linked = listing, linked
        self.compared: Compared | None = None
        self.current: int | None = None
        self.wanted: tuple[str, str, tuple[str, ...]] | None = None
        """Old, new and what is ignored, as soon as they were asked for."""
        self._aligned: Aligned | None = None
        self._task: Task | None = None
        self._before: dict[str, Any] | None = None
        self._was_linked = False
        self._redline: RedlineView | None = None
        self._merged: Merged | None = None
        self._arranging = False
        self._joining = Joining(panes, self)
        self._levelling = Levelling(panes, linked, self)
        self._mapping = QTimer(self, singleShot=True, interval=_LATER)
        self._mapping.timeout.connect(self._show_map)
        self._levelling.changed.connect(self._mapping.start)
        bar = middle.bar
        bar.left.connect(lambda: self.leave())
        bar.stepped.connect(self.step)
        bar.presentation_chosen.connect(self.present)
        bar.ignore_chosen.connect(self._ignore)
        bar.export_wanted.connect(self.export)
        changes.chosen.connect(self.go_to_edit)
        changes.listed.connect(self._count)
        changes.theme_wanted.connect(self._narrow)
        changes.compare_wanted.connect(lambda: self.ask())
        middle.minimap.wanted.connect(self._jump)
        panes.added.connect(self._wire)
        panes.active_changed.connect(self._look)
        panes.place_changed.connect(self._look)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {
            "compare": lambda: self.ask(), "next_change": lambda: self.step(1),
            "previous_change": lambda: self.step(-1),
            "redline": lambda: self.present("sides" if self.redlined else "redline"),
            "export_comparison": self.export,
        }  # fmt: skip

    # -- beginning ------------------------------------------------------------------------------------------

    def ask(self, version: str = "") -> None:
        """Ask which two versions, and compare them. version: the newer one to begin with; "" for what is open."""
        self._jobs.do(_shelf, then=lambda shelf: self._asked(shelf, version), tell=False)

    def _asked(self, shelf: tuple[ShelfRow, ...], version: str) -> None:
        if sum(len(row.versions) for row in shelf) < 2:
            self._jobs.tell(say("Add a second document or version first; then they can be compared."))
            return
        active = self._panes.active
        others = [pane.version_id for pane in self._panes.panes if pane is not active]
        if version:
            pair = before_and(shelf, version)
        else:
            pair = likely_pair(shelf, active.version_id if active is not None else "", others)
        dialog = ChooseVersions(shelf, *pair, self._panes.window())
        dialog.accepted.connect(lambda: self.compare(*dialog.versions))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def compare(self, old: str, new: str, ignore: tuple[str, ...] = ()) -> None:
        """Show these two versions beside each other and work out what changed."""
        if self._task is not None:
            self._task.cancel()
        if self.wanted is None:
            self._before = self._panes.state()
            self._was_linked = self._linked.on
            self.entered.emit(True)
        self._clear()
        self.wanted = (old, new, ignore)
        self._arrange(old, new)
        self._middle.bar.show_ignored(ignore)
        self._middle.bar.show()
        self._listing.show_list("changes")
        from kantlijn.usecases.versions.compare import compare_versions

        task = self._task = Task()
        self.progress.emit(say("Comparing…"), -1)
        self._jobs.long(
            compare_versions, old, new, ignore=ignore, cancelled=task.cancelled, task=task,
            then=lambda compared: self._done(compared, task), failed=lambda error: self._failed(error, task),
        )  # fmt: skip

    def cancel(self) -> None:
        """Stop working it out."""
        if self._task is not None:
            self._task.cancel()

    def _arrange(self, old: str, new: str) -> None:
        """The old version in the first pane, the new one in the second, no others."""
        self._arranging = True
        panes = self._panes
        for pane in panes.panes[2:][::-1]:
            panes.close_pane(pane)
        while len(panes.panes) < 2 or panes.panes[0].parent() is panes.panes[1].parent():
            if len(panes.panes) == 2:  # below each other
                panes.close_pane(panes.panes[1])
            panes.add()
        for pane, version in zip(panes.panes, (old, new), strict=True):
            if pane.version_id != version:
                pane.show_version(version)
        panes.activate(panes.panes[1])
        panes.splitter.setHandleWidth(WIDE)
        panes.splitter.setSizes([1000, 1000])
        self._arranging = False
        panes.active_changed.emit()

    def _done(self, compared: Compared, task: Task) -> None:
        if task is not self._task:
            return
        self._task = None
        self.progress.emit("", 0)
        self.compared = compared
        self._aligned = Aligned(compared.old.id, compared.new.id, compared.comparison)
        self._linked.follow(self._aligned)
        self._joining.begin(compared, self._aligned)
        self._levelling.begin(compared)
        for pane in self._panes.panes:
            self._hand(pane)
        self._changes.show_compared(compared, {})
        self._middle.minimap.show()
        self._mapping.start()
        self._jobs.do(touched, compared, then=lambda chips: self._take_chips(compared, chips), tell=False)
        self.compared_changed.emit()
        if compared.comparison.conserved and compared.comparison.is_related:
            self._jobs.tell(say("Everything not marked is letter for letter the same."))

    def _failed(self, error: Known, task: Task) -> None:
        if task is not self._task:
            return
        self._task = None
        self.progress.emit("", 0)
        self.leave()
        if isinstance(error, Cancelled):
            self._jobs.tell(error.sentence)
        else:
            self._jobs.trouble.emit(error.sentence)

    def _take_chips(self, compared: Compared, found: tuple[Chips, list[tuple[str, str]]]) -> None:
        if compared is self.compared:
            chips, themes = found
            self._changes.show_themes(themes)
            self._changes.show_compared(compared, chips)
            self._changes.set_current(self.current)

    def refresh(self, changes: Changes) -> None:
        """Annotations and themes may be others now."""
        if self.compared is not None and any(
            changes.touched(kind) for kind in ("annotation", "anchor", "theme")
        ):
            compared = self.compared
            self._jobs.do(touched, compared, then=lambda chips: self._take_chips(compared, chips), tell=False)

    # -- ending ---------------------------------------------------------------------------------------------

    def leave(self, *, restore: bool = True) -> None:
        """Back to reading, with the panes as they were before; restore False: as they are."""
        if self.wanted is None:
            return
        self.cancel()
        self._task = None
        self.progress.emit("", 0)
        self._clear()
        self.wanted = None
        self._middle.bar.hide()
        self._panes.splitter.setHandleWidth(1)
        self._listing.offer("changes", there=False)
        before, self._before = self._before, None
        if restore and before is not None and before.get("panes"):
            self._arranging = True
            for pane in list(self._panes.panes)[::-1]:
                self._panes.close_pane(pane)
            self._panes.restore(before, {one["version"] for one in before["panes"]})
            self._arranging = False
        self._linked.link(self._was_linked, quietly=True)
        self.entered.emit(False)
        self.compared_changed.emit()

    def _clear(self) -> None:
        """Nothing is compared any more."""
        self.compared, self.current, self._aligned, self._merged = None, None, None, None
        self._linked.follow(None)
        self._joining.end()
        self._levelling.end()
        self._middle.show_panes()
        self._middle.minimap.hide()
        self._middle.bar.show_way("sides")
        for pane in self._panes.panes:
            if pane.view is not None:
                pane.view.set_changes(())
        self._changes.show_compared(None, {})

    def _look(self) -> None:
        """When a pane shows something else, or is closed, this is no comparison any more."""
        if self.wanted is None or self._arranging:
            return
        shown = [pane.version_id for pane in self._panes.panes]
        if shown[:2] != list(self.wanted[:2]):
            self.leave(restore=False)

    # -- on the pages ---------------------------------------------------------------------------------------

    def _wire(self, pane: ReaderPane) -> None:
        pane.shown.connect(lambda: self._hand(pane))
        pane.place_changed.connect(self._scrolled)

    def _hand(self, pane: ReaderPane) -> None:
        """Give the pane's view its marks, where it has not got them."""
        compared = self.compared
        if compared is None or pane.view is None or pane.version_id not in (compared.old.id, compared.new.id):
            return
        old = pane is self._panes.panes[0] and pane.version_id == compared.old.id
        marks = [
            ChangeMark(part, edit.kind, number, old)
            for number, edit in enumerate(compared.comparison.edits)
            for part in (edit.old if old else edit.new)
        ]
        if len(pane.view.changes.marks) != len(marks) or pane.view.changes.current != self.current:
            pane.view.set_changes(marks, self.current)
        self._mapping.start()

    def _scrolled(self) -> None:
        self._panes.splitter.repaint_gutter()
        self._show_part()

    def _show_part(self) -> None:
        view = self._new_view()
        if self.compared is not None and view is not None:
            self._middle.minimap.show_part(view.shown_share())

    def _new_view(self) -> Any:
        """The view in which the new version, or the redline, stands now."""
        if self.redlined:
            return self._redline
        return self._panes.panes[1].view if len(self._panes.panes) > 1 else None

    def _show_map(self) -> None:
        view, compared, aligned = self._new_view(), self.compared, self._aligned
        if view is None or compared is None or aligned is None:
            return
        blocks = []
        for edit in compared.comparison.edits:
            if edit.kind == "formatting":
                continue
            if edit.new:
                start, end = edit.new[0][0], edit.new[-1][1]
            else:
                start = end = aligned.to_new(edit.old[0][0])
            if self.redlined and self._merged is not None:
                start, end = self._merged.from_new(start), self._merged.from_new(end)
            blocks.append((view.share_of(start), view.share_of(end), edit.kind))
        self._middle.minimap.show_blocks(blocks)
        self._show_part()

    def _jump(self, share: float) -> None:
        view = self._new_view()
        if view is not None:
            view.jump(share)

    # -- from change to change ------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the next change of the list, or the one before."""
        if self.compared is None:
            self._jobs.tell(say("Compare two versions first; then this goes from change to change."))
            return
        number = self._changes.step(self.current, by)
        if number is not None:
            self.go_to_edit(number)

    def go_to_edit(self, number: int) -> None:
        """Show this edit on both sides, beside each other."""
        compared, aligned = self.compared, self._aligned
        if compared is None or aligned is None:
            return
        self.current = number
        self._changes.set_current(number)
        self._count()
        if self.redlined and self._redline is not None:
            self._redline.go_to_edit(number)
            return
        edit = compared.comparison.edits[number]
        new = edit.new[0][0] if edit.new else aligned.to_new(edit.old[0][0])
        old = edit.old[0][0] if edit.old else aligned.to_old(edit.new[0][0])
        sides = list(zip(self._panes.panes, (old, new), strict=False))
        with self._linked.still(), self._levelling.apart(edit.kind == "moved"):
            for pane, offset in sides if edit.new else sides[::-1]:  # where it stands has the last word
                if pane.view is not None:
                    pane.view.set_current_change(number)
                    put_line(pane.view, offset, pane.view.viewport().height() * 0.33)
        self._panes.splitter.repaint_gutter()

    def export(self) -> None:
        """Ask in which form the comparison is to be written, and where."""
        if self.compared is None:
            self._jobs.tell(say("Compare two versions first; then the comparison can be written to a file."))
            return
        dialog = ExportComparison(self._jobs, self.compared, self._panes.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _count(self) -> None:
        model = self._changes.model
        self._middle.bar.show_at(model.place_of(self.current), len(model.numbers))

    def _ignore(self, ignored: tuple[str, ...]) -> None:
        if self.wanted is not None:
            self.compare(self.wanted[0], self.wanted[1], ignored)

    def _narrow(self, theme: str) -> None:
        """Only what is new for this theme; "" for all."""
        if self.compared is None or not theme:
            self._changes.narrow_to("", None)
            return
        compared = self.compared
        self._jobs.do(
            new_for, compared, theme, tell=False,
            then=lambda found: self._changes.narrow_to(*found) if compared is self.compared else None,
        )  # fmt: skip

    # -- the other presentation -----------------------------------------------------------------------------

    @property
    def redlined(self) -> bool:
        """Whether one redlined text is shown."""
        return self._redline is not None and self._middle.stack.currentWidget() is self._redline

    def present(self, way: str) -> None:
        """Show it as "sides" or as "redline"; the place stays."""
        compared = self.compared
        if compared is None:
            self._middle.bar.show_way("sides")
            self._jobs.tell(say("Compare two versions first; then they can be read as one redlined text."))
            return
        self._middle.bar.show_way(way)
        if way == "sides":
            self._middle.show_panes()
            self._mapping.start()
        elif self._merged is not None:
            self._show_redline()
        else:
            self._jobs.do(merged, compared, tell=False, then=lambda found: self._take_redline(compared, found))

    def _take_redline(self, compared: Compared, found: Merged) -> None:
        if compared is not self.compared:
            return
        self._merged = found
        if self._redline is None:
            assert self._jobs.desk is not None
            settings = self._jobs.desk.settings
            size, width = (int(settings[name]) for name in ("text_size", "text_width"))
            self._redline = RedlineView(self._middle, size=size, width=width, face=str(settings["text_font"]))
            self._redline.setAccessibleName(say("Redline"))
            self._redline.place_changed.connect(self._show_part)
        self._redline.set_dark(colours.current().dark)
        self._redline.show_merged(found)
        self._show_redline()

    def _show_redline(self) -> None:
        if self._redline is None or self._merged is None:
            return
        view = self._panes.panes[1].view if len(self._panes.panes) > 1 else None
        at = line_in_view(view) if view is not None else None
        self._middle.show_instead(self._redline)
        if self.current is not None:
            self._redline.go_to_edit(self.current)
        elif at is not None:
            put_line(self._redline, self._merged.from_new(at[0]), at[1])
        self._redline.setFocus()
        self._mapping.start()

    def set_dark(self, dark: bool) -> None:
        if self._redline is not None:
            self._redline.set_dark(dark)

    # -- kept with the project ------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """What is compared, and how the panes stood before."""
        if self.wanted is None:
            return {}
        old, new, ignored = self.wanted
        return {"comparison": {"old": old, "new": new, "ignore": list(ignored), "before": self._before or {}}}

    def restore(self, state: dict[str, Any], versions: set[str]) -> None:
        """What state() gave, when both versions are there."""
        kept = state.get("comparison")
        if isinstance(kept, dict) and {kept.get("old"), kept.get("new")} <= versions:
            self.compare(kept["old"], kept["new"], tuple(kept.get("ignore", ())))
            self._before = kept.get("before") or self._before


def _shelf(desk: Desk) -> tuple[ShelfRow, ...]:
    from kantlijn.usecases import read

    return read.shelf(desk)
