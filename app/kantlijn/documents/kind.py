"""What kind of file it is: by its first bytes, and by its name only where they leave it open."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Literal

from kantlijn.errors import BadFile
from kantlijn.words import say

Kind = Literal["pdf", "text", "markdown"]
_LOOK = 64 * 1024
_PDF_WITHIN = 1024
_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}


def kind_of(path: Path) -> Kind:
    """The kind, by content: a PDF named .txt is a PDF. BadFile when it is none of ours, or cannot be read."""
    head = _head(path)
    if _is_pdf(head, path.suffix.lower()):
        return "pdf"
    if what := _other(head):
        raise BadFile(say("“{file}” is {what}; save it as PDF or text first.", file=path.name, what=what))
    if not _is_text(head):
        if path.suffix.lower() == ".pdf":
            raise BadFile(say("“{file}” is no PDF, or too damaged to open; get a fresh copy.", file=path.name))
        raise BadFile(say("“{file}” is neither a PDF nor a text; save it as PDF or text first.", file=path.name))
    return "markdown" if path.suffix.lower() in _MARKDOWN else "text"


def _head(path: Path) -> bytes:
    """The first bytes. BadFile, with its sentence, when there are none or they may not be read."""
    try:
        if path.is_dir():
            raise BadFile(say("“{file}” is a folder; add the files inside it.", file=path.name or str(path)))
        if path.exists() and not path.is_file():
            raise BadFile(say("“{file}” is no ordinary file and cannot be read.", file=path.name))
        with path.open("rb") as opened:
            head = opened.read(_LOOK)
    except OSError as trouble:
        raise BadFile(_unreadable(path, trouble)) from trouble
    if not head:
        raise BadFile(say("“{file}” is empty; there is nothing to read in it.", file=path.name))
    return head


def _unreadable(path: Path, trouble: OSError) -> str:
    if isinstance(trouble, FileNotFoundError):
        if path.is_symlink():
            return say("“{file}” is a link to a file that is no longer there.", file=path.name)
        return say("“{file}” is not there; look whether it was moved or deleted.", file=path.name)
    if isinstance(trouble, PermissionError):
        return say("“{file}” may not be read by this account; change its permissions.", file=path.name)
    if trouble.errno in (errno.ELOOP, errno.ENAMETOOLONG, errno.ENOTDIR):
        return say("“{file}” is not there; look whether it was moved or deleted.", file=path.name)
    return say("“{file}” cannot be read: {reason}.", file=path.name, reason=trouble.strerror or str(trouble))


def _is_pdf(head: bytes, suffix: str) -> bool:
    """Readers accept other bytes before a PDF's start; a text that only speaks of PDFs is a text all the same."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\f\0").startswith(b"%PDF-"):
        return True
    return b"%PDF-" in head[:_PDF_WITHIN] and (suffix == ".pdf" or not _is_text(head))


def _other(head: bytes) -> str:
    """What a file is that begins like this, as far as it is known; else nothing."""
    if head.startswith(b"PK\x03\x04"):
        return say("a ZIP, Word, OpenDocument or EPUB file")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return say("an old Word, Excel or PowerPoint file")
    if head.startswith(b"{\\rtf"):
        return say("an RTF file")
    if head.startswith(b"SQLite format 3\x00"):
        return say("a database or a Kantlijn project")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return say("a picture")
    return say("a PostScript file") if head.startswith(b"%!PS") else ""


def _is_text(head: bytes) -> bool:
    """Text has no NUL, unless it is UTF-16 or UTF-32, and hardly any other control character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff")):
        return True
    if b"\x00" in head:
        return utf16_without_mark(head) is not None
    controls = sum(head.count(bytes([code])) for code in (*range(1, 8), *range(14, 27), *range(28, 32)))
    return controls * 50 <= len(head)


def utf16_without_mark(head: bytes) -> str | None:
    """Name "utf-16-le" or "utf-16-be" when every other byte of Latin text is NUL; else None."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
