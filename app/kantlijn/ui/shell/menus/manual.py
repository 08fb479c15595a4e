"""The manual, built in: its chapters at the left, its text at the right."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from kantlijn import paths
from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.browser import ClosedBrowser
from kantlijn.words import language, say

_PICTURES = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n?", re.MULTILINE)
_CHAPTER = 2  # level of the headings that are listed
_LEADING = 130.0  # per cent


class Manual(QDialog):
    """Stays beside the window while one reads on; its pictures are in the copy on disk only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Manual"))
        self.resize(920, 680)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.chapters = QListWidget(self)
        self.chapters.setObjectName("rows")
        self.chapters.setAccessibleName(say("Chapters"))
        self.chapters.setFixedWidth(264)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chapters.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.chapters.setContentsMargins(8, 8, 8, 8)
        row.addWidget(self.chapters)
        self.text = ClosedBrowser(self)
        self.text.setObjectName("manual")
        self.text.setAccessibleName(say("Manual"))
        self.text.document().setDefaultFont(fonts.chrome(14))
        self.text.document().setDocumentMargin(24)
        self.text.setMarkdown(_PICTURES.sub("", paths.manual(language())))
        self.text.anchorClicked.connect(_outside)
        fonts.soften(self.text.document())
        row.addWidget(self.text, 1)
        self._list_chapters(self.text.document())
        self.chapters.currentItemChanged.connect(self._go)
        self.chapters.itemClicked.connect(self._go)

    def _list_chapters(self, document: QTextDocument) -> None:
        block = document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == _CHAPTER:
                item = QListWidgetItem(block.text(), self.chapters)
                item.setData(Qt.ItemDataRole.UserRole, block.position())
            _air(block)
            block = block.next()

    def _go(self, item: QListWidgetItem | None) -> None:
        """The chapter at the top of what shows."""
        if item is None:
            return
        block = self.text.document().findBlock(int(item.data(Qt.ItemDataRole.UserRole)))
        top = self.text.document().documentLayout().blockBoundingRect(block).top()
        self.text.verticalScrollBar().setValue(round(top) - 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)


def _air(block: QTextBlock) -> None:
    """Room between lines and above headings, whose letters take the window's own weight."""
    cursor = QTextCursor(block)
    form = block.blockFormat()
    form.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if form.headingLevel():
        form.setTopMargin(24)
        form.setBottomMargin(8)
    cursor.setBlockFormat(form)
    if not form.headingLevel():
        return
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    letters = cursor.charFormat()
    letters.setFontWeight(QFont.Weight.DemiBold)
    cursor.mergeCharFormat(letters)


def _outside(link: QUrl) -> None:
    """A page of the web in the browser of the system; other files are not there to be shown."""
    if link.scheme() in ("http", "https"):
        QDesktopServices.openUrl(link)
