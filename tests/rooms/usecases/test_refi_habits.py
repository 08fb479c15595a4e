"""Habits of programs that the standard does not foresee: other units, names of files, codes of one name."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from kantlijn.settings import Settings
from kantlijn.store import shelf
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.bring_in import look_into
from kantlijn.usecases.handing.import_refi import import_codebook, import_refi
from kantlijn.usecases.marking.arrange_themes import add_theme
from rooms.usecases.refi_dialects import SPACE, Dialect, coding, element, guid, note_ref, passage, words

TEXT = (
    "Voorwoord 😀 van café Zuid.\nDe opvang 👩‍👧 had 212 plaatsen 😀😀.\nMeldpunten delen signalen.\n"
    "De inspectie raadt overleg aan.\n"
)  # fmt: skip
WANTED = ["opvang", "212 plaatsen", "delen signalen", "overleg aan."]
UNITS: dict[str, Callable[[str], int]] = {
    "points": len, "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "bytes": lambda text: len(text.encode()),
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path / "Toezicht.kantlijn", settings=Settings())
    yield made
    made.close()


def tagged(desk: Desk) -> dict[str, tuple[str, ...]]:
    names = read.theme_names(desk)
    rows = read.annotation_rows(desk)
    return {row.readable: tuple(names[one] for one in row.passage.annotation.themes) for row in rows}


def source(number: int, path: str, *passages: str, **more: object) -> str:
    return element("TextSource", "".join(passages), guid=guid(number), name=f"Brief {number}",
                   plainTextPath=path, **more)  # fmt: skip


def text_source(number: int, text: str, *passages: str) -> str:
    return element("TextSource", words("PlainTextContent", text) + "".join(passages), guid=guid(number),
                   name=f"Brief {number}")  # fmt: skip


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("last", [0, 1])
@pytest.mark.parametrize("unit", UNITS)
def test_that_units_and_inclusive_ends_are_understood(
    desk: Desk, tmp_path: Path, unit: str, last: int, named: bool
) -> None:
    size, made = UNITS[unit], []
    for number, quote in enumerate(WANTED):
        start = TEXT.index(quote)
        made.append(element(
            "PlainTextSelection", guid=guid(10 + number), startPosition=size(TEXT[:start]),
            endPosition=size(TEXT[: start + len(quote)]) - last, **({"name": quote} if named else {}),
        ))  # fmt: skip
    told = import_refi(desk, Dialect("Elders", sources=text_source(1, TEXT, *made)).write(tmp_path / "p.qdpx"))
    assert list(tagged(desk)) == WANTED
    assert (told.unplaced, told.doubtful) == ((), ())


def test_that_positions_that_drift_are_set_right_by_the_words(desk: Desk, tmp_path: Path) -> None:
    drift = dict(zip(WANTED, (3, 1, -4, 2), strict=True))  # as no way of counting explains
    made = [passage(10 + number, TEXT, quote, shift=drift[quote]) for number, quote in enumerate(WANTED)]
    told = import_refi(desk, Dialect("Elders", sources=text_source(1, TEXT, *made)).write(tmp_path / "p.qdpx"))
    assert list(tagged(desk)) == WANTED
    assert told.unplaced == ()


def test_that_a_name_that_is_no_quote_moves_nothing(desk: Desk, tmp_path: Path) -> None:
    made = [passage(10 + number, TEXT, quote) for number, quote in enumerate(WANTED[:3])]
    named = passage(20, TEXT, "De inspectie", name="Wie toeziet")
    project = Dialect("Elders", sources=text_source(1, TEXT, *made, named)).write(tmp_path / "p.qdpx")
    told = import_refi(desk, project)
    assert list(tagged(desk)) == [*WANTED[:3], "De inspectie"]
    assert [one.found for one in told.doubtful] == ["De inspectie"]
    assert [row.passage.annotation.note for row in read.annotation_rows(desk)] == ["", "", "", "**Wie toeziet**"]


def test_that_files_are_told_apart_by_their_folders_and_found_under_other_forms_of_their_names(
    desk: Desk, tmp_path: Path
) -> None:
    one, other, third = "Voorlichting op school.\n", "Overleg met de inspectie.\n", "Hulp na een melding.\n"
    name = "Café.txt"
    project = Dialect(
        "Elders",
        files={"a/brief.txt": one.encode(), "b/brief.txt": other.encode(),
               unicodedata.normalize("NFD", name): third.encode()},
        sources=source(1, "relative:///a/brief.txt", passage(11, one, "school"))
        + source(2, "relative:///b/brief.txt", passage(12, other, "inspectie"))
        + source(3, f"internal://{name}", passage(13, third, "melding")),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert list(tagged(desk)) == ["school", "inspectie", "melding"]
    assert (told.unplaced, told.remarks) == ((), ())


def test_that_names_in_utf_8_without_the_flag_for_it_are_found(desk: Desk, tmp_path: Path) -> None:
    class Unflagged(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return self.filename.encode(), self.flag_bits & ~0x800

    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as archive:
        inside = source(1, "internal://Café.txt", passage(11, "Hulp na een melding.", "melding"))
        archive.writestr("project.qde", f'<Project {SPACE} name="p"><Sources>{inside}</Sources></Project>')
        archive.writestr(Unflagged("sources/Café.txt"), b"Hulp na een melding.")
    import_refi(desk, tmp_path / "p.qdpx")
    assert list(tagged(desk)) == ["melding"]


def test_that_codes_of_one_name_stay_apart(desk: Desk, tmp_path: Path) -> None:
    text = "Hulp en toezicht en overleg."
    codes = "".join(
        element("Code", words("Description", said), guid=guid(number), name=name, isCodable="true")
        for number, name, said in ((1, "Overig", "van hulp"), (2, "overig", "van toezicht"))
    )
    made = [passage(11, text, "Hulp", coding(21, 1)), passage(12, text, "toezicht", coding(22, 2)),
            passage(13, text, "overleg", coding(23, 99))]  # fmt: skip
    project = Dialect("Elders", codes=codes, sources=text_source(5, text, *made)).write(tmp_path / "p.qdpx")
    told = import_refi(desk, project)
    assert tagged(desk) == {"Hulp": ("Overig",), "toezicht": ("overig (2)",), "overleg": ()}
    assert {one.definition for one in shelf.themes(desk.project)} >= {"van hulp", "van toezicht"}
    assert [remark for remark in told.remarks if "overig (2)" in remark]
    assert [remark for remark in told.remarks if "1 passage was coded with a code that is not" in remark]
    again = import_refi(desk, project)
    assert (again.themes, again.annotations) == (0, 0)


def test_that_a_codebook_completes_what_is_there_and_tells_what_differs(desk: Desk, tmp_path: Path) -> None:
    add_theme(desk, "Overleg")
    first, second = (tmp_path / name for name in ("a.qdc", "b.qdc"))
    for path, said, number in ((first, "tussen diensten", 1), (second, "met scholen", 2)):
        code = element("Code", words("Description", said), guid=guid(number), name="overleg", isCodable="true")
        path.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{code}</Codes></CodeBook>', "utf-8")
    holds = look_into(desk, first)
    assert (holds.said, holds.anything) == (("0 new themes", "Completed: Overleg"), True)
    told = import_codebook(desk, first)
    assert (told.themes, told.known, told.filled, told.remarks) == (0, 0, ("Overleg",), ())
    assert not look_into(desk, second).anything
    told = import_codebook(desk, second)
    assert (told.themes, told.known, told.filled) == (0, 1, ())
    assert "Overleg" in told.remarks[0]
    assert [one.definition for one in shelf.themes(desk.project) if one.name == "Overleg"] == ["tussen diensten"]


def test_that_codes_without_a_guid_or_with_another_s_are_themes_too(desk: Desk, tmp_path: Path) -> None:
    codes = "".join(
        element("Code", name=name, isCodable="true", **({"guid": guid(number)} if number else {}))
        for name, number in (("Een", 1), ("Twee", 1), ("Drie", 0), ("Een", 1))
    )
    (tmp_path / "a.qdc").write_text(f"<CodeBook><Codes>{codes}</Codes></CodeBook>", "utf-8")
    assert [import_codebook(desk, tmp_path / "a.qdc").themes for _ in range(2)] == [3, 0]


def test_that_a_word_file_without_its_plain_text_comes_in(desk: Desk, tmp_path: Path) -> None:
    file = docx.Document()
    file.add_paragraph("Voorlichting begint op de basisschool.")
    file.save(str(tmp_path / "brief.docx"))
    project = Dialect(
        "Elders", files={f"{guid(1)}.docx": (tmp_path / "brief.docx").read_bytes()},
        sources=element(
            "TextSource", passage(11, "op de basisschool", "basisschool"), guid=guid(1), name="Brief",
            richTextPath=f"internal://{guid(1)}.docx",
        ),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    import_refi(desk, project)
    assert list(tagged(desk)) == ["basisschool"]


def test_that_what_was_said_in_a_recording_comes_in_as_a_text(desk: Desk, tmp_path: Path) -> None:
    text = "Voorlichting begint op school."
    moments = "".join(
        element("SyncPoint", guid=guid(30 + number), timeStamp=number, position=place)
        for number, place in enumerate((0, 12))
    )
    said = element("TranscriptSelection", coding(41, 1), guid=guid(40), fromSyncPoint=guid(30),
                   toSyncPoint=guid(31))  # fmt: skip
    heard = element("Transcript", words("PlainTextContent", text) + moments + said, guid=guid(6), name="Gesprek")
    project = Dialect(
        "Elders", codes=element("Code", guid=guid(1), name="Voorlichten", isCodable="true"),
        sources=element("AudioSource", heard, guid=guid(5), name="gesprek.mp3", path="internal://g.mp3"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert tagged(desk) == {"Voorlichting": ("Voorlichten",)}
    assert len(told.remarks) == 1 and "gesprek.mp3" in told.remarks[0]


def test_that_all_that_finds_no_place_is_told_of(desk: Desk, tmp_path: Path) -> None:
    text = "Hulp en toezicht."

    def by(number: int, person: int) -> str:
        code = element("CodeRef", targetGUID=guid(1))
        return element("Coding", code, guid=guid(number), creatingUser=guid(person))

    memo = element("Note", words("PlainTextContent", text) + passage(30, text, "Hulp"), guid=guid(31), name="Los")
    project = Dialect(
        "", codes=element("Code", guid=guid(1), name="Zorg", isCodable="true"),
        users=element("User", guid=guid(50), name="An") + element("User", guid=guid(51), name="Bo"),
        variables=element("Variable", guid=guid(60), name="Jaar", typeOfVariable="Integer"),
        cases=element("Case", element("SelectionRef", targetGUID=guid(10)), guid=guid(70), name="Wijk"),
        notes=memo, sources=text_source(5, text, passage(10, text, "toezicht", by(20, 50) + by(21, 51)),
                                        passage(11, text, "Hulp", name="", shift=900)),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert tagged(desk) == {"toezicht": ("Zorg", "Wijk")}
    assert [one.words for one in told.unplaced] == ["characters 900 to 904"]
    for said in ("1 variable", "1 case", "1 memo belongs to no", "1 coded passage of a memo", "by several people"):
        assert [remark for remark in told.remarks if said in remark], (said, told.remarks)


def test_that_sets_maps_and_links_between_memos_are_told_of_before_and_after(desk: Desk, tmp_path: Path) -> None:
    text = "Hulp en toezicht."
    member = element("MemberCode", targetGUID=guid(1))
    sets = element("Set", member, guid=guid(80), name="Kern") + element("Set", guid=guid(81), name="Rest & meer")
    path = Dialect(
        "", codes=element("Code", guid=guid(1), name="Zorg", isCodable="true"),
        variables=element("Variable", guid=guid(60), name="Jaar", typeOfVariable="Integer"),
        cases=element("Case", element("SourceRef", targetGUID=guid(5)), guid=guid(70), name="Wijk"),
        sources=text_source(5, text, passage(10, text, "toezicht", coding(20, 1) + note_ref(30) + note_ref(31))),
        notes="".join(element("Note", words("PlainTextContent", "x"), guid=guid(n)) for n in (30, 31)),
        links=element("Link", guid=guid(50), originGUID=guid(30), targetGUID=guid(31)),
        rest=element("Sets", sets) + element("Graphs", element("Graph", guid=guid(90), name="Netwerk")),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    for remarks in (look_into(desk, path).remarks, import_refi(desk, path).remarks):
        for said in (
            "2 sets of codes, documents or memos were left out, for there are none here: Kern; Rest & meer.",
            "1 map or network was left out, for there is none here: Netwerk.",
            "1 link begins or ends at something else",
            "it as a theme: Wijk.", "here: Jaar.",
        ):  # fmt: skip
            assert [remark for remark in remarks if said in remark], (said, remarks)


def test_that_sets_of_a_codebook_are_told_of_before_and_after(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    sets = element("Sets", element("Set", element("MemberCode", targetGUID=guid(1)), guid=guid(2), name="Kern"))
    codes = element("Codes", element("Code", guid=guid(1), name="Zorg", isCodable="true"))
    path.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{codes}{sets}</CodeBook>', "utf-8")
    for remarks in (look_into(desk, path).remarks, import_codebook(desk, path).remarks):
        assert remarks == ("1 set of codes, documents or memos was left out, for there is none here: Kern.",)
