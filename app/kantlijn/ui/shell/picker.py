"""Choose by typing: themes for a passage (T), or any action (Ctrl+K)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kantlijn.ui.kit import colours, fonts, paint, rows, widgets
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import SearchField
from kantlijn.words import say

_HIGHEST = 400  # pixels
_GAP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be chosen. also: other words by which it is found. letter and colour: of a theme.

    about: what kind of thing it is, where that is not plain.
    """

    id: str
    text: str
    also: str = ""
    about: str = ""
    key: str = ""
    letter: str = ""
    colour: str = ""
    on: bool = False


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: rows.Index) -> QSize:
        return QSize(100, rows.row_height() + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: rows.Index) -> None:
        choice: Choice = index.data(rows.ID)
        where = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint.row(painter, where.adjusted(-4, 0, 4, 0), selected=chosen, hovered=False)
        tokens = colours.current()
        left, right = where.left() + 12.0, where.right() - 12.0
        if choice.letter:
            paint.chip(painter, QRectF(left, where.center().y() - 8, 18, 18), choice.letter, choice.colour)
            left += 26
        if choice.key:
            right = paint.key_cap(painter, right, where.center().y() + 1, choice.key) - 8
        if choice.about:
            small = fonts.chrome(12)
            wide = QFontMetrics(small).horizontalAdvance(choice.about) + 2
            beside = QRectF(right - wide, where.top(), wide, where.height())
            paint.words(painter, beside, choice.about, colour=tokens.muted, font=small)
            right -= wide + 12
        room = QRectF(left, where.top(), right - left, where.height())
        text = f"{choice.text}  ✓" if choice.on else choice.text
        paint.words(painter, room, text, colour=tokens.text, font=fonts.chrome())


class Picker(QFrame):
    """A field with a list under it, floating over the window. Enter chooses, Esc closes."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget, name: str, *, new: str = "") -> None:
        """new: sentence with {name} under which what was typed can be made; "" when it cannot."""
        super().__init__(parent)
        self.setObjectName("floating")
        self.setAccessibleName(name)
        self._new = new
        self._choices: Sequence[Choice] = ()
        self._back: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        self.field = SearchField(name, self, icon="search")
        self.field.textChanged.connect(self._fill)
        self.field.escaped.connect(self.leave)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self.list = QListWidget(self)
        self.list.setObjectName("choices")
        self.list.setAccessibleName(name)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._choose)
        column.addWidget(self.list)
        self.nothing = Words(say("Nothing is called so."), self)
        self.nothing.setObjectName("muted")
        self.nothing.setContentsMargins(12, 0, 12, 0)
        self.nothing.setFixedHeight(rows.row_height())
        column.addWidget(self.nothing)
        self._most = 0
        widgets.shadow(self)
        self.hide()

    def offer(
        self, choices: Sequence[Choice], around: QRect, *, wide: int = 400, spared: Sequence[QRect] = ()
    ) -> None:
        """Come up with these choices in the upper middle of a rectangle (pixels of the parent).

        spared: the words they are for, which are not covered where there is room below or above them.
        """
        self._choices = choices
        self._back = self.window().focusWidget()
        wide = min(wide, around.width() - 32)
        self.field.clear()
        self._most = min(_HIGHEST, around.height() - 48)
        self.setGeometry(around.center().x() - wide // 2, around.top() + 24, wide, self._most)
        self._fill("")
        if spared:
            self.move(beside(self.size(), spared, around))
        self.raise_()
        self.show()
        self.field.setFocus()

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for choice in found(self._choices, typed):
            self._add(choice)
        exact = any(_plain(choice.text) == _plain(typed.strip()) for choice in self._choices)
        if self._new and typed.strip() and not exact:
            self._add(Choice(id="new:" + typed.strip(), text=self._new.format(name=typed.strip())))
        self.list.setCurrentRow(0)
        self._fit()

    def _fit(self) -> None:
        """As high as what is found, its top where it was."""
        count = self.list.count()
        self.list.setVisible(count > 0)
        self.nothing.setVisible(not count)
        over = self.field.sizeHint().height() + 8 + 8 + 6
        high = count * (rows.row_height() + 2) + 4 if count else rows.row_height()
        self.resize(self.width(), min(over + high, self._most))

    def _add(self, choice: Choice) -> None:
        item = QListWidgetItem(choice.text, self.list)
        item.setData(rows.ID, choice)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, choice.text)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            choice: Choice = item.data(rows.ID)
            self.leave()
            self.chosen.emit(choice.id)

    def leave(self) -> None:
        """Close, and give the focus back."""
        self.hide()
        if self._back is not None:
            self._back.setFocus()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentItem())
                return True
        if watched is self.field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
            self.closed.emit()
        return super().eventFilter(watched, event)


def beside(size: QSize, spared: Sequence[QRect], around: QRect) -> QPoint:
    """Where something of this size goes: under these words, else above them, else over them at the top."""
    first, last = min(rect.top() for rect in spared), max(rect.bottom() for rect in spared)
    least = around.left() + 16
    x = min(max(spared[-1].left(), least), max(least, around.right() - size.width() - 16))
    if last + _GAP + size.height() < around.bottom():
        return QPoint(x, last + _GAP)
    if first - _GAP - size.height() > around.top():
        return QPoint(x, first - _GAP - size.height())
    return QPoint(x, around.top() + 24)


def _plain(text: str) -> str:
    """For finding: no case, no accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def found(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Those that have every typed word: names that begin with it first, then words that do, then the rest."""
    words = _plain(typed).split()

    def rank(choice: Choice) -> int:
        name = _plain(choice.text)
        if not words or name.startswith(words[0]):
            return 0
        return 1 if any(part.startswith(words[0]) for part in name.split()) else 2

    fits = [c for c in choices if all(word in _plain(f"{c.text} {c.also} {c.key}") for word in words)]
    return sorted(fits, key=rank)


def theme_hint() -> str:
    """What the picker of themes is called."""
    return say("Tag with a theme")
