"""One to four readers beside and below each other, and where things dropped on them go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from kantlijn.model.changes import Changes
from kantlijn.ui.compare.gutter import Across
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit import colours
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.ui.sources.sources import MIME

MOST = 4
_EDGE = 0.25  # dropped on this share of a pane at its right or bottom: opened beside or below it


class Panes(QWidget):
    """The middle of the window. Where nothing is open, what the shell gives as empty is shown."""

    added = Signal(object)
    """(ReaderPane): a pane was made."""
    active_changed = Signal()
    selection_changed = Signal(object)
    """(range or None): in the active pane."""
    annotation_clicked = Signal(str, bool)
    place_changed = Signal()
    files_dropped = Signal(list)

    def __init__(
        self,
        jobs: Jobs,
        empty: QWidget,
        parent: QWidget | None = None,
        make: Callable[..., ReaderPane] = ReaderPane,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._make = make
        self.panes: list[ReaderPane] = []
        self.active: ReaderPane | None = None
        self.splitter = Across(self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.splitterMoved.connect(lambda *_: self.place_changed.emit())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.splitter)
        self._hint = _Hint(self)
        self.setAcceptDrops(True)

    # -- panes ----------------------------------------------------------------------------------------------

    def add(self, *, below: bool = False) -> ReaderPane:
        """A new pane right of the active one, or below it; the active one itself when there are four."""
        if len(self.panes) >= MOST and self.active is not None:
            return self.active
        pane = self._make(self._jobs, self.splitter)
        column = self._column_of(self.active) if self.active is not None else None
        if below and column is not None and self.active is not None:
            column.insertWidget(column.indexOf(self.active) + 1, pane)
            column.setSizes([1000] * column.count())
        else:
            self._new_column(after=column).addWidget(pane)
            self._share()
        self._order()
        pane.activated.connect(lambda: self.activate(pane))
        pane.closed.connect(lambda: self.close_pane(pane), Qt.ConnectionType.QueuedConnection)
        pane.selection_changed.connect(lambda chosen: self._selected(pane, chosen))
        pane.annotation_clicked.connect(lambda annotation, add: self._clicked(pane, annotation, add))
        pane.place_changed.connect(self.place_changed)
        pane.set_dark(colours.current().dark)
        pane.setMinimumSize(160, 140)  # four beside each other with both sides in a window of 1280 pixels
        self.added.emit(pane)
        self._stack.setCurrentWidget(self.splitter)
        self.activate(pane)
        return pane

    def _new_column(self, *, after: QSplitter | None) -> QSplitter:
        column = QSplitter(Qt.Orientation.Vertical, self.splitter)
        column.setChildrenCollapsible(False)
        column.setHandleWidth(1)
        column.splitterMoved.connect(lambda *_: self.place_changed.emit())
        at = self.splitter.indexOf(after) + 1 if after is not None else self.splitter.count()
        self.splitter.insertWidget(at, column)
        return column

    def _columns(self) -> list[QSplitter]:
        every = (self.splitter.widget(number) for number in range(self.splitter.count()))
        return [column for column in every if isinstance(column, QSplitter)]

    def _column_of(self, pane: ReaderPane) -> QSplitter | None:
        return next((column for column in self._columns() if column.indexOf(pane) >= 0), None)

    def _order(self) -> None:
        """The panes from left to right, and from top to bottom."""
        found = [column.widget(number) for column in self._columns() for number in range(column.count())]
        self.panes = [pane for pane in found if isinstance(pane, ReaderPane)]

    def _share(self) -> None:
        """Give all columns the same width."""
        self.splitter.setSizes([1000] * self.splitter.count())

    def activate(self, pane: ReaderPane) -> None:
        """Make this the pane that keys and the sidebar speak to."""
        if pane is self.active or pane not in self.panes:
            return
        self.active = pane
        for other in self.panes:
            other.setProperty("active", other is pane and len(self.panes) > 1)
        self.active_changed.emit()

    def close_pane(self, pane: ReaderPane | None = None) -> None:
        """Close a pane, the active one by default."""
        pane = pane or self.active
        if pane is None or pane not in self.panes:
            return
        at = self.panes.index(pane)
        column = self._column_of(pane)
        self.panes.remove(pane)
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()
        if column is not None and not column.count():
            column.hide()
            column.setParent(None)
            column.deleteLater()
            self._share()
        if self.active is pane:
            self.active = None
            if self.panes:
                self.activate(self.panes[min(at, len(self.panes) - 1)])
            else:
                self._stack.setCurrentIndex(0)
                self.active_changed.emit()
        self.place_changed.emit()

    def open(self, version: str, *, beside: bool = False, below: bool = False) -> ReaderPane:
        """Show a version: where it is shown already, in the active pane, or in a new one beside or below it."""
        if not (beside or below):
            for pane in self.panes:
                if pane.version_id == version:
                    self.activate(pane)
                    return pane
        new = beside or below
        pane = self.active if self.active is not None and not new else self.add(below=below)
        pane.show_version(version)
        self.active_changed.emit()
        self.place_changed.emit()
        return pane

    def split(self, *, below: bool = False) -> ReaderPane | None:
        """Show what the active pane shows once more, beside or below it; None when there is no room."""
        if self.active is None or len(self.panes) >= MOST:
            return None
        state, version = self.active.state(), self.active.version_id
        pane = self.add(below=below)
        if version:
            pane.show_version(version)
            pane.restore(state)
        self.active_changed.emit()
        return pane

    # -- what happens in them -------------------------------------------------------------------------------

    def _selected(self, pane: ReaderPane, chosen: object) -> None:
        if chosen is not None:
            self.activate(pane)
            for other in self.panes:
                if other is not pane and other.view is not None:
                    other.view.select(None)
        if pane is self.active:
            self.selection_changed.emit(chosen)

    def _clicked(self, pane: ReaderPane, annotation: str, add: bool) -> None:
        self.activate(pane)
        self.annotation_clicked.emit(annotation, add)

    def refresh(self, changes: Changes) -> None:
        """Tell every pane what changed; panes whose version is gone are closed."""
        gone = {
            step.id for step in changes.steps if step.kind == "version" and step.after is None
        } | {
            step.id for step in changes.steps if step.kind == "document" and step.after is None
        }
        for pane in list(self.panes):
            if pane.version_id in gone or pane.document_id in gone:
                self.close_pane(pane)
            else:
                pane.refresh(changes)

    def mark(self, annotations: list[str]) -> None:
        """Draw these annotations as selected, in every pane."""
        for pane in self.panes:
            pane.set_selected(annotations)

    def set_dark(self, dark: bool) -> None:
        for pane in self.panes:
            pane.set_dark(dark)

    def set_type(self, size: int, width: int, line_numbers: int, face: str = "serif") -> None:
        """Size (points), width (letters), numbered lines (0, or every so many) and face of texts in all panes."""
        for pane in self.panes:
            pane.set_type(size, width, line_numbers, face)

    # -- kept with the project ------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Which versions are open, where they stand, how wide and high."""
        columns = self._columns()
        return {
            "panes": [
                {**pane.state(), "version": pane.version_id, "column": number}
                for number, column in enumerate(columns)
                for pane in (column.widget(place) for place in range(column.count()))
                if isinstance(pane, ReaderPane) and pane.version_id
            ],
            "sizes": self.splitter.sizes(),
            "heights": [column.sizes() for column in columns],
            "active": self.panes.index(self.active) if self.active in self.panes else 0,
        }

    def restore(self, state: dict[str, Any], versions: set[str]) -> None:
        """What state() gave; versions that are no more are left out."""
        kept = [one for one in state.get("panes", ()) if one.get("version") in versions][:MOST]
        column = None
        for one in kept:
            pane = self.add(below=column is not None and one.get("column") == column)
            column = one.get("column")
            pane.show_version(one["version"])
            pane.restore(one)
        _set_sizes(self.splitter, state.get("sizes"))
        for splitter, sizes in zip(self._columns(), state.get("heights", ()), strict=False):
            _set_sizes(splitter, sizes)
        active = state.get("active", 0)
        if kept and isinstance(active, int) and 0 <= active < len(self.panes):
            self.activate(self.panes[active])
        self.active_changed.emit()

    # -- dropping -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        pane, side = self._target(event.position().toPoint())
        if pane is not None and event.mimeData().hasFormat(MIME):
            self._hint.point(QRect(pane.mapTo(self, QPoint(0, 0)), pane.size()), side)
        else:
            self._hint.hide()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hint.hide()
        if event.mimeData().hasFormat(MIME):
            version = bytes(event.mimeData().data(MIME).data()).decode()
            pane, side = self._target(event.position().toPoint())
            if pane is not None:
                self.activate(pane)
            if version and (pane is None or side):
                self.open(version, beside=side != "below", below=side == "below")
            elif version and pane is not None:
                pane.show_version(version)
                self.active_changed.emit()
        elif files := [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]:
            self.files_dropped.emit(files)
        event.acceptProposedAction()

    def _target(self, where: QPoint) -> tuple[ReaderPane | None, str]:
        """The pane under a point, and where in it: "beside", "below" or "" for in its place."""
        for pane in self.panes:
            at = pane.mapFrom(self, where)
            if pane.rect().contains(at):
                if len(self.panes) >= MOST:
                    return pane, ""
                if at.x() > pane.width() * (1 - _EDGE):
                    return pane, "beside"
                return pane, "below" if at.y() > pane.height() * (1 - _EDGE) else ""
        return None, ""


class _Hint(QWidget):
    """Shows, while something is dragged, where it would come."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def point(self, pane: QRect, side: str) -> None:
        """Cover the part of a pane that the new one would take."""
        where = QRect(pane)
        if side == "beside":
            where.setLeft(pane.center().x())
        elif side == "below":
            where.setTop(pane.center().y())
        self.setGeometry(where.adjusted(6, 6, -6, -6))
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(colours.current().accent)
        painter.setPen(QPen(accent, 2))
        accent.setAlphaF(0.14)
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


def _set_sizes(splitter: QSplitter, sizes: Any) -> None:
    """Kept sizes, when they fit what there is."""
    if isinstance(sizes, list) and len(sizes) == splitter.count() and all(isinstance(s, int) for s in sizes):
        splitter.setSizes(sizes)
