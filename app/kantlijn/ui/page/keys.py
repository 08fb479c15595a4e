"""The keys of a reading view: scrolling without modifiers, the caret with Ctrl, selecting with Shift.

Plain arrows, Page Up and Down, Home, End and Space scroll; while the view's caret_mode is on, all but Space
move the blinking caret. Ctrl+arrows always move it (a word, a line; a paragraph in caret mode) and Shift makes
it select: Shift+arrows by letter and line, Ctrl+Shift+arrows by word and paragraph, Alt+Shift+Up and Down by
sentence. A caret that is out of sight with nothing selected begins at the top of the viewport. Alt+Shift+Right
grows the selection to word, sentence, paragraph; Alt+Shift+Left takes that back. Enter asks for a note on what
is selected.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from kantlijn.ui.page.announce import tell_caret
from kantlijn.ui.page.mouse import Mouse
from kantlijn.ui.page.surface import Surface

_Key = Qt.Key
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT, _META = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier
_LINE = 40  # pixels a plain arrow scrolls
_OVERLAP = 0.9  # of the viewport, a screenful


def key_pressed(view: Surface, mouse: Mouse, event: QKeyEvent) -> bool:
    """Do what the key says; False when it is none of ours."""
    if event.matches(QKeySequence.StandardKey.Copy):
        view.copy()
        return True
    if event.matches(QKeySequence.StandardKey.SelectAll):
        view.select((0, len(view.selector.text)))
        return True
    key = _Key(event.key())
    held = event.modifiers() & (_CTRL | _SHIFT | _ALT | _META)
    if key == _Key.Key_Escape and not held:
        return mouse.cancel() or _escape(view)
    if key in (_Key.Key_Return, _Key.Key_Enter) and not held:
        return _note(view)
    if key == _Key.Key_Space and held in (Qt.KeyboardModifier.NoModifier, _SHIFT):
        return _space(view, mouse, event)
    if held == _ALT | _SHIFT and key in (_Key.Key_Right, _Key.Key_Left):
        _sized(view, grow=key == _Key.Key_Right)
        return True
    if held == _ALT | _SHIFT and key in (_Key.Key_Up, _Key.Key_Down):
        return _move_to(view, key, view.selector.step("sentence", forward=key == _Key.Key_Down), selecting=True)
    if held & _SHIFT and not held & (_ALT | _META):
        return _move(view, key, by_word=bool(held & _CTRL), selecting=True)
    if held == _CTRL:
        return _zoomed(view, key) or _move(view, key, by_word=True, selecting=False)
    if held:
        return False
    return (view.caret_mode and _move(view, key, by_word=False, selecting=False)) or _scrolled(view, key)


def key_released(view: Surface, mouse: Mouse, event: QKeyEvent) -> bool:
    """Space scrolls when it goes up, unless it held the hand meanwhile."""
    if event.key() != _Key.Key_Space or event.isAutoRepeat() or not view.space_held:
        return False
    view.space_held = False
    mouse.refresh_cursor()
    if not mouse.hand_used:
        _screen(view, down=not event.modifiers() & _SHIFT)
    return True


def _escape(view: Surface) -> bool:
    if view.selection() is None and view.area_selection() is None:
        return False
    view.select(None)
    return True


def _note(view: Surface) -> bool:
    """Enter writes a note on what is selected."""
    if view.selection() is None and view.area_selection() is None and not view.marks.selected:
        return False
    view.note_wanted.emit()
    return True


def _space(view: Surface, mouse: Mouse, event: QKeyEvent) -> bool:
    if not event.isAutoRepeat():
        view.space_held, mouse.hand_used = True, False
        mouse.refresh_cursor()
    return True


def _screen(view: Surface, down: bool) -> None:
    step = round(view.viewport().height() * _OVERLAP)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + (step if down else -step))


def _scrolled(view: Surface, key: Qt.Key) -> bool:
    down, across = view.verticalScrollBar(), view.horizontalScrollBar()
    match key:
        case _Key.Key_Down:
            down.setValue(down.value() + _LINE)
        case _Key.Key_Up:
            down.setValue(down.value() - _LINE)
        case _Key.Key_Right:
            across.setValue(across.value() + _LINE)
        case _Key.Key_Left:
            across.setValue(across.value() - _LINE)
        case _Key.Key_PageDown:
            _screen(view, down=True)
        case _Key.Key_PageUp:
            _screen(view, down=False)
        case _Key.Key_Home:
            down.setValue(down.minimum())
        case _Key.Key_End:
            down.setValue(down.maximum())
        case _:
            return False
    return True


def _zoomed(view: Surface, key: Qt.Key) -> bool:
    match key:
        case _Key.Key_Plus | _Key.Key_Equal:
            view.zoom_by(1.25)
        case _Key.Key_Minus:
            view.zoom_by(0.8)
        case _Key.Key_0:
            view.set_zoom("1")
        case _Key.Key_2:
            view.set_zoom("width")
        case _:
            return False
    return True


def _sized(view: Surface, grow: bool) -> None:
    before = view.selection()
    _bring(view)
    if grow:
        view.selector.grow()
    else:
        view.selector.shrink()
    _moved(view, before)


def _bring(view: Surface) -> None:
    """Put a caret that is out of sight, with nothing selected, at the top of the viewport."""
    if view.selection() is not None:
        return
    box = view.caret_box(view.selector.caret)
    if box.isEmpty() or not QRectF(view.viewport().rect()).intersects(box):
        view.selector.put(view.visible_range()[0])
        view.goal = None


def _move(view: Surface, key: Qt.Key, *, by_word: bool, selecting: bool) -> bool:
    """Move the caret, and with it the selection when it is being made."""
    target = _target(view, key, by_word, selecting)
    return target is not None and _move_to(view, key, target, selecting=selecting)


def _move_to(view: Surface, key: Qt.Key, target: int, *, selecting: bool) -> bool:
    before, caret = view.selection(), view.selector.caret
    if selecting:
        view.selector.carry(target)
    else:
        view.selector.put(target)
    if key not in (_Key.Key_Up, _Key.Key_Down, _Key.Key_PageUp, _Key.Key_PageDown):
        view.goal = None
    view.show_offset(view.selector.caret)
    _moved(view, before)
    tell_caret(view, key, caret, selecting=selecting)
    return True


def _moved(view: Surface, before: tuple[int, int] | None) -> None:
    view.show_caret()
    view.viewport().update()
    if view.selection() != before:
        view.selection_changed.emit()


def _target(view: Surface, key: Qt.Key, by_word: bool, selecting: bool) -> int | None:
    selector = view.selector
    if key in _HANDLED:
        _bring(view)
    match key:
        case _Key.Key_Right | _Key.Key_Left:
            return selector.step("word" if by_word else "letter", forward=key == _Key.Key_Right)
        case _Key.Key_Down | _Key.Key_Up:
            if by_word and (selecting or view.caret_mode):
                return selector.step("paragraph", forward=key == _Key.Key_Down)
            return view.line_step(selector.caret, down=key == _Key.Key_Down)
        case _Key.Key_PageDown | _Key.Key_PageUp if not by_word:
            at = selector.caret
            for _ in range(_lines_a_screen(view)):
                at = view.line_step(at, down=key == _Key.Key_PageDown)
            return at
        case _Key.Key_Home:
            return 0 if by_word else view.line_ends(selector.caret)[0]
        case _Key.Key_End:
            return len(selector.text) if by_word else view.line_ends(selector.caret)[1]
    return None


def _lines_a_screen(view: Surface) -> int:
    box = view.caret_box(view.selector.caret)
    return max(1, int(view.viewport().height() * _OVERLAP / max(8.0, 1.3 * box.height())))


_HANDLED = frozenset(
    (
        _Key.Key_Right, _Key.Key_Left, _Key.Key_Down, _Key.Key_Up,
        _Key.Key_PageDown, _Key.Key_PageUp, _Key.Key_Home, _Key.Key_End,
    )
)  # fmt: skip
