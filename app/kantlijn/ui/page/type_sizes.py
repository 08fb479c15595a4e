"""How large a piece of flowing text is set: headings as on the page they came from, or by their Markdown."""

from __future__ import annotations

import re
from statistics import median

from kantlijn.model.document import Content
from kantlijn.text.flow import Piece
from kantlijn.ui.page.layers import Layers

_LARGER, _SMALLER = 1.035, 0.9  # of the body's lines: from there on it is a heading, or a note
_SHORT = 160  # code points of the longest heading
_LEAST, _LARGEST, _NOTE, _FURNITURE = 1.08, 1.5, 0.88, 0.85
_PAGES = 6  # looked at for the size of the body
_HEADING = re.compile(r"(#{1,6})\s")
_BY_LEVEL = (1.5, 1.3, 1.15)


class TypeSizes:
    """Sizes as factors of the body's."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._layers = Layers(content) if content.pages else None
        self._body = self._body_size()
        self._named = {} if content.pages else {place: level for level, _, place in content.outline}
        """Levels of the headings that the file itself names, by where they begin."""

    def _body_size(self) -> float:
        """Thickness of the usual line, in points; weighed by how much text is set in it."""
        if self._layers is None:
            return 0.0
        pages = len(self._content.pages)
        found: list[float] = []
        for page in range(pages // 4, min(pages, pages // 4 + _PAGES)):
            geometry = self._layers.geometry(page)
            for index in geometry.readable:
                strip = geometry.strips[index]
                found += [strip.line.thickness] * (1 + (strip.end - strip.start) // 20)
        return median(found) if found else 0.0

    def of(self, piece: Piece) -> float:
        """How large this piece is set; above 1 it is a heading."""
        if piece.muted:
            return _FURNITURE
        if self._layers is None:
            if level := self._named.get(piece.start):
                return _BY_LEVEL[min(level, len(_BY_LEVEL)) - 1]
            return self._of_markdown(piece)
        page = self._layers.page_of(piece.start)
        geometry = self._layers.geometry(page)
        if not geometry.strips or not self._body:
            return 1.0
        start = self._layers.range_of(page)[0]
        size = geometry.strips[geometry.strip_at(piece.start - start)].line.thickness / self._body
        if size >= _LARGER and piece.end - piece.start <= _SHORT:
            return min(max(size, _LEAST), _LARGEST)
        return _NOTE if size <= _SMALLER else 1.0

    def _of_markdown(self, piece: Piece) -> float:
        if self._content.mime != "text/markdown":
            return 1.0
        found = _HEADING.match(self._content.text, piece.start, piece.end)
        return _BY_LEVEL[min(len(found[1]), len(_BY_LEVEL)) - 1] if found else 1.0
