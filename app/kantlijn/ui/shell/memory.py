"""Handing memory back to the system after work that needed much of it for a moment."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """What the C library holds on to for later. An import of 700 pages leaves some 40 MB so. Linux only."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)
