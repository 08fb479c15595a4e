"""What is selected: where a selection began, where its caret is, and how far a step of the caret goes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kantlijn.model.document import Range
from kantlijn.text.boundaries import Furniture, paragraph_at, word_at
from kantlijn.text.sentences import sentence_at

_BREAKS = "\n\f"
_UNITS = {"word": word_at, "sentence": sentence_at, "paragraph": paragraph_at}


class Selector:
    """The selection in one text. Offsets are code points; the caret is the end that moves."""

    def __init__(self) -> None:
        self.text = ""
        self.auxiliary: tuple[Range, ...] = ()
        self._furniture = Furniture(())
        self._printed = False
        self._start: Range = (0, 0)
        self._unit = "letter"
        self._chosen: Range | None = None
        self._grown: list[Range] = []
        self.caret = 0

    def adopt(self, text: str, auxiliary: Sequence[Range], *, printed: bool) -> None:
        """Take a text. printed: line breaks come from a page, and blank lines have no caret of their own."""
        self.text, self.auxiliary, self._printed = text, tuple(auxiliary), printed
        self._furniture = Furniture(auxiliary)
        self.clear()
        self.caret = min(self.caret, len(text))
        while self.caret < len(text) and printed and self._is_break(self.caret):
            self.caret += 1

    @property
    def range(self) -> Range | None:
        return self._chosen

    def clear(self) -> None:
        self._chosen = None
        self._grown.clear()

    def choose(self, chosen: Range | None) -> None:
        """Select exactly this; the caret goes to its end."""
        self._grown.clear()
        if chosen is None or chosen[0] >= chosen[1]:
            self._chosen = None
            return
        start, end = max(0, chosen[0]), min(len(self.text), chosen[1])
        self._start, self._unit, self.caret = (start, start), "letter", end
        self._chosen = (start, end) if start < end else None

    def press(self, offset: int, unit: str = "letter") -> None:
        """Begin here: with a caret, or with the word, sentence or paragraph around it."""
        self._grown.clear()
        self._unit = unit
        self._start = self._around(offset)
        self.caret = self._start[1]
        self._chosen = self._start if self._start[0] < self._start[1] else None

    def extend(self, offset: int) -> None:
        """Carry the selection on to here, by the unit it began with."""
        self._grown.clear()
        if self._chosen is None and self._unit != "letter":
            self._start, self._unit = (self.caret, self.caret), "letter"
        start, end = self._start
        a, b = self._around(offset)
        if a < start:
            self._chosen, self.caret = (a, end), a
        else:
            self._chosen, self.caret = (start, max(end, b)), max(end, b)
        if self._unit == "letter":
            self.caret = offset
        if self._chosen[0] >= self._chosen[1]:
            self._chosen = None

    def settle(self) -> None:
        """Leave out white space and furniture at both ends, as a hand means it; of these alone nothing stays."""
        if self._chosen is None:
            return
        start, end = self._chosen
        while start < end and self._is_air(start):
            start += 1
        while end > start and self._is_air(end - 1):
            end -= 1
        if start == end:
            self._chosen = None  # beside the words; a passage of nothing could be tagged otherwise
            return
        if (start, end) == self._chosen:
            return
        backwards = self.caret == self._chosen[0]
        self._chosen, self.caret = (start, end), start if backwards else end

    def _is_air(self, at: int) -> bool:
        return self.text[at].isspace() or self._furniture.over(at) is not None

    def carry(self, offset: int) -> None:
        """Carry the selection on to exactly here, from the end that does not move (keyboard)."""
        if self._chosen is None:
            self._start = (self.caret, self.caret)
        else:
            low, high = self._chosen
            fixed = high if self.caret == low else low
            self._start = (fixed, fixed)
        self._unit = "letter"
        self.extend(offset)

    def put(self, offset: int) -> None:
        """Move the caret without selecting."""
        self.press(offset)

    def grow(self) -> None:
        """Word, sentence, paragraph, all: the next that holds more than what is selected."""
        held = self._chosen or (self.caret, self.caret)
        at = held[0]
        for around in (*_UNITS.values(), lambda *_: (0, len(self.text))):
            a, b = around(self.text, at, self.auxiliary)
            if a <= held[0] and b >= held[1] and b - a > held[1] - held[0]:
                before = [*self._grown, held]
                self.choose((a, b))
                self._grown = before
                return

    def shrink(self) -> None:
        """Back to what was selected before it grew."""
        if self._grown:
            before = self._grown[:-1]
            last = self._grown[-1]
            self.choose(last)
            if last[0] >= last[1]:
                self.caret = last[0]
            self._grown = before

    def _around(self, offset: int) -> Range:
        unit = _UNITS.get(self._unit)
        return unit(self.text, offset, self.auxiliary) if unit else (offset, offset)

    # -- steps of the caret ---------------------------------------------------------------------------------

    def step(self, by: str, forward: bool) -> int:
        """Where the caret would be a "letter", "word", "sentence" or "paragraph" further."""
        if by == "letter":
            return self._letter(self.caret, 1 if forward else -1)
        unit = _UNITS[by]
        at = self.caret if forward else self.caret - 1
        while 0 <= at < len(self.text) and not self._counts(at, by):
            skip = self._furniture.over(at)
            if skip is not None:
                at = skip[1] if forward else skip[0] - 1
            else:
                at += 1 if forward else -1
        if not 0 <= at < len(self.text):
            return len(self.text) if forward else 0
        start, end = unit(self.text, at, self.auxiliary)
        return max(end, self.caret) if forward else min(start, self.caret)

    def _counts(self, at: int, by: str) -> bool:
        if self._furniture.over(at) is not None:
            return False
        return self.text[at].isalnum() if by == "word" else not self.text[at].isspace()

    def _letter(self, at: int, step: int) -> int:
        at += step
        while 0 < at < len(self.text) and not self._is_stop(at):
            skip = self._furniture.over(at)
            if skip is not None and skip[0] < at < skip[1]:
                at = skip[1] if step > 0 else skip[0]
            else:
                at += step
        return min(max(at, 0), len(self.text))

    def _is_stop(self, at: int) -> bool:
        """A caret can stand before this code point."""
        if unicodedata.category(self.text[at])[0] == "M" or self.text[at] == "\u200d":
            return False
        if not self._printed:
            return True
        return not (self._is_break(at) and self._is_break(at - 1))

    def _is_break(self, at: int) -> bool:
        return self.text[at] in _BREAKS or self._furniture.over(at) is not None
