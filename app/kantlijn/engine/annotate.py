"""A copy of a PDF with annotations that every program shows: highlights, underlines, strikes, areas, with notes.

The copy is the file itself with an incremental update at its end. So nothing of the original is written anew:
signatures keep covering what was signed, forms, outline, links, labels and encryption stay to the byte, and a
file of any size passes through the disk only. A file that MuPDF had to repair cannot be added to; that is
written whole instead, and the answer says so.
"""

from __future__ import annotations

import errno
import json
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any, BinaryIO

from kantlijn.engine import appearance
from kantlijn.engine.library import Document, mupdf, pymupdf
from kantlijn.engine.open_documents import open_document
from kantlijn.engine.own_marks import KEY, mark_of, name_of, plain_text
from kantlijn.engine.written import numbers, pdf_string
from kantlijn.errors import DiskTrouble, EngineTrouble, reason_of
from kantlijn.model.layer import PageLayer, Quad, unpack
from kantlijn.text.layout import PageGeometry
from kantlijn.words import say

_SUBTYPES = {"highlight": "Highlight", "underline": "Underline", "strike": "StrikeOut"}
Plain = dict[str, Any]


def annotate(asked: Plain, blobs: list[bytes]) -> Plain:
    """Write source with these annotations to the path target, where nothing or an empty file is.

    asked: {"source", "target"}. blobs[0]: JSON {"marks", "dress", "drop", "pages"}; after it, for each page index
    in "pages", its packed layer and its text, UTF-8. A mark: id, own (what own_marks keeps), contents, tail,
    author, created, modified, colour, style, tags, and places: {"page", "range": page-relative code points or
    None, "quad": of an area or None, "alone", "xref": object to use again or 0}. dress: annotations of other
    programs that get contents and tags: {"page", "xref", "contents", "tail", "tags", "own"}. drop: [page, xref].
    An xref below zero is -1 less a place in the page's list.
    Answers {"written", "rewritten", "encrypted", "signed"}. BadFile, PasswordNeeded, EngineTrouble, DiskTrouble.
    """
    source, target = asked["source"], Path(asked["target"])
    if target.exists() and target.stat().st_size:
        raise _not_written(reason_of(FileExistsError(errno.EEXIST, "")))
    wanted: Plain = json.loads(blobs[0])
    pages = _pages(wanted["pages"], blobs[1:])
    whole = _is_damaged(source)
    if not whole:
        _copy(Path(source["path"]), target)
        source = {**source, "path": str(target)}
    document = open_document(source)
    try:
        written = _Writing(document, pages).write(wanted)
        told = {"encrypted": bool(document.metadata.get("encryption")), "signed": _signed(document)}
        _save(document, target, whole=whole)
        return {"written": written, "rewritten": whole, **told}
    finally:
        document.close()


def _is_damaged(source: Plain) -> bool:
    """Whether MuPDF had to repair it, so that nothing can be added at its end."""
    document = open_document(source)
    try:
        return not document.can_save_incrementally()
    finally:
        document.close()


def _pages(numbers: list[int], blobs: list[bytes]) -> dict[int, PageGeometry]:
    """Where the letters of these pages stand."""
    found: dict[int, PageGeometry] = {}
    for place, number in enumerate(numbers):
        layer: PageLayer = unpack(blobs[2 * place])
        found[number] = PageGeometry(layer, blobs[2 * place + 1].decode())
    return found


def _copy(source: Path, target: Path) -> None:
    """Through the disk, not through memory."""
    try:
        with source.open("rb") as read, target.open("wb") as written:
            shutil.copyfileobj(read, written, 1 << 20)
    except OSError as trouble:
        raise _not_written(reason_of(trouble)) from trouble


def _save(document: Document, target: Path, *, whole: bool) -> None:
    keep = pymupdf.PDF_ENCRYPT_KEEP
    try:
        if whole:  # into the file that is there: MuPDF would delete it first, which this process may not
            with target.open("wb") as written:
                document.save(_Nameless(written), garbage=0, encryption=keep)
        else:
            document.save(str(target), incremental=True, garbage=0, encryption=keep)
    except MemoryError:
        raise
    except Exception as trouble:  # MuPDF raises many kinds: mostly a disk that is full
        raise _not_written(str(trouble).partition("\n")[0]) from trouble


class _Nameless:
    """A file for PyMuPDF to write into; one that told its name would be deleted and made anew."""

    def __init__(self, file: BinaryIO) -> None:
        self.write, self.seek, self.tell, self.truncate = file.write, file.seek, file.tell, file.truncate


def _not_written(why: str) -> DiskTrouble:
    return DiskTrouble(say("The copy could not be written: {why}. Choose another folder.", why=why))


def _signed(document: Document) -> bool:
    """Whether somebody signed it."""
    try:
        return int(document.get_sigflags()) > 0
    except (RuntimeError, ValueError):
        return False


class _Writing:
    """One file being written to."""

    def __init__(self, document: Document, pages: dict[int, PageGeometry]) -> None:
        self._document = document
        self._pdf = mupdf.pdf_document_from_fz_document(document.this)
        self._pages = pages
        self._lexer = mupdf.PdfLexbuf(mupdf.PDF_LEXBUF_SMALL)
        self._blend = 0
        self._turned: dict[int, Any] = {}
        self._objects: dict[int, Any] = {}
        self._fresh: defaultdict[int, list[int]] = defaultdict(list)
        self._there: dict[int, set[int]] = {}

    def write(self, wanted: Plain) -> int:
        """How many of the marks have a place on a page."""
        written = sum(self._mark(mark) for mark in wanted["marks"])
        for one in wanted["dress"]:
            self._dress(one)
        gone: defaultdict[int, set[int]] = defaultdict(set)
        for page, xref in wanted["drop"]:
            gone[page].add(xref)
        for page in sorted({*self._fresh, *gone}):
            self._list_on(page, gone[page])
        return written

    # -- marks ------------------------------------------------------------------------------------------------

    def _mark(self, mark: Plain) -> int:
        part = 0
        for place in mark["places"]:
            shown = self._quads(place)
            if not shown:
                continue
            turned = self._from_shown(place["page"])
            quads = [appearance.moved(quad, turned) for quad in shown]
            kind = "Square" if place["quad"] is not None else _SUBTYPES[mark["style"]]
            self._put(mark, place, part, kind, quads)
            part += 1
        return min(part, 1)

    def _quads(self, place: Plain) -> list[Quad]:
        """Corners in points on the page as shown."""
        if place["quad"] is not None:
            return [tuple(place["quad"])]
        start, end = place["range"]
        return self._pages[place["page"]].quads(start, end, alone=place["alone"])

    def _put(self, mark: Plain, place: Plain, part: int, kind: str, quads: list[Quad]) -> None:
        """Write one annotation; the object of an earlier one is used again, so that answers to it stay answers."""
        page = place["page"]
        rgb = appearance.rgb(mark["colour"])
        box, drawn = appearance.drawn(kind, quads, rgb)
        stream = self._stream(box, drawn)
        again = place["xref"] if place["xref"] in self._annotations(page) else 0
        xref = again or mupdf.pdf_create_object(self._pdf)
        popup = self._document.xref_get_key(again, "Popup") if again else ("null", "")
        rows = [
            f"<</Type/Annot/Subtype/{kind}/F 4/Rect[{numbers(box)}]",
            f"/P {number} 0 R" if (number := self._page_xref(page)) else "",  # 0: one without a number
            f"/C[{numbers(rgb)}]/AP<</N {stream} 0 R>>/NM{pdf_string(name_of(mark['id'], part))}",
            *(f"/{name}{value}" for name, value in self._said(mark, {**mark["own"], "part": part}).items()),
            f"/T{pdf_string(mark['author'])}" if mark["author"] else "",
            _date("CreationDate", mark["created"]), _date("M", mark["modified"]),
        ]  # fmt: skip
        if kind == "Square":
            rows.append("/BS<</W 1.5/S/S>>")
        else:
            corners = " ".join(numbers(appearance.in_pdf_order(quad)) for quad in quads)
            rows.append(f"/QuadPoints[{corners}]")
        if kind == "Highlight":
            rows.append(f"/CA {appearance.OPACITY}")
        if popup[0] == "xref":
            rows.append(f"/Popup {popup[1]}")
        mupdf.pdf_update_object(self._pdf, xref, self._parsed("".join([*rows, ">>"])))
        if not again:
            self._fresh[page].append(xref)

    def _said(self, mark: Plain, own: Plain) -> dict[str, str]:
        """Contents, tags, and our own key, as PDF strings."""
        tail = plain_text(mark["tail"])
        contents = plain_text(mark["contents"]) + tail
        kept = {**own, "tail": tail, "mark": mark_of(contents)}
        tags = json.dumps(mark["tags"], ensure_ascii=False)
        return {
            "Contents": pdf_string(contents), "Zotero:Tags": pdf_string(tags),
            KEY: pdf_string(json.dumps(kept, separators=(",", ":"))),
        }  # fmt: skip

    def _dress(self, one: Plain) -> None:
        """Give an annotation of another program our themes, and the note where it was changed here."""
        keys = self._listed(one["page"])[-1 - one["xref"]] if one["xref"] < 0 else None
        for name, value in self._said(one, one["own"]).items():
            if keys is not None:
                mupdf.pdf_dict_puts(keys, name, self._parsed(value))
            else:
                self._document.xref_set_key(one["xref"], name, value)

    def _stream(self, box: appearance.Box, drawn: str) -> int:
        """The object that draws it; tints are multiplied with the page, so that words stay as dark as they are."""
        if not self._blend:
            opacity = f"/ca {appearance.OPACITY}/CA {appearance.OPACITY}"
            blend = self._parsed(f"<</Type/ExtGState/BM/Multiply{opacity}/AIS false>>")
            self._blend = mupdf.pdf_to_num(mupdf.pdf_add_object(self._pdf, blend))
        form = self._parsed(
            f"<</Type/XObject/Subtype/Form/BBox[{numbers(box)}]/Resources<</ExtGState<</G {self._blend} 0 R>>>>>>"
        )
        buffer = mupdf.fz_new_buffer_from_copied_data(drawn.encode())
        return int(mupdf.pdf_to_num(mupdf.pdf_add_stream(self._pdf, buffer, form, 0)))

    def _parsed(self, written: str) -> Any:
        """An object as a PDF writes it. The library's own way to it takes three times as long."""
        stream = mupdf.fz_open_buffer(mupdf.fz_new_buffer_from_copied_data(written.encode()))
        return mupdf.pdf_parse_stm_obj(self._pdf, stream, self._lexer)

    # -- pages ------------------------------------------------------------------------------------------------

    def _page(self, page: int) -> Any:
        """The page's dictionary. EngineTrouble when it is not there."""
        if page not in self._objects:
            try:
                self._objects[page] = mupdf.pdf_lookup_page_obj(self._pdf, page)
            except Exception as trouble:  # MuPDF raises many kinds
                raise EngineTrouble(say("Page {page} of this file is damaged.", page=page + 1)) from trouble
        return self._objects[page]

    def _page_xref(self, page: int) -> int:
        return int(mupdf.pdf_to_num(self._page(page)))

    def _from_shown(self, page: int) -> Any:
        """From coordinates of the page as shown, with its crop box, rotation and unit, to its own."""
        if page not in self._turned:
            box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
            mupdf.pdf_page_obj_transform(self._page(page), box, matrix)
            shown = pymupdf.Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
            self._turned[page] = tuple(~shown)
        return self._turned[page]

    def _listed(self, page: int) -> list[Any]:
        """The page's annotations as they are listed."""
        listed = mupdf.pdf_dict_gets(self._page(page), "Annots")
        if not mupdf.pdf_is_array(listed):
            return []
        return [mupdf.pdf_array_get(listed, place) for place in range(mupdf.pdf_array_len(listed))]

    def _annotations(self, page: int) -> set[int]:
        """Object numbers of what the page lists."""
        if page not in self._there:
            self._there[page] = {int(mupdf.pdf_to_num(one)) for one in self._listed(page)}
        return self._there[page]

    def _list_on(self, page: int, gone: set[int]) -> None:
        """List the page's annotations anew: without those gone and their popups, and with the fresh ones."""
        listed = mupdf.pdf_new_array(self._pdf, len(self._fresh[page]) + 8)
        for place, one in enumerate(self._listed(page)):
            parent = mupdf.pdf_to_num(mupdf.pdf_dict_gets(one, "Parent")) if mupdf.pdf_is_dict(one) else 0
            if (mupdf.pdf_to_num(one) or -1 - place) not in gone and not (parent in gone and _is_popup(one)):
                mupdf.pdf_array_push(listed, one)
        for xref in self._fresh[page]:
            mupdf.pdf_array_push(listed, mupdf.pdf_new_indirect(self._pdf, xref, 0))
        mupdf.pdf_dict_puts(self._page(page), "Annots", listed)


def _is_popup(one: Any) -> bool:
    return str(mupdf.pdf_to_name(mupdf.pdf_dict_gets(one, "Subtype"))) == "Popup"


def _date(name: str, at: str) -> str:
    """An entry for a moment in UTC, "2026-11-20T19:29:00Z"; "" where there is none."""
    digits = re.sub(r"[^0-9]", "", at)
    return f"/{name}(D:{digits}Z)" if len(digits) == 14 and at.endswith("Z") else ""
