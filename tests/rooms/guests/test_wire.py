"""Frames survive the pipe whatever is in them, and nothing but a frame is taken for one."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.guests.wire import HEADER_MOST, TOTAL_MOST, BrokenWire, read_frame, write_frame

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Trickle(io.RawIOBase):
    """A pipe that takes and gives a few bytes at a time."""

    def __init__(self, data: bytes = b"", step: int = 7) -> None:
        self.data, self.at, self.step = bytearray(data), 0, step

    def readable(self):
        return True

    def write(self, data):
        self.data += bytes(data[: self.step])
        return min(len(data), self.step)

    def readinto(self, buffer):
        part = self.data[self.at : self.at + min(self.step, len(buffer))]
        buffer[: len(part)] = part
        self.at += len(part)
        return len(part)


@given(st.dictionaries(st.text(), json_values, max_size=5), st.lists(st.binary(max_size=300), max_size=6))
def test_that_a_frame_comes_out_as_it_went_in(header, blobs):
    pipe = Trickle()
    write_frame(pipe, header, blobs)
    read = read_frame(pipe)
    assert read is not None
    assert read[0] == header
    assert [bytes(blob) for blob in read[1]] == blobs
    assert read_frame(pipe) is None


def test_that_large_blobs_and_many_small_ones_keep_their_order():
    blobs = [b"a" * 10, b"b" * 70_000, b"", b"c" * 3_000_000, *[bytes([n % 256]) * n for n in range(900)]]
    pipe = io.BytesIO()
    write_frame(pipe, {}, blobs)
    pipe.seek(0)
    read = read_frame(pipe)
    assert read is not None
    assert [bytes(blob) for blob in read[1]] == blobs


@given(st.binary(max_size=400))
def test_that_noise_is_refused_and_never_read_as_a_frame(noise):
    pipe = Trickle(noise)
    if not noise:
        assert read_frame(pipe) is None
    else:
        with pytest.raises(BrokenWire):
            read_frame(pipe)


@given(st.data())
def test_that_a_frame_cut_short_is_refused(data):
    pipe = io.BytesIO()
    write_frame(pipe, {"ask": "sheets"}, [b"12345", b"67"])
    whole = pipe.getvalue()
    cut = data.draw(st.integers(min_value=1, max_value=len(whole) - 1))
    with pytest.raises(BrokenWire):
        read_frame(Trickle(whole[:cut]))


@pytest.mark.parametrize(
    "start",
    [
        struct.pack("<4sII", b"KLF1", HEADER_MOST + 1, 0),
        struct.pack("<4sII", b"KLF1", 2, 0xFFFFFFFF),
        struct.pack("<4sIIQ", b"KLF1", 2, 1, TOTAL_MOST + 1),
        struct.pack("<4sII", b"KLF1", 4, 0) + b"[[[[",
        struct.pack("<4sII", b"KLF1", 4, 0) + b"[12]",
        struct.pack("<4sII", b"KLF1", 100_000, 0) + b"[" * 100_000,
    ],
)
def test_that_impossible_sizes_and_headers_are_refused_before_anything_is_read(start):
    with pytest.raises(BrokenWire):
        read_frame(io.BytesIO(start + b"\0" * 64))


def test_that_what_is_no_json_is_not_sent():
    with pytest.raises(ValueError):
        write_frame(io.BytesIO(), {"size": float("nan")})
