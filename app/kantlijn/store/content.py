"""A version's bytes, canonical text, pages and text layers: kept once for each file, apart from the history.

Bytes are staged in chunks by short transactions, since SQLite refuses very large values and a long import
would keep every other writer out; a last small transaction publishes them. Chunks whose content was never
published are what a killed import left, and are swept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3

from kantlijn.model.document import Content, Page
from kantlijn.model.written import read_json
from kantlijn.store.connection import transaction

CHUNK = 1 << 20
"""Bytes in a chunk row."""
DIGEST = "content "
"""How the names of facts begin that hold a content's digest."""


def stage(db: sqlite3.Connection, sha256: str, place: int, chunk: bytes) -> None:
    """One chunk of a file's bytes; inside a transaction of the caller's."""
    db.execute("INSERT OR REPLACE INTO chunk (sha256, place, bytes) VALUES (?, ?, ?)", (sha256, place, chunk))


def publish(db: sqlite3.Connection, sha256: str, size: int, content: Content) -> None:
    """The text, pages and layers; inside a transaction of the caller's."""
    db.execute(
        "INSERT OR REPLACE INTO content (sha256, extractor, mime, size, text, auxiliary, outline, details)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            sha256, content.extractor, content.mime, size, content.text.encode("utf-8"),
            json.dumps(content.auxiliary), json.dumps(content.outline),
            json.dumps(content.details),
        ),
    )  # fmt: skip
    db.executemany(
        'INSERT OR REPLACE INTO page (sha256, extractor, "index", label, width, height, "start", "end", layer)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (sha256, content.extractor, page.index, page.label, page.width, page.height, *page.range, layer)
            for page, layer in zip(content.pages, content.layers, strict=True)
        ),
    )
    db.execute(
        "INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)",
        (digest_name(sha256, content.extractor), digest(content)),
    )


def digest(content: Content) -> str:
    """SHA-256 over all there is of it, kept beside it so that a check can tell whether it is still that."""
    pages = [(one.index, one.label, one.width, one.height, *one.range) for one in content.pages]
    sizes = [len(layer) for layer in content.layers]
    plain = (content.mime, content.auxiliary, content.outline, content.details, pages, sizes)
    found = hashlib.sha256(json.dumps(plain, sort_keys=True).encode())
    for layer in content.layers:
        found.update(layer)
    found.update(content.text.encode("utf-8"))
    return found.hexdigest()


def digest_name(sha256: str, extractor: str) -> str:
    """What the fact is called that holds the digest."""
    return f"{DIGEST}{sha256} {extractor}"


def unstage(db: sqlite3.Connection, sha256: str) -> None:
    """Drop the staged bytes of an import that came to nothing."""
    with transaction(db):
        db.execute(f"DELETE FROM chunk WHERE sha256 = ? AND {_UNPUBLISHED}", (sha256,))


_UNPUBLISHED = (  # nor are those of a version that lost its text to some damage
    "sha256 NOT IN (SELECT sha256 FROM content) AND sha256 NOT IN (SELECT sha256 FROM version)"
)


def sweep(db: sqlite3.Connection) -> None:
    """Drop what killed imports staged."""
    if db.execute(f"SELECT 1 FROM chunk WHERE {_UNPUBLISHED} LIMIT 1").fetchone():
        with transaction(db):
            db.execute(f"DELETE FROM chunk WHERE {_UNPUBLISHED}")


def has(db: sqlite3.Connection, sha256: str, extractor: str) -> bool:
    """Whether this file's content, made by this extractor, is there already."""
    found = db.execute("SELECT 1 FROM content WHERE sha256 = ? AND extractor = ?", (sha256, extractor))
    return found.fetchone() is not None


def has_bytes(db: sqlite3.Connection, sha256: str) -> bool:
    """Whether this file's bytes are there and published."""
    return db.execute("SELECT 1 FROM content WHERE sha256 = ?", (sha256,)).fetchone() is not None


def read(db: sqlite3.Connection, sha256: str, extractor: str) -> Content | None:
    """The whole content, or None."""
    row = db.execute(
        "SELECT mime, text, auxiliary, outline, details FROM content WHERE sha256 = ? AND extractor = ?",
        (sha256, extractor),
    ).fetchone()
    if row is None:
        return None
    mime, text, auxiliary, outline, details = row
    pages = db.execute(
        'SELECT "index", label, width, height, "start", "end", layer FROM page'
        ' WHERE sha256 = ? AND extractor = ? ORDER BY "index"',
        (sha256, extractor),
    ).fetchall()
    return Content(
        extractor=extractor,
        mime=mime,
        text=bytes(text).decode("utf-8"),
        pages=tuple(
            Page(index=index, label=label, width=width, height=height, range=(start, end))
            for index, label, width, height, start, end, _layer in pages
        ),
        layers=tuple(page[6] for page in pages),
        auxiliary=tuple((int(start), int(end)) for start, end in read_json(auxiliary)),
        outline=tuple((int(level), str(title), int(page)) for level, title, page in read_json(outline)),
        details=read_json(details),
    )


def chunk(db: sqlite3.Connection, sha256: str, place: int) -> bytes | None:
    """One chunk of the bytes, or None past the last."""
    row = db.execute("SELECT bytes FROM chunk WHERE sha256 = ? AND place = ?", (sha256, place)).fetchone()
    return bytes(row[0]) if row else None
