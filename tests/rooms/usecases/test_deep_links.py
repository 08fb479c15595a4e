"""Links into a project: what they look like, what they find, and what strangers' links do: nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kantlijn.errors import Known, NotFound
from kantlijn.export.lines import link as link_in_summary
from kantlijn.model.recipe import Wanted
from kantlijn.settings import Settings
from kantlijn.usecases.desk import Desk, new_desk, scratch_desk
from kantlijn.usecases.handing.deep_links import (
    DeepLink,
    Spot,
    is_about,
    is_link,
    link_to_annotation,
    link_to_place,
    page_link,
    page_of,
    parse,
    project_of,
    spot_of,
)
from kantlijn.usecases.marking.tag import delete_annotations, tag
from kantlijn.usecases.read import shelf
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.summaries.write_summary import gather

_SIGNS = some.characters(exclude_categories=("C", "Z"))
_NAMES = some.text(_SIGNS.filter(lambda sign: sign not in "/\\"), min_size=1, max_size=40)
_IDS = some.text(_SIGNS, min_size=1, max_size=40)


def annotated(desk: Desk, version: str) -> str:
    changes = tag(desk, version, (28, 63), [])
    return next(iter(changes.touched("annotation")))


@given(name=_NAMES, id=_IDS)
def test_that_a_link_to_an_annotation_reads_back_as_it_was_written(name: str, id: str) -> None:
    if not name.strip("."):
        return
    made = DeepLink(project=f"{name}.kantlijn", annotation=id)
    assert parse(str(made)) == made
    assert str(made).isascii() and " " not in str(made)


@given(name=_NAMES, id=_IDS, page=_IDS, number=some.integers(1, 99), start=some.integers(0, 10**6))
def test_that_a_link_to_a_place_reads_back_as_it_was_written(
    name: str, id: str, page: str, number: int, start: int
) -> None:
    made = DeepLink(project=f"x{name}.kantlijn", document=id, version=number, page=page, range=(start, start + 9))
    assert parse(str(made)) == made


@given(some.text(max_size=200))
def test_that_any_text_is_a_link_or_gets_a_sentence(text: str) -> None:
    for link in (text, f"kantlijn:{text}", f"kantlijn://open/{text}"):
        try:
            assert "/" not in parse(link).project
        except Known as trouble:
            assert trouble.sentence.endswith((".", "…"))


@pytest.mark.parametrize("link", [
    "https://open/x.kantlijn", "file:///etc/passwd", "javascript:alert(1)", "kantlijn:open/x.kantlijn",
    "kantlijn://delete/x.kantlijn", "kantlijn://open", "kantlijn://open/", "kantlijn://open/..",
    "kantlijn://open/../../etc/passwd", "kantlijn://open/%2e%2e%2fetc%2fpasswd", "kantlijn://open//etc/passwd",
    "kantlijn://open/%2Fhome%2Fme%2Fx.kantlijn", "kantlijn://open/C:%5Cx.kantlijn", "kantlijn://open/a/b.kantlijn",
    "kantlijn://open/x%00.kantlijn", "kantlijn://open/x.kantlijn?annotation=a%00b", "kantlijn://open/x\0.kantlijn",
    "kantlijn://open/%ff%fe.kantlijn", "kantlijn://open/x.kantlijn?annotation=" + "a" * 1_000_000,
    "kantlijn://open/" + "n" * 300, "kantlijn://open/x.kantlijn?annotation=" + "a" * 201,
    "kantlijn://open/x.kantlijn?document=a&version=-1", "kantlijn://open/x.kantlijn?document=a&version=9e9",
    "kantlijn://open/x.kantlijn?document=a&range=9:3", "kantlijn://open/x.kantlijn?document=a&range=1",
    "kantlijn://open/x.kantlijn?annotation=a&document=b", "kantlijn://open/x.kantlijn?page=3",
    "kantlijn://me@open/x.kantlijn", "kantlijn://open:80/x.kantlijn", "kantlijn://[open/x.kantlijn",
    "kantlijn://open/x.kantlijn?document=a&range=٣:٤", "kantlijn://open/%E2%80%AEnjiltnak.x",
])  # fmt: skip
def test_that_a_hostile_or_damaged_link_gets_one_short_sentence(link: str) -> None:
    with pytest.raises(Known) as raised:
        parse(link)
    assert len(raised.value.sentence) < 200 and "\n" not in raised.value.sentence


def test_that_a_name_without_its_ending_and_capitals_are_taken_as_meant() -> None:
    assert parse("KANTLIJN://OPEN/Mijn%20project").project == "Mijn project.kantlijn"
    assert is_link("KANTLIJN://open/x") and is_link("kantlijn:") and not is_link("rapport.pdf")


def test_that_links_lead_to_their_places(desk: Desk, version: str) -> None:
    id_ = annotated(desk, version)
    document = shelf(desk)[0].document.id
    link = parse(link_to_annotation(desk, id_))
    assert link == DeepLink(project="Toezicht.kantlijn", annotation=id_)
    assert spot_of(desk, link) == Spot(version=version, annotation=id_, range=(28, 63))
    place = parse(link_to_place(desk, version, (4, 9)))
    assert (place.document, place.version) == (document, 1)
    assert spot_of(desk, place) == Spot(version=version, range=(4, 9))
    assert spot_of(desk, DeepLink(project="x", document=document)) == Spot(version=version)
    assert spot_of(desk, DeepLink(project="x")) == Spot()


def test_that_pages_are_found_by_label_then_by_number(desk: Desk, tmp_path: Path) -> None:
    report = pymupdf.open()
    for _ in range(4):
        report.new_page().insert_text((72, 72), "Preventie")
    report.set_page_labels([{"startpage": 0, "style": "r"}, {"startpage": 2, "style": "D", "firstpagenum": 1}])
    report.save(tmp_path / "r.pdf")
    version = add_documents(desk, [tmp_path / "r.pdf"]).added[0].version
    pages = {label: spot_of(desk, parse(link_to_place(desk, version, page=label))).page
             for label in ("i", "ii", "1", "2", "4")}  # fmt: skip
    assert pages == {"i": 0, "ii": 1, "1": 2, "2": 3, "4": 3}
    with pytest.raises(NotFound, match="no page"):
        spot_of(desk, parse(link_to_place(desk, version, page="99")))


def test_that_what_is_not_there_is_said(desk: Desk, version: str) -> None:
    id_ = annotated(desk, version)
    document = shelf(desk)[0].document.id
    delete_annotations(desk, [id_])
    for link, said in (
        (DeepLink(project="x", annotation=id_), "passage"),
        (DeepLink(project="x", annotation="' OR 1=1"), "passage"),
        (DeepLink(project="x", document="weg"), "document"),
        (DeepLink(project="x", document=document, version=7), "version 7"),
        (DeepLink(project="x", document=document, range=(5, 999_999_999)), "outside"),
    ):  # fmt: skip
        with pytest.raises(NotFound, match=said):
            spot_of(desk, link)


def test_that_the_project_is_one_opened_before_and_never_a_path_of_the_link(
    desk: Desk, version: str, tmp_path: Path
) -> None:
    id_ = annotated(desk, version)
    link = DeepLink(project="toezicht.kantlijn", annotation=id_)
    gone = tmp_path / "weg" / "Toezicht.kantlijn"
    assert project_of(link, [str(gone), str(desk.path)]) == desk.path
    assert is_about(link, desk.path)
    for recent in ([], [str(gone)], [str(tmp_path / "ander.kantlijn")], ["Toezicht.kantlijn"]):
        with pytest.raises(NotFound, match="Open it first"):
            project_of(link, recent)


def test_that_of_two_projects_with_one_name_the_one_with_the_passage_opens(
    desk: Desk, version: str, tmp_path: Path
) -> None:
    other = tmp_path / "elders" / "Toezicht.kantlijn"
    other.parent.mkdir()
    new_desk(other, settings=Settings()).close()
    link = DeepLink(project="Toezicht.kantlijn", annotation=annotated(desk, version))
    assert project_of(link, [other, desk.path]) == desk.path
    nowhere = DeepLink(project="Toezicht.kantlijn", annotation="nergens")
    assert project_of(nowhere, [other, desk.path]) == other, "then the one opened last, which says so"
    shutil.rmtree(other.parent)


def test_that_a_project_that_was_renamed_is_found_by_what_it_holds(
    desk: Desk, version: str, tmp_path: Path
) -> None:
    id_ = annotated(desk, version)
    link = DeepLink(project="Eerder.kantlijn", annotation=id_)
    other = tmp_path / "Eerder.kantlijn"
    assert project_of(link, [desk.path]) == desk.path
    new_desk(other, settings=Settings()).close()
    assert project_of(link, [other, desk.path]) == desk.path, "and not another that has its name since"
    assert project_of(DeepLink(project="Eerder.kantlijn"), [other, desk.path]) == other
    with pytest.raises(NotFound, match="Open it first"):
        project_of(DeepLink(project="Weg.kantlijn"), [desk.path])


def test_that_a_project_without_a_name_has_no_links() -> None:
    desk = scratch_desk(settings=Settings())
    try:
        with pytest.raises(Known, match="save it first"):
            link_to_annotation(desk, "a")
    finally:
        desk.close()


def test_that_summaries_carry_the_same_links(desk: Desk, version: str) -> None:
    id_ = annotated(desk, version)
    summary = gather(desk, Wanted(by="document"))
    (entry,) = summary.groups[0].entries
    assert link_in_summary(summary, entry) == link_to_annotation(desk, id_)


def test_that_a_page_of_a_file_lying_beside_is_written_as_browsers_read_it() -> None:
    assert page_link("Rapport 2024.pdf", 11) == "Rapport%202024.pdf#page=12"
    assert page_of("Rapport 2024.pdf#page=12") == ("Rapport 2024.pdf", 11)
    assert page_of("Rapport.pdf#page=3&zoom=2") == ("Rapport.pdf", 2)
    assert page_of("Rapport #3.pdf") == ("Rapport #3.pdf", None)
    assert page_of("Rapport.pdf#page=0") == ("Rapport.pdf#page=0", None)
