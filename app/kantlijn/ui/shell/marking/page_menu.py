"""The menu of a page: what can be done with the selection, or with the annotation under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from kantlijn.ui.kit.plain import entry
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.ui.shell.actions import Actions
    from kantlijn.ui.shell.marking.tagging import Tagging
    from kantlijn.ui.shell.panes import Panes
    from kantlijn.ui.themes.themes import Themes

_TEXT = ("note", "relate", "", "copy_source", "copy_link", "", "search")
_AREA = ("note", "relate", "", "copy_link")
_ANNOTATION = (
    "note", "relate", "", "copy_source", "copy_link", "", "highlight", "underline", "strike", "", "merge",
    "duplicate", "", "past", "through", "", "delete",
)  # fmt: skip
_PAGE = ("find", "page", "copy_link", "", "zoom_width", "zoom_page", "zoom_trim", "two_pages", "", "split",
         "split_below", "", "compare", "details")  # fmt: skip


class PageMenu(QObject):
    """Comes up at a right click or the menu key, in every pane."""

    def __init__(self, panes: Panes, tagging: Tagging, themes: Themes, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._panes, self._tagging, self._themes, self._actions = panes, tagging, themes, actions
        panes.added.connect(lambda pane: pane.menu_wanted.connect(lambda at, key: self._open(pane, at, key)))

    def _open(self, pane: ReaderPane, at: QPoint, by_key: bool) -> None:
        if pane.view is None or not pane.version_id:
            return
        self._panes.activate(pane)
        if by_key:
            end = pane.selection_rect()
            at = end.bottomLeft() if not end.isNull() else pane.mapToGlobal(pane.rect().center())
        else:
            self.take(pane, at)
        self._tagging.popup.hide()
        menu = QMenu(pane)
        self.fill(menu, pane)
        menu.exec(at)
        menu.deleteLater()

    def take(self, pane: ReaderPane, at: QPoint) -> None:
        """What is under the mouse is meant: an annotation there is selected, unless it is or the words are."""
        view = pane.view
        if view is None:
            return
        where = QPointF(view.viewport().mapFromGlobal(at))
        if any(box.contains(where) for box in view.selection_boxes()):
            return
        marks = [mark.id for mark in view.marks_at(where)]
        if marks and not set(marks) & set(self._tagging.selected):
            view.select(None)
            view.mark_clicked.emit(marks[0], False)
        elif not marks and (view.selection() is not None or view.area_selection() is not None):
            view.select(None)
        elif not marks:
            view.mark_clicked.emit("", False)

    def fill(self, menu: QMenu, pane: ReaderPane) -> None:
        """For the selected words or area, the selected annotations, or the page."""
        view = pane.view
        if view is None:
            return
        text, area = view.selection() is not None, view.area_selection() is not None
        if text or area or self._tagging.selected:
            self._add_themes(menu)
        if text:
            copy = menu.addAction(say("Copy"))
            copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
            copy.triggered.connect(view.copy)
        names = _TEXT if text else _AREA if area else _ANNOTATION if self._tagging.selected else _PAGE
        self._actions.tint(name for name in names if name)
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def _add_themes(self, menu: QMenu) -> None:
        """The themes, ticked where they are on it, with their keys."""
        inner = menu.addMenu(say("Tag with"))
        inner.setEnabled(self._actions["theme"].isEnabled())
        on = set(self._tagging.themes_on())
        for row in self._themes.rows:
            action = inner.addAction(entry(row.theme.called(language())))
            action.setCheckable(True)
            action.setChecked(row.theme.id in on)
            if row.theme.key:
                action.setShortcut(QKeySequence(row.theme.key))
            action.triggered.connect(lambda _on=False, theme=row.theme.id: self._tagging.toggle(theme))
        inner.addSeparator()
        inner.addAction(self._actions["theme"])
        menu.addSeparator()
