"""What an annotation says in formatted text (/RC) where its plain text is missing."""

from __future__ import annotations

import html
import re
from typing import Any

from kantlijn.engine.library import mupdf

_MOST = 4_000_000
_BREAK = re.compile(r"<br\b[^>]*>|</(?:p|div|li|tr|h\d)\s*>", re.IGNORECASE)
_UNSAID = re.compile(r"<(style|script|head)\b.*?</\1\s*>|<!--.*?-->|<\?.*?\?>|<![^>]*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def rich_text(keys: Any) -> str:
    """Its words, paragraphs on lines of their own; "" where it has none. keys: the annotation's."""
    value = mupdf.pdf_dict_gets(keys, "RC")
    if mupdf.pdf_is_stream(value):
        data = bytes(mupdf.fz_buffer_extract(mupdf.pdf_load_stream(value)))
        wide = data[:2] in (b"\xfe\xff", b"\xff\xfe")
        written = data[:_MOST].decode("utf-16" if wide else "utf-8-sig", "replace")
    elif mupdf.pdf_is_string(value):
        written = str(mupdf.pdf_to_text_string(value))
    else:
        return ""
    return words_of(written[:_MOST])


def words_of(marked_up: str) -> str:
    """The words of XHTML, without its tags."""
    plain = _SPACE.sub(" ", _UNSAID.sub("", marked_up))
    lines = (_TAG.sub("", line) for line in _BREAK.split(plain))
    return "\n".join(said for line in lines if (said := html.unescape(line).strip()))
