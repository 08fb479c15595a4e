"""Themes leave and come in as a file of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kantlijn.errors import BadFile, Known
from kantlijn.settings import Settings
from kantlijn.usecases import read, undo
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.codebook import export_codebook, import_codebook
from kantlijn.usecases.marking.arrange_themes import add_theme, edit_theme


def names(desk: Desk) -> list[tuple[int, str]]:
    return [(row.depth, row.theme.name) for row in read.themes(desk)]


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "themas.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_that_themes_come_back_in_another_project(desk: Desk, tmp_path: Path) -> None:
    (above,) = add_theme(desk, "Wonen", colour="#123456", letter="W", key="7").touched("theme")
    (below,) = add_theme(desk, "=SOM(1)", parent=above).touched("theme")
    edit_theme(desk, below, name_nl="Scholen", definition="-1\nen meer", search_words=("school", "wijk"))
    path = export_codebook(desk, tmp_path / "themas.csv")
    other = new_desk(tmp_path / "Ander.kantlijn", settings=Settings())
    try:
        done = import_codebook(other, path)
        assert (done.made, done.filled, done.differing, done.same) == (("Wonen", "=SOM(1)"), (), (), 5)
        assert [row.theme for row in read.themes(other)] == [row.theme for row in read.themes(desk)]
        assert import_codebook(other, path).changes.steps == ()
        undo.undo(other)
        assert len(read.themes(other)) == 5
    finally:
        other.close()


def test_that_taguettes_codebook_fills_what_is_empty_and_changes_nothing_else(desk: Desk, tmp_path: Path) -> None:
    add_theme(desk, "Wonen")
    text = "tag,description,number of highlights\nwonen,Waar mensen wonen,3\nPreventie,Iets anders,1\nNieuw,,0\n"
    done = import_codebook(desk, written(tmp_path, text))
    assert (done.made, done.filled, done.differing) == (("Nieuw",), ("Wonen",), ("Prevention",))
    themes = {row.theme.name: row.theme for row in read.themes(desk)}
    assert themes["Wonen"].definition == "Waar mensen wonen"
    assert themes["Prevention"].definition.startswith("What is done")
    undo.undo(desk)
    assert {row.theme.name: row.theme for row in read.themes(desk)}["Wonen"].definition == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_that_a_list_of_names_becomes_a_tree_in_any_encoding(desk: Desk, tmp_path: Path, encoding: str) -> None:
    done = import_codebook(desk, written(tmp_path, "Coördinatie\nPreventie / Scholen\nPreventie\n", encoding))
    assert done.made == ("Coördinatie", "Scholen")
    assert names(desk)[:2] == [(0, "Prevention"), (1, "Scholen")]


def test_that_a_key_that_is_taken_stays_where_it_is(desk: Desk, tmp_path: Path) -> None:
    import_codebook(desk, written(tmp_path, "name,key,colour,letter\nWonen,1,paars,zz\nZorg,9,,\nWerk,9,,\n"))
    themes = {row.theme.name: row.theme for row in read.themes(desk)}
    assert [themes[name].key for name in ("Prevention", "Wonen", "Zorg", "Werk")] == ["1", "", "9", ""]
    assert (themes["Wonen"].letter, themes["Wonen"].colour[0]) == ("W", "#")


@pytest.mark.parametrize("text", ["", "name,definition\n", "a\0b", "\n\n"])
def test_that_a_file_without_themes_is_refused_by_name(desk: Desk, tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile, match=r"themas\.csv"):
        import_codebook(desk, written(tmp_path, text))
    with pytest.raises(BadFile, match=r"weg\.csv"):
        import_codebook(desk, tmp_path / "weg.csv")


def test_that_a_codebook_never_lands_on_a_project(desk: Desk) -> None:
    with pytest.raises(Known, match="Toezicht"):
        export_codebook(desk, desk.path)


def test_that_a_name_that_comes_twice_with_other_words_is_told_of(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name,description\nZorg,eerst\nzorg,later\n", "utf-8")
    told = import_codebook(desk, tmp_path / "t.csv")
    assert (told.made, told.differing) == (("Zorg",), ("zorg",))
