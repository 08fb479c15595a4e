"""What can be done with the chosen cards together: give themes, take them away, delete; a bar and a menu."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from kantlijn.model.theme import Theme
from kantlijn.ui.annotations.choosing import theme_actions
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.kit.widgets import IconButton, OneLine, Pill
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.read import AnnotationRow

MANY = 2
"""From so many chosen cards on the bar is there."""


class Bulk(QFrame):
    """The bar under the list. themes() and rows() give what there is, and what is chosen."""

    def __init__(
        self,
        jobs: Jobs,
        themes: Callable[[], Iterable[Theme]],
        rows: Callable[[], Sequence[AnnotationRow]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bulk")
        self._jobs, self._themes, self._rows = jobs, themes, rows
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.setSpacing(4)
        self.count: QLabel = OneLine("", self)
        line.addWidget(self.count, 1)
        self.give = Pill(say("+ theme"), self, checkable=False)
        self.take = Pill(say("− theme"), self, checkable=False)
        for pill, name in ((self.give, say("Add theme")), (self.take, say("Remove theme"))):
            pill.setAccessibleName(name)
            pill.setToolTip(name)
        self.give.clicked.connect(lambda: self._open(self.give, self.fill_giving))
        self.take.clicked.connect(lambda: self._open(self.take, self.fill_taking))
        line.addWidget(self.give)
        line.addWidget(self.take)
        self.away = IconButton("trash-2", say("Delete"), self)
        self.away.clicked.connect(self.delete)
        line.addWidget(self.away)
        self.hide()

    def show_number(self, number: int) -> None:
        """So many cards are chosen."""
        self.count.setText(say_many("{n} selected", "{n} selected", number))
        self.setVisible(number >= MANY and not self._jobs.read_only)

    def _open(self, button: QWidget, fill: Callable[[QMenu], object]) -> None:
        menu = QMenu(self)
        fill(menu)
        menu.exec(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))
        menu.deleteLater()

    def fill_giving(self, menu: QMenu) -> None:
        """Every theme; those that all chosen cards have are ticked."""
        rows = self._rows()
        have = self._carried(rows)
        every = list(self._themes())
        for action, theme in zip(theme_actions(menu, every, self.add_theme), every, strict=True):
            if rows and have[theme.id] == len(rows):
                action.setText(f"{action.text()}\t✓")

    def fill_taking(self, menu: QMenu) -> None:
        """The themes that any chosen card has, with how many have it."""
        have = self._carried(self._rows())
        carried = [theme for theme in self._themes() if have[theme.id]]
        for action, theme in zip(theme_actions(menu, carried, self.remove_theme), carried, strict=True):
            action.setText(f"{action.text().strip()}\t{have[theme.id]}")
        if not carried:
            menu.addAction(say("None of these has a theme")).setEnabled(False)

    @staticmethod
    def _carried(rows: Sequence[AnnotationRow]) -> Counter[str]:
        return Counter(theme for row in rows for theme in row.passage.annotation.themes)

    def add_theme(self, theme: Theme) -> None:
        """Give the chosen annotations this theme."""
        from kantlijn.usecases.marking.tag import retag

        self._jobs.do(retag, self._ids(), add=[theme.id])

    def remove_theme(self, theme: Theme) -> None:
        """Take this theme from the chosen annotations."""
        from kantlijn.usecases.marking.tag import retag

        self._jobs.do(retag, self._ids(), remove=[theme.id])

    def delete(self) -> None:
        """Delete the chosen annotations; Undo brings them back."""
        from kantlijn.usecases.marking.tag import delete_annotations

        if ids := self._ids():
            self._jobs.do(delete_annotations, ids)

    def _ids(self) -> list[str]:
        return [row.passage.id for row in self._rows()]
