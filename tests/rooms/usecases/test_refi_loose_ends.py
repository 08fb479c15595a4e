"""Projects of other programs that name, number or leave out things in ways of their own: nothing goes unseen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pymupdf
import pytest

from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.bring_in import look_into
from kantlijn.usecases.handing.import_refi import import_refi
from kantlijn.usecases.marking.relate import relation_rows
from rooms.usecases.refi_dialects import Dialect, coding, element, guid, note_ref, passage, words

TEXT = "De opvang had plaatsen.\nMeldpunten delen signalen.\nDe opvang had plaatsen.\nDe inspectie komt.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path / "Toezicht.kantlijn", settings=Settings())
    yield made
    made.close()


def source(*passages: str, name: str = "Brief") -> str:
    return element("TextSource", words("PlainTextContent", TEXT) + "".join(passages), guid=guid(1), name=name)


def tagged(desk: Desk) -> list[tuple[str, tuple[str, ...]]]:
    names = read.theme_names(desk)
    return [
        (row.readable, tuple(names[one] for one in row.passage.annotation.themes))
        for row in read.annotation_rows(desk)
    ]


def named_loosely(path: Path, theme: str, quotes: tuple[str, ...]) -> Path:
    """A project whose things have names of the program's own instead of GUIDs."""
    code = element("Coding", element("CodeRef", targetGUID="code_1"), guid="coding_1")
    selections = [
        element("PlainTextSelection", code, guid=f"quote_{n}", name=quote, startPosition=TEXT.index(quote),
                endPosition=TEXT.index(quote) + len(quote), creatingUser="user_1")
        for n, quote in enumerate(quotes)
    ]  # fmt: skip
    return Dialect(
        "Elders", users=element("User", guid="user_1", name="Anna"), sources=source(*selections),
        codes=element("Code", guid="code_1", name=theme),
        links=element("Link", guid="link_1", name="supports", originGUID="quote_0", targetGUID="quote_1"),
    ).write(path)  # fmt: skip


def test_that_codings_hold_where_a_program_gives_names_that_are_no_guids(desk: Desk, tmp_path: Path) -> None:
    first = named_loosely(tmp_path / "een.qdpx", "Opvang", ("De opvang", "Meldpunten"))
    import_refi(desk, first)
    assert tagged(desk) == [("De opvang", ("Opvang",)), ("Meldpunten", ("Opvang",))]
    assert {row.passage.annotation.author for row in read.annotation_rows(desk)} == {"Anna"}
    assert [row.relation.type for row in relation_rows(desk)] == ["supports"]
    assert import_refi(desk, first).known == 2
    later = named_loosely(tmp_path / "later.qdpx", "Opvang", ("De opvang", "Meldpunten", "delen signalen"))
    assert import_refi(desk, later).annotations == 1  # the same project with a passage more
    other = named_loosely(tmp_path / "twee.qdpx", "Toezicht", ("signalen", "De inspectie"))
    assert import_refi(desk, other).annotations == 2  # its quote_0 is not that of the first
    assert tagged(desk)[3:] == [("signalen", ("Toezicht",)), ("De inspectie", ("Toezicht",))]


def report() -> bytes:
    made = pymupdf.open()
    for number in ("een", "twee", "drie", "vier"):
        page = made.new_page()
        page.insert_text((72, 100), f"Hoofdstuk {number} begint hier.")
        page.insert_text((72, 130), f"Wat in {number} staat, gaat over toezicht.")
        page.insert_text((72, 160), "De inspectie zag hetzelfde.")
        page.insert_text((72, 190), f"Meer over {number} volgt later in de bijlage.")
        page.insert_text((72, 220), f"Zo eindigt het deel {number}.")
    data: bytes = made.tobytes()
    return data


@pytest.mark.parametrize("first", [0, 1])
def test_that_pages_are_counted_as_the_words_of_boxes_say(desk: Desk, tmp_path: Path, first: int) -> None:
    def box(number: int, page: int, said: str) -> str:
        inside = element("Representation", words("PlainTextContent", said), guid=guid(50 + number)) if said else ""
        return element("PDFSelection", inside, guid=guid(number), name="x", page=page + first, firstX=70,
                       firstY=700, secondX=300, secondY=720)  # fmt: skip

    boxes = [
        box(10, 1, "Hoofdstuk twee begint hier."), box(11, 2, "De inspectie zag hetzelfde."), box(12, 1, ""),
    ]  # fmt: skip
    project = Dialect(
        "Elders", files={f"{guid(1)}.pdf": report()},
        sources=element("PDFSource", "".join(boxes), guid=guid(1), name="R", path=f"internal://{guid(1)}.pdf"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    import_refi(desk, project)
    pages = [(row.readable, row.passage.anchor.first_page) for row in read.annotation_rows(desk)]
    assert pages[-1] == ("De inspectie zag hetzelfde.", 2)
    assert sorted(page for _, page in pages if page is not None) == [1, 1, 2]


def test_that_memos_whose_words_are_not_there_are_told_of(desk: Desk, tmp_path: Path) -> None:
    made = io.BytesIO()
    docx.Document().save(made)
    project = Dialect(
        "Elders", files={"memo.docx": made.getvalue()},
        sources=source(passage(10, TEXT, "De opvang", note_ref(30)), passage(11, TEXT, "Meldpunten", note_ref(31)),
                       passage(12, TEXT, "signalen", note_ref(32)), passage(13, TEXT, "inspectie", note_ref(33))),
        notes=element("Note", guid=guid(30), name="Alleen Word", richTextPath="internal://memo.docx")
        + element("Note", guid=guid(31), name="Zoek", plainTextPath="internal://weg.txt")
        + element("NoteSource", words("PlainTextContent", "Dit wel."), guid=guid(33), name="Dit"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert told.remarks == (
        "The words of 2 memos are not in the file as plain text, and were left out: Alleen Word; Zoek.",
        "1 memo that the file speaks of is not in it.",
    )
    assert set(told.remarks) <= set(look_into(desk, project).remarks)
    notes = [row.passage.annotation.note for row in read.annotation_rows(desk)]
    assert notes == ["**Alleen Word**", "**Zoek**", "", "Dit wel."]


def test_that_words_that_stand_twice_are_looked_for_near_their_position(desk: Desk, tmp_path: Path) -> None:
    written, made = docx.Document(), io.BytesIO()
    for line in TEXT.splitlines():
        written.add_paragraph(line)
    written.save(made)
    second = passage(10, TEXT, "De opvang", coding(20, 2), at=10)
    project = Dialect(
        "NVivo", files={"brief.docx": made.getvalue()}, codes=element("Code", guid=guid(2), name="Opvang"),
        sources=element("TextSource", second, guid=guid(1), name="Brief", richTextPath="internal://brief.docx"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    (row,) = read.annotation_rows(desk)
    text = read.content(desk, row.version.id).text
    assert row.passage.anchor.range[0] == text.index("De opvang", 10)
    assert len(told.doubtful) == 1


def test_that_bytes_are_counted_with_a_mark_before_plain_letters(desk: Desk, tmp_path: Path) -> None:
    quotes = ("Meldpunten", "signalen", "inspectie", "komt")
    passages = [passage(10 + n, TEXT, quote, name="", shift=3) for n, quote in enumerate(quotes)]
    project = Dialect(
        "Elders", files={"brief.txt": TEXT.encode("utf-8-sig")},
        sources=element("TextSource", "".join(passages), guid=guid(1), name="Brief",
                        plainTextPath="internal://brief.txt"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    import_refi(desk, project)
    assert [quote for quote, _ in tagged(desk)] == list(quotes)


def test_that_who_has_an_id_and_no_name_is_called_by_it(desk: Desk, tmp_path: Path) -> None:
    users = element("User", guid=guid(40), id="anna") + element("User", guid=guid(41), id="b", name="Ben")
    made = [
        element("PlainTextSelection", guid=guid(user - 30), startPosition=user, endPosition=user + 9,
                creatingUser=guid(user))
        for user in (40, 41)
    ]  # fmt: skip
    import_refi(desk, Dialect("Elders", users=users, sources=source(*made)).write(tmp_path / "p.qdpx"))
    assert [row.passage.annotation.author for row in read.annotation_rows(desk)] == ["anna", "Ben"]
