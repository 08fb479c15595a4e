"""The sample project is made whole, quickly, from what is shipped."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kantlijn.documents.client import Engine
from kantlijn.errors import Known, NotAProject
from kantlijn.model.recipe import Wanted
from kantlijn.settings import Settings
from kantlijn.text.fold import squeeze
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, open_desk
from kantlijn.usecases.keeping import demo
from kantlijn.usecases.summaries.write_summary import counted, gather


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Iterator[Desk]:
    desk = demo.make_demo(tmp_path_factory.mktemp("demo") / "sample.kantlijn", settings=Settings(), engine=engine)
    yield desk
    desk.close()


def test_that_every_sample_annotation_stands_on_the_words_it_quotes(desk: Desk, samples: Path) -> None:
    wanted = json.loads((samples / "annotations.json").read_text("utf-8"))["annotations"]
    rows = read.annotation_rows(desk)
    made = {(row.version.file, squeeze(row.readable).text): row.passage.annotation for row in rows}
    assert len(rows) == len(wanted) >= 40
    names = {row.theme.id: row.theme.name for row in read.themes(desk)}
    for one in wanted:
        annotation = made[one["file"], squeeze(one["quote"]).text]
        assert annotation.note == one["note"]
        assert [names[theme] for theme in annotation.themes] == [name.split("/")[-1] for name in one["themes"]]


def test_that_the_report_has_two_versions_and_every_document_its_details(desk: Desk) -> None:
    report, letter, release = read.shelf(desk)
    assert [version.file for version in report.versions] == ["toezicht-2023.pdf", "toezicht-2024.pdf"]
    assert report.document.identifier == "RDL 2024-07"
    assert report.document.date == "2024-09-26"
    assert letter.document.kind == "letter"
    assert release.versions[0].mime == "text/plain"


def test_that_schools_is_a_theme_under_prevention(desk: Desk) -> None:
    rows = {row.theme.name: row for row in read.themes(desk)}
    assert rows["Schools"].depth == 1
    assert rows["Schools"].theme.parent == rows["Prevention"].theme.id
    assert len(rows) == 6


def test_that_recommendations_have_responses_of_every_status(desk: Desk) -> None:
    register = gather(desk, Wanted(by="register")).register
    assert {row.status for row in register} == {"adopted", "partly", "rejected", "open"}
    assert {row.addressee for row in register} == {"Ministerie van Jeugd en Digitale Zaken"}
    assert {row.target.source.file for row in register} == {"toezicht-2024.pdf"}
    ends = {end.annotation for row in register for end in (row.origin, row.target)}
    assert counted(desk, Wanted(by="register")) == {"annotations": len(ends), "relations": len(register)}
    assert len(ends) < counted(desk, Wanted())["annotations"]


def test_that_the_history_names_every_step_and_undo_begins_with_relating(desk: Desk) -> None:
    titles = [row.title for row in read.history(desk)]
    assert all(titles)
    assert titles[0].startswith("Relate ")
    assert titles[1].startswith("Tag ")
    assert "Add the theme Schools" in titles
    assert len(titles) < 15


def test_that_the_sample_project_opens_again_as_it_was_made(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "again.kantlijn"
    made = demo.make_demo(path, settings=Settings(), engine=engine)
    before = read.annotation_rows(made)
    made.close()
    again = open_desk(path, settings=Settings(), engine=engine)
    assert read.annotation_rows(again) == before
    again.close()


def test_that_it_is_never_made_over_something(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "mine.kantlijn"
    path.write_text("mine", "utf-8")
    with pytest.raises(NotAProject):
        demo.make_demo(path, settings=Settings(), engine=engine)
    assert path.read_text("utf-8") == "mine"


def test_that_words_that_cannot_be_placed_are_named_and_leave_no_project(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = {
        "documents": [{"files": ["persbericht.txt"], "title": "Press release"}],
        "annotations": [{"file": "persbericht.txt", "quote": "words nobody wrote", "themes": ["Detection"]}],
    }
    monkeypatch.setattr(demo.paths, "resource", lambda *parts: json.dumps(sample).encode())
    with pytest.raises(Known, match="words nobody wrote"):
        demo.make_demo(tmp_path / "broken.kantlijn", settings=Settings(), engine=engine)
    assert list(tmp_path.iterdir()) == []
