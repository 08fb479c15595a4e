"""Where the language data for reading scans is, if it is installed; no Tesseract program is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
_NO_LANGUAGE = ("osd", "equ", "snum")


def folder() -> Path | None:
    """The first folder that has language data; None for none. TESSDATA_PREFIX goes before the usual places."""
    return next((place for place in _places() if any(place.glob("*.traineddata"))), None)


def languages() -> tuple[str, ...]:
    """Names of the languages there are: nld, eng…"""
    where = folder()
    if where is None:
        return ()
    return tuple(sorted(file.stem for file in where.glob("*.traineddata") if file.stem not in _NO_LANGUAGE))


def _places() -> Iterator[Path]:
    chosen = os.environ.get("TESSDATA_PREFIX", "")
    for place in (chosen, f"{chosen}/tessdata", *_PLACES) if chosen else _PLACES:
        yield Path(place)
