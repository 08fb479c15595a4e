"""A private copy of a damaged project, and a connection to it, its list of tables put back where it must be."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kantlijn.errors import InUse, NotAProject
from kantlijn.store import opening
from kantlijn.store.connection import REFUSALS, damaged
from kantlijn.store.lock import Lock, lock_path

_WORKPLACE, _COPY = ".repair-", "damaged.kantlijn"
_BLOCK = 1 << 16
_PAGE = 4096
_INTERIOR = 5


@contextmanager
def workplace(parent: Path) -> Iterator[Path]:
    """A folder in this one while a project is repaired; those that killed programs left are deleted. OSError."""
    for left in parent.glob(f"{_WORKPLACE}*"):
        held = Lock(left / _COPY)
        with suppress(OSError, InUse):
            if lock_path(left / _COPY).exists():
                held.take()
                shutil.rmtree(left, ignore_errors=True)
                held.release()
    with tempfile.TemporaryDirectory(dir=parent, prefix=_WORKPLACE) as name:
        held = Lock(Path(name) / _COPY)
        held.take()
        try:
            yield Path(name)
        finally:
            held.release()


def private_copy(project: Path, folder: Path) -> Path:
    """The file and its write-ahead log; what the disk cannot read comes as zeros. OSError."""
    target = folder / _COPY
    for tail in ("", "-wal"):
        source = project.with_name(project.name + tail)
        if not tail or _is_there(source):
            _copied(source, target.with_name(target.name + tail))
    return target


def _is_there(log: Path) -> bool:
    with suppress(OSError):  # a name too long to be there
        return log.exists()
    return False


def _copied(source: Path, target: Path) -> None:
    size = source.stat().st_size
    with source.open("rb") as old, target.open("xb") as new:
        for place in range(0, size, _BLOCK):
            try:
                old.seek(place)
                block = old.read(min(_BLOCK, size - place))
            except OSError:
                block = bytes(min(_BLOCK, size - place))
            new.write(block)


def opened(copy: Path, name: Path) -> sqlite3.Connection:
    """The copy as it is; else with a head like a new project's, with its first page, with its list of tables."""
    for patch in (_nothing, _head, _first_page, _tables):
        patch(copy)
        db = sqlite3.connect(copy, isolation_level=None)
        db.text_factory = lambda data: data.decode("utf-8", "replace")
        try:
            db.execute("PRAGMA writable_schema=ON")  # a list of tables that is damaged in places is read too
            db.execute("PRAGMA trusted_schema=OFF")
            tables = "SELECT count(*) FROM sqlite_schema WHERE name IN ('document', 'anchor', 'history_step')"
            if db.execute(tables).fetchone() == (3,) and _any_rows(db):
                return db
        except REFUSALS:
            pass
        db.close()
    raise NotAProject(damaged(name))


def _any_rows(db: sqlite3.Connection) -> bool:
    """Whether some table gives a row or an end."""
    for table in ("theme", "document", "history", "fact"):
        with suppress(*REFUSALS):
            db.execute(f'SELECT rowid FROM "{table}" NOT INDEXED LIMIT 1').fetchone()
            return True
    return False


def _nothing(copy: Path) -> None:
    """As it is."""


def _head(copy: Path) -> None:
    _put_pages(copy, {0: _model(copy.parent)[:100]})


def _first_page(copy: Path) -> None:
    _put_pages(copy, {0: _model(copy.parent)[:_PAGE]})


def _tables(copy: Path) -> None:
    """All pages of the list of tables, where they lie in a new project, unless it was made compact since."""
    model = _model(copy.parent)
    number = int.from_bytes(model[103:105], "big")
    cells = (int.from_bytes(model[112 + 2 * cell : 114 + 2 * cell], "big") for cell in range(number))
    below = [int.from_bytes(model[cell : cell + 4], "big") for cell in cells]
    if model[100] != _INTERIOR:
        below = []
    else:
        below.append(int.from_bytes(model[108:112], "big"))
    places = (0, *(number - 1 for number in below))
    _put_pages(copy, {place: model[place * _PAGE : (place + 1) * _PAGE] for place in places})


def _put_pages(copy: Path, pages: dict[int, bytes]) -> None:
    """Write these over the copy; its head then tells its own length, and that no page is free."""
    with copy.open("r+b") as file:
        for place, page in pages.items():
            file.seek(place * _PAGE)
            file.write(page)
        file.seek(28)
        file.write((copy.stat().st_size // _PAGE).to_bytes(4, "big") + bytes(8))
    copy.with_name(copy.name + "-wal").unlink(missing_ok=True)


def _model(folder: Path) -> bytes:
    """A new project."""
    model = folder / "model.kantlijn"
    if not model.exists():
        db = opening.make(model, None)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
    return model.read_bytes()
