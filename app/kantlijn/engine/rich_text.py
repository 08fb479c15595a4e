"""What an annotation says in formatted text (/RC) where its plain text is missing."""

from __future__ import annotations

import html
import re

from kantlijn.engine.library import Document

_MOST = 4_000_000
_BREAK = re.compile(r"<br\b[^>]*>|</(?:p|div|li|tr|h\d)\s*>", re.IGNORECASE)
_UNSAID = re.compile(r"<(style|script|head)\b.*?</\1\s*>|<!--.*?-->|<\?.*?\?>|<![^>]*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def rich_text(document: Document, xref: int) -> str:
    """Its words, paragraphs on lines of their own; "" where it has none."""
    kind, written = document.xref_get_key(xref, "RC")
    if kind == "xref":
        data = document.xref_stream(int(written.split()[0])) or b""
        wide = data[:2] in (b"\xfe\xff", b"\xff\xfe")
        written = data[:_MOST].decode("utf-16" if wide else "utf-8-sig", "replace")
    elif kind != "string":
        return ""
    return words_of(str(written)[:_MOST])


def words_of(marked_up: str) -> str:
    """The words of XHTML, without its tags."""
    plain = _SPACE.sub(" ", _UNSAID.sub("", marked_up))
    lines = (_TAG.sub("", line) for line in _BREAK.split(plain))
    return "\n".join(said for line in lines if (said := html.unescape(line).strip()))
