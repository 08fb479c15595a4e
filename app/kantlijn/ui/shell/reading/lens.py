"""The theme lens: everything on the page dimmed but the passages of some themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.panes import Panes
from kantlijn.ui.themes.themes import Themes
from kantlijn.words import language, say

if TYPE_CHECKING:
    from kantlijn.ui.reader.pane import ReaderPane


class Lens(QObject):
    """The same for all panes; a theme stands for its subthemes too."""

    changed = Signal(str)
    """(names of the themes that are seen, "" for no lens)."""

    def __init__(self, jobs: Jobs, panes: Panes, themes: Themes, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes, self._themes = jobs, panes, themes
        self.themes: list[str] = []
        panes.added.connect(self._show_in)
        themes.lens_wanted.connect(self.toggle)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {"lens": self.toggle_chosen}

    def toggle_chosen(self) -> None:
        """Off when it is on; else look for the theme that is chosen in the tree."""
        if self.themes:
            self.clear()
            return
        theme = self._themes.current()
        if theme:
            self.toggle(theme.id)
        else:
            self._jobs.tell(say("Choose a theme at the left first; the page then shows only its passages."))

    def toggle(self, theme: str) -> None:
        """See this theme too, or no longer."""
        if theme in self.themes:
            self.themes.remove(theme)
        else:
            self.themes.append(theme)
        self._apply()

    def clear(self) -> bool:
        """See everything again; False when that was so already."""
        did = bool(self.themes)
        self.themes.clear()
        if did:
            self._apply()
        return did

    def _apply(self) -> None:
        for pane in self._panes.panes:
            self._show_in(pane)
        rows = {row.theme.id: row.theme for row in self._themes.rows}
        names = [rows[theme].called(language()) for theme in self.themes if theme in rows]
        self.changed.emit(", ".join(names))
        if names:
            self._jobs.tell(say("Only {themes} on the page. Esc shows everything again.", themes=", ".join(names)))

    def _show_in(self, pane: ReaderPane) -> None:
        pane.set_lens(self._family() if self.themes else None)

    def _family(self) -> list[str]:
        """The themes with all that lie under them."""
        found = list(self.themes)
        for row in self._themes.rows:  # tree order: a theme comes before its subthemes
            if row.theme.parent in found and row.theme.id not in found:
                found.append(row.theme.id)
        return found
