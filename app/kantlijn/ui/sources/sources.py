"""The documents of the project, with their versions and how many annotations each has."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress, count
from operator import ne
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeWidgetItem, QVBoxLayout, QWidget

from kantlijn.model.changes import Changes
from kantlijn.model.document import Document, Version
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit import rows
from kantlijn.ui.kit.plain import tip
from kantlijn.ui.kit.widgets import EmptyState, SectionTitle
from kantlijn.ui.sources.details import DetailsDialog
from kantlijn.words import number, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kantlijn.usecases.read import ShelfRow

MIME = "application/x-kantlijn-version"
_VERSION = Qt.ItemDataRole.UserRole + 20
_FLAGS = QTreeWidgetItem().flags()
_EDITABLE = _FLAGS | Qt.ItemFlag.ItemIsEditable


class Sources(QWidget):
    """The upper half of the sidebar."""

    shown = Signal()
    """The list was drawn anew."""
    open_wanted = Signal(str, bool)
    """(version id, in another pane than the active one)."""
    compare_wanted = Signal(str)
    """(version id): with the one before it, or with another that is to be chosen."""
    add_wanted = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._rows: tuple[ShelfRow, ...] = ()
        self._items: dict[str, QTreeWidgetItem] = {}  # by document
        self._documents: dict[str, Document] = {}
        self._of_version: dict[str, str] = {}
        self._active = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        self.title = SectionTitle(say("Documents"), self)
        self.add_button = self.title.add_button("plus", say("Add documents"))
        self.add_button.clicked.connect(self.add_wanted)
        column.addWidget(self.title)
        self.tree = _Tree(self)
        column.addWidget(self.tree, 1)
        self.empty = EmptyState(say("Drop PDFs or texts here, or choose them."), parent=self)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        self.tree.itemClicked.connect(self._clicked)
        self.tree.itemActivated.connect(self._clicked)
        self.tree.itemChanged.connect(self._renamed)
        self.tree.customContextMenuRequested.connect(self._menu)

    # -- what it shows --------------------------------------------------------------------------------------

    def refresh(self, changes: Changes | None = None) -> None:
        """Ask again, when something it shows has changed."""
        from kantlijn.usecases import read

        if changes is None or any(changes.touched(kind) for kind in ("document", "version", "annotation")):
            self._jobs.do(read.shelf, then=self._show)

    def _show(self, shelf: Sequence[ShelfRow]) -> None:
        self._documents = {row.document.id: row.document for row in shelf}
        self._of_version = {version.id: row.document.id for row in shelf for version in row.versions}
        self.tree.blockSignals(True)
        self._replace(tuple(shelf))
        self.tree.blockSignals(False)
        self.title.count.setText(number(len(shelf)) if shelf else "")
        self.tree.setVisible(bool(shelf))
        self.empty.setVisible(not shelf)
        self.show_active(self._active)
        self.shown.emit()

    def _replace(self, shelf: tuple[ShelfRow, ...]) -> None:
        """Draw anew only what differs: after a tag that is one number among perhaps thousands of rows."""
        before, self._rows = self._rows, shelf
        old, new = ([row.document.id for row in some] for some in (before, shelf))
        head = _shared(old, new)
        tail = _shared(old[head:][::-1], new[head:][::-1])
        for place in reversed(range(head, len(old) - tail)):
            self.tree.takeTopLevelItem(place)
            del self._items[old[place]]
        last = len(new) - tail
        self._insert(head, shelf[head:last])
        for place in (*range(head), *range(last, len(new))):
            row, was = shelf[place], before[place if place < head else place - len(new) + len(old)]
            if row == was:
                continue
            if replace(row, annotations=was.annotations) == was:
                self._items[row.document.id].setData(0, rows.COUNT, row.annotations)
            else:
                self.tree.takeTopLevelItem(place)
                self._insert(place, [row])

    def _insert(self, place: int, shelf: Sequence[ShelfRow]) -> None:
        items = [self._item(row) for row in shelf]
        self.tree.insertTopLevelItems(place, items)
        for row, item in zip(shelf, items, strict=True):
            self._items[row.document.id] = item
            if item.childCount():
                item.setExpanded(True)

    def _item(self, row: ShelfRow) -> QTreeWidgetItem:
        item = rows.make_row(row.document.title, row.document.id, {rows.COUNT: row.annotations})
        if row.versions:
            item.setData(0, _VERSION, row.versions[-1].id)
        item.setFlags(_FLAGS if self._jobs.read_only else _EDITABLE)
        told = (row.document.title, *(version.file for version in row.versions))
        item.setToolTip(0, tip("\n".join(map(rows.shown, told))))
        if len(row.versions) > 1:
            for version in reversed(row.versions):
                child = rows.make_row(version_words(version), version.id, {rows.QUIET: True, _VERSION: version.id})
                child.setToolTip(0, tip(rows.shown(version.file)))
                item.addChild(child)
        return item

    def wanted_height(self) -> int:
        """Pixels that show every row."""
        return self.title.sizeHint().height() + max(self.tree.wanted_height(), 5 * rows.row_height()) + 12

    def document_of(self, version: str) -> str:
        """The id of the document a version is of; "" when it is not known yet."""
        return self._of_version.get(version, "")

    def title_of(self, version: str) -> str:
        """The title of the document a version is of; "" when it is not known yet."""
        document = self._documents.get(self.document_of(version))
        return document.title if document is not None else ""

    def show_active(self, version: str) -> None:
        """Mark the document that the active pane shows."""
        self._active = version
        if self.tree.hasFocus():
            return  # the reader is walking the list
        item = self._item_of(version)
        if item is None:
            self.tree.clearSelection()
            return
        self.tree.blockSignals(True)
        self.tree.setCurrentItem(item)
        self.tree.blockSignals(False)

    def _item_of(self, version: str) -> QTreeWidgetItem | None:
        """The row that opens this version: its document's for the newest."""
        item = self._items.get(self.document_of(version))
        if item is None or item.data(0, _VERSION) == version:
            return item
        children = [child for number in range(item.childCount()) if (child := item.child(number)) is not None]
        return next((child for child in children if child.data(0, _VERSION) == version), None)

    def show_document(self, wanted: str) -> None:
        """Make this document the current one, in sight."""
        if (item := self._items.get(wanted)) is not None:
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    # -- what the reader does -------------------------------------------------------------------------------

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if version := item.data(0, _VERSION):
            self.open_wanted.emit(version, False)

    def _renamed(self, item: QTreeWidgetItem) -> None:
        from kantlijn.usecases.shelf import edit_documents

        document = self._documents.get(item.data(0, rows.ID))
        title = item.text(0).strip()
        if document is None or title == rows.shown(document.title).strip():
            return
        self.tree.blockSignals(True)
        item.setText(0, rows.shown(document.title))  # until the other one is written
        self.tree.blockSignals(False)
        if title:
            self._jobs.do(edit_documents.edit_document, document.id, title=title)

    def chosen(self) -> Document | None:
        """The document of the current row."""
        item = self.tree.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        return self._documents.get(item.data(0, rows.ID)) if item is not None else None

    def remove_chosen(self) -> None:
        """Take the current document out of the project; Undo brings it back."""
        from kantlijn.usecases.shelf import edit_documents

        if (document := self.chosen()) is not None:
            self._jobs.do(edit_documents.remove_document, document.id)

    def edit_chosen(self) -> None:
        """Title, author, date and the like, in a dialog."""
        from kantlijn.usecases.shelf import edit_documents

        document = self.chosen()
        if document is None:
            return
        dialog = DetailsDialog(document, self.window())
        if dialog.exec() and (fields := dialog.changed_fields()):
            self._jobs.do(edit_documents.edit_document, document.id, **fields)
        dialog.deleteLater()

    def put(self, document: str, position: int) -> None:
        """Give a document another place in the list."""
        from kantlijn.usecases.shelf import edit_documents

        self._jobs.do(edit_documents.move_document, document, position)

    def _menu(self, where: QPoint) -> None:
        item = self.tree.itemAt(where)
        if item is None:
            return
        self.tree.setCurrentItem(item)
        version = item.data(0, _VERSION)
        writable = not self._jobs.read_only
        menu = QMenu(self)
        menu.addAction(say("Open"), lambda: self.open_wanted.emit(version, False))
        menu.addAction(say("Open beside"), lambda: self.open_wanted.emit(version, True))
        menu.addAction(say("Compare with…"), lambda: self.compare_wanted.emit(version))
        menu.addSeparator()
        menu.addAction(say("Rename"), lambda: self.tree.editItem(item)).setEnabled(
            writable and item.parent() is None
        )
        menu.addAction(say("Details…"), self.edit_chosen).setEnabled(writable)
        menu.addSeparator()
        menu.addAction(say("Remove from the project"), self.remove_chosen).setEnabled(writable)
        menu.exec(self.tree.viewport().mapToGlobal(where))
        menu.deleteLater()


class _Tree(rows.Rows):
    """Documents can be dragged to another place, or into a pane."""

    def __init__(self, sources: Sources) -> None:
        super().__init__(say("Documents"), sources, foldable=False)
        self._sources = sources
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, str(items[0].data(0, _VERSION) or "").encode())
        return data

    def dropEvent(self, event: QDropEvent) -> None:
        moved = self.currentItem()
        target = self.itemAt(event.position().toPoint())
        if event.source() is self and moved is not None and moved.parent() is None:
            while target is not None and target.parent() is not None:
                target = target.parent()
            position = self.topLevelItemCount() if target is None else self.indexOfTopLevelItem(target)
            below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
            position += int(below)
            if self.indexOfTopLevelItem(moved) < position:
                position -= 1
            self._sources.put(moved.data(0, rows.ID), position)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            if version := item.data(0, _VERSION):
                beside = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self._sources.open_wanted.emit(version, beside)
            return
        super().keyPressEvent(event)


_FORMS = {
    "application/pdf": "pdf", "text/markdown": "md", "text/plain": "txt", "text/html": "html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt", "application/epub+zip": "epub", "application/rtf": "rtf",
}  # fmt: skip


def _shared(some: Sequence[str], others: Sequence[str]) -> int:
    """How many at their beginnings are the same."""
    return next(compress(count(), map(ne, some, others)), min(len(some), len(others)))


def version_words(version: Version) -> str:
    """"Version 2 · pdf, 38 p."."""
    form = _FORMS.get(version.mime, version.mime)
    if version.pages:
        return say("Version {number} · {form}, {pages} p.", number=version.number, form=form, pages=version.pages)
    return say("Version {number} · {form}", number=version.number, form=form)
