"""Python's garbage taken out by the window's thread alone.

Left to itself, Python looks for garbage on whatever thread asks for memory at that moment. Windows and what they
are made of may be ended on their own thread only; anywhere else that brings the whole program down.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

_OFTEN = 500  # milliseconds between two looks
_SELDOM = 10.0  # seconds between two looks at everything, at least
_SHARE = 200  # times as long as looking at everything took is it left alone: 0.5 % of the time at most


class Garbage(QObject):
    """From now on garbage is looked for here: the young often, everything seldom."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._next = monotonic() + _SELDOM
        self._timer = QTimer(self, interval=_OFTEN)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Take out what there is enough of, by Python's own thresholds."""
        young, grown, old = (count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True))
        begun = monotonic()
        if old and begun >= self._next:
            gc.collect()
            now = monotonic()
            self._next = now + max(_SELDOM, _SHARE * (now - begun))
        elif grown:
            gc.collect(1)
        elif young:
            gc.collect(0)
