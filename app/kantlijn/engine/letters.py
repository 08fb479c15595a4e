"""From MuPDF's characters to the code points of canonical text, each with its stretch of the line.

A stretch is (begin, end) in points along the line, kept flat: stretches[2·i], stretches[2·i+1] are those of
code point i. Text comes out in NFC, without control characters and lone surrogates; a no-break space is a
space; the letters of a ligature share its box evenly.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_SPACES = dict.fromkeys(map(ord, "\u00a0\t\n\r\v\f\x1c\x1d\x1e\x1f\u0085\u2028\u2029"), " ")
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
_PLAIN = {**_CONTROLS, **_SPACES}
_ODD = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NARROW = 0.01


def tidy(text: str, stretches: list[float]) -> tuple[str, list[float]]:
    """The code points of one line and their stretches, made fit for canonical text."""
    if _ODD.search(text):
        text = text.translate(_PLAIN)
    begins, ends = stretches[0::2], stretches[1::2]
    if any(end - begin < _NARROW for begin, end in zip(begins, ends, strict=True)):
        stretches = _share(text, stretches)
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text, stretches
    return _compose(text, stretches)


def _share(text: str, stretches: list[float]) -> list[float]:
    """Letters without width after one that has it get an even part of its box (expanded ligatures)."""
    shared = list(stretches)
    at, length = 0, len(text)
    while at < length:
        after = at + 1
        while after < length and shared[2 * after + 1] - shared[2 * after] < _NARROW and _shares(text[after]):
            after += 1
        begin, end = shared[2 * at], shared[2 * at + 1]
        if after - at > 1 and end - begin >= _NARROW and _shares(text[at]):
            step = (end - begin) / (after - at)
            for letter in range(at, after):
                shared[2 * letter] = begin + step * (letter - at)
                shared[2 * letter + 1] = begin + step * (letter - at + 1)
        at = after
    return shared


def _shares(letter: str) -> bool:
    return not letter.isspace() and not unicodedata.combining(letter)


def _compose(text: str, stretches: list[float]) -> tuple[str, list[float]]:
    """NFC, cluster by cluster, so that each code point keeps a box of its own."""
    said: list[str] = []
    boxes: list[float] = []
    for start, end in pairwise(_clusters(text)):
        composed = unicodedata.normalize("NFC", text[start:end])
        if len(composed) == end - start:
            boxes += stretches[2 * start : 2 * end]
        else:
            begins, ends = stretches[2 * start : 2 * end : 2], stretches[2 * start + 1 : 2 * end : 2]
            begin, width = min(begins), max(ends) - min(begins)
            for letter in range(len(composed)):
                boxes += (begin + width * letter / len(composed), begin + width * (letter + 1) / len(composed))
        said.append(composed)
    whole = "".join(said)
    if not unicodedata.is_normalized("NFC", whole):  # clusters that touch: rare scripts
        whole = unicodedata.normalize("NFC", whole)
        boxes = (boxes + [boxes[-1]] * 2 * len(whole))[: 2 * len(whole)]
    return whole, boxes


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
