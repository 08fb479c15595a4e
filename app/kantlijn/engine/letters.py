"""From MuPDF's characters to the code points of canonical text, each with its stretch of the line.

A stretch is where a code point begins and ends along the line, in points; begins and ends are kept in two
lists because that is quickest. Text comes out in NFC, without control characters and lone surrogates; a
no-break space is a space; the letters of a ligature share its box evenly.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from operator import sub

_SPACES = dict.fromkeys(map(ord, "\u00a0\t\n\r\v\f\x1c\x1d\x1e\x1f\u0085\u2028\u2029"), " ")
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
_PLAIN = {**_CONTROLS, **_SPACES}
_ODD = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NARROW = 0.01


def tidy(text: str, begins: list[float], ends: list[float]) -> tuple[str, list[float], list[float]]:
    """The code points of one line and where they begin and end, made fit for canonical text."""
    if _ODD.search(text):
        text = text.translate(_PLAIN)
    if min(map(sub, ends, begins)) < _NARROW:
        begins, ends = _share(text, begins, ends)
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text, begins, ends
    return _compose(text, begins, ends)


def _share(text: str, begins: list[float], ends: list[float]) -> tuple[list[float], list[float]]:
    """Letters without width after one that has it get an even part of its box (expanded ligatures)."""
    begins, ends = list(begins), list(ends)
    at, length = 0, len(text)
    while at < length:
        after = at + 1
        while after < length and ends[after] - begins[after] < _NARROW and _shares(text[after]):
            after += 1
        begin, width = begins[at], ends[at] - begins[at]
        if after - at > 1 and width >= _NARROW and _shares(text[at]):
            begins[at:after], ends[at:after] = _even(begin, width, after - at)
        at = after
    return begins, ends


def _even(begin: float, width: float, parts: int) -> tuple[list[float], list[float]]:
    """Begins and ends of so many even parts."""
    edges = [begin + width * part / parts for part in range(parts + 1)]
    return edges[:-1], edges[1:]


def _shares(letter: str) -> bool:
    return not letter.isspace() and not unicodedata.combining(letter)


def _compose(text: str, begins: list[float], ends: list[float]) -> tuple[str, list[float], list[float]]:
    """NFC, cluster by cluster, so that each code point keeps a box of its own."""
    said = ""
    new_begins: list[float] = []
    new_ends: list[float] = []
    for start, end in pairwise(_clusters(text)):
        composed = unicodedata.normalize("NFC", text[start:end])
        first, last = begins[start:end], ends[start:end]
        if len(composed) != end - start:
            first, last = _even(min(first), max(last) - min(first), len(composed))
        said += composed
        new_begins += first
        new_ends += last
    if not unicodedata.is_normalized("NFC", said):  # clusters that touch: rare scripts
        said = unicodedata.normalize("NFC", said)
        new_begins, new_ends = _even(min(begins), max(ends) - min(begins), len(said))
    return said, new_begins, new_ends


def _clusters(text: str) -> list[int]:
    """Where characters begin that may be composed by themselves; the text's length at the end."""
    starts = [0]
    for at in range(1, len(text)):
        cluster = text[starts[-1] : at]
        together = unicodedata.normalize("NFC", cluster + text[at])
        apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", text[at])
        if together == apart and not unicodedata.combining(text[at]):
            starts.append(at)
    return [*starts, len(text)]
