"""Everything of one theme in a dialog: names, colour, letter, key, definition, search words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from kantlijn.model.theme import Theme
from kantlijn.ui.kit import colours, paint
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.words import language, say

_COLOUR = re.compile("#[0-9a-f]{6}")


class _Swatch(QAbstractButton):
    """One colour to choose, with the theme's letter on it."""

    def __init__(self, colour: str, name: str, letter: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour, self._letter = colour, letter
        self.setCheckable(True)
        self.setFixedSize(26, 26)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.chip(painter, QRectF(4, 4, 18, 18), self._letter, self.colour)
        if self.isChecked() or self.hasFocus():
            tokens = colours.current()
            painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.text), 1.6))
            painter.drawRoundedRect(QRectF(1.5, 1.5, 23, 23), 6, 6)
        painter.end()


class ThemeDialog(Dialog):
    """keys: which theme has which key already. changed_fields() is what the reader made different."""

    def __init__(self, theme: Theme, keys: Mapping[str, Theme], parent: QWidget | None = None) -> None:
        super().__init__(say("Edit theme"), parent=parent)
        self._theme = theme
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self._name = self._line(form, say("Name"), theme.name)
        self._dutch = self._line(form, say("Name in Dutch"), theme.name_nl)
        form.addRow(say("Colour"), self._swatches(theme))
        self._own = self._line(form, say("Own colour"), "")
        self._own.setPlaceholderText(say("none; for example {colour}", colour=theme.colour))
        self._own.setMaxLength(7)
        self._letter = self._line(form, say("Letter"), theme.letter)
        self._letter.setMaxLength(1)
        self._key = QComboBox(self)
        self._key.setAccessibleName(say("Key"))
        self._key.addItem(say("None"), "")
        for number in range(1, 10):
            other = keys.get(str(number))
            taken = f" · {other.called(language())}" if other is not None and other.id != theme.id else ""
            self._key.addItem(f"{number}{taken}", str(number))
        self._key.setCurrentIndex(max(0, self._key.findData(theme.key)))
        form.addRow(say("Key"), self._key)
        self._definition = QPlainTextEdit(theme.definition, self)
        self._definition.setAccessibleName(say("Definition"))
        self._definition.setTabChangesFocus(True)
        self._definition.setMaximumHeight(72)
        form.addRow(say("Definition"), self._definition)
        self._search = self._line(form, say("Search words"), ", ".join(theme.search_words))
        self.body.addLayout(form)
        self.add_button(say("Cancel"))
        self.add_button(say("Save"), "save", main=True)

    def _line(self, form: QFormLayout, label: str, value: str) -> QLineEdit:
        field = QLineEdit(value, self)
        field.setAccessibleName(label)
        field.setCursorPosition(0)
        form.addRow(label, field)
        return field

    def _swatches(self, theme: Theme) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._colours = QButtonGroup(holder)
        offered: tuple[str, ...] = colours.THEME_COLOURS
        if theme.colour.lower() not in offered:
            offered = (theme.colour, *offered)
        for number, colour in enumerate(offered, start=1):
            swatch = _Swatch(colour, say("Colour {number}", number=number), theme.letter, holder)
            swatch.setChecked(colour.lower() == theme.colour.lower())
            self._colours.addButton(swatch)
            row.addWidget(swatch)
        row.addStretch(1)
        return holder

    def changed_fields(self) -> dict[str, Any]:
        """Field names with their new values."""
        chosen = self._colours.checkedButton()
        own = self._own.text().strip().lower()
        words = (word.strip() for word in self._search.text().split(","))
        marked = chosen.colour if isinstance(chosen, _Swatch) else self._theme.colour
        now: dict[str, Any] = {
            "name": self._name.text().strip() or self._theme.name,
            "name_nl": self._dutch.text().strip() or self._theme.name_nl,
            "colour": own if _COLOUR.fullmatch(own) else marked,
            "letter": self._letter.text().strip().upper() or self._theme.letter,
            "key": self._key.currentData(),
            "definition": self._definition.toPlainText(),
            "search_words": tuple(word for word in words if word),
        }
        return {name: value for name, value in now.items() if value != getattr(self._theme, name)}
