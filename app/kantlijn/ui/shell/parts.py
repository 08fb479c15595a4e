"""What the main window is made of, and where on the screen it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from kantlijn import paths
from kantlijn.settings import Settings
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.ui.jobs import Jobs
    from kantlijn.ui.kit.style import Look
    from kantlijn.usecases.desk import Engine

NARROW = 1080  # pixels; below this the annotation list folds away
_SIDE, _RIGHT = 236, 316


class Parts(QMainWindow):
    """A window that is shown bare and gets its parts in build()."""

    furnished = Signal()
    gone = Signal()
    files_wanted = Signal(list)
    """(files as Path): to be added as documents."""
    another_wanted = Signal(object, str)
    """(project path or None, "open", "new" or "sample"): in a window of its own."""
    restore_wanted = Signal(object, object)
    """(project path, backup path): this window goes, and one with the backup comes."""

    def __init__(
        self, settings: Settings, look: Look, *, engine: Engine | None = None, jobs: Jobs | None = None
    ) -> None:
        super().__init__()
        self.settings = settings
        self.look = look
        self._engine, self._given = engine, jobs
        self.is_furnished = False
        self._folded = False
        self._gave_room: set[str] = set()
        """Sides that are hidden for as long as the middle needs their room."""
        self._sidebar_moved = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(720, 480)
        self.setWindowTitle("Kantlijn")
        self.place()

    def build(self) -> None:
        """Make the parts; what they need is imported here, after the bare window is to be seen."""
        from kantlijn.ui.jobs import Jobs
        from kantlijn.ui.shell.actions import Actions
        from kantlijn.ui.shell.keeping.opening import Opening
        from kantlijn.ui.shell.toolbar import Toolbar

        self.jobs = self._given or Jobs(self, engine=self._engine)
        self.opening = Opening(self.jobs, self.settings, self._engine, self)
        self.actions_ = Actions(self)
        self.actions_.take_keys(self.settings["keys"])
        self.menus = self.actions_.fill(self.menuBar())
        self.toolbar = Toolbar(self.actions_, self)
        self.addToolBar(self.toolbar)
        self._build_lists()
        self._put_together()
        self._build_helpers()
        self._build_gatherers()

    def _build_lists(self) -> None:
        """What stands left, in the middle and right."""
        from kantlijn.ui.annotations.annotations import Annotations
        from kantlijn.ui.compare.changes import ChangesPane
        from kantlijn.ui.find.hits import Hits
        from kantlijn.ui.find.search_pane import SearchPane
        from kantlijn.ui.outline.outline import OutlinePane
        from kantlijn.ui.relations.relations import Relations
        from kantlijn.ui.review.review import ReviewPane
        from kantlijn.ui.shell.middle import Middle
        from kantlijn.ui.shell.panes import Panes
        from kantlijn.ui.shell.sides import Side
        from kantlijn.ui.shell.welcome import Welcome
        from kantlijn.ui.sources.sources import Sources
        from kantlijn.ui.themes.themes import Themes
        from kantlijn.ui.thumbnails.thumbnails import Thumbnails

        self.welcome = Welcome(self)
        self.panes = Panes(self.jobs, self.welcome, self)
        self.sources = Sources(self.jobs, self)
        self.themes = Themes(self.jobs, self)
        self.shelf = QSplitter(Qt.Orientation.Vertical, self)
        self.shelf.setChildrenCollapsible(False)
        self.shelf.setHandleWidth(1)
        self.shelf.addWidget(self.sources)
        self.shelf.addWidget(self.themes)
        self.shelf.setStretchFactor(1, 1)
        self.outline = OutlinePane(self.jobs, self)
        self.thumbnails = Thumbnails(self.jobs, self)
        self.sidebar = Side({
            "shelf": (say("Documents"), "file-text", self.shelf),
            "outline": (say("Outline"), "list-tree", self.outline),
            "pages": (say("Pages"), "layout-grid", self.thumbnails),
        }, self)  # fmt: skip
        self.annotations = Annotations(self.jobs, self)
        self.relations = Relations(self.jobs, self)
        self.hits = Hits(self)
        self.search = SearchPane(self._chips, self)
        self.changes = ChangesPane(self)
        self.review = ReviewPane(self)
        self.middle = Middle(self.panes, self)
        self.listing = Side({
            "annotations": (say("Annotations"), "highlighter", self.annotations),
            "relations": (say("Relations"), "link", self.relations),
            "changes": (say("Changes"), "diff", self.changes),
            "review": (say("Review"), "check", self.review),
            "hits": (say("Hits"), "list", self.hits),
            "search": (say("Search"), "search", self.search),
        }, self)  # fmt: skip

        self.review.counted.connect(
            lambda count: self.listing.rename("review", f"{say('Review')} {count}" if count else say("Review"))
        )
        for name in ("changes", "review", "hits", "search"):
            self.listing.offer(name, there=False)

    def _chips(self, themes: Sequence[str]) -> list[tuple[str, str]]:
        """Letter and colour of these themes."""
        found = (self.themes.theme(theme) for theme in themes)
        return [(theme.letter, theme.colour) for theme in found if theme is not None]

    def _put_together(self) -> None:
        """Lists and panes beside each other, the banner above, the status line below."""
        from kantlijn.ui.kit.widgets import Banner
        from kantlijn.ui.shell.status import StatusLine

        self.across = QSplitter(Qt.Orientation.Horizontal, self)
        self.across.setChildrenCollapsible(False)
        self.across.setHandleWidth(1)
        for part, least in ((self.sidebar, 180), (self.middle, 240), (self.listing, 230)):
            part.setMinimumWidth(least)
            self.across.addWidget(part)
        self.across.setStretchFactor(1, 1)
        self.across.setSizes([_SIDE, 900, _RIGHT])
        self.banner = Banner(self)
        self.status = StatusLine(self)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.across, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _build_helpers(self) -> None:
        """What does the work between the parts; each wires itself."""
        from kantlijn.ui.shell.keeping.backing_up import BackingUp
        from kantlijn.ui.shell.manners import Manners
        from kantlijn.ui.shell.marking.page_menu import PageMenu
        from kantlijn.ui.shell.marking.relating import Relating
        from kantlijn.ui.shell.marking.shaping import Shaping
        from kantlijn.ui.shell.marking.tagging import Tagging
        from kantlijn.ui.shell.memory import Thrift
        from kantlijn.ui.shell.reading.following import Following
        from kantlijn.ui.shell.reading.going_to import GoToPage
        from kantlijn.ui.shell.reading.laying_out import LayingOut
        from kantlijn.ui.shell.reading.lens import Lens
        from kantlijn.ui.shell.reading.linked import Linked
        from kantlijn.ui.shell.reading.travelling import Travelling
        from kantlijn.ui.shell.searching.finding import Finding
        from kantlijn.ui.shell.shelf.arriving import Arriving
        from kantlijn.ui.shell.shelf.importing import Importing
        from kantlijn.ui.shell.shelf.offering import Offering
        from kantlijn.ui.shell.shelf.recognising import Recognising
        from kantlijn.ui.shell.shelf.showing import Showing
        from kantlijn.ui.shell.shelf.taking_in import TakingIn
        from kantlijn.ui.shell.shelf.unlocking import Unlocking

        jobs, panes, themes = self.jobs, self.panes, self.themes
        self.tagging = Tagging(jobs, panes, themes, self.annotations, self)
        self.shaping = Shaping(jobs, panes, self.tagging, self)
        self.manners = Manners(jobs, panes, self)
        self.page_menu = PageMenu(panes, self.tagging, themes, self.actions_, self)
        self.relating = Relating(jobs, panes, self.tagging, self.relations, self)
        self.showing = Showing(panes, self.sidebar, self.outline, self.thumbnails, self)
        self.laying_out = LayingOut(jobs, panes, self.actions_, self)
        self.lens = Lens(jobs, panes, themes, self)
        self.lens.changed.connect(lambda names: self.actions_["lens"].setChecked(bool(names)))
        self.taking_in = TakingIn(jobs, panes, themes, self)
        self.travelling = Travelling(panes, self)
        self.following = Following(panes, self)
        self.linked = Linked(jobs, panes, self)
        self.going_to = GoToPage(self)
        self.arriving = Arriving(jobs, panes, self.tagging, self)
        self.finding = Finding(jobs, panes, self.hits, self.listing, self.tagging, themes, self)
        self.importing = Importing(jobs, self)
        self.offering = Offering(jobs, self.banner, self)
        self.unlocking = Unlocking(jobs, panes, self)
        self.thrift = Thrift(self)
        jobs.settled.connect(self.thrift.worked)
        panes.place_changed.connect(self.thrift.worked)
        self.recognising = Recognising(jobs, panes, self)
        self.backing_up = BackingUp(jobs, self.opening, self)
        self.backing_up.restore_wanted.connect(self.restore_wanted)
        self.backing_up.open_wanted.connect(self.another_wanted)

    def _build_gatherers(self) -> None:
        """What goes through all documents or annotations: comparing, searching, summaries, exchange."""
        from kantlijn.ui.shell.handing.exchanging import Exchanging
        from kantlijn.ui.shell.handing.summarising import Summarising
        from kantlijn.ui.shell.searching.indexing import Indexing
        from kantlijn.ui.shell.searching.searching import Searching
        from kantlijn.ui.shell.versions.comparing import Comparing
        from kantlijn.ui.shell.versions.reviewing import Reviewing

        jobs, panes, themes = self.jobs, self.panes, self.themes
        self.comparing = Comparing(jobs, panes, self.middle, self.changes, self.listing, self.linked, self)
        self.reviewing = Reviewing(jobs, panes, self.tagging, self.review, self.listing, self)
        self.indexing = Indexing(jobs, self)
        self.searching = Searching(
            jobs, panes, self.search, self.tagging, themes, self.sources, self.annotations, self.indexing, self
        )
        self.summarising = Summarising(
            jobs, panes, self.middle, self.annotations, self.tagging, self.opening, self
        )
        self.summarising.link_followed.connect(self.arriving.follow)
        self.exchanging = Exchanging(
            jobs, panes, self.sources, self.annotations, self.tagging, self.opening, self
        )

    # -- where it stands ------------------------------------------------------------------------------------

    def place(self) -> None:
        """Where it stood the last time."""
        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        geometry = kept.value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(1440, 900)

    def proportions(self) -> None:
        """How its parts shared the room the last time."""
        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        for splitter, name in ((self.across, "window/across"), (self.shelf, "window/sidebar")):
            sizes = kept.value(name, [])
            if isinstance(sizes, list) and len(sizes) == splitter.count():
                splitter.setSizes([max(60, int(size)) for size in sizes])
                self._sidebar_moved |= splitter is self.shelf
        for name in ("sidebar", "list"):
            self.actions_[name].setChecked(str(kept.value(f"window/{name}_shown", "true")) != "false")
        self.sidebar.show_list(str(kept.value("window/sidebar_list", "shelf")))
        self._fold(-1, self.width())

    def keep_geometry(self) -> None:
        """Remember where the window stood, for this machine."""
        kept = QSettings(str(paths.window_file()), QSettings.Format.IniFormat)
        kept.setValue("window/geometry", self.saveGeometry())
        if self.listing.isVisible() and self.sidebar.isVisible():
            kept.setValue("window/across", self.across.sizes())
            if self._sidebar_moved:
                kept.setValue("window/sidebar", self.shelf.sizes())
        kept.setValue("window/sidebar_list", self.sidebar.current)
        kept.setValue("window/sidebar_shown", self.actions_["sidebar"].isChecked() or "sidebar" in self._gave_room)
        listed = self.actions_["list"].isChecked() or self._folded or "list" in self._gave_room
        kept.setValue("window/list_shown", listed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_furnished:
            self._fold(event.oldSize().width(), event.size().width())

    def _fold(self, before: int, now: int) -> None:
        """Fold the annotation list away where the window becomes narrow, and back."""
        shown = self.actions_["list"]
        crossed = before >= NARROW or before < 0
        if now < NARROW and crossed and shown.isChecked():
            self._folded = True
            shown.setChecked(False)
        elif now >= NARROW and self._folded:
            self._folded = False
            shown.setChecked(True)
