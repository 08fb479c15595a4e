"""One piece of text laid out in lines, its positions counted in code points (Qt counts UTF-16 units)."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

_LEFTWARD = re.compile(
    "[\u0590-\u08ff\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters and signs that are written from right to left."""


class TextLines:
    """A paragraph at a width. Positions are code points from its start; pixels are logical, from its corner.

    hang: the position in the first line under which the others begin.
    """

    def __init__(self, text: str, font: QFont, width: float, leading: float, *, hang: int = 0) -> None:
        self.length = len(text)
        self._units = _units(text)
        self._turns = _LEFTWARD.search(text) is not None
        self.layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(4 * font.pixelSize())
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        self.leading = leading
        self.lines: list[QTextLine] = []
        indent = 0.0
        self.layout.beginLayout()
        while True:
            line = self.layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width - indent)
            line.setPosition(QPointF(indent, len(self.lines) * leading + (leading - line.height()) / 2))
            self.lines.append(line)
            if hang and len(self.lines) == 1 and not line.textStart() and line.textLength() > self._qt(hang):
                indent = min(_x(line, self._qt(hang)), width / 3)
        self.layout.endLayout()
        self.height = max(1, len(self.lines)) * leading
        self._starts = [self._points(line.textStart()) for line in self.lines]

    def _qt(self, position: int) -> int:
        return position if self._units is None else self._units[min(position, self.length)]

    def _points(self, unit: int) -> int:
        return unit if self._units is None else max(0, bisect_right(self._units, unit) - 1)

    def line_at(self, position: int) -> int:
        """The line that holds a position; one between two lines belongs to the later."""
        return max(0, bisect_right(self._starts, position) - 1)

    def ends(self, line: int) -> tuple[int, int]:
        """First and last caret position on a line; the last before the space it broke at."""
        last = line + 1 == len(self.lines)
        end = self.length if last else self._starts[line + 1] - 1
        return self._starts[line], max(self._starts[line], end)

    def position_at(self, x: float, y: float) -> int:
        """The caret position nearest to a point."""
        if not self.lines:
            return 0
        line = min(max(int(y // self.leading), 0), len(self.lines) - 1)
        return self.position_on(line, x)

    def position_on(self, line: int, x: float) -> int:
        """The caret position on a line nearest to x."""
        found = self._points(self.lines[line].xToCursor(x))
        return min(found, self.ends(line)[1])

    def x_of(self, position: int) -> float:
        """Where the caret stands across."""
        if not self.lines:
            return 0.0
        return _x(self.lines[self.line_at(position)], self._qt(position))

    def caret(self, position: int) -> QRectF:
        """The caret: as high as the letters."""
        if not self.lines:
            return QRectF(0, 0, 1.5, self.leading)
        line = self.lines[self.line_at(position)]
        return QRectF(_x(line, self._qt(position)) - 0.75, line.y(), 1.5, line.height())

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """A box per line that the range touches, as high as the letters; no box for a broken line's space."""
        found = []
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        for number in range(first, min(last + 1, len(self.lines))):
            line = self.lines[number]
            low, high = self.ends(number)
            a, b = max(start, low), min(end, high)
            if a < b:
                spans = [(_x(line, self._qt(a)), _x(line, self._qt(b)))]
                for left, right in self._spans(line, a, b) if self._turns else map(sorted, spans):
                    found.append(QRectF(left, line.y(), right - left, line.height()))
        return found

    def _spans(self, line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
        """Across, where these letters stand: in one piece for as far as they are written side by side."""
        runs = line.glyphRuns(self._qt(start), self._qt(end) - self._qt(start))
        spans: list[tuple[float, float]] = []
        for left, right in sorted((box.left(), box.right()) for box in (run.boundingRect() for run in runs)):
            if spans and left <= spans[-1][1] + 0.5:
                spans[-1] = spans[-1][0], max(spans[-1][1], right)
            else:
                spans.append((left, right))
        return spans


def _x(line: QTextLine, unit: int) -> float:
    found: Any = line.cursorToX(unit)  # PySide gives the corrected cursor too
    return float(found[0] if isinstance(found, tuple) else found)


def _units(text: str) -> list[int] | None:
    """Per code point where it begins in UTF-16, and the end; None where that is the same."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return None
    return list(accumulate((2 if char > "\uffff" else 1 for char in text), initial=0))
