"""What the window shows when no project, or no document, is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.widgets import EmptyState
from kantlijn.words import say


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
        name = QLabel("Kantlijn", self._start)
        name.setFont(fonts.serif(34))
        self._column.addWidget(name)
        promise = say("Read reports side by side, tag what matters, and take a summary with you.")
        about = QLabel(promise, self._start)
        about.setObjectName("muted")
        about.setWordWrap(True)
        about.setMinimumWidth(380)
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
        hint = QLabel(say("Or drop PDFs and texts here."), self._start)
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
            title = QLabel(say("Recent"), self._start)
            title.setObjectName("section")
            title.setFont(fonts.chrome(11, QFont.Weight.DemiBold))
            self._recent.addWidget(title)
        for path in found:
            button = QPushButton(Path(path).stem, self._start)
            button.setObjectName("link")
            button.setToolTip(path)
            button.clicked.connect(lambda _on=False, path=path: self.recent_wanted.emit(path))
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        self._stack.setCurrentWidget(self._start)

    def show_busy(self, sentence: str) -> None:
        """Something is being opened."""
        self._busy.sentence.setText(sentence)
        self._stack.setCurrentWidget(self._busy)

    def show_blank(self, *, writable: bool) -> None:
        """A project is open, no document."""
        self._blank.button.setVisible(writable)
        self._stack.setCurrentWidget(self._blank)
