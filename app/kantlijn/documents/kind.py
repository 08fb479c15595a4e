"""What kind of file it is: by its first and last bytes, and by its name only where they leave it open."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import Literal

from kantlijn.errors import BadFile, reason_of
from kantlijn.words import say

Kind = Literal["pdf", "text", "markdown", "html", "docx", "odt", "epub", "rtf"]
PLAIN: tuple[Kind, ...] = ("text", "markdown")
_LOOK = 64 * 1024
_ROOT = 8 * 1024
"""Bytes that the root of an XML file begins in."""
_PDF_WITHIN = 1024
_PDF_INSIDE = re.compile(rb"%PDF-\d|\b\d+ \d+ obj\b|\bendobj\b|\bstartxref\b|\btrailer\s*<<")
"""What a PDF has somewhere, even one that lost its first bytes or that lies in a web page."""
_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}
_HTML = {".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml"}
_PACKED: dict[str, Kind] = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".dotm": "docx", ".odt": "odt", ".ott": "odt",
    ".epub": "epub",
}  # fmt: skip
ENDINGS = frozenset((".pdf", ".txt", ".text", ".rtf", ".fodt", *_MARKDOWN, *_HTML, *_PACKED))
"""Of files that are taken from folders, in lower case."""
_HTML_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html\b|html\b|head\b|body\b)",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_FLAT_ODT = re.compile(rb"<(\w+):document\s[^>]*xmlns:\1\s*=\s*[\"']urn:oasis:names:tc:opendocument:xmlns:office:")
_WORD_XML = re.compile(rb"<\?mso-application\s+progid\s*=\s*[\"']Word\.")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")


def kind_of(path: Path) -> Kind:
    """The kind, by content: a PDF named .txt is a PDF. BadFile when it is none of ours, or cannot be read."""
    head, tail = _ends(path)
    suffix = path.suffix.lower()
    if _is_pdf(head, suffix):
        return "pdf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"PK\x03\x04") and (kind := _packed(head, tail, suffix)):
        return kind
    what = _other(head, tail)
    if suffix == ".pdf" and (not what or head.startswith(b"%!PS")) and _PDF_INSIDE.search(head + tail):
        return "pdf"
    if what:
        raise BadFile(say("“{file}” is {what}; save it as PDF or text first.", file=path.name, what=what))
    if not _is_text(head):
        raise BadFile(_no_text(path.name, suffix))
    if suffix in _HTML or _HTML_BEGINS.match(_narrow(head)) or (suffix != ".eml" and is_mhtml(head)):
        return "html"
    if _FLAT_ODT.search(_narrow(head)[:_ROOT]):
        return "odt"
    return "markdown" if suffix in _MARKDOWN else "text"


def is_mhtml(head: bytes) -> bool:
    """Whether it begins as a web page that was saved with its pictures in one file."""
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return re.match(rb"[\w-]+:", head) is not None and bool(_MHTML.search(headers)) and b"multipart/" in headers


def _no_text(name: str, suffix: str) -> str:
    if suffix == ".pdf":
        return say("“{file}” is no PDF, or too damaged to open; get a fresh copy.", file=name)
    if suffix in _PACKED or suffix == ".rtf":
        return say("“{file}” is not what its name says, or too damaged to open; get a fresh copy.", file=name)
    return say("“{file}” is neither a PDF nor a text; save it as PDF or text first.", file=name)


def _narrow(head: bytes) -> bytes:
    """The head with a letter a byte, without its mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_without_mark(head):
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _packed(head: bytes, tail: bytes, suffix: str) -> Kind | None:
    """The kind of a ZIP file: as it says itself, by the names of its parts, else by its own name."""
    if head[30:38] == b"mimetype":
        said = head[38:160]
        if said.startswith(b"application/epub+zip"):
            return "epub"
        if said.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
    if b"word/" in head or b"word/" in tail:
        return "docx"
    return None if _zip_of(head, tail) else _PACKED.get(suffix)


def _zip_of(head: bytes, tail: bytes) -> str:
    """What a ZIP file is that holds no text of ours, when that is known."""
    if head[30:38] == b"mimetype" and b"opendocument" in head[38:160]:
        return say("an OpenDocument spreadsheet, presentation or drawing")
    if b".iwa" in tail or b"index.apxl" in tail:
        return say("a Pages, Numbers or Keynote file")
    if b"xl/" in tail and b"[Content_Types].xml" in tail:
        return say("an Excel file")
    return say("a PowerPoint file") if b"ppt/" in tail and b"[Content_Types].xml" in tail else ""


def _ends(path: Path) -> tuple[bytes, bytes]:
    """The first and the last bytes. BadFile, with its sentence, when there are none or they may not be read."""
    try:
        if path.is_dir():
            raise BadFile(say("“{file}” is a folder; add the files inside it.", file=path.name or str(path)))
        if path.exists() and not path.is_file():
            raise BadFile(say("“{file}” is no ordinary file and cannot be read.", file=path.name))
        with path.open("rb") as opened:
            head = opened.read(_LOOK)
            opened.seek(max(0, opened.seek(0, 2) - _LOOK))
            tail = opened.read(_LOOK)
    except OSError as trouble:
        raise BadFile(_unreadable(path, trouble)) from trouble
    if not head:
        raise BadFile(say("“{file}” is empty; there is nothing to read in it.", file=path.name))
    return head, tail


def _unreadable(path: Path, trouble: OSError) -> str:
    if isinstance(trouble, FileNotFoundError):
        if path.is_symlink():
            return say("“{file}” is a link to a file that is no longer there.", file=path.name)
        return say("“{file}” is not there; look whether it was moved or deleted.", file=path.name)
    if isinstance(trouble, PermissionError):
        return say("“{file}” may not be read by this account; change its permissions.", file=path.name)
    if trouble.errno in (errno.ELOOP, errno.ENAMETOOLONG, errno.ENOTDIR):
        return say("“{file}” is not there; look whether it was moved or deleted.", file=path.name)
    return say("“{file}” cannot be read: {reason}.", file=path.name, reason=reason_of(trouble))


def _is_pdf(head: bytes, suffix: str) -> bool:
    """Readers accept other bytes before a PDF's start; a text that only speaks of PDFs is a text all the same."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\f\0").startswith(b"%PDF-"):
        return True
    within = b"%PDF-" in head[:_PDF_WITHIN] and not head.startswith(b"PK\x03\x04")
    return within and (suffix == ".pdf" or not _is_text(head))


def _other(head: bytes, tail: bytes) -> str:
    """What a file is that begins like this, as far as it is known; else nothing."""
    if head.startswith(b"PK\x03\x04"):
        return _zip_of(head, tail) or say("a ZIP file")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        if (locked := "EncryptedPackage".encode("utf-16-le")) in head or locked in tail:
            return say("a Word, Excel or PowerPoint file with a password")
        return say("an old Word, Excel or PowerPoint file")
    if head.startswith(b"SQLite format 3\x00"):
        return say("a database or a Kantlijn project")
    if (head.startswith(_PICTURES) and not _is_text(head)) or head[8:12] == b"WEBP" or head[4:12] in _HEIC:
        return say("a picture")
    if _WORD_XML.search(_narrow(head[:1024])):
        return say("a Word file saved as XML")
    return say("a PostScript file") if head.startswith(b"%!PS") else ""


def _is_text(head: bytes) -> bool:
    """Text has hardly any control character, unless it is UTF-16 or UTF-32."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff")):
        return True
    if b"\x00" in head and wide_without_mark(head):
        return True
    controls = sum(head.count(bytes([code])) for code in (*range(8), *range(14, 27), *range(28, 32)))
    return controls * 50 <= len(head)


_SOME = 4
"""Bytes, at the least, that two letters take in UTF-16: one NUL among three bytes says nothing yet."""


def wide_without_mark(head: bytes) -> str | None:
    """Name the form of UTF-16 or UTF-32 by the bytes of its letters that are NUL in Latin text; else None."""
    count = max(1, len(head) // 4)
    nul = [head[place : 4 * count : 4].count(0) / count for place in range(4)]
    if len(head) >= 8 and nul[0] < 0.05 and nul[2] > 0.95 and nul[3] > 0.95:
        return "utf-32-le"
    if len(head) >= 8 and nul[3] < 0.05 and nul[1] > 0.95 and nul[0] > 0.95:
        return "utf-32-be"
    if len(head) < _SOME:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
