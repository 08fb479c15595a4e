"""The status line: what happened, with Undo; what is running, with Cancel; whether all is saved."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import OneLine
from kantlijn.words import language, say, say_many


class StatusLine(QFrame):
    """28 pixels at the bottom of the window."""

    undo_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(8)
        self.message = OneLine(self)
        self.message.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.message.setAccessibleName(say("What happened"))
        row.addWidget(self.message, 0)
        self.undo = QPushButton(say("Undo"), self)
        self.undo.setObjectName("link")
        self.undo.clicked.connect(self.undo_wanted)
        self.undo.hide()
        row.addWidget(self.undo)
        row.addStretch(1)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(say("Progress"))
        row.addWidget(self.progress)
        self.doing = Words(self)
        row.addWidget(self.doing)
        self.cancel = QPushButton(say("Cancel"), self)
        self.cancel.setObjectName("link")
        self.cancel.clicked.connect(self.cancel_wanted)
        row.addWidget(self.cancel)
        self.saved = Words(self)
        self.count = Words(self)
        self.spoken = Words(language(), self)
        self.spoken.setAccessibleName(say("Language"))
        for label in (self.saved, self.count, self.spoken):
            row.addSpacing(6)
            row.addWidget(label)
        self.setMinimumHeight(max(30, self.fontMetrics().height() + 12))
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(150)
        self._waiting.timeout.connect(lambda: self.saved.setText(say("Saving…")))
        self.run("", 0)

    def say(self, sentence: str, *, undoable: bool = False, trouble: bool = False) -> None:
        """Tell what happened; it stays until something else does."""
        self.message.setObjectName("trouble" if trouble else "")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setText(sentence)
        self.message.setToolTip(sentence)
        self.message.updateGeometry()
        self.undo.setVisible(undoable)

    def run(self, sentence: str, per_mille: int) -> None:
        """Show how far something long is, -1 where that is not known; "" when nothing is running."""
        for part in (self.progress, self.doing, self.cancel):
            part.setVisible(bool(sentence))
        self.doing.setText(sentence)
        self.progress.setRange(0, 0 if per_mille < 0 else 1000)
        self.progress.setValue(per_mille)

    def keep(self, saved: bool) -> None:
        """Whether all that was done is in the project file."""
        if not saved:
            if not self._waiting.isActive():
                self._waiting.start()
            return
        self._waiting.stop()
        self.saved.setText(say("Saved"))

    def unsay_saved(self, word: str = "") -> None:
        """Say this in the place of "Saved"."""
        self._waiting.stop()
        self.saved.setText(word)

    def show_count(self, annotations: int) -> None:
        """How many annotations the project has."""
        self.count.setText(say_many("{n} annotation", "{n} annotations", annotations))
