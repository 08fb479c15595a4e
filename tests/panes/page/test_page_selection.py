"""Selecting on pages with mouse and keyboard, and copying."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kantlijn.ui.page.announce import heard
from kantlijn.ui.page.page_view import PageView
from panes.page.stand_ins import REPORT, Hand, box_of, chosen, document, mark

Make = Callable[..., PageView]


# -- selecting with the mouse -------------------------------------------------------------------------------


def test_that_a_drag_over_a_page_break_leaves_the_furniture_unmarked(make: Make) -> None:
    view = make(size=QSize(800, 1600))
    hand = Hand(view)
    hand.drag(box_of(view, "groot")[0], box_of(view, "regio’s")[1])
    assert chosen(view).startswith("groot en blijven dat")
    assert chosen(view).endswith("ook in de regio’s")
    assert len(view.boxes(view.selection())) == 2


def test_that_a_double_click_beside_the_words_takes_nothing(make: Make) -> None:
    view = make(size=QSize(800, 1600))
    end = box_of(view, "regio’s")[1]
    Hand(view).double(end + QPointF(60, 60))
    assert view.selection() is None


def test_that_a_double_click_takes_the_word_also_when_it_is_hyphenated(make: Make) -> None:
    view = make()
    Hand(view).double(box_of(view, "weer-")[0])
    assert chosen(view) == "weer-\nbaarheid"


def test_that_a_third_click_takes_the_paragraph_and_over_the_page_when_it_runs_on(make: Make) -> None:
    view = make()
    hand = Hand(view)
    point = box_of(view, "verschillen")[0]
    hand.double(point)
    hand.press(point)
    hand.release(point)
    assert chosen(view).startswith("De verschillen zijn")
    assert chosen(view).endswith("ook in de regio’s.")


def test_that_a_drag_after_a_double_click_goes_on_by_words(make: Make) -> None:
    view = make()
    hand = Hand(view)
    start, end = box_of(view, "besteden")[0], box_of(view, "aandacht")[0]
    hand.double(start, hold=True)
    hand.move(end)
    hand.release(end)
    assert chosen(view) == "besteden meer aandacht"


def test_that_ctrl_double_click_takes_the_sentence(make: Make) -> None:
    view = make()
    Hand(view).double(box_of(view, "baarheid")[0], Qt.KeyboardModifier.ControlModifier)
    assert chosen(view).startswith("Scholen")
    assert chosen(view).endswith("geleden.")


def test_that_shift_click_carries_the_selection_on(make: Make) -> None:
    view = make()
    hand = Hand(view)
    hand.click(box_of(view, "meer")[0])
    hand.click(box_of(view, "aandacht")[1], Qt.KeyboardModifier.ShiftModifier)
    assert chosen(view) == "meer aandacht"


def test_that_one_drag_is_told_once_and_a_click_clears_it(qtbot: QtBot, make: Make) -> None:
    view = make()
    told: list[str] = []
    view.selection_changed.connect(lambda: told.append(chosen(view)))
    Hand(view).drag(*box_of(view, "drie jaar"))
    assert told == ["drie jaar"]
    Hand(view).click(box_of(view, "Scholen")[0])
    assert told == ["drie jaar", ""]


def test_that_dragging_below_the_viewport_scrolls_on(qtbot: QtBot, make: Make) -> None:
    view = make(document([[f"Regel {i}" for i in range(50)]] * 5))
    hand = Hand(view)
    start = view.boxes((14, 20))[0].center()
    hand.press(start)
    hand.move(QPointF(start.x() + 30, view.viewport().height() + 40))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 300)
    hand.release(QPointF(start.x(), 590))
    found = view.selection()
    assert found is not None
    assert found[1] - found[0] > 200


def test_that_a_sloppy_drag_leaves_spaces_and_furniture_at_its_ends_out(make: Make) -> None:
    view = make(size=QSize(800, 1600))
    start, end = REPORT.text.index(" blijven dat"), REPORT.text.index("ook in")
    first, last = view.boxes((start, start + 1))[0], view.boxes((end, end + 1))[0]
    Hand(view).drag(QPointF(first.left() + 0.5, first.center().y()), QPointF(last.left(), last.center().y()))
    assert chosen(view) == "blijven dat"


def test_that_the_middle_button_drags_the_page(make: Make) -> None:
    view = make(size=QSize(800, 400))
    hand = Hand(view)
    hand.press(QPointF(300, 300), button=Qt.MouseButton.MiddleButton)
    hand.move(QPointF(300, 180), held=Qt.MouseButton.MiddleButton)
    hand.release(QPointF(300, 180), button=Qt.MouseButton.MiddleButton)
    assert view.verticalScrollBar().value() == 120
    assert view.selection() is None


# -- selecting with the keyboard ----------------------------------------------------------------------------


def test_that_everything_can_be_selected_without_a_mouse(qtbot: QtBot, make: Make) -> None:
    view = make()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(view) == "S"  # the caret begins at the top of what shows, past the running head
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view, Qt.Key.Key_Right, ctrl | shift)
    assert chosen(view) == "Scholen"
    qtbot.keyClick(view, Qt.Key.Key_Right, ctrl | shift)
    assert chosen(view) == "Scholen besteden"
    qtbot.keyClick(view, Qt.Key.Key_Left, ctrl | shift)
    qtbot.keyClick(view, Qt.Key.Key_Down, ctrl | shift)
    assert chosen(view).endswith("geleden.")
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection() is None


def test_that_the_caret_walks_with_ctrl_and_selects_from_there(qtbot: QtBot, make: Make) -> None:
    view = make()
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Right, ctrl)
    assert view.selection() is None
    qtbot.keyClick(view, Qt.Key.Key_Right, ctrl | shift)
    assert chosen(view) == " meer"


def test_that_shift_down_crosses_the_page_and_skips_the_furniture(qtbot: QtBot, make: Make) -> None:
    view = make()
    start = REPORT.text.index("groot")
    view.selector.put(start)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() == (start, REPORT.text.index("ook in"))
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() is None


def test_that_a_letter_further_from_a_page_end_is_on_the_next_page(make: Make) -> None:
    view = make()
    view.selector.put(REPORT.text.index("blijven dat") + len("blijven dat"))
    assert view.selector.step("letter", forward=True) == REPORT.text.index("ook in")
    view.selector.put(REPORT.text.index("ook in"))
    assert view.selector.step("letter", forward=False) == REPORT.text.index("blijven dat") + len("blijven dat")


def test_that_the_selection_grows_and_shrinks(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.selector.put(REPORT.text.index("aandacht") + 2)
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    sizes = []
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Right, held)
        sizes.append(chosen(view))
    assert sizes[0] == "aandacht"
    assert sizes[1].endswith("geleden.")
    qtbot.keyClick(view, Qt.Key.Key_Left, held)
    assert chosen(view) == sizes[1]


def test_that_plain_keys_scroll_and_select_nothing(qtbot: QtBot, make: Make) -> None:
    view = make(size=QSize(800, 400))
    bar = view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert bar.value() == 40
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert bar.value() == 40 + round(0.9 * view.viewport().height())
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    assert view.selection() is None


def test_that_digits_and_letters_are_left_for_tagging(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.select((14, 30))
    qtbot.keyClick(view, Qt.Key.Key_1)
    qtbot.keyClick(view, Qt.Key.Key_N)
    assert view.selection() == (14, 30)


def test_that_copying_joins_hyphenated_lines_and_leaves_furniture_out(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.select((REPORT.text.index("aan weer-"), REPORT.text.index("regio’s.") + 8))
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert "weerbaarheid" in copied
    assert "Report 2024" not in copied


def test_that_plain_arrows_move_the_caret_in_caret_mode(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.set_caret_mode(True)
    view.selector.put(REPORT.text.index("besteden"))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.selector.caret == REPORT.text.index("besteden") + 1
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.selector.caret == REPORT.text.index("weer-") + 5
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.selector.caret > REPORT.text.index("baarheid")
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.selector.caret == len(REPORT.text)
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.selector.caret < REPORT.text.index("Meldpunten")
    assert view.selection() is None


def test_that_the_keyboard_selects_by_sentence(qtbot: QtBot, make: Make) -> None:
    view = make(document([["Eerst dit gezegd. Dan dat. En ten", "slotte nog iets."]]))
    view.selector.put(view.selector.text.index("dit"))
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view, Qt.Key.Key_Down, held)
    assert chosen(view) == "dit gezegd."
    qtbot.keyClick(view, Qt.Key.Key_Down, held)
    assert chosen(view) == "dit gezegd. Dan dat."
    qtbot.keyClick(view, Qt.Key.Key_Up, held)
    assert chosen(view).strip() == "dit gezegd."


def test_that_copying_with_source_says_where_the_words_stand(make: Make) -> None:
    view = make()
    view.citation = lambda one: f"Report, {one[0]}"
    start = REPORT.text.index("weer-")
    view.select((start, start + 14))
    assert view.copy_with_citation()
    assert QGuiApplication.clipboard().text() == f"“weerbaarheid” (Report, {start})"
    view.select(None)
    assert not view.copy_with_citation()
    view.set_marks((mark("a", start, start + 14, selected=True),))
    assert view.copy_with_citation()


def test_that_screen_readers_hear_where_the_caret_came(qtbot: QtBot, make: Make) -> None:
    view = make()
    view.set_caret_mode(True)
    before = REPORT.text.index("besteden")
    view.selector.put(before + 1)
    assert heard(view, Qt.Key.Key_Right, before, selecting=False) == "e"
    view.selector.put(before + len("besteden"))
    assert heard(view, Qt.Key.Key_Right, before, selecting=False) == "besteden"
    assert heard(view, Qt.Key.Key_Right, before, selecting=True) == "besteden, selected"
    view.selector.put(REPORT.text.index("drie jaar"))
    assert heard(view, Qt.Key.Key_Down, before, selecting=False) == "baarheid dan drie jaar geleden."


def test_that_ctrl_click_takes_the_sentence(make: Make) -> None:
    view = make()
    Hand(view).click(box_of(view, "baarheid")[0], Qt.KeyboardModifier.ControlModifier)
    assert chosen(view).startswith("Scholen")
    assert chosen(view).endswith("geleden.")
