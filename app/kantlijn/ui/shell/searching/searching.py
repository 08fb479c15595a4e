"""Search over all documents, annotations and notes: asking, listing as it comes, going there, tagging hits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from kantlijn.errors import Cancelled
from kantlijn.model.changes import Changes
from kantlijn.ui.annotations.annotations import Annotations
from kantlijn.ui.find.found import BLOCK
from kantlijn.ui.find.search_pane import SearchPane
from kantlijn.ui.jobs import Jobs, Task
from kantlijn.ui.shell.marking.tagging import Tagging
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.picker import Choice, Picker, theme_hint
from kantlijn.ui.shell.searching.indexing import Indexing
from kantlijn.ui.sources.sources import Sources
from kantlijn.ui.themes.themes import Themes
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.errors import Known
    from kantlijn.ui.reader.pane import ReaderPane
    from kantlijn.usecases.searching.hits import Group, Hit
    from kantlijn.usecases.searching.search import Steps

_LONGEST = 120  # letters of a selection taken over as what to look for


class Searching(QObject):
    """The search of one window: one query at a time, a newer one takes the place of an older."""

    begun = Signal()
    """(): somebody is about to search; the pane is to be shown."""
    progress = Signal(str, int)
    """(sentence, per mille): how far tagging all hits is; "" when it is over."""
    shelf_wanted = Signal()
    """(): documents and themes are to be shown; one of them has the hit."""

    def __init__(
        self, jobs: Jobs, panes: Panes, pane: SearchPane, tagging: Tagging, themes: Themes, sources: Sources,
        annotations: Annotations, indexing: Indexing, window: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._jobs, self._panes, self._pane = jobs, panes, pane
        self._tagging, self._themes, self._sources = tagging, themes, sources
        self._annotations, self._indexing, self._window = annotations, indexing, window
        self._turn = 0
        self._steps: Steps | None = None
        self._stale, self._awaited = False, 0
        self._task: Task | None = None
        self._tag_with = Picker(window, theme_hint())
        self._tag_with.chosen.connect(self._tag_all)
        self._words_of = Picker(window, say("Theme whose words are looked for"))
        self._words_of.chosen.connect(self.look_for_theme)
        pane.wanted.connect(self.look)
        pane.chosen.connect(self._go)
        pane.key_pressed.connect(self._tag_one)
        pane.tag_all_wanted.connect(lambda: self._offer(self._tag_with))
        pane.theme_wanted.connect(lambda: self._offer(self._words_of))
        pane.escaped.connect(self._leave)
        pane.shown.connect(self._catch_up)
        pane.model.wanted.connect(self._read)
        jobs.changed.connect(self._changed)
        themes.search_wanted.connect(self.look_for_theme)
        indexing.done.connect(self.look_again)
        self.begun.connect(indexing.hurry)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {
            "search": self.open, "search_next": lambda: self._step(1), "search_previous": lambda: self._step(-1)
        }  # fmt: skip

    def open(self) -> None:
        """Show the pane; what is selected is looked for at once."""
        from kantlijn.text.search.typed import as_said

        self.begun.emit()
        reader = self._panes.active
        selected = " ".join(reader.view.selected_text().split()) if reader is not None and reader.view else ""
        if selected and len(selected) <= _LONGEST:
            self._pane.ask(as_said(selected))
        self._pane.field.setFocus()
        self._pane.field.selectAll()

    def forget(self) -> None:
        """Another project."""
        self._turn += 1
        self._steps = None
        self._stale, self._awaited = False, 0
        self._pane.model.clear()
        self._show(done=True)

    def _leave(self) -> None:
        if self._panes.active is not None and self._panes.active.view is not None:
            self._panes.active.view.setFocus()

    def _step(self, by: int) -> None:
        if self._stale:
            self.look()
            self._awaited = by
        elif self._pane.model.rowCount():
            self._pane.step(by)
        else:
            self.open()

    # -- looking --------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look for what is typed now."""
        from kantlijn.usecases.searching.search import begin

        self._turn += 1
        turn = self._turn
        self._steps = None
        self._stale, self._awaited = False, 0
        if not self._pane.query() or self._jobs.desk is None:
            self._pane.model.clear()
            self._show(done=True)
            return
        self._jobs.do(
            begin, self._pane.query(), where=self._pane.where(), whole=self._pane.words.isChecked(),
            unindexed=self._jobs.read_only, tell=False, then=lambda steps: self._begun(turn, steps),
            failed=self._failed,
        )  # fmt: skip

    def look_again(self) -> None:
        """More texts became searchable, or a text was removed; a list that nobody sees waits."""
        if self._pane.query() and self._pane.isVisible():
            self.look()
        else:
            self._stale = bool(self._pane.query())

    def _failed(self, error: Known) -> None:
        self._pane.model.clear()
        self._steps = None
        self._show(done=True)
        self._pane.show_trouble(error.sentence)

    def _begun(self, turn: int, steps: Steps) -> None:
        if turn == self._turn:
            self._steps = steps
            self._pane.model.clear()
            self._show(done=False)
            self._more(turn)

    def _more(self, turn: int) -> None:
        from kantlijn.usecases.searching.search import more

        if turn == self._turn and self._steps is not None:
            self._jobs.do(more, self._steps, tell=False, then=lambda groups: self._came(turn, groups),
                          failed=self._failed)  # fmt: skip

    def _came(self, turn: int, groups: tuple[Group, ...]) -> None:
        if turn != self._turn or self._steps is None:
            return
        self._pane.model.add(groups)
        self._show(done=self._steps.done)
        if not self._steps.done:
            self._more(turn)
        elif self._awaited:
            by, self._awaited = self._awaited, 0
            self._step(by)

    def _show(self, *, done: bool) -> None:
        found = self._steps.found if self._steps is not None else None
        self._pane.show_state(
            self._pane.query(), done=done, writable=not self._jobs.read_only,
            apart=found.apart if found is not None else False, waiting=found.waiting if found is not None else 0,
            coming=self._indexing.busy,
        )  # fmt: skip

    def _read(self, group: int, first: int) -> None:
        from kantlijn.usecases.searching.search import hits_in

        turn = self._turn
        if self._steps is None or group >= len(self._pane.model.groups):
            return

        def came(hits: Sequence[Hit]) -> None:
            if turn == self._turn:
                self._pane.model.take(group, first, hits)
                self._pane.arrive()

        self._jobs.do(hits_in, self._steps, self._pane.model.groups[group], first, BLOCK, tell=False, then=came)

    def _changed(self, changes: Changes) -> None:
        """Marks on hits are read again; where texts came or went, the search is made again."""
        kinds = {type(record).__name__ for step in changes.steps for record in (step.before, step.after) if record}
        if kinds & {"Version", "Document"} or (self._pane.where() != "text" and kinds):
            self.look_again()
        elif kinds & {"Annotation", "Anchor"} and self._steps is not None:
            for group, first in self._pane.model.asked():
                self._read(group, first)

    def _catch_up(self) -> None:
        """The list comes into sight."""
        if self._stale:
            self.look()

    # -- going there ----------------------------------------------------------------------------------------

    def _go(self, hit: Hit) -> None:
        if hit.annotation:
            self._tagging.select([hit.annotation])
            self._annotations.jump_wanted.emit(hit.annotation, hit.version, hit.range)
        elif hit.version:
            pane = self._panes.open(hit.version)
            pane.reveal(hit.range)
            self._tint(pane, hit)
        else:
            self.shelf_wanted.emit()
            if hit.theme:
                self._themes.show_theme(hit.theme)
            else:
                self._sources.show_document(hit.document)

    def _tint(self, pane: ReaderPane, hit: Hit) -> None:
        """Mark the hits of its text that were read, this one strongest."""
        def act() -> None:
            if pane.view is not None and pane.version_id == hit.version:
                there = self._pane.model.ranges_in(hit.version)
                pane.view.set_hits(there, there.index(hit.range) if hit.range in there else None)

        if pane.content is not None and pane.version_id == hit.version:
            act()
        else:
            pane.shown.connect(act, Qt.ConnectionType.SingleShotConnection)

    # -- tagging --------------------------------------------------------------------------------------------

    def _tag_one(self, hit: Hit, key: str) -> None:
        """Tag one hit, as if its words had been selected; an annotation gets the theme or loses it."""
        from kantlijn.usecases.searching.tag_hits import whole_words

        if hit.annotation:
            self._tagging.select([hit.annotation])
            self._tagging.press(key)
            return
        if not hit.version:
            return

        def tag(range: tuple[int, int]) -> None:
            pane = self._panes.active
            if pane is not None and pane.view is not None and pane.version_id == hit.version:
                pane.view.select(range)
                self._tagging.press(key)
                self._pane.list.setFocus()

        self._jobs.do(whole_words, hit, tell=False, then=tag)

    def _offer(self, picker: Picker) -> None:
        choices = [
            Choice(
                id=row.theme.id, text=row.theme.called(language()), key=row.theme.key, letter=row.theme.letter,
                also=f"{row.theme.name} {row.theme.name_nl} {' '.join(row.theme.search_words)}",
                colour=row.theme.colour,
            )
            for row in self._themes.rows
            if picker is self._tag_with or row.theme.search_words
        ]  # fmt: skip
        if choices:
            picker.offer(choices, self._window.rect().adjusted(0, 60, 0, 0))
        else:
            self._jobs.tell(say("No theme has search words yet. Give it some under Edit theme."))

    def look_for_theme(self, theme_id: str) -> None:
        """Look for any of the search words of a theme."""
        from kantlijn.text.search.typed import any_of

        theme = self._themes.theme(theme_id)
        if theme is not None and theme.search_words:
            self.begun.emit()
            self._pane.ask(any_of(theme.search_words))

    def _tag_all(self, theme: str) -> None:
        from kantlijn.usecases.searching.tag_hits import tag_hits

        if self._steps is None or self._task is not None:
            return
        task = self._task = Task()
        sentence = say("Tagging all hits…")
        self.progress.emit(sentence, 0)

        def moved(looked: int, total: int) -> None:
            if self._task is task:
                self.progress.emit(sentence, round(1000 * looked / max(1, total)))

        self._jobs.long(
            tag_hits, self._steps.found, tuple(self._pane.model.groups), theme, cancelled=task.cancelled,
            progress=self._jobs.on_ui(moved), task=task, then=self._tagged_all, failed=self._not_tagged,
        )  # fmt: skip

    def cancel(self) -> None:
        """Stop tagging all hits; then none is tagged."""
        if self._task is not None:
            self._task.cancel()

    def _tagged_all(self, changes: Changes) -> None:
        self._task = None
        self.progress.emit("", 0)
        self._jobs.tell(changes.title, True)

    def _not_tagged(self, error: Known) -> None:
        self._task = None
        self.progress.emit("", 0)
        if isinstance(error, Cancelled):
            self._jobs.tell(error.sentence)
        else:
            self._jobs.trouble.emit(error.sentence)
