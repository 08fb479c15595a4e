"""Back and forward: the places a reader jumped from, across documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.ui.shell.panes import Panes

_MOST = 200
_SOON = 2000  # milliseconds: jumps that follow each other so soon are one journey


@dataclass(frozen=True, slots=True)
class _Stop:
    version: str
    state: dict[str, Any]


class Travelling(QObject):
    """Each jump of a pane leaves a stop behind; going back leaves one ahead."""

    changed = Signal(bool, bool)
    """(whether there is a way back, whether there is one forward)."""

    def __init__(self, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        self._back: list[_Stop] = []
        self._ahead: list[_Stop] = []
        self._going = False
        self._last = QElapsedTimer()
        panes.added.connect(self._wire)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"back": lambda: self.go(-1), "forward": lambda: self.go(1)}

    def _wire(self, pane: ReaderPane) -> None:
        pane.jumping.connect(lambda: self._left(pane))
        pane.travel_wanted.connect(self.go)

    def forget(self) -> None:
        """Another project: no way back into the last one."""
        self._back.clear()
        self._ahead.clear()
        self.changed.emit(False, False)

    def _stop(self, pane: ReaderPane) -> _Stop | None:
        return _Stop(pane.version_id, pane.state()) if pane.version_id and pane.content is not None else None

    def _left(self, pane: ReaderPane) -> None:
        """A pane is about to jump from where it is."""
        stop = self._stop(pane)
        if self._going or stop is None:
            return
        soon = self._last.isValid() and self._last.elapsed() < _SOON
        self._last.start()
        if soon and self._back and self._back[-1].version == stop.version:
            return
        self._back.append(stop)
        del self._back[:-_MOST]
        self._ahead.clear()
        self._tell()

    def go(self, step: int) -> None:
        """Back (-1) or forward (1)."""
        pane = self._panes.active
        way, other = (self._back, self._ahead) if step < 0 else (self._ahead, self._back)
        if pane is None or not way:
            return
        here, stop = self._stop(pane), way.pop()
        if here is not None:
            other.append(here)
        self._going = True
        if pane.version_id != stop.version:
            pane.show_version(stop.version)
        pane.restore(stop.state)
        self._going = False
        self._panes.active_changed.emit()
        self._last.invalidate()
        self._tell()

    def drop(self, versions: set[str]) -> None:
        """These versions are no more."""
        self._back = [stop for stop in self._back if stop.version not in versions]
        self._ahead = [stop for stop in self._ahead if stop.version not in versions]
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(bool(self._back), bool(self._ahead))
