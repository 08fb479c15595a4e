"""A page's share of the canonical text, and its text layer, from MuPDF's structured text.

The rule (its number is serve.RULE): blocks in the order of the file, or in that of MuPDF's segmentation on
pages whose columns are interleaved; each line's code points and a line feed; one more between blocks, which
belongs to the line before it; none after a large first letter, which is one word with what follows. Lines without
a visible letter are left out, and room that sets the letters of a word apart; what is drawn twice, to make it bold
or for a shadow, is taken once. Ligatures are expanded, hyphens kept, text outside the page left out; words that a
drawing stands for (ActualText) have their place on it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import count, pairwise
from math import isfinite
from typing import Any

from kantlijn.engine.columns import Row, interleaved
from kantlijn.engine.doubled import Lying, drawn_twice, shadows
from kantlijn.engine.initials import Large, begins
from kantlijn.engine.letters import tidy
from kantlijn.engine.library import Document, extra, mupdf, pymupdf
from kantlijn.engine.render import load_page
from kantlijn.engine.thin import lacking, with_thin_lines
from kantlijn.engine.tracking import as_words
from kantlijn.errors import EngineTrouble
from kantlijn.model.layer import Line, PageLayer
from kantlijn.words import say

FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_CLIP | pymupdf.TEXT_USE_CID_FOR_UNKNOWN_UNICODE
Placed = tuple[float, float, float, float, float, str, list[float], list[float]]
"""A line before it is counted: x, y of its origin, direction dx, dy, thickness, text, begins, ends of letters."""


def extract_page(document: Document, page: int) -> tuple[str, PageLayer, float]:
    """Text, layer and height of one page; ("", no lines) where there is no text. EngineTrouble when damaged."""
    loaded = load_page(document, page)
    flags = FLAGS
    try:
        found, plain = _structured(loaded, flags)
        blocks = [list(_lines(block)) for block in _blocks(plain)]
        doubled = drawn_twice(_lying(line) for block in blocks for line in block)
        if doubled:
            flags |= pymupdf.TEXT_COLLECT_STYLES  # by which letters drawn twice are left out; slow on a full page
            found, plain = _structured(loaded, flags)
            blocks = [list(_lines(block)) for block in _blocks(plain)]
        if lacking(found, (line[5] for block in blocks for line in block)):
            blocks = [list(_lines(block)) for block in with_thin_lines(found, plain)]
        if interleaved([_row(line) for block in blocks for line in block if line[2] == 1.0]):
            _, plain = _structured(loaded, flags | pymupdf.TEXT_SEGMENT)
            blocks = [list(_lines(block)) for block in _blocks(plain)]
    except MemoryError:
        raise
    except (RuntimeError, ValueError, IndexError, mupdf.FzErrorBase) as trouble:
        raise EngineTrouble(
            say("The text of page {page} cannot be read; the file is damaged there.", page=page + 1)
        ) from trouble
    if doubled:
        again = shadows([(line[5], _lying(line)) for block in blocks for line in block])
        places = count()
        blocks = [[line for line in block if next(places) not in again] for block in blocks]
    text, layer = _count([block for block in blocks if block])
    bound = mupdf.fz_bound_page(loaded)
    return text, layer, bound.y1 - bound.y0


def lines_of_blocks(blocks: list[dict[str, Any]]) -> tuple[str, PageLayer]:
    """Text and layer of MuPDF's blocks, by the same rule, without looking for columns."""
    placed = [list(_lines(block)) for block in _blocks(blocks)]
    return _count([block for block in placed if block])


def _structured(page: Any, flags: int) -> tuple[Any, list[dict[str, Any]]]:
    """MuPDF's structured page, and its blocks, as shown: unlike Page.get_text() this keeps the rotation."""
    plain: dict[str, Any] = {}
    found = mupdf.FzStextPage(extra.page_get_textpage(page, None, flags, mupdf.FzMatrix()))
    extra.JM_make_textpage_dict(found.m_internal, plain, True)
    return found, plain["blocks"]


def _blocks(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Text blocks, also those inside the structure that segmentation makes."""
    for block in found:
        if block["type"] == mupdf.FZ_STEXT_BLOCK_TEXT:
            yield block
        elif "blocks" in block:
            yield from _blocks(block["blocks"])


def _lines(block: dict[str, Any]) -> Iterator[Placed]:
    for line in block["lines"]:
        spans = line["spans"]
        chars = spans[0]["chars"] if len(spans) == 1 else [char for span in spans for char in span["chars"]]
        text = "".join([char["c"] for char in chars])
        if not text or text.isspace():
            continue
        dx, dy = line["dir"]
        if dx > 0.99999 and abs(dy) < 0.005:
            chars = as_words(chars, spans[0]["size"])
            text = "".join([char["c"] for char in chars])
            x, y, _, bottom = line["bbox"]
            placed = (x, y, 1.0, 0.0, bottom - y)
            boxes = [char["bbox"] for char in chars]
            begins, ends = [box[0] - x for box in boxes], [box[2] - x for box in boxes]
        else:
            placed, begins, ends = _slanted(line, chars, dx, dy)
        if all(map(isfinite, placed)):
            yield (*placed, *tidy(text, begins, ends))


def _slanted(
    line: dict[str, Any], chars: list[dict[str, Any]], dx: float, dy: float
) -> tuple[tuple[float, float, float, float, float], list[float], list[float]]:
    """Origin, direction and thickness of a line that does not run to the right; begins and ends of letters."""
    upright = min(abs(dx), abs(dy)) < 0.005
    if upright:
        dx, dy = round(dx), round(dy)
        boxes = [char["bbox"] for char in chars]
        pairs = [(x0 * dx + y0 * dy, x1 * dx + y1 * dy) for x0, y0, x1, y1 in boxes]
        across = [edge for x0, y0, x1, y1 in boxes for edge in (x1 * -dy + y1 * dx, x0 * -dy + y0 * dx)]
        top, bottom = min(across), max(across)
    else:
        # The boxes of slanted characters are loose; their origins stand on the base line.
        size, ascent, descent = _style(line)
        starts = [char["origin"][0] * dx + char["origin"][1] * dy for char in chars]
        pairs = list(pairwise([*starts, starts[-1] + _last_width(chars[-1], dx, dy, size)]))
        base = chars[0]["origin"][0] * -dy + chars[0]["origin"][1] * dx
        top, bottom = base - ascent * size, base - descent * size
    begins, ends = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    start = min(begins)
    placed = (start * dx - top * dy, start * dy + top * dx, float(dx), float(dy), bottom - top)
    return placed, [begin - start for begin in begins], [end - start for end in ends]


def _style(line: dict[str, Any]) -> tuple[float, float, float]:
    """Size in points, ascent and descent in ems, of the largest span."""
    span = max(line["spans"], key=lambda span: span["size"])
    return span["size"], span["ascender"], span["descender"]


def _last_width(char: dict[str, Any], dx: float, dy: float, size: float) -> float:
    """The width of a slanted character whose box is known: solved from the box's width and height."""
    x0, y0, x1, y1 = char["bbox"]
    cos, sin = abs(dx), abs(dy)
    apart = cos * cos - sin * sin
    if abs(apart) < 0.1:  # near 45° the two equations are one
        return 0.5 * size
    width = ((x1 - x0) * cos - (y1 - y0) * sin) / apart
    return float(min(max(width, 0.1 * size), 2 * size))


def _lying(line: Placed) -> Lying:
    x, y, dx, dy, thickness, _, begins, ends = line
    along = x * dx + y * dy
    return (dx, dy, y * dx - x * dy, thickness, along + begins[0], along + ends[-1])


def _row(line: Placed) -> Row:
    x, y, _, _, thickness, text, _, ends = line
    return (x, y, x + ends[-1], y + thickness, text)


def _endings(blocks: list[list[Placed]]) -> list[str]:
    """What closes each line: a line feed, two at the end of a block, none after a large first letter."""
    endings = []
    for number, block in enumerate(blocks):
        endings += ["\n"] * (len(block) - 1) + ["\n\n" if number < len(blocks) - 1 else "\n"]
    lines = [line for block in blocks for line in block]
    for place, (line, following) in enumerate(pairwise(lines)):
        if len(line[5]) == 1 and begins(_large(line), _large(following), [line[5] for line in lines]):
            endings[place] = ""
    return endings


def _large(line: Placed) -> Large:
    x, y, _, dy, thickness, text, _, ends = line
    return (x, y, thickness, max(ends), text, dy)


def _count(blocks: list[list[Placed]]) -> tuple[str, PageLayer]:
    """Number the code points: the page's string, and its lines with their place in it."""
    said: list[str] = []
    lines: list[Line] = []
    all_begins: list[float] = []
    all_ends: list[float] = []
    at = 0
    endings = iter(_endings(blocks))
    for number, block in enumerate(blocks):
        for x, y, dx, dy, thickness, text, firsts, ends in block:
            ending = next(endings)
            closing = [max(ends)] * len(ending)
            all_begins += firsts
            all_begins += closing
            all_ends += ends
            all_ends += closing
            end = at + len(text) + len(ending)
            lines.append(Line(at, end, x, y, dx, dy, thickness, number, False))
            said += (text, ending)
            at = end
    edges = array("f", bytes(8 * at))
    edges[0::2], edges[1::2] = array("f", all_begins), array("f", all_ends)
    return "".join(said), PageLayer(tuple(lines), edges)
