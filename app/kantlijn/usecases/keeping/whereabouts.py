"""Whether a project lies where its file may come to harm, in a sentence."""

from __future__ import annotations

from kantlijn.store.places import is_network, is_synchronised
from kantlijn.usecases.desk import Desk
from kantlijn.words import say


def risk(desk: Desk) -> str:
    """What a reader should know of the place of the open project; "" for nothing."""
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
