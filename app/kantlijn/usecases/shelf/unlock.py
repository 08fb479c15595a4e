"""Giving the password of an encrypted document that is in the project; it is kept in memory only."""

from __future__ import annotations

from kantlijn.documents.contract import AskSheets, Priority, Source
from kantlijn.errors import PasswordNeeded
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import source as read_source
from kantlijn.usecases.read import version as read_version
from kantlijn.words import say


def unlock(desk: Desk, version_id: str, password: str) -> None:
    """Remember the password for this sitting. PasswordNeeded when it is not right; NotFound, EngineTrouble."""
    version = read_version(desk, version_id)
    there = read_source(desk, version_id)
    tried = Source(key=there.key, path=there.path, password=password)
    try:
        desk.engine.ask(AskSheets(source=tried), Priority.VISIBLE).result()
    except PasswordNeeded:
        raise PasswordNeeded(say("The password for “{file}” is not right.", file=version.file)) from None
    desk.passwords[version.sha256] = password
