"""Passages, documents and versions read once: lists ask for thousands after every change and at every filter."""

from __future__ import annotations

import sqlite3

from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.changes import Changes
from kantlijn.model.document import Document, Version

_MOST = 150_000


class Kept:
    """Passages by annotation and anchor. To be used while the project's lock is held."""

    def __init__(self) -> None:
        self._passages: dict[str, dict[str, Passage]] = {}
        self._number = 0
        self._state = -1
        self.order: dict[str, int] | None = None
        """Places of all anchors in the order of lists, until something changes."""
        self.originals: list[Passage] | None = None
        """All passages where they were made, in that order, until documents or versions change."""
        self.touched: set[str] = set()
        """Annotations that changed since originals were read."""
        self.documents: list[Document] | None = None
        self.versions: list[Version] | None = None

    def look(self, db: sqlite3.Connection) -> None:
        """Forget everything when another connection has written meanwhile."""
        state = db.execute("PRAGMA data_version").fetchone()[0]
        if state != self._state or self._number > _MOST:
            self.forget_all()
            self._state = state

    def forget_all(self) -> None:
        """As if nothing had been read yet."""
        self._passages.clear()
        self._number = 0
        self.order = self.originals = self.documents = self.versions = None
        self.touched.clear()

    def forget(self, changes: Changes) -> None:
        """What these changes touch is read anew; everything, where they touch more than annotations."""
        for step in changes.steps:
            if step.kind in ("anchor", "document", "version"):
                self.order = None  # notes and themes move nothing
            if step.kind in ("document", "version"):
                self.documents = self.versions = None
            for record in (step.before, step.after):
                if isinstance(record, Annotation):
                    self._touch(record.id)
                elif isinstance(record, Anchor):
                    self._touch(record.annotation)
            if step.kind in ("theme", "document", "version"):
                self.originals = None
                self._passages.clear()
                self._number = 0

    def _touch(self, annotation: str) -> None:
        self._passages.pop(annotation, None)
        if self.originals is not None:
            self.touched.add(annotation)

    def of(self, annotation: str, anchor: str) -> Passage | None:
        found = self._passages.get(annotation)
        return found.get(anchor) if found is not None else None

    def keep(self, passage: Passage) -> None:
        self._passages.setdefault(passage.annotation.id, {})[passage.anchor.id] = passage
        self._number += 1
