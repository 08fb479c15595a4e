"""Data for a guest is packed in pieces, and is the same as packed whole."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kantlijn.guests import packing
from kantlijn.guests.packing import packed

_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=40,
)


@given(st.dictionaries(st.text(max_size=3), _PLAIN, max_size=5) | st.lists(_PLAIN, max_size=9), st.integers(1, 4))
def test_that_what_is_packed_in_pieces_is_what_was_given(plain: Any, at_once: int) -> None:
    before, packing._AT_ONCE = packing._AT_ONCE, at_once
    try:
        assert json.loads(packed(plain)) == plain
    finally:
        packing._AT_ONCE = before


def test_that_thousands_are_packed_whole() -> None:
    plain = {"handed": [[n, f"né {n}"] for n in range(1_501)], "inside": {"more": list(range(1_000))}}
    assert json.loads(packed(plain)) == plain
