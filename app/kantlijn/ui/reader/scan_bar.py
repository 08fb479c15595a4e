"""A line over a scan that says what it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kantlijn.model.document import Content
from kantlijn.ui.kit import colours
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import IconButton
from kantlijn.words import say, say_many


class ScanBar(QWidget):
    """Shown while pages have no text, until it is closed for this version."""

    text_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._closed = ""
        self._version = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 8, 6)
        row.setSpacing(8)
        self.sentence = Words("", self)
        self.sentence.setWordWrap(True)
        row.addWidget(self.sentence, 1)
        self.button = QPushButton(say("Recognise text"), self)
        self.button.setObjectName("secondary")
        self.button.clicked.connect(lambda: self.text_wanted.emit())
        row.addWidget(self.button)
        self.shut = IconButton("x", say("Close this line"), self)
        self.shut.setObjectName("small")
        self.shut.clicked.connect(self._close)
        row.addWidget(self.shut)
        self.hide()

    def show_for(self, version: str, content: Content | None, *, writable: bool) -> None:
        """Say how many pages have no text; hidden when all have."""
        self._version = version
        pages = content.pages if content is not None else ()
        empty = sum(page.range[0] == page.range[1] for page in pages)
        self.button.setVisible(writable)
        self.setVisible(bool(empty) and version != self._closed)
        if empty == len(pages):
            self.sentence.setText(say("This is a scan: it has no text to select. Draw an area to annotate it."))
        else:
            self.sentence.setText(
                say_many("{n} page is a picture without text. Draw an area there to annotate it.",
                         "{n} pages are pictures without text. Draw an area there to annotate them.", empty)
            )  # fmt: skip

    def _close(self) -> None:
        self._closed = self._version
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = colours.current()
        painter.fillRect(self.rect(), QColor(tokens.accent_soft))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.line))
        painter.end()
