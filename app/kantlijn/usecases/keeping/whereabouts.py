"""Whether a project lost something, or lies where its file may come to harm, in a sentence."""

from __future__ import annotations

from kantlijn.store.places import is_network, is_synchronised
from kantlijn.usecases.desk import Desk
from kantlijn.words import say


def risk(desk: Desk) -> str:
    """What a reader should know of the open project, and of its place; "" for nothing."""
    if desk.project.missing:
        return desk.project.missing
    if is_network(desk.path):
        return say(
            "“{name}” lies on a network drive. Kantlijn writes it in the way that is safest there, but a drive"
            " that drops out can damage it: work on a copy on this computer, and open it in one place at a time.",
            name=desk.path.stem,
        )
    if is_synchronised(desk.path):
        return say(
            "“{name}” lies in a folder that a cloud service copies. Close the project before another computer"
            " opens it, and do not rename or move it while it is open.",
            name=desk.path.stem,
        )
    return ""
