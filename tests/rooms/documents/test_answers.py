"""What the engine answers is checked: it read a stranger's file and may have been taken over by it."""

import pytest

from kantlijn.documents.answers import (
    BadAnswer,
    bitmap_from,
    extracted_from,
    furniture_from,
    layers_from,
    sheets_from,
)
from kantlijn.documents.slate import slate_or_none

GOOD = {"sizes": [[595, 842]], "labels": ["1"], "outline": [[1, "Kop", 0]], "details": {"title": "Een"}}


def test_that_good_sheets_are_taken():
    sheets = sheets_from(GOOD)
    assert sheets.sizes == ((595.0, 842.0),)
    assert sheets.outline == ((1, "Kop", 0),)


@pytest.mark.parametrize(
    "change",
    [
        {"sizes": []}, {"sizes": [[595]]}, {"sizes": [[0, 842]]}, {"sizes": [[float("inf"), 1]]}, {"sizes": "ab"},
        {"labels": []}, {"outline": [[1, "Kop", 1]]}, {"outline": [[0, "Kop", 0]]}, {"details": ["title"]},
    ],
)  # fmt: skip
def test_that_sheets_that_cannot_be_are_refused(change):
    with pytest.raises(BadAnswer):
        sheets_from({**GOOD, **change})


@pytest.mark.parametrize(
    ("plain", "blobs"),
    [
        ({"width": 2, "height": 2, "stride": 8}, [b"x" * 15]),
        ({"width": 2, "height": 2, "stride": 8}, [b"x" * 16, b""]),
        ({"width": 2, "height": 2, "stride": 12}, [b"x" * 24]),
        ({"width": -2, "height": 2, "stride": -8}, [b"x" * 16]),
        ({"width": 1 << 20, "height": 1, "stride": 4 << 20}, []),
        ({"width": 2, "height": 2}, [b"x" * 16]),
        ({"width": 2, "height": 2, "stride": 8, "generation": 6}, []),
        ({"width": 4000, "height": 4000, "stride": 16000, "generation": 7}, []),
    ],
)
def test_that_bitmaps_that_cannot_be_or_are_of_another_request_are_refused(plain, blobs):
    slate = slate_or_none()
    try:
        with pytest.raises(BadAnswer):
            bitmap_from(plain, [memoryview(blob) for blob in blobs], slate, 7)
    finally:
        if slate is not None:
            slate.close()


def test_that_pages_layers_and_furniture_that_were_not_asked_for_are_refused():
    for plain, blobs in (
        ({"pages": 2}, [b""] * 3),
        ({"pages": 0}, []),
        ({}, []),
        ({"pages": 1}, [b"\xff", b"", b""]),
    ):
        with pytest.raises(BadAnswer):
            extracted_from(plain, [memoryview(blob) for blob in blobs], 1)
    for found in (None, [], [[[0, 3, 3]]], [[[-1, 0, 2]]], [["a"]], [[[0, 1]]]):
        with pytest.raises(BadAnswer):
            furniture_from({"auxiliary": found}, 1)
    with pytest.raises(BadAnswer):
        layers_from([], 1)
