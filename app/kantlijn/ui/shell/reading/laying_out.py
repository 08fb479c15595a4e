"""How the pages of the active pane lie: turned, two beside each other, margins trimmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from kantlijn.ui.jobs import Jobs
from kantlijn.ui.shell.actions import Actions
from kantlijn.ui.shell.panes import Panes
from kantlijn.words import say


class LayingOut(QObject):
    """Keeps the ticks in the menu with the active pane."""

    def __init__(self, jobs: Jobs, panes: Panes, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._panes, self._actions = jobs, panes, actions
        panes.active_changed.connect(self._show)
        panes.place_changed.connect(self._show)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions do, by their names."""
        return {
            "turn_left": lambda: self._turn(-90),
            "turn_right": lambda: self._turn(90),
            "two_pages": lambda: self._spread("two"),
            "cover": lambda: self._spread("cover"),
            "single": self._leaf,
        }

    def _turn(self, degrees: int) -> None:
        pane = self._panes.active
        if pane is None or pane.source is None or pane.text_mode:
            self._jobs.tell(say("Only pages can be turned."))
            return
        layout = pane.layout_
        pane.set_layout(replace(layout, rotation=(layout.rotation + degrees) % 360))

    def _spread(self, spread: str) -> None:
        pane = self._panes.active
        if pane is None or pane.source is None or pane.text_mode:
            self._jobs.tell(say("Only pages can lie beside each other."))
        else:
            layout = pane.layout_
            pane.set_layout(replace(layout, spread="one" if layout.spread == spread else spread))
        self._show()

    def _leaf(self) -> None:
        """One page (or two beside each other) at a time, or all under each other again."""
        pane = self._panes.active
        if pane is None or pane.source is None or pane.text_mode:
            self._jobs.tell(say("Only pages can be turned one by one."))
        else:
            layout = pane.layout_
            pane.set_layout(replace(layout, single=not layout.single))
        self._show()

    def _show(self) -> None:
        pane = self._panes.active
        spread = pane.layout_.spread if pane is not None else "one"
        for name, wanted in (("two_pages", "two"), ("cover", "cover")):
            self._actions[name].setChecked(spread == wanted)
        self._actions["single"].setChecked(pane is not None and pane.layout_.single)
