"""Packed bytes that claim to be far more than they are, as a stranger's project file may hold them."""

from __future__ import annotations

import struct
import tracemalloc
import zlib

import pytest

from kantlijn.model.layer import lines_of, unpack
from kantlijn.model.squeezed import unsqueezed
from kantlijn.model.written import read_json
from kantlijn.text.search import entry

BOMB = zlib.compress(bytes(200 << 20), 9)


def test_that_packed_bytes_come_back_whole_or_not_at_all():
    packed = zlib.compress(b"oversight" * 10)
    assert unsqueezed(packed, 90) == b"oversight" * 10
    for bad, most in ((packed, 89), (packed[:-3], 90), (b"x", 90), (b"", 90)):
        with pytest.raises(ValueError, match="packed bytes"):
            unsqueezed(bad, most)


@pytest.mark.parametrize("claimed", [10, 0xFFFF_FFFF])
def test_that_a_text_layer_that_swells_is_refused_before_it_has(claimed):
    layer = struct.pack("<III", claimed, claimed, len(BOMB)) + BOMB + BOMB
    tracemalloc.start()
    with pytest.raises(ValueError, match="not a packed text layer"):
        unpack(layer)
    assert lines_of(layer) == ()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 << 20


def test_that_an_index_row_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(entry, "_MOST", 1 << 20)
    with pytest.raises(ValueError, match="packed bytes"):
        entry.unpack(BOMB)


def test_that_json_that_lies_too_deep_is_no_json():
    with pytest.raises(ValueError, match="too deep"):
        read_json("[" * 100_000)
