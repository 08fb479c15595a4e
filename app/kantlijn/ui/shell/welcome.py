"""What the window shows when no project, or no document, is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from kantlijn.ui.kit import colours, fonts, icons, paint
from kantlijn.ui.kit.plain import Words, tip
from kantlijn.ui.kit.widgets import EmptyState
from kantlijn.words import say

_WIDE = 480  # pixels


class _Recent(QAbstractButton):
    """A project by its name, and under that the folder it is in."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = str(path.parent)
        home = str(Path.home())
        if self._folder.startswith(home):
            self._folder = "~" + self._folder[len(home):]
        self.setText(path.stem)
        self.setAccessibleName(path.stem)
        self.setAccessibleDescription(self._folder)
        self.setToolTip(tip(str(path)))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        strong, small = QFontMetrics(fonts.chrome()), QFontMetrics(fonts.chrome(12))
        return QSize(_WIDE, strong.height() + small.height() + 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(tokens.accent) if self.hasFocus() else Qt.GlobalColor.transparent)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        middle = self.rect().center().y() + 1
        icons.paint(painter, QRectF(8, middle - 8, 16, 16), "book-open", tokens.muted)
        strong, small = fonts.chrome(13, QFont.Weight.Medium), fonts.chrome(12)
        high = QFontMetrics(strong).height()
        room = QRectF(36, 6, self.width() - 44, high)
        paint.words(painter, room, self.text(), colour=tokens.text, font=strong)
        room.moveTop(room.bottom() + 2)
        room.setHeight(QFontMetrics(small).height())
        paint.words(painter, room, self._folder, colour=tokens.muted, font=small)
        painter.end()


class Welcome(QWidget):
    """Three faces: welcome (no project), busy (one is being opened), blank (a project without open documents)."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_wanted = Signal(str)
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QStackedLayout(self)
        self._start = QWidget(self)
        outer = QHBoxLayout(self._start)
        outer.addStretch(1)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        outer.addLayout(self._column)
        outer.addStretch(1)
        self._column.addStretch(2)
        name = Words("Kantlijn", self._start)
        name.setFont(fonts.serif(34))
        self._column.addWidget(name)
        promise = say("Read reports side by side, tag what matters, and take a summary with you.")
        about = Words(promise, self._start)
        about.setObjectName("muted")
        about.setWordWrap(True)
        about.setMinimumWidth(_WIDE)
        self._column.addWidget(about)
        self._column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, style, signal in (
            (say("New project"), "primary", self.new_wanted),
            (say("Open project"), "secondary", self.open_wanted),
            (say("Open the sample project"), "secondary", self.sample_wanted),
        ):
            button = QPushButton(text, self._start)
            button.setObjectName(style)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        hint = Words(say("Or drop PDFs and texts here."), self._start)
        hint.setObjectName("muted")
        self._column.addWidget(hint)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._column.addSpacing(16)
        self._column.addLayout(self._recent)
        self._column.addStretch(3)
        self._busy = EmptyState("", parent=self)
        self._blank = EmptyState(
            say("Choose a document on the left, or add PDFs and texts."),
            say("Add documents"),
            self.add_wanted.emit,
            icon="book-open",
            parent=self,
        )
        for face in (self._start, self._busy, self._blank):
            self._stack.addWidget(face)

    def show_start(self, recent: Sequence[str]) -> None:
        """The welcome, with the projects opened last."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        found = [path for path in recent if Path(path).exists()][:6]
        if found:
            title = Words(say("Recent").upper(), self._start)
            title.setAccessibleName(say("Recent"))
            title.setObjectName("section")
            font = fonts.chrome(11, QFont.Weight.DemiBold)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
            title.setFont(font)
            title.setContentsMargins(0, 0, 0, 4)
            self._recent.addWidget(title)
        for path in found:
            button = _Recent(Path(path), self._start)
            button.clicked.connect(lambda _on=False, path=path: self.recent_wanted.emit(path))
            self._recent.addWidget(button)
        self._stack.setCurrentWidget(self._start)

    def show_busy(self, sentence: str) -> None:
        """Something is being opened."""
        self._busy.sentence.setText(sentence)
        self._stack.setCurrentWidget(self._busy)

    def show_blank(self, *, writable: bool) -> None:
        """A project is open, no document."""
        self._blank.button.setVisible(writable)
        self._stack.setCurrentWidget(self._blank)
