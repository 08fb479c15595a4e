"""The text layers of a document's pages, unpacked when they are needed and kept while they are used."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict

from kantlijn.model.document import Content, Range
from kantlijn.model.layer import PageLayer, unpack
from kantlijn.text.layout import PageGeometry

_KEPT = 32
_EMPTY = PageGeometry(PageLayer((), array("f")))


class Layers:
    """Which page an offset is on, and where text stands on it."""

    def __init__(self, content: Content | None = None) -> None:
        self.content = content
        self._starts = [page.range[0] for page in content.pages] if content else []
        self._kept: OrderedDict[int, PageGeometry] = OrderedDict()

    def page_of(self, offset: int) -> int:
        """The page whose range holds the offset, or the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def range_of(self, page: int) -> Range:
        """The page's range of canonical text; empty when it is not known yet."""
        if self.content is None or page >= len(self.content.pages):
            return (0, 0)
        return self.content.pages[page].range

    def geometry(self, page: int) -> PageGeometry:
        """The page's lines. A damaged layer counts as a page without text."""
        kept = self._kept.get(page)
        if kept is not None:
            self._kept.move_to_end(page)
            return kept
        if self.content is None or page >= len(self.content.layers):
            return _EMPTY
        start, end = self.range_of(page)
        try:
            made = PageGeometry(unpack(self.content.layers[page]), self.content.text[start:end])
        except ValueError:
            made = _EMPTY
        self._kept[page] = made
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return made
