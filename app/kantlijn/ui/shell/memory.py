"""Memory handed back to the system: what the C library would keep for later, which here is tens of megabytes."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import QObject, QTimer

_REST = 700  # milliseconds of rest after which memory is handed back
_LARGE = 512 << 10
_ARENAS, _THRESHOLD = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD of glibc's malloc.h


def be_thrifty() -> None:
    """Before threads are made: few arenas, and large pieces (pictures of pages) given back as they are freed.

    glibc raises the size from which it does so whenever a large piece is freed; 700 pages then left 70 MB behind.
    """
    library = _library()
    if library is not None:
        library.mallopt(_ARENAS, 2)
        library.mallopt(_THRESHOLD, _LARGE)


def give_back() -> None:
    """What the C library holds on to. An import of 700 pages leaves some 40 MB so."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)


def _library() -> ctypes.CDLL | None:
    """glibc; other C libraries have none of this."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


class Thrift(QObject):
    """Hands memory back when the window has come to rest after work."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(give_back)

    def worked(self) -> None:
        """Something was done that may have needed memory for a moment."""
        self._rest.start()
