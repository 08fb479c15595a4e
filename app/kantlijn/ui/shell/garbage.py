"""Python's garbage taken out by the window's thread alone, a little at a time.

Left to itself, Python looks for garbage on whatever thread asks for memory at that moment. Windows and what they
are made of may be ended on their own thread only; anywhere else that brings the whole program down.

What was looked at and stayed is set aside (gc.freeze): among a hundred thousand annotations, looking again takes
half a second, in which the window stands still. What was set aside is looked at while the reader is elsewhere.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_OFTEN = 100  # milliseconds between two looks
_SELDOM = 60.0  # seconds between two looks at everything, at least
_AT_LAST = 1800.0  # seconds after which the reader's being at work is no reason to wait longer
_MANY = 10_000  # objects that are looked at in a few milliseconds
_GROWN = 1.25  # times what there was: so much more makes it worth looking at everything


class Garbage(QObject):
    """From now on garbage is looked for here: the young often, what was set aside seldom."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._next = monotonic() + _SELDOM
        self._aside = gc.get_freeze_count()
        self._passed = 0
        self._timer = QTimer(self, interval=_OFTEN)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Take out what there is enough of, by Python's own thresholds."""
        (fresh, *_), most = gc.get_count(), gc.get_threshold()
        if self._may_look_at_everything():
            self.look_at_everything()
        elif fresh > most[0]:
            self._passed += fresh
            gc.collect(1 if gc.get_count()[1] > most[1] else 0)
            if self._passed > _MANY:
                gc.freeze()
                self._passed = 0

    def look_at_everything(self) -> None:
        """What was set aside too."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._aside, self._passed = gc.get_freeze_count(), 0
        self._next = monotonic() + _SELDOM

    def _may_look_at_everything(self) -> bool:
        """When there is much more, and nobody is at work in the window, or somebody has been all the time."""
        now = monotonic()
        if now < self._next or gc.get_freeze_count() < _GROWN * self._aside:
            return False
        active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        return not active or now > self._next + _AT_LAST
