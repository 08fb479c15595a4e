"""What stands before and after a passage, for a summary that quotes it."""

from __future__ import annotations

from bisect import bisect_right

from kantlijn.model.document import Content, Range
from kantlijn.text.readable import readable
from kantlijn.text.sentences import Sentences

_SHORT = 8
"""Words of a line without a full stop that is a heading more often than a sentence."""


class Surroundings:
    """Of the passages of one text."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._sentences = Sentences(content.text, content.auxiliary)

    def of(self, place: Range, sentences: int = 1) -> tuple[str, str]:
        """What comes before and after: so many sentences, of which the first is what is left of the passage's
        own, or, at its edge, the one beside it. Headings, numbers and cells of tables are none, and end it.
        """
        text, auxiliary = self._content.text, self._content.auxiliary
        start, end = place
        before: list[str] = []
        after: list[str] = []
        while len(before) < sentences and (last := self._skip(start, -1)) >= 0:
            begins, ends = self._sentences.at(last)
            said = readable(text, (begins, min(ends, start)), auxiliary)
            if not (_is_prose(said) if ends <= place[0] else _has_words(said)):
                break
            before.insert(0, said)
            start = begins
        while len(after) < sentences and (first := self._skip(end, 1)) < len(text):
            begins, ends = self._sentences.at(first)
            said = readable(text, (max(begins, end), ends), auxiliary)
            if not (_is_prose(said) if begins >= place[1] else _has_words(said)):
                break
            after.append(said)
            end = ends
        return " ".join(before), " ".join(after)

    def _skip(self, place: int, step: int) -> int:
        """The nearest letter or digit from here outside furniture; -1 or the length when none is left."""
        text, auxiliary = self._content.text, self._content.auxiliary
        at = place - 1 if step < 0 else place
        while 0 <= at < len(text):
            near = bisect_right(auxiliary, (at, len(text))) - 1
            if near >= 0 and at < auxiliary[near][1]:
                at = auxiliary[near][0] - 1 if step < 0 else auxiliary[near][1]
            elif text[at].isalnum():
                return at
            else:
                at += step
        return -1 if step < 0 else len(text)


def _is_prose(said: str) -> bool:
    """Not a heading or what is left of a table: it ends as a sentence does, or has words enough for one."""
    words = sum(map(_has_words, said.split()))
    last = said.rstrip("\u201d\u2019\"')\u00bb ")[-1:]
    return words > _SHORT or (words > 0 and last in tuple(".?!:;\u2026"))


def _has_words(said: str) -> bool:
    return any(map(str.isalpha, said))
