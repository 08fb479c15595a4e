"""Pictures of pages: asked from the engine in tiles, kept by what was used last, dropped when scrolled away."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from shiboken6 import isValid

from kantlijn.errors import Known, PasswordNeeded
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.desk import AskBitmap, AskPage, Bitmap, Box, PageThings, Priority, Source

WIDEST, TALLEST = 2048, 1024
"""Pixels of the largest tile: 8 MiB, what the engine's shared memory holds."""
_BUDGET = 32 << 20


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a page at a scale (pixels per point); clip in pixels of the whole page."""

    page: int
    scale: float
    clip: tuple[int, int, int, int]


class _Handle(Protocol):
    def cancel(self) -> None: ...


class _Engine(Protocol):
    def try_again(self, source_key: str, page: int) -> None: ...


class Draws(Protocol):
    """What asks the engine for pictures: Jobs, or a stand-in in tests."""

    @property
    def engine(self) -> _Engine | None: ...

    def bitmap(
        self,
        request: AskBitmap,
        priority: Priority,
        done: Callable[[Bitmap], object],
        failed: Callable[[Known], object] | None = None,
    ) -> _Handle: ...

    def ask(
        self,
        request: AskPage,
        priority: Priority,
        done: Callable[[PageThings], object],
        failed: Callable[[Known], object] | None = None,
    ) -> _Handle: ...


def tiles_of(page: int, scale: float, size: tuple[int, int], part: tuple[int, int, int, int]) -> list[Tile]:
    """The tiles of a page (size in pixels) that touch a part of it, each as large as its neighbours."""
    columns, rows = -(-size[0] // WIDEST), -(-size[1] // TALLEST)
    width, height = -(-size[0] // columns), -(-size[1] // rows)
    left, top, right, bottom = part
    return [
        Tile(page, scale, (x, y, min(x + width, size[0]), min(y + height, size[1])))
        for y in range(max(0, top // height) * height, min(size[1], bottom), height)
        for x in range(max(0, left // width) * width, min(size[0], right), width)
    ]


class Tiles(QObject):
    """The pictures there are, the ones on their way, and the pages that could not be drawn."""

    arrived = Signal(int)
    """(page): a picture came, or the page turned out not to be drawable."""

    locked = Signal()
    """(): the file asks for a password."""

    def __init__(self, draws: Draws, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draws = draws
        self._source: Source | None = None
        self._kept: OrderedDict[Tile, tuple[QImage, bytes]] = OrderedDict()
        self._by_page: dict[int, list[Tile]] = {}
        self._bytes = 0
        self._asked: dict[Tile, tuple[_Handle, int]] = {}
        self._trouble: dict[int, str] = {}
        self._needed: frozenset[Tile] = frozenset()
        self._dark = ""
        self._round = 0
        self._rotation = 0
        self._things: dict[int, PageThings | None] = {}
        self._sizes: tuple[tuple[float, float], ...] = ()

    def open(self, source: Source | None, sizes: Sequence[tuple[float, float]] = ()) -> None:
        """Ask from this file, with pages of these points; pictures there are stay (the same pages renamed)."""
        self._sizes = tuple(sizes)
        if source is None or self._source is None or source.key != self._source.key:
            self._things.clear()
        elif source.password != self._source.password:
            self.forget()
        self._source = source

    def forget(self) -> None:
        """Drop everything: another document, or other colours."""
        self.drop_requests()
        self._round += 1
        self._kept.clear()
        self._by_page.clear()
        self._bytes = 0
        self._trouble.clear()

    def set_rotation(self, rotation: int) -> None:
        """Pages are drawn turned by this from now on."""
        if rotation != self._rotation:
            self._rotation = rotation
            self.forget()

    def set_dark(self, ground: str) -> None:
        """Turn pages dark on this ground ("" for as they are)."""
        if ground != self._dark:
            self._dark = ground
            self.forget()

    def things(self, page: int) -> PageThings | None:
        """Links and pictures of a page; None while they are not known. Asked for when first wanted."""
        if page not in self._things and self._source is not None:
            self._ask_things(page, self._source)
        return self._things.get(page)

    def _ask_things(self, page: int, source: Source) -> None:
        from kantlijn.usecases.desk import AskPage, Priority

        self._things[page] = None
        key = source.key

        def came(things: PageThings) -> None:
            if isValid(self) and self._source is not None and self._source.key == key:
                self._things[page] = things
                if self._dark and things.pictures:
                    for tile in list(self._by_page.get(page, ())):
                        self._forget(tile)
                    self.arrived.emit(page)

        self._draws.ask(AskPage(source=source, page=page), Priority.NEAR, came)

    def ask_part(
        self, page: int, scale: float, clip: tuple[int, int, int, int], then: Callable[[QImage], object]
    ) -> None:
        """A part of a page by itself, in the view's colours: for previews. Nothing comes when it fails."""
        from kantlijn.usecases.desk import AskBitmap, Priority

        if self._source is None:
            return

        def done(bitmap: Bitmap) -> None:
            if isValid(self):
                then(self._dressed(Tile(page, scale, clip), bitmap).copy())  # the pixels go with the bitmap

        request = AskBitmap(source=self._source, page=page, scale=scale, clip=clip)
        self._draws.bitmap(request, Priority.VISIBLE, done, lambda _error: None)

    def _dressed(self, tile: Tile, bitmap: Bitmap) -> QImage:
        """The bitmap as a picture over its pixels, dark where pages are."""
        image = QImage(bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        if not self._dark:
            return image
        things = self.things(tile.page)
        pictures = things.pictures if things is not None else ()
        if self._rotation and pictures:
            size = self._sizes[tile.page] if tile.page < len(self._sizes) else None
            pictures = tuple(_turned(box, size, self._rotation) for box in pictures) if size else ()
        return _darkened(image, self._dark, _pictures_on(tile, pictures))

    def drop_requests(self) -> None:
        """Cancel what is on its way."""
        for handle, _ in self._asked.values():
            handle.cancel()
        self._asked.clear()

    def want(self, visible: Iterable[Tile], near: Iterable[Tile]) -> None:
        """Ask for these, most wanted first; what is on its way and no longer wanted is cancelled."""
        from kantlijn.usecases.desk import Priority

        wanted: dict[Tile, Priority] = dict.fromkeys(visible, Priority.VISIBLE)
        self._needed = frozenset(wanted)
        room = _BUDGET - 4 * sum(map(_area, wanted))
        for tile in near:
            if tile not in wanted:
                room -= 4 * _area(tile)
                if room < 0:  # what cannot be kept would be drawn again and again
                    break
                wanted[tile] = Priority.NEAR
        for tile in [tile for tile in self._asked if tile not in wanted]:
            self._asked.pop(tile)[0].cancel()
        for tile, rank in wanted.items():
            if tile in self._kept:
                self._kept.move_to_end(tile)
                continue
            if tile.page in self._trouble:
                continue
            asked = self._asked.get(tile)
            if asked is not None and asked[1] <= rank:
                continue
            if asked is not None:
                asked[0].cancel()
            self._ask(tile, rank)

    def _ask(self, tile: Tile, rank: Priority) -> None:
        from kantlijn.usecases.desk import AskBitmap

        if self._source is None:
            return
        request = AskBitmap(
            source=self._source, page=tile.page, scale=tile.scale, clip=tile.clip, rotation=self._rotation
        )
        turn = self._round

        def done(bitmap: Bitmap) -> None:
            if isValid(self) and turn == self._round:
                self._keep(tile, bitmap)

        def failed(error: Known) -> None:
            if isValid(self) and turn == self._round:
                self._fail(tile, error)

        self._asked[tile] = (self._draws.bitmap(request, rank, done, failed), int(rank))

    def _keep(self, tile: Tile, bitmap: Bitmap) -> None:
        self._asked.pop(tile, None)
        image = self._dressed(tile, bitmap)
        self._forget(tile)
        self._kept[tile] = (image, bitmap.pixels)  # QImage does not own its pixels
        self._by_page.setdefault(tile.page, []).append(tile)
        self._bytes += image.sizeInBytes()
        for old in [old for old in self._kept if old not in self._needed and old != tile]:
            if self._bytes <= _BUDGET:
                break
            self._forget(old)
        self.arrived.emit(tile.page)

    def _forget(self, tile: Tile) -> None:
        kept = self._kept.pop(tile, None)
        if kept is not None:
            self._bytes -= kept[0].sizeInBytes()
            self._by_page[tile.page].remove(tile)
            if not self._by_page[tile.page]:
                del self._by_page[tile.page]

    def _fail(self, tile: Tile, error: Known) -> None:
        for other in [other for other in self._asked if other.page == tile.page]:
            self._asked.pop(other)[0].cancel()
        is_locked = isinstance(error, PasswordNeeded)
        self._trouble[tile.page] = say("These pages ask for a password.") if is_locked else error.sentence
        if is_locked:
            self.locked.emit()
        self.arrived.emit(tile.page)

    def image(self, tile: Tile) -> QImage | None:
        """The sharp picture, if it is there."""
        kept = self._kept.get(tile)
        if kept is None:
            return None
        self._kept.move_to_end(tile)
        return kept[0]

    def others(self, page: int, scale: float) -> list[tuple[Tile, QImage]]:
        """Pictures of the page at the other scale that is nearest, to stand in while the sharp one is made."""
        tiles = [tile for tile in self._by_page.get(page, ()) if tile.scale != scale]
        if not tiles:
            return []
        nearest = min(
            {tile.scale for tile in tiles},
            key=lambda other: (-sum(_area(tile) for tile in tiles if tile.scale == other) / other**2, other),
        )
        return [(tile, self._kept[tile][0]) for tile in tiles if tile.scale == nearest]

    def trouble(self, page: int) -> str:
        """The sentence why this page cannot be drawn, or ""."""
        return self._trouble.get(page, "")

    def again(self, page: int) -> None:
        """Try once more to draw the page."""
        self._trouble.pop(page, None)
        if self._draws.engine is not None and self._source is not None:
            self._draws.engine.try_again(self._source.key, page)

    @property
    def bytes_kept(self) -> int:
        return self._bytes

    @property
    def waiting(self) -> int:
        """How many pictures are on their way."""
        return len(self._asked)


def _area(tile: Tile) -> int:
    x0, y0, x1, y1 = tile.clip
    return (x1 - x0) * (y1 - y0)


def _turned(box: Box, size: tuple[float, float], rotation: int) -> Box:
    """A box on a page of this size (points) where it lies when the page is turned clockwise."""
    (x0, y0, x1, y1), (wide, high) = box, size
    if rotation == 90:
        return (high - y1, x0, high - y0, x1)
    if rotation == 180:
        return (wide - x1, high - y1, wide - x0, high - y0)
    return (y0, wide - x1, y1, wide - x0)


def _pictures_on(tile: Tile, boxes: Iterable[Box]) -> list[QRect]:
    """Where the pictures of its page lie on a tile, in its pixels."""
    x, y = tile.clip[:2]
    found = []
    for box in boxes:
        x0, y0, x1, y1 = (round(value * tile.scale) for value in box)
        found.append(QRect(x0 - x, y0 - y, x1 - x0, y1 - y0))
    return found


def _darkened(image: QImage, ground: str, pictures: Iterable[QRect]) -> QImage:
    """Lightness turned round, on this ground; pictures stay as they are."""
    made = image.copy()
    made.invertPixels()
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Screen)
    painter.fillRect(made.rect(), QColor(ground))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for picture in pictures:
        part = picture.intersected(made.rect())
        painter.drawImage(part, image, part)
    painter.end()
    return made
