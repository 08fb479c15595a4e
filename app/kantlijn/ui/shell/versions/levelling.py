"""Keeps two compared texts level while both are shown as flowing text and scroll together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from kantlijn.text.compare.level import Pair, Pairing
from kantlijn.text.flow import Piece
from kantlijn.ui.page.level import Level
from kantlijn.ui.page.text_view import TextView
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.reading.linked import Linked

if TYPE_CHECKING:
    from kantlijn.usecases.versions.compare import Compared

_AT_ONCE = 0.005  # seconds of pairing between two events: a long text has thousands of paragraphs


class Levelling(QObject):
    """Looks, whenever something may be shown otherwise, whether the first two panes are to be level."""

    changed = Signal()
    """(): they are level now, or no longer: things stand elsewhere in the whole."""

    def __init__(self, panes: Panes, linked: Linked, parent: QObject) -> None:
        super().__init__(parent)
        self._panes, self._linked = panes, linked
        self._compared: Compared | None = None
        self._views: tuple[TextView, TextView] | None = None
        self._shown: tuple[list[Piece], list[Piece]] = ([], [])
        self._coming: Iterator[Pair | None] = iter(())
        self._pairs: list[Pair] = []
        self.level: Level | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        self._going = QTimer(self, interval=0)
        self._going.timeout.connect(self._go_on)
        for signal in (panes.place_changed, panes.active_changed, linked.changed):
            signal.connect(self._look_soon)

    def begin(self, compared: Compared) -> None:
        """From now on these two are compared."""
        self.end()
        self._compared = compared
        self._soon.start()

    def end(self) -> None:
        """Nothing is compared; each stands on its own."""
        self._compared = None
        self._part()

    def apart(self, so: bool) -> AbstractContextManager[None]:
        """In here each side scrolls on its own, if so."""
        return self.level.apart() if so and self.level is not None else nullcontext()

    def _look_soon(self) -> None:
        if self._compared is not None:
            self._soon.start()

    def _look(self) -> None:
        """Begin, or stop, where what is shown asks for it."""
        wanted = self._wanted()
        if wanted is None:
            self._part()
        elif not self._is_current(wanted):
            self._part()
            self._views, self._pairs = wanted, []
            old, new = wanted
            assert self._compared is not None
            pairing = Pairing(
                (old.content.text, new.content.text), (old.pieces, new.pieces), self._compared.comparison.same
            )
            self._coming = pairing.pairs()
            self._shown = (old.pieces, new.pieces)
            self._going.start()

    def _wanted(self) -> tuple[TextView, TextView] | None:
        """The two views that are to be level now."""
        compared, panes = self._compared, self._panes.panes[:2]
        if compared is None or not self._linked.on or len(panes) < 2:
            return None
        if [pane.version_id for pane in panes] != [compared.old.id, compared.new.id]:
            return None
        old, new = (pane.view for pane in panes)
        if isinstance(old, TextView) and isinstance(new, TextView) and old.pieces and new.pieces:
            return old, new
        return None

    def _is_current(self, wanted: tuple[TextView, TextView]) -> bool:
        """These two are level, or on their way, with what they show now."""
        if wanted != self._views or any(
            view.pieces is not pieces for view, pieces in zip(wanted, self._shown, strict=True)
        ):
            return False
        return self._going.isActive() or (self.level is not None and wanted[0].level is self.level)

    def _part(self) -> None:
        self._going.stop()
        level, self.level, self._views = self.level, None, None
        if level is not None:
            level.end()
            self.changed.emit()

    def _go_on(self) -> None:
        """Find more pairs; with all of them, bring the two level."""
        until = perf_counter() + _AT_ONCE
        for pair in self._coming:
            if pair is not None:
                self._pairs.append(pair)
            if perf_counter() > until:
                return
        self._going.stop()
        if self._views is None or self._wanted() != self._views:
            self._part()
            return
        self.level = Level(*self._views, self._pairs)
        active = self._panes.active.view if self._panes.active is not None else None
        self.level.begin(self._views[0] if active is self._views[0] else self._views[1])
        self.changed.emit()
