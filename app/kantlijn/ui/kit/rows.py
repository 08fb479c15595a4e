"""The tree of the sidebar: rows of 28 pixels with a chip, a name, a count and a key cap."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.ui.kit.plain import tip
from kantlijn.words import number

ID = Qt.ItemDataRole.UserRole + 1
LETTER = Qt.ItemDataRole.UserRole + 2
COLOUR = Qt.ItemDataRole.UserRole + 3
COUNT = Qt.ItemDataRole.UserRole + 4
KEY = Qt.ItemDataRole.UserRole + 5
QUIET = Qt.ItemDataRole.UserRole + 6
"""A row in the muted colour: a version, a subtheme."""
STEP = 20
Index = QModelIndex | QPersistentModelIndex

_ENOUGH = 300


def row_height() -> int:
    """28 pixels, more where the text is larger."""
    return max(28, QFontMetrics(fonts.chrome()).height() + 12)


class _Delegate(QStyledItemDelegate):
    """Draws a row, and places the field in which its name is edited."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = colours.current()
        where = QRect(option.rect)
        view = option.widget
        full = QRect(where)
        full.setLeft(0)
        state = option.state
        paint.row(
            painter,
            full,
            selected=bool(state & QStyle.StateFlag.State_Selected),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=bool(state & QStyle.StateFlag.State_HasFocus) and view.hasFocus(),
        )
        right = self._right_side(painter, where, index)
        left = where.left() - 4
        if index.data(LETTER):
            middle = where.center().y() + 1
            box = QRectF(left, middle - paint.CHIP / 2, paint.CHIP, paint.CHIP)
            paint.chip(painter, box, index.data(LETTER), index.data(COLOUR))
            left += paint.CHIP + 8
        quiet = bool(index.data(QUIET))
        paint.words(
            painter,
            QRectF(left, where.top(), right - left - 6, where.height()),
            str(index.data(Qt.ItemDataRole.DisplayRole)),
            colour=tokens.muted if quiet else tokens.text,
            font=fonts.chrome(12.5 if quiet else 13),
        )

    def _right_side(self, painter: QPainter, where: QRect, index: Index) -> float:
        """Key cap and count; returns where they begin."""
        tokens = colours.current()
        right = float(where.right() - 14)
        if (key := index.data(KEY)) is not None:
            # a place is kept for the key where other rows have one, so that counts stand below each other
            right = paint.key_cap(painter, right, where.center().y() + 1, key) if key else right - 18
            right -= 8
        count = index.data(COUNT)
        if count is None:
            return right
        font = fonts.chrome(12.5)
        said = number(count)
        wide = QFontMetrics(font).horizontalAdvance(said)
        box = QRectF(right - wide, where.top(), wide + 2, where.height())
        paint.words(painter, box, said, colour=tokens.muted, font=font)
        return right - wide

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        where = QRect(option.rect)
        if index.data(LETTER):
            where.setLeft(where.left() + paint.CHIP)
        editor.setGeometry(where.adjusted(0, 0, -12, 0))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.DisplayRole)))
        return editor


class Rows(QTreeWidget):
    """A tree whose rows carry the roles above. It takes as much height as its rows need when asked to."""

    def __init__(self, name: str, parent: QWidget | None = None, *, foldable: bool = True) -> None:
        super().__init__(parent)
        self.foldable = foldable
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setIndentation(STEP)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setItemDelegate(_Delegate(self))
        self.setFont(fonts.chrome())

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self.foldable and self.model().hasChildren(index):
            middle = QPointF(rect.right() - 9.5, rect.center().y() + 1)
            paint.fold_arrow(painter, middle, opened=self.isExpanded(index))

    def wanted_height(self) -> int:
        """Pixels that show every row, or more rows than any screen."""
        shown = 0
        item = self.topLevelItem(0)
        while item is not None and shown < _ENOUGH:
            shown += 1
            item = self.itemBelow(item)
        return shown * row_height() + 4

    def item_of(self, wanted: str) -> QTreeWidgetItem | None:
        """The row with this id."""
        for item in self.all_items():
            if item.data(0, ID) == wanted:
                return item
        return None

    def all_items(self) -> list[QTreeWidgetItem]:
        """Every row, folded ones too, from the top."""
        found: list[QTreeWidgetItem] = []

        def below(item: QTreeWidgetItem | None) -> None:
            if item is None:
                return
            found.append(item)
            for i in range(item.childCount()):
                below(item.child(i))

        for i in range(self.topLevelItemCount()):
            below(self.topLevelItem(i))
        return found


def shown(name: str) -> str:
    """As much of a name as a row or a tooltip shows: one of a stranger's project may be of millions of letters."""
    return name if len(name) <= paint.LETTERS else name[:paint.LETTERS] + "…"


def make_row(name: str, wanted: str, roles: dict[int, Any]) -> QTreeWidgetItem:
    """A row with a name, an id and further roles."""
    item = QTreeWidgetItem([shown(name)])
    item.setData(0, ID, wanted)
    item.setToolTip(0, tip(shown(name)))
    for role, value in roles.items():
        item.setData(0, role, value)
    return item


