"""The mouse over a reading view: selecting, clicking marks, scrolling at the edges, the hand."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from kantlijn.model.document import Range
from kantlijn.ui.page.handles import Handles
from kantlijn.ui.page.surface import Surface
from kantlijn.ui.page.view import Overlay

_JITTER = 3  # pixels a click may move
_EDGE = 12  # pixels from the viewport's edge where a drag begins to scroll
_FASTEST = 60  # pixels per tick of 16 ms


class Mouse:
    """What the buttons are doing. One per view."""

    def __init__(self, view: Surface, handles: Handles) -> None:
        self._view = view
        self._handles = handles
        self._doing = ""  # "", "select", "hand", "overlay", "handle" or "area"
        self._from = QPointF()
        self._at = QPointF()
        self._moved = False
        self._before: Range | None = None
        self._last_double = QElapsedTimer()
        self._double_at = QPointF()
        self._bars = QPoint()
        self._clicked: tuple[str, ...] = ()
        self._turn = 0
        self._by_letter = False
        self._pressed: Overlay | None = None
        self.hand_used = False
        self._scroll = QTimer(view, interval=16)
        self._scroll.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        where = event.position()
        self._from = self._at = where
        self._moved = False
        self._view.modifiers = event.modifiers()
        self._view.rest_on(None, where)
        self._bars = QPoint(self._view.horizontalScrollBar().value(), self._view.verticalScrollBar().value())
        button = event.button()
        if button == Qt.MouseButton.MiddleButton or (
            button == Qt.MouseButton.LeftButton and self._view.space_held
        ):
            self._grab()
        elif button == Qt.MouseButton.LeftButton:
            self._press_left(event, where)
        elif button == Qt.MouseButton.RightButton:
            self._doing = ""
        else:
            event.ignore()

    def _grab(self) -> None:
        view = self._view
        self._doing, self.hand_used = "hand", True
        view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _press_left(self, event: QMouseEvent, where: QPointF) -> None:
        view = self._view
        self._pressed = None
        if view.pressed_link(where) or self._overlay_pressed(where):
            self._doing = "overlay"
            return
        if self._handles.press(where):
            self._doing = "handle"
            return
        if self._draws_area(event, where):
            self._doing = "area"
            view.selector.clear()
            view.area = None
            return
        offset = view.offset_at(where)
        self._before = view.selection()
        self._doing = "select"
        view.area = None
        if offset is None:
            view.selector.clear()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            view.selector.carry(offset)
            self._moved = True
        elif self._is_triple(where):
            view.selector.press(offset, "paragraph")
            self._moved = True
        elif not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.selector.press(offset)
        view.goal = None
        view.show_caret()
        view.viewport().update()

    def _overlay_pressed(self, where: QPointF) -> bool:
        """Whether an overlay takes the press, which is then the one that is dragged."""
        self._pressed = next((one for one in reversed(self._view.overlays) if one.press(where.toPoint())), None)
        return self._pressed is not None

    def _draws_area(self, event: QMouseEvent, where: QPointF) -> bool:
        """Whether this press begins an area: with the tool for it, with Alt, or where a page has no text."""
        view = self._view
        if view.area_between(where, where) is None or not view.editable:
            return False
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return alt or view.tool == "area" or not view.has_text_at(where)

    def _is_triple(self, where: QPointF) -> bool:
        return (
            self._last_double.isValid()
            and self._last_double.elapsed() < QApplication.doubleClickInterval()
            and (where - self._double_at).manhattanLength() < 2 * _JITTER
        )

    def double(self, event: QMouseEvent) -> None:
        """The second press: the word, or with Ctrl the sentence. A drag goes on by it."""
        where = event.position()
        if event.button() != Qt.MouseButton.LeftButton or self._view.space_held:
            self.press(event)
            return
        if self._overlay_pressed(where):
            self._doing = "overlay"
            return
        self._last_double.start()
        self._double_at = self._from = self._at = where
        offset = self._view.offset_at(where)
        self._doing, self._moved = "select", True
        self._before = self._view.selection()
        if offset is not None:
            by_sentence = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._view.selector.press(offset, "sentence" if by_sentence else "word")
        self._view.goal = None
        self._view.show_caret()
        self._view.viewport().update()

    def move(self, event: QMouseEvent) -> None:
        where = event.position()
        self._at = where
        if self._doing == "hand":
            step = (where - self._from).toPoint()
            self._view.horizontalScrollBar().setValue(self._bars.x() - step.x())
            self._view.verticalScrollBar().setValue(self._bars.y() - step.y())
        elif self._doing == "handle":
            self._by_letter = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._handles.move(where, by_letter=self._by_letter)
            self._scroll_at_edges()
        elif self._doing == "area":
            if self._moved or (where - self._from).manhattanLength() >= _JITTER:
                self._moved = True
                self._view.area = self._view.area_between(self._from, where)
                self._view.viewport().update()
        elif self._doing == "overlay" and self._pressed is not None:
            self._pressed.drag(where.toPoint())
        elif self._doing == "select" and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(where)
        elif self._doing == "":
            self._hover(where)

    def _drag(self, where: QPointF) -> None:
        still = self._view.verticalScrollBar().value() == self._bars.y()  # not scrolled under the mouse
        if not self._moved and still and (where - self._from).manhattanLength() < _JITTER:
            return
        self._moved = True
        view = self._view
        offset = view.offset_at(where)
        if offset is not None:
            view.selector.extend(offset)
            view.viewport().update()
        self._scroll_at_edges()

    def _scroll_at_edges(self) -> None:
        if self._speed():
            self._scroll.start()
        else:
            self._scroll.stop()

    def _speed(self) -> int:
        """Pixels a tick to scroll down (or up) while dragging at this height."""
        y, height = self._at.y(), self._view.viewport().height()
        past = y - (height - _EDGE) if y > height - _EDGE else min(0.0, y - _EDGE)
        return max(-_FASTEST, min(_FASTEST, round(past / 2)))

    def _scroll_on(self) -> None:
        bar = self._view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._speed())
        if bar.value() == before or self._doing not in ("select", "handle"):
            self._scroll.stop()
            return
        if self._doing == "handle":
            self._handles.move(self._at, by_letter=self._by_letter)
            return
        offset = self._view.offset_at(self._at)
        if offset is not None:
            self._view.selector.extend(offset)
        self._view.viewport().update()

    def cancel(self) -> bool:
        """Let go of an end or an area being dragged; whether there was one."""
        if self._doing not in ("handle", "area"):
            return False
        self._doing = ""
        self._scroll.stop()
        self._handles.cancel()
        self._view.area = None
        self._view.viewport().update()
        return True

    def release(self, event: QMouseEvent) -> None:
        doing, self._doing = self._doing, ""
        self._scroll.stop()
        still = (event.position() - self._from).manhattanLength() < _JITTER
        if doing == "handle":
            self._handles.release()
        elif doing == "hand" and still and event.button() == Qt.MouseButton.MiddleButton:
            self._follow(event.position(), beside=True)
        elif doing == "area":
            if self._moved:
                self._view.selection_changed.emit()
            else:
                self._click(event)
        elif doing == "select":
            if event.button() == Qt.MouseButton.LeftButton and not self._moved:
                self._click(event)
            elif self._view.selection() != self._before or self._view.selection() is not None:
                self._view.selector.settle()
                self._view.viewport().update()
                self._view.selection_changed.emit()
        self._hover(event.position())

    def _click(self, event: QMouseEvent) -> None:
        """A click on a mark chooses it, the shortest first and the next at every further click."""
        view = self._view
        if self._before != view.selection():
            view.selection_changed.emit()
        add = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        if self._follow(event.position(), beside=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)):
            return
        ids = tuple(mark.id for mark in view.marks_at(event.position()))
        if not ids:
            self._clicked = ()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and view.on_text(event.position()):
                self._take_sentence(event.position())
            else:
                view.mark_clicked.emit("", add)
            return
        self._turn = (self._turn + 1) % len(ids) if ids == self._clicked else 0
        self._clicked = ids
        view.mark_clicked.emit(ids[self._turn], add)

    def _take_sentence(self, where: QPointF) -> None:
        view = self._view
        offset = view.offset_at(where)
        if offset is not None:
            view.selector.press(offset, "sentence")
            view.viewport().update()
            view.selection_changed.emit()

    def _follow(self, where: QPointF, *, beside: bool) -> bool:
        """Follow the link at this point; whether there is one. A mark there comes before words that only point."""
        link = self._view.link_at(where)
        if link is None or (link.read and not beside and self._view.marks_at(where)):
            return False
        self._view.link_wanted.emit(link, beside)
        return True

    def _hover(self, where: QPointF) -> None:
        view = self._view
        link = view.link_at(where)
        view.rest_on(link, where)
        shape = Qt.CursorShape.ArrowCursor
        if view.space_held:
            shape = Qt.CursorShape.OpenHandCursor
        elif (knob := self._handles.cursor(where)) is not None:
            shape = knob
        elif self._over_overlay(where) or view.over_link(where) or link is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif view.tool == "area" and view.area_between(where, where) is not None:
            shape = Qt.CursorShape.CrossCursor
        elif view.on_text(where):
            shape = Qt.CursorShape.IBeamCursor
        elif not view.has_text_at(where) and view.area_between(where, where) is not None:
            shape = Qt.CursorShape.CrossCursor
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)

    def _over_overlay(self, where: QPointF) -> bool:
        """Every overlay hears where the mouse is, so that each can let go of what it lit up."""
        heard = [overlay.hover(where.toPoint()) for overlay in reversed(self._view.overlays)]
        return any(heard)

    def refresh_cursor(self) -> None:
        """Space went down or up: the hand comes or goes."""
        if self._doing == "":
            self._hover(self._at)
