"""The annotations that other programs left in a PDF, as plain data in the coordinates of pages as shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from kantlijn.engine.library import Document, mupdf, pymupdf
from kantlijn.engine.own_marks import KEY, own_of, plain_text
from kantlijn.engine.rich_text import rich_text

MOST = 50_000
CONTENTS_MOST = 1_000_000
"""Code points of one note."""
_KINDS = {
    "Highlight": "highlight",
    "Underline": "underline",
    "Squiggly": "squiggly",
    "StrikeOut": "strike",
    "Text": "note",
    "FreeText": "area",
    "Caret": "note",
    "Square": "area",
    "Circle": "area",
    "Ink": "area",
    "Stamp": "area",
    "Polygon": "area",
    "PolyLine": "area",
    "Line": "area",
}
_UNSEEN = {"Link", "Widget", "Popup", "Watermark", "PrinterMark", "TrapNet"}
"""What is listed with annotations and is none that anyone made in reading."""
_ASIDE = {"Link", "Widget", "Popup"}
"""Which of those the library keeps apart."""
_TEXT = {"highlight", "underline", "squiggly", "strike"}
_QUADS_MOST = 5000
_KEPT = "\n\t\u200c\u200d"
"""Signs that do not print and yet belong to texts: what joins emoji and letters, and keeps them apart."""
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?")

Quad = tuple[float, ...]
Matrix = tuple[float, ...]


def markings(document: Document) -> tuple[list[dict[str, Any]], int]:
    """Every Marking of the file in plain form, and how many annotations are left out: damaged, without a place, or
    of a kind without words, such as an attached file. Links, widgets, popups and a status are none.
    """
    found: list[dict[str, Any]] = []
    left_out = 0
    for number in range(document.page_count):
        try:
            page = document.load_page(number)
            annotations = list(_annotations(page))
            matrices = tuple(page.rotation_matrix), tuple(page.transformation_matrix), _shown(page)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - MuPDF raises many kinds; a damaged page has no annotations to take
            continue
        for annotation, xref in annotations:
            try:
                keys = mupdf.pdf_annot_obj(annotation.this)
                if annotation.type[1] in _UNSEEN or _is_status(keys):
                    continue
                marking = _marking(matrices, annotation, number, xref)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - one damaged annotation must not hide the others
                marking = None
            if marking is None:
                left_out += 1
            else:
                found.append(marking)
        if len(found) >= MOST:
            break
    return _united(found[:MOST]), left_out


def _annotations(page: Any) -> Iterator[tuple[Any, int]]:
    """All of a page, each with its number in the file, or for one without, -1 less its place in the page's list.

    The library's own list leaves out those without a number, which are written in the page's list itself.
    """
    sheet = mupdf.pdf_page_from_fz_page(page.this)
    listed = mupdf.pdf_dict_gets(sheet.obj(), "Annots")
    every = (mupdf.pdf_array_get(listed, place) for place in range(mupdf.pdf_array_len(listed)))
    unnumbered = iter([
        -1 - place for place, keys in enumerate(every)
        if mupdf.pdf_is_dict(keys) and not mupdf.pdf_to_num(keys)
        and mupdf.pdf_to_name(mupdf.pdf_dict_gets(keys, "Subtype")) not in _ASIDE
    ])  # fmt: skip
    one = mupdf.pdf_first_annot(sheet)
    while one.m_internal:
        yield pymupdf.Annot(one), int(mupdf.pdf_to_num(mupdf.pdf_annot_obj(one))) or next(unnumbered, 0)
        one = mupdf.pdf_next_annot(one)


def _united(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words struck out and the sign that says what comes in their place are one: the words, with that note.

    Programs write them as a group, of which the sign is the head.
    """
    by_number = {one["xref"]: one for one in found}
    heads: dict[int, dict[str, Any]] = {}
    for one in found:
        head = by_number.get(one.pop("group"))
        if head is not None and one["kind"] in _TEXT and head["kind"] == "note" and head["xref"] not in heads:
            heads[head["xref"]] = one
            one["contents"] = one["contents"] or head["contents"]
    names = {by_number[xref]["name"] or f"xref {xref}": words for xref, words in heads.items()}
    for one in found:
        if (words := names.get(one["reply_to"])) is not None:
            one["reply_to"] = words["name"] or f"xref {words['xref']}"
    return [one for one in found if one["xref"] not in heads]


def _shown(page: Any) -> Matrix:
    """From the file's points to those of the page as shown."""
    box, matrix = mupdf.FzRect(), mupdf.FzMatrix()
    mupdf.pdf_page_transform(mupdf.pdf_page_from_fz_page(page.this), box, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _marking(
    matrices: tuple[Matrix, Matrix, Matrix], annotation: Any, number: int, xref: int
) -> dict[str, Any] | None:
    """matrices: from a page as MuPDF has it to the page as shown, from the file's points to MuPDF's, _shown()."""
    kind, keys = _KINDS.get(annotation.type[1]), mupdf.pdf_annot_obj(annotation.this)
    if kind is None:
        return None
    turn, from_file, shown = matrices
    said = annotation.info
    quads = _text_quads(shown, keys) if kind in _TEXT else []
    if not quads and annotation.rect.is_infinite:  # no word of where, but for its frame
        quads = _frame(turn, from_file, keys)
    elif not quads:
        quads = [_corners(turn, annotation.rect)]
    if not quads:
        return None
    name = _clean(said.get("id", ""))[:500]
    raw = plain_text(said.get("content", "")) or plain_text(rich_text(keys))
    grouped = mupdf.pdf_to_name(mupdf.pdf_dict_gets(keys, "RT")) == "Group"
    own, note = own_of(_text(keys, KEY), name, raw)
    if own is None or not own["id"]:
        note = _clean(note)
    return {
        "page": number,
        "kind": kind,
        "quads": quads,
        "contents": note[:CONTENTS_MOST],
        "author": _clean(said.get("title", ""))[:200],
        "created": _time(said.get("creationDate", "")),
        "modified": _time(said.get("modDate", "")),
        "colour": _colour(annotation),
        "name": name,
        "tags": _tags(keys),
        "reply_to": "" if grouped else _reply_to(keys),
        "group": _number(keys, "IRT") if grouped else 0,
        "xref": xref,
        "own": own,
    }


def _text(keys: Any, key: str) -> str:
    """The string under a key, "" for none."""
    value = mupdf.pdf_dict_gets(keys, key)
    return str(mupdf.pdf_to_text_string(value)) if mupdf.pdf_is_string(value) else ""


def _is_status(keys: Any) -> bool:
    """Whether it says no more than that somebody ticked another one off, or took a verdict on it back."""
    model = _text(keys, "StateModel")
    return model == "Marked" or (model == "Review" and _text(keys, "State") == "None")


def _number(keys: Any, key: str) -> int:
    """The object that a key points to, 0 for none."""
    return int(mupdf.pdf_to_num(mupdf.pdf_dict_gets(keys, key)))


def _frame(turn: Matrix, from_file: Matrix, keys: Any) -> list[Quad]:
    """The /Rect of an annotation, whichever corners it is written by."""
    written = mupdf.pdf_dict_gets(keys, "Rect")
    if not mupdf.pdf_is_array(written) or mupdf.pdf_array_len(written) != 4:
        return []
    values = [mupdf.pdf_array_get_real(written, place) for place in range(4)]
    corners = [_turned(from_file, *values[:2]), _turned(from_file, *values[2:])]
    quad = _box([_turned(turn, x, y) for x, y in corners])
    return [quad] if quad[4] > quad[0] and quad[5] > quad[1] else []


def _corners(turn: Matrix, rect: Any) -> Quad:
    """A rectangle of the page without its rotation, as shown, in points from the top left."""
    x0, y0, x1, y1 = rect
    return _box([_turned(turn, x0, y0), _turned(turn, x1, y1)])


def _text_quads(shown: Matrix, keys: Any) -> list[Quad]:
    """QuadPoints as shown, as boxes: programs write the four corners in different orders."""
    written = mupdf.pdf_dict_gets(keys, "QuadPoints")
    many = min(mupdf.pdf_array_len(written), 8 * _QUADS_MOST) if mupdf.pdf_is_array(written) else 0
    values = [mupdf.pdf_array_get_real(written, at) for at in range(many)]
    quads: list[Quad] = []
    for at in range(0, many - 7, 8):
        quad = _box([_turned(shown, *values[place : place + 2]) for place in range(at, at + 8, 2)])
        if quad[4] > quad[0] and quad[5] > quad[1]:
            quads.append(quad)
    return quads


def _turned(turn: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = turn
    return a * x + c * y + e, b * x + d * y + f


def _box(corners: Sequence[tuple[float, float]]) -> Quad:
    xs, ys = zip(*corners, strict=True)
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    return (x0, y0, x1, y0, x1, y1, x0, y1)


def _clean(text: Any) -> str:
    """Newlines as one sign, without what no text may hold."""
    said = str(text or "")
    if said.isprintable():
        return said
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(point for point in said if point in _KEPT or point.isprintable() or point.isspace())


def _colour(annotation: Any) -> str:
    """The stroke's colour, or the filling's, as "#rrggbb"."""
    colours = annotation.colors or {}
    parts: tuple[float, ...] = tuple(colours.get("stroke") or colours.get("fill") or ())
    if len(parts) == 1:
        parts = tuple(parts) * 3
    if len(parts) == 4:
        c, m, y, k = parts
        parts = tuple((1 - part) * (1 - k) for part in (c, m, y))
    if len(parts) != 3:
        return ""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in parts)


def _tags(keys: Any) -> list[str]:
    """What Zotero keeps under a name of its own: a JSON list of strings."""
    written = _text(keys, "Zotero:Tags")
    if not written:
        return []
    try:
        tags = json.loads(written)
    except ValueError:
        return []
    if not isinstance(tags, list):
        return []
    return [tag for one in tags[:100] if isinstance(one, str) and (tag := " ".join(_clean(one).split())[:200])]


def _reply_to(keys: Any) -> str:
    """The name of the annotation this one answers, "xref 12" where that has none, "" for none."""
    answered = _number(keys, "IRT")
    if not answered:
        return ""
    return _clean(_text(mupdf.pdf_dict_gets(keys, "IRT"), "NM"))[:500] or f"xref {answered}"


def _time(written: str) -> str:
    """A PDF's date in UTC, "2026-11-20T19:29:00Z"; "" for what is none."""
    found = _DATE.match(str(written or "").strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second = (int(part or low) for part, low in zip(
        found.groups()[:6], (1, 1, 1, 0, 0, 0), strict=True))  # fmt: skip
    zone = UTC
    if found[8]:
        shift = timedelta(hours=int(found[9]), minutes=int(found[10] or 0))
        zone = timezone(shift if found[8] == "+" else -shift)
    try:
        at = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""
