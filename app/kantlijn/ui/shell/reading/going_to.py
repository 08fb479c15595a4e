"""Going to a page by its label or number."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kantlijn.ui.kit import widgets
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import SearchField
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.words import say


class GoToPage(QFrame):
    """A small field over the pane. Enter goes there, Esc closes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("floating")
        self._window = window
        self._pane: ReaderPane | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(Words(say("Page"), self))
        self.field = SearchField(say("Number or label"), self)
        self.field.setFixedWidth(130)
        self.field.returnPressed.connect(self._go)
        self.field.escaped.connect(self.leave)
        row.addWidget(self.field)
        self.hint = Words("", self)
        self.hint.setObjectName("muted")
        row.addWidget(self.hint)
        widgets.shadow(self)
        self.hide()

    def open(self, pane: ReaderPane) -> None:
        """Come up over this pane, when it has pages."""
        if pane.view is None or not pane.view.page_count():
            return
        self._pane = pane
        self.field.setText(pane.view.page_label())
        self.field.selectAll()
        self.hint.setText(say("of {count}", count=pane.view.page_count()))
        self.adjustSize()
        around = QRect(pane.mapTo(self._window, pane.rect().topLeft()), pane.size())
        self.move(around.center().x() - self.width() // 2, around.top() + 52)
        self.show()
        self.raise_()
        self.field.setFocus()

    def leave(self) -> None:
        """Close, and give the focus back to the page."""
        self.hide()
        if self._pane is not None and self._pane.view is not None:
            self._pane.view.setFocus()

    def _go(self) -> None:
        pane = self._pane
        page = pane.page_named(self.field.text()) if pane is not None else None
        if pane is None or page is None:
            self.hint.setText(say("There is no such page."))
            self.adjustSize()
            return
        self.leave()
        pane.go_to_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
