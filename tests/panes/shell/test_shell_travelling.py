"""Splitting, scrolling together, back and forward, and links, in the window."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from kantlijn.ui.page.view import Place
from kantlijn.ui.shell.reading.following import Following
from kantlijn.ui.shell.window import Window
from kantlijn.ui.sources.sources import MIME
from kantlijn.usecases import read
from kantlijn.usecases.desk import Link
from panes.shell.reading_desk import press, settle

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def letter_of(window: Window) -> str:
    rows = read.shelf(window.jobs.desk)
    return next(row.versions[0].id for row in rows if row.versions[0].file == "letter.txt")


def come(window: Window, qtbot: Any, version: str) -> None:
    qtbot.waitUntil(lambda: window.panes.active.version_id == version and window.panes.active.content is not None)
    settle(qtbot, window)


def test_that_alt_left_goes_back_over_documents_and_alt_right_forward(window: Window, qtbot: Any) -> None:
    report, letter = window.panes.active.version_id, letter_of(window)
    start = window.panes.active.content.text.index("Paragraph 30")
    window.panes.active.view.go_to(Place(offset=start))
    place = window.panes.active.view.place().offset
    window.panes.open(letter)
    come(window, qtbot, letter)
    assert window.actions_["back"].isEnabled() and not window.actions_["forward"].isEnabled()
    press(window, Qt.Key.Key_Left, ALT)
    come(window, qtbot, report)
    assert window.panes.active.view.place().offset == place
    press(window, Qt.Key.Key_Right, ALT)
    come(window, qtbot, letter)
    assert not window.actions_["forward"].isEnabled()


def test_that_the_mouse_has_a_way_back(window: Window, qtbot: Any) -> None:
    report, letter = window.panes.active.version_id, letter_of(window)
    window.panes.open(letter)
    come(window, qtbot, letter)
    QTest.mouseClick(window.panes.active.view.viewport(), Qt.MouseButton.BackButton)
    come(window, qtbot, report)


def test_that_panes_split_right_and_below_and_stand_so_after_a_restart(
    window: Window, make_window: Any, project: Any, qtbot: Any
) -> None:
    window.panes.split()
    window.panes.split(below=True)
    qtbot.waitUntil(lambda: all(pane.content is not None for pane in window.panes.panes))
    settle(qtbot, window)
    left, upper, lower = window.panes.panes
    assert upper.mapTo(window, upper.rect().topLeft()).x() == lower.mapTo(window, lower.rect().topLeft()).x()
    assert upper.mapTo(window, upper.rect().topLeft()).y() < lower.mapTo(window, lower.rect().topLeft()).y()
    assert left.height() > upper.height()
    window.close()
    again = make_window(project)
    qtbot.waitUntil(lambda: len(again.panes.panes) == 3)
    assert [column.count() for column in again.panes._columns()] == [1, 2]
    again.panes.close_pane(again.panes.panes[0])
    assert [column.count() for column in again.panes._columns()] == [2]


@pytest.mark.parametrize(("x", "y", "columns"), [(0.9, 0.5, [1, 1]), (0.5, 0.9, [2]), (0.5, 0.5, [1])])
def test_that_a_document_dropped_at_an_edge_splits_the_pane(window: Window, qtbot: Any, x: float, y: float,
                                                            columns: list[int]) -> None:  # fmt: skip
    data = QMimeData()
    letter = letter_of(window)
    data.setData(MIME, letter.encode())
    size = window.panes.size()
    where = QPointF(size.width() * x, size.height() * y)
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.panes.dropEvent(QDropEvent(where, copy, data, left, Qt.KeyboardModifier.NoModifier))
    come(window, qtbot, letter)
    assert [column.count() for column in window.panes._columns()] == columns


def test_that_linked_panes_scroll_together_until_they_are_not(window: Window, qtbot: Any) -> None:
    window.panes.split()
    qtbot.waitUntil(lambda: all(pane.content is not None for pane in window.panes.panes))
    settle(qtbot, window)
    left, right = (pane.view.verticalScrollBar() for pane in window.panes.panes)
    assert left.maximum() > 0
    window.actions_["linked"].trigger()
    left.setValue(left.maximum() // 2)
    assert abs(right.value() / right.maximum() - left.value() / left.maximum()) < 0.02
    right.setValue(0)
    assert left.value() == 0
    window.actions_["linked"].trigger()
    left.setValue(left.maximum())
    assert right.value() == 0
    window.actions_["linked"].trigger()  # from where they stand now
    right.setValue(right.maximum() // 4)
    assert left.value() == left.maximum()


@pytest.fixture
def asked(window: Window) -> tuple[Following, list[str]]:
    opened: list[str] = []
    made = Following(window.panes, window, opens=lambda url: opened.append(url.toString()) or True)
    return made, opened


def answer(window: Window, qtbot: Any, text: str) -> str:
    from PySide6.QtWidgets import QPushButton

    from kantlijn.ui.kit.dialog import Dialog

    (dialog,) = [one for one in window.findChildren(Dialog) if one.isVisible()]
    said = dialog.sentence.text()
    next(button for button in dialog.findChildren(QPushButton) if button.text() == text).click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    return said


def test_that_a_web_link_is_shown_whole_before_it_opens(window: Window, qtbot: Any, asked: Any) -> None:
    following, opened = asked
    link = Link(box=(0, 0, 1, 1), kind="web", uri="https://example.org/a?b=c")
    following.follow(window.panes.active, link, False)
    assert "https://example.org/a?b=c" in answer(window, qtbot, "Cancel")
    assert opened == []
    following.follow(window.panes.active, link, False)
    answer(window, qtbot, "Copy the address")
    assert QGuiApplication.clipboard().text() == "https://example.org/a?b=c"
    following.follow(window.panes.active, link, False)
    answer(window, qtbot, "Open in the browser")
    assert opened == ["https://example.org/a?b=c"]


def test_that_a_name_with_foreign_letters_is_told(window: Window, qtbot: Any, asked: Any) -> None:
    following, _ = asked
    following.ask("https://exаmple.org/")
    assert "xn--" in answer(window, qtbot, "Cancel")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "smb://x/y", "no address"])
def test_that_other_addresses_are_never_offered(window: Window, asked: Any, address: str) -> None:
    from kantlijn.ui.kit.dialog import Dialog

    following, opened = asked
    following.ask(address)
    assert not [one for one in window.findChildren(Dialog) if one.isVisible()]
    assert opened == []
