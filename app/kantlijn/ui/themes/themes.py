"""The theme tree, edited in place: add, rename, recolour, reorder, nest, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeWidgetItem, QVBoxLayout, QWidget

from kantlijn.model.changes import Changes
from kantlijn.model.theme import Theme
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit import colours, paint, rows
from kantlijn.ui.kit.plain import entry, tip
from kantlijn.ui.kit.widgets import SectionTitle
from kantlijn.ui.themes.edit import ThemeDialog
from kantlijn.words import language, say

if TYPE_CHECKING:

    from kantlijn.usecases.read import ThemeRow

_Where = QAbstractItemView.DropIndicatorPosition
CARDS = "application/x-kantlijn-annotations"
"""What can be dropped on a theme: ids of annotations, one a line."""
_STEPS = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Right: "under",
    Qt.Key.Key_Left: "out",
}
_STEP_KEYS = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_CHANGED = ("theme", "annotation", "document")


class Themes(QWidget):
    """The lower half of the sidebar. Choosing a theme narrows the annotation list to it."""

    chosen = Signal(str)
    """(theme id): clicked once more than before, or another."""
    lens_wanted = Signal(str)
    search_wanted = Signal(str)
    """(theme): look for its search words."""
    """(theme id): see only this theme on the page, or no longer."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.rows: tuple[ThemeRow, ...] = ()
        self._rename_next = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        self.title = SectionTitle(say("Themes"), self)
        self.add_button = self.title.add_button("plus", say("Add a theme"))
        self.add_button.clicked.connect(lambda: self.add())
        column.addWidget(self.title)
        self.tree = _Tree(self)
        column.addWidget(self.tree, 1)
        self.tree.itemClicked.connect(lambda item: self.chosen.emit(item.data(0, rows.ID)))
        self.tree.itemDoubleClicked.connect(self._rename)
        self.tree.itemChanged.connect(self._renamed)
        self.tree.customContextMenuRequested.connect(self._menu)

    # -- what it shows --------------------------------------------------------------------------------------

    def refresh(self, changes: Changes | None = None) -> None:
        """Ask again, when something it shows has changed."""
        from kantlijn.usecases import read

        if changes is None or any(changes.touched(kind) for kind in _CHANGED):
            self._jobs.do(read.themes, then=self._show)

    def _show(self, found: tuple[ThemeRow, ...]) -> None:
        new = {row.theme.id for row in found} - {row.theme.id for row in self.rows} if self.rows else set()
        self.rows = found
        current = self.tree.currentItem()
        kept = current.data(0, rows.ID) if current is not None else ""
        folded = {item.data(0, rows.ID) for item in self.tree.all_items() if not item.isExpanded()}
        keys = any(row.theme.key for row in found)
        self.tree.blockSignals(True)
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for row in found:
            items[row.theme.id] = item = self._item(row, keys)
            above = items.get(row.theme.parent or "")
            if above is None:
                self.tree.addTopLevelItem(item)
            else:
                above.addChild(item)
        for key, item in items.items():
            item.setExpanded(key not in folded or key in new or not item.childCount())
        if kept in items:
            self.tree.setCurrentItem(items[kept])
        self.tree.blockSignals(False)
        self.title.count.setText(str(len(found) or ""))
        if self._rename_next and len(new) == 1:
            self._rename_next = False
            self.tree.setCurrentItem(items[new.pop()])
            self._rename(self.tree.currentItem())

    def _item(self, row: ThemeRow, keys: bool) -> QTreeWidgetItem:
        theme = row.theme
        roles = {rows.LETTER: theme.letter, rows.COLOUR: theme.colour, rows.COUNT: row.annotations}
        if keys:
            roles[rows.KEY] = theme.key
        item = rows.make_row(theme.called(language()), theme.id, {**roles, rows.QUIET: row.depth > 0})
        if not self._jobs.read_only:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        name = theme.called(language())
        item.setToolTip(0, tip(f"{name}\n{theme.definition}" if theme.definition else name))
        return item

    def theme(self, wanted: str) -> Theme | None:
        """A theme by id."""
        return next((row.theme for row in self.rows if row.theme.id == wanted), None)

    def show_theme(self, wanted: str) -> None:
        """Make this theme the current one, in sight."""
        for item in self.tree.all_items():
            if item.data(0, rows.ID) == wanted:
                self.tree.setCurrentItem(item)
                self.tree.scrollToItem(item)

    # -- what the reader does -------------------------------------------------------------------------------

    def add(self, parent: str | None = None) -> None:
        """Make a theme and let its name be typed at once."""
        from kantlijn.usecases.marking import arrange_themes

        if self._jobs.read_only:
            return
        above = self.theme(parent) if parent else None
        siblings = [row.theme for row in self.rows if row.theme.parent == parent]
        if above is not None:
            colour = colours.subtheme(above.colour, len(siblings))
        else:
            used = {row.theme.colour.lower() for row in self.rows}
            free = [c for c in colours.THEME_COLOURS if c not in used]
            colour = (free or colours.THEME_COLOURS)[0]
        keys = {row.theme.key for row in self.rows}
        key = next((str(k) for k in range(1, 10) if str(k) not in keys), "") if above is None else ""
        name = self._fresh_name()
        self._rename_next = True
        self._jobs.do(arrange_themes.add_theme, name, parent=parent, colour=colour, key=key)

    def _fresh_name(self) -> str:
        """"New theme", with a number where there is one already."""
        taken = {row.theme.called(language()) for row in self.rows}
        name, number = say("New theme"), 2
        while name in taken:
            name, number = say("New theme {number}", number=number), number + 1
        return name

    def _rename(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and not self._jobs.read_only:
            self.tree.setFocus()
            self.tree.editItem(item)

    def _renamed(self, item: QTreeWidgetItem) -> None:
        from kantlijn.usecases.marking import arrange_themes

        theme = self.theme(item.data(0, rows.ID))
        name = item.text(0).strip()
        if theme is None or name == rows.shown(theme.called(language())).strip():
            return
        if not name:
            item.setText(0, rows.shown(theme.called(language())))
            return
        fields: dict[str, Any] = {"name_nl": name} if language() == "nl" else {"name": name}
        if theme.name == theme.name_nl:  # the reader's own: one name in both languages
            fields = {"name": name, "name_nl": name}
            if theme.letter == theme.name[:1].upper():
                fields["letter"] = name[:1].upper()
        self._jobs.do(arrange_themes.edit_theme, theme.id, **fields, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._jobs.trouble.emit(str(error))
        self.refresh()

    def current(self) -> Theme | None:
        item = self.tree.currentItem()
        return self.theme(item.data(0, rows.ID)) if item is not None else None

    def delete_chosen(self) -> None:
        """Delete the current theme; its annotations lose it. Undo brings both back."""
        from kantlijn.usecases.marking import arrange_themes

        if (theme := self.current()) is not None:
            self._jobs.do(arrange_themes.delete_theme, theme.id)

    def edit_chosen(self) -> None:
        """Everything of the current theme, in a dialog."""
        from kantlijn.usecases.marking import arrange_themes

        theme = self.current()
        if theme is None:
            return
        keys = {row.theme.key: row.theme for row in self.rows if row.theme.key}
        dialog = ThemeDialog(theme, keys, self.window())
        if dialog.exec() and (fields := dialog.changed_fields()):
            self._jobs.do(arrange_themes.edit_theme, theme.id, **fields)
        dialog.deleteLater()

    def put(self, theme: str, parent: str | None, position: int) -> None:
        """Give a theme another place in the tree."""
        from kantlijn.usecases.marking import arrange_themes

        self._jobs.do(arrange_themes.move_theme, theme, parent=parent, position=position, failed=self._refused)

    def step(self, theme_id: str, way: str) -> None:
        """Move a theme "up" or "down" among its siblings, "under" the one above it, or "out" of its parent."""
        theme = self.theme(theme_id)
        if theme is None or self._jobs.read_only:
            return
        siblings = [row.theme.id for row in self.rows if row.theme.parent == theme.parent]
        place = siblings.index(theme_id)
        above = self.theme(theme.parent) if theme.parent else None
        if way == "up" and place:
            self.put(theme_id, theme.parent, place - 1)
        elif way == "down" and place + 1 < len(siblings):
            self.put(theme_id, theme.parent, place + 1)
        elif way == "under" and place:
            onto = siblings[place - 1]
            self.put(theme_id, onto, sum(row.theme.parent == onto for row in self.rows))
        elif way == "out" and above is not None:
            beside = [row.theme.id for row in self.rows if row.theme.parent == above.parent]
            self.put(theme_id, above.parent, beside.index(above.id) + 1)

    def tag_dropped(self, theme: str, annotations: list[str]) -> None:
        """Give these annotations the theme they were dropped on."""
        from kantlijn.usecases.marking.tag import retag

        if annotations and not self._jobs.read_only:
            self._jobs.do(retag, annotations, add=[theme])

    def merge(self, theme: str, into: str) -> None:
        """Let a theme be taken up in another."""
        from kantlijn.usecases.marking import arrange_themes

        self._jobs.do(arrange_themes.merge_themes, theme, into, failed=self._refused)

    def _merge_menu(self, menu: QMenu, theme: str) -> None:
        """The themes it can be merged into."""
        into = menu.addMenu(say("Merge into"))
        into.setEnabled(len(self.rows) > 1 and not self._jobs.read_only)
        for row in self.rows:
            if row.theme.id != theme:
                name = "    " * row.depth + row.theme.called(language())
                action = into.addAction(entry(name))
                action.triggered.connect(lambda _on=False, other=row.theme.id: self.merge(theme, other))

    def _menu(self, where: QPoint) -> None:
        item = self.tree.itemAt(where)
        menu = QMenu(self)
        writable = not self._jobs.read_only
        if item is None:
            menu.addAction(say("Add a theme"), lambda: self.add()).setEnabled(writable)
        else:
            self.tree.setCurrentItem(item)
            theme = self.theme(item.data(0, rows.ID))
            if theme is None:
                return
            menu.addAction(say("Rename"), lambda: self._rename(item)).setEnabled(writable)
            self._colour_menu(menu, theme).setEnabled(writable)
            menu.addAction(say("Edit theme…"), self.edit_chosen).setEnabled(writable)
            menu.addAction(say("Add a subtheme"), lambda: self.add(theme.id)).setEnabled(writable)
            self._merge_menu(menu, theme.id)
            menu.addSeparator()
            menu.addAction(say("Only this theme on the page"), lambda: self.lens_wanted.emit(theme.id))
            menu.addAction(say("Search for its words"), lambda: self.search_wanted.emit(theme.id)).setEnabled(
                bool(theme.search_words)
            )
            menu.addSeparator()
            menu.addAction(say("Delete theme"), self.delete_chosen).setEnabled(writable)
        menu.exec(self.tree.viewport().mapToGlobal(where))
        menu.deleteLater()

    def _colour_menu(self, menu: QMenu, theme: Theme) -> QMenu:
        from kantlijn.usecases.marking import arrange_themes

        below = menu.addMenu(say("Colour"))
        for number, colour in enumerate(colours.THEME_COLOURS, start=1):
            below.addAction(
                _swatch(colour, theme.letter),
                say("Colour {number}", number=number),
                lambda colour=colour: self._jobs.do(arrange_themes.edit_theme, theme.id, colour=colour),
            )
        return below


class _Tree(rows.Rows):
    """Themes can be dragged to another place, or under another theme."""

    def __init__(self, themes: Themes) -> None:
        super().__init__(say("Themes"), themes)
        self._themes = themes
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def event(self, event: QEvent) -> bool:
        """Its own keys go before those of the window's actions."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Shift+arrows move the theme."""
        item, way = self.currentItem(), _step_of(event)
        if item is not None and way:
            self._themes.step(item.data(0, rows.ID), way)
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CARDS):
            event.acceptProposedAction()
            return
        super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Cards go onto a theme, which is lit; themes between others too."""
        if not event.mimeData().hasFormat(CARDS):
            super().dragMoveEvent(event)
            return
        item = self.itemAt(event.position().toPoint())
        if item is None:
            event.ignore()
            return
        self.setCurrentItem(item)
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask the verb for the move; the tree is drawn anew from what comes of it."""
        if event.mimeData().hasFormat(CARDS):
            onto = self.itemAt(event.position().toPoint())
            if onto is not None:
                ids = bytes(event.mimeData().data(CARDS).data()).decode().splitlines()
                self._themes.tag_dropped(onto.data(0, rows.ID), ids)
                event.acceptProposedAction()
            return
        moved = self.currentItem()
        target = self.itemAt(event.position().toPoint())
        where = self.dropIndicatorPosition()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if moved is None or target is moved or not self.isEnabled():
            return
        self.place(moved, target, where)

    def place(self, moved: QTreeWidgetItem, target: QTreeWidgetItem | None, where: _Where) -> None:
        """Move a row on, above or below another; onto nothing: to the end."""
        wanted = moved.data(0, rows.ID)
        if target is None:
            self._themes.put(wanted, None, self.topLevelItemCount())
            return
        if where == _Where.OnItem:
            self._themes.put(wanted, target.data(0, rows.ID), target.childCount())
            return
        above = target.parent()
        siblings = [item for item in self.all_items() if item.parent() is above and item is not moved]
        position = siblings.index(target) + int(where == _Where.BelowItem)
        self._themes.put(wanted, above.data(0, rows.ID) if above is not None else None, position)


def _step_of(event: QKeyEvent) -> str:
    """Which way these keys move a theme; "" for other keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _STEPS.get(Qt.Key(event.key()), "") if modifiers == _STEP_KEYS else ""


def _swatch(colour: str, letter: str) -> QIcon:
    made = QPixmap(36, 36)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint.chip(painter, QRectF(0, 0, 18, 18), letter, colour)
    painter.end()
    return QIcon(made)
