"""What narrows the annotation list: a line to type in, conditions as pills, and filters kept under a name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kantlijn.model.filters import AnnotationFilter, filter_from_json, filter_to_json
from kantlijn.model.theme import Theme
from kantlijn.ui.annotations import choosing
from kantlijn.ui.annotations.conditions import Lookups, conditions, way_of, with_theme
from kantlijn.ui.annotations.pills import Condition, ThemePill
from kantlijn.ui.annotations.saved import Saved
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.flow import Flow
from kantlijn.ui.kit.widgets import IconButton, Pill, SearchField
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.marking.saved_filters import FilterRow

_NOTHING = AnnotationFilter()


class Narrow(QWidget):
    """filter() is what is chosen now; newest whether the list begins with what changed last."""

    changed = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = ""
        self._chosen = _NOTHING
        self._themes: dict[str, Theme] = {}
        self._there = Lookups()
        self._made: list[Condition] = []
        self.newest = False
        self.saved = Saved(jobs, self)
        self.saved.wanted.connect(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(2)
        self.field = SearchField(say("Filter annotations"), self)
        self.field.textChanged.connect(self.changed)
        line.addWidget(self.field, 1)
        self.add = IconButton("list-filter", say("Add a condition"), self)
        self.add.clicked.connect(lambda: self._open(self.add, self.fill_menu))
        self.keep = IconButton("bookmark", say("Saved filters"), self)
        self.keep.clicked.connect(lambda: self._open(self.keep, self.fill_saved))
        line.addWidget(self.add)
        line.addWidget(self.keep)
        column.addLayout(line)
        self._holder = QWidget(self)
        self._flow = Flow(self._holder)
        column.addWidget(self._holder)
        self.here = Pill(say("This document"), self._holder)
        self.here.setChecked(True)
        self.has_note = Pill(say("Has note"), self._holder)
        for pill in (self.here, self.has_note):
            self._flow.addWidget(pill)
        self.here.toggled.connect(self.changed)
        self.has_note.toggled.connect(self._note_clicked)

    # -- what is chosen -------------------------------------------------------------------------------------

    def filter(self) -> AnnotationFilter:
        """As the verbs take it."""
        documents = self._chosen.documents
        if self.here.isChecked() and self._document and not documents and not self._chosen.versions:
            documents = (self._document,)
        return replace(self._chosen, documents=documents, text=self.field.text().strip())

    def narrows(self) -> bool:
        """Whether something besides the document that is read is chosen."""
        return self._chosen != _NOTHING or bool(self.field.text().strip())

    def choose(self, chosen: AnnotationFilter) -> None:
        """Hold these conditions from now on, beside the text and "This document"."""
        self._chosen = replace(chosen, text="", ids=())
        self._draw()
        self.changed.emit()

    def use(self, chosen: AnnotationFilter) -> None:
        """A whole filter, such as one that was kept."""
        here = chosen.documents == (self._document,)
        self.here.blockSignals(True)
        self.here.setChecked(here)
        self.here.blockSignals(False)
        self.field.blockSignals(True)
        self.field.setText(chosen.text)
        self.field.blockSignals(False)
        self.choose(replace(chosen, documents=()) if here else chosen)

    def set_document(self, document: str) -> None:
        """What "this document" means from now on."""
        if document != self._document:
            self._document = document
            if self.here.isChecked():
                self.changed.emit()

    def set_themes(self, themes: list[Theme], there: Lookups | None = None) -> None:
        """What can be chosen. Themes that are no more are asked for no more."""
        self._themes = {theme.id: theme for theme in themes}
        self._there = there or self._there
        gone = [one for one in self._asked() if one not in self._themes]
        for theme in gone:
            self._chosen = with_theme(self._chosen, theme, "")
        self._draw()
        if gone:
            self.changed.emit()

    def _asked(self) -> list[str]:
        """Themes asked for, those of one kind together."""
        return [*self._chosen.any_themes, *self._chosen.all_themes, *self._chosen.no_themes]

    def toggle_theme(self, theme: str) -> None:
        """Narrow to this theme too, or no longer."""
        if theme in self._themes:
            self.choose(with_theme(self._chosen, theme, "" if way_of(self._chosen, theme) else "any"))

    def clear(self) -> bool:
        """Let everything through again; False when it did already."""
        did = self.narrows()
        self.field.clear()
        self.choose(_NOTHING)
        return did

    def order(self, newest: bool) -> None:
        """What changed last first, or reading order."""
        if newest != self.newest:
            self.newest = newest
            self.changed.emit()

    # -- what it shows --------------------------------------------------------------------------------------

    def _note_clicked(self, on: bool) -> None:
        self.choose(replace(self._chosen, has_note=True if on else None))

    def _draw(self) -> None:
        """Pills for what is chosen, in place of those there are."""
        focused = next((n for n, pill in enumerate(self._made) if pill.hasFocus()), -1)
        theme = getattr(self._made[focused], "theme", "") if focused >= 0 else ""
        for pill in self._made:
            self._flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._made = [*self._theme_pills(), *self._other_pills()]
        for pill in self._made:
            self._flow.addWidget(pill)
            pill.show()
        self.has_note.blockSignals(True)
        self.has_note.setChecked(self._chosen.has_note is True)
        self.has_note.blockSignals(False)
        # another document or version chosen outright: "this document" says nothing then
        self.here.setVisible(not self._chosen.documents and not self._chosen.versions)
        if (same := next((pill for pill in self._made if theme and getattr(pill, "theme", "") == theme), None)):
            same.setFocus()  # wherever it stands now
        elif focused >= 0:
            (self._made[min(focused, len(self._made) - 1)] if self._made else self.field).setFocus()
        self._flow.invalidate()
        self._holder.updateGeometry()

    def _theme_pills(self) -> list[Condition]:
        made: list[Condition] = []
        for theme in self._asked():
            if theme not in self._themes:
                continue
            pill = ThemePill(
                self._themes[theme], way_of(self._chosen, theme), first=not made, parent=self._holder
            )
            pill.turned.connect(lambda way, theme=theme: self.choose(with_theme(self._chosen, theme, way)))
            pill.dropped.connect(lambda theme=theme: self.choose(with_theme(self._chosen, theme, "")))
            made.append(pill)
        return made

    def _other_pills(self) -> list[Condition]:
        made = []
        for said, rest in conditions(self._chosen, self._there):
            if self._chosen.has_note is True and rest.has_note is None:
                continue  # has a pill of its own
            pill = Condition(said, self._holder)
            pill.dropped.connect(lambda rest=rest: self.choose(rest))
            made.append(pill)
        return made

    # -- menus ----------------------------------------------------------------------------------------------

    def _open(self, button: QWidget, fill: Any) -> None:
        menu = QMenu(self)
        fill(menu)
        menu.exec(button.mapToGlobal(QPoint(0, button.height() + 2)))
        menu.deleteLater()

    def fill_menu(self, menu: QMenu) -> None:
        """Conditions, and the order of the list."""
        choosing.fill(menu, self._chosen, self._themes.values(), self._there, self.choose, self)
        menu.addSeparator()
        for newest, text in ((False, say("In reading order")), (True, say("Changed last first"))):
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(self.newest is newest)
            action.triggered.connect(lambda _on=False, newest=newest: self.order(newest))
        menu.addSeparator()
        menu.addAction(say("Clear the filter")).triggered.connect(self.clear)

    def fill_saved(self, menu: QMenu) -> None:
        """Filters kept under a name, and what can be done with them."""
        self.saved.fill(menu, self.filter(), narrows=self.narrows())

    def show_saved(self, rows: tuple[FilterRow, ...]) -> None:
        self.saved.rows = rows

    # -- kept -----------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """To be kept with the project."""
        return {
            "text": self.field.text(),
            "here": self.here.isChecked(),
            "chosen": filter_to_json(self._chosen),
            "newest": self.newest,
        }

    def restore(self, state: dict[str, Any], themes: list[Theme]) -> None:
        """What state() gave; themes that are no more are left out."""
        with suppress(ValueError, TypeError):
            self._chosen = filter_from_json(str(state.get("chosen", "{}")))
        self.set_themes(themes)
        self.newest = bool(state.get("newest", False))
        self.field.setText(str(state.get("text", "")))
        self.here.setChecked(bool(state.get("here", True)))
        self.changed.emit()
