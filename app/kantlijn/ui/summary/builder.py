"""The summary builder: choices at the left, what will be written at the right, alive."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from kantlijn.ui.kit import colours, fonts
from kantlijn.ui.kit.browser import ClosedBrowser
from kantlijn.ui.kit.widgets import OneLine
from kantlijn.ui.summary.choices import Choices
from kantlijn.words import say

_PASSAGE = '<div class="entry">'
_AIR = '<p style="font-size:8px;margin:0">&nbsp;</p>'
_WIDE, _TIGHT = '<body class="wide">', '<body class="wide" style="margin:0">'
_MARGIN, _EDGE = 28, 4  # pixels around what is shown; around a table, that needs all the width there is
_WHOLE, _ANYWHERE = QTextOption.WrapMode.WordWrap, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_MEDIA = r"@media[^{}]*\b(?:print|prefers-)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}"
_STRIPED = r"(?<=\.note \{ )background-color:[^;}]*;?"
_UNUSED = re.compile(rf"{_MEDIA}|{_STRIPED}|line-height:[^;}}]*;?")
_UNUSED_INSIDE = re.compile(r"""(<[^>]*style=["'][^"'>]*?)line-height:[^;"'>]*;?|</?bdi>""")
"""Styles that Qt does not know but tries on every word; line heights, of which it makes multiples; and the ground
of notes, which it draws in stripes.
"""


class Builder(QWidget):
    """Shown where the panes are. The shell does what its signals ask for."""

    left = Signal()
    save_wanted = Signal()
    copy_wanted = Signal()
    link_followed = Signal(str)
    file_wanted = Signal(object)
    """(Path): open it outside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Summary"))
        self.saved: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        row = QHBoxLayout()
        row.setSpacing(0)
        self.choices = Choices(self)
        row.addWidget(self.choices)
        self.preview = ClosedBrowser(self)
        self.preview.setObjectName("preview")
        self.preview.setAccessibleName(say("Preview"))
        self.preview.setFrameShape(QFrame.Shape.NoFrame)
        self.preview.setPlaceholderText(say("Making the preview…"))
        self.preview.document().setDocumentMargin(_MARGIN)
        self.preview.anchorClicked.connect(self._followed)
        row.addWidget(self.preview, 1)
        column.addLayout(row, 1)

    def _bar(self) -> QFrame:
        bar = QFrame(self)
        bar.setObjectName("comparebar")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(8)
        self.back = QToolButton(bar)
        self.back.setText("‹ " + say("Back to reading"))
        self.back.clicked.connect(self.left)
        row.addWidget(self.back)
        self.told = OneLine("", bar)
        self.told.setObjectName("muted")
        row.addWidget(self.told)
        row.addStretch(1)
        self.outcome = OneLine("", bar)
        row.addWidget(self.outcome)
        self.open_file = QPushButton(say("Open file"), bar)
        self.open_folder = QPushButton(say("Open folder"), bar)
        for button in (self.open_file, self.open_folder):
            button.setObjectName("link")
            button.hide()
            row.addWidget(button)
        self.open_file.clicked.connect(lambda: self.file_wanted.emit(self.saved))
        self.open_folder.clicked.connect(lambda: self.file_wanted.emit(self.saved.parent if self.saved else None))
        self.copy = QPushButton(say("Copy"), bar)
        self.copy.setObjectName("secondary")
        self.copy.setToolTip(say("Put the summary on the clipboard, with its layout"))
        self.copy.clicked.connect(self.copy_wanted)
        row.addWidget(self.copy)
        self.save = QPushButton(say("Save as…"), bar)
        self.save.setObjectName("primary")
        self.save.clicked.connect(self.save_wanted)
        row.addWidget(self.save)
        return bar

    def show_html(self, html: str) -> None:
        """The preview, at the place where it was."""
        place = self.preview.verticalScrollBar().value()
        wide = _WIDE in html
        self.preview.document().setDocumentMargin(_EDGE if wide else _MARGIN)
        self.preview.setWordWrapMode(_WHOLE if wide else _ANYWHERE)
        head, end, body = html.rpartition("</head>")
        body = body.replace(_PASSAGE, _AIR + _PASSAGE).replace(_WIDE, _TIGHT)
        self.preview.setHtml(_UNUSED.sub("", head) + end + _UNUSED_INSIDE.sub(r"\1", body))
        fonts.soften(self.preview.document())
        self.preview.verticalScrollBar().setValue(place)

    def show_text(self, text: str) -> None:
        """The preview of a format without layout, letter for letter."""
        place = self.preview.verticalScrollBar().value()
        self.preview.document().setDocumentMargin(_MARGIN)
        self.preview.setWordWrapMode(_ANYWHERE)
        self.preview.setPlainText(text)
        self.preview.verticalScrollBar().setValue(place)

    def show_trouble(self, sentence: str) -> None:
        """Why there is no preview, in its place."""
        self.preview.clear()
        self.preview.setPlaceholderText(sentence)

    def say_outcome(self, sentence: str, *, trouble: bool = False, saved: Path | None = None) -> None:
        """Say what came of saving or copying."""
        self.saved = saved
        self.outcome.setObjectName("trouble" if trouble else "muted")
        self.outcome.style().unpolish(self.outcome)
        self.outcome.style().polish(self.outcome)
        self.outcome.setText(sentence)
        self.outcome.setToolTip(sentence)
        for button in (self.open_file, self.open_folder):
            button.setVisible(saved is not None)

    def _followed(self, link: QUrl) -> None:
        if link.scheme() == "kantlijn":
            self.link_followed.emit(link.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        elif link.hasFragment() and not link.scheme():
            self.preview.scrollToAnchor(link.fragment())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.current().panel))
        painter.end()
