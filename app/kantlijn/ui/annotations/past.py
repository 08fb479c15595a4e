"""The history of an annotation: who did what to it, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QEvent, QLocale, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import keeps_escape, shadow
from kantlijn.words import language, say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.marking.annotation_past import PastRow

_SHOWN = 40
_WIDE, _TALLEST = 340, 420


class Past(QFrame):
    """Floats over the window beside the card; gone with Esc, and when the focus goes elsewhere."""

    def __init__(self, rows: Sequence[PastRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("floating")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shadow(self)
        self.setAccessibleName(say("History of the annotation"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        title = Words(say("History of the annotation"), self)
        title.setFont(fonts.chrome(13, QFont.Weight.DemiBold))
        title.setContentsMargins(16, 0, 16, 0)
        column.addWidget(title)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(area)
        inside.setObjectName("past")
        self.steps = QVBoxLayout(inside)
        self.steps.setContentsMargins(16, 0, 16, 4)
        self.steps.setSpacing(2)
        for row in rows[:_SHOWN]:
            self._add(row, inside)
        if len(rows) > _SHOWN:
            more = say_many("{n} earlier step", "{n} earlier steps", len(rows) - _SHOWN)
            self._line(more, inside, quiet=True)
        if not rows:
            self._line(say("Nothing is known of its history."), inside, quiet=True)
        area.setWidget(inside)
        column.addWidget(area)
        high = self.steps.heightForWidth(_WIDE - 2) + title.sizeHint().height() + 34
        self.resize(_WIDE, min(high, _TALLEST))

    def _add(self, row: PastRow, inside: QWidget) -> None:
        what = say("{title} (undone)", title=row.title) if row.undone else row.title
        self._line(what, inside, quiet=row.undone)
        for sentence in row.details:
            self._line(sentence, inside, quiet=True).setContentsMargins(10, 0, 0, 0)
        label = self._line(" · ".join(part for part in (row.author, moment(row.at)) if part), inside, quiet=True)
        label.setFont(fonts.chrome(11.5))
        self.steps.addSpacing(8)

    def _line(self, text: str, inside: QWidget, *, quiet: bool) -> QLabel:
        label = Words(text, inside)
        label.setWordWrap(True)
        if quiet:
            label.setObjectName("muted")
        self.steps.addWidget(label)
        return label

    def come(self, beside: QRect) -> None:
        """Show left of this part of the window, where there is room; else over it."""
        within = self._over.rect()
        x = beside.left() - self.width() - 8
        if x < 8:
            x = max(8, min(beside.left(), within.right() - self.width() - 8))
        self.move(x, max(8, min(beside.top(), within.bottom() - self.height() - 8)))
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close()


def moment(stamp: str) -> str:
    """"12 Nov 2026, 14:05", local, from a UTC time."""
    try:
        then = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    except ValueError:
        return stamp
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    locale = QLocale(QLocale.Language.Dutch if language() == "nl" else QLocale.Language.English)
    return locale.toString(QDateTime.fromSecsSinceEpoch(int(then.timestamp())), "d MMM yyyy, HH:mm")
