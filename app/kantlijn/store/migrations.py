"""The project file's tables, made and changed by numbered steps. Final: a step is never edited, only followed.

Imports nothing of ours, so that an old step keeps meaning what it meant.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

steps = Migrations("kantlijn")


@steps(name="m001_start")
def _start(db: Database) -> None:
    """Documents, content, themes, annotations, anchors, history."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 1")


@steps(name="m002_relations")
def _relations(db: Database) -> None:
    """How annotations are drawn and where they come from; relations; saved filters."""
    for statement in _RELATIONS.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 2")


@steps(name="m003_comparisons")
def _comparisons(db: Database) -> None:
    """What a reader made of carried annotations; comparisons and sketches, which can be made again."""
    for statement in _COMPARISONS.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 3")


@steps(name="m004_search")
def _search(db: Database) -> None:
    """The index of all texts, which can be made again."""
    for statement in _SEARCH.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("PRAGMA user_version = 4")


@steps(name="m005_recipes")
def _recipes(db: Database) -> None:
    """Recipes of summaries."""
    db.execute(_RECIPES)
    db.execute("PRAGMA user_version = 5")


_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE document (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, author TEXT NOT NULL, organisation TEXT NOT NULL,
    date TEXT NOT NULL, kind TEXT NOT NULL, identifier TEXT NOT NULL, language TEXT NOT NULL,
    url TEXT NOT NULL, note TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
CREATE TABLE version (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document(id) DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, extractor TEXT NOT NULL,
    mime TEXT NOT NULL, size INTEGER NOT NULL, pages INTEGER NOT NULL, characters INTEGER NOT NULL,
    added TEXT NOT NULL, UNIQUE (document, number) ) STRICT;
CREATE INDEX version_document ON version(document);
CREATE INDEX version_sha256 ON version(sha256);
CREATE TABLE theme (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_nl TEXT NOT NULL, colour TEXT NOT NULL,
    letter TEXT NOT NULL, "key" TEXT NOT NULL,
    parent TEXT REFERENCES theme(id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL, definition TEXT NOT NULL, search_words TEXT NOT NULL) STRICT;
CREATE INDEX theme_parent ON theme(parent);
CREATE TABLE annotation (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document(id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL, author TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL) STRICT;
CREATE INDEX annotation_document ON annotation(document);
CREATE TABLE annotation_theme (
    annotation TEXT NOT NULL REFERENCES annotation(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    place INTEGER NOT NULL,
    theme TEXT NOT NULL REFERENCES theme(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (annotation, theme)) STRICT;
CREATE INDEX annotation_theme_theme ON annotation_theme(theme);
CREATE TABLE anchor (
    id TEXT PRIMARY KEY,
    annotation TEXT NOT NULL REFERENCES annotation(id) DEFERRABLE INITIALLY DEFERRED,
    version TEXT NOT NULL REFERENCES version(id) DEFERRABLE INITIALLY DEFERRED,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, prefix TEXT NOT NULL,
    suffix TEXT NOT NULL, first_page INTEGER, last_page INTEGER, page_label TEXT, state TEXT NOT NULL,
    score REAL NOT NULL, method TEXT NOT NULL, quads TEXT NOT NULL, UNIQUE (annotation, version)) STRICT;
CREATE INDEX anchor_version ON anchor(version, "start");
CREATE TABLE content (
    sha256 TEXT NOT NULL, extractor TEXT NOT NULL, mime TEXT NOT NULL, size INTEGER NOT NULL,
    text BLOB NOT NULL, auxiliary TEXT NOT NULL, outline TEXT NOT NULL, details TEXT NOT NULL,
    PRIMARY KEY (sha256, extractor)) STRICT;
CREATE TABLE page (
    sha256 TEXT NOT NULL, extractor TEXT NOT NULL, "index" INTEGER NOT NULL, label TEXT NOT NULL,
    width REAL NOT NULL, height REAL NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    layer BLOB NOT NULL, PRIMARY KEY (sha256, extractor, "index")) STRICT;
CREATE TABLE chunk (
    sha256 TEXT NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (sha256, place)) STRICT;
CREATE TABLE history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, author TEXT NOT NULL,
    title TEXT NOT NULL, merge TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE history_step (
    seq INTEGER NOT NULL REFERENCES history(seq) ON DELETE CASCADE, place INTEGER NOT NULL,
    kind TEXT NOT NULL, record TEXT NOT NULL, before TEXT, after TEXT,
    PRIMARY KEY (seq, place)) STRICT;
CREATE INDEX history_step_record ON history_step(record);
"""

_RELATIONS = """
ALTER TABLE annotation ADD COLUMN style TEXT NOT NULL DEFAULT 'highlight';
ALTER TABLE annotation ADD COLUMN colour TEXT NOT NULL DEFAULT '';
ALTER TABLE annotation ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE TABLE relation (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES annotation(id) DEFERRABLE INITIALLY DEFERRED,
    target TEXT NOT NULL REFERENCES annotation(id) DEFERRABLE INITIALLY DEFERRED,
    type TEXT NOT NULL, status TEXT NOT NULL, note TEXT NOT NULL, author TEXT NOT NULL,
    created TEXT NOT NULL, modified TEXT NOT NULL) STRICT;
CREATE INDEX relation_source ON relation(source);
CREATE INDEX relation_target ON relation(target);
CREATE TABLE saved_filter (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, chosen TEXT NOT NULL, position INTEGER NOT NULL) STRICT;
"""

_COMPARISONS = """
ALTER TABLE anchor ADD COLUMN review TEXT NOT NULL DEFAULT '';
CREATE TABLE comparison (
    old TEXT NOT NULL, new TEXT NOT NULL, ignored TEXT NOT NULL, method TEXT NOT NULL, result BLOB NOT NULL,
    PRIMARY KEY (old, new, ignored)) STRICT;
CREATE TABLE sketch (
    content TEXT PRIMARY KEY, method TEXT NOT NULL, marks BLOB NOT NULL) STRICT;
"""

_SEARCH = """
CREATE TABLE word (number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE indexed (
    row INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE, method INTEGER NOT NULL, letters BLOB NOT NULL,
    others BLOB NOT NULL, points BLOB NOT NULL, origins BLOB NOT NULL, repeated BLOB NOT NULL) STRICT;
CREATE VIRTUAL TABLE holds USING fts5 (words, content='', columnsize=0, detail=none, tokenize='ascii');
"""

_RECIPES = """
CREATE TABLE recipe (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, form TEXT NOT NULL, wanted TEXT NOT NULL,
    position INTEGER NOT NULL) STRICT
"""
