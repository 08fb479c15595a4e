"""The desk: the open project, the engine, the workshop, the settings. Handed in, never imported as a thing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kantlijn import paths
from kantlijn.documents.client import Engine
from kantlijn.documents.contract import (
    AskBitmap,
    AskContent,
    AskMarkings,
    AskPage,
    AskSheets,
    Bitmap,
    Box,
    Link,
    Marking,
    Markings,
    PageThings,
    Priority,
    Sheets,
    Source,
)
from kantlijn.errors import NotFound, ReadOnly
from kantlijn.guests.guest import Guest
from kantlijn.model.changes import Change, Changes
from kantlijn.model.ids import new_id
from kantlijn.settings import Settings
from kantlijn.usecases import open_files
from kantlijn.usecases.readings import Readings
from kantlijn.usecases.rows import Rows
from kantlijn.usecases.wording import keepable, text_of
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.model.document import Content, Version
    from kantlijn.store.project import Project
    from kantlijn.store.search_index import Index

__all__ = [
    "AskBitmap", "AskContent", "AskMarkings", "AskPage", "AskSheets", "Bitmap", "Box", "Desk", "Engine", "Link",
    "Marking", "Markings", "PageThings", "Priority", "Sheets", "Source", "new_desk", "now", "open_desk",
    "scratch_desk",
]  # fmt: skip

_KEPT_CONTENTS = 8


class Desk:
    """What verbs work with. The engine and the workshop start when first asked for something."""

    def __init__(
        self, project: Project, *, settings: Settings, engine: Engine | None = None, scratch: bool = False
    ) -> None:
        self.project = project
        self.settings = settings
        self.scratch = scratch
        self.passwords: dict[str, str] = {}
        """Of encrypted files opened in this sitting, by SHA-256; never written anywhere."""
        self._engine = engine
        self._own_engine = engine is None
        self._workshop: Guest | None = None
        self._contents: OrderedDict[tuple[str, str], Content] = OrderedDict()
        self.readings = Readings(self.content_of)
        self.rows = Rows(self.readings)
        self._turn = threading.Lock()
        self._closed = False

    @cached_property
    def index(self) -> Index:
        """What searches use; nothing is read before the first."""
        from kantlijn.store.search_index import Index

        return Index(self.project)

    @property
    def path(self) -> Path:
        return self.project.path

    @property
    def read_only(self) -> bool:
        return self.project.read_only

    @property
    def lost_its_file(self) -> bool:
        """Whether the project's file was deleted or replaced, so that closing it would lose what is in it."""
        return self.project.lost_its_file

    @property
    def author(self) -> str:
        return self.settings.author

    @property
    def engine(self) -> Engine:
        with self._turn:
            if self._engine is None:
                self._engine = Engine()
            return self._engine

    @property
    def workshop(self) -> Guest:
        with self._turn:
            if self._workshop is None:
                self._workshop = Guest("--workshop")
            return self._workshop

    def content_of(self, version: Version) -> Content:
        """The version's frozen content; the last few are kept at hand. NotFound when the project lost it."""
        key = (version.sha256, version.extractor)
        with self._turn:
            if key in self._contents:
                self._contents.move_to_end(key)
                return self._contents[key]
        content = self.project.content(*key)
        if content is None:
            raise NotFound(
                say("The text of “{file}” is missing from the project. Run a check.", file=version.file)
            )
        with self._turn:
            self._contents[key] = content
            while len(self._contents) > _KEPT_CONTENTS:
                self._contents.popitem(last=False)
        return content

    def write(self, title: str, steps: list[Change], *, merge: str = "") -> Changes:
        """Commit these steps under one title and return them; the author and the time are filled in."""
        changes = Changes(
            id=new_id(), at=now(), author=self.author, title=text_of(title), steps=tuple(map(keepable, steps)),
            merge=merge,
        )  # fmt: skip
        if steps:
            self.project.commit(changes)
        return changes

    def close(self) -> None:
        """Let go of the project, and of guests of its own; open files are taken away. Twice does no harm."""
        if self._closed:
            return
        self._closed = True
        self.project.close()
        if self._workshop is not None:
            self._workshop.close()
        if self._engine is not None and self._own_engine:
            self._engine.close()
        open_files.take_away(self)


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_desk(
    path: Path, *, settings: Settings | None = None, read_only: bool = False, engine: Engine | None = None
) -> Desk:
    """Open a project. NotAProject, NewerProject, InUse, ReadOnly or DiskTrouble, each with its sentence."""
    from kantlijn.store.project import Project

    project = Project.open(path, read_only=read_only)
    open_files.sweep()
    return Desk(project, settings=settings or Settings(paths.settings_file()), engine=engine)


def new_desk(path: Path, *, settings: Settings | None = None, engine: Engine | None = None) -> Desk:
    """A new project with the starter themes. NotAProject when something of that name is there."""
    from kantlijn.store.project import Project
    from kantlijn.usecases.starter_themes import starter_themes

    settings = settings or Settings(paths.settings_file())
    first = Changes(
        id=new_id(), at=now(), author=settings.author, title="",
        steps=tuple(Change(None, theme) for theme in starter_themes()),
    )  # fmt: skip
    return Desk(Project.create(path, first), settings=settings, engine=engine)


def scratch_desk(*, settings: Settings | None = None, engine: Engine | None = None) -> Desk:
    """A project that has no name yet: kept or thrown away on closing."""
    desk = new_desk(paths.scratch_folder() / f"{new_id()}.kantlijn", settings=settings, engine=engine)
    desk.scratch = True
    return desk


def must_write(desk: Desk) -> None:
    """ReadOnly when nothing can be written here."""
    if desk.read_only:
        raise ReadOnly(say("“{name}” is open for reading only.", name=desk.path.name))
