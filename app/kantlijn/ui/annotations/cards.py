"""The list of cards: thousands of them, several chosen at once, dragged onto a theme, with a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from collections.abc import Sequence

_BATCH = 60
_STEPS = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class Cards(QListView):
    """Cards, laid out in batches so that thousands do not hold up the window."""

    taken = Signal(QModelIndex)
    """Clicked alone, Enter, or an arrow: go there. Ctrl and Shift choose cards without going anywhere."""
    menu_wanted = Signal(QPoint)
    """(point of the screen)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Annotations"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.verticalScrollBar().setSingleStep(24)
        self._alone = True
        self.clicked.connect(self._clicked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        several = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        self._alone = not event.modifiers() & several
        super().mousePressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self._alone:
            self.taken.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.taken.emit(index)
            return
        super().keyPressEvent(event)
        if event.key() in _STEPS and not event.modifiers() and self.currentIndex() != index:
            self.taken.emit(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and index.isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(self.visualRect(index).center()))
        elif self.indexAt(event.pos()).isValid():
            self.menu_wanted.emit(event.globalPos())

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """The chosen cards, under the mouse as a small card that says how many."""
        chosen: Sequence[QModelIndex] = self.selectedIndexes()
        if not chosen:
            return
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData(chosen))
        drag.setPixmap(_picture(len(chosen), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-10, -6))
        drag.exec(Qt.DropAction.CopyAction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


def _picture(number: int, ratio: float) -> QPixmap:
    text = say_many("{n} annotation", "{n} annotations", number)
    wide = QApplication.fontMetrics().horizontalAdvance(text) + 28
    made = QPixmap(round(wide * ratio), round(28 * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    tokens = colours.current()
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.popup))
    painter.drawRoundedRect(QRectF(0, 0, wide, 28), 6, 6)
    paint.words(painter, QRectF(12, 0, wide - 14, 28), text, colour=tokens.popup_text, font=fonts.chrome(12.5))
    painter.end()
    return made
