"""How a project file looks inside, in each format there has been, known without making one."""

from __future__ import annotations

import hashlib
import re
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
_SHADOWS = ("holds_data", "holds_idx", "holds_content", "holds_docsize", "holds_config")
"""Tables that FTS5 makes for itself, worded as its version likes."""
_STATISTICS = ("sqlite_stat1", "sqlite_stat4")
"""Tables that some programs have SQLite make; it looks into them and runs nothing."""


def digest(db: sqlite3.Connection) -> str:
    """SHA-256 over the schema, less the list of migrations and the tables that SQLite makes for itself."""
    rows = db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    said = sorted(f"{row[0]} {row[1]} {' '.join(row[3].split())}" for row in rows if not _makes_no_odds(*row))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _makes_no_odds(kind: str, name: str, table: str, sql: str) -> bool:
    """Whether it may be there or not, in any wording: plain tables of those names, and no more than that.

    A name alone proves nothing, since whoever writes the list of tables by hand may call a trigger anything.
    """
    plain = kind == "table" and name == table and re.match(r"CREATE TABLE\b", sql) is not None
    if table == _BOOKKEEPING:  # columns only: no CHECK, no expression
        index = kind == "index" and (not sql or re.match(r"CREATE (UNIQUE )?INDEX\b", sql) is not None)
        return (plain or index) and sql.count("(") <= 1
    return plain and name in (*_SHADOWS, *_STATISTICS)


def is_ours(db: sqlite3.Connection, version: int) -> bool:
    """Whether the tables, indexes, triggers and views are those of that version and no others."""
    return digest(db) == DIGESTS.get(version)
