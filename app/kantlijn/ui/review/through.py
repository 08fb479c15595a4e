"""One passage through all versions of its document, in a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from kantlijn.ui.kit import colours, fonts
from kantlijn.ui.kit.dialog import Dialog
from kantlijn.ui.kit.pieces import pieces_html
from kantlijn.ui.kit.plain import StyledWords, Words
from kantlijn.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kantlijn.usecases.versions.passage_past import InVersion


class ThroughVersions(Dialog):
    """A card for each version, the oldest first; what changed against the one before is marked."""

    wanted = Signal(str, object)
    """(version id, range): go there."""

    def __init__(self, rows: Sequence[InVersion], parent: QWidget | None = None) -> None:
        super().__init__(
            say("Through all versions"),
            say("Where the passage stands in each version, and how its words changed from one to the next."),
            parent,
        )
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for row in rows:
            column.addWidget(self._card(row))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self.add_button(say("Close"), "close", main=True)
        self.resize(620, min(640, 230 + 130 * len(rows)))

    def _card(self, row: InVersion) -> QFrame:
        card = QFrame(self)
        card.setObjectName("sheet")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 10, 12)
        head = QHBoxLayout()
        title = Words(say("Version {number}", number=row.version.number), card)
        title.setFont(fonts.chrome(13, QFont.Weight.DemiBold))
        head.addWidget(title)
        about = Words(_about(row), card)
        about.setObjectName("muted")
        head.addWidget(about, 1)
        if row.words and row.anchor is not None:
            go = QPushButton(say("Show"), card)
            go.setObjectName("link")
            go.setAccessibleName(say("Show it in version {number}", number=row.version.number))
            go.clicked.connect(lambda _on=False: self._go(row))
            head.addWidget(go)
        column.addLayout(head)
        words = StyledWords(card)
        words.setWordWrap(True)
        words.setFont(fonts.serif(14))
        words.setText(pieces_html(row.words, dark=colours.current().dark) if row.words else _missing(row))
        if not row.words:
            words.setObjectName("muted")
            words.setFont(fonts.chrome(13))
        column.addWidget(words)
        return card

    def _go(self, row: InVersion) -> None:
        if row.anchor is not None:
            self.wanted.emit(row.version.id, row.anchor.range)
        self.accept()


def _about(row: InVersion) -> str:
    states = {
        "original": say("made here"), "unchanged": say("unchanged"), "moved": say("moved"),
        "changed": say("changed"), "lost": say("lost"),
    }  # fmt: skip
    parts = [row.version.file]
    if row.anchor is not None:
        if row.anchor.page_label and row.words:
            parts.append(say("p. {page}", page=row.anchor.page_label))
        parts.append(states.get(row.anchor.state, ""))
        if row.anchor.review == "open":
            parts.append(say("to check"))
    return " · ".join(part for part in parts if part)


def _missing(row: InVersion) -> str:
    if row.anchor is None:
        return say("Not carried over to this version yet.")
    return say("Dropped from this version.") if row.anchor.review == "dropped" else say("Lost: not found here.")
