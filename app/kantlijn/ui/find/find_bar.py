"""The bar above a page in which one types what to find."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from kantlijn.ui.kit import colours
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import IconButton, SearchField, keeps_escape
from kantlijn.words import number, say, say_many

_PAUSE = 180  # milliseconds after the last letter
_ROOMY = 470  # pixels, for field, count and buttons on one line
_NARROW = 200


class _Field(SearchField):
    """Esc leaves the bar at once; what was typed is kept for the next time."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)


class FindBar(QWidget):
    """Asks for hits as one types, and for the next or the one before."""

    wanted = Signal()
    """(): look for query() with the switches as they are."""
    step_wanted = Signal(int)
    list_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(12, 5, 8, 6)
        grid.setSpacing(4)
        grid.setColumnStretch(0, 1)
        self.field = _Field(say("Find in this document"), self, icon="search")
        self.field.setMinimumWidth(90)
        self.field.setMaximumWidth(340)
        grid.addWidget(self.field, 0, 0)
        self.count = Words("", self)
        self.count.setObjectName("muted")
        self.count.setMinimumWidth(64)
        grid.addWidget(self.count, 0, 1)
        self._tools = QWidget(self)
        row = self._row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.back = self._button("chevron-up", say("Previous hit"), row)
        self.on = self._button("chevron-down", say("Next hit"), row)
        self.case = self._switch("Aa", say("Match capitals and accents"), row)
        self.words = self._switch(say("W"), say("Whole words"), row)
        self.annotated = self._button("highlighter", say("Only in my annotations"), row)
        self.annotated.setCheckable(True)
        self.all = self._button("list", say("List all hits"), row)
        row.addStretch(1)
        self.shut = IconButton("x", say("Close the find bar"), self)
        self.shut.setObjectName("small")
        grid.addWidget(self.shut, 0, 3)
        self._folded: bool | None = None
        self._fold()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.wanted)
        self.field.textChanged.connect(lambda _text: self._timer.start())
        self.field.escaped.connect(self.closed)
        self.field.installEventFilter(self)
        for switch in (self.case, self.words, self.annotated):
            switch.toggled.connect(lambda _on: self.wanted.emit())
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.all.clicked.connect(self.list_wanted)
        self.shut.clicked.connect(self.closed)
        self.setFocusProxy(self.field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """In a narrow pane the buttons stand below the field, and in a very narrow one there is no count."""
        folded, narrow = self.width() < _ROOMY, self.width() < _NARROW
        self.count.setVisible(not narrow)
        self._row.setSpacing(0 if narrow else 4)
        if folded != self._folded:
            self._folded = folded
            self._grid.removeWidget(self._tools)
            self._grid.addWidget(self._tools, *((1, 0, 1, 4) if folded else (0, 2)))
            self._grid.setColumnStretch(2, 0 if folded else 1)

    def _button(self, icon: str, name: str, row: QHBoxLayout) -> IconButton:
        button = IconButton(icon, name, self)
        button.setObjectName("small")
        row.addWidget(button)
        return button

    def _switch(self, text: str, name: str, row: QHBoxLayout) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("small")
        button.setText(text)
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(name)
        row.addWidget(button)
        return button

    def query(self) -> str:
        return self.field.text().strip()

    def step(self, by: int) -> None:
        """To another hit; what was just typed is looked for first."""
        if self._timer.isActive():
            self._timer.stop()
            self.wanted.emit()
        else:
            self.step_wanted.emit(by)

    def show_count(self, current: int | None, total: int) -> None:
        """"3 / 41", or that there is nothing."""
        if not self.query():
            self.count.setText("")
        elif not total:
            self.count.setText(say("No hits"))
        elif current is None:
            self.count.setText(say_many("{n} hit", "{n} hits", total))
        else:
            self.count.setText(f"{number(current + 1)} / {number(total)}")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter goes on, Shift+Enter back."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return False

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = colours.current()
        painter.fillRect(self.rect(), QColor(tokens.panel))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.line))
        painter.end()
