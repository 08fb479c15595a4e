"""Take back and do again, across restarts too."""

from __future__ import annotations

from kantlijn.model.changes import Changes
from kantlijn.usecases.desk import Desk


def undo(desk: Desk) -> Changes | None:
    """Take back the last step; what that changed, or None when there is nothing to take back."""
    return desk.project.undo()


def redo(desk: Desk) -> Changes | None:
    """Do the step undone last again, or None."""
    return desk.project.redo()
