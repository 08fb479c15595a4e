"""The clock goes back, by an hour or to 1970: the order of things, undo and the history stay as they were made."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from kantlijn.usecases import read
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag
from kantlijn.usecases.marking.annotation_past import annotation_past
from kantlijn.usecases.marking.notes import write_note
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.undo import redo, undo
from kantlijn.usecases.versions import carry


@pytest.fixture
def clock(monkeypatch):
    """Set the clock of everything that asks for the time."""

    def set_to(moment: datetime) -> None:
        said = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        for room in (
            "desk", "shelf.add_documents", "marking.tag", "marking.notes", "marking.shape", "marking.relate",
            "versions.carry",
        ):  # fmt: skip
            monkeypatch.setattr(f"kantlijn.usecases.{room}.now", lambda: said, raising=False)
        monkeypatch.setattr(time, "time_ns", lambda: max(0, int(moment.timestamp() * 1e9)))

    return set_to


NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


BACK = (timedelta(seconds=1), timedelta(hours=1), NOW - datetime(1970, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("back", BACK)
def test_that_a_clock_going_back_changes_no_order_and_loses_nothing(desk, version, clock, back):
    theme = read.themes(desk)[0].theme.id
    made = []
    for number in range(12):
        clock(NOW - back if number % 2 else NOW)
        (fresh,) = tag.tag(desk, version, (number, number + 5), [theme]).touched("annotation")
        made.append(fresh)
        write_note(desk, fresh, f"noot {number}")
    assert len(set(made)) == 12
    assert [row.passage.id for row in read.annotation_rows(desk)] == made, "in order of their places"
    titles = [row.title for row in read.history(desk)]
    assert len(titles) >= 24
    assert len(annotation_past(desk, made[3])) >= 2
    for number in range(11, 5, -1):  # the last made is the first undone, whatever the clock said
        undo(desk)
        rows = {row.passage.id: row for row in read.annotation_rows(desk)}
        assert rows[made[number]].passage.annotation.note == ""
        undo(desk)
        assert made[number] not in {row.passage.id for row in read.annotation_rows(desk)}
    for _ in range(12):
        redo(desk)
    assert [row.passage.annotation.note for row in read.annotation_rows(desk)] == [f"noot {n}" for n in range(12)]
    path = desk.path
    desk.close()
    assert check(path).ok


def test_that_the_newest_version_is_the_one_added_last_whatever_the_clock_says(desk, version, text_file, clock):
    clock(NOW - timedelta(days=400))
    text_file.write_text(text_file.read_text("utf-8") + "Later.", "utf-8")
    document = read.shelf(desk)[0].document.id
    later = add_documents(desk, [text_file], version_of=document).added[0].version
    newest = max(read.shelf(desk)[0].versions, key=lambda one: one.number)
    assert newest.id == later
    tag.tag(desk, version, (0, 9), [])
    assert len(carry.carry(desk, document, later).rows) == 1
