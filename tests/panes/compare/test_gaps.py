"""Two texts compared: what belongs together stands level, and a gap stands for what one side lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kantlijn.ui.page.text_view import TextView
from kantlijn.ui.shell.window import Window
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents
from panes.shell.reading_desk import settle

LONG = "The inspectors spoke with the board and with pupils, and looked at the plans of the last years. " * 4
KEPT = [f"Paragraph {n} tells what was found in place {n}. {LONG if n % 3 else ''}".strip() for n in range(90)]
GONE = [f"Dropped point {n}: help for victims was bought apart. {LONG}".strip() for n in range(12)]
CAME = [f"New point {n}: a desk for advice opened in the north. {LONG}".strip() for n in range(7)]
OLD = [*KEPT[:20], *GONE, *KEPT[20:]]
NEW = [*KEPT[:50], *CAME, *KEPT[50:], "A last word was added here."]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "gaps.kantlijn"
    desk = new_desk(path)
    for name, text in (("plan-2023.txt", OLD), ("plan-2024.txt", NEW)):
        (tmp_path / name).write_text("\n\n".join(text) + "\n", "utf-8")
    add_documents(desk, [tmp_path / "plan-2023.txt"])
    add_documents(desk, [tmp_path / "plan-2024.txt"], version_of="plan-2023.txt")
    desk.close()
    return path


@pytest.fixture
def views(compared: Window, qtbot: Any) -> tuple[TextView, TextView]:
    """Both sides, level."""
    old, new = (pane.view for pane in compared.panes.panes)
    qtbot.waitUntil(lambda: old.level is not None and old.level is new.level)
    return old, new


def top(view: TextView, words: str) -> float:
    """Where these words stand on the screen."""
    box = view.caret_box(view.content.text.index(words))
    assert not box.isEmpty(), words
    return float(view.viewport().mapToGlobal(box.topLeft()).y())


def gap_before(view: TextView, words: str) -> float:
    start = view.content.text.index(words)
    return view.gaps[next(n for n, piece in enumerate(view.pieces) if piece.start == start)]


def length(view: TextView, first: str, beyond: str) -> float:
    """From the top of one paragraph to that of another, gaps in between included."""
    tops = {piece.start: view.tops[n] + view.gaps[n] for n, piece in enumerate(view.pieces)}
    return tops[view.content.text.index(beyond)] - tops[view.content.text.index(first)]


@pytest.mark.parametrize("lead", [0, 1])
def test_that_matched_lines_stand_level(views: tuple[TextView, TextView], lead: int) -> None:
    for words in ("Paragraph 2 ", "Paragraph 25 ", "Paragraph 49 ", "Paragraph 52 ", "Paragraph 88 "):
        view = views[lead]
        view.reveal((view.content.text.index(words), view.content.text.index(words) + 5))
        assert top(views[0], words) == pytest.approx(top(views[1], words), abs=1.5)
    for down in range(0, views[0].verticalScrollBar().maximum(), 900):
        views[lead].verticalScrollBar().setValue(down)
        assert views[0].verticalScrollBar().value() == views[1].verticalScrollBar().value()
    assert views[0].tops[-1] == pytest.approx(views[1].tops[-1])


def test_that_a_gap_is_as_high_as_what_the_other_side_has(views: tuple[TextView, TextView]) -> None:
    old, new = views
    for words in ("Dropped point 0", "Dropped point 6", "Paragraph 20 "):
        old.reveal((old.content.text.index(words), old.content.text.index(words) + 5))
    gap = gap_before(new, "Paragraph 20 ")
    assert gap == pytest.approx(length(old, "Dropped point 0", "Paragraph 20 "), abs=1.5)
    assert gap > 12 * 2 * new.leading
    assert not gap_before(old, "Paragraph 20 ") and not gap_before(new, "Paragraph 40 ")
    old.reveal((old.content.text.index("Dropped point 6"), old.content.text.index("Dropped point 7")))
    assert list(new.shown_gaps()) and not list(old.shown_gaps())


def test_that_what_is_read_stays_while_heights_become_known(views: tuple[TextView, TextView]) -> None:
    old, _ = views
    bar = old.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for _ in range(30):  # up, into what was only guessed so far
        start, _ = old.visible_range()
        before, value = old.caret_box(start).top(), bar.value()
        bar.setValue(value - 100)
        assert old.caret_box(start).top() == pytest.approx(before + 100, abs=2)


def test_that_a_selection_across_a_gap_is_the_exact_text(views: tuple[TextView, TextView]) -> None:
    _, new = views
    start, end = new.content.text.index("Paragraph 19 "), new.content.text.index("Paragraph 20 ") + 12
    new.reveal((start, end))
    gap = gap_before(new, "Paragraph 20 ")
    new.verticalScrollBar().setValue(round(new.verticalScrollBar().value() + gap / 2))
    new.select((start, end))
    assert new.selected_text().startswith("Paragraph 19 ") and new.selected_text().endswith("Paragraph 20")
    assert "Dropped" not in new.selected_text()


def test_that_other_letters_and_another_width_leave_them_level(
    compared: Window, views: tuple[TextView, TextView], qtbot: Any
) -> None:
    old, new = views
    old.reveal((old.content.text.index("Paragraph 60 "), old.content.text.index("Paragraph 61 ")))
    compared.panes.set_type(15, 60, 0)
    assert top(old, "Paragraph 60 ") == pytest.approx(top(new, "Paragraph 60 "), abs=1.5)
    compared.resize(compared.width() - 160, compared.height() - 90)
    settle(qtbot, compared)
    old.reveal((old.content.text.index("Paragraph 60 "), old.content.text.index("Paragraph 61 ")))
    assert top(old, "Paragraph 60 ") == pytest.approx(top(new, "Paragraph 60 "), abs=1.5)


def test_that_a_line_goes_straight_from_what_was_deleted_to_its_gap(
    compared: Window, views: tuple[TextView, TextView]
) -> None:
    start = views[0].content.text.index("Dropped point 0")
    views[0].reveal((start, start + 5))
    splitter = compared.panes.splitter
    assert splitter.joints is not None
    joints = [joint for joint in splitter.joints(splitter.handle(1)) if joint.kind == "deleted"]
    assert joints and all(joint.left == joint.right for joint in joints)


def test_that_the_strip_and_the_map_count_gaps(
    compared: Window, views: tuple[TextView, TextView], qtbot: Any
) -> None:
    old, new = views
    minimap = compared.middle.minimap

    def maps(words: str) -> bool:
        share = new.share_of(new.content.text.index(words))
        return any(abs(block[0] - share) < 0.003 for block in minimap._blocks)

    shares = [view.share_of(view.content.text.index("Paragraph 60 ")) for view in views]
    assert shares[0] == pytest.approx(shares[1], abs=0.002)
    qtbot.waitUntil(lambda: maps("New point 0"))
    compared.linked.link(False)
    qtbot.waitUntil(lambda: new.level is None and maps("New point 0"))
    assert new.share_of(new.content.text.index("Paragraph 60 ")) != pytest.approx(shares[1], abs=0.002)
    assert not old.lacking


def test_that_gaps_go_when_each_scrolls_on_its_own_and_with_the_comparison(
    compared: Window, views: tuple[TextView, TextView], qtbot: Any
) -> None:
    compared.linked.link(False)
    qtbot.waitUntil(lambda: not any(view.level or any(view.gaps) for view in views))
    compared.linked.link(True)
    qtbot.waitUntil(lambda: views[0].level is not None)
    compared.comparing.leave(restore=False)
    assert not any(view.level or any(view.gaps) for view in views)
