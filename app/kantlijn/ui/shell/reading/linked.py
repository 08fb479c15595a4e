"""Panes that scroll together: by their share of the document, or by what an alignment says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from kantlijn.ui.jobs import Jobs
from kantlijn.ui.page.level import are_level
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.reading.side_by_side import Aligned, line_in_view, put_line
from kantlijn.words import say


class Linked(QObject):
    """While it is on, a pane that is scrolled takes the others along."""

    changed = Signal()
    """(): switched on or off."""

    def __init__(self, jobs: Jobs, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes = jobs, panes
        self.on = False
        self._aligned_by: Aligned | None = None
        self._moving = False
        self._shares: dict[ReaderPane, float] = {}
        panes.added.connect(self._wire)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"sync": self.sync}

    def _wire(self, pane: ReaderPane) -> None:
        pane.place_changed.connect(lambda: self._moved(pane))
        pane.destroyed.connect(lambda: self._shares.pop(pane, None))
        if self.on:
            self.sync()

    def link(self, on: bool, *, quietly: bool = False) -> None:
        """Scroll together from where the panes stand now, or each on its own again."""
        self.on = on
        self.changed.emit()
        if on:
            self.sync()
        if quietly:
            return
        if on:
            self._jobs.tell(
                say("The panes scroll together from here.")
                if len(self._panes.panes) > 1
                else say("The panes scroll together as soon as there are two.")
            )
        else:
            self._jobs.tell(say("Each pane scrolls on its own."))

    def follow(self, aligned: Aligned | None) -> None:
        """From now on by what these two versions have in common; None: by share again."""
        self._aligned_by = aligned
        if aligned is not None:
            self.on = True

    @contextmanager
    def still(self) -> Iterator[None]:
        """Panes that are scrolled in here take no others along."""
        before, self._moving = self._moving, True
        try:
            yield
        finally:
            self._moving = before

    def sync(self) -> None:
        """From now on the places where the panes stand belong together."""
        self._shares = {pane: _share(pane) for pane in self._panes.panes if pane.view is not None}

    def _moved(self, pane: ReaderPane) -> None:
        if not self.on or self._moving or pane.view is None or pane is not self._leading(pane):
            return
        self._moving = True
        now = _share(pane)
        step = now - self._shares.get(pane, now)
        for other in self._panes.panes:
            if other is pane or other.view is None or are_level(pane.view, other.view):
                continue
            if not self._aligned(pane, other):
                self._scroll(other, self._shares.get(other, _share(other)) + step)
        self._moving = False

    def _leading(self, pane: ReaderPane) -> ReaderPane:
        """Scrolled is the pane under the mouse or with the focus; loading ones do not lead."""
        return pane if pane.isVisible() else (self._panes.active or pane)

    def _aligned(self, pane: ReaderPane, other: ReaderPane) -> bool:
        if self._aligned_by is None or pane.view is None or other.view is None:
            return False
        line = line_in_view(pane.view)
        if line is None:
            return False
        offset = self._aligned_by.other_offset(pane.version_id, line[0], other.version_id)
        if offset is None:
            return False
        put_line(other.view, offset, line[1])
        return True

    @staticmethod
    def _scroll(pane: ReaderPane, share: float) -> None:
        if pane.view is not None:
            bar = pane.view.verticalScrollBar()
            bar.setValue(round(min(max(share, 0.0), 1.0) * bar.maximum()))


def _share(pane: ReaderPane) -> float:
    """How far down the whole document a pane stands, 0 to 1."""
    bar = pane.view.verticalScrollBar() if pane.view is not None else None
    return bar.value() / bar.maximum() if bar is not None and bar.maximum() else 0.0
