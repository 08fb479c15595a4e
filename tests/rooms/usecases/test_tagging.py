"""Tagging as a reader meets it: one key on, the same key off, and back again with undo."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from kantlijn.errors import BadRange, Known, NotFound
from kantlijn.model.filters import AnnotationFilter
from kantlijn.usecases import find, read, undo
from kantlijn.usecases.desk import open_desk
from kantlijn.usecases.marking import arrange_themes, notes, tag
from kantlijn.usecases.shelf import edit_documents
from kantlijn.usecases.shelf.add_documents import add_documents

from .conftest import TEXT


def _theme(desk, name):
    return find.find_theme(desk, name).id


def test_that_a_tagged_passage_keeps_its_words_its_context_and_its_author(desk, version):
    changes = tag.tag(desk, version, (28, 63), [_theme(desk, "prevention")], note="Zie **2023**")
    (passage,) = read.passages(desk, version)
    assert passage.anchor.quote == TEXT[28:63]
    assert passage.anchor.prefix == TEXT[:28]
    assert passage.anchor.suffix == TEXT[63:127]
    assert passage.annotation.note == "Zie **2023**"
    assert passage.annotation.author == desk.author
    assert passage.annotation.id in changes.touched("annotation")
    assert changes.title == "Tag “De wachttijd voor hulp liep op tot” with Prevention"


def test_that_ranges_count_code_points_beyond_the_basic_plane(desk, version):
    place = TEXT.index("😀")
    tag.tag(desk, version, (place, place + 1), [])
    assert read.passages(desk, version)[0].anchor.quote == "😀"


@pytest.mark.parametrize("wrong", [(0, 0), (9, 3), (-1, 4), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 5)])
def test_that_a_range_outside_the_text_is_refused_and_changes_nothing(desk, version, wrong):
    with pytest.raises(BadRange, match="not inside the text"):
        tag.tag(desk, version, wrong, [_theme(desk, "prevention")])
    assert read.passages(desk, version) == ()
    assert read.next_undo(desk) == "Add “brief”"


def test_that_an_unknown_theme_is_refused_with_those_there_are(desk):
    with pytest.raises(NotFound, match=r"There is no theme “Onderwijs”.*Prevention"):
        find.find_theme(desk, "Onderwijs")


@pytest.mark.parametrize("name", ["prevention", "Preventie", "1", "PREVENTION "])
def test_that_a_theme_is_found_by_either_name_and_by_its_key(desk, name):
    assert find.find_theme(desk, name).name == "Prevention"


def test_that_a_subtheme_is_found_by_its_path_in_either_language(desk):
    arrange_themes.add_theme(desk, "Schools", parent=_theme(desk, "prevention"))
    assert find.find_theme(desk, "Prevention/Schools") == find.find_theme(desk, "preventie/schools")


def test_that_several_threads_may_tag_at_the_same_time(desk, version):
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: tag.tag(desk, version, (n, n + 2), [], id=f"a{n}"), range(60)))
    assert {passage.id for passage in read.passages(desk, version)} == {f"a{n}" for n in range(60)}
    for _ in range(60):
        undo.undo(desk)
    assert read.passages(desk, version) == ()
    assert read.next_undo(desk) == "Add “brief”"


def test_that_many_are_tagged_at_once_and_the_bad_ones_are_reported(desk, version):
    prevention = _theme(desk, "prevention")
    wanted = [
        tag.Wanted(id="p1", range=(0, 10), themes=(prevention,)),
        tag.Wanted(id="p1", range=(0, 12)),
        tag.Wanted(id="p2", range=(12, 3)),
        tag.Wanted(id="p3", range=(0, 4), themes=("geen",)),
        tag.Wanted(id="p4", range=(4, 9)),
    ]
    tagged = tag.tag_many(desk, version, wanted)
    assert [passage.id for passage in tagged.passages] == ["p1", "p4"]
    assert [one for one, _ in tagged.failed] == ["p1", "p2", "p3"]
    undo.undo(desk)
    assert read.passages(desk, version) == ()
    with pytest.raises(Known, match="already"):
        undo.redo(desk)
        tag.tag(desk, version, (0, 3), [], id="p1")


def test_that_a_theme_goes_on_when_one_lacks_it_and_off_when_all_have_it(desk, version):
    prevention, aid = _theme(desk, "prevention"), _theme(desk, "victim aid")
    first = next(iter(tag.tag(desk, version, (0, 9), [prevention]).touched("annotation")))
    second = next(iter(tag.tag(desk, version, (10, 20), [aid]).touched("annotation")))
    tag.toggle_theme(desk, [first, second], aid)
    assert [p.annotation.themes for p in read.passages(desk, version)] == [(prevention, aid), (aid,)]
    tag.toggle_theme(desk, [first, second], aid)
    assert [p.annotation.themes for p in read.passages(desk, version)] == [(prevention,), ()]


def test_that_a_quote_is_found_over_a_broken_word(desk, version):
    start, end = tag.locate_quote(desk, version, "liep op tot veertien weken")
    assert TEXT[start:end] == "liep op tot veer-\ntien weken"
    with pytest.raises(NotFound, match="does not stand in"):
        tag.locate_quote(desk, version, "dit staat er niet")
    with pytest.raises(NotFound, match="only once"):
        tag.locate_quote(desk, version, "toezicht", 2)


def test_that_a_deleted_annotation_comes_back_whole(desk, version):
    tag.tag(desk, version, (0, 9), [_theme(desk, "1"), _theme(desk, "2")], note="noot")
    before = read.passages(desk, version)
    tag.delete_annotations(desk, [before[0].id])
    assert read.passages(desk, version) == ()
    undo.undo(desk)
    assert read.passages(desk, version) == before


def test_that_typing_in_a_note_is_one_step(desk, version):
    tag.tag(desk, version, (0, 9), [])
    (passage,) = read.passages(desk, version)
    for typed in ("M", "Mo", "Mooi", "Mooi zo"):
        notes.write_note(desk, passage.id, typed)
    assert read.passages(desk, version)[0].annotation.note == "Mooi zo"
    undo.undo(desk)
    assert read.passages(desk, version)[0].annotation.note == ""
    undo.redo(desk)
    assert read.passages(desk, version)[0].annotation.note == "Mooi zo"


def test_that_undo_reaches_back_over_a_restart_and_a_new_step_ends_redo(desk, version):
    tag.tag(desk, version, (0, 9), [_theme(desk, "1")])
    path = desk.path
    desk.close()
    again = open_desk(path, settings=desk.settings)
    try:
        assert undo.undo(again).title.startswith("Tag “Preventie”")
        assert read.next_redo(again).startswith("Tag “Preventie”")
        tag.tag(again, version, (10, 15), [])
        assert read.next_redo(again) is None
        assert undo.redo(again) is None
    finally:
        again.close()


def test_that_a_deleted_theme_leaves_its_annotations_and_returns_to_them(desk, version):
    prevention = _theme(desk, "prevention")
    child = arrange_themes.add_theme(desk, "Schools", parent=prevention).steps[-1].id
    tag.tag(desk, version, (0, 9), [prevention, child])
    before = read.passages(desk, version), read.themes(desk)
    arrange_themes.delete_theme(desk, prevention)
    assert read.passages(desk, version)[0].annotation.themes == (child,)
    assert {row.theme.name: row.depth for row in read.themes(desk)}["Schools"] == 0
    undo.undo(desk)
    assert (read.passages(desk, version), read.themes(desk)) == before


def test_that_a_key_belongs_to_one_theme_only(desk):
    aid = _theme(desk, "victim aid")
    arrange_themes.edit_theme(desk, aid, key="1")
    keys = {row.theme.name: row.theme.key for row in read.themes(desk)}
    assert (keys["Victim aid"], keys["Prevention"]) == ("1", "")


def test_that_themes_that_begin_alike_get_letters_of_their_own(desk):
    for name in ("Politie", "Preventie op school", "Pp", "Wonen"):
        arrange_themes.add_theme(desk, name)
    letters = {row.theme.name: row.theme.letter for row in read.themes(desk)}
    assert [letters[name] for name in ("Politie", "Preventie op school", "Pp", "Wonen")] == ["O", "S", "P", "W"]


def test_that_a_theme_cannot_be_put_inside_itself(desk):
    prevention = _theme(desk, "prevention")
    child = arrange_themes.add_theme(desk, "Schools", parent=prevention).steps[-1].id
    with pytest.raises(Known, match="inside itself"):
        arrange_themes.move_theme(desk, prevention, parent=child, position=0)


def test_that_the_list_is_filtered_by_text_theme_and_note(desk, version):
    prevention = _theme(desk, "prevention")
    child = arrange_themes.add_theme(desk, "Schools", parent=prevention).steps[-1].id
    tag.tag(desk, version, (0, 27), [child])
    tag.tag(desk, version, (28, 80), [_theme(desk, "victim aid")], note="vergelijk 2023")
    tag.tag(desk, version, (82, 100), [], style="underline")

    def quotes(**chosen):
        return [row.readable[:9] for row in read.annotation_rows(desk, AnnotationFilter(**chosen))]

    assert quotes(text="VEERTIEN") == ["De wachtt"]
    assert quotes(kinds=("highlight",)) == quotes(untagged=False)
    assert len(quotes(kinds=("underline", "strike"))) == 1
    assert quotes(kinds=("area",)) == []
    assert quotes(text="hulp aan slachtoffers") == ["De wachtt"]
    assert quotes(any_themes=(prevention,)) == ["Preventie"]
    assert quotes(has_note=True) == ["De wachtt"]
    assert quotes(untagged=True) == [TEXT[82:91]]
    assert len(quotes(no_themes=(prevention,))) == 2


def test_that_a_removed_document_comes_back_with_its_text_and_annotations(desk, version, text_file):
    tag.tag(desk, version, (0, 9), [_theme(desk, "1")])
    before = read.shelf(desk), read.passages(desk, version)
    edit_documents.remove_document(desk, before[0][0].document.id)
    assert read.shelf(desk) == ()
    undo.undo(desk)
    assert (read.shelf(desk), read.passages(desk, version)) == before
    assert read.content(desk, version).text == TEXT


def test_that_an_import_can_be_undone_and_the_same_file_added_anew(desk, version, text_file):
    undo.undo(desk)
    assert read.shelf(desk) == ()
    added = add_documents(desk, [text_file])
    assert len(added.added) == 1
    assert read.content(desk, added.added[0].version).text == TEXT
