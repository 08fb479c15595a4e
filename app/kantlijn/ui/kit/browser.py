"""A text browser that shows what it is given and fetches nothing: no files, no addresses."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget


class ClosedBrowser(QTextBrowser):
    """Shows HTML or Markdown. Pictures and style sheets in it are not loaded, links are not followed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocument(ClosedDocument(self))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)

    def loadResource(self, kind: int, _name: QUrl | str) -> Any:
        return _nothing(kind)


class ClosedDocument(QTextDocument):
    """The same for a document that is drawn without a widget."""

    def loadResource(self, kind: int, _name: QUrl | str) -> Any:
        return _nothing(kind)


def _nothing(kind: int) -> Any:
    """What stands for anything that is not loaded. Where it is given nothing at all, Qt reads the file itself."""
    if kind != QTextDocument.ResourceType.ImageResource.value:
        return ""
    dot = QImage(1, 1, QImage.Format.Format_ARGB32)
    dot.fill(0)
    return dot
