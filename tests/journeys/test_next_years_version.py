"""Last year's report was tagged, this year's comes in: recognised, carried over, looked over, compared."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kantlijn.ui.compare.choose import ChooseVersions
from kantlijn.ui.compare.export_dialog import ExportComparison
from kantlijn.ui.shell.window import Window
from kantlijn.usecases import read
from kantlijn.usecases.versions import carry
from panes.shell import reading_desk
from panes.shell.reading_desk import press, select, settle

look, make_window = reading_desk.look, reading_desk.make_window  # the same window as the panes are tested in

KEPT = "De Raad Digitale Leefomgeving"
CHANGED = "Meldingen komen bij veel verschillende loketten binnen"
GONE = "De aanbevelingen vergen geen nieuw stelsel."


def readable(window: Window, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: all(pane.content is not None for pane in window.panes.panes), timeout=30_000)
    settle(qtbot, window)


def tagged_report(window: Window, samples: Path, tmp_path: Path, qtbot: Any) -> str:
    """A project with last year's report, three passages tagged; its version's id."""
    window.opening.new(tmp_path / "toezicht.kantlijn")
    window.add_files([samples / "toezicht-2023.pdf"])
    qtbot.waitUntil(lambda: window.sources.tree.topLevelItemCount() == 1, timeout=60_000)
    qtbot.waitUntil(lambda: bool(window.panes.panes), timeout=30_000)
    readable(window, qtbot)
    for words, key in ((KEPT, Qt.Key.Key_1), (CHANGED, Qt.Key.Key_2), (GONE, Qt.Key.Key_3)):
        text = window.panes.active.content.text
        select(window, words if words in text else words.replace(" ", "\n", 1))
        press(window, key)
        settle(qtbot, window)
    assert window.annotations.total == 3
    return window.panes.active.version_id


def click(window: Window, start: str) -> None:
    """The button of the banner that begins so, with the mouse."""
    (button,) = [one for one in window.banner.choices if one.text().startswith(start)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_next_years_report_takes_over_what_was_tagged_and_shows_what_changed(
    make_window: Callable[..., Window], samples: Path, tmp_path: Path, qtbot: Any
) -> None:
    window = make_window()
    old = tagged_report(window, samples, tmp_path, qtbot)
    window.add_files([samples / "toezicht-2024.pdf"])
    qtbot.waitUntil(lambda: len(window.banner.choices) == 2, timeout=60_000)
    click(window, "Add as version")
    qtbot.waitUntil(lambda: len(window.banner.choices) == 3, timeout=30_000)
    click(window, "Carry")
    qtbot.waitUntil(lambda: "Carried 3 annotations to" in window.status.message.text(), timeout=60_000)
    readable(window, qtbot)
    desk = window.jobs.desk
    assert desk is not None
    new = read.shelf(desk)[0].versions[-1].id

    def target(words: str) -> Any:
        rows = carry.carried_rows(desk, new)
        return next(row.target for row in rows if " ".join(row.source.quote.split()).startswith(words))

    assert target(KEPT).state == "unchanged"
    assert target(CHANGED).state in ("changed", "lost")
    assert target(GONE).state == "lost"

    qtbot.waitUntil(lambda: len(window.review.model.rows) > 0, timeout=30_000)
    for pill in window.review.pills.values():  # by keys: one accepted, one placed by hand, that taken back
        pill.setChecked(True)
    window.review._list()
    window.review.list.setFocus()
    QTest.keyClick(window.review.list, Qt.Key.Key_J)
    readable(window, qtbot)
    one = window.review.current
    QTest.keyClick(window.review.list, Qt.Key.Key_Return)
    settle(qtbot, window)
    decided = {row.annotation.id: row.target.review for row in carry.carried_rows(desk, new)}
    assert decided[one.id] == "accepted"
    qtbot.waitUntil(lambda: window.review.counts["decided"] == 1, timeout=30_000)
    place = next(n for n, row in enumerate(window.review.model.rows) if row.carried.target.state == "lost")
    QTest.mouseClick(
        window.review.list.viewport(), Qt.MouseButton.LeftButton,
        pos=window.review.list.visualRect(window.review.model.index(place, 0)).topLeft() + QPoint(40, 20),
    )  # fmt: skip
    readable(window, qtbot)
    lost = window.review.current
    for pane in window.panes.panes:
        if pane.version_id == new:
            window.panes.activate(pane)
    select(window, "Signalen van jongeren zelf")
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    settle(qtbot, window)

    def lost_target() -> Any:
        return next(row.target for row in carry.carried_rows(desk, new) if row.annotation.id == lost.id)

    assert (lost_target().review, lost_target().quote) == ("placed", "Signalen van jongeren zelf")
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    assert lost_target().state == "lost"

    press(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    settle(qtbot, window)
    (dialog,) = window.findChildren(ChooseVersions)
    assert dialog.versions == (old, new)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.comparing.compared is not None, timeout=60_000)
    readable(window, qtbot)
    window.activateWindow()  # without a window manager nobody gives the focus back
    qtbot.waitUntil(window.isActiveWindow)
    window.panes.panes[1].view.setFocus()
    for _ in range(3):
        press(window, Qt.Key.Key_BracketRight)
    assert window.comparing.current == window.changes.model.numbers[2]
    card = window.changes.list.visualRect(window.changes.model.index(3, 0))
    window.changes.list.scrollTo(window.changes.model.index(3, 0))
    card = window.changes.list.visualRect(window.changes.model.index(3, 0))
    QTest.mouseClick(window.changes.list.viewport(), Qt.MouseButton.LeftButton, pos=card.center())
    assert window.comparing.current == window.changes.model.numbers[3]
    window.actions_["export_comparison"].trigger()
    (export,) = window.findChildren(ExportComparison)
    export.form.setCurrentIndex(export.form.findData("docx"))
    export.write(tmp_path / "changes.docx")
    qtbot.waitUntil(lambda: export.saved is not None, timeout=60_000)
    assert b"w:ins" in zipfile.ZipFile(export.saved).read("word/document.xml")
    export.reject()
    window.middle.bar.back.click()
    settle(qtbot, window)
    assert window.comparing.wanted is None
