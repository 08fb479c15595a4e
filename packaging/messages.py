"""Gather every sentence the program says, bring the Dutch catalogue up to date, and compile it.

    python packaging/messages.py

New sentences come into kantlijn.po without a translation, sentences nobody says any more go out. Translate,
run it again, commit both files. tests/house fails while a translation is missing.
"""

from __future__ import annotations

import ast
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

REPOSITORY = Path(__file__).resolve().parent.parent
DUTCH = REPOSITORY / "resources" / "kantlijn_resources" / "locale" / "nl" / "LC_MESSAGES"
KEYWORDS = {"say": 1, "say_many": 2}
"""How many sentences each of them takes."""


HEADERS = [
    ("Project-Id-Version", "Kantlijn"), ("Language", "nl"), ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]  # fmt: skip


class Dutch(Catalog):
    """A catalogue whose header has no dates and no names: the same sentences make the same bytes."""

    def __init__(self) -> None:
        super().__init__(locale="nl", fuzzy=False)
        self.header_comment = "# Dutch sentences: gathered by packaging/messages.py, translated by hand."

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return HEADERS


def said() -> list[str | tuple[str, str]]:
    """Every sentence in say() and say_many() of the program; one and many for the latter."""
    found: set[str | tuple[str, str]] = set()
    for path in (REPOSITORY / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):  # sees into f-strings, where Babel does not
            if isinstance(node, ast.Call) and (count := KEYWORDS.get(getattr(node.func, "id", ""))):
                words = [str(one.value) for one in node.args[:count] if isinstance(one, ast.Constant)]
                if len(words) == count:
                    found.add((words[0], words[1]) if count == 2 else words[0])
    return sorted(found, key=str)


def catalogue() -> Dutch:
    """What is said now, with the translations that kantlijn.po has."""
    known = Catalog(locale="nl")
    if (DUTCH / "kantlijn.po").exists():
        with (DUTCH / "kantlijn.po").open("rb") as stream:
            known = read_po(stream, locale="nl")
    made = Dutch()
    for sentence in said():
        message = known.get(sentence if isinstance(sentence, str) else sentence[0])
        made.add(sentence, message.string if message and message.id == sentence else "")
    return made


def as_po(catalog: Catalog) -> bytes:
    written = BytesIO()
    write_po(written, catalog, width=110, sort_output=True)
    return written.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    written = BytesIO()
    write_mo(written, catalog)
    return written.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Sentences, or one of their plural forms, without a translation."""
    return [
        str(message.id) for message in catalog
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]


def main() -> int:
    """Write kantlijn.po and kantlijn.mo; 1 while a translation is missing."""
    catalog = catalogue()
    DUTCH.mkdir(parents=True, exist_ok=True)
    (DUTCH / "kantlijn.po").write_bytes(as_po(catalog))
    (DUTCH / "kantlijn.mo").write_bytes(as_mo(catalog))
    print(f"{len(catalog)} sentences, {len(missing(catalog))} without a translation")
    return 1 if missing(catalog) else 0


if __name__ == "__main__":
    sys.exit(main())
