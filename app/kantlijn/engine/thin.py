"""Lines without width: letters that a PDF names for what it draws as a picture (ActualText).

They have a beginning and no end, so that PyMuPDF's dicts leave them out, and with them all the words of files
whose letters are pictures. They get room from where they start to what stands to their right.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from kantlijn.engine.library import mupdf

_LETTER = 0.5
"""Width of a letter as a share of its height, where there is room for it."""
_NARROW = 0.01
_BESIDE_MOST = 2000
"""Lines of a page up to which is looked at what stands beside each."""
Box = tuple[float, float, float, float]


def lacking(found: Any, said: Iterable[str]) -> bool:
    """Whether MuPDF's page has letters that are not in these lines, made of it."""
    buffer = mupdf.fz_new_buffer(4096)
    out = mupdf.FzOutput(buffer)
    mupdf.fz_print_stext_page_as_text(out, found)
    out.fz_close_output()
    every = bytes(mupdf.fz_buffer_extract(buffer)).decode(errors="replace")
    return _count(every) > _count("".join(said))


def _count(text: str) -> int:
    return len("".join(unicodedata.normalize("NFC", text).split()))


def with_thin_lines(found: Any, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """PyMuPDF's blocks with the letters without width of MuPDF's page, each in its place among the others."""
    page = _box(found.m_internal.mediabox)
    boxes = [_box(line.m_internal.bbox) for block in found if _is_text(block) for line in block]
    boxes = boxes if len(boxes) <= _BESIDE_MOST else []
    known = {block["number"]: block for block in blocks}
    whole = []
    for number, block in enumerate(found):
        if not _is_text(block):
            continue
        kept = iter(known[number]["lines"] if number in known else ())
        lines = []
        for line in block:
            box = _box(line.m_internal.bbox)
            said = next(kept, None) if _on(page, box) else None
            straight = (line.m_internal.dir.x, line.m_internal.dir.y) == (1.0, 0.0)
            if straight and _on(page, (box[0], box[1], box[2] + 1, box[3])) and _letters(said) < len(list(line)):
                said = _widened(line, box, page, boxes)
            if said is not None:
                lines.append(said)
        whole.append({"type": mupdf.FZ_STEXT_BLOCK_TEXT, "number": number, "lines": lines})
    return whole


def _is_text(block: Any) -> bool:
    return bool(block.m_internal.type == mupdf.FZ_STEXT_BLOCK_TEXT)


def _letters(line: dict[str, Any] | None) -> int:
    return sum(len(span["chars"]) for span in line["spans"]) if line else 0


def _widened(line: Any, box: Box, page: Box, boxes: Iterable[Box]) -> dict[str, Any]:
    """A line of a dict. Its letters without width at its end stand evenly over the room to their right."""
    every = [(chr(char.m_internal.c), _corners(char.m_internal.quad)) for char in line]
    shown = [(letter, (x0, y0, x1, y1)) for letter, (x0, y0, x1, y1) in every if _on(page, (x0, y0, x1 + 1, y1))]
    letters, places = [letter for letter, _ in shown], [place for _, place in shown]
    first = len(places)
    while first and places[first - 1][0] >= places[first - 1][2] - _NARROW:
        first -= 1
    if first < len(places):
        x, top, bottom = places[first][0], box[1], box[3]
        beside = [other[0] for other in boxes if other[0] > x + 1 and other[1] < (top + bottom) / 2 < other[3]]
        room = max(min([*beside, page[2]]) - x, 1.0) / (len(places) - first)
        step = min(room, _LETTER * (bottom - top))
        places[first:] = [(x + step * n, top, x + step * (n + 1), bottom) for n in range(len(places) - first)]
    chars = [
        {"c": letter, "bbox": place, "synthetic": False} for letter, place in zip(letters, places, strict=True)
    ]
    right = max([place[2] for place in places], default=box[2])
    span = {"chars": chars, "size": box[3] - box[1]}
    return {"dir": (1.0, 0.0), "bbox": (box[0], box[1], right, box[3]), "spans": [span]}


def _box(rect: Any) -> Box:
    return rect.x0, rect.y0, rect.x1, rect.y1


def _corners(quad: Any) -> Box:
    """The box of a letter on a straight line."""
    return min(quad.ul.x, quad.ll.x), quad.ul.y, max(quad.ur.x, quad.lr.x), quad.ll.y


def _on(page: Box, box: Box) -> bool:
    """Whether they share ground."""
    return max(page[0], box[0]) < min(page[2], box[2]) and max(page[1], box[1]) < min(page[3], box[3])
