"""Which lines of a document begin where: the numbers beside flowing text.

They are those of the lines on the printed page (furniture not counted, a table's row once, anew on every page), or
of the file's own lines where there are no pages. So they stay the same at every size and width, and can be cited.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kantlijn.model.document import Content
from kantlijn.model.layer import Line, lines_of

_LEVEL = 2.0  # points between lines of print that stand beside each other


class LineNumbers:
    """The numbered lines of a document; pages are counted when they are first asked for."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._pages = [page.range[0] for page in content.pages]
        self._counted: dict[int, list[int]] = {}
        self._known = (0, 0)  # an offset, and the line breaks before it

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """(offset, number from 1) of the lines that begin in this range, which lies on one page."""
        if not self._pages:
            return self._of_file(start, end)
        page = max(0, bisect_right(self._pages, start) - 1)
        begins = self._counted.get(page)
        if begins is None:
            begins = self._counted[page] = self._of_page(page)
        first = bisect_left(begins, start)
        return [(begins[i], i + 1) for i in range(first, bisect_left(begins, end))]

    def _of_page(self, page: int) -> list[int]:
        """Where the lines of a page begin, blank ones and furniture left out."""
        content, (start, _) = self._content, self._content.pages[page].range
        begins: list[int] = []
        before: Line | None = None
        for line in lines_of(content.layers[page]) if page < len(content.layers) else ():
            if line.auxiliary or not content.text[start + line.start : start + line.end].strip():
                continue
            if before is None or not _beside(before, line):
                begins.append(start + line.start)
            before = line
        return begins

    def _of_file(self, start: int, end: int) -> list[tuple[int, int]]:
        text = self._content.text
        offset, breaks = self._known  # counted on from there: a long text is not counted from its beginning
        breaks += text.count("\n", offset, start) if start >= offset else -text.count("\n", start, offset)
        self._known = (start, breaks)
        found = [(start, breaks + 1)] if not start or text[start - 1] in "\n\f" else []
        at = text.find("\n", start, end) + 1
        while 0 < at < end:
            breaks += 1
            found.append((at, breaks + 1))
            at = text.find("\n", at, end) + 1
        return found


def _beside(one: Line, other: Line) -> bool:
    """Whether the other line goes on at the height where the one ended: cells of one row."""
    x, y = other.x - one.x, other.y - one.y
    return abs(y * one.dx - x * one.dy) < _LEVEL and x * one.dx + y * one.dy > 0
