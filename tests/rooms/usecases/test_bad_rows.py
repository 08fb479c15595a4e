"""Project files in which a stranger, or a failing disk, has put what the program never writes.

The schema is ours and SQLite finds the file whole; each value in turn is one that no reader could have given.
Whatever is asked then is answered or refused with a sentence.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kantlijn.errors import Known
from kantlijn.model.filters import AnnotationFilter
from kantlijn.model.recipe import Wanted
from kantlijn.settings import Settings
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk, open_desk
from kantlijn.usecases.handing.hand_out import hand_out
from kantlijn.usecases.keeping.check import check
from kantlijn.usecases.marking import tag
from kantlijn.usecases.marking.annotation_past import annotation_past
from kantlijn.usecases.marking.relate import relate, relation_rows
from kantlijn.usecases.marking.saved_filters import save_filter, saved_filters
from kantlijn.usecases.searching.index_texts import index_texts
from kantlijn.usecases.searching.search import search
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.outline import outline
from kantlijn.usecases.summaries.recipes import recipes, save_recipe
from kantlijn.usecases.summaries.write_summary import export_summary
from kantlijn.usecases.undo import undo
from kantlijn.usecases.versions import carry, compare
from kantlijn.usecases.versions.passage_past import through_versions

TEXT = "# Plan\n\nPreventie begint op school. De wachttijd liep op.\n\n# Hulp\n\nMeldpunten zien meer.\n"
BAD: dict[str, tuple[object, ...]] = {
    "TEXT": ("", "\0", "x" * 70_000, "{", "[]", '{"a": [[[1]]]}', "null", "[1, 2]", '[["a", -1]]',
             "\ud7ff\U0010ffff",
             "1e999", "9" * 400, "../../etc", "NaN"),
    "INTEGER": (-1, 0, 10**6, -(2**63), 2**63 - 1),
    "REAL": (-1.0, 0.0, 1e308, float("inf"), None),
    "BLOB": (b"", b"\0", b"\xff" * 50, b"x\x9c\x03", b"[" * 5000, b"\x01\x00\x00\x00" * 40),
}  # fmt: skip
_OUTSIDE = ("../../../outside", "/tmp/outside", "a" * 64 + "/../../outside")
"""For the name under which a document's bytes are laid out."""
OURS = (
    "_sqlite_migrations", "sqlite_sequence", "holds", "holds_config", "holds_data", "holds_idx", "holds_docsize",
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A row or more in every table."""
    folder = tmp_path_factory.mktemp("rows")
    desk = new_desk(folder / "p.kantlijn", settings=Settings())
    try:
        return _filled(desk, folder)
    finally:
        desk.close()


def _filled(desk: Desk, folder: Path) -> Path:
    for name, text in (("nota-1.md", TEXT), ("nota-2.md", TEXT + "Einde.\n")):
        (folder / name).write_text(text, "utf-8")
    old = add_documents(desk, [folder / "nota-1.md"]).added[0]
    new = add_documents(desk, [folder / "nota-2.md"], version_of=old.document).added[0]
    import pymupdf

    with pymupdf.open() as document:
        document.new_page().insert_text((72, 100), "Bladzijde over toezicht")
        document.save(folder / "rapport.pdf")
    pdf = add_documents(desk, [folder / "rapport.pdf"]).added[0]
    theme = read.themes(desk)[0].theme.id
    for number, version in enumerate((old.version, old.version, pdf.version)):
        tag.tag(desk, version, (number * 8, number * 8 + 8), [theme], id=f"a{number}")
    relate(desk, "a0", "a1", "supports")
    save_filter(desk, "Filter", AnnotationFilter())
    save_recipe(desk, "Samenvatting", "markdown", Wanted())
    carry.carry(desk, old.document, new.version)
    compare.compare_versions(desk, old.version, new.version)
    index_texts(desk)
    desk.project.keep_fact("view", "{}")
    with desk.project.aside() as db:
        db.execute("INSERT OR IGNORE INTO sketch VALUES ('s', 'm', x'00')")
    return desk.path


def _columns(project: Path) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(project)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [
            (table, row[1], row[2])
            for table in tables
            if table not in OURS
            for row in db.execute(f'PRAGMA table_info("{table}")')
        ]


def _asked(desk: Desk, folder: Path, *, all: bool) -> Iterator[Callable[[], object]]:
    """What a reader's window and commands ask for, one after the other. all: what starts processes, too."""
    yield lambda: read.shelf(desk)
    yield lambda: read.themes(desk)
    yield lambda: read.annotation_rows(desk)
    yield lambda: read.history(desk)
    yield lambda: read.view_state(desk)
    yield lambda: relation_rows(desk)
    yield lambda: saved_filters(desk)
    yield lambda: recipes(desk)
    versions = [one for shelved in _or_nothing(lambda: read.shelf(desk)) for one in shelved.versions]
    for one in versions:
        yield lambda one=one: read.content(desk, one.id)
        yield lambda one=one: outline(desk, one.id)
        yield lambda one=one: read.passages(desk, one.id)
        yield lambda one=one: read.source(desk, one.id)
    if len(versions) > 1:
        yield lambda: carry.carried_rows(desk, versions[1].id)
    yield lambda: annotation_past(desk, "a0")
    yield lambda: through_versions(desk, "a0")
    yield lambda: search(desk, "wachttijd")
    if all:
        yield lambda: compare.compare_versions(desk, versions[0].id, versions[1].id)
        yield lambda: hand_out(desk, folder / "out.json", "json")
        yield lambda: export_summary(desk, folder / "out.md", "markdown")
    yield lambda: read.next_undo(desk)
    yield lambda: undo(desk)


def _or_nothing(ask: Callable[[], tuple[object, ...]]) -> tuple[object, ...]:
    try:
        return ask()
    except Known:
        return ()


def _bugs(path: Path, *, all: bool) -> list[str]:
    """What was neither answered nor refused with a sentence."""
    found: list[str] = []

    def ask(what: Callable[[], object]) -> object:
        try:
            return what()
        except Known as trouble:
            assert trouble.sentence
        except Exception as bug:  # noqa: BLE001 - that is what is looked for
            found.append(f"{type(bug).__name__}: {bug}"[:200])
        return None

    ask(lambda: check(path))
    desk = ask(lambda: open_desk(path, settings=Settings()))
    if isinstance(desk, Desk):
        for what in _asked(desk, path.parent, all=all):
            ask(what)
        desk.close()
    return found


TABLES = (
    "fact", "document", "version", "theme", "annotation", "annotation_theme", "anchor", "content", "page", "chunk",
    "history", "history_step", "relation", "saved_filter", "comparison", "sketch", "word", "indexed", "recipe",
)  # fmt: skip


def _tried(project: Path, folder: Path, table: str, *, all: bool) -> None:
    bugs: list[str] = []
    tried = 0
    for _, column, kind in (one for one in _columns(project) if one[0] == table):
        for place, value in enumerate((*BAD[kind], *_OUTSIDE) if column == "sha256" else BAD[kind]):
            path = folder / "p.kantlijn"
            shutil.copy(project, path)
            last = f'(SELECT max(rowid) FROM "{table}")'
            try:
                with closing(sqlite3.connect(path)) as db:
                    db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = {last}', (value,))
                    db.commit()
            except sqlite3.IntegrityError:
                continue  # the file itself holds it off
            tried += 1
            bugs += [f"{table}.{column} value {place}: {bug}" for bug in _bugs(path, all=all)]
            outside = [*Path(tempfile.gettempdir()).glob("outside*"), *Path.home().rglob("outside*")]
            assert not outside, "a file was written outside"
    assert tried, "nothing could be put there"
    assert bugs == [], "\n".join(bugs)


@pytest.mark.parametrize("table", TABLES)
def test_that_a_row_no_program_of_ours_wrote_gets_a_sentence(project, tmp_path, table):
    _tried(project, tmp_path, table, all=False)


@pytest.mark.long
@pytest.mark.parametrize("table", TABLES)
def test_that_such_a_row_harms_no_export_either(project, tmp_path, table):
    _tried(project, tmp_path, table, all=True)


def test_that_every_table_is_among_those_tried(project):
    assert {table for table, _, _ in _columns(project)} == set(TABLES)


def test_that_each_whole_project_answers_everything(project, tmp_path):
    """Or the tests above would pass because nothing is ever answered."""
    path = tmp_path / "p.kantlijn"
    shutil.copy(project, path)
    desk = open_desk(path, settings=Settings())
    for what in _asked(desk, tmp_path, all=True):
        what()
    desk.close()
    assert (tmp_path / "out.md").read_text("utf-8").count("annotation=a") == 3
