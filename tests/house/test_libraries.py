"""What we count on in the libraries we stand on: a release that breaks it fails here, not in a window."""

from __future__ import annotations

import sqlite3
import sys

import pymupdf
import pytest


def test_that_qt_keeps_the_books_of_none(qapp: object) -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None on every void call, and aborts some 7,000 later."""
    from PySide6.QtGui import QImage, QPainter

    if sys.version_info >= (3, 12):
        pytest.skip("None is immortal from Python 3.12 on")
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(20_000):
        painter.drawLine(0, 0, 8, 8)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100


def test_that_the_pdf_library_runs_no_scripts() -> None:
    document = pymupdf.open()
    document.new_page()
    assert not pymupdf.mupdf.pdf_js_supported(pymupdf.mupdf.pdf_document_from_fz_document(document.this))


def test_that_sqlite_can_do_what_the_store_asks() -> None:
    assert sqlite3.sqlite_version_info >= (3, 40)
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    connection.close()
    assert "THREADSAFE=0" not in options
