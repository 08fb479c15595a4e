"""The line above a comparison: back to reading, how it is shown, what does not count, from change to change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from kantlijn.model.comparison import IGNORABLE
from kantlijn.ui.kit import colours, icons
from kantlijn.ui.kit.plain import Words
from kantlijn.ui.kit.widgets import IconButton
from kantlijn.words import say

_WIDE = 900  # pixels; below this what is ignored is not listed
_ROOMY = 760  # pixels; below this the words for the place among the changes go, and those of buttons


class CompareBar(QFrame):
    """44 pixels; hidden while nothing is compared."""

    left = Signal()
    """(): back to reading."""
    presentation_chosen = Signal(str)
    """("sides" or "redline")."""
    ignore_chosen = Signal(object)
    """(tuple of IGNORABLE): compare again without these."""
    stepped = Signal(int)
    """(-1 or 1): to the change before or after."""
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparebar")
        self.setFixedHeight(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(4)
        self.back = QToolButton(self)
        self.back.setAccessibleName(say("Back to reading"))
        self.back.setToolTip(say("Back to reading"))
        self.back.clicked.connect(self.left)
        row.addWidget(self.back)
        row.addWidget(_line(self))
        self._ways = QButtonGroup(self)
        for name, text in (("sides", say("Side by side")), ("redline", say("Redline"))):
            button = QToolButton(self)
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("way", name)
            button.setChecked(name == "sides")
            self._ways.addButton(button)
            row.addWidget(button)
        self._ways.buttonClicked.connect(lambda button: self.presentation_chosen.emit(button.property("way")))
        row.addWidget(_line(self))
        self.ignore = QToolButton(self)
        self.ignore.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.ignore.setMenu(self._ignorable())
        row.addWidget(self.ignore)
        row.addStretch(1)
        self.previous = IconButton("chevron-up", say("Previous change"), self)
        self.next = IconButton("chevron-down", say("Next change"), self)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.at = Words(self)
        self.at.setObjectName("muted")
        row.addWidget(self.previous)
        row.addWidget(self.next)
        row.addWidget(self.at)
        row.addSpacing(8)
        self.export = QPushButton(say("Export…"), self)
        self.export.setObjectName("secondary")
        self.export.setAccessibleName(say("Export the comparison"))
        self.export.setToolTip(say("Export the comparison"))
        self.export.clicked.connect(self.export_wanted)
        row.addWidget(self.export)
        self.show_ignored(())
        self.show_at(None, 0)
        self.hide()

    def _ignorable(self) -> QMenu:
        menu = QMenu(self)
        names = {
            "case": say("Capitals"), "accents": say("Accents"), "digits": say("Digits"),
            "punctuation": say("Punctuation"),
        }  # fmt: skip
        head = menu.addAction(say("Page furniture, line breaks and hyphens never count. Nor should:"))
        head.setEnabled(False)
        self._ignored: dict[str, QAction] = {}
        for name in IGNORABLE:
            action = menu.addAction(names[name])
            action.setCheckable(True)
            action.triggered.connect(lambda *_: self._chosen())
            self._ignored[name] = action
        return menu

    def _chosen(self) -> None:
        chosen = tuple(name for name in IGNORABLE if self._ignored[name].isChecked())
        self.show_ignored(chosen)
        self.ignore_chosen.emit(chosen)

    def show_ignored(self, ignored: tuple[str, ...]) -> None:
        """Which differences do not count."""
        for name, action in self._ignored.items():
            action.setChecked(name in ignored)
        words = [self._ignored[name].text().lower() for name in ignored]
        self._ignoring = ", ".join([*words, say("layout")])
        self._fold()

    def show_way(self, name: str) -> None:
        """Which presentation is shown."""
        for button in self._ways.buttons():
            button.setChecked(button.property("way") == name)

    def show_at(self, number: int | None, total: int) -> None:
        """At which change a reader is, counted from 0, of how many in the list."""
        for button in (self.previous, self.next):
            button.setEnabled(total > 0)
        if not total:
            self.at.setText(say("no changes"))
        elif number is None:
            self.at.setText(say("{n} in the list", n=total))
        else:
            self.at.setText(say("change {n} of {total}", n=number + 1, total=total))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Fewer words where there is less room, none of them cut through."""
        roomy, wide = self.width() >= _ROOMY, self.width() >= _WIDE
        self.at.setVisible(roomy)
        self.back.setText(f"‹ {say('Back to reading')}" if roomy else "‹")
        ignoring = say("Ignore: {things}", things=self._ignoring)
        self.ignore.setText(f"{ignoring if wide else say('Ignore')}  ▾")
        self.ignore.setToolTip(ignoring)
        self.export.setText(say("Export…") if roomy else "")
        self.export.setIcon(QIcon() if roomy else icons.icon("share", colours.current()))


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setObjectName("upright")
    line.setFixedSize(1, 22)
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return line
