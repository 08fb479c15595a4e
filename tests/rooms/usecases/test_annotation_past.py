"""The history of one annotation says what each step changed in it, and nothing of others."""

from __future__ import annotations

from pathlib import Path

from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.marking.annotation_past import annotation_past
from kantlijn.usecases.marking.notes import write_note
from kantlijn.usecases.marking.tag import Wanted, move_passage, retag, tag_many
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.undo import undo


def test_that_every_step_says_what_it_changed_here(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("One two three four five six seven eight nine ten.", "utf-8")
    desk = new_desk(tmp_path / "past.kantlijn", settings=Settings())
    version = add_documents(desk, [tmp_path / "report.txt"]).added[0].version
    first, second = (row.theme for row in read.themes(desk) if not row.depth and row.theme.key in ("1", "2"))
    tag_many(desk, version, [Wanted(id=f"a{n}", range=(n * 4, n * 4 + 3), themes=(first.id,)) for n in range(2)])
    retag(desk, ["a0", "a1"], add=[second.id], remove=[first.id])
    write_note(desk, "a1", "Only of the other.")
    move_passage(desk, "a0", version, (0, 7))
    write_note(desk, "a0", "Look again.")
    undo(desk)
    said = [(row.details, row.undone) for row in annotation_past(desk, "a0")]
    assert said == [
        (("Note: Look again.",), True),
        (("Now “One two”",), False),
        ((f"+ {second.name}", f"− {first.name}"), False),
        ((f"+ {first.name}",), False),
    ]
    assert all(row.at and row.title for row in annotation_past(desk, "a0"))
    desk.close()
