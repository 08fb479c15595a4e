"""Everything by typing (Ctrl+K): actions, documents, themes, saved filters, headings."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from kantlijn.ui.kit.plain import named
from kantlijn.ui.shell.picker import Choice, Picker
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.ui.shell.parts import Parts
    from kantlijn.usecases.desk import Desk
    from kantlijn.usecases.marking.saved_filters import FilterRow
    from kantlijn.usecases.read import ShelfRow

_RECENT = 6
_LEFT_OUT = ("recent", "palette")


class Palette(QObject):
    """What was chosen last comes first."""

    def __init__(self, window: Parts) -> None:
        super().__init__(window)
        self._window = window
        self._recent: deque[str] = deque(maxlen=_RECENT)
        self._saved: tuple[FilterRow, ...] = ()
        self.picker = Picker(window, say("Actions, documents, themes, headings"))
        self.picker.chosen.connect(self._chosen)

    def open(self) -> None:
        """Ask what there is, and offer it."""
        if self._window.jobs.desk is None:
            self._offer(self._actions())
        else:
            self._window.jobs.do(_there, tell=False, then=self._offer_all, failed=lambda _error: None)

    def _offer_all(self, there: tuple[tuple[ShelfRow, ...], tuple[FilterRow, ...]]) -> None:
        shelf, filters = there
        self._saved = filters
        self._offer([*self._actions(), *_documents(shelf), *self._themes(), *_filters(filters), *self._headings()])

    def _offer(self, choices: list[Choice]) -> None:
        order = {name: place for place, name in enumerate(reversed(self._recent))}
        choices.sort(key=lambda choice: order.get(choice.id, _RECENT))
        self.picker.offer(choices, self._window.rect().adjusted(0, 60, 0, 0), wide=520)

    def _actions(self) -> list[Choice]:
        form = QKeySequence.SequenceFormat.NativeText
        return [
            Choice(id=f"action:{name}", text=named(action.text()),
                   key=action.shortcut().toString(form))
            for name, action in self._window.actions_
            if action.isEnabled() and name not in _LEFT_OUT
        ]  # fmt: skip

    def _themes(self) -> list[Choice]:
        found = []
        for row in self._window.themes.rows:
            theme, name = row.theme, row.theme.called(language())
            also = f"{theme.name} {theme.name_nl}"
            for kind, text in (
                ("narrow", say("List {theme}", theme=name)),
                ("lens", say("Only {theme} on the page", theme=name)),
            ):
                found.append(
                    Choice(id=f"{kind}:{theme.id}", text=text, also=also, letter=theme.letter, colour=theme.colour)
                )
        return found

    def _headings(self) -> list[Choice]:
        """Of the outline, when it is that of what is being read."""
        pane = self._window.panes.active
        if pane is None or self._window.outline.version != pane.version_id:
            return []
        return [
            Choice(id=f"heading:{number}", text=row.title, also=say("Heading"),
                   about=f"{say('Heading')} · {row.label}" if row.label else say("Heading"))
            for number, row in enumerate(self._window.outline.rows)
        ]

    def _chosen(self, choice: str) -> None:
        window = self._window
        if choice in self._recent:
            self._recent.remove(choice)
        self._recent.append(choice)
        kind, _, rest = choice.partition(":")
        if kind == "action":
            window.actions_[rest].trigger()
        elif kind == "version":
            window.panes.open(rest)
        elif kind == "narrow":
            window.listing.show_list("annotations")
            window.annotations.narrow.toggle_theme(rest)
        elif kind == "lens":
            window.lens.toggle(rest)
        elif kind == "filter":
            window.listing.show_list("annotations")
            for row in self._saved:
                if row.id == rest:
                    window.annotations.narrow.use(row.chosen)
        elif kind == "heading":
            window.outline.wanted.emit(window.outline.rows[int(rest)], False)


def _there(desk: Desk) -> tuple[tuple[ShelfRow, ...], tuple[FilterRow, ...]]:
    from kantlijn.usecases.marking.saved_filters import saved_filters
    from kantlijn.usecases.read import shelf

    return shelf(desk), saved_filters(desk)


def _documents(shelf: tuple[ShelfRow, ...]) -> list[Choice]:
    found = []
    for row in shelf:
        for version in reversed(row.versions):
            name = row.document.title
            if len(row.versions) > 1:
                name = f"{name} · {say('version {number}', number=version.number)}"
            about = f"{row.document.identifier} {row.document.organisation} {version.file}"
            found.append(Choice(id=f"version:{version.id}", text=name, also=about, about=say("Document")))
    return found


def _filters(filters: tuple[FilterRow, ...]) -> list[Choice]:
    return [Choice(id=f"filter:{row.id}", text=say("Filter: {name}", name=row.name)) for row in filters]
