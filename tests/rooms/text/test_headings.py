"""Headings derived where a document has no outline."""

from __future__ import annotations

import pymupdf

from kantlijn.model.document import Content
from kantlijn.settings import Settings
from kantlijn.text.headings import headings
from kantlijn.usecases.desk import new_desk
from kantlijn.usecases.shelf.add_documents import add_documents
from kantlijn.usecases.shelf.outline import outline


def plain(text: str, mime: str = "text/plain") -> list[tuple[int, str]]:
    found = headings(Content(extractor="text/1", mime=mime, text=text))
    assert all(text[one.range[0] : one.range[1]] == one.title for one in found)
    return [(one.level, one.title) for one in found]


def test_that_markdown_headings_are_found_and_code_is_not() -> None:
    text = "# Verslag\n\ntekst\n\n## Preventie ##\n\n```\n# geen kop\n```\n\n### Scholen\n"
    assert plain(text, "text/markdown") == [(1, "Verslag"), (2, "Preventie"), (3, "Scholen")]


def test_that_numbered_and_loud_lines_that_stand_alone_are_headings() -> None:
    text = "VERSLAG VAN TOEZICHT\n\n1 Inleiding\n\nEen zin.\n\n1.1 Aanleiding\n\nEn 2.\n\n2. Hulp\n\nEinde."
    assert plain(text) == [(1, "VERSLAG VAN TOEZICHT"), (1, "1 Inleiding"), (2, "1.1 Aanleiding"), (1, "2. Hulp")]


def test_that_sentences_and_lists_are_no_headings() -> None:
    assert plain("Een gewone zin.\n\n1. eerste punt;\n2. tweede punt.\n\nEinde.") == []


def test_that_larger_letters_on_pages_are_headings_and_sections_end_where_the_next_begins(tmp_path) -> None:
    document = pymupdf.open()
    for chapter in (1, 2):
        page = document.new_page()
        page.insert_text((72, 90), f"{chapter} Hoofdstuk over preventie", fontsize=18)
        page.insert_text((72, 130), f"{chapter}.1 Op school", fontsize=14)
        for line in range(12):
            page.insert_text((72, 160 + 16 * line), "Een regel gewone tekst over hulp en toezicht in de regio.")
    document.save(tmp_path / "rapport.pdf")
    desk = new_desk(tmp_path / "p.kantlijn", settings=Settings())
    try:
        version = add_documents(desk, [tmp_path / "rapport.pdf"]).added[0].version
        found = outline(desk, version)
    finally:
        desk.close()
    assert found.derived
    assert [(row.level, row.title, row.label) for row in found.rows] == [
        (1, "1 Hoofdstuk over preventie", "1"), (2, "1.1 Op school", "1"),
        (1, "2 Hoofdstuk over preventie", "2"), (2, "2.1 Op school", "2"),
    ]  # fmt: skip
    assert found.rows[0].range[1] == found.rows[2].range[0] == found.rows[1].range[1]
