"""Everything the window can do, in one table: names, shortcuts, menus, and what needs a writable project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from kantlijn.ui.kit import colours, icons
from kantlijn.ui.kit.plain import named
from kantlijn.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action. keys: its shortcuts, the first one shown. needs: "", "project" or "writing"."""

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: str = "project"
    checkable: bool = False
    line: bool = False
    """Whether a line stands above it in the menu."""
    group: str = ""
    """The name of the menu in the menu that holds it."""


NEED_PANE = (
    "split", "split_below", "unsplit", "sync", "zoom_in", "zoom_out", "zoom_real", "zoom_width", "zoom_page",
    "zoom_trim", "two_pages", "cover", "single", "turn_left", "turn_right", "lens", "page", "find", "find_next",
    "find_previous",
)  # fmt: skip
"""What can be done only where something is being read."""


def table() -> tuple[Row, ...]:
    """All actions, in menu order; texts in the reader's language."""
    return (*_project(), *_edit(), *_view(), *_annotation(), *_compare(), *_help())


def _project() -> tuple[Row, ...]:
    menu = say("&Project")
    return (
        Row(name="new", menu=menu, text=say("New project…"), keys=("Ctrl+N",), icon="file", needs=""),
        Row(name="open", menu=menu, text=say("Open project…"), keys=("Ctrl+O",), icon="folder-open", needs=""),
        Row(name="recent", menu=menu, text=say("Open recent"), needs=""),
        Row(name="sample", menu=menu, text=say("Open the sample project"), icon="book-open", needs=""),
        Row(name="add", menu=menu, text=say("Add documents…"), keys=("Ctrl+Shift+O",), icon="file-plus",
            needs="writing", line=True),
        Row(name="add_text", menu=menu, text=say("New document from the clipboard"), icon="file-plus",
            needs="writing"),
        Row(name="import_annotations", menu=menu, text=say("Import annotations from the PDF…"), icon="import",
            needs="writing"),
        Row(name="recognise", menu=menu, text=say("Recognise the text of a scan"), icon="scan-text",
            needs="writing"),
        Row(name="read_again", menu=menu, text=say("Read the text of the file anew"), needs="writing"),
        Row(name="encoding", menu=menu, text=say("Text encoding…"), needs="writing"),
        Row(name="copy", menu=menu, text=say("Save a copy…"), keys=("Ctrl+Shift+S",), icon="copy"),
        Row(name="restore", menu=menu, text=say("Restore a backup…"), icon="history", needs=""),
        Row(name="import", menu=menu, text=say("Import annotations or themes…"), icon="import", needs="writing"),
        Row(name="summary", menu=menu, text=say("Summary…"), keys=("Ctrl+E",), icon="file-text",
            line=True),
        Row(name="export", menu=menu, text=say("Export annotations…"), keys=("Ctrl+Shift+E",), icon="share"),
        Row(name="pdf_copy", menu=menu, text=say("Export a PDF with annotations…"), icon="file-text"),
        Row(name="settings", menu=menu, text=say("Settings…"), keys=("Ctrl+,",), icon="settings",
            needs="", line=True),
        Row(name="close", menu=menu, text=say("Close window"), keys=("Ctrl+Q",), needs="", line=True),
    )  # fmt: skip


def _edit() -> tuple[Row, ...]:
    menu = say("&Edit")
    return (
        Row(name="undo", menu=menu, text=say("Undo"), keys=("Ctrl+Z",), icon="undo-2", needs="writing"),
        Row(name="redo", menu=menu, text=say("Redo"), keys=("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo-2",
            needs="writing"),
        Row(name="copy_source", menu=menu, text=say("Copy with source"), keys=("Ctrl+Shift+C",), icon="copy",
            line=True),
        Row(name="copy_html", menu=menu, text=say("Copy annotations with layout")),
        Row(name="copy_markdown", menu=menu, text=say("Copy annotations as Markdown")),
        Row(name="copy_text", menu=menu, text=say("Copy annotations as plain text")),
        Row(name="copy_link", menu=menu, text=say("Copy a link to the passage"), icon="link"),
        Row(name="find", menu=menu, text=say("Find in the document…"), keys=("Ctrl+F", "/"), icon="search",
            line=True),
        Row(name="find_next", menu=menu, text=say("Next hit"), keys=("F3", "Ctrl+G")),
        Row(name="find_previous", menu=menu, text=say("Previous hit"), keys=("Shift+F3", "Ctrl+Shift+G")),
        Row(name="search", menu=menu, text=say("Search in all documents…"), keys=("Ctrl+Shift+F",),
            icon="search", line=True),
        Row(name="search_next", menu=menu, text=say("Next hit of the search"), keys=("F4",)),
        Row(name="search_previous", menu=menu, text=say("Previous hit of the search"), keys=("Shift+F4",)),
        Row(name="filter", menu=menu, text=say("Filter annotations"), keys=("Ctrl+Alt+F",), icon="search",
            line=True),
        Row(name="palette", menu=menu, text=say("All actions…"), keys=("Ctrl+K", ":"), icon="keyboard", needs=""),
    )  # fmt: skip


def _view() -> tuple[Row, ...]:
    menu, zoom, pages = say("&View"), say("Zoom"), say("Page layout")
    return (
        Row(name="sidebar", menu=menu, text=say("Sidebar"), keys=("Shift+F7",), icon="panel-left", checkable=True),
        Row(name="outline", menu=menu, text=say("Outline"), keys=("Ctrl+Alt+O",), icon="list-tree"),
        Row(name="pages", menu=menu, text=say("Pages"), keys=("Ctrl+Alt+P",), icon="layout-grid"),
        Row(name="list", menu=menu, text=say("Annotation list"), keys=("F7",), icon="panel-right", checkable=True),
        Row(name="back", menu=menu, text=say("Back"), keys=("Alt+Left", "Ctrl+["), icon="arrow-left", line=True),
        Row(name="forward", menu=menu, text=say("Forward"), keys=("Alt+Right", "Ctrl+]"), icon="arrow-right"),
        Row(name="page", menu=menu, text=say("Go to page…"), keys=("Ctrl+Alt+G",)),
        Row(name="split", menu=menu, text=say("Split right"), keys=("Ctrl+\\",), icon="columns-2", line=True),
        Row(name="split_below", menu=menu, text=say("Split below"), keys=("Ctrl+Shift+\\",), icon="rows-2"),
        Row(name="linked", menu=menu, text=say("Scroll together"), keys=("Ctrl+L",), icon="arrow-left-right",
            checkable=True),
        Row(name="sync", menu=menu, text=say("Scroll together from here"), keys=("Ctrl+Shift+L",)),
        Row(name="unsplit", menu=menu, text=say("Close pane"), keys=("Ctrl+W",), icon="x"),
        Row(name="next_pane", menu=menu, text=say("Next part of the window"), keys=("F6",)),
        Row(name="previous_pane", menu=menu, text=say("Previous part of the window"), keys=("Shift+F6",)),
        Row(name="zoom_in", menu=menu, group=zoom, text=say("Zoom in"), keys=("Ctrl++", "Ctrl+="), icon="plus",
            line=True),
        Row(name="zoom_out", menu=menu, group=zoom, text=say("Zoom out"), keys=("Ctrl+-",), icon="minus"),
        Row(name="zoom_real", menu=menu, group=zoom, text=say("Real size"), keys=("Ctrl+0",)),
        Row(name="zoom_width", menu=menu, group=zoom, text=say("Fit width"), keys=("Ctrl+2",)),
        Row(name="zoom_page", menu=menu, group=zoom, text=say("Fit page"), keys=("Ctrl+3",)),
        Row(name="zoom_trim", menu=menu, group=zoom, text=say("Trim margins"), keys=("Ctrl+4",), icon="crop"),
        Row(name="two_pages", menu=menu, group=pages, text=say("Two pages"), keys=("Ctrl+5",), checkable=True),
        Row(name="cover", menu=menu, group=pages, text=say("Two pages, the first alone"), keys=("Ctrl+6",),
            checkable=True),
        Row(name="single", menu=menu, group=pages, text=say("One page at a time"), keys=("Ctrl+7",),
            checkable=True),
        Row(name="turn_left", menu=menu, group=pages, text=say("Turn left"), keys=("Ctrl+Shift+Left",),
            icon="rotate-ccw"),
        Row(name="turn_right", menu=menu, group=pages, text=say("Turn right"), keys=("Ctrl+Shift+Right",),
            icon="rotate-cw"),
        Row(name="caret", menu=menu, text=say("Move the caret with the arrows"), keys=("F9",), checkable=True,
            line=True),
        Row(name="lens", menu=menu, text=say("Only the chosen theme on the page"), keys=("Ctrl+Shift+H",),
            icon="eye", checkable=True, line=True),
        Row(name="dark", menu=menu, text=say("Light or dark"), keys=("F8",), icon="sun-moon", needs="", line=True),
        Row(name="full", menu=menu, text=say("Full screen"), keys=("F11",), icon="maximize", needs="",
            checkable=True),
    )  # fmt: skip


def _annotation() -> tuple[Row, ...]:
    menu, ends = say("&Annotation"), say("Begin and end")
    return (
        Row(name="theme", menu=menu, text=say("Tag with…"), keys=("T",), icon="tag", needs="writing"),
        Row(name="note", menu=menu, text=say("Write a note"), keys=("N", "A", "Alt+3"), icon="notebook-pen",
            needs="writing"),
        Row(name="relate", menu=menu, text=say("Relate two passages…"), keys=("R",), icon="link", needs="writing"),
        Row(name="delete", menu=menu, text=say("Delete"), keys=("Del",), icon="trash-2", needs="writing"),
        Row(name="previous", menu=menu, text=say("Previous annotation"), keys=("Alt+Up",), line=True),
        Row(name="next", menu=menu, text=say("Next annotation"), keys=("Alt+Down",)),
        Row(name="highlight", menu=menu, text=say("Draw as highlight"), keys=("Alt+1", "H"), needs="writing",
            line=True),
        Row(name="underline", menu=menu, text=say("Draw as underline"), keys=("Alt+2",), needs="writing"),
        Row(name="strike", menu=menu, text=say("Draw struck through"), keys=("Alt+5",), needs="writing"),
        Row(name="area", menu=menu, text=say("Draw areas"), keys=("Alt+4",), icon="square-dashed",
            needs="writing", checkable=True),
        Row(name="start_out", menu=menu, group=ends, text=say("Begin a word earlier"), keys=("Ctrl+Alt+Left",),
            needs="writing", line=True),
        Row(name="start_in", menu=menu, group=ends, text=say("Begin a word later"), keys=("Ctrl+Alt+Right",),
            needs="writing"),
        Row(name="end_in", menu=menu, group=ends, text=say("End a word earlier"), keys=("Ctrl+Alt+Shift+Left",),
            needs="writing"),
        Row(name="end_out", menu=menu, group=ends, text=say("End a word later"), keys=("Ctrl+Alt+Shift+Right",),
            needs="writing"),
        Row(name="merge", menu=menu, text=say("Merge annotations"), keys=("Ctrl+M",), needs="writing", line=True),
        Row(name="split_passage", menu=menu, text=say("Split at the caret"), keys=("Ctrl+Shift+M",),
            needs="writing"),
        Row(name="duplicate", menu=menu, text=say("Duplicate"), keys=("Ctrl+D",), needs="writing"),
        Row(name="past", menu=menu, text=say("History of the annotation"), keys=("Ctrl+H",), icon="history"),
        Row(name="add_theme", menu=menu, text=say("Add a theme"), keys=("Ctrl+Shift+T",), icon="plus",
            needs="writing", line=True),
        Row(name="edit_theme", menu=menu, text=say("Edit theme…"), icon="pencil", needs="writing"),
        Row(name="details", menu=menu, text=say("Document details…"), icon="info", needs="writing"),
    )  # fmt: skip


def _compare() -> tuple[Row, ...]:
    menu = say("&Compare")
    return (
        Row(name="compare", menu=menu, text=say("Compare versions…"), keys=("Ctrl+Alt+C",), icon="diff"),
        Row(name="next_change", menu=menu, text=say("Next change"), keys=("]",), icon="chevron-down", line=True),
        Row(name="previous_change", menu=menu, text=say("Previous change"), keys=("[",), icon="chevron-up"),
        Row(name="redline", menu=menu, text=say("Redline, or side by side"), keys=("Ctrl+Alt+R",)),
        Row(name="export_comparison", menu=menu, text=say("Export the comparison…"), icon="file-text"),
        Row(name="carry", menu=menu, text=say("Carry annotations to the newest version"), needs="writing",
            line=True),
        Row(name="review", menu=menu, text=say("Review carried annotations"), keys=("Ctrl+Alt+V",)),
        Row(name="place_carried", menu=menu, text=say("Place the annotation on the selection"),
            keys=("Ctrl+Alt+Return",), needs="writing"),
        Row(name="through", menu=menu, text=say("Through all versions…"), keys=("Ctrl+Shift+V",), icon="history"),
    )  # fmt: skip


def _help() -> tuple[Row, ...]:
    menu = say("&Help")
    return (
        Row(name="manual", menu=menu, text=say("Manual"), icon="book-open", needs=""),
        Row(name="keys", menu=menu, text=say("Keys"), keys=("F1",), icon="keyboard", needs=""),
        Row(name="logs", menu=menu, text=say("Show the log folder"), icon="folder-open", needs=""),
        Row(name="about", menu=menu, text=say("About Kantlijn"), icon="info", needs=""),
    )


class Actions(QObject):
    """The actions of one window, made from the table."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._rows = {row.name: row for row in table()}
        self._actions: dict[str, QAction] = {}
        for row in self._rows.values():
            action = QAction(row.text, window)
            action.setShortcuts([QKeySequence(keys) for keys in row.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(row.checkable)
            if row.keys:
                shown = QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
                action.setToolTip(f"{row.text.rstrip('…')}  ({shown})")
            window.addAction(action)
            self._actions[row.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[str, QAction]]:
        return iter(self._actions.items())

    def connect_to(self, calls: dict[str, Callable[[], object]]) -> None:
        """What each action does. KeyError for one that is not in the table."""
        for name, call in calls.items():
            self._actions[name].triggered.connect(lambda _checked=False, call=call: call())

    def tint(self, names: Iterable[str] | None = None) -> None:
        """Give the icons of these actions (all by default) the colours of the scheme."""
        for name in names if names is not None else self._rows:
            if icon := self._rows[name].icon:
                self._actions[name].setIcon(icons.icon(icon, colours.current()))

    def allow(self, *, project: bool, writing: bool) -> None:
        """Switch off what cannot be done now."""
        for name, row in self._rows.items():
            self._actions[name].setEnabled(not row.needs or (writing if row.needs == "writing" else project))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """The menus, by the text of their title; "recent" gives the place of recent projects."""
        menus: dict[str, QMenu] = {}
        for name, row in self._rows.items():
            menu = menus.get(row.menu)
            if menu is None:
                menus[row.menu] = menu = bar.addMenu(row.menu)
                menu.aboutToShow.connect(lambda title=row.menu: self._tint_menu(title))
            if row.line:
                menu.addSeparator()
            if name == "recent":
                menus["recent"] = menu.addMenu(row.text)
            elif row.group:
                if row.group not in menus:
                    menus[row.group] = menu.addMenu(row.group)
                menus[row.group].addAction(self._actions[name])
            else:
                menu.addAction(self._actions[name])
        return menus

    def _tint_menu(self, title: str) -> None:
        self.tint(name for name, row in self._rows.items() if row.menu == title)

    # -- keys that the reader chooses -----------------------------------------------------------------------

    def names(self) -> list[str]:
        """All actions that can have keys, in menu order."""
        return [name for name in self._rows if name != "recent"]

    def text_of(self, name: str) -> str:
        return named(self._rows[name].text)

    def keys_of(self, name: str) -> QKeySequence:
        """The first of its keys; empty for none."""
        return self._actions[name].shortcut()

    def default_of(self, name: str) -> QKeySequence:
        """The first of the keys it has of its own."""
        keys = self._rows[name].keys
        return QKeySequence(keys[0]) if keys else QKeySequence()

    def owner_of(self, keys: QKeySequence, *, but: str = "") -> str:
        """Which other action has these keys; "" for none."""
        if keys.isEmpty():
            return ""
        owners = (name for name, action in self._actions.items() if name != but and keys in action.shortcuts())
        return next(owners, "")

    def set_keys(self, name: str, keys: QKeySequence | None) -> None:
        """Give an action these keys; None for all of its own, an empty one for none."""
        row, action = self._rows[name], self._actions[name]
        if keys is None or keys == self.default_of(name):
            action.setShortcuts([QKeySequence(one) for one in row.keys])
        else:
            action.setShortcuts([] if keys.isEmpty() else [keys])
        text = row.text.rstrip("…")
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text}  ({shown})" if shown else text)

    def take_keys(self, chosen: dict[str, str]) -> None:
        """The keys a reader chose before; what is no action or no key is passed over."""
        for name, keys in chosen.items():
            if name in self._rows and isinstance(keys, str):
                self.set_keys(name, QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText))
