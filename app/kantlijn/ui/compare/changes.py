"""The list of changes: what the comparison found in a sentence, filters, and a card for each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kantlijn.model.comparison import KINDS
from kantlijn.ui.compare.card import ChangeCard
from kantlijn.ui.compare.rows import ChangeModel
from kantlijn.ui.kit import change_look, fonts
from kantlijn.ui.kit.flow import Flow
from kantlijn.ui.kit.plain import StyledWords, entry
from kantlijn.ui.kit.widgets import EmptyState, Pill
from kantlijn.words import say, say_many

if TYPE_CHECKING:
    from kantlijn.usecases.versions.compare import Compared

Chips = Mapping[int, tuple[tuple[str, str], ...]]


class ChangesPane(QWidget):
    """Shows what shell.versions.comparing hands it; asks for a change to be shown."""

    chosen = Signal(int)
    """(number of the edit): go there."""
    listed = Signal()
    """(): other changes are in the list."""
    theme_wanted = Signal(str)
    """(theme id or ""): only what is new for this theme."""
    compare_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ChangeModel(self)
        self.compared: Compared | None = None
        self._chips: Chips = {}
        self._for_theme: frozenset[int] | None = None
        self._theme_name = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QWidget(self)
        above = QVBoxLayout(self.head)
        above.setContentsMargins(14, 10, 12, 8)
        above.setSpacing(6)
        self.summary = _told(self.head)
        above.addWidget(self.summary)
        self.warning = _told(self.head)
        self.warning.setObjectName("muted")
        above.addWidget(self.warning)
        above.addWidget(self._filters())
        column.addWidget(self.head)
        self.list = _List(self)
        self.list.setModel(self.model)
        self._card = ChangeCard(self.list)
        self.list.setItemDelegate(self._card)
        self.list.clicked.connect(self._clicked)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self.empty = EmptyState(
            _invitation(), say("Compare versions…"), self.compare_wanted.emit, icon="columns-2", parent=self,
        )  # fmt: skip
        self._stack.addWidget(self.empty)
        column.addLayout(self._stack, 1)
        self.show_compared(None, {})

    def _filters(self) -> QWidget:
        row = QWidget(self.head)
        flow = Flow(row)
        self.pills: dict[str, Pill] = {}
        for name in ("all", *KINDS[:4], "mine", "formatting"):
            pill = Pill("", row)
            pill.clicked.connect(lambda _on=False, name=name: self._filtered(name))
            self.pills[name] = pill
            flow.addWidget(pill)
        self.theme = QToolButton(row)
        self.theme.setObjectName("pill")
        self.theme.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.theme.setText(say("Theme") + " ▾")
        self.theme.setMenu(QMenu(self.theme))
        flow.addWidget(self.theme)
        self.pills["all"].setChecked(True)
        return row

    # -- what is shown --------------------------------------------------------------------------------------

    def show_compared(self, compared: Compared | None, chips: Chips) -> None:
        """Show this comparison. chips: letter and colour of the annotations' themes that each edit touches."""
        fresh = compared is not self.compared
        self.compared, self._chips = compared, chips
        if fresh:
            self._for_theme = None
            for name, pill in self.pills.items():
                pill.setChecked(name == "all")
        self._tell()
        self._list()

    def show_themes(self, themes: list[tuple[str, str]]) -> None:
        """The themes (id, name) that the changes can be narrowed to."""
        menu = self.theme.menu()
        menu.clear()
        menu.addAction(say("Any theme")).triggered.connect(lambda: self.theme_wanted.emit(""))
        menu.addSeparator()
        for theme, name in themes:
            action = menu.addAction(say("New for {theme}", theme=entry(name)))
            action.triggered.connect(lambda _on=False, theme=theme: self.theme_wanted.emit(theme))

    def narrow_to(self, name: str, numbers: frozenset[int] | None) -> None:
        """Only these edits: what is new for the theme of this name. None: all again."""
        self._for_theme, self._theme_name = numbers, name
        self.theme.setText((f"{name} {len(numbers)}" if numbers is not None else say("Theme")) + " ▾")
        self._list()

    def _tell(self) -> None:
        from kantlijn.usecases.versions.compare import loss_sentence, unrelated_sentence

        compared = self.compared
        self.head.setVisible(compared is not None)
        if compared is None:
            return
        found = compared.comparison
        counts = found.counts()
        content = sum(count for kind, count in counts.items() if kind != "formatting")
        said = ", ".join(f"{counts[kind]} {change_look.name(kind)}" for kind in KINDS[:4] if counts[kind])
        touching = sum(1 for number in self._chips if found.edits[number].kind != "formatting")
        total = say_many("{n} change", "{n} changes", content)
        sentence = fonts.strong(total) + (f" · {said}." if said else ".")
        if touching:
            mine = say_many("{n} touches your annotations.", "{n} touch your annotations.", touching)
            sentence += f" {fonts.strong(mine)}"
        self.summary.setText(sentence)
        warnings = [unrelated_sentence(found), loss_sentence(found)]
        if not found.conserved:
            warnings.insert(0, say("The check found differences that are not listed; do not rely on this list."))
        self.warning.setText("\n".join(one for one in warnings if one))
        self.warning.setVisible(bool(self.warning.text()))
        names = {"all": say("All"), "mine": say("Mine"), "formatting": say("Layout")}
        numbers = {**counts, "all": content, "mine": touching}
        for name, pill in self.pills.items():
            word = names.get(name, change_look.SIGNS.get(name, ""))
            pill.setText(f"{word} {numbers[name]}")
            pill.setAccessibleName(f"{names.get(name) or change_look.name(name)} {numbers[name]}")
            pill.setToolTip(pill.accessibleName())
            pill.setVisible(bool(numbers[name]) or name == "all")

    def _filtered(self, name: str) -> None:
        """One kind at a time, more with another click; "all" lets all through but layout."""
        if name == "all":
            for other, pill in self.pills.items():
                pill.setChecked(other == "all")
        else:
            self.pills["all"].setChecked(not any(pill.isChecked() for n, pill in self.pills.items() if n != "all"))
        self._list()

    def _list(self) -> None:
        numbers: list[int] = []
        if self.compared is not None:
            kinds = [kind for kind in KINDS if self.pills[kind].isChecked()] or list(KINDS[:4])
            mine = self.pills["mine"].isChecked()
            for number, edit in enumerate(self.compared.comparison.edits):
                if edit.kind not in kinds or (mine and number not in self._chips):
                    continue
                if self._for_theme is None or number in self._for_theme:
                    numbers.append(number)
        self.model.show(self.compared, numbers, self._chips)
        nothing = not numbers
        self.empty.button.setVisible(self.compared is None)
        if self.compared is not None and nothing:
            narrowed = not self.pills["all"].isChecked() or self._for_theme is not None
            self.empty.sentence.setText(
                say("No change is let through by these filters.") if narrowed
                else say("Nothing changed between these two, but for their layout.")
            )  # fmt: skip
        elif nothing:
            self.empty.sentence.setText(_invitation())
        self._stack.setCurrentWidget(self.empty if nothing else self.list)
        self.listed.emit()

    # -- going through --------------------------------------------------------------------------------------

    def set_current(self, number: int | None) -> None:
        """Mark the edit a reader is at, where it is in the list."""
        place = self.model.place_of(number)
        if place is None:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
        elif self.list.currentIndex().row() != place:
            index = self.model.index(place)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def step(self, current: int | None, by: int) -> int | None:
        """The edit after or before this one in the list; of one that is not listed the nearest."""
        numbers = self.model.numbers
        if not numbers:
            return None
        place = self.model.place_of(current)
        if place is None:
            return numbers[0 if by > 0 else -1]
        return numbers[(place + by) % len(numbers)]

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.numbers[index.row()])


def _invitation() -> str:
    return say("Compare two versions, or any two documents, to see here what changed.")


def _told(parent: QWidget) -> QLabel:
    label = StyledWords(parent)
    label.setWordWrap(True)
    return label


class _List(QListView):
    def __init__(self, pane: ChangesPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(say("Changes"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the changes and show them."""
        before = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and before >= 0:
            self._pane.chosen.emit(self._pane.model.numbers[before])
            return
        super().keyPressEvent(event)
        place = self.currentIndex().row()
        if place >= 0 and place != before:
            self._pane.chosen.emit(self._pane.model.numbers[place])
