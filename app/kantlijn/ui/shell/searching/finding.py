"""Find in a document: a bar in the pane, all hits tinted, the list of them at the right, tagging hits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kantlijn.model.document import Range
from kantlijn.ui.find.find_bar import FindBar
from kantlijn.ui.find.hits import Hits
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.picker import Choice, Picker, theme_hint
from kantlijn.ui.shell.sides import Side
from kantlijn.ui.themes.themes import Themes
from kantlijn.words import language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from kantlijn.ui.reader.pane import ReaderPane

_LONGEST = 120  # letters of a selection taken over as what to find


@dataclass(slots=True)
class _Search:
    """What is being found in one pane."""

    bar: FindBar
    version: str = ""
    query: str = ""
    hits: tuple[Range, ...] = ()
    current: int | None = None
    asked: int = field(default=0)


class Finding(QObject):
    """One search for each pane; the list shows that of the pane with the find bar used last."""

    def __init__(
        self, jobs: Jobs, panes: Panes, hits: Hits, side: Side, tagging: Tagging, themes: Themes, window: QWidget
    ) -> None:
        super().__init__(window)
        self._jobs, self._panes, self._hits, self._side = jobs, panes, hits, side
        self._tagging, self._themes, self._window = tagging, themes, window
        self._searches: dict[ReaderPane, _Search] = {}
        self._listed: ReaderPane | None = None
        self._last = ""
        self.picker = Picker(window, theme_hint())
        self.picker.chosen.connect(self._tag_all)
        hits.chosen.connect(self._go_to_listed)
        hits.key_pressed.connect(self._tag_listed)
        hits.tag_all_wanted.connect(self._ask_theme)
        panes.active_changed.connect(self._look_again)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"find": self.open, "find_next": lambda: self.step(1), "find_previous": lambda: self.step(-1)}

    def open(self) -> None:
        """Show the find bar in the active pane, with what is selected or was found last in it."""
        pane = self._panes.active
        if pane is None or pane.content is None or pane.view is None:
            self._jobs.tell(say("Open a document first."))
            return
        search = self._searches.get(pane) or self._made(pane)
        selected = " ".join(pane.view.selected_text().split())
        if selected and len(selected) <= _LONGEST:
            search.bar.field.setText(selected)
        elif not search.bar.field.text():
            search.bar.field.setText(self._last)
        search.bar.show()
        search.bar.field.setFocus()
        search.bar.field.selectAll()
        self._listed = pane
        if search.bar.query():
            self._look(pane)

    def _made(self, pane: ReaderPane) -> _Search:
        bar = FindBar(pane)
        pane.add_bar(bar)
        search = self._searches[pane] = _Search(bar)
        bar.wanted.connect(lambda: self._look(pane))
        bar.step_wanted.connect(lambda by: self._step(pane, by))
        bar.list_wanted.connect(lambda: self._side.show_list("hits"))
        bar.closed.connect(lambda: self.close(pane))
        pane.destroyed.connect(lambda: self._searches.pop(pane, None))
        return search

    def close(self, pane: ReaderPane | None = None) -> None:
        """Hide the bar and the tints; the reader stays where the hit is."""
        pane = pane or self._panes.active
        search = self._searches.get(pane) if pane is not None else None
        if pane is None or search is None:
            return
        search.bar.hide()
        search.hits, search.current, search.version = (), None, ""
        if pane.view is not None:
            pane.view.set_hits((), None)
            pane.view.setFocus()
        self._list(pane)

    # -- looking --------------------------------------------------------------------------------------------

    def _look_again(self) -> None:
        """Another version came into a pane whose bar is open."""
        for pane, search in self._searches.items():
            if search.bar.isVisible() and pane.version_id and pane.version_id != search.version:
                self._look(pane)

    def _look(self, pane: ReaderPane) -> None:
        from kantlijn.usecases.searching.places_in import places_in

        search = self._searches[pane]
        search.asked += 1
        asked, query, version = search.asked, search.bar.query(), pane.version_id
        self._last = query or self._last
        if not query or not version:
            self._found(pane, asked, version, query, ())
            return
        self._jobs.do(
            places_in, version, query, case=search.bar.case.isChecked(), whole=search.bar.words.isChecked(),
            annotated=search.bar.annotated.isChecked(), tell=False,
            then=lambda found: self._found(pane, asked, version, query, found),
        )  # fmt: skip

    def _found(self, pane: ReaderPane, asked: int, version: str, query: str, hits: tuple[Range, ...]) -> None:
        search = self._searches.get(pane)
        if search is None or asked != search.asked:
            return
        search.version, search.query, search.hits = version, query, hits
        start = pane.view.visible_range()[0] if pane.view is not None else 0
        after = next((number for number, hit in enumerate(hits) if hit[0] >= start), 0)
        search.current = after if hits else None
        self._show(pane, reveal=bool(hits))
        self._list(pane)

    def _show(self, pane: ReaderPane, *, reveal: bool) -> None:
        search = self._searches[pane]
        search.bar.show_count(search.current, len(search.hits))
        if pane.view is not None:
            pane.view.set_hits(search.hits, search.current)
            if reveal and search.current is not None:
                pane.view.reveal(search.hits[search.current])
        if pane is self._listed:
            self._hits.set_current(search.current)

    def _list(self, pane: ReaderPane) -> None:
        self._listed = pane
        search = self._searches[pane]
        query = search.query if search.bar.isVisible() else ""
        self._side.offer("hits", there=bool(query))
        self._hits.show_hits(
            query, pane.content, search.hits, lambda where: self._chips(pane, where),
            writable=not self._jobs.read_only,
        )  # fmt: skip
        self._hits.set_current(search.current)

    def _chips(self, pane: ReaderPane, where: Range) -> list[tuple[str, str]]:
        marks = pane.view.marks.between(*where) if pane.view is not None else []
        found = [pair for mark in marks for pair in zip(mark.letters, mark.colours, strict=False)]
        return list(dict.fromkeys(found))

    # -- going about ----------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the next hit in the active pane, or the one before; the bar opens where it was not."""
        pane = self._panes.active
        search = self._searches.get(pane) if pane is not None else None
        if pane is None or search is None or not search.bar.isVisible():
            self.open()
        else:
            self._step(pane, by)

    def _step(self, pane: ReaderPane, by: int) -> None:
        search = self._searches[pane]
        if search.hits:
            at = search.current if search.current is not None else -by
            search.current = (at + by) % len(search.hits)
            self._show(pane, reveal=True)

    def _go_to_listed(self, number: int) -> None:
        pane = self._listed
        if pane is not None and pane in self._searches and number < len(self._searches[pane].hits):
            self._searches[pane].current = number
            self._panes.activate(pane)
            self._show(pane, reveal=True)

    # -- tagging --------------------------------------------------------------------------------------------

    def _tag_listed(self, number: int, key: str) -> None:
        """Tag one hit: as if its words had been selected."""
        self._go_to_listed(number)
        pane = self._listed
        if pane is not None and pane.view is not None:
            pane.view.select(self._searches[pane].hits[number])
            self._tagging.press(key)
            self._hits.list.setFocus()

    def _ask_theme(self) -> None:
        choices = [
            Choice(
                id=row.theme.id, text=row.theme.called(language()), key=row.theme.key, letter=row.theme.letter,
                also=f"{row.theme.name} {row.theme.name_nl}", colour=row.theme.colour,
            )
            for row in self._themes.rows
        ]  # fmt: skip
        self.picker.offer(choices, self._window.rect().adjusted(0, 60, 0, 0))

    def _tag_all(self, theme: str) -> None:
        from kantlijn.usecases.searching.tag_hits import tag_places

        pane = self._listed
        search = self._searches.get(pane) if pane is not None else None
        if search is not None and search.hits and search.version:
            self._jobs.do(tag_places, search.version, search.hits, theme,
                          then=lambda _made: self._hits.list.viewport().update())  # fmt: skip
