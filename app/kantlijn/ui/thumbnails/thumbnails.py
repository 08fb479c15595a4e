"""The pages of what is being read, small, with the themes that stand on them."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from kantlijn.ui.jobs import Handle, Jobs
from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.ui.kit.widgets import EmptyState
from kantlijn.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kantlijn.errors import Known
    from kantlijn.usecases.desk import Bitmap, Source

Index = QModelIndex | QPersistentModelIndex
Chips = tuple[tuple[str, str], ...]
_WIDE = 132  # logical pixels of a page
_AIR, _LABEL = 10, 20
_KEPT = 240  # pictures
_MOST_CHIPS = 6


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.sizes: Sequence[tuple[float, float]] = ()
        self.labels: Sequence[str] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) and index.isValid():
            return say("Page {page}", page=self.labels[index.row()])
        return None


class Thumbnails(QWidget):
    """A column of pages. Pictures are asked for when they come into sight, after everything else."""

    wanted = Signal(int)
    """(page index)."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._source: Source | None = None
        self._round = 0
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, Handle] = {}
        self._broken: set[int] = set()
        self.chips: dict[int, Chips] = {}
        self.current = -1
        self._timer = QTimer(self, singleShot=True, interval=60)
        self._timer.timeout.connect(self._ask)
        self.model = _Model()
        self.model.setParent(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedLayout()
        column.addLayout(self._stack)
        self.list = _List(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self))
        self.list.clicked.connect(lambda index: self.wanted.emit(index.row()))
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._timer.start())
        self._stack.addWidget(self.list)
        self.empty = EmptyState(say("Texts have no pages; open a PDF to see them here."), icon="file", parent=self)
        self._stack.addWidget(self.empty)
        self._stack.setCurrentWidget(self.empty)

    def show_pages(
        self, source: Source | None, sizes: Sequence[tuple[float, float]], labels: Sequence[str]
    ) -> None:
        """These pages (sizes in points); the same file keeps its pictures."""
        if source is not None and self._source is not None and source.key == self._source.key:
            self._source = source
            return
        self._forget()
        self._source, self.current = source, -1
        self.model.beginResetModel()
        self.model.sizes, self.model.labels = (sizes, labels) if source is not None else ((), ())
        self.model.endResetModel()
        self._stack.setCurrentWidget(self.list if source is not None else self.empty)
        self._timer.start()

    def _forget(self) -> None:
        self._round += 1
        for handle in self._asked.values():
            handle.cancel()
        self._asked.clear()
        self._pictures.clear()
        self._broken.clear()
        self.chips = {}

    def show_chips(self, chips: dict[int, Chips]) -> None:
        """Letters and colours of the themes on each page."""
        if chips != self.chips:
            self.chips = chips
            self.list.viewport().update()

    def show_place(self, page: int) -> None:
        """Frame the page a reader is on."""
        if page != self.current and 0 <= page < self.model.rowCount():
            self.current = page
            index = self.model.index(page)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            self.list.viewport().update()

    def picture(self, page: int) -> QImage | None:
        """The page's picture, if it is there."""
        found = self._pictures.get(page)
        if found is not None:
            self._pictures.move_to_end(page)
        return found

    def _ask(self) -> None:
        """Ask for the pictures that are in sight; those scrolled past are no longer wanted."""
        from kantlijn.usecases.desk import AskBitmap, Priority

        if self._source is None or not self.isVisible():
            return
        shown = self._shown()
        for page in [page for page in self._asked if page not in shown]:
            self._asked.pop(page).cancel()
        ratio = self.devicePixelRatioF()
        for page in shown:
            if page in self._pictures or page in self._asked or page in self._broken:
                continue
            scale = _WIDE * ratio / max(1.0, self.model.sizes[page][0])
            request = AskBitmap(source=self._source, page=page, scale=scale)
            came, failed = partial(self._came, page, self._round), partial(self._failed, page, self._round)
            self._asked[page] = self._jobs.bitmap(request, Priority.THUMBNAIL, came, failed)

    def _shown(self) -> range:
        port = self.list.viewport().rect()
        first = self.list.indexAt(QPoint(port.center().x(), port.top() + _AIR))
        last = self.list.indexAt(QPoint(port.center().x(), port.bottom() - _AIR))
        start = first.row() if first.isValid() else 0
        end = last.row() if last.isValid() else min(self.model.rowCount() - 1, start + 12)
        return range(max(0, start - 1), min(self.model.rowCount(), end + 2))

    def _came(self, page: int, turn: int, bitmap: Bitmap) -> None:
        if not isValid(self) or turn != self._round:
            return
        self._asked.pop(page, None)
        made = QImage(bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        made.setDevicePixelRatio(self.devicePixelRatioF())
        self._pictures[page] = made
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.list.viewport().update()

    def _failed(self, page: int, turn: int, _error: Known) -> None:
        if isValid(self) and turn == self._round:
            self._asked.pop(page, None)
            self._broken.add(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()


class _Delegate(QStyledItemDelegate):
    def __init__(self, pane: Thumbnails) -> None:
        super().__init__(pane)
        self._pane = pane

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        wide, high = self._pane.model.sizes[index.row()]
        room = self._pane.list.viewport().width() - 4
        columns = max(1, room // (_WIDE + 2 * _AIR))
        return QSize(room // columns - 4, min(400, round(_WIDE * high / max(1.0, wide))) + _AIR + _LABEL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pane, page, tokens = self._pane, index.row(), colours.current()
        wide, high = pane.model.sizes[page]
        box = QRect(0, 0, _WIDE, min(400, round(_WIDE * high / max(1.0, wide))))
        box.moveTopLeft(option.rect.topLeft())
        box.moveLeft(option.rect.center().x() - _WIDE // 2)
        box.translate(0, _AIR // 2)
        painter.save()
        painter.fillRect(box, QColor("#ffffff"))
        picture = pane.picture(page)
        if picture is not None:
            painter.drawImage(box, picture)
        here = page == pane.current
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent if here else tokens.line_strong), 2.5 if here else 0.8))
        painter.drawRect(QRectF(box).adjusted(-1, -1, 1, 1) if here else QRectF(box))
        y = box.top() + 4
        for letter, colour in pane.chips.get(page, ())[:_MOST_CHIPS]:
            paint.chip(painter, QRectF(box.right() - 17, y, 14, 14), letter, colour)
            y += 16
        label = QRectF(box.left(), box.bottom() + 1, box.width(), _LABEL - 3)
        paint.words(painter, label, pane.model.labels[page], colour=tokens.text if here else tokens.muted,
                    font=fonts.chrome(11.5), align=Qt.AlignmentFlag.AlignHCenter)  # fmt: skip
        painter.restore()


class _List(QListView):
    """Page after page; Enter goes there."""

    def __init__(self, pane: Thumbnails) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(say("Pages"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setSpacing(2)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._pane.wanted.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().wheelEvent(event)
