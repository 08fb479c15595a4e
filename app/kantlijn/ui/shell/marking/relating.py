"""Relating two passages with R, and following relations to both their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Range
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.relation import TYPES
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.relations.relations import Relations
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.picker import Choice, Picker
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.marking.relate import RelationRow
    from kantlijn.usecases.read import AnnotationRow

_TURNED = "turned:"


class Relating(QObject):
    """Remembers the passage selected before the present one: those two are what R relates."""

    def __init__(
        self, jobs: Jobs, panes: Panes, tagging: Tagging, relations: Relations, window: QWidget
    ) -> None:
        super().__init__(window)
        self._jobs, self._panes, self._tagging, self._window = jobs, panes, tagging, window
        self._before = ""
        self._last = ""
        self._pair = ("", "")
        self.picker = Picker(window, say("Relate two passages"))
        self.picker.chosen.connect(self._chosen)
        tagging.selected_changed.connect(self._selected)
        relations.follow_wanted.connect(self.follow)
        panes.added.connect(lambda pane: pane.relation_wanted.connect(self.go))

    def _selected(self, annotations: list[str]) -> None:
        if len(annotations) == 1 and annotations[0] != self._last:
            self._before, self._last = self._last, annotations[0]

    def relate(self) -> None:
        """Ask how the two passages selected last are related."""
        from kantlijn.usecases import read

        selected = self._tagging.selected
        pair = selected[:2] if len(selected) >= 2 else [self._before, *selected] if selected else []
        if len(pair) != 2 or not all(pair) or pair[0] == pair[1]:
            self._jobs.tell(say("Select a passage, then another one, here or in another pane, and press R."))
        elif self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
        else:
            wanted = AnnotationFilter(ids=tuple(pair))
            self._jobs.do(read.annotation_rows, wanted, then=lambda rows: self._offer((pair[0], pair[1]), rows))

    def _offer(self, pair: tuple[str, str], rows: tuple[AnnotationRow, ...]) -> None:
        from kantlijn.usecases.marking.relate import type_names

        by_id = {row.passage.id: row for row in rows}
        if not all(one in by_id for one in pair):
            self._jobs.tell(say("One of the two passages is no more; select them anew."))
            return
        self._pair = pair
        first, second = (_short(by_id[one]) for one in pair)
        names = type_names()
        choices = [
            Choice(id=prefix + kind, text=f"“{source}” {names[kind]} “{target}”", key="")
            for prefix, source, target in (("", second, first), (_TURNED, first, second))
            for kind in TYPES
        ]
        pane = self._panes.active or self._panes
        around = pane.rect().translated(pane.mapTo(self._window, pane.rect().topLeft()))
        self.picker.offer(choices, self._window.rect().adjusted(0, around.top(), 0, 0), wide=640)

    def _chosen(self, choice: str) -> None:
        from kantlijn.usecases.marking.relate import relate

        first, second = self._pair
        source, target = (first, second) if choice.startswith(_TURNED) else (second, first)
        self._jobs.do(relate, source, target, choice.removeprefix(_TURNED))

    # -- following ------------------------------------------------------------------------------------------

    def follow(self, row: RelationRow) -> None:
        """Show both passages, side by side where they stand in different versions."""
        for number, end in enumerate((row.target, row.source)):
            self._show(end.version.id, end.passage.anchor.range, beside=number == 1)
        self._tagging.select([row.target.passage.id, row.source.passage.id])

    def go(self, annotation: str, version: str, wanted: Range) -> None:
        """Show this passage, where it is open already or else beside what is read, and select it."""
        self._show(version, wanted, beside=True)
        self._tagging.select([annotation])

    def _show(self, version: str, wanted: Range, *, beside: bool) -> None:
        shown = [pane for pane in self._panes.panes if pane.version_id == version]
        pane = shown[0] if shown else self._panes.open(version, beside=beside)
        pane.reveal(wanted)

    def follow_from(self, annotation: str) -> None:
        """Go on from this annotation to the one it is related to; of several, to the next each time."""
        from kantlijn.usecases.marking.relate import relation_rows

        self._jobs.do(relation_rows, [annotation], then=lambda rows: self._go_on(annotation, rows))

    def _go_on(self, annotation: str, rows: tuple[RelationRow, ...]) -> None:
        ends = [row.source if row.target.passage.id == annotation else row.target for row in rows]
        if not ends:
            self._jobs.tell(say("This passage is related to no other."))
            return
        selected = self._tagging.selected
        at = next((n for n, end in enumerate(ends) if end.passage.id in selected), -1)
        end = ends[(at + 1) % len(ends)]
        self.go(end.passage.id, end.version.id, end.passage.anchor.range)


def _short(row: AnnotationRow) -> str:
    text = " ".join(row.readable.split()) or say("Area of the page")
    return text if len(text) <= 34 else text[:34].rsplit(" ", 1)[0] + "…"
