"""A list whose annotations are at hand filters them as the store would: the same rows in the same order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kantlijn.model.annotation import Annotation
from kantlijn.model.changes import Change
from kantlijn.model.filters import AnnotationFilter
from kantlijn.settings import Settings
from kantlijn.store import passages as stored
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.marking import tag
from kantlijn.usecases.shelf.add_documents import add_documents


@pytest.fixture(scope="module")
def full(tmp_path_factory, request):
    """Three texts with forty annotations by two authors, some without themes, some with notes of spaces."""
    folder = tmp_path_factory.mktemp("sifting")
    desk = new_desk(folder / "p.kantlijn", settings=Settings())
    ids = [row.theme.id for row in read.themes(desk)]
    for number in range(3):
        file = folder / f"report{number}.txt"
        file.write_text(f"Report {number}. " + "Oversight of victim aid and of prevention. " * 20, "utf-8")
        version = add_documents(desk, [file]).added[0].version
        for place in range(14):
            themes = [ids[(place + step) % 5] for step in range(place % 3)]
            note = ("", "  ", "Look at chapter 3", "\t")[place % 4]
            spot = (place * 20, place * 20 + 15)
            tag.tag(desk, version, spot, themes or [ids[0]], note=note, id=f"a{number}-{place}")
    plain = stored.annotations_with(desk.project, [f"a{n}-{p}" for n in range(3) for p in range(0, 14, 3)])
    desk.write("Plain", [Change(one, replace(one, themes=(), author="bas")) for one in plain])
    yield desk
    desk.close()


def filters(desk) -> st.SearchStrategy[AnnotationFilter]:
    ids = [row.theme.id for row in read.themes(desk)]
    documents = [row.document.id for row in read.shelf(desk)]
    some = lambda values: st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)  # noqa: E731
    return st.builds(
        AnnotationFilter, documents=some(documents), authors=some([*read.authors(desk), "nobody"]),
        any_themes=some(ids), no_themes=some(ids), all_themes=some(ids),
        has_note=st.sampled_from((None, True, False)), untagged=st.sampled_from((None, True, False)),
        text=st.sampled_from(("", "victim", "chapter", "nothing of the kind")),
    )  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_that_every_filter_gives_the_same_from_memory_and_from_the_store(full, data):
    chosen = data.draw(filters(full))
    full.project.kept.originals = None
    from_store = read.annotation_rows(full, chosen)
    read.annotation_rows(full)
    assert stored.all_at_hand(full.project)
    assert read.annotation_rows(full, chosen) == from_store


def test_that_a_list_at_hand_never_shows_what_was(desk, version):
    tag.tag(desk, version, (10, 16), ["prevention"], id="later")
    tag.tag(desk, version, (0, 9), ["detection"], id="first")
    wanted = AnnotationFilter(any_themes=("prevention",))
    read.annotation_rows(desk)
    assert [row.passage.id for row in read.annotation_rows(desk, wanted)] == ["later"]
    tag.tag(desk, version, (20, 26), ["prevention"], id="new")
    assert [row.passage.id for row in read.annotation_rows(desk, wanted)] == ["later", "new"]
    read.annotation_rows(desk)
    undo.undo(desk)
    assert [row.passage.id for row in read.annotation_rows(desk, wanted)] == ["later"]
    (one,) = (row for row in read.annotation_rows(desk) if row.passage.id == "later")
    assert isinstance(one.passage.annotation, Annotation)
    desk.write("Retag", [Change(one.passage.annotation, replace(one.passage.annotation, themes=("detection",)))])
    assert read.annotation_rows(desk, wanted) == ()
    assert [row.passage.id for row in read.annotation_rows(desk)] == ["first", "later"]


def test_that_a_great_many_are_read_in_parts_and_then_all_at_hand(desk, version, monkeypatch):
    monkeypatch.setattr(read, "PART", 3)
    for place in range(8):
        tag.tag(desk, version, (place, place + 4), ["prevention"], id=f"a{place}")
    desk.project.kept.forget_all()
    left = read.prepare_rows(desk)
    sizes = [len(left)]
    while left:
        left = read.prepare_rows(desk, left)
        sizes.append(len(left))
    assert sizes == [8, 5, 2, 0]
    assert read.prepare_rows(desk) == ()
    assert len(read.annotation_rows(desk)) == 8


@pytest.mark.parametrize("seed", range(12))
def test_that_what_is_kept_of_all_annotations_is_what_the_file_says_after_any_change(full, seed):
    chance = random.Random(seed)
    versions = [row.versions[-1].id for row in read.shelf(full)]
    read.annotation_rows(full)
    steps = 0  # that can be undone: the texts stay
    for _ in range(12):
        what = chance.choice(("tag", "tag", "delete", "undo", "redo"))
        if what == "tag":
            start = chance.randrange(400)
            theme = read.themes(full)[0].theme.id
            tag.tag(full, chance.choice(versions), (start, start + chance.randrange(1, 60)), [theme])
            steps += 1
        elif what == "delete":
            rows = read.annotation_rows(full)
            tag.delete_annotations(full, [row.passage.id for row in chance.sample(rows, 2)])
            steps += 1
        elif what == "undo" and steps:
            undo.undo(full)
            steps -= 1
        elif what == "redo":
            steps += undo.redo(full) is not None
        if chance.random() < 0.6:
            kept = read.annotation_rows(full)
            full.project.kept.forget_all()
            assert kept == read.annotation_rows(full)
