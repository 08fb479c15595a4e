"""The second presentation of a comparison: one text with all that came and went."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kantlijn.model.document import Content, Range
from kantlijn.text.compare.redline import Run, redline
from kantlijn.text.flow import flat
from kantlijn.ui.page.changes import ChangeMark
from kantlijn.ui.page.text_view import TextView

if TYPE_CHECKING:
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.versions.compare import Compared

_KINDS = {"inserted": "inserted", "deleted": "deleted", "moved from": "moved", "moved to": "moved",
          "formatting": "formatting"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text as content of its own, its marks, and where each run stands in it and in the new text."""

    content: Content
    marks: tuple[ChangeMark, ...]
    starts: tuple[int, ...]
    news: tuple[int, ...]

    def place_of(self, number: int) -> Range | None:
        """Where an edit is marked first."""
        return next((mark.range for mark in self.marks if mark.number == number), None)

    def from_new(self, offset: int) -> int:
        """Where an offset of the new text stands here."""
        run = max(0, bisect_right(self.news, offset) - 1)
        return min(self.starts[run] + offset - self.news[run], len(self.content.text)) if self.starts else 0


def merged(_desk: Desk, compared: Compared) -> Merged:
    """The redline of a comparison, as the text view takes it."""
    runs = redline(flat(compared.old_content), flat(compared.new_content), compared.comparison)
    marks: list[ChangeMark] = []
    starts: list[int] = []
    news: list[int] = []
    pieces: list[str] = []
    place = 0
    for run in runs:
        text = _apart(run)
        pieces.append(text)
        if run.new is not None:
            starts.append(place)
            news.append(run.new[0])
        if run.kind != "same":
            marks.append(
                ChangeMark(
                    (place, place + len(text)), _KINDS[run.kind], run.edit, run.new is None,
                    struck=run.kind == "moved from",
                )
            )  # fmt: skip
        place += len(text)
    made = Merged(Content(extractor="redline", mime="text/plain", text="".join(pieces)), tuple(marks),
                  tuple(starts), tuple(news))  # fmt: skip
    furniture = tuple((made.from_new(start), made.from_new(end)) for start, end in compared.new_content.auxiliary)
    content = replace(made.content, auxiliary=furniture)
    return Merged(content, made.marks, made.starts, made.news)


def _apart(run: Run) -> str:
    """What went and what came do not run into each other: a deleted run ends with a space of its own."""
    if run.new is None and run.text and not run.text[-1].isspace():
        return run.text + " "
    return run.text


class RedlineView(TextView):
    """Read only: it has no annotations of its own."""

    def show_merged(self, found: Merged) -> None:
        self.editable = False
        self.merged = found
        self.open(found.content)
        self.set_changes(found.marks)

    def go_to_edit(self, number: int) -> None:
        """Show an edit, and mark it as the one a reader is at."""
        self.set_current_change(number)
        where = self.merged.place_of(number)
        if where is not None:
            self.reveal(where)
