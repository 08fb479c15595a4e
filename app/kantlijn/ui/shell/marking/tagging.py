"""From a selection to a tag: keys, the popup, the picker and the note editor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from kantlijn.errors import Known
from kantlijn.model.changes import Changes
from kantlijn.model.document import Range
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.ids import new_id
from kantlijn.model.layer import Quad
from kantlijn.model.theme import Theme
from kantlijn.text.within import quad_of
from kantlijn.ui.annotations.annotations import Annotations
from kantlijn.ui.jobs import Jobs
from kantlijn.ui.reader.pane import ReaderPane
from kantlijn.ui.shell.marking.note_editor import NoteEditor
from kantlijn.ui.shell.marking.noting import Noting
from kantlijn.ui.shell.marking.popup import TagPopup
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.shell.picker import Choice, Picker, theme_hint
from kantlijn.ui.themes.themes import Themes
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.usecases.read import AnnotationRow


@dataclass(slots=True)
class _Made:
    """The annotation made from the text that is still selected."""

    pane: ReaderPane
    version: str
    range: Range
    id: str
    themes: list[str] = field(default_factory=list)
    stays: bool = False
    """Whether it stays when its last theme goes: it has a note, or was drawn without any."""
    written: bool = False
    """Whether it is in the project: a note not yet begun makes no annotation."""


class Tagging(QObject):
    """Keeps which annotations are selected, and does what keys and popup ask on them or on the selected text."""

    selected_changed = Signal(list)

    def __init__(
        self, jobs: Jobs, panes: Panes, themes: Themes, annotations: Annotations, window: QWidget
    ) -> None:
        super().__init__(window)
        self._jobs, self._panes, self._themes, self._annotations = jobs, panes, themes, annotations
        self._window = window
        self.use_popup = True
        self.selected: list[str] = []
        self._made: _Made | None = None
        self.popup = TagPopup(window)
        self.picker = Picker(window, theme_hint(), new=say("Make the theme “{name}”"))
        self.editor = NoteEditor(window)
        self.noting = Noting(jobs, window)
        panes.selection_changed.connect(self._text_selected)
        panes.annotation_clicked.connect(self._mark_clicked)
        panes.place_changed.connect(self._moved)
        annotations.chosen.connect(self._cards_chosen)
        annotations.jump_wanted.connect(self._jump)
        annotations.note_wanted.connect(self.edit_note)
        panes.added.connect(lambda pane: pane.note_wanted.connect(self.write_note))
        self.popup.theme_chosen.connect(self.toggle)
        self.popup.note_wanted.connect(self.write_note)
        self.popup.more_wanted.connect(self.pick_theme)
        self.picker.chosen.connect(self._picked)
        self.editor.written.connect(self._note_written)

    # -- what is selected -----------------------------------------------------------------------------------

    def text(self) -> tuple[ReaderPane, Range] | None:
        """The active pane and the text selected in it."""
        pane = self._panes.active
        chosen = pane.view.selection() if pane is not None and pane.view is not None else None
        return (pane, chosen) if pane is not None and chosen is not None else None

    def area(self) -> tuple[ReaderPane, int, Quad] | None:
        """The active pane and the area drawn in it: page index and corners in points."""
        pane = self._panes.active
        drawn = pane.view.area_selection() if pane is not None and pane.view is not None else None
        return (pane, drawn[0], quad_of(drawn[1])) if pane is not None and drawn is not None else None

    def select(self, annotations: list[str]) -> None:
        """Select these annotations, everywhere."""
        self.selected = list(annotations)
        self._panes.mark(self.selected)
        self._annotations.select(self.selected)
        self.selected_changed.emit(self.selected)

    def _text_selected(self, chosen: Range | None) -> None:
        if self._made is not None and (chosen is None or chosen != self._made.range or self.area()):
            self._made = None
        if chosen is None:
            self.popup.hide()
            return
        if self._made is None and self.selected:
            self.select([])
        self._show_popup()

    def _show_popup(self) -> None:
        pane = self._panes.active
        found = self.text() or self.area()
        if found is None or pane is None or not self.use_popup or self._jobs.read_only or not pane.version_id:
            self.popup.hide()
            return
        if pane.view is None:
            return
        end = pane.selection_rect()
        if end.isNull():
            self.popup.hide()
            return
        corner = self._window.mapFromGlobal(end.topLeft())
        whole = [self._inside(pane, box.toAlignedRect()) for box in pane.view.selection_boxes()]
        # the header is the pane's own top; the view lies below it
        bounds = QRect(self._window.mapFromGlobal(pane.mapToGlobal(QPoint(0, 40))), pane.size())
        bounds.setBottom(self._window.mapFromGlobal(pane.mapToGlobal(QPoint(0, pane.height()))).y())
        whole = [rect for rect in whole if rect.intersects(bounds)]
        self.popup.offer((row.theme for row in self._themes.rows), self._made.themes if self._made else ())
        self.popup.come(QRect(corner, end.size()), whole, bounds)

    def _inside(self, pane: ReaderPane, rect: QRect) -> QRect:
        """A rectangle of a pane's viewport in pixels of the window."""
        widget = pane.view.viewport() if pane.view is not None else pane
        return QRect(self._window.mapFromGlobal(widget.mapToGlobal(rect.topLeft())), rect.size())

    def _moved(self) -> None:
        if self.popup.isVisible():
            self._show_popup()

    def _mark_clicked(self, annotation: str, add: bool) -> None:
        if not annotation:
            self.select([])
        elif add:
            kept = [one for one in self.selected if one != annotation]
            self.select(kept if annotation in self.selected else [*kept, annotation])
        else:
            self.select([annotation])

    def _cards_chosen(self, annotations: list[str]) -> None:
        self.selected = annotations
        self._panes.mark(annotations)
        self.selected_changed.emit(annotations)

    def _jump(self, annotation: str, version: str, wanted: Range) -> None:
        """To where it stands in what is being read, if it was carried there; else to where it was made."""
        self._drop_text_selection()
        here = self._panes.active
        marks = here.view.marks.unordered if here is not None and here.view is not None else ()
        mark = next((mark for mark in marks if mark.id == annotation), None)
        if here is not None and mark is not None:
            pane, wanted = here, mark.range
        else:
            pane = self._panes.open(version)
        pane.set_selected(self.selected or [annotation])
        pane.reveal(wanted)

    def _drop_text_selection(self) -> None:
        self._made = None
        self.popup.hide()
        for pane in self._panes.panes:
            if pane.view is not None and (pane.view.selection() or pane.view.area_selection()):
                pane.view.select(None)

    def escape(self) -> bool:
        """One step back: popup, text selection, selected annotations. False when there was nothing."""
        if self.popup.isVisible():
            self.popup.hide()
        elif self.text() is not None or self.area() is not None:
            self._drop_text_selection()
        elif self.selected:
            self.select([])
        else:
            return False
        return True

    # -- tagging --------------------------------------------------------------------------------------------

    def press(self, key: str, *, only_add: bool = False) -> None:
        """A digit: tag with the theme that has it; only_add (Shift): never take it away again."""
        theme = next((row.theme for row in self._themes.rows if row.theme.key == key), None)
        if theme is None:
            self._jobs.tell(say("No theme has the key {key}. Give it one under Edit theme.", key=key))
            return
        if not only_add:
            self.toggle(theme.id)
        elif self._made is not None and theme.id in self._made.themes:
            return
        elif self.text() is None and self.area() is None and self.selected:
            self._add(theme.id)
        else:
            self.toggle(theme.id)

    def _add(self, theme: str) -> None:
        """The theme on the selected annotations; those that have it keep it."""
        from kantlijn.usecases.marking import tag as tags

        if not self._refused():
            self._jobs.do(tags.retag, self.selected, add=[theme])

    def toggle(self, theme: str) -> None:
        """The theme on the selected text or annotations; off where it is on."""
        from kantlijn.usecases.marking import tag as tags

        if self._refused():
            return
        found, area = self.text(), self.area()
        if found is not None:
            self._tag_text(*found, theme)
        elif area is not None:
            self._tag_area(*area, [theme])
        elif self.selected:
            self._jobs.do(tags.toggle_theme, self.selected, theme)
        else:
            self._jobs.tell(say("Select text or an annotation first, then press the theme's key."))

    def _refused(self) -> bool:
        """Whether nothing may be written, which is then said."""
        if self._jobs.read_only:
            self._jobs.trouble.emit(say("This project is open to be read only; nothing can be changed here."))
        return self._jobs.read_only

    def _tag_text(self, pane: ReaderPane, chosen: Range, theme: str) -> None:
        from kantlijn.usecases.marking import tag as tags

        if self._read_in(pane):
            return
        made = self._made
        if made is None or made.pane is not pane or made.range != chosen or not made.written:
            made = _Made(pane, pane.version_id, chosen, new_id(), [theme], written=True)
            self._made = made
            self._jobs.do(tags.tag, made.version, chosen, [theme], id=made.id, failed=self._not_made)
            self.select([made.id])
        elif theme in made.themes and len(made.themes) == 1 and not made.stays:
            self._made = None
            self.select([])
            self._jobs.do(tags.delete_annotations, [made.id])
        else:
            rest = [one for one in made.themes if one != theme]
            made.themes = rest if theme in made.themes else [*made.themes, theme]
            self._jobs.do(tags.toggle_theme, [made.id], theme)
        if self.popup.isVisible():
            self._show_popup()

    def draw(self, style: str) -> bool:
        """Draw the selected text so, without a theme; False where none is selected that is no annotation yet."""
        from kantlijn.usecases.marking import tag as tags

        found = self.text()
        if found is None or (self._made is not None and self._made.written):
            return False
        pane, chosen = found
        if self._refused() or self._read_in(pane):
            return True
        made = self._made = _Made(pane, pane.version_id, chosen, new_id(), stays=True, written=True)
        self._jobs.do(tags.tag, made.version, chosen, [], id=made.id, style=style, failed=self._not_made)
        self.select([made.id])
        if self.popup.isVisible():
            self._show_popup()
        return True

    def _read_in(self, pane: ReaderPane) -> bool:
        """Whether what the pane shows is still being read in, which is then said."""
        if not pane.version_id:
            self._jobs.tell(say("This file is still being read in; it can be tagged in a moment."))
        return not pane.version_id

    def _tag_area(self, pane: ReaderPane, page: int, quad: Quad, themes: list[str]) -> str:
        """An annotation on the drawn area, which is selected from then on; its id."""
        from kantlijn.usecases.marking import areas

        made = new_id()
        self._jobs.do(areas.tag_area, pane.version_id, page, quad, themes, id=made, failed=self._not_made)
        self._drop_text_selection()
        self.select([made])
        return made

    def _not_made(self, error: Known) -> None:
        self._made = None
        self.select([])
        self._jobs.trouble.emit(error.sentence)

    def delete(self) -> None:
        """Delete the selected annotations."""
        from kantlijn.usecases.marking import tag as tags

        if not self.selected or self._refused():
            return
        doomed = self.selected
        self.editor.leave()
        self._drop_text_selection()
        self.select([])
        self._jobs.do(tags.delete_annotations, doomed)

    def pick_theme(self) -> None:
        """Choose a theme by typing a part of its name."""
        if self.text() is None and self.area() is None and not self.selected:
            self._jobs.tell(say("Select text or an annotation first."))
            return
        if self._refused():
            return
        on = set(self.themes_on())
        choices = [
            Choice(
                id=row.theme.id,
                text=self._path(row.theme),
                also=f"{row.theme.name} {row.theme.name_nl}",
                key=row.theme.key,
                letter=row.theme.letter,
                colour=row.theme.colour,
                on=row.theme.id in on,
            )
            for row in self._themes.rows
        ]
        self.popup.hide()
        self.picker.offer(choices, self._around(), spared=self._selected_words())

    def themes_on(self) -> list[str]:
        """The themes on what is selected."""
        return self._made.themes if self._made else self._themes_of_selected()

    def _themes_of_selected(self) -> list[str]:
        row = self._annotations.row(self.selected[0]) if self.selected else None
        return list(row.passage.annotation.themes) if row is not None else []

    def _path(self, theme: Theme) -> str:
        """"Prevention / Schools"."""
        above = self._themes.theme(theme.parent) if theme.parent else None
        name = theme.called(language())
        return f"{self._path(above)} / {name}" if above is not None else name

    def _picked(self, choice: str) -> None:
        from kantlijn.usecases.marking import arrange_themes

        if not choice.startswith("new:"):
            self.toggle(choice)
            return
        self._jobs.do(arrange_themes.add_theme, choice[4:], then=self._tag_with_new)

    def _tag_with_new(self, changes: Changes) -> None:
        new = next((step.id for step in changes.steps if step.kind == "theme" and step.before is None), "")
        if new:
            self.toggle(new)

    def _selected_words(self) -> list[QRect]:
        """The lines of the selection, or of the selected annotations, that show; in pixels of the window."""
        pane = self._panes.active
        if pane is None or pane.view is None:
            return []
        boxes = [box.toAlignedRect() for box in pane.view.selection_boxes()]
        if not boxes:
            chosen = [mark for mark in pane.view.marks.selected if not mark.areas]
            boxes = [box for mark in chosen for box in pane.view.rects(mark.range)]
        return [self._inside(pane, box) for box in boxes if box.intersects(pane.view.viewport().rect())]

    def _around(self) -> QRect:
        """The active pane, in pixels of the window."""
        pane = self._panes.active or self._panes
        return QRect(self._window.mapFromGlobal(pane.mapToGlobal(QPoint(0, 0))), pane.size())

    def show_past(self) -> None:
        """Who did what to the selected annotation, and when."""
        if self.selected:
            self._annotations.show_history(self.selected[0])
        else:
            self._jobs.tell(say("Select an annotation first."))

    # -- notes ----------------------------------------------------------------------------------------------

    def write_note(self) -> None:
        """Write a note on the selected annotation, or on the selected text."""
        if self._refused():
            return
        found = self.text()
        if found is not None and (self._made is None or not self._made.written):
            pane, chosen = found
            if self._read_in(pane):
                return
            self._made = _Made(pane, pane.version_id, chosen, new_id())
            self._open_editor(self._made.id, "", "")
        elif (area := self.area()) is not None:
            self.edit_note(self._tag_area(*area, []))
        elif self.selected:
            self.edit_note(self.selected[0])
        else:
            self._jobs.tell(say("Select text or an annotation first, then press N."))

    def edit_note(self, annotation: str) -> None:
        """Open the note of an annotation."""
        from kantlijn.usecases import read

        if not self._refused():
            self._jobs.do(read.annotation_rows, AnnotationFilter(ids=(annotation,)), then=self._edit_found)

    def _edit_found(self, rows: tuple[AnnotationRow, ...]) -> None:
        if rows:
            row = rows[0]
            note = self.noting.unkept.get(row.passage.id, row.passage.annotation.note)
            self._open_editor(row.passage.id, note, row.readable)

    def _open_editor(self, annotation: str, note: str, quote: str) -> None:
        around = self._around()
        near = QRect(around.left() + 24, around.top() + around.height() // 3, 200, 20)
        pane = self._panes.active
        if pane is not None and not (end := pane.selection_rect()).isNull():
            near = QRect(self._window.mapFromGlobal(end.topLeft()), end.size())
        self.popup.hide()
        self.editor.edit(annotation, note, quote, near, around)

    def _note_written(self, annotation: str, note: str) -> None:
        from kantlijn.usecases.marking import notes

        made = self._made
        if made is not None and made.id == annotation:
            made.stays = bool(note.strip())
            if not made.written or made.id in self.noting.unkept:
                made.written = True
                self.noting.write(
                    made.id, note, notes.begin_note, made.version, made.range, made.id, note,
                    failed=self._not_made,
                )  # fmt: skip
                self.select([made.id])
                return
        self.noting.write(annotation, note, notes.write_note, annotation, note)

    def refresh(self, changes: Changes) -> None:
        """Follow what undo and redo did to what is selected here."""
        for step in changes.steps:
            if step.kind != "annotation":
                continue
            if step.after is None:
                if self._made is not None and step.id == self._made.id:
                    self._made = None
                if step.id in self.selected:
                    self.select([one for one in self.selected if one != step.id])
                if self.editor.annotation == step.id:
                    self.editor.annotation = ""
                    self.editor.hide()
                continue
            if self._made is not None and step.id == self._made.id:
                self._made.themes = list(getattr(step.after, "themes", ()))
            self.editor.show_note(step.id, str(getattr(step.after, "note", "")))
