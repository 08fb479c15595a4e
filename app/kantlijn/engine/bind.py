"""One PDF of what was laid out: contents in front, bookmarks, and a number at the foot of each page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

from kantlijn.engine.library import Document, mupdf, pymupdf
from kantlijn.engine.story import Heading, Laid, lay_out
from kantlijn.engine.story_parts import Cut
from kantlijn.text.long_words import breakable

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LANGUAGE = re.compile(r'<meta name="language" content="([^"]+)"')
_SHORT = 3
"""Pages that can be looked through without contents."""
_SHALLOW = 4
"""The deepest tag of headings that the contents list; the title is h1."""
_LARGE = 300_000
"""Bytes of a font, such as one of Chinese, of which only the signs that are used go along. For others it is not
worth it: looking for what is used takes a third of a second for 800 pages."""
_FONT = "Number"
_NUMBERS = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica", "Encoding": "WinAnsiEncoding"}


def bind(html: Cut, laid: Sequence[Laid], *, wide: bool = False) -> bytes:
    """The file's bytes. laid: the rest of the HTML, in order.

    Where contents are wanted, the front becomes a page of its own with them under it, unless all is on few pages.
    """
    laid = [one for one in laid if one.pages]
    headings, pages = _together(laid)
    if not html.contents:
        return _bound(html, laid, headings)
    if pages <= _SHORT:
        whole = lay_out(html.before, html.front + html.rest, wide=wide)
        return _bound(html, [whole], whole.headings)
    front = _front(html, headings, wide)
    return _bound(html, [front, *laid], headings, front)


def _together(laid: Sequence[Laid]) -> tuple[list[Heading], int]:
    """All headings, by their pages in the whole, and how many pages that has."""
    headings: list[Heading] = []
    before = 0
    for one in laid:
        headings += [heading._replace(page=heading.page + before) for heading in one.headings]
        before += one.pages
    return headings, before


def _front(html: Cut, headings: list[Heading], wide: bool) -> Laid:
    """The title and the contents. How many pages they take is seen from a first try."""
    pages = 1
    while True:
        rows = "".join(
            f'<tr><td id="row{place}" width="92%" style="padding-left: {14 * (one.level - 2)}pt">'
            f'{escape(breakable(one.text))}</td>'
            f'<td width="8%" style="text-align: right">{one.page + pages}</td></tr>'
            for place, one in enumerate(headings)
            if one.level <= _SHALLOW
        )
        listed = f'<p class="contents">{html.contents}</p><table class="list">{rows}</table>'
        laid = lay_out(html.before, html.front + listed, wide=wide)
        if laid.pages <= pages:
            return laid
        pages = laid.pages


def _bound(html: Cut, parts: Sequence[Laid], headings: list[Heading], front: Laid | None = None) -> bytes:
    """headings: by their pages in what comes after the front."""
    before = front.pages if front is not None else 0
    with pymupdf.open(stream=parts[0].data, filetype="pdf") as document:
        for part in parts[1:]:
            _append(document, part.data)
        if front is not None:
            for place, (page, area) in front.rows.items():
                to = headings[place].page + before - 1
                link = {"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(area), "to": pymupdf.Point(0, 0)}
                document[page - 1].insert_link({**link, "page": to})
        _number(document)
        document.set_toc(_outline(headings, before))
        _name(document, html.before)
        if any(_length(document, xref) > _LARGE for xref in range(1, document.xref_length())):
            document.subset_fonts()
        return bytes(document.tobytes(garbage=1))


def _length(document: Document, xref: int) -> int:
    """Of a stream, in bytes; 0 for another object."""
    kind, written = document.xref_get_key(xref, "Length")
    return int(written) if kind == "int" else 0


def _name(document: Document, before: str) -> None:
    """The title, which viewers show instead of the file's name, and the language, for who has it read aloud."""
    title, language = _TITLE.search(before), _LANGUAGE.search(before)
    made = datetime.now(UTC).strftime("D:%Y%m%d%H%M%SZ")
    document.set_metadata({
        "title": unescape(title[1]).strip() if title else "", "creator": "Kantlijn", "creationDate": made,
    })  # fmt: skip
    if language:
        document.set_language(unescape(language[1]))
    document.xref_set_key(document.pdf_catalog(), "ViewerPreferences", "<</DisplayDocTitle true>>")


def _append(document: Document, data: bytes) -> None:
    """With its links, which the library leaves behind."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    with pymupdf.open(stream=data, filetype="pdf") as other:
        source = mupdf.pdf_document_from_fz_document(other.this)
        known = mupdf.pdf_new_graft_map(pdf)
        before, pages = mupdf.pdf_count_pages(pdf), range(mupdf.pdf_count_pages(source))
        for place in pages:
            mupdf.pdf_graft_mapped_page(known, -1, source, place)
        for place in pages:  # after the last of them: each makes the library forget where pages are
            links = mupdf.pdf_dict_gets(mupdf.pdf_lookup_page_obj(source, place), "Annots")
            if mupdf.pdf_is_array(links):
                page = mupdf.pdf_lookup_page_obj(pdf, before + place)
                mupdf.pdf_dict_puts(page, "Annots", mupdf.pdf_graft_mapped_object(known, links))


def _outline(headings: list[Heading], before: int) -> list[list[Any]]:
    """Bookmarks: [level, title, page], no level more than one below the one before. The title needs none."""
    made: list[list[Any]] = []
    for level, text, page in headings:
        if level > 1:
            deepest = made[-1][0] + 1 if made else 1
            made.append([max(1, min(level - 1, deepest)), text[:200], page + before])
    return made


def _number(document: Document) -> None:
    """The numbers go before what is there, where nothing has moved the origin yet."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    font = mupdf.pdf_add_object(pdf, mupdf.pdf_new_dict(pdf, len(_NUMBERS)))
    for name, value in _NUMBERS.items():
        mupdf.pdf_dict_puts(font, name, mupdf.pdf_new_name(value))
    digit, between = (pymupdf.get_text_length(words, fontsize=8) for words in ("0", " / "))
    nothing, total = mupdf.pdf_new_dict(pdf, 1), document.page_count
    for place in range(total):
        page = mupdf.pdf_lookup_page_obj(pdf, place)
        label = f"{place + 1} / {total}"
        wide = mupdf.pdf_array_get_real(mupdf.pdf_dict_gets(page, "MediaBox"), 2)
        left = (wide - between - digit * (len(label) - 3)) / 2
        words = f"q 0.34 0.38 0.42 rg BT /{_FONT} 8 Tf {left:.1f} 32 Td ({label}) Tj ET Q\n"
        drawn = mupdf.pdf_new_array(pdf, 2)
        foot = mupdf.fz_new_buffer_from_copied_data(words.encode())
        mupdf.pdf_array_push(drawn, mupdf.pdf_add_stream(pdf, foot, nothing, 0))
        mupdf.pdf_array_push(drawn, mupdf.pdf_dict_gets(page, "Contents"))
        mupdf.pdf_dict_puts(page, "Contents", drawn)
        used = mupdf.pdf_dict_gets(page, "Resources")
        if not mupdf.pdf_is_dict(mupdf.pdf_dict_gets(used, "Font")):
            mupdf.pdf_dict_puts(used, "Font", mupdf.pdf_new_dict(pdf, 1))
        mupdf.pdf_dict_puts(mupdf.pdf_dict_gets(used, "Font"), _FONT, font)
