"""Bitmaps are the same whether they come by shared memory or by the pipe."""

import mmap
import os

import pytest

from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskBitmap
from kantlijn.documents.slate import Slate, slate_or_none


@pytest.fixture(scope="module", params=["slate", "pipe"])
def drawer(made, request):
    """An engine whose bitmaps come one way; every test runs for both."""
    drawer = Engine(slates=request.param == "slate", guests=1)
    drawer.ask(AskBitmap(source=made["plain"], page=0, scale=1.0)).result(20)
    yield drawer
    drawer.close()


def test_that_a_page_is_drawn_in_its_colours(drawer, made):
    bitmap = drawer.ask(AskBitmap(source=made["plain"], page=0, scale=1.0)).result(10)
    assert (bitmap.width, bitmap.height, bitmap.stride) == (595, 842, 4 * 595)
    assert len(bitmap.pixels) == bitmap.stride * bitmap.height
    assert bitmap.pixels[:3] == b"\xff\xff\xff"
    inside = 250 * bitmap.stride + 4 * 150
    assert bitmap.pixels[inside : inside + 3] == b"\xff\x00\x00"  # blue, in memory B, G, R


def test_that_tiles_put_together_are_the_page(drawer, made):
    whole = drawer.ask(AskBitmap(source=made["plain"], page=1, scale=2.0)).result(10)
    rows = [whole.pixels[y * whole.stride : (y + 1) * whole.stride] for y in range(whole.height)]
    for x0, y0, x1, y1 in ((0, 0, 600, 400), (600, 400, 1190, 900), (100, 150, 101, 151)):
        ask = AskBitmap(source=made["plain"], page=1, scale=2.0, clip=(x0, y0, x1, y1))
        tile = drawer.ask(ask).result(10)
        assert (tile.width, tile.height) == (x1 - x0, y1 - y0)
        for y in range(y0, y1):
            at = (y - y0) * tile.stride
            assert tile.pixels[at : at + tile.stride] == rows[y][4 * x0 : 4 * x1]


def test_that_answers_do_not_change_under_later_ones(drawer, made):
    asks = [AskBitmap(source=made["plain"], page=page, scale=1.0) for page in range(12)]
    bitmaps = [future.result(10) for future in [drawer.ask(ask) for ask in asks]]
    assert len({bitmap.pixels for bitmap in bitmaps}) == 12
    assert bitmaps[0] == drawer.ask(asks[0]).result(10)


def test_that_what_lies_outside_the_page_is_white(drawer, made):
    ask = AskBitmap(source=made["plain"], page=0, scale=1.0, clip=(-20, -20, 30, 30))
    assert drawer.ask(ask).result(10).pixels == b"\xff" * (50 * 50 * 4)


def test_that_a_bitmap_larger_than_the_shared_memory_comes_too(drawer, made):
    bitmap = drawer.ask(AskBitmap(source=made["plain"], page=0, scale=3.0)).result(10)
    assert (bitmap.width, bitmap.height) == (1785, 2526)
    assert len(bitmap.pixels) == 1785 * 2526 * 4


@pytest.mark.skipif(slate_or_none() is None, reason="no anonymous files here")
def test_that_a_guest_cannot_shrink_the_memory_it_draws_into():
    slate = Slate(1 << 16)
    try:
        with pytest.raises(OSError):
            os.ftruncate(slate.descriptor, 0)
        theirs = mmap.mmap(slate.descriptor, 1 << 16)
        theirs[:5] = b"drawn"
        theirs.close()
        assert slate.copy(5) == b"drawn"
        with pytest.raises(ValueError):
            slate.copy((1 << 16) + 1)
    finally:
        slate.close()
