"""Keeps outline and thumbnails with what is being read in the active pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from kantlijn.model.changes import Changes
from kantlijn.ui.outline.outline import OutlinePane
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.sides import Side
from kantlijn.ui.thumbnails.thumbnails import Chips, Thumbnails

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.usecases.shelf.outline import OutlineRow

_LATER = 120  # milliseconds after scrolling


class Showing(QObject):
    """Works only for the list that is in sight."""

    def __init__(
        self, panes: Panes, side: Side, outline: OutlinePane, thumbnails: Thumbnails, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._panes, self._side, self._outline, self._thumbnails = panes, side, outline, thumbnails
        self._soon = QTimer(self, singleShot=True, interval=_LATER)
        self._soon.timeout.connect(self._follow)
        panes.active_changed.connect(self._soon.start)
        panes.place_changed.connect(self._soon.start)
        panes.added.connect(lambda pane: pane.shown.connect(self._soon.start))
        side.changed.connect(lambda _name: self._soon.start())
        outline.wanted.connect(self._go_to)
        thumbnails.wanted.connect(self._go_to_page)

    def refresh(self, _changes: Changes) -> None:
        """Marks have changed, or are about to."""
        self._soon.start()

    def _follow(self) -> None:
        pane = self._panes.active
        if self._side.current == "outline":
            self._outline.show_version(pane.version_id if pane is not None else "")
            if pane is not None and pane.view is not None:
                self._outline.show_place(pane.view.place().offset)
        elif self._side.current == "pages":
            self._show_pages(pane)

    def _show_pages(self, pane: ReaderPane | None) -> None:
        content = pane.content if pane is not None else None
        if pane is None or content is None or not content.pages or pane.source is None:
            self._thumbnails.show_pages(None, (), ())
            return
        sizes = [(page.width, page.height) for page in content.pages]
        self._thumbnails.show_pages(pane.source, sizes, [page.label for page in content.pages])
        if pane.view is not None:
            self._thumbnails.show_place(pane.view.place().page)
            self._thumbnails.show_chips(_chips(pane))

    def _go_to(self, row: OutlineRow, beside: bool) -> None:
        pane = self._panes.split() if beside else self._panes.active
        if pane is None:
            return
        start, end = row.title_range
        if end > start or row.page is None:
            pane.go_to_offset(start)
        else:
            pane.go_to_page(row.page)

    def _go_to_page(self, page: int) -> None:
        if self._panes.active is not None:
            self._panes.active.go_to_page(page)


def _chips(pane: ReaderPane) -> dict[int, Chips]:
    """The themes on each page, each once, in reading order."""
    content, view = pane.content, pane.view
    found: dict[int, dict[tuple[str, str], None]] = {}
    if content is None or view is None:
        return {}
    starts = [page.range[0] for page in content.pages]
    from bisect import bisect_right

    for mark in view.marks.unordered:
        first = max(0, bisect_right(starts, mark.range[0]) - 1)
        last = max(first, bisect_right(starts, max(mark.range[0], mark.range[1] - 1)) - 1)
        pages = {page for page, _ in mark.areas} or range(first, last + 1)
        for page in pages:
            found.setdefault(page, {}).update(dict.fromkeys(zip(mark.letters, mark.colours, strict=False)))
    return {page: tuple(chips) for page, chips in found.items()}
