"""Words that are the same but for capitals, accents or the punctuation after them: changes of form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from kantlijn.model.document import Range
from kantlijn.text.compare.alignment import Alignment
from kantlijn.text.compare.words import Words

_HYPHENATION = re.compile(r"[-\u2010\u2011\u00ad\s\u200b-\u200d\u2060\ufeff]+")
_UNSEEN = re.compile(r"[\s\w\u00ad\u200b-\u200d\u2060\ufeff\"'’‘‚‛“”„‟«»‹›`´•·▪●○■□◦‣–—―−‐‑-]+|\.{4,}")
"""What never counts between words: space, quotes, bullets, dashes and hyphens, dot leaders, ignored numbers."""
_MARKS = re.compile(r"[\u0300-\u036f]")

Pair = tuple[tuple[Range, ...], tuple[Range, ...]]


class _Gaps(dict[str, str]):
    """What lies between two words to what counts of it; learned as met."""

    def __missing__(self, gap: str) -> str:
        counts = self[gap] = _UNSEEN.sub("", unicodedata.normalize("NFKC", gap).replace("…", "..."))
        return counts


def spelling_edits(state: Alignment, unseen: Collection[str]) -> Iterator[Pair]:
    """Where matched words are written otherwise. unseen: what is not looked at, of comparison.IGNORABLE."""
    old, new = state.old, state.new
    case, accents = "case" in unseen, "accents" in unseen
    punctuation = "punctuation" not in unseen
    gaps = _Gaps()
    same = {place for o1, o2, _, _ in state.same for place in range(o1, o2)}
    pending: tuple[int, int, int, int] | None = None
    for o, n in enumerate(state.to_new):
        if n < 0 or o in same:
            continue
        one = old.mask[old.starts[o] : old.ends[o]]
        two = new.mask[new.starts[n] : new.ends[n]]
        if one != two and _form(one, case, accents) != _form(two, case, accents):
            if pending is not None and pending[1] == o and pending[3] == n:
                pending = (pending[0], o + 1, pending[2], n + 1)
            else:
                if pending is not None:
                    yield _ranges(state, pending)
                pending = (o, o + 1, n, n + 1)
        if punctuation and o + 1 < len(state.to_new) and state.to_new[o + 1] == n + 1:
            before, after = _gap(old, o), _gap(new, n)
            if before != after and gaps[before] != gaps[after]:
                yield _with_gap(old, o), _with_gap(new, n)
    if pending is not None:
        yield _ranges(state, pending)


def _form(word: str, case: bool, accents: bool) -> str:
    form = unicodedata.normalize("NFKC", _HYPHENATION.sub("", word))
    if case:
        form = form.casefold()
    if accents:
        form = _MARKS.sub("", unicodedata.normalize("NFKD", form))
    return form


def _gap(words: Words, place: int) -> str:
    return words.mask[words.ends[place] : words.starts[place + 1]]


def _with_gap(words: Words, place: int) -> tuple[Range, ...]:
    """The word and the signs after it."""
    start, end = words.starts[place], words.ends[place]
    return ((start, end + len(_gap(words, place).rstrip())),)


def _ranges(state: Alignment, words: tuple[int, int, int, int]) -> Pair:
    return state.old.ranges(words[0], words[1]), state.new.ranges(words[2], words[3])
