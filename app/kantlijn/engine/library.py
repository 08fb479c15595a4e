"""The one door to PyMuPDF: quiet, without advice on standard output, and untyped as it is."""

from __future__ import annotations

import gc
from typing import Any

gc.disable()  # nothing is garbage while a library is imported; looking for it takes a tenth of the time
import pymupdf as _pymupdf  # noqa: E402

gc.enable()

pymupdf: Any = _pymupdf
mupdf: Any = _pymupdf.mupdf
extra: Any = _pymupdf.extra
Document = Any
"""A pymupdf.Document."""

# The engine's console is nobody's: MuPDF's complaints about damaged files would be written to it.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
pymupdf.no_recommend_layout()
