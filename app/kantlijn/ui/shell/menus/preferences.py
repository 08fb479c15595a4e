"""The reader's choices, in groups: the program, reading, tagging."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from kantlijn.settings import Settings
from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.plain import Words
from kantlijn.words import say

_SIZES = (9, 10, 11, 12, 13, 14, 16, 18, 20, 24)  # points
_WIDTHS = (50, 60, 68, 76, 84, 96, 120)  # letters


class PreferencesDialog(Dialog):
    """changed() is what the reader made different, by the names of the settings."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(say("Settings"), parent=parent)
        self._settings = settings
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self._program(form)
        self._reading(form)
        self._tagging(form)
        self.body.addLayout(form)
        self.add_button(say("Cancel"))
        self.add_button(say("Save"), "save", main=True)

    def _heading(self, form: QFormLayout, title: str) -> None:
        heading = Words(title, self)
        heading.setFont(fonts.chrome(13, QFont.Weight.DemiBold))
        heading.setContentsMargins(0, 12 if form.rowCount() else 0, 0, 0)
        form.addRow(heading)

    def _program(self, form: QFormLayout) -> None:
        self._heading(form, say("Program"))
        self._language = self._box(
            form, say("Language"), "language",
            (("system", say("As the system")), ("nl", "Nederlands"), ("en", "English")),
        )  # fmt: skip
        self._scheme = self._box(
            form, say("Colours"), "scheme",
            (("system", say("As the system")), ("light", say("Light")), ("dark", say("Dark"))),
        )  # fmt: skip

    def _reading(self, form: QFormLayout) -> None:
        self._heading(form, say("Reading"))
        sizes = {*_SIZES, int(self._settings["text_size"])}
        self._size = self._box(
            form, say("Size of text"), "text_size",
            tuple((size, say("{size} points", size=size)) for size in sorted(sizes)),
        )  # fmt: skip
        self._face = self._box(
            form, say("Letters of text"), "text_font",
            (("serif", say("With serifs")), ("sans", say("Without serifs"))),
        )  # fmt: skip
        widths = {*_WIDTHS, int(self._settings["text_width"])}
        self._width = self._box(
            form, say("Width of text"), "text_width",
            tuple((width, say("{width} characters", width=width)) for width in sorted(widths)),
        )  # fmt: skip
        self._numbers = self._box(
            form, say("Line numbers"), "line_numbers",
            ((0, say("None")), (5, say("Every fifth line")), (1, say("Every line"))),
        )  # fmt: skip
        self._dark_page = self._tick(form, say("Darken pages when the window is dark"), "dark_page")

    def _tagging(self, form: QFormLayout) -> None:
        self._heading(form, say("Tagging"))
        self._author = QLineEdit(str(self._settings["author"]), self)
        self._author.setAccessibleName(say("Your name"))
        self._author.setPlaceholderText(self._settings.author)
        form.addRow(say("Your name"), self._author)
        self._popup = self._tick(form, say("Show the bar with themes under a selection"), "popup")

    def _tick(self, form: QFormLayout, label: str, name: str) -> QCheckBox:
        box = QCheckBox(label, self)
        box.setChecked(bool(self._settings[name]))
        form.addRow(box)
        return box

    def _box(self, form: QFormLayout, label: str, name: str, choices: tuple[tuple[object, str], ...]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(label)
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(self._settings[name])))
        form.addRow(label, box)
        return box

    def changed(self) -> dict[str, object]:
        """Names of settings with their new values."""
        now: dict[str, object] = {
            "language": self._language.currentData(),
            "scheme": self._scheme.currentData(),
            "author": self._author.text().strip(),
            "popup": self._popup.isChecked(),
            "dark_page": self._dark_page.isChecked(),
            "text_size": self._size.currentData(),
            "text_width": self._width.currentData(),
            "text_font": self._face.currentData(),
            "line_numbers": self._numbers.currentData(),
        }
        return {name: value for name, value in now.items() if value != self._settings[name]}
