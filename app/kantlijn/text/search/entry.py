"""What an index keeps of one text: its words in order, and the way back to the text.

Words are those of fold_words(); each sign is one in scripts without spaces, and so are the figures behind a word,
mostly a footnote's ("kinderen2"). What a hyphen, point or apostrophe holds together ("e-mail", "31.015") stands
among them as its parts, and apart from them once more as one word, with its neighbours, so that "email" and
"email van" find it too.
"""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter

from kantlijn.model.document import Range
from kantlijn.model.squeezed import unsqueezed
from kantlijn.text.fold import fold_words, letters_of, past_marks
from kantlijn.text.search.neighbours import marks_of

METHOD = 4
"""Number of the way entries are made; another number means that they are made anew."""
END = "¶"
"""Stands in the row of words where one stretch of text ends and another begins."""
JOINED = "·"
"""Begins a word that the text writes in parts, and stands between them: "·e·mail". No folded word has it."""
STRIDE = 32
"""Of so many words one has its code point kept."""
_MOST = 512 << 20
"""Bytes that a row of numbers may have."""
_NEIGHBOURS = 3
_PARTS_MOST = 5
_LONGEST = 40
_ALONE = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"[{_ALONE}]|[^\W\d_{_ALONE}]{{3,}}(?=\d{{1,3}}(?:\s|$))|[^\s{_ALONE}]+")
_HOLDS = re.compile(r"[-‐‑–/'’.,·_&@+]|[-‐]\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """words in order; others: stretches with a joined word in each, every one with END before it.

    points: the code points at which every STRIDE-th word begins. origins: for each stretch the place among the
    words at which it begins, how many words come before the joined one, and of how many parts that is.
    """

    words: tuple[str, ...]
    others: tuple[str, ...]
    points: tuple[int, ...]
    origins: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry with words and others as places in distinct; END is len(distinct). marks: as marks_of() gives."""

    distinct: tuple[str, ...]
    words: array[int]
    others: array[int]
    marks: array[int]
    points: tuple[int, ...]
    origins: tuple[tuple[int, int, int], ...]


def numbered(entry: Entry) -> Numbered:
    """The same entry with each of its words once."""
    numbers: dict[str, int] = {}
    for word in (*entry.words, *entry.others):
        if word != END:
            numbers.setdefault(word, len(numbers))
    distinct = tuple(numbers)
    numbers[END] = len(distinct)
    words, others = (array("I", map(numbers.__getitem__, row)) for row in (entry.words, entry.others))
    return Numbered(distinct, words, others, marks_of(entry.words), entry.points, entry.origins)


def entry_of(text: str, auxiliary: Sequence[Range] = ()) -> Entry:
    """The index's entry for a text. auxiliary: furniture, which is not indexed."""
    folded = fold_words(text, tuple(auxiliary))
    words, starts, ends = [], array("I"), array("I")
    for found in split_words(folded.text):
        words.append(found[0])
        starts.append(folded.offsets[found.start()])
        ends.append(folded.offsets[found.end() - 1] + 1)
    others: list[str] = []
    origins = []
    for first, last in _chains(text, starts, ends):
        joined = JOINED + JOINED.join(words[first : last + 1])
        if len(joined) <= _LONGEST:
            before, after = max(0, first - _NEIGHBOURS), min(len(words), last + 1 + _NEIGHBOURS)
            others += [END, *words[before:first], joined, *words[last + 1 : after]]
            origins.append((before, first - before, last + 1 - first))
    return Entry(tuple(words), tuple(others), tuple(starts[::STRIDE]), tuple(origins))


def split_words(folded: str) -> Iterator[re.Match[str]]:
    """The words of a text as fold_words() gives it."""
    return _WORDS.finditer(folded)


def _chains(text: str, starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of the words with a sign or nothing between, no white space but a line's end."""
    place, count = 0, len(starts)
    while place < count - 1:
        last = place
        while last < count - 1 and _held(text, ends[last], starts[last + 1]):
            last += 1
        if 0 < last - place < _PARTS_MOST:
            yield place, last
        place = last + 1


def _held(text: str, end: int, start: int) -> bool:
    return start == end or (start - end < 9 and _HOLDS.fullmatch(text, end, start) is not None)


def pack(numbers: Sequence[int]) -> bytes:
    """Numbers of up to 31 bits in few bytes, the fewest where they grow."""
    steps = array("i", (one - before for before, one in zip((0, *numbers), numbers, strict=False)))
    return zlib.compress(steps.tobytes(), 6)


def unpack(packed: bytes) -> array[int]:
    """The numbers again. ValueError for what are none."""
    steps = array("i")
    steps.frombytes(unsqueezed(packed, _MOST))
    return array("i", accumulate(steps))


def placed(
    text: str, auxiliary: Sequence[Range], points: Sequence[int], lengths: Sequence[int], span: Range
) -> Range:
    """The range of a text that a span of its words takes. lengths: the folded letters of each word.

    ValueError when they do not fit the text. Only lengths from the last mark before the span on are looked at.
    """
    mark = span[0] // STRIDE
    if mark >= len(points):
        raise ValueError("the index does not fit the text")
    before = sum(lengths[place] for place in range(mark * STRIDE, span[0]))
    return _walk(text, auxiliary, points[mark], before, sum(lengths[place] for place in range(*span)))


def _walk(text: str, auxiliary: Sequence[Range], begin: int, before: int, letters: int) -> Range:
    """The letters that follow so many others after code point begin, with the last one's accents."""
    spans = iter(auxiliary[bisect_right(auxiliary, begin, key=itemgetter(1)) :])
    gap = next(spans, None)
    place, start = begin, -1
    left = before
    while place < len(text):
        if gap is not None and place >= gap[0]:
            place, gap = max(place, gap[1]), next(spans, None)
            continue
        size = len(letters_of(text[place]))
        if size and left <= 0 and start < 0:
            start = place
        left -= size
        place += 1
        if start >= 0 and left <= -letters:
            break
    else:
        raise ValueError("the index does not fit the text")
    return start, past_marks(text, place)
