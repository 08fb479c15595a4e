"""An OpenDocument text of paragraphs and tables: its own styles, contents, footnotes, links.

odfdo gives the empty document and packs it; what stands in it is written here, since thousands of paragraphs one
by one would take it minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kantlijn.export.blocks import Block, Footnote, Pages, Paragraph, Run, Table
from kantlijn.export.odt_styles import NAMESPACES, OPEN_DOCUMENT, dressed, looks_xml, told
from kantlijn.export.xml_words import attribute, words

_STYLES = {
    "title": "Title", "made": "Subtitle", "about": "Kantlijn_20_About", "text": "Text_20_body",
    "before": "Kantlijn_20_Before", "around": "Kantlijn_20_Context", "source": "Kantlijn_20_Source",
    "label": "Kantlijn_20_Label",
    "note": "Kantlijn_20_Note", "cited": "Kantlijn_20_Cited", "code": "Kantlijn_20_Code",
}  # fmt: skip
_DEEPEST = 9
_SHALLOW = 3
"""Levels of headings that the contents list."""


def pages_to_odt(pages: Pages) -> bytes:
    """The file's bytes. Headings, quotations and lists have styles of the document, for another look of all."""
    from odfdo import Document

    writer = _Writer()
    inside = "".join(writer.blocks(pages))
    box: Any = Document("text").container
    box.set_part("styles.xml", dressed(box.get_part("styles.xml"), pages))
    found = OPEN_DOCUMENT.search(box.get_part("content.xml").decode())
    version = found[0] if found else ""  # all parts must say the same
    box.set_part("meta.xml", told(pages, version))
    box.set_part(
        "content.xml",
        (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES} {version}>'
            f"<office:automatic-styles>{looks_xml(writer.bars, writer.looks)}</office:automatic-styles>"
            f"<office:body><office:text>{inside}</office:text></office:body></office:document-content>"
        ).encode(),
    )
    out = io.BytesIO()
    box.save(out)
    return out.getvalue()


class _Writer:
    """Makes the body's XML.

    bars: colours beside quotes, and whether they stand apart; looks: of runs; both with the styles' names.
    """

    def __init__(self) -> None:
        self.bars: dict[tuple[str, bool], str] = {}
        self.looks: dict[Run, str] = {}
        self._headings = 0
        self._footnotes = 0
        self._tables = 0

    def blocks(self, pages: Pages) -> Iterator[str]:
        """Title and the line under it, then the contents, then the rest."""
        head = sum(isinstance(block, Paragraph) and block.kind in ("title", "made") for block in pages.blocks[:2])
        for block in pages.blocks[:head]:
            yield self._block(block)
        if pages.contents:
            yield _contents(pages)
        for block in pages.blocks[head:]:
            yield self._block(block)

    def _block(self, block: Block) -> str:
        return self._table(block) if isinstance(block, Table) else self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        kind, level = paragraph.kind, paragraph.level
        inside = "".join(map(self._part, paragraph.parts))
        if kind == "heading":
            self._headings += 1
            name = f'text:name="h{self._headings}"'
            mark = f"<text:bookmark-start {name}/>{inside}<text:bookmark-end {name}/>"
            deep = min(level, _DEEPEST)
            return f'<text:h text:style-name="Heading_20_{deep}" text:outline-level="{deep}">{mark}</text:h>'
        if kind in ("bullet", "number"):
            return _item(inside, level, paragraph.number if kind == "number" else 0)
        style = self._quote(paragraph.bar, paragraph.begins) if kind == "quote" else _STYLES[kind]
        if paragraph.begins and kind != "quote":
            style += "_20_apart"
        if kind == "note" and level:
            return _item(inside, level - 1, -1)
        return f'<text:p text:style-name="{style}">{inside}</text:p>'

    def _quote(self, bar: str, begins: bool) -> str:
        return self.bars.setdefault((bar, begins), f"Q{len(self.bars) + 1}") if bar else "Quotations"

    def _part(self, part: Run | Footnote) -> str:
        return self._footnote(part) if isinstance(part, Footnote) else self._run(part)

    def _run(self, run: Run) -> str:
        inside = "<text:line-break/>".join(_spaced(line) for line in run.text.split("\n"))
        bare = Run("", run.bold, run.italic, run.strike, run.code, "", run.ground, run.ink)
        if bare != Run(""):
            name = self.looks.setdefault(bare, f"T{len(self.looks) + 1}")
            inside = f'<text:span text:style-name="{name}">{inside}</text:span>'
        if run.link:
            inside = f'<text:a xlink:type="simple" xlink:href="{attribute(run.link)}">{inside}</text:a>'
        return inside

    def _footnote(self, footnote: Footnote) -> str:
        self._footnotes += 1
        number = self._footnotes
        inside = "".join(map(self._run, footnote.runs))
        return (
            f'<text:note text:id="ftn{number}" text:note-class="footnote"><text:note-citation>{number}'
            f'</text:note-citation><text:note-body><text:p text:style-name="Footnote">\u00a0{inside}</text:p>'
            "</text:note-body></text:note>"
        )

    def _table(self, table: Table) -> str:
        self._tables += 1
        columns = "".join(f'<table:table-column table:style-name="C{width}"/>' for width in table.widths)
        head = "".join(
            self._cell((Paragraph(kind="text", parts=(Run(title, bold=True),)),)) for title in table.head
        )
        rows = "".join(
            f"<table:table-row>{''.join(map(self._cell, row))}</table:table-row>" for row in table.rows
        )
        return (
            f'<table:table table:name="T{self._tables}" table:style-name="Grid">{columns}<table:table-header-rows>'
            f"<table:table-row>{head}</table:table-row></table:table-header-rows>{rows}</table:table>"
        )

    def _cell(self, paragraphs: tuple[Paragraph, ...]) -> str:
        inside = "".join(map(self._paragraph, paragraphs)) or "<text:p/>"
        return f'<table:table-cell table:style-name="Cell" office:value-type="string">{inside}</table:table-cell>'


def _item(inside: str, level: int, number: int) -> str:
    """A list of one item, in as many lists as it is deep; number 0 has a bullet, -1 nothing before it."""
    style = {0: "Kantlijn_20_Bullets", -1: "Kantlijn_20_Plain"}.get(number, "Kantlijn_20_Numbers")
    first = f' text:start-value="{number}"' if number > 0 else ""
    opened = "<text:list-item>".join(
        [f'<text:list text:style-name="{style}">', *["<text:list>"] * level]
    )
    item = f'<text:list-item{first}><text:p text:style-name="Kantlijn_20_Item">{inside}</text:p></text:list-item>'
    return f"{opened}{item}{'</text:list></text:list-item>' * level}</text:list>"


def _spaced(line: str) -> str:
    """Words with their spaces: more than one in a row would become one, and tabs too."""
    made = words(line).replace("\t", "<text:tab/>")
    return made.replace("  ", ' <text:s text:c="1"/>') if "  " in made else made


def _contents(pages: Pages) -> str:
    """The headings with references to their pages, which programs work out when they open the file."""
    headings = [one for one in pages.blocks if isinstance(one, Paragraph) and one.kind == "heading"]
    rows = []
    for number, heading in enumerate(headings, 1):
        if heading.level <= _SHALLOW:
            title = "".join(part.text for part in heading.parts if isinstance(part, Run) and not part.ground)
            rows.append(
                f'<text:p text:style-name="Contents_20_{heading.level}"><text:a xlink:type="simple"'
                f' xlink:href="#h{number}">{_spaced(title.strip())}</text:a><text:tab/>'
                f'<text:bookmark-ref text:reference-format="page" text:ref-name="h{number}"/></text:p>'
            )
    name = words(pages.contents)
    templates = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{level}"'
        f' text:style-name="Contents_20_{level}"><text:index-entry-link-start/><text:index-entry-text/>'
        '<text:index-entry-link-end/><text:index-entry-tab-stop style:type="right" style:leader-char="."/>'
        "<text:index-entry-page-number/></text:table-of-content-entry-template>"
        for level in range(1, _SHALLOW + 1)
    )
    return (
        f'<text:table-of-content text:name="{attribute(pages.contents)}"><text:table-of-content-source'
        f' text:outline-level="{_SHALLOW}"><text:index-title-template text:style-name="Contents_20_Heading">{name}'
        f"</text:index-title-template>{templates}</text:table-of-content-source><text:index-body>"
        f'<text:index-title text:name="{attribute(pages.contents)} 1"><text:p'
        f' text:style-name="Contents_20_Heading">{name}</text:p></text:index-title>{"".join(rows)}'
        "</text:index-body></text:table-of-content>"
    )
