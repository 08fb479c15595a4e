"""Relations, saved filters, and annotations merged, split, doubled, nudged and drawn otherwise."""

from __future__ import annotations

import pytest

from kantlijn.errors import BadRange, Known, NotFound
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases import read, undo
from kantlijn.usecases.marking import arrange_themes, shape, tag
from kantlijn.usecases.marking.relate import delete_relation, edit_relation, relate, relation_rows, turn_relation
from kantlijn.usecases.marking.saved_filters import delete_filter, rename_filter, save_filter, saved_filters

from .conftest import TEXT


def made(desk, version, words: str, *themes: str, note: str = "", id: str | None = None) -> str:
    start = TEXT.index(words)
    changes = tag.tag(desk, version, (start, start + len(words)), themes, note=note, id=id)
    return next(iter(changes.touched("annotation")))


@pytest.fixture
def two(desk, version):
    return made(desk, version, "wachttijd voor hulp", "victim-aid"), made(desk, version, "houdt toezicht")


def rows(desk, **chosen):
    return read.annotation_rows(desk, AnnotationFilter(**chosen))


def words_of(desk, annotation: str) -> str:
    (row,) = rows(desk, ids=(annotation,))
    return row.passage.anchor.quote


def test_that_a_relation_is_read_with_both_passages_and_counted(desk, two):
    recommendation, response = two
    relate(desk, response, recommendation, "responds-to", status="partly", note="ten dele")
    (row,) = relation_rows(desk)
    assert (row.source.passage.id, row.target.passage.id) == (response, recommendation)
    assert (row.relation.type, row.relation.status, row.relation.note) == ("responds-to", "partly", "ten dele")
    assert [row.relations for row in rows(desk)] == [1, 1]
    assert relation_rows(desk, [recommendation]) == (row,)


def test_that_relations_change_turn_and_go_and_come_back(desk, two):
    relate(desk, *two)
    (row,) = relation_rows(desk)
    edit_relation(desk, row.relation.id, status="adopted", type="supports")
    turn_relation(desk, row.relation.id)
    (after,) = relation_rows(desk)
    assert (after.relation.type, after.relation.status, after.relation.source) == ("supports", "adopted", two[1])
    delete_relation(desk, row.relation.id)
    assert relation_rows(desk) == ()
    undo.undo(desk)
    assert relation_rows(desk) == (after,)


def test_that_impossible_relations_are_refused_in_a_sentence(desk, two):
    with pytest.raises(Known, match="itself"):
        relate(desk, two[0], two[0])
    with pytest.raises(NotFound):
        relate(desk, two[0], "nobody")
    with pytest.raises(Known, match="no kind of relation"):
        relate(desk, *two, "likes")
    relate(desk, *two)
    with pytest.raises(Known, match="already"):
        relate(desk, *two)
    relate(desk, two[1], two[0])


def test_that_deleting_an_annotation_takes_its_relations_and_undo_brings_both_back(desk, two):
    relate(desk, *two)
    before = relation_rows(desk)
    tag.delete_annotations(desk, [two[0]])
    assert relation_rows(desk) == ()
    undo.undo(desk)
    assert relation_rows(desk) == before


def test_that_annotations_are_found_by_relation_and_status(desk, version, two):
    third = made(desk, version, "Meldpunten")
    relate(desk, *two, "contradicts", status="open")
    assert {row.passage.id for row in rows(desk, has_relation=True)} == set(two)
    assert [row.passage.id for row in rows(desk, has_relation=False)] == [third]
    assert {row.passage.id for row in rows(desk, relations=("contradicts",))} == set(two)
    assert rows(desk, relations=("supports",)) == ()
    assert rows(desk, statuses=("adopted",)) == ()
    assert len(rows(desk, states=("original",))) == 3


def test_that_merging_makes_one_of_all_with_their_themes_notes_and_relations(desk, version, two):
    third = made(desk, version, "Meldpunten zien", "detection", note="meldingen")
    relate(desk, two[1], third)
    shape.merge_annotations(desk, [third, two[0]])
    (first, _) = rows(desk)
    assert first.passage.anchor.quote == TEXT[TEXT.index("wachttijd") : TEXT.index("zien") + 4]
    assert first.passage.annotation.themes == ("victim-aid", "detection")
    assert first.passage.annotation.note == "meldingen"
    assert relation_rows(desk)[0].target.passage.id == two[0]
    undo.undo(desk)
    assert len(rows(desk)) == 3


def test_that_splitting_parts_the_words_and_keeps_the_themes(desk, version, two):
    annotation = made(desk, version, "zien meer signalen", "detection", note="let op")
    shape.split_annotation(desk, annotation, TEXT.index("meer"))
    parts = [row.passage for row in rows(desk, any_themes=("detection",))]
    assert [part.anchor.quote for part in parts] == ["zien", "meer signalen"]
    assert [part.annotation.note for part in parts] == ["let op", ""]
    with pytest.raises(BadRange):
        shape.split_annotation(desk, annotation, TEXT.index("zien"))


def test_that_ends_are_nudged_by_words_and_never_away(desk, two):
    annotation, _ = two
    shape.nudge(desk, annotation, end=1)
    assert words_of(desk, annotation) == "wachttijd voor hulp liep"
    shape.nudge(desk, annotation, start=-1)
    assert words_of(desk, annotation) == "De wachttijd voor hulp liep"
    shape.nudge(desk, annotation, start=2, end=-2)
    assert words_of(desk, annotation) == "voor"
    with pytest.raises(BadRange):
        shape.nudge(desk, annotation, start=1)
    shape.nudge(desk, annotation, start=-99, end=99)
    assert words_of(desk, annotation) == TEXT.rstrip().rstrip(".")


def test_that_a_word_broken_over_a_line_is_one_step(desk, version):
    annotation = made(desk, version, "liep op tot")
    shape.nudge(desk, annotation, end=1)
    assert words_of(desk, annotation) == "liep op tot veer-\ntien"
    shape.nudge(desk, annotation, end=-1)
    assert words_of(desk, annotation) == "liep op tot"


def test_that_a_twin_has_themes_but_no_note_and_style_is_kept(desk, version):
    annotation = made(desk, version, "Meldpunten", "detection", note="n")
    shape.set_style(desk, [annotation], "underline")
    shape.duplicate_annotation(desk, annotation)
    first, second = (row.passage for row in rows(desk))
    assert first.anchor.range == second.anchor.range
    assert {first.annotation.note, second.annotation.note} == {"n", ""}
    assert first.annotation.style == second.annotation.style == "underline"


def test_that_many_are_retagged_in_one_step(desk, two):
    tag.retag(desk, two, add=["prevention"], remove=["victim-aid"])
    assert [row.passage.annotation.themes for row in rows(desk)] == [("prevention",), ("prevention",)]
    undo.undo(desk)
    assert [row.passage.annotation.themes for row in rows(desk)] == [("victim-aid",), ()]


def test_that_merged_themes_leave_no_passage_behind(desk, version, two):
    arrange_themes.add_theme(desk, "Loket", parent="victim-aid")
    tag.retag(desk, [two[1]], add=["victim-aid", "prevention"])
    arrange_themes.merge_themes(desk, "victim-aid", "prevention")
    assert [row.passage.annotation.themes for row in rows(desk)] == [("prevention",), ("prevention",)]
    names = {row.theme.name: row.theme.parent for row in read.themes(desk)}
    assert names["Loket"] == "prevention"
    assert "Victim aid" not in names
    with pytest.raises(Known, match="itself"):
        arrange_themes.merge_themes(desk, "prevention", next(r.theme.id for r in read.themes(desk) if r.depth))
    undo.undo(desk)
    assert {row.theme.id for row in read.themes(desk)} >= {"victim-aid", "prevention"}


def test_that_a_saved_filter_is_what_it_was_when_saved(desk):
    chosen = AnnotationFilter(any_themes=("prevention",), text="hulp", has_note=True)
    save_filter(desk, "Mijn selectie", chosen)
    (row,) = saved_filters(desk)
    assert (row.name, row.chosen) == ("Mijn selectie", chosen)
    save_filter(desk, "mijn selectie", AnnotationFilter())
    assert len(saved_filters(desk)) == 1
    save_filter(desk, "Andere", chosen)
    with pytest.raises(Known, match="already"):
        rename_filter(desk, row.id, "andere")
    delete_filter(desk, row.id)
    assert [row.name for row in saved_filters(desk)] == ["Andere"]
    undo.undo(desk)
    assert len(saved_filters(desk)) == 2
