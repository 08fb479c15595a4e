"""The file of `tag --from`: good items come through, others each get a sentence, no list means none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kantlijn.cli.wanted import Item, items_of
from kantlijn.errors import BadFile


def written(folder: Path, content: Any) -> Path:
    file = folder / "tags.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def test_that_a_whole_item_and_a_bare_one_come_through(tmp_path: Path) -> None:
    whole = {"id": "p1", "range": [0, 4], "themes": ["prevention", "2"], "note": "**n**", "strange": 1}
    items, failures = items_of(written(tmp_path, [whole, {"range": [2, 3]}]))
    assert items == [
        Item(place=1, id="p1", range=(0, 4), themes=("prevention", "2"), note="**n**"),
        Item(place=2, id="", range=(2, 3), themes=(), note=""),
    ]
    assert failures == []


@pytest.mark.parametrize("item", [
    "text", 5, None, [], {}, {"range": None}, {"range": [1]}, {"range": [1, 2, 3]}, {"range": "1:2"},
    {"range": [1.0, 2.0]}, {"range": [True, 5]}, {"range": ["1", "2"]},
    {"range": [1, 2], "themes": "prevention"}, {"range": [1, 2], "themes": [1]},
    {"range": [1, 2], "note": 3}, {"range": [1, 2], "note": "\ud800"}, {"range": [1, 2], "themes": ["\udfff"]},
    {"range": [1, 2], "id": ""}, {"range": [1, 2], "id": 7}, {"range": [1, 2], "id": "\ud800"},
])  # fmt: skip
def test_that_an_item_of_another_form_gets_a_sentence_and_stops_no_other(tmp_path: Path, item: Any) -> None:
    items, failures = items_of(written(tmp_path, [{"range": [0, 1]}, item, {"range": [1, 2]}]))
    assert [one.place for one in items] == [1, 3]
    (failure,) = failures
    assert failure.place == 2 and failure.error.endswith(".")


@pytest.mark.parametrize("content", [
    b"", b"{", b"[1, ", b"\xff\xfe\x00", b"[" * 100_000, b'{"range": [1, 2]}', b"null", b"[1" + b"0" * 5000 + b"]",
])  # fmt: skip
def test_that_what_is_no_json_list_is_refused_as_a_whole(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadFile, match=r"tags\.json.*nothing was tagged"):
        items_of(written(tmp_path, content))


def test_that_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"gone\.json"):
        items_of(tmp_path / "gone.json")
