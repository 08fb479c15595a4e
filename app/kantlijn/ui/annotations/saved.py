"""Filters kept under a name with the project: use, save, rename, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kantlijn.model.filters import AnnotationFilter
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.dialog import ask_name
from kantlijn.ui.kit.plain import entry
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.marking.saved_filters import FilterRow


class Saved(QObject):
    """rows are the filters there are."""

    wanted = Signal(object)
    """(AnnotationFilter): use this one."""

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs, self._widget = jobs, parent
        self.rows: tuple[FilterRow, ...] = ()

    def fill(self, menu: QMenu, chosen: AnnotationFilter, *, narrows: bool) -> None:
        """The filters, the one in use ticked; then saving, renaming, deleting."""
        writing = not self._jobs.read_only
        for row in self.rows:
            action = menu.addAction(entry(row.name))
            action.setCheckable(True)
            action.setChecked(row.chosen == chosen)
            action.triggered.connect(lambda _on=False, row=row: self.wanted.emit(row.chosen))
        if not self.rows:
            menu.addAction(say("No filters saved yet")).setEnabled(False)
        menu.addSeparator()
        save = menu.addAction(say("Save this filter…"))
        save.setEnabled(narrows and writing)
        save.triggered.connect(lambda: self.ask_name(chosen))
        if not self.rows:
            return
        rename, delete = menu.addMenu(say("Rename")), menu.addMenu(say("Delete"))
        for below, call in ((rename, self.ask_new_name), (delete, self.delete)):
            below.setEnabled(writing)
            for row in self.rows:
                action = below.addAction(entry(row.name))
                action.triggered.connect(lambda _on=False, row=row, call=call: call(row))

    def ask_name(self, chosen: AnnotationFilter) -> None:
        """Keep the filter under the name that is typed."""
        from kantlijn.usecases.marking.saved_filters import save_filter

        sentence = say("It is kept with the project. A filter of the same name is replaced.")
        title, label = say("Save this filter"), say("Name of the filter")
        if name := ask_name(self._widget.window(), title, label, button=say("Save"), sentence=sentence):
            self._jobs.do(save_filter, name, chosen)

    def ask_new_name(self, row: FilterRow) -> None:
        from kantlijn.usecases.marking.saved_filters import rename_filter

        title, label = say("Rename the filter"), say("Name of the filter")
        if name := ask_name(self._widget.window(), title, label, row.name, button=say("Rename")):
            self._jobs.do(rename_filter, row.id, name)

    def delete(self, row: FilterRow) -> None:
        """Delete it; Undo brings it back."""
        from kantlijn.usecases.marking.saved_filters import delete_filter

        self._jobs.do(delete_filter, row.id)

