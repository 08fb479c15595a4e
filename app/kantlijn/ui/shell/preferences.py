"""The reader's choices: language, light or dark, name, popup, dark pages."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from kantlijn.settings import Settings
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.words import say


class PreferencesDialog(Dialog):
    """changed() is what the reader made different, by the names of the settings."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(say("Settings"), parent=parent)
        self._settings = settings
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self._language = self._box(
            form, say("Language"), "language",
            (("system", say("As the system")), ("nl", "Nederlands"), ("en", "English")),
        )  # fmt: skip
        self._scheme = self._box(
            form, say("Colours"), "scheme",
            (("system", say("As the system")), ("light", say("Light")), ("dark", say("Dark"))),
        )  # fmt: skip
        self._author = QLineEdit(str(settings["author"]), self)
        self._author.setAccessibleName(say("Your name"))
        self._author.setPlaceholderText(settings.author)
        form.addRow(say("Your name"), self._author)
        self.body.addLayout(form)
        self._popup = QCheckBox(say("Show the bar with themes under a selection"), self)
        self._popup.setChecked(bool(settings["popup"]))
        self.body.addWidget(self._popup)
        self._dark_page = QCheckBox(say("Darken pages when the window is dark"), self)
        self._dark_page.setChecked(bool(settings["dark_page"]))
        self.body.addWidget(self._dark_page)
        self.add_button(say("Cancel"))
        self.add_button(say("Save"), "save", main=True)

    def _box(self, form: QFormLayout, label: str, name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
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
        }
        return {name: value for name, value in now.items() if value != self._settings[name]}
