"""Writes a note on an annotation in Markdown; saves itself at every pause."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from kantlijn.ui.kit import fonts, widgets
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import IconButton
from kantlijn.words import say

PAUSE = 400  # milliseconds


class NoteEditor(QFrame):
    """Floats near the passage. written comes at pauses, when the focus leaves and when it closes."""

    written = Signal(str, str)
    """(annotation id, note)."""
    dirty = Signal(bool)
    """Whether something is typed that has not been handed over."""
    closed = Signal(str)
    """(annotation id)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("floating")
        self.annotation = ""
        self._kept = ""
        self._back: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        self.title = Words(self)
        self.title.setFont(fonts.chrome(12, QFont.Weight.Medium))
        self.title.setObjectName("muted")
        head.addWidget(self.title, 1)
        close = IconButton("x", say("Close the note"), self)
        close.setObjectName("small")
        close.clicked.connect(self.leave)
        head.addWidget(close)
        column.addLayout(head)
        self.field = QPlainTextEdit(self)
        self.field.setAccessibleName(say("Note"))
        self.field.setPlaceholderText(say("Write a note. **Bold**, *italic* and lists are kept."))
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        column.addWidget(self.field, 1)
        foot = Words(say("Markdown · saved as you type · Esc closes"), self)
        foot.setObjectName("muted")
        foot.setFont(fonts.chrome(11))
        column.addWidget(foot)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.flush)
        widgets.shadow(self)
        self.hide()

    def edit(self, annotation: str, note: str, quote: str, near: QRect, bounds: QRect) -> None:
        """Open on this annotation. near: its passage, bounds: where there is room; pixels of the parent."""
        self.flush()
        self.annotation = ""  # what follows is not typed by the reader
        self.title.setText(say("Note on “{quote}”", quote=_short(quote)) if quote else say("Note"))
        self.field.setPlainText(note)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self._kept = note
        self.annotation = annotation
        if not self.isVisible():
            self._back = self.window().focusWidget()
        wide, high = min(420, bounds.width() - 24), min(200, bounds.height() - 24)
        x = min(max(near.left(), bounds.left() + 12), bounds.right() - wide - 12)
        y = near.bottom() + 8
        if y + high > bounds.bottom() - 8:
            y = max(bounds.top() + 8, near.top() - high - 8)
        self.setGeometry(x, y, wide, high)
        self.raise_()
        self.show()
        self.field.setFocus()

    def _typed(self) -> None:
        if self.annotation:
            self.dirty.emit(True)
            self._timer.start()

    @property
    def waiting(self) -> bool:
        """Whether something is typed that has not been handed over."""
        return self._timer.isActive()

    def flush(self) -> None:
        """Hand over what was typed and not handed over yet."""
        self._timer.stop()
        text = self.field.toPlainText()
        if self.annotation and text != self._kept:
            self._kept = text
            self.written.emit(self.annotation, text)
        self.dirty.emit(False)

    def show_note(self, annotation: str, note: str) -> None:
        """The note became another from outside (undo): show that, unless the reader is typing."""
        if annotation == self.annotation and not self._timer.isActive() and note != self._kept:
            self._kept = note
            self.annotation = ""
            self.field.setPlainText(note)
            self.annotation = annotation

    def leave(self) -> None:
        """Save and close."""
        if self.isHidden():
            return
        self.flush()
        annotation, self.annotation = self.annotation, ""
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        self.closed.emit(annotation)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if widgets.keeps_escape(event):
                return True
            if event.type() == QEvent.Type.FocusOut:
                self.flush()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
                enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                if event.key() == Qt.Key.Key_Escape or (control and enter):
                    self.leave()
                    return True
        return super().eventFilter(watched, event)


def _short(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= 42 else flat[:40].rstrip() + "…"
