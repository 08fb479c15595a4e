"""Opens PDFs for the engine, keeps the last few open, and says in one sentence why one cannot be opened."""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path
from typing import Any

from kantlijn.engine.library import Document, pymupdf
from kantlijn.errors import BadFile, PasswordNeeded
from kantlijn.words import say

KEPT = 4


class OpenDocuments:
    """The documents opened last; the file's size and time are part of the key, so a changed file is read anew."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._open: OrderedDict[tuple[Any, ...], Document] = OrderedDict()

    def get(self, source: dict[str, Any]) -> Document:
        """The document of a Source in plain form. BadFile, PasswordNeeded."""
        path, password = Path(source["path"]), source.get("password", "")
        state = _state(path)
        key = (source["key"], source["path"], password, state.st_size, state.st_mtime_ns)
        if key in self._open:
            self._open.move_to_end(key)
            return self._open[key]
        document = _open(path, password, state.st_size)
        self._open[key] = document
        while len(self._open) > self._kept:
            _, oldest = self._open.popitem(last=False)
            oldest.close()
        return document


def open_document(source: dict[str, Any]) -> Document:
    """The document of a Source in plain form, for the caller to close. BadFile, PasswordNeeded."""
    path = Path(source["path"])
    return _open(path, source.get("password", ""), _state(path).st_size)


def _state(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except OSError as trouble:
        raise BadFile(
            say("“{file}” cannot be read any more; look whether it was moved or deleted.", file=path.name)
        ) from trouble


def _open(path: Path, password: str, size: int) -> Document:
    if size == 0:
        raise BadFile(say("“{file}” is empty; there is nothing to read in it.", file=path.name))
    if not os.access(path, os.R_OK):
        raise BadFile(say("“{file}” may not be read by this account; change its permissions.", file=path.name))
    try:
        document = pymupdf.open(path, filetype="pdf")
    except MemoryError:
        raise
    except Exception as trouble:  # MuPDF raises many kinds, none of them documented
        raise BadFile(_unopened(path.name, trouble)) from trouble
    try:
        if document.needs_pass and not document.authenticate(password):
            if password:
                raise PasswordNeeded(say("The password for “{file}” is not right.", file=path.name))
            raise PasswordNeeded(say("“{file}” asks for a password; give it to open the file.", file=path.name))
        if not document.is_pdf:
            raise BadFile(say("“{file}” is no PDF; save it as PDF or text first.", file=path.name))
        if _pages(document) == 0:
            raise BadFile(say("“{file}” has no pages, or lost them to damage; get a fresh copy.", file=path.name))
    except BaseException:
        document.close()
        raise
    return document


def _unopened(name: str, trouble: Exception) -> str:
    """Why MuPDF opens no document of this name."""
    if "encryption" in str(getattr(trouble.__cause__, "m_text", "")):
        return say(
            "“{file}” is encrypted for the owner of a certificate, or in another way that Kantlijn cannot read; "
            "get a copy without that.", file=name,
        )  # fmt: skip
    return say("“{file}” is no PDF, or too damaged to open; get a fresh copy.", file=name)


def _pages(document: Document) -> int:
    try:
        return int(document.page_count)
    except (RuntimeError, ValueError, IndexError):
        return 0
