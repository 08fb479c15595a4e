"""How a project file looks inside, in each format there has been, known without making one."""

from __future__ import annotations

import hashlib
import sqlite3

VERSION = 5
"""user_version of a project with every migration applied."""
DIGESTS = {
    1: "83787434238b8353c94637be2d740ae47e0c3a24376dd1062adff2dd2850e2a1",
    2: "980314d0705063bbc0dd2fc8839a8e123744d5a5493bd7b2dc4845bb7ed91732",
    3: "c870d6f4972ef53b707594e26df13f61310353f1b72016ac7899543fa75292c6",
    4: "a729f89196736964b91906129be9acfefe40df25a7354f936a92e246e51b4e72",
    5: "aba043c36cd33d1402d6364df4bf21820512a975bbea2f62eb006a6157939ffd",
}
"""By user_version: SHA-256 over the tables and indexes that the migrations up to it make; a test keeps it true."""
_BOOKKEEPING = "_sqlite_migrations"
_SHADOWS = "holds_*"
"""Tables that FTS5 makes for itself, worded as its version likes."""


def digest(db: sqlite3.Connection) -> str:
    """SHA-256 over the schema. The list of migrations and FTS5's own tables are left out."""
    rows = db.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema"
        " WHERE name NOT GLOB 'sqlite_stat*' AND NOT (tbl_name = ? AND type IN ('table', 'index'))"
        " AND NOT (name GLOB ? AND type = 'table')",
        (_BOOKKEEPING, _SHADOWS),
    ).fetchall()
    said = sorted(f"{kind} {name} {' '.join(sql.split())}" for kind, name, sql in rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def is_ours(db: sqlite3.Connection, version: int) -> bool:
    """Whether the tables, indexes, triggers and views are those of that version and no others."""
    return digest(db) == DIGESTS.get(version)
