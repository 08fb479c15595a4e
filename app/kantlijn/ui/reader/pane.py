"""One document on screen: header, pages or text, margin; loading, empty and in trouble."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kantlijn.errors import Known
from kantlijn.model.changes import Changes
from kantlijn.model.document import Content, Range
from kantlijn.ui.kit import colours, paint
from kantlijn.ui.margin.card import Card
from kantlijn.ui.margin.density import Density
from kantlijn.ui.margin.margin import Margin
from kantlijn.ui.page.page_view import PageView
from kantlijn.ui.page.reading_view import ReadingView
from kantlijn.ui.page.text_view import TextView
from kantlijn.ui.page.view import Layout, Place
from kantlijn.ui.reader.annotated import Annotated, touched_annotations
from kantlijn.ui.reader.frame import Frame
from kantlijn.ui.reader.kept import kept_of, layout_of, place_of
from kantlijn.ui.reader.opened import Opened, Tagged, citation, read_tagged, read_version
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.jobs import Jobs
    from kantlijn.usecases.desk import Sheets, Source

_SAY_LOADING_AFTER = 250  # milliseconds; what is quicker needs no words


class ReaderPane(Frame):
    """A pane of the desk. Asks what it shows through jobs and asks again what a change touches."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.version_id = self.document_id = ""
        self.view: ReadingView | None = None
        self._pages: PageView | None = None
        self._text: TextView | None = None
        self._opened: Opened | None = None
        self._file: Path | None = None
        self._annotated = Annotated()
        self._pending: dict[str, Any] = {}
        self._reveal: Range | None = None
        self._dark = colours.current().dark
        self._turn = 0
        self._manners = (False, "text")
        self._wire()
        self._show_empty()

    def _wire(self) -> None:
        self.header.text_mode_wanted.connect(self.set_text_mode)
        self.header.zoom_wanted.connect(self.set_zoom)
        self.header.zoomed_by.connect(self.zoom_by)
        self.trouble.button.clicked.connect(self._again)
        self._slow = QTimer(self, singleShot=True, interval=_SAY_LOADING_AFTER)
        self._slow.timeout.connect(lambda: self.loading.setText(say("Opening…")))
        self._located = QTimer(self, singleShot=True, interval=30)
        self._located.timeout.connect(self._show_place)

    # -- what is shown --------------------------------------------------------------------------------------

    def show_version(self, version_id: str) -> None:
        """Show a version of the project; a file shown already keeps its place when this is its version."""
        if self.version_id:
            self.jumping.emit()
        self._turn += 1
        if version_id != self.version_id and self._file is None:
            self._pending, self._reveal = {}, None
            self._annotated.forget()
            self._show_loading()
        self.version_id = version_id
        turn = self._turn
        self._jobs.do(
            read_version, version_id, tell=False,
            then=lambda opened: self._take(opened, turn), failed=lambda error: self._fail(error, turn),
        )  # fmt: skip
        self._ask_marks(None)

    def show_file(self, path: Path) -> None:
        """Show a PDF that is not imported yet, at once; other files wait for show_version."""
        from kantlijn.usecases.desk import AskSheets, Priority, Source

        self._turn += 1
        self._file, self._opened, self.version_id, self.document_id = Path(path), None, "", ""
        self._show_loading()
        self.header.show_document(self._file.name, "", can_text=False)
        if self._file.suffix.lower() != ".pdf":
            return
        source, turn = Source(key=str(path), path=str(path)), self._turn

        def come(sheets: Sheets) -> None:
            if self._is_current(turn) and self._opened is None:
                view = self._page_view()
                view.open(source, sheets.sizes, sheets.labels)
                self._show_view(view)

        self._jobs.sheets(AskSheets(source=source), Priority.VISIBLE, come, lambda error: self._fail(error, turn))

    def show_trouble(self, sentence: str) -> None:
        """Say in place why there is nothing to read."""
        self._slow.stop()
        self.trouble.sentence.setText(sentence)
        self.trouble.button.setVisible(bool(self.version_id))
        self.stack.setCurrentWidget(self.trouble)

    def show_again(self) -> None:
        """Read the version anew, and stay where it is."""
        state = self.state()
        self.show_version(self.version_id)
        self._pending = state

    def _again(self) -> None:
        self._show_loading()
        self.show_version(self.version_id)

    def _is_current(self, turn: int) -> bool:
        """The pane is still there, and shows what was asked for in this turn."""
        return isValid(self) and turn == self._turn

    def _fail(self, error: Known, turn: int) -> None:
        if self._is_current(turn) and not (self._file is not None and self.view is not None):
            self.show_trouble(error.sentence)

    def _show_loading(self) -> None:
        self.loading.setText("")
        self._slow.start()
        self.stack.setCurrentWidget(self.loading)
        self.view = None

    def _show_empty(self) -> None:
        self.header.show_document("", "", can_text=False)
        self.stack.setCurrentWidget(self.empty)

    def _take(self, opened: Opened, turn: int) -> None:
        """The version came: show it, at the place that was kept or asked for."""
        if not self._is_current(turn):
            return
        upgraded = self._file is not None and self._pages is not None and self.view is self._pages
        self._file = None
        self._opened, self.document_id = opened, opened.document.id
        self.scan.show_for(self.version_id, opened.content, writable=not self._jobs.read_only)
        as_text = opened.source is None or self._pending.get("mode") == "text"
        view: ReadingView
        if opened.source is not None and not as_text:
            view = self._open_pages(opened, keep=upgraded)
        else:
            view = self._text_view()
            self._text_view().open(opened.content)
        view.setAccessibleName(opened.document.title[: paint.LETTERS])
        self._show_view(view)
        self._restore_place()

    def _show_view(self, view: ReadingView) -> None:
        self._slow.stop()
        focus = self.window().focusWidget()
        take_focus = focus is None or self.isAncestorOf(focus)
        self.view = view
        view.set_marks(self._annotated.marks)
        view.set_lens(self._annotated.seen)
        self.stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        if take_focus:
            view.setFocus()
        self.header.text_mode.setChecked(isinstance(view, TextView))
        self._show_place()

    def _open_pages(self, opened: Opened, *, keep: bool = False) -> PageView:
        """The page view with this version in it. keep: it shows the same file already."""
        view = self._page_view()
        if opened.source is not None:
            if not keep:
                view.open(opened.source, [(page.width, page.height) for page in opened.content.pages], ())
            view.set_content(opened.source, opened.content)
        return view

    def _page_view(self) -> PageView:
        if self._pages is None:
            self._pages = self._dressed(PageView(self._jobs, self))
            self._pages.tiles.locked.connect(self.password_wanted)
        return self._pages

    def _text_view(self) -> TextView:
        if self._text is None:
            desk = self._jobs.desk
            names = ("text_size", "text_width", "line_numbers")
            size, width, numbers = (int(desk.settings[name]) for name in names) if desk else (11, 76, 0)
            face = str(desk.settings["text_font"]) if desk else "serif"
            self._text = self._dressed(
                TextView(self, size=size, width=width, line_numbers=numbers, face=face)
            )
        return self._text

    def _dressed(self, view: Any) -> Any:
        """A new view with its margin, strip and connections."""
        view.add_overlay(Margin(view, self._card))
        view.add_overlay(Density(view))
        view.selection_changed.connect(lambda: self._selection_of(view))
        view.mark_clicked.connect(self.annotation_clicked)
        view.activated.connect(self.activated)
        view.place_changed.connect(self._moved)
        view.passage_dragged.connect(self.passage_dragged)
        view.area_dragged.connect(self.area_dragged)
        view.note_wanted.connect(self.note_wanted)
        view.link_wanted.connect(self.link_wanted)
        view.relation_wanted.connect(self.relation_wanted)
        view.editable = not self._jobs.read_only
        view.caret_mode, view.tool = self._manners
        view.citation = self._cite
        self.stack.addWidget(view)
        self._darken(view)
        return view

    def _selection_of(self, view: ReadingView) -> None:
        if view is self.view:
            self.selection_changed.emit(view.selection() or view.area_selection())

    def _cite(self, chosen: Range) -> str:
        return citation(self._opened, chosen) if self._opened is not None else ""

    def set_manners(self, *, caret: bool, tool: str) -> None:
        """Whether plain arrows move the caret; what the mouse does: "text" selects, "area" draws areas."""
        self._manners = (caret, tool)
        for view in (self._pages, self._text):
            if view is not None:
                view.tool = tool
                view.set_caret_mode(caret)

    # -- text mode ------------------------------------------------------------------------------------------

    def set_text_mode(self, on: bool) -> None:
        """Read pages as flowing text, or as pages again: at the same place, with the same selection."""
        opened, before = self._opened, self.view
        if opened is None or opened.source is None or before is None or on == isinstance(before, TextView):
            self.header.text_mode.setChecked(isinstance(before, TextView))
            return
        place, chosen = before.place(), before.selection()
        view: ReadingView
        if on:
            view = self._text_view()
            self._text_view().open(opened.content)
        else:
            view = self._page_view()
            if (
                len(self._page_view().sheets) != len(opened.content.pages)
                or self._page_view().layers.content is None
            ):
                self._page_view().set_content(opened.source, opened.content)
        view.setAccessibleName(opened.document.title[: paint.LETTERS])
        self._show_view(view)
        view.set_hits(before.hits, before.hit)
        view.set_changes(before.changes.marks, before.changes.current)
        view.go_to(Place(offset=place.offset, page=0, zoom=view.zoom()))
        view.select(chosen)
        view.setFocus()
        self.place_changed.emit()

    @property
    def text_mode(self) -> bool:
        """Whether flowing text is shown."""
        return isinstance(self.view, TextView)

    # -- annotations ----------------------------------------------------------------------------------------

    def _ask_marks(self, ids: Iterable[str] | None) -> None:
        """Read the annotations of the version anew: all, or these."""
        turn, wanted = self._turn, None if ids is None else frozenset(ids)
        self._jobs.do(
            read_tagged, self.version_id, wanted, tell=False,
            then=lambda tagged: self._take_marks(tagged, wanted, turn),
            failed=lambda error: self._fail(error, turn),
        )  # fmt: skip

    def _take_marks(self, tagged: Tagged, ids: frozenset[str] | None, turn: int) -> None:
        if not self._is_current(turn):
            return
        self._annotated.take(tagged, ids)
        self._hand_marks()

    def _hand_marks(self) -> None:
        if self.view is not None:
            self.view.set_marks(self._annotated.marks)
            self.view.set_lens(self._annotated.seen)
            self.shown.emit()

    def set_lens(self, themes: Iterable[str] | None) -> None:
        """Dim everything but the passages with one of these themes; None dims nothing."""
        self._annotated.lens = None if themes is None else frozenset(themes)
        self._hand_marks()

    def _card(self, annotation_id: str) -> Card | None:
        return self._annotated.card(annotation_id, self.content)

    def set_selected(self, ids: Iterable[str]) -> None:
        """Draw these annotations as selected."""
        if self._annotated.select(ids):
            self._hand_marks()

    def refresh(self, changes: Changes) -> None:
        """Ask again what this change touches."""
        if not self.version_id:
            return
        if self.document_id in changes.touched("document") or self.version_id in changes.touched("version"):
            self._ask_title()
        if changes.touched("theme"):
            self._ask_marks(None)
            return
        ids = touched_annotations(changes)
        if ids:
            self._ask_marks(ids)

    def _ask_title(self) -> None:
        turn = self._turn

        def come(opened: Opened) -> None:
            if not self._is_current(turn):
                return
            before, self._opened = self._opened, opened
            if before is not None and before.version.extractor != opened.version.extractor:
                self._pending = self.state()  # its text was recognised: the same pages with other words
                self._take(opened, turn)
                self._ask_marks(None)
            self._show_place()

        self._jobs.do(read_version, self.version_id, then=come, failed=lambda _error: None, tell=False)

    # -- place ----------------------------------------------------------------------------------------------

    def reveal(self, wanted: Range) -> None:
        """Bring a range into view, as soon as there is one."""
        if self.view is not None and self._opened is not None:
            self.jumping.emit()
            self.view.reveal(wanted)
        else:
            self._reveal = wanted

    def go_to_page(self, page: int, y: float = 0.0) -> None:
        """To a page (index), y points from its top."""
        if self.view is not None:
            self.jumping.emit()
            self.view.go_to(Place(page=page, y=max(0.01, y - 8), zoom=self.view.zoom()))

    def go_to_offset(self, offset: int) -> None:
        """Bring this place of the text to the top."""
        if self.view is not None:
            self.jumping.emit()
            self.view.go_to(Place(offset=max(1, offset), zoom=self.view.zoom()))

    @property
    def source(self) -> Source | None:
        """Where the engine finds what is shown; None for texts."""
        return self._opened.source if self._opened is not None else None

    def page_named(self, name: str) -> int | None:
        """The index of the page with this label, or number; None for none."""
        name = name.strip().casefold()
        pages = self.content.pages if self.content is not None else ()
        labelled = next((page.index for page in pages if page.label.casefold() == name), None)
        if labelled is not None:
            return labelled
        return int(name) - 1 if name.isdecimal() and 0 < int(name) <= len(pages) else None

    def state(self) -> dict[str, Any]:
        """Place, zoom and mode, to be kept with the project."""
        if self.view is None or self._opened is None:
            return dict(self._pending)
        return kept_of(self.view.place(), self.layout_, text_mode=self.text_mode)

    def restore(self, state: dict[str, Any]) -> None:
        """Go where state() was; now, or as soon as the version is there."""
        self._pending = dict(state)
        if self._opened is not None and self.view is not None:
            self.set_text_mode(state.get("mode") == "text" and self._opened.source is not None)
            self._restore_place()

    def _restore_place(self) -> None:
        if self.view is None:
            return
        kept, self._pending = self._pending, {}
        if kept:
            self.view.set_layout(layout_of(kept))
            self.view.go_to(place_of(kept))
        if self._reveal is not None:
            self.view.reveal(self._reveal)
            self._reveal = None

    def _moved(self) -> None:
        if not self._located.isActive():
            self._located.start()
        if self._opened is not None:
            self.place_changed.emit()

    def _show_place(self) -> None:
        """Title, version and page in the header."""
        view, opened = self.view, self._opened
        if view is None:
            return
        parts = []
        if opened is not None:
            # the date is that of the document as it is now, which an earlier version does not have
            if opened.document.date and opened.version.number >= opened.versions:
                parts.append(opened.document.date[:4])
            if opened.versions > 1:
                parts.append(say("version {number}", number=opened.version.number))
            if opened.recognised:
                parts.append(say("recognised text"))
            if opened.encoding:
                parts.append(opened.encoding)
        if view.page_count():
            parts.append(say("p. {page} of {count}", page=view.page_label(), count=view.page_count()))
        title = opened.document.title if opened else self._file.name if self._file else ""
        self.header.show_document(
            title, " · ".join(parts), can_text=opened is not None and opened.source is not None
        )
        self.header.show_zoom(view.zoom(), view.factor(), flowing=self.text_mode)

    def set_zoom(self, zoom: str) -> None:
        if self.view is not None:
            self.view.set_zoom(zoom)
            self._show_place()

    @property
    def layout_(self) -> Layout:
        """How the pages lie, also while text is shown."""
        return self._pages.layout_() if self._pages is not None else Layout()

    def set_layout(self, layout: Layout) -> None:
        """Turn the pages or put two beside each other; flowing text takes no notice."""
        if self._pages is not None and self.view is self._pages:
            self._pages.set_layout(layout)
            self._show_place()
            self.place_changed.emit()

    def zoom_by(self, factor: float) -> None:
        if self.view is not None:
            self.view.zoom_by(factor)

    # -- the rest -------------------------------------------------------------------------------------------

    def selection_rect(self) -> QRect:
        """The end of the selection on the screen (global pixels); null when nothing is selected."""
        return self.view.selection_rect() if self.view is not None else QRect()

    @property
    def content(self) -> Content | None:
        return self._opened.content if self._opened else None

    def set_dark(self, dark: bool) -> None:
        self._dark = dark
        for view in (self._pages, self._text):
            if view is not None:
                self._darken(view)
        self.update()

    def set_type(self, size: int, width: int, line_numbers: int, face: str = "serif") -> None:
        """Size (points), width (letters), numbered lines and face of the text view.

        One made later takes them from the settings.
        """
        if self._text is not None:
            self._text.set_type(size, width, face)
            self._text.set_line_numbers(line_numbers)

    def _darken(self, view: ReadingView) -> None:
        desk = self._jobs.desk
        if isinstance(view, PageView):
            view.set_dark(self._dark, page=self._dark and (desk is None or bool(desk.settings["dark_page"])))
        else:
            view.set_dark(self._dark)
