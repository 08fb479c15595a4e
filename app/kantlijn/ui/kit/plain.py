"""Words of strangers as they are: in labels, tooltips and menus, where Qt would read signs into them."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtGuiNames
from PySide6.QtWidgets import QLabel, QWidget


class Words(QLabel):
    """A label that shows its text letter for letter; a QLabel guesses, and loads what looks like a picture."""

    def __init__(self, text: str | QWidget | None = "", parent: QWidget | None = None) -> None:
        super().__init__(parent if isinstance(text, str) else text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(text, str):
            self.setText(text)

    def setToolTip(self, text: str) -> None:
        super().setToolTip(tip(text))


class StyledWords(QLabel):
    """A label for HTML of our own making; what it says of strangers' is escaped by whoever sets it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)


def tip(text: str) -> str:
    """A tooltip that shows this letter for letter."""
    if not QtGuiNames.mightBeRichText(text):
        return text
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'


def entry(text: str) -> str:
    """The text of a menu's entry that shows this letter for letter: a single & would become the key to press."""
    return text.replace("&", "&&")


def named(entry: str) -> str:
    """A menu's entry as words: without the mark of the key to press, and without the dots of what asks first."""
    return re.sub(r"&(.)", r"\1", entry).rstrip("…")


def breakable(text: str, longest: int = 24) -> str:
    """With places at which a label may break a word that is longer than this."""
    return " ".join(
        "\u200b".join(word[start : start + longest] for start in range(0, len(word), longest)) or word
        for word in text.split(" ")
    )
