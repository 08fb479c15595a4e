"""What narrows the annotation list: a line to type in, and a row of pills."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.theme import Theme
from kantlijn.ui.kit.flow import Flow
from kantlijn.ui.kit.widgets import Pill, SearchField
from kantlijn.words import language, say


class Narrow(QWidget):
    """filter() is what is chosen now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = ""
        self._themes: dict[str, Theme] = {}
        self._pills: dict[str, Pill] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        self.field = SearchField(say("Filter annotations"), self)
        self.field.textChanged.connect(self.changed)
        column.addWidget(self.field)
        holder = QWidget(self)
        self._flow = Flow(holder)
        column.addWidget(holder)
        self.here = Pill(say("This document"), holder)
        self.here.setChecked(True)
        self.has_note = Pill(say("Has note"), holder)
        self.add = Pill(say("+ theme"), holder, checkable=False)
        self.add.setAccessibleName(say("Narrow by theme"))
        for pill in (self.here, self.has_note, self.add):
            self._flow.addWidget(pill)
        self.here.toggled.connect(self.changed)
        self.has_note.toggled.connect(self.changed)
        self.add.clicked.connect(self._menu)

    def filter(self) -> AnnotationFilter:
        """As the verbs take it."""
        return AnnotationFilter(
            documents=(self._document,) if self.here.isChecked() and self._document else (),
            any_themes=tuple(self._pills),
            has_note=True if self.has_note.isChecked() else None,
            text=self.field.text().strip(),
        )

    def narrows(self) -> bool:
        """Whether something besides the document is chosen."""
        return bool(self._pills or self.has_note.isChecked() or self.field.text().strip())

    def set_document(self, document: str) -> None:
        """What "this document" means from now on."""
        if document != self._document:
            self._document = document
            if self.here.isChecked():
                self.changed.emit()

    def set_themes(self, themes: list[Theme]) -> None:
        """Which themes can be chosen."""
        self._themes = {theme.id: theme for theme in themes}
        for theme, pill in list(self._pills.items()):
            if theme not in self._themes:
                self.toggle_theme(theme)
            else:
                pill.setText(self._themes[theme].called(language()))

    def toggle_theme(self, theme: str) -> None:
        """Narrow to this theme too, or no longer."""
        if theme in self._pills:
            pill = self._pills.pop(theme)
            self._flow.removeWidget(pill)
            pill.deleteLater()
        elif theme in self._themes:
            pill = Pill(self._themes[theme].called(language()), self.add.parentWidget())
            pill.setChecked(True)
            pill.setToolTip(say("Show all themes again"))
            pill.toggled.connect(lambda _on: self.toggle_theme(theme), Qt.ConnectionType.QueuedConnection)
            self._pills[theme] = pill
            self._flow.insert(self._flow.count() - 2, pill)
            pill.show()
        self._flow.invalidate()
        self.changed.emit()

    def _menu(self) -> None:
        menu = QMenu(self)
        for theme in self._themes.values():
            action = menu.addAction(theme.called(language()))
            action.setCheckable(True)
            action.setChecked(theme.id in self._pills)
            action.triggered.connect(lambda _on=False, wanted=theme.id: self.toggle_theme(wanted))
        menu.exec(self.add.mapToGlobal(self.add.rect().bottomLeft()))
        menu.deleteLater()

    def clear(self) -> bool:
        """Let everything through again; False when it did already."""
        did = self.narrows()
        self.field.clear()
        self.has_note.setChecked(False)
        for theme in list(self._pills):
            self.toggle_theme(theme)
        return did

    def state(self) -> dict[str, Any]:
        """To be kept with the project."""
        return {
            "text": self.field.text(),
            "here": self.here.isChecked(),
            "has_note": self.has_note.isChecked(),
            "themes": list(self._pills),
        }

    def restore(self, state: dict[str, Any], themes: list[Theme]) -> None:
        """What state() gave; themes that are no more are left out."""
        self.set_themes(themes)
        self.field.setText(str(state.get("text", "")))
        self.here.setChecked(bool(state.get("here", True)))
        self.has_note.setChecked(bool(state.get("has_note", False)))
        for theme in state.get("themes", ()):
            if theme not in self._pills:
                self.toggle_theme(theme)
