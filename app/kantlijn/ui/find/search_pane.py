"""Search in all documents, annotations or notes: what to look for above, what was found below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kantlijn.ui.find.found import ROW, Chips, FoundModel, Index
from kantlijn.ui.find.hit_line import hit_height, paint_hit
from kantlijn.ui.kit import colours, fonts, paint
from kantlijn.ui.kit.plain import Words, breakable
from kantlijn.ui.kit.tabs import Tabs
from kantlijn.ui.kit.widgets import EmptyState, IconButton, OneLine, SearchField
from kantlijn.words import number, say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.searching.hits import Group, Hit

_PAUSE = 220  # milliseconds after the last letter
_KEYS = tuple("123456789")


class SearchPane(QWidget):
    """Asks for what is typed; shows what is handed to model."""

    wanted = Signal()
    """(): look for query(), in where(), as the switches are."""
    chosen = Signal(object)
    """(Hit): go there."""
    key_pressed = Signal(object, str)
    """(Hit, digit): tag it with the theme that has the key."""
    tag_all_wanted = Signal()
    theme_wanted = Signal()
    """(): choose a theme whose search words are to be looked for."""
    escaped = Signal()
    shown = Signal()
    """(): the pane came into sight."""

    def __init__(self, chips: Chips, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FoundModel()
        self.model.setParent(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._asking())
        self.scopes = Tabs(
            {"text": say("Documents"), "annotations": say("Annotations"), "notes": say("Notes")}, self
        )
        self.scopes.choose("text")
        self.scopes.changed.connect(lambda _name: self.wanted.emit())
        column.addWidget(self.scopes)
        column.addLayout(self._heading())
        self.note = Words("", self)
        self.note.setObjectName("muted")
        self.note.setWordWrap(True)
        self.note.setContentsMargins(18, 0, 14, 8)
        self.note.hide()
        column.addWidget(self.note)
        self.list = _List(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.model, chips, self.list))
        self.list.clicked.connect(self._clicked)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self.empty = EmptyState("", icon="search", parent=self)
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.wanted)
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.setFocusProxy(self.field)
        self.show_state("", done=True, writable=False)

    def _asking(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 10, 10, 2)
        row.setSpacing(4)
        self.field = SearchField(say("Search in all documents"), self, icon="search")
        self.field.returnPressed.connect(self._enter)
        self.field.escaped.connect(self.escaped)
        self.field.installEventFilter(self)
        row.addWidget(self.field, 1)
        self.words = QToolButton(self)
        self.words.setObjectName("small")
        self.words.setText(say("W"))
        self.words.setCheckable(True)
        self.words.setAutoRaise(True)
        self.words.setAccessibleName(say("Whole words"))
        self.words.setToolTip(say("Whole words"))
        self.words.toggled.connect(lambda _on: self.wanted.emit())
        row.addWidget(self.words)
        self.theme = IconButton("tag", say("Search for a theme's words…"), self)
        self.theme.setObjectName("small")
        self.theme.clicked.connect(self.theme_wanted)
        row.addWidget(self.theme)
        return row

    def _heading(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(18, 8, 12, 6)
        self.title = OneLine("", self)
        self.title.setObjectName("muted")
        head.addWidget(self.title, 1)
        self.tag_all = QPushButton(say("Tag all…"), self)
        self.tag_all.setObjectName("secondary")
        self.tag_all.clicked.connect(self.tag_all_wanted)
        head.addWidget(self.tag_all)
        return head

    # -- what is asked --------------------------------------------------------------------------------------

    def query(self) -> str:
        return self.field.text().strip()

    def where(self) -> str:
        """"text", "annotations" or "notes"."""
        return self.scopes.current

    def ask(self, query: str) -> None:
        """Look for this at once."""
        self.field.setText(query)
        self._timer.stop()
        self.wanted.emit()

    def _enter(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.wanted.emit()
        else:
            self.step(1)

    # -- what is shown --------------------------------------------------------------------------------------

    def show_state(
        self, query: str, *, done: bool, writable: bool, apart: bool = False, waiting: int = 0,
        coming: bool = True,
    ) -> None:  # fmt: skip
        """Say what came of a query; the rows are the model's. coming: those waiting are being made searchable."""
        total = sum(group.count for group in self.model.groups)
        self._stack.setCurrentWidget(self.list if total else self.empty)
        hits = say_many("{n} hit", "{n} hits", total)
        documents = len({group.document or group.theme for group in self.model.groups})
        if self.where() == "notes":
            places = say_many("{n} note", "{n} notes", documents)
        else:
            places = say_many("{n} document", "{n} documents", documents)
        self.title.setText(f"{hits} · {places}" if total else "" if done else say("Searching…"))
        self.tag_all.setVisible(bool(total) and done and writable and self.where() == "text")
        still = ""
        if waiting and not coming:
            still = say_many(
                "One text could not be made searchable.", "{n} texts could not be made searchable.", waiting
            )
        elif waiting:
            still = say_many("One text is being made searchable…", "{n} texts are being made searchable…", waiting)
        self.empty.sentence.setText(still or self._nothing(query, done))
        said = [still] if total else []
        if apart and total:
            said.append(say("These words nowhere stand beside each other; here are the texts that have them all."))
        self.note.setText(" ".join(filter(None, said)))
        self.note.setVisible(bool(self.note.text()))

    def show_trouble(self, sentence: str) -> None:
        """Say why the query as it is typed now finds nothing."""
        self.title.clear()
        self.empty.sentence.setText(breakable(sentence))
        self._stack.setCurrentWidget(self.empty)

    def _nothing(self, query: str, done: bool) -> str:
        if not query:
            return {
                "text": say('Words, “exact phrases”, begin*, AND, OR, NOT, NEAR(one other, 5).'),
                "annotations": say("Searches what you marked, your notes on it, and the names of its themes."),
                "notes": say("Searches the notes on documents and the definitions of themes."),
            }[self.where()]
        return say("Nothing has “{query}”.", query=breakable(query)) if done else say("Searching…")

    def current(self) -> Hit | None:
        """The hit a reader is at."""
        index = self.list.currentIndex()
        return self.model.hit(index.row()) if index.isValid() else None

    def step(self, by: int) -> None:
        """To the next hit in the list, or the one before, past headings; folded ones open."""
        rows = self.model.rowCount()
        if not rows:
            return
        index = self.list.currentIndex()
        row = index.row() if index.isValid() else (-1 if by > 0 else rows)
        for _ in range(rows + 1):
            row = (row + by) % self.model.rowCount()
            group, number = self.model.place(row)
            if number >= 0:
                break
            if group in self.model.folded:
                self.model.fold(group, False)
                row = self.model.row_of(group, -1 if by > 0 else self.model.groups[group].count - 1)
                if by < 0:
                    break
        self.go(row)

    def go(self, row: int) -> None:
        """Choose a row; a hit is gone to, as soon as it is read."""
        self.list.setCurrentIndex(self.model.index(row))
        self.list.awaited = row
        if self.model.data(self.model.index(row), ROW) is not None:
            self.arrive()

    def arrive(self) -> None:
        """Go to the chosen hit that was waited for, if it is there by now."""
        hit = self.current()
        if hit is not None and self.list.awaited == self.list.currentIndex().row():
            self.list.awaited = -1
            self.chosen.emit(hit)

    def _clicked(self, index: Index) -> None:
        group, number = self.model.place(index.row())
        if number < 0:
            self.model.fold(group, group not in self.model.folded)
        else:
            self.go(index.row())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Down goes from the field into the list."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and (
            event.key() == Qt.Key.Key_Down and self.model.rowCount()
        ):
            self.list.setFocus()
            self.step(1)
            return True
        return False


class _List(QListView):
    def __init__(self, pane: SearchPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.awaited = -1
        self.setAccessibleName(say("Hits"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)

    def event(self, event: QEvent) -> bool:
        """Digits tag the chosen hit here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, pane = self.currentIndex(), self._pane
        key = event.key()
        group, number = pane.model.place(index.row()) if index.isValid() else (0, -1)
        if event.text() in _KEYS and (hit := pane.current()) is not None:
            pane.key_pressed.emit(hit, event.text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if number < 0:
                pane.model.fold(group, group not in pane.model.folded)
            else:
                pane.go(index.row())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and index.isValid():
            pane.model.fold(group, key == Qt.Key.Key_Left)
            self.setCurrentIndex(pane.model.index(pane.model.row_of(group, -1)))
        elif key == Qt.Key.Key_Escape:
            pane.field.setFocus()
        else:
            super().keyPressEvent(event)
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.currentIndex() != index:
                pane.go(self.currentIndex().row())


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: FoundModel, chips: Chips, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._chips = model, chips

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, hit_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        paint.row(painter, option.rect, selected=chosen, hovered=hovered)
        row = index.data(ROW)
        group, number = self._model.place(index.row())
        if number < 0:
            self._paint_heading(painter, QRectF(option.rect), row, folded=group in self._model.folded)
        elif row is not None:
            label = say("p. {label}", label=row.page) if row.page else ""
            paint_hit(painter, QRectF(option.rect), label, row.before, row.hit, row.after, self._chips(row.themes))

    def _paint_heading(self, painter: QPainter, where: QRectF, group: Group, *, folded: bool) -> None:
        tokens = colours.current()
        strong, small = fonts.chrome(12.5, QFont.Weight.DemiBold), fonts.chrome(11.5)
        inner = where.adjusted(30, 6, -18, -6)
        high = QFontMetrics(strong).height()
        middle = inner.topLeft() + QRectF(0, 0, 0, high).center()
        middle.setX(where.left() + 18)
        paint.fold_arrow(painter, middle, opened=not folded)
        count = number(group.count)
        wide = QFontMetrics(small).horizontalAdvance(count) + 4
        top = QRectF(inner.left(), inner.top(), inner.width() - wide - 8, high)
        paint.words(painter, top, group.title, colour=tokens.text, font=strong)
        paint.words(painter, QRectF(inner.right() - wide, inner.top(), wide, high), count,
                    colour=tokens.muted, font=small)  # fmt: skip
        below = QRectF(inner.left(), inner.top() + high + 2, inner.width(), inner.height() - high - 2)
        paint.words(painter, below, group.file or _kind(group), colour=tokens.muted, font=small)


def _kind(group: Group) -> str:
    return say("Theme") if group.theme else say("Note on the document")

