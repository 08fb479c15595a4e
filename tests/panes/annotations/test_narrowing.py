"""Narrowing the list with and, or, not; filters under a name; chosen cards together; the history of one."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from kantlijn.model.filters import AnnotationFilter
from kantlijn.ui.annotations.conditions import Lookups, conditions, way_of, with_theme
from kantlijn.ui.annotations.model import MIME
from kantlijn.ui.annotations.pills import Condition, ThemePill
from kantlijn.ui.kit import rows
from kantlijn.ui.shell.window import Window
from kantlijn.ui.themes.themes import CARDS
from kantlijn.usecases.marking.relate import relate
from kantlijn.usecases.marking.saved_filters import save_filter
from kantlijn.usecases.marking.tag import Wanted, tag_many
from panes.shell.reading_desk import quotes, settle


@pytest.fixture
def tagged(window: Window, qtbot: Any) -> list[str]:
    """Four annotations: themes A, A+B, B, none; the second has a note. The ids of all themes."""
    pane = window.panes.active
    assert pane is not None
    themes = [one.theme.id for one in window.themes.rows if not one.depth]
    wanted = ((themes[0],), (themes[0], themes[1]), (themes[1],), ())
    window.jobs.do(tag_many, pane.version_id, [
        Wanted(id=f"a{n}", range=(n * 10, n * 10 + 6), themes=chosen, note="said" if n == 1 else "")
        for n, chosen in enumerate(wanted)
    ])  # fmt: skip
    settle(qtbot, window)
    qtbot.waitUntil(lambda: len(quotes(window)) == 4)
    return themes


def shown(window: Window) -> list[str]:
    return [row.passage.id for row in window.annotations.model.rows]


def pills(window: Window) -> list[Condition]:
    return [pill for pill in window.annotations.narrow.findChildren(Condition) if pill.isVisible()]


def expect(window: Window, qtbot: Any, *ids: str) -> None:
    qtbot.waitUntil(lambda: shown(window) == list(ids))


def test_that_a_theme_pill_goes_from_or_to_and_to_not(window: Window, qtbot: Any, tagged: list[str]) -> None:
    narrow = window.annotations.narrow
    narrow.toggle_theme(tagged[0])
    narrow.toggle_theme(tagged[1])
    expect(window, qtbot, "a0", "a1", "a2")
    for pill in reversed(pills(window)):  # B first: pills of one kind stand together
        QTest.keyClick(pill, Qt.Key.Key_Space)
    expect(window, qtbot, "a1")
    second = pills(window)[1]
    assert isinstance(second, ThemePill) and second.way == "all" and second.accessibleName().startswith("and ")
    only_one = "a0" if second.theme == tagged[1] else "a2"
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Space)
    expect(window, qtbot, only_one)
    (focused,) = [pill for pill in pills(window) if pill.hasFocus()]
    assert isinstance(focused, ThemePill) and focused.way == "not"
    QTest.keyClick(pills(window)[0], Qt.Key.Key_Delete)
    expect(window, qtbot, only_one, "a3")
    assert len(pills(window)) == 1
    narrow.clear()
    expect(window, qtbot, "a0", "a1", "a2", "a3")
    assert not pills(window)


def test_that_the_cross_of_a_pill_drops_its_condition(window: Window, qtbot: Any, tagged: list[str]) -> None:
    window.annotations.narrow.choose(AnnotationFilter(untagged=True))
    expect(window, qtbot, "a3")
    (pill,) = pills(window)
    assert pill.text() == "No theme"
    where = pill.rect().center()
    where.setX(pill.width() - 8)
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton, pos=where)
    expect(window, qtbot, "a0", "a1", "a2", "a3")


def test_that_relations_count_for_the_filter_and_for_the_card(
    window: Window, qtbot: Any, tagged: list[str]
) -> None:
    window.jobs.do(relate, "a0", "a2")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: [row.relations for row in window.annotations.model.rows] == [1, 0, 1, 0])
    window.annotations.narrow.choose(AnnotationFilter(has_relation=True))
    expect(window, qtbot, "a0", "a2")
    window.undo()
    settle(qtbot, window)
    expect(window, qtbot)


def test_that_a_filter_is_kept_under_a_name_and_used_again(window: Window, qtbot: Any, tagged: list[str]) -> None:
    narrow = window.annotations.narrow
    narrow.choose(with_theme(AnnotationFilter(has_note=False), tagged[1], "any"))
    expect(window, qtbot, "a2")
    window.jobs.do(save_filter, "To do", narrow.filter())
    settle(qtbot, window)
    narrow.clear()
    expect(window, qtbot, "a0", "a1", "a2", "a3")
    menu = QMenu()
    qtbot.waitUntil(lambda: bool(narrow.saved.rows))
    narrow.fill_saved(menu)
    next(action for action in menu.actions() if action.text() == "To do").trigger()
    expect(window, qtbot, "a2")
    window.undo()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not narrow.saved.rows)


def test_that_what_narrows_the_list_is_kept_with_the_project(window: Window, tagged: list[str]) -> None:
    narrow = window.annotations.narrow
    narrow.choose(with_theme(AnnotationFilter(since="2026-01-01"), tagged[0], "not"))
    state, before = narrow.state(), narrow.filter()
    narrow.clear()
    narrow.restore(state, [row.theme for row in window.themes.rows])
    assert narrow.filter() == before


def test_that_the_newest_come_first_when_asked(window: Window, qtbot: Any, tagged: list[str]) -> None:
    from kantlijn.usecases.marking.notes import write_note

    def later(desk: Any) -> Any:
        return write_note(desk, "a3", "later")

    window.annotations.narrow.order(newest=True)
    window.jobs.do(later)
    settle(qtbot, window)
    window.annotations.reload()
    settle(qtbot, window)
    stamps = [row.passage.annotation.modified for row in window.annotations.model.rows]
    assert stamps == sorted(stamps, reverse=True)


def test_that_chosen_cards_get_and_lose_a_theme_together(window: Window, qtbot: Any, tagged: list[str]) -> None:
    annotations = window.annotations
    annotations.list.setFocus()
    QTest.keyClick(annotations.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert annotations.bulk.isVisible() and annotations.bulk.count.text().startswith("4")
    theme = annotations.model.themes[tagged[2]]
    annotations.bulk.add_theme(theme)
    settle(qtbot, window)
    assert all(tagged[2] in row.passage.annotation.themes for row in annotations.model.rows)
    menu = QMenu()
    annotations.bulk.fill_taking(menu)
    next(action for action in menu.actions() if action.text().startswith(theme.name)).trigger()
    settle(qtbot, window)
    assert not any(tagged[2] in row.passage.annotation.themes for row in annotations.model.rows)
    assert len(annotations.selected()) == 4
    window.undo()
    window.undo()
    settle(qtbot, window)
    assert [len(row.passage.annotation.themes) for row in annotations.model.rows] == [1, 2, 1, 0]


def test_that_cards_dropped_on_a_theme_are_tagged_with_it(window: Window, qtbot: Any, tagged: list[str]) -> None:
    assert MIME == CARDS
    annotations, tree = window.annotations, window.themes.tree
    data: QMimeData = annotations.model.mimeData([annotations.model.index(n) for n in (2, 3)])
    assert data.hasFormat(CARDS) and "\n\n" in data.text()
    item = next(item for item in tree.all_items() if item.data(0, rows.ID) == tagged[3])
    event = QDropEvent(
        QPointF(tree.visualItemRect(item).center()), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    tree.dropEvent(event)
    settle(qtbot, window)
    carried = [tagged[3] in row.passage.annotation.themes for row in annotations.model.rows]
    assert carried == [False, False, True, True]


def test_that_ctrl_click_chooses_without_going_anywhere(window: Window, qtbot: Any, tagged: list[str]) -> None:
    jumps: list[str] = []
    window.annotations.jump_wanted.connect(lambda annotation, *_rest: jumps.append(annotation))
    cards = window.annotations.list

    def click(number: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        where = cards.visualRect(window.annotations.model.index(number)).center()
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, modifier, where)

    click(0)
    click(2, Qt.KeyboardModifier.ControlModifier)
    assert jumps == ["a0"] and window.tagging.selected == ["a0", "a2"]
    click(3, Qt.KeyboardModifier.ShiftModifier)
    assert jumps == ["a0"]


def test_that_the_history_says_who_did_what(window: Window, qtbot: Any, tagged: list[str]) -> None:
    from kantlijn.usecases.marking.notes import write_note

    window.jobs.do(write_note, "a2", "A second look.")
    window.tagging.select(["a2"])
    window.actions_["past"].trigger()
    settle(qtbot, window)
    past = window.annotations.past
    assert past is not None and past.isVisible()
    said = [label.text() for label in past.findChildren(QLabel)]
    assert any("Tag 4 passages" in text for text in said)
    assert "Note: A second look." in said and any(text.startswith("+ ") for text in said)
    QTest.keyClick(past, Qt.Key.Key_Escape)
    assert not past.isVisible() and window.tagging.selected == ["a2"]


def test_that_every_condition_is_said_and_can_be_dropped() -> None:
    full = AnnotationFilter(
        documents=("d",), versions=("v",), authors=("Anna",), has_note=False, untagged=True, since="2026-11-01",
        until="2026-11-20", kinds=("area",), states=("moved",),
        relations=("supports",), statuses=("open",), has_relation=False,
    )  # fmt: skip
    there = Lookups(
        documents={"d": "Report"}, versions={"v": ("d", "version 2")}, types={"supports": "supports"},
        statuses={"open": "open"},
    )  # fmt: skip
    said = conditions(full, there)
    assert len(said) == 12 and not any("?" in text for text, _ in said)
    left = full
    while found := conditions(left, there):
        left = found[0][1]
    assert left == AnnotationFilter()


def test_that_a_theme_is_asked_for_in_one_way_at_a_time() -> None:
    chosen = AnnotationFilter()
    for way in ("any", "all", "not", ""):
        chosen = with_theme(chosen, "t", way)
        assert way_of(chosen, "t") == way
    assert chosen == AnnotationFilter()
