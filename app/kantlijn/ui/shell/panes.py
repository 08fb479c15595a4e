"""One to four readers side by side, and where things dropped on them go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from kantlijn.model.changes import Changes
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit import colours
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.ui.sources.sources import MIME

MOST = 4
_EDGE = 0.2  # dropped on this right-hand share of a pane: opened beside it


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
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.splitterMoved.connect(lambda *_: self.place_changed.emit())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.splitter)
        self.setAcceptDrops(True)

    # -- panes ----------------------------------------------------------------------------------------------

    def add(self) -> ReaderPane:
        """A new pane right of the active one; the active one itself when there are four."""
        if len(self.panes) >= MOST and self.active is not None:
            return self.active
        pane = self._make(self._jobs, self.splitter)
        at = self.panes.index(self.active) + 1 if self.active in self.panes else len(self.panes)
        self.panes.insert(at, pane)
        self.splitter.insertWidget(at, pane)
        pane.activated.connect(lambda: self.activate(pane))
        pane.closed.connect(lambda: self.close_pane(pane), Qt.ConnectionType.QueuedConnection)
        pane.selection_changed.connect(lambda chosen: self._selected(pane, chosen))
        pane.annotation_clicked.connect(lambda annotation, add: self._clicked(pane, annotation, add))
        pane.place_changed.connect(self.place_changed)
        pane.set_dark(colours.current().dark)
        pane.setMinimumWidth(220)
        self.added.emit(pane)
        self._stack.setCurrentWidget(self.splitter)
        self._share()
        self.activate(pane)
        return pane

    def _share(self) -> None:
        """Give all panes the same width."""
        self.splitter.setSizes([1000] * len(self.panes))

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
        self.panes.remove(pane)
        pane.hide()
        pane.setParent(None)
        pane.deleteLater()
        if self.active is pane:
            self.active = None
            if self.panes:
                self.activate(self.panes[min(at, len(self.panes) - 1)])
            else:
                self._stack.setCurrentIndex(0)
                self.active_changed.emit()
        self._share()
        self.place_changed.emit()

    def open(self, version: str, *, beside: bool = False) -> ReaderPane:
        """Show a version: where it is shown already, in the active pane, or in a new one beside it."""
        if not beside:
            for pane in self.panes:
                if pane.version_id == version:
                    self.activate(pane)
                    return pane
        pane = self.active if self.active is not None and not beside else self.add()
        pane.show_version(version)
        self.active_changed.emit()
        self.place_changed.emit()
        return pane

    def split(self) -> None:
        """Show what the active pane shows once more, beside it."""
        if self.active is None or len(self.panes) >= MOST:
            return
        state, version = self.active.state(), self.active.version_id
        pane = self.add()
        if version:
            pane.show_version(version)
            pane.restore(state)
        self.active_changed.emit()

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

    # -- kept with the project ------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Which versions are open, where they stand, how wide."""
        return {
            "panes": [{**pane.state(), "version": pane.version_id} for pane in self.panes if pane.version_id],
            "sizes": self.splitter.sizes(),
            "active": self.panes.index(self.active) if self.active in self.panes else 0,
        }

    def restore(self, state: dict[str, Any], versions: set[str]) -> None:
        """What state() gave; versions that are no more are left out."""
        kept = [one for one in state.get("panes", ()) if one.get("version") in versions][:MOST]
        for one in kept:
            pane = self.add()
            pane.show_version(one["version"])
            pane.restore(one)
        sizes = state.get("sizes", [])
        if kept and len(sizes) == len(self.panes):
            self.splitter.setSizes([int(size) for size in sizes])
        active = state.get("active", 0)
        if kept and isinstance(active, int) and 0 <= active < len(self.panes):
            self.activate(self.panes[active])
        self.active_changed.emit()

    # -- dropping -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        where = event.position().toPoint()
        if event.mimeData().hasFormat(MIME):
            version = bytes(event.mimeData().data(MIME).data()).decode()
            pane = self._at(where)
            beside = pane is None
            if pane is not None:
                self.activate(pane)
                beside = pane.mapFrom(self, where).x() > pane.width() * (1 - _EDGE)
            if version and beside:
                self.open(version, beside=True)
            elif version and pane is not None:
                pane.show_version(version)
                self.active_changed.emit()
        elif files := [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]:
            self.files_dropped.emit(files)
        event.acceptProposedAction()

    def _at(self, where: QPoint) -> ReaderPane | None:
        for pane in self.panes:
            if pane.rect().contains(pane.mapFrom(self, where)):
                return pane
        return None
