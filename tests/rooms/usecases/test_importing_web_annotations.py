"""Web annotations come in where their words stand, once, as one step; nothing of them is lost unsaid."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kantlijn.errors import BadFile, NotFound
from kantlijn.settings import Settings
from kantlijn.text.within import quad_of
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.export_data import data_as, export_data
from kantlijn.usecases.handing.import_web_annotations import import_web_annotations, preview_web_annotations
from kantlijn.usecases.marking.areas import tag_area
from kantlijn.usecases.marking.arrange_themes import add_theme, edit_theme
from kantlijn.usecases.marking.relate import relate, relation_rows
from kantlijn.usecases.marking.tag import Wanted, locate_quote, tag, tag_many
from kantlijn.usecases.shelf.add_documents import add_documents
from rooms.exchange.a_handover import HOSTILE

SIGNALS = "Meldpunten zien meer signalen."


def rows(desk: Desk) -> dict[str, read.AnnotationRow]:
    return {row.readable: row for row in read.annotation_rows(desk)}


def file_of(folder: Path, *every: Any) -> Path:
    path = folder / "notities.jsonld"
    path.write_text(json.dumps({"type": "AnnotationPage", "items": every}), "utf-8")
    return path


def one(selector: Any, number: int = 1, **changed: Any) -> dict[str, Any]:
    return {
        "id": f"https://example.org/{number}", "type": "Annotation", "bodyValue": f"Opmerking {number}",
        "creator": "https://example.org/robin", "created": "2025-03-04T10:00:00Z",
        "target": {"source": "https://example.org/map/brief.txt", "selector": selector}, **changed,
    }  # fmt: skip


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def without_date(data: bytes) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(data)
    assert plain.pop("created")
    return plain


# -- there and back ------------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path, text_file: Path) -> list[Path]:
    report = pymupdf.open()
    page = report.new_page()
    page.insert_text((72, 100), "De eerste alinea gaat over preventie.")
    page.insert_text((72, 300), "Tabel 1. Meldingen per jaar.")
    report.save(tmp_path / "rapport.pdf")
    return [tmp_path / "rapport.pdf", text_file]


def fill(desk: Desk, files: list[Path]) -> None:
    """A highlight, an area, themes of the reader's own, hostile notes, and a relation between two documents."""
    pdf, text = (one.version for one in add_documents(desk, files).added)
    (above,) = add_theme(desk, "Wonen", colour="#123456", letter="W", key="7").touched("theme")
    (below,) = add_theme(desk, "Scholen", parent=above).touched("theme")
    edit_theme(desk, below, name_nl="School & <buurt>", search_words=("school", "=wijk"))
    wanted = [
        Wanted(range=(n, n + 20), themes=(below, "prevention") if n % 2 else (), note=note)
        for n, note in enumerate(HOSTILE)
    ]  # fmt: skip
    tag_many(desk, text, wanted, strict=True)
    tag(desk, text, locate_quote(desk, text, "veer-\ntien weken"), [], note="😀" * 1000)
    (area,) = tag_area(desk, pdf, 0, quad_of((60.25, 280.5, 300, 310)), ["detection"]).touched("annotation")
    (first,) = tag(desk, pdf, (0, 20), [above], note="Eerste").touched("annotation")
    relate(desk, area, first, "supports", status="partly", note="Zie =1+1")


def test_that_a_project_comes_back_as_it_was(files: list[Path], tmp_path: Path) -> None:
    made = []
    for name in ("heen", "terug"):
        (tmp_path / name).mkdir()
        made.append(new_desk(tmp_path / name / "Toezicht.kantlijn", settings=Settings()))
    there, back = made
    try:
        fill(there, files)
        add_documents(back, files)
        path = export_data(there, tmp_path / "uit.jsonld", "jsonld")
        found = import_web_annotations(back, path).found
        assert (found.new, found.known, found.relations) == (len(HOSTILE) + 3, 0, 1)
        assert (found.unplaced, found.doubtful, found.skipped) == ((), (), ())
        assert found.themes == ("Wonen", "Scholen")
        assert without_date(data_as(back, "jsonld")) == without_date(path.read_bytes())
        here, gone = ({one.id: one for one in (row.theme for row in read.themes(desk))} for desk in (back, there))
        assert here == gone
        again = import_web_annotations(back, path)
        assert (again.found.new, again.found.known, again.changes.steps) == (0, len(HOSTILE) + 3, ())
    finally:
        for desk in made:
            desk.close()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two projects of one name with the same text, and a folder."""
    folder = tmp_path_factory.mktemp("heen en terug")
    (folder / "brief.txt").write_text("De inspectie houdt toezicht. 😀 De opvang meldt meer. " * 9, "utf-8")
    desks = []
    for name in ("a", "b"):
        (folder / name).mkdir()
        desks.append(new_desk(folder / name / "P.kantlijn", settings=Settings()))
    versions = [add_documents(desk, [folder / "brief.txt"]).added[0].version for desk in desks]
    yield desks, versions[0], folder
    for desk in desks:
        desk.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    some.lists(
        some.tuples(some.integers(0, 437), some.integers(1, 40), some.text(max_size=30)), min_size=1, max_size=6
    )
)
def test_that_whatever_is_annotated_comes_back(two: Any, every: list[tuple[int, int, str]]) -> None:
    (there, back), version, folder = two
    wanted = [Wanted(range=(start, start + size), note=note) for start, size, note in every]
    tag_many(there, version, wanted, strict=True)
    path = export_data(there, folder / "uit.jsonld", "jsonld")
    import_web_annotations(back, path)
    assert without_date(data_as(back, "jsonld")) == without_date(path.read_bytes())


# -- of other programs ---------------------------------------------------------------------------------------


def test_that_an_annotation_of_another_program_comes_in_at_its_words(
    desk: Desk, version: str, tmp_path: Path
) -> None:
    path = file_of(
        tmp_path, one(quote(SIGNALS), body={"type": "TextualBody", "value": "preventie", "purpose": "tagging"})
    )
    done = import_web_annotations(desk, path)
    annotation = rows(desk)[SIGNALS].passage.annotation
    assert annotation.themes == ("prevention",)
    assert (annotation.note, annotation.author) == ("Opmerking 1", "https://example.org/robin")
    assert annotation.created == "2025-03-04T10:00:00Z"
    assert annotation.origin == "web:https://example.org/1"
    assert "notities.jsonld" in done.changes.title
    assert (preview_web_annotations(desk, path).new, preview_web_annotations(desk, path).known) == (0, 1)
    undo.undo(desk)
    assert rows(desk) == {}
    assert preview_web_annotations(desk, path).new == 1


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ([{"type": "TextPositionSelector", "start": 3, "end": 9}, quote("wachttijd")], "wachttijd"),
        (quote("veertien weken"), "veertien weken"),
        ([{"type": "TextPositionSelector", "start": 142, "end": 148}, quote("Einde.")], "Einde."),
    ],
)  # fmt: skip
def test_that_words_are_found_where_they_stand_now(
    desk: Desk, version: str, tmp_path: Path, selector: Any, words: str
) -> None:
    found = import_web_annotations(desk, file_of(tmp_path, one(selector))).found
    assert list(rows(desk)) == [words]
    assert found.doubtful == ()


def test_that_of_words_that_stand_twice_those_in_the_right_surroundings_are_taken(
    desk: Desk, tmp_path: Path
) -> None:
    text = "Eerst: de raad adviseert. Dan: de raad adviseert. Slot: de raad adviseert."
    (tmp_path / "brief.txt").write_text(text, "utf-8")
    add_documents(desk, [tmp_path / "brief.txt"])
    path = file_of(tmp_path, one(quote("de raad adviseert", prefix="Dan: ")), one(quote("de raad adviseert"), 2))
    found = import_web_annotations(desk, path).found
    starts = sorted(row.passage.anchor.range[0] for row in read.annotation_rows(desk))
    assert starts == [text.index("de raad"), text.index("de raad", 20)]
    assert [(told.words, "more than once" in told.why) for told in found.doubtful] == [("de raad adviseert", True)]


def test_that_a_range_is_found_between_the_words_at_its_ends(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("Dan: de raad adviseert\nom te wachten. Slot: de raad zwijgt.", "utf-8")
    add_documents(desk, [tmp_path / "brief.txt"])

    def between(first: str, last: str) -> dict[str, Any]:
        return {"type": "RangeSelector", "startSelector": quote(first), "endSelector": quote(last)}

    path = file_of(tmp_path, one(between("raad adviseert", "Slot")), one(between("Slot", "Dan"), 2))
    found = import_web_annotations(desk, path).found
    assert list(rows(desk)) == ["raad adviseert om te wachten."]
    assert [told.words for told in found.unplaced] == ["Slot"]


def test_that_what_has_no_place_is_told_with_its_words(desk: Desk, version: str, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        one(quote("Deze woorden staan er niet"), 1),
        one(quote(SIGNALS), 2, target={"source": "https://example.org/ander.pdf", "selector": quote(SIGNALS)}),
        one([], 3),
        one({"type": "TextPositionSelector", "start": 90_000, "end": 90_010}, 4),
        one({"type": "XPathSelector", "value": "/p[2]",
             "refinedBy": {"type": "TextPositionSelector", "start": 3, "end": 9}}, 5),
        {"type": "Note", "value": "geen annotatie"},
    )
    before = read.history(desk)
    for found in (preview_web_annotations(desk, path), import_web_annotations(desk, path).found):
        assert found.new == 0
        assert [told.words for told in found.unplaced] == [
            "Deze woorden staan er niet", SIGNALS, "Opmerking 3", "Opmerking 4", "Opmerking 5",
        ]  # fmt: skip
        assert [told.document for told in found.unplaced] == [
            "brief.txt", "ander.pdf", "brief.txt", "brief.txt", "brief.txt",
        ]  # fmt: skip
        assert len({told.why for told in found.unplaced}) == 5
        assert "XPathSelector" in found.unplaced[-1].why
        assert len(found.skipped) == 1
    assert read.history(desk) == before


def test_that_a_reader_can_say_which_text_is_meant(desk: Desk, version: str, tmp_path: Path) -> None:
    path = file_of(tmp_path, one(quote(SIGNALS), target={"source": "urn:x:1", "selector": quote(SIGNALS)}))
    assert preview_web_annotations(desk, path).new == 0
    assert import_web_annotations(desk, path, otherwise=version).found.new == 1
    with pytest.raises(NotFound):
        preview_web_annotations(desk, path, otherwise="weg")


def test_that_words_tell_in_which_document_an_annotation_stands_that_names_none(
    desk: Desk, version: str, tmp_path: Path
) -> None:
    recogito = {"id": "r", "bodies": [{"value": "Nota", "purpose": "commenting"}],
                "target": {"selector": [{"quote": SIGNALS, "start": 0, "end": 9}]}}  # fmt: skip
    found = import_web_annotations(desk, file_of(tmp_path, recogito)).found
    assert (found.new, [told.words for told in found.doubtful]) == (1, [SIGNALS])
    assert "“brief.txt”" in found.doubtful[0].why


def test_that_annotations_that_a_file_calls_the_same_all_come_in(
    desk: Desk, version: str, tmp_path: Path
) -> None:
    same = [one(quote(words), id="urn:x:1") for words in (SIGNALS, "Einde", SIGNALS)]
    path = file_of(tmp_path, *same)
    assert [import_web_annotations(desk, path).found.new for _ in range(2)] == [2, 0]


def test_that_a_document_is_known_by_its_title_too(desk: Desk, version: str, tmp_path: Path) -> None:
    (shelf,) = read.shelf(desk)
    target = {"source": {"id": "urn:x:1", "title": shelf.document.title.upper()}, "selector": quote(SIGNALS)}
    assert import_web_annotations(desk, file_of(tmp_path, one([], target=target))).found.new == 1


def test_that_positions_of_javascript_are_understood(desk: Desk, version: str, tmp_path: Path) -> None:
    text = read.content(desk, version).text
    start = len(text[: text.index("Einde")].encode("utf-16-le")) // 2
    row = {"id": "h1", "uri": "https://example.org/brief.txt", "text": "x", "target": [{"selector": [
        {"type": "TextPositionSelector", "start": start, "end": start + 5}]}]}  # fmt: skip
    (tmp_path / "h.json").write_text(json.dumps({"rows": [row]}), "utf-8")
    found = import_web_annotations(desk, tmp_path / "h.json").found
    assert list(rows(desk)) == ["Einde"]
    assert "Only its position" in found.doubtful[0].why


def test_that_themes_are_found_in_either_language_or_made(desk: Desk, version: str, tmp_path: Path) -> None:
    tags = ("Opsporing", "detection", "Wonen/Scholen", "https://example.org/begrip/Toezicht", "=cmd|x")
    bodies = [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in tags]
    found = import_web_annotations(desk, file_of(tmp_path, one(quote(SIGNALS), body=bodies))).found
    assert found.themes == ("Wonen", "Scholen", "Toezicht", "=cmd|x")
    themes = {row.theme.id: row.theme for row in read.themes(desk)}
    carried = [themes[id_] for id_ in rows(desk)[SIGNALS].passage.annotation.themes]
    assert [theme.name for theme in carried] == ["Detection", "Scholen", "Toezicht", "=cmd|x"]
    assert carried[2].definition == tags[3]
    assert themes[carried[1].parent or ""].name == "Wonen"
    undo.undo(desk)
    assert "Wonen" not in {row.theme.name for row in read.themes(desk)}


def test_that_links_between_annotations_become_relations(desk: Desk, version: str, tmp_path: Path) -> None:
    link = {"id": "https://example.org/r", "type": "Annotation", "motivation": "linking",
            "body": "https://example.org/2", "target": "https://example.org/1"}  # fmt: skip
    lost = {**link, "id": "https://example.org/r2", "body": "https://example.org/3"}
    path = file_of(
        tmp_path, one(quote(SIGNALS)), one(quote("De inspectie"), 2), one(quote("is er niet"), 3), link, lost
    )
    found = import_web_annotations(desk, path).found
    assert (found.new, found.relations) == (2, 1)
    (relation,) = relation_rows(desk)
    assert (relation.source.readable, relation.target.readable) == ("De inspectie", SIGNALS)
    assert [("relation" in told.why) for told in found.unplaced] == [False, True]


def test_that_other_files_are_refused_by_name(desk: Desk, version: str, tmp_path: Path) -> None:
    (tmp_path / "foto.json").write_bytes(b"\x89PNG")
    with pytest.raises(BadFile, match=r"foto\.json"):
        import_web_annotations(desk, tmp_path / "foto.json")
    with pytest.raises(BadFile, match=r"weg\.json"):
        preview_web_annotations(desk, tmp_path / "weg.json")
    with pytest.raises(BadFile):
        preview_web_annotations(desk, tmp_path)
