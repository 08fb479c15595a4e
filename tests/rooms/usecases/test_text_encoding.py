"""A text that was read in the wrong encoding is read in the right one, and its annotations go along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kantlijn.documents.encodings import ENCODINGS
from kantlijn.errors import Known
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.keeping.repair import repair
from kantlijn.usecases.marking.tag import locate_quote, tag
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.read_again import read_again
from kantlijn.usecases.shelf.text_encoding import as_read, encoding_names, text_encoding
from kantlijn.usecases.undo import redo, undo

WORDS = "Zpráva o prevenci. Pomoc obětem začíná u školy."
"""Too short for its encoding to be told."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "zpráva.txt").write_bytes(WORDS.encode("cp1250"))
    made = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    add_documents(made, [tmp_path / "zpráva.txt"])
    yield made
    made.close()


def version(desk: Desk) -> str:
    return read.shelf(desk)[0].versions[0].id


def words(desk: Desk) -> str:
    return read.content(desk, version(desk)).text


def test_that_another_encoding_is_one_step_and_annotations_stay_on_their_words(desk: Desk) -> None:
    assert words(desk) != WORDS
    start, end = locate_quote(desk, version(desk), "Pomoc")
    tag(desk, version(desk), (start, end + len(" obìtem")), ["detection"])
    tag(desk, version(desk), locate_quote(desk, version(desk), "prevenci"), ["prevention"])
    told = read_again(desk, version(desk), "cp1250")
    assert words(desk) == WORDS
    assert (told.same, told.changed, told.lost) == (2, 0, ())
    assert told.changes is not None and "Windows-1250" in told.changes.title
    assert {row.readable for row in read.annotation_rows(desk)} == {"Pomoc obětem", "prevenci"}
    assert check(desk.path).ok
    undo(desk)
    assert words(desk) != WORDS
    redo(desk)
    assert words(desk) == WORDS


def test_that_the_choice_stays_when_the_file_is_read_anew_and_can_be_left_to_the_program(desk: Desk) -> None:
    before = words(desk)
    read_again(desk, version(desk), "cp1250")
    assert read_again(desk, version(desk)).changes is None
    assert words(desk) == WORDS
    assert text_encoding(desk, version(desk)).chosen == "cp1250"
    read_again(desk, version(desk), "")
    assert words(desk) == before
    assert text_encoding(desk, version(desk)).chosen == ""


def test_that_the_lines_that_tell_encodings_apart_are_shown(desk: Desk, tmp_path: Path) -> None:
    told = text_encoding(desk, version(desk))
    assert told.recognised == "cp1252"
    assert as_read(told.sample, "cp1250") == WORDS
    assert as_read(told.sample, "cp1252") != WORDS
    assert {len(as_read(told.sample, one)) > 0 for one in ENCODINGS} == {True}
    assert set(encoding_names()) == set(ENCODINGS) and len(set(encoding_names().values())) == len(ENCODINGS)
    long = "Plain.\n" * 5000 + WORDS + "\n" + "Plain.\n" * 50
    (tmp_path / "long.txt").write_bytes(long.encode("cp1250"))
    add_documents(desk, [tmp_path / "long.txt"])
    assert as_read(text_encoding(desk, read.shelf(desk)[1].versions[0].id).sample, "cp1250") == WORDS


def test_that_the_lines_are_found_at_the_end_of_a_large_file_too(desk: Desk, tmp_path: Path) -> None:
    large = "Plain words of a report.\n" * 60_000 + WORDS + "\n"
    (tmp_path / "large.txt").write_bytes(large.encode("cp1250"))
    add_documents(desk, [tmp_path / "large.txt"])
    told = text_encoding(desk, read.shelf(desk)[1].versions[0].id)
    assert told.recognised == "cp1252"
    assert WORDS in as_read(told.sample, "cp1250")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp932", "utf-8", "cp1256"])
def test_that_every_encoding_reads_what_was_written_in_it(tmp_path: Path, encoding: str) -> None:
    foreign = {"cp932": "報告書は予防と支援について述べる。", "cp1256": "تقرير عن الوقاية"}
    said = foreign.get(encoding, "Één zin, naïef.")
    (tmp_path / "a.txt").write_bytes(said.encode(encoding))
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    try:
        add_documents(desk, [tmp_path / "a.txt"])
        read_again(desk, version(desk), encoding)
        assert words(desk) == said
    finally:
        desk.close()


def test_that_a_file_that_says_its_encoding_itself_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>Toezicht.</p></body></html>")
    add_documents(desk, [tmp_path / "a.html"])
    with pytest.raises(Known, match=r"a\.html"):
        text_encoding(desk, read.shelf(desk)[1].versions[0].id)
    with pytest.raises(Known, match=r"a\.html"):
        read_again(desk, read.shelf(desk)[1].versions[0].id, "cp1250")


def test_that_a_planted_encoding_is_no_encoding(desk: Desk) -> None:
    with desk.project.aside() as db:
        db.execute("UPDATE content SET extractor = 'text/3+zip'")
        db.execute("UPDATE version SET extractor = 'text/3+zip'")
    desk.project.kept.forget_all()
    assert text_encoding(desk, version(desk)).chosen == ""
    read_again(desk, version(desk))
    assert "prevenci" in words(desk)


def test_that_a_repair_reads_the_file_in_the_chosen_encoding(desk: Desk, tmp_path: Path) -> None:
    read_again(desk, version(desk), "cp1250")
    with desk.project.aside() as db:
        db.execute("UPDATE content SET text = x'00' WHERE extractor LIKE '%+cp1250'")
    desk.close()
    repair(desk.path, tmp_path / "mended.kantlijn")
    mended = open_desk(tmp_path / "mended.kantlijn", settings=Settings())
    try:
        assert words(mended) == WORDS
    finally:
        mended.close()
