"""A reader pane: opening, header, text mode, annotations, places, trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QPointF, Qt, QTimer
from pytestqt.qtbot import QtBot

from kantlijn.errors import BadFile, Known, NotFound
from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Content, Document, Version
from kantlijn.model.theme import Theme
from kantlijn.settings import Settings
from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.text_view import TextView
from kantlijn.ui.reader import pane as pane_module
from kantlijn.ui.reader.opened import Opened, Tagged
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.usecases.desk import Sheets
from panes.page.stand_ins import A4, SOURCE, Draws, Hand, document

PAGES = document([[f"Regel {i} van bladzijde {page}, met woorden" for i in range(50)] for page in range(8)])
TEXT = Content(extractor="plain/1", mime="text/plain", text="Een persbericht.\n\n" + "Nog een alinea.\n\n" * 200)
THEMES = {"p": Theme(id="p", name="Prevention", name_nl="Preventie", colour="#1d63c4", letter="P"),
          "d": Theme(id="d", name="Detection", name_nl="Signalering", colour="#2e7d32", letter="D")}  # fmt: skip


def passage(name: str, start: int, end: int, *themes: str, note: str = "") -> Passage:
    return Passage(
        annotation=Annotation(id=name, document="doc", themes=themes or ("p",), note=note),
        anchor=Anchor(
            id=f"x{name}", annotation=name, version="pdf", range=(start, end), quote="q", prefix="", suffix=""
        ),
    )


class Jobs(Draws):
    """Reads from these records, one turn of the event loop later, as the desk thread does."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = SimpleNamespace(settings=Settings())
        self.contents = {"pdf": PAGES, "txt": TEXT, "pdf2": PAGES}
        self.passages = {p.id: p for p in (passage("a", 20, 60), passage("b", 50, 90, "d", "p", note="Check"))}
        self.title = "Toezicht"
        self.held: list[Callable[[], None]] | None = None
        self.no_pdf = self.read_only = False

    def do(self, verb: Any, *args: Any, then: Any = None, failed: Any = None, tell: bool = True) -> None:
        def work() -> None:
            try:
                result = verb(self, *args)
            except Known as error:
                failed(error)
            else:
                then(result)

        if self.held is not None:
            self.held.append(work)
        else:
            QTimer.singleShot(0, work)

    def sheets(self, request: Any, priority: int, done: Any, failed: Any = None) -> object:
        answer = (
            (lambda: failed(BadFile("“x.pdf” is damaged.")))
            if self.no_pdf
            else (lambda: done(Sheets(sizes=(A4,) * 8, labels=("i", *"2345678"), outline=(), details={})))
        )
        QTimer.singleShot(0, answer)
        return object()


def read_version(jobs: Jobs, version: str) -> Opened:
    if version not in jobs.contents:
        raise NotFound("This version is no longer in the project.")
    content = jobs.contents[version]
    return Opened(
        document=Document(id="doc", title=jobs.title, date="2024-05"),
        version=Version(id=version, document="doc", number=2, file="x.pdf", sha256="", extractor="", mime="",
                        size=1, pages=len(content.pages), characters=len(content.text), added=""),
        versions=2, content=content, source=SOURCE if content.pages else None,
    )  # fmt: skip


def read_tagged(jobs: Jobs, version: str, ids: Any = None) -> Tagged:
    found = tuple(p for p in jobs.passages.values() if ids is None or p.id in ids)
    return Tagged(passages=found if version == "pdf" else (), themes=THEMES)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    monkeypatch.setattr(pane_module, "read_version", read_version)
    monkeypatch.setattr(pane_module, "read_tagged", read_tagged)
    return Jobs()


@pytest.fixture
def pane(qtbot: QtBot, jobs: Jobs) -> ReaderPane:
    made = ReaderPane(jobs)
    qtbot.addWidget(made)
    made.resize(760, 700)
    made.show()
    return made


def opened(qtbot: QtBot, pane: ReaderPane, version: str = "pdf") -> ReaderPane:
    pane.show_version(version)
    qtbot.waitUntil(lambda: pane.view is not None and pane.content is not None)
    qtbot.waitUntil(lambda: pane.header.title != "")
    return pane


def changes(*steps: Change) -> Changes:
    return Changes(id="c", at="", author="", title="", steps=steps)


def test_that_an_empty_pane_says_what_to_do(qtbot: QtBot, pane: ReaderPane) -> None:
    assert pane.empty.isVisible()
    with qtbot.waitSignal(pane.wanted):
        qtbot.mouseClick(pane.empty.button, Qt.MouseButton.LeftButton)


def test_that_a_version_shows_its_pages_title_and_place(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    assert isinstance(pane.view, PageView)
    assert pane.header.title == "Toezicht"
    assert pane.header.details == "2024 · version 2 · p. 1 of 8"
    pane.reveal((PAGES.text.index("Regel 9 van bladzijde 4"),) * 2)
    qtbot.waitUntil(lambda: "p. 5 of 8" in pane.header.details)
    assert pane.document_id == "doc"


def test_that_a_text_has_no_pages_and_no_switch(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane, "txt")
    assert isinstance(pane.view, TextView)
    assert not pane.header.text_mode.isVisible()
    assert "p." not in pane.header.details


def test_that_a_version_that_is_gone_is_said_in_place(qtbot: QtBot, pane: ReaderPane) -> None:
    pane.show_version("gone")
    qtbot.waitUntil(lambda: pane.trouble.isVisible())
    assert pane.trouble.sentence.text() == "This version is no longer in the project."


def test_that_the_later_of_two_requests_wins(qtbot: QtBot, jobs: Jobs, pane: ReaderPane) -> None:
    jobs.held = []
    pane.show_version("pdf")
    pane.show_version("txt")
    for work in reversed(jobs.held):
        work()
    assert isinstance(pane.view, TextView)
    assert pane.version_id == "txt"


def test_that_a_pane_closed_while_it_loads_is_not_missed(qtbot: QtBot, jobs: Jobs) -> None:
    jobs.held = []
    pane = ReaderPane(jobs)
    pane.show_version("pdf")
    shiboken6.delete(pane)
    for work in jobs.held:
        work()  # an error here would be shown to the reader


def test_that_a_file_shows_before_it_is_imported_and_keeps_its_place(
    qtbot: QtBot, jobs: Jobs, pane: ReaderPane
) -> None:
    pane.show_file(Path("/nowhere/report.pdf"))
    qtbot.waitUntil(lambda: pane.view is not None)
    assert pane.header.title == "report.pdf"
    qtbot.waitUntil(lambda: "p. i of 8" in pane.header.details)
    assert pane.view is not None
    pane.view.verticalScrollBar().setValue(1500)
    pane.show_version("pdf")
    qtbot.waitUntil(lambda: pane.content is not None)
    assert pane.view.verticalScrollBar().value() == 1500
    pane.view.select((20, 40))
    assert pane.view.selection() == (20, 40)
    assert {m.id for m in pane.view.marks.all} == {"a", "b"}


def test_that_a_file_that_is_no_pdf_inside_is_said_in_place(qtbot: QtBot, jobs: Jobs, pane: ReaderPane) -> None:
    jobs.no_pdf = True
    pane.show_file(Path("/nowhere/x.pdf"))
    qtbot.waitUntil(lambda: pane.trouble.isVisible())
    assert "damaged" in pane.trouble.sentence.text()


def test_that_text_mode_keeps_place_selection_and_marks(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    at = PAGES.text.index("Regel 20 van bladzijde 3")
    pane.reveal((at, at + 5))
    assert pane.view is not None
    pane.view.select((at, at + 8))
    top = pane.view.visible_range()[0]
    qtbot.mouseClick(pane.header.text_mode, Qt.MouseButton.LeftButton)
    assert isinstance(pane.view, TextView)
    assert pane.view.selection() == (at, at + 8)
    assert abs(pane.view.visible_range()[0] - top) < 100
    assert {m.id for m in pane.view.marks.all} == {"a", "b"}
    qtbot.waitUntil(lambda: "p. 4 of 8" in pane.header.details)
    qtbot.mouseClick(pane.header.text_mode, Qt.MouseButton.LeftButton)
    assert isinstance(pane.view, PageView)
    assert abs(pane.view.visible_range()[0] - top) < 100


def test_that_the_second_version_shown_in_a_pane_is_the_one_in_text_mode(
    qtbot: QtBot, jobs: Jobs, pane: ReaderPane
) -> None:
    opened(qtbot, pane)
    pane.set_text_mode(True)
    jobs.contents["pdf2"] = document([["Heel iets anders"]])
    pane.show_version("pdf2")
    qtbot.waitUntil(lambda: pane.content is jobs.contents["pdf2"])
    pane.set_text_mode(True)
    assert pane.view is not None
    assert "Heel iets anders" in pane.view.selector.text
    pane.set_text_mode(False)
    assert pane.view.page_count() == 1


def test_that_annotations_carry_colours_letters_and_notes(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    assert pane.view is not None
    found = {mark.id: mark for mark in pane.view.marks.all}
    assert found["b"].letters == ("D", "P")
    assert found["b"].has_note
    assert not found["a"].has_note
    pane.set_selected(["b"])
    assert [mark.id for mark in pane.view.marks.all if mark.selected] == ["b"]


def test_that_a_tag_elsewhere_is_asked_again_and_shown(qtbot: QtBot, jobs: Jobs, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    made = passage("c", 100, 140, "d")
    jobs.passages["c"] = made
    del jobs.passages["a"]
    pane.refresh(changes(Change(None, made.annotation), Change(None, made.anchor),
                         Change(Annotation(id="a", document="doc"), None)))  # fmt: skip
    assert pane.view is not None
    qtbot.waitUntil(lambda: {m.id for m in pane.view.marks.all} == {"b", "c"})


def test_that_a_recoloured_theme_shows(
    qtbot: QtBot, jobs: Jobs, pane: ReaderPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, pane)
    new = replace(THEMES["p"], colour="#c2560a")
    monkeypatch.setitem(THEMES, "p", new)
    pane.refresh(changes(Change(new, new)))
    assert pane.view is not None
    qtbot.waitUntil(lambda: next(m for m in pane.view.marks.all if m.id == "a").colours == ("#c2560a",))


def test_that_a_renamed_document_has_its_new_title(qtbot: QtBot, jobs: Jobs, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    jobs.title = "Toezicht online"
    pane.refresh(changes(Change(Document(id="doc", title="a"), Document(id="doc", title="b"))))
    qtbot.waitUntil(lambda: pane.header.title == "Toezicht online")


def test_that_state_brings_back_place_zoom_and_mode(qtbot: QtBot, jobs: Jobs, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    pane.set_zoom("1.5")
    pane.reveal((PAGES.text.index("Regel 30 van bladzijde 5"),) * 2)
    state = pane.state()
    other = ReaderPane(jobs)
    qtbot.addWidget(other)
    other.resize(500, 500)
    other.show()
    other.show_version("pdf")
    other.restore(state)
    assert other.state() == state  # while it loads nothing is lost
    qtbot.waitUntil(lambda: other.view is not None)
    assert other.state()["page"] == state["page"]
    assert other.view is not None
    assert other.view.zoom() == "1.5"
    other.restore({**state, "mode": "text"})
    assert other.text_mode


@pytest.mark.parametrize(
    "kept", [{"offset": "x", "zoom": None}, {"page": -4, "y": float("nan")}, {"zoom": "1e9"}, {}]
)
def test_that_a_damaged_state_opens_at_the_beginning(qtbot: QtBot, pane: ReaderPane, kept: dict[str, Any]) -> None:
    pane.show_version("pdf")
    pane.restore(kept)
    qtbot.waitUntil(lambda: pane.view is not None)
    assert pane.view is not None
    assert pane.view.page_label() == "1"


def test_that_a_passage_asked_for_while_opening_is_revealed(qtbot: QtBot, pane: ReaderPane) -> None:
    at = PAGES.text.index("Regel 30 van bladzijde 6")
    pane.show_version("pdf")
    pane.reveal((at, at + 10))
    qtbot.waitUntil(lambda: pane.view is not None)
    assert pane.view is not None
    assert pane.view.visible_range()[0] <= at < pane.view.visible_range()[1]


def test_that_selecting_and_clicking_are_told(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    assert pane.view is not None
    box = pane.view.boxes((20, 21))[0].center()
    told: list[object] = []
    pane.selection_changed.connect(told.append)
    clicked: list[tuple[str, bool]] = []
    pane.annotation_clicked.connect(lambda name, add: clicked.append((name, add)))
    with qtbot.waitSignal(pane.activated):
        Hand(pane.view).double(box)
    assert told[-1] == pane.view.selection()
    assert not pane.selection_rect().isNull()
    pane.view.select(None)
    assert told[-1] is None
    assert pane.selection_rect().isNull()
    qtbot.waitUntil(lambda: len(pane.view.marks.all) == 2)
    Hand(pane.view).click(QPointF(box.x() + 200, box.y()))
    assert clicked[-1][0] in {"a", "b", ""}


def test_that_zoom_buttons_fold_away_in_a_narrow_pane_and_close_stays(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    qtbot.mouseClick(pane.header.larger, Qt.MouseButton.LeftButton)
    assert pane.view is not None
    assert float(pane.view.zoom()) > 0.5
    pane.resize(300, 600)
    assert not pane.header.larger.isVisible()
    with qtbot.waitSignal(pane.closed):
        qtbot.mouseClick(pane.header.close_button, Qt.MouseButton.LeftButton)


def test_that_everything_that_takes_focus_has_a_name(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane)
    for widget in pane.findChildren(object):
        policy = getattr(widget, "focusPolicy", None)
        if policy is not None and policy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and widget is not pane:
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_that_the_pane_keys_speak_to_is_seen(qtbot: QtBot, pane: ReaderPane) -> None:
    opened(qtbot, pane)

    def line() -> str:
        return pane.header.grab().toImage().pixelColor(300, pane.header.height() - 1).name()

    before = line()
    pane.setProperty("active", True)
    assert line() != before
    pane.setProperty("active", False)
    assert line() == before


def test_that_the_lens_keeps_to_its_themes_also_in_text_mode_and_after_a_tag(
    qtbot: QtBot, pane: ReaderPane, jobs: Jobs
) -> None:
    opened(qtbot, pane)
    qtbot.waitUntil(lambda: len(pane.view.marks) == 2)
    pane.set_lens({"d"})
    assert pane.view.lens == ((50, 90),)
    pane.set_text_mode(True)
    assert pane.view.lens == ((50, 90),)
    jobs.passages["c"] = passage("c", 100, 120, "d")
    pane.refresh(changes(Change(None, jobs.passages["c"].annotation)))
    qtbot.waitUntil(lambda: pane.view.lens == ((50, 90), (100, 120)))
    pane.set_lens(None)
    assert pane.view.lens is None
