"""The window as a whole: opening, panes, keys, read-only, what it remembers."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from kantlijn.settings import Settings
from kantlijn.ui.shell.actions import table
from kantlijn.ui.shell.window import Window
from kantlijn.ui.sources.sources import MIME
from kantlijn.usecases.desk import open_desk
from kantlijn.usecases.keeping.check import check
from panes.shell.reading_desk import press, quotes, ready, select, settle

OPENING = "Schools give more attention"


def names(widget: QWidget) -> list[str]:
    """Titles in the sidebar."""
    tree = widget.sources.tree
    return [tree.topLevelItem(i).text(0) for i in range(tree.topLevelItemCount())]


def tag_something(window: Window, qtbot: Any) -> None:
    """So that the list has something in it."""
    select(window, OPENING)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)


def test_that_no_two_actions_share_a_key(look: object) -> None:
    used: dict[str, str] = {}
    for row in table():
        for keys in row.keys:
            plain = QKeySequence(keys).toString()
            assert plain not in used, f"{plain}: {used.get(plain)} and {row.name}"
            used[plain] = row.name
    assert not set("123456789") & set(used)


def test_that_every_action_is_in_a_menu_and_does_something(window: Window) -> None:
    shown = {
        action
        for menu in window.menus.values()
        for action in menu.actions()
    }
    for name, action in window.actions_:
        if name == "recent":
            continue
        assert action in shown, name
        assert action.receivers("2triggered(bool)") > 0 or action.isCheckable(), name


def test_that_without_a_project_the_window_says_how_to_begin(make_window: Callable[..., Window]) -> None:
    window = make_window()
    assert window.welcome.isVisible()
    assert not window.sidebar.isVisible() and not window.listing.isVisible()
    assert not window.actions_["add"].isEnabled() and window.actions_["open"].isEnabled()


def test_that_opening_shows_documents_themes_and_the_first_document(window: Window) -> None:
    assert names(window) == ["report", "letter"]
    assert [row.theme.name for row in window.themes.rows][:2] == ["Prevention", "Victim aid"]
    assert window.panes.active is not None and window.panes.active.content is not None
    assert "safety" in window.windowTitle()


def test_that_a_document_opens_beside_the_first(window: Window, qtbot: Any) -> None:
    letter = window.sources.tree.topLevelItem(1)
    window.sources.tree.setCurrentItem(letter)
    window.sources.tree.setFocus()
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert len(window.panes.panes) == 2
    qtbot.waitUntil(lambda: all(pane.content is not None for pane in window.panes.panes))
    assert "programme is extended" in window.panes.panes[1].content.text
    for _ in range(4):
        window.actions_["split"].trigger()
    assert len(window.panes.panes) == 4, "four at most"
    settle(qtbot, window)
    for _ in range(4):
        window.actions_["unsplit"].trigger()
    assert not window.panes.panes and window.welcome.isVisible()


def test_that_a_document_can_be_dropped_into_a_pane(window: Window, qtbot: Any) -> None:
    data = QMimeData()
    version = window.sources.tree.topLevelItem(1).data(0, Qt.ItemDataRole.UserRole + 20)
    data.setData(MIME, version.encode())
    left, right = QPoint(60, 200), QPoint(window.panes.width() - 10, 200)
    for where in (right, left):
        event = QDropEvent(
            QPointF(where), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        window.panes.dropEvent(event)
        settle(qtbot, window)
    assert [pane.version_id for pane in window.panes.panes] == [version, version]


def test_that_files_dropped_on_the_window_are_added(window: Window, qtbot: Any, tmp_path: Path) -> None:
    fresh = tmp_path / "Answer.txt"
    fresh.write_text("An answer to the report, with something to read in it.\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(fresh))])
    event = QDropEvent(
        QPointF(60, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.panes.dropEvent(event)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "Answer" in names(window))
    assert "Added" in window.status.message.text()


def test_that_bad_files_are_each_named_with_a_sentence(window: Window, qtbot: Any, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    window.add_files([empty, tmp_path / "missing.txt"])
    settle(qtbot, window)
    from PySide6.QtWidgets import QApplication, QLabel

    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    sheet = QApplication.activeModalWidget()
    words = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert "empty.pdf" in words and "missing.txt" in words and "Traceback" not in words
    sheet.accept()
    assert names(window) == ["report", "letter"]


def test_that_f6_walks_the_parts_of_the_window_and_comes_round(window: Window, qtbot: Any) -> None:
    tag_something(window, qtbot)
    window.sources.tree.setFocus()
    visited = []
    for _ in range(5):
        visited.append(window.focusWidget())
        press(window, Qt.Key.Key_F6)
    assert window.focusWidget() is window.sources.tree
    assert len({id(widget) for widget in visited}) == 5
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is visited[-1]


def test_that_any_action_is_found_by_typing(window: Window, qtbot: Any) -> None:
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    from PySide6.QtTest import QTest

    qtbot.waitUntil(window.palette_.picker.isVisible)
    QTest.keyClicks(window.palette_.picker.field, "split")
    QTest.keyClick(window.palette_.picker.field, Qt.Key.Key_Return)
    assert len(window.panes.panes) == 2
    settle(qtbot, window)


def test_that_a_project_in_use_elsewhere_opens_to_be_read_and_says_so(
    make_window: Callable[..., Window], project: Path, qtbot: Any
) -> None:
    other = open_desk(project)
    window = make_window(project)
    try:
        assert window.jobs.read_only and window.banner.isVisible() and window.banner.sentence
        assert window.status.saved.text() == "Read only"
        for name in ("add", "undo", "note", "delete", "theme"):
            assert not window.actions_[name].isEnabled(), name
        select(window, OPENING)
        press(window, Qt.Key.Key_1)
        settle(qtbot, window)
        assert "read only" in window.status.message.text() and quotes(window) == []
    finally:
        window.close()
        other.close()


def test_that_a_file_that_is_no_project_is_said_and_the_welcome_stays(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any
) -> None:
    bad = tmp_path / "no.kantlijn"
    bad.write_text("not a project")
    window = make_window()
    window.opening.open(bad)
    qtbot.waitUntil(lambda: bool(window.banner.sentence))
    assert "no.kantlijn" in window.banner.sentence
    assert window.welcome.isVisible()
    window.opening.open(tmp_path / "missing.kantlijn")
    qtbot.waitUntil(lambda: "missing" in window.banner.sentence)


def test_that_panes_filter_and_place_come_back(
    make_window: Callable[..., Window], project: Path, qtbot: Any
) -> None:
    window = make_window(project)
    window.panes.open(window.sources.tree.topLevelItem(1).data(0, Qt.ItemDataRole.UserRole + 20), beside=True)
    settle(qtbot, window)
    versions = [pane.version_id for pane in window.panes.panes]
    window.annotations.narrow.field.setText("pupils")
    window.annotations.narrow.here.setChecked(False)
    window.close()
    again = make_window(project)
    qtbot.waitUntil(lambda: len(again.panes.panes) == 2)
    assert [pane.version_id for pane in again.panes.panes] == versions
    assert again.annotations.narrow.field.text() == "pupils"
    assert not again.annotations.narrow.here.isChecked()


def test_that_the_list_folds_away_in_a_narrow_window_and_comes_back(window: Window, qtbot: Any) -> None:
    assert window.listing.isVisible()
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not window.listing.isVisible())
    qtbot.waitUntil(lambda: window.panes.width() > 600)
    window.resize(1300, 800)
    qtbot.waitUntil(window.listing.isVisible)


def test_that_a_note_being_typed_is_kept_when_the_window_closes(
    make_window: Callable[..., Window], project: Path, qtbot: Any
) -> None:
    from PySide6.QtTest import QTest

    window = make_window(project)
    select(window, OPENING)
    press(window, Qt.Key.Key_1)
    press(window, Qt.Key.Key_N)
    settle(qtbot, window)
    qtbot.waitUntil(window.tagging.editor.isVisible)
    QTest.keyClicks(window.tagging.editor.field, "not lost")
    window.close()
    again = make_window(project)
    settle(qtbot, again)
    assert [row.passage.annotation.note for row in again.annotations.model.rows] == ["not lost"]


def test_that_a_scratch_project_in_which_nothing_was_written_goes_silently(
    make_window: Callable[..., Window], tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "loose.txt"
    file.write_text("Something loose to be read and no more.\n", "utf-8")
    window = make_window()
    window.add_files([file])
    ready(qtbot, window)
    path = window.opening.path
    assert path is not None and path.exists() and window.opening.scratch
    window.close()
    assert not path.exists()


def test_that_a_project_on_a_full_disk_opens_to_be_read(
    make_window: Callable[..., Window], project: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_db: object, *, network: bool) -> None:
        refused = sqlite3.OperationalError("disk I/O error")
        refused.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
        raise refused

    monkeypatch.setattr("kantlijn.store.connection._prepare", full)
    window = make_window(project)
    assert window.jobs.read_only and "could not be read or written" in window.banner.sentence


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (Path.unlink, "deleted or replaced"),
        (lambda path: path.write_bytes(bytes(4096)), "Another program wrote into"),
    ],
)
def test_that_a_project_whose_file_was_deleted_or_written_over_is_kept_when_its_window_closes(
    make_window: Callable[..., Window],
    project: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path], object],
    said: str,
) -> None:
    window = make_window(project)
    select(window, OPENING)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    happens(project)
    select(window, OPENING)
    press(window, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: said in window.status.message.text())
    monkeypatch.setattr("kantlijn.ui.shell.closing.ask", lambda *_args, **_named: "keep")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _parent, _title, proposed, *_: (proposed, ""))
    window.close()
    qtbot.waitUntil(lambda: window.jobs.closed)
    again = make_window(project)
    qtbot.waitUntil(lambda: len(again.annotations.model.rows) == 1)
    assert check(project).ok


def test_that_recent_projects_are_remembered_newest_first(
    make_window: Callable[..., Window], project: Path, tmp_path: Path, qtbot: Any
) -> None:
    settings = Settings(tmp_path / "settings.json")
    copy = tmp_path / "second.kantlijn"
    shutil.copy(project, copy)
    for path in (project, copy):
        window = make_window(path, settings=settings)
        window.close()
    assert list(settings["recent"]) == [str(copy), str(project)]
    welcome = make_window(settings=settings)
    welcome.menus["recent"].aboutToShow.emit()
    assert [action.text() for action in welcome.menus["recent"].actions()] == ["second", "safety"]


def unnamed(widget: QWidget) -> list[str]:
    """Controls that can have the focus and have no name, in the accessibility tree."""
    found: list[str] = []

    def walk(interface: Any) -> None:
        if interface is None or not interface.isValid():
            return
        state, thing = interface.state(), interface.object()
        visible = not state.invisible and (not isinstance(thing, QWidget) or thing.isVisible())
        if visible and state.focusable and not interface.text(QAccessible.Text.Name):
            found.append(f"{type(thing).__name__} {interface.role()}")
        for n in range(interface.childCount()):
            walk(interface.child(n))

    walk(QAccessible.queryAccessibleInterface(widget))
    return found


def test_that_every_control_has_a_name_for_screen_readers(window: Window, qtbot: Any) -> None:
    select(window, OPENING)
    press(window, Qt.Key.Key_1)
    settle(qtbot, window)
    assert unnamed(window) == []


def test_that_tab_comes_round(window: Window, qtbot: Any) -> None:
    tag_something(window, qtbot)
    window.sources.tree.setFocus()
    seen = []
    for _ in range(60):
        seen.append(window.focusWidget())
        if not window.focusNextChild():
            break
        if window.focusWidget() is window.sources.tree:
            break
    assert window.focusWidget() is window.sources.tree
    assert window.annotations.list in seen and window.themes.tree in seen
