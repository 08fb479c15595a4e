"""Words of a page that point elsewhere in the document, as links of their own."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from kantlijn.text.references import Reference, References
from kantlijn.text.within import box_of

if TYPE_CHECKING:
    from kantlijn.ui.page.layers import Layers
    from kantlijn.usecases.desk import Link

_KEPT = 12
_SLICE = 0.004  # seconds at a time, so that what is painted and typed meanwhile does not wait


class Pointers:
    """Worked out for a page when the mouse first rests on it."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._references = References(layers.content) if layers.content is not None else None
        self._pages: dict[int, tuple[Link, ...]] = {}
        self._ahead = QTimer(interval=0)
        self._ahead.timeout.connect(self._look_on)

    def at(self, page: int, x: float, y: float) -> Link | None:
        """The link at this point of a page (points)."""
        for link in self._on(page):
            x0, y0, x1, y1 = link.box
            if x0 <= x <= x1 and y0 <= y <= y1:
                return link
        return None

    def _on(self, page: int) -> tuple[Link, ...]:
        layer = self._layers.geometry(page).layer
        if self._references is None or not layer.lines or not self._prepared(self._references):
            return ()
        if page not in self._pages:
            if len(self._pages) >= _KEPT:
                self._pages.pop(next(iter(self._pages)))
            found = self._references.on(page, layer)
            self._pages[page] = tuple(link for one in found for link in self._links(page, one))
        return self._pages[page]

    def _prepared(self, references: References) -> bool:
        """Whether what can be pointed to is known; it is looked for, when first asked, between other things."""
        if not references.ready:
            self._ahead.start()
        return references.ready

    def _look_on(self) -> None:
        until = perf_counter() + _SLICE
        while self._references is not None and not self._references.look_on():
            if perf_counter() > until:
                return
        self._ahead.stop()

    def _links(self, page: int, found: Reference) -> list[Link]:
        from kantlijn.usecases.desk import Link

        start = self._layers.range_of(page)[0]
        to = self._layers.page_of(found.offset)
        top = self._layers.geometry(to).caret(found.offset - self._layers.range_of(to)[0])[1]
        quads = self._layers.geometry(page).quads(found.range[0] - start, found.range[1] - start)
        return [Link(box=box_of(quad), kind="page", page=to, y=max(0.0, top), read=True) for quad in quads]
