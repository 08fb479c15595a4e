"""A Word file of paragraphs and tables: built-in styles, contents, footnotes, links."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import count
from typing import Any

from kantlijn.export.blocks import Block, Footnote, Pages, Paragraph, Run, Table
from kantlijn.export.docx_styles import FOOTNOTES_TYPE, NAMESPACES, footnotes_xml, set_up
from kantlijn.export.xml_words import attribute, words

_STYLES = {
    "title": "Title", "made": "Subtitle", "about": "Caption", "text": "Normal", "quote": "Quote",
    "before": "KantlijnBefore", "around": "KantlijnAround", "source": "KantlijnSource", "label": "KantlijnLabel",
    "note": "KantlijnNote",
    "bullet": "ListBullet", "number": "KantlijnNote", "cited": "KantlijnCited", "code": "KantlijnCode",
}  # fmt: skip
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_LISTS = ("ListBullet", "ListBullet2", "ListBullet3")
_APART = '<w:spacing w:before="320"/>'
_SHALLOW = 3
"""Levels of headings that the contents list."""
_ACROSS, _ACROSS_WIDE = 9026, 13958
"""Width between the margins of an A4 page, upright and on its side, in twentieths of a point."""


def pages_to_docx(pages: Pages) -> bytes:
    """The file's bytes. Headings, quotes and lists are Word's own styles, so that another look fits them all."""
    from docx import Document
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    made = Document()
    set_up(made, pages)
    writer = _Writer(made.part, wide=pages.wide)
    inside = "".join(writer.blocks(pages))
    end = made.element.body[-1]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    for child in etree.fromstring(f"<w:body {NAMESPACES}>{inside}</w:body>".encode(), parser):
        rows = child.findall(f"{{{child.nsmap['w']}}}tr")
        for row in rows:  # a long table comes row by row: lxml takes the square of its length to move it whole
            child.remove(row)
        end.addprevious(child)
        child.extend(rows)
    if writer.footnotes:
        uri = PackURI("/word/footnotes.xml")
        part = Part(uri, FOOTNOTES_TYPE, footnotes_xml(writer.footnotes).encode(), made.part.package)
        for name, address in writer.footnote_links.items():
            part.rels.add_relationship(_LINK, address, name, is_external=True)
        made.part.relate_to(part, _NOTES)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class _Writer:
    """Makes the body's XML. footnotes: the XML inside each; footnote_links: addresses by their names there."""

    def __init__(self, part: Any, *, wide: bool) -> None:
        self._part = part
        self._links: dict[str, str] = {}
        self._headings = count(1)
        self._across = _ACROSS_WIDE if wide else _ACROSS
        self._in_footnote = False
        self.footnotes: list[str] = []
        self.footnote_links: dict[str, str] = {}

    def blocks(self, pages: Pages) -> Iterator[str]:
        """Title and the line under it, then the contents, then the rest."""
        head = sum(isinstance(block, Paragraph) and block.kind in ("title", "made") for block in pages.blocks[:2])
        for block in pages.blocks[:head]:
            yield self._block(block)
        if pages.contents:
            yield from _contents(pages)
        for block in pages.blocks[head:]:
            yield self._block(block)

    def _block(self, block: Block) -> str:
        return self._table(block) if isinstance(block, Table) else self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        kind, level = paragraph.kind, paragraph.level
        runs = "".join(map(self._run, paragraph.parts))
        if kind == "heading":
            number = next(self._headings)
            return (
                f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr><w:bookmarkStart w:id="{number}"'
                f' w:name="_Toc{number}"/>{runs}<w:bookmarkEnd w:id="{number}"/></w:p>'
            )
        look = f'<w:pStyle w:val="{_STYLES[kind]}"/>'
        if kind == "bullet":
            look = f'<w:pStyle w:val="{_LISTS[min(level, 2)]}"/><w:spacing w:after="60"/>'
            look += f'<w:ind w:left="{720 + 360 * level}" w:hanging="360"/>'
        elif kind == "number":
            runs = f"<w:r><w:t>{paragraph.number}.</w:t></w:r><w:r><w:tab/></w:r>{runs}"
            start = 720 + 360 * level
            look += f'<w:tabs><w:tab w:val="left" w:pos="{start}"/></w:tabs>'
            look += f'<w:ind w:left="{start}" w:hanging="360"/>'
        elif kind == "note" and level:
            look += f'<w:ind w:left="{360 + 360 * level}"/>'
        elif kind == "quote" and paragraph.bar:
            bar = paragraph.bar.lstrip("#")
            look += f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{bar}"/></w:pBdr>'
        if paragraph.begins:
            look += _APART
        return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"

    def _run(self, part: Run | Footnote) -> str:
        if isinstance(part, Footnote):
            return self._footnote(part)
        look = "".join(
            tag
            for wanted, tag in (
                (part.link, '<w:rStyle w:val="Hyperlink"/>'), (part.code, '<w:rFonts w:ascii="Courier New"'
                 ' w:hAnsi="Courier New" w:cs="Courier New"/>'), (part.bold, "<w:b/>"), (part.italic, "<w:i/>"),
                (part.strike, "<w:strike/>"), (part.ink, f'<w:color w:val="{part.ink.lstrip("#")}"/>'),
                (part.ground, f'<w:shd w:val="clear" w:color="auto" w:fill="{part.ground.lstrip("#")}"/>'),
            )
            if wanted
        )  # fmt: skip
        look = f"<w:rPr>{look}</w:rPr>" if look else ""
        lines = (f'<w:t xml:space="preserve">{words(line)}</w:t>' for line in part.text.split("\n"))
        run = f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r>"
        if not part.link:
            return run
        return f'<w:hyperlink r:id="{self._link(part.link)}" w:history="1">{run}</w:hyperlink>'

    def _link(self, address: str) -> str:
        """The name of this address among the relations of the part that is being written."""
        if self._in_footnote:
            name = f"rIdL{len(self.footnote_links) + 1}"
            self.footnote_links[name] = address
            return name
        if address not in self._links:
            name = self._links[address] = f"rIdL{len(self._links) + 1}"
            self._part.rels.add_relationship(_LINK, address, name, is_external=True)
        return self._links[address]

    def _footnote(self, footnote: Footnote) -> str:
        self._in_footnote = True
        self.footnotes.append("".join(map(self._run, footnote.runs)))
        self._in_footnote = False
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.footnotes)}"/></w:r>'
        )

    def _table(self, table: Table) -> str:
        widths = [self._across * share // 100 for share in table.widths]
        head = "".join(
            self._cell((Paragraph(kind="text", parts=(Run(title, bold=True),)),), width)
            for title, width in zip(table.head, widths, strict=True)
        )
        rows = "".join(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(self._cell(cell, width) for cell, width in zip(row, widths, strict=True))
            + "</w:tr>"
            for row in table.rows
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl><w:p/>"
        )

    def _cell(self, paragraphs: tuple[Paragraph, ...], width: int) -> str:
        inside = "".join(map(self._paragraph, paragraphs)) or "<w:p/>"
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def _contents(pages: Pages) -> Iterator[str]:
    """A field that Word fills with page numbers when it opens the file; until then it lists the headings.

    The names of bookmarks are those that the headings get, in order.
    """
    listed = [
        (number, heading)
        for number, heading in enumerate(
            (one for one in pages.blocks if isinstance(one, Paragraph) and one.kind == "heading"), 1
        )
        if heading.level <= _SHALLOW
    ]
    yield f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>{words(pages.contents)}</w:t></w:r></w:p>'
    begin = _sign("begin") + _instruction(f'TOC \\o "1-{_SHALLOW}" \\h \\z \\u') + _sign("separate")
    for place, (number, heading) in enumerate(listed):
        title = "".join(part.text for part in heading.parts if isinstance(part, Run) and not part.ground).strip()
        page = _sign("begin") + _instruction(f"PAGEREF _Toc{number} \\h") + _sign("separate") + _sign("end")
        yield (
            f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level}"/></w:pPr>{begin if place == 0 else ""}'
            f'<w:hyperlink w:anchor="{attribute(f"_Toc{number}")}" w:history="1"><w:r><w:t xml:space="preserve">'
            f"{words(title)}</w:t></w:r><w:r><w:tab/></w:r>{page}</w:hyperlink>"
            f"{_sign('end') if place == len(listed) - 1 else ''}</w:p>"
        )


def _sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(said: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {said} </w:instrText></w:r>'
