"""Styles, page and footnotes of a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from kantlijn.export.blocks import Pages
from kantlijn.export.harmless import one_line

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_GREY = "57606A"


def _style(name: str, title: str, based: str, paragraph: str = "", run: str = "", kind: str = "paragraph") -> str:
    custom = ' w:customStyle="1"' if name.startswith("Kantlijn") else ""
    return (
        f'<w:style {NAMESPACES} w:type="{kind}"{custom} w:styleId="{name}"><w:name w:val="{title}"/>'
        f'<w:basedOn w:val="{based}"/><w:uiPriority w:val="99"/><w:qFormat/>'
        f"{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
    )


def _contents(level: int) -> str:
    return _style(
        f"TOC{level}", f"toc {level}", "Normal",
        '<w:tabs><w:tab w:val="right" w:pos="9016"/></w:tabs><w:spacing w:after="40"/>'
        f'<w:ind w:left="{240 * (level - 1)}"/>',
    )  # fmt: skip


def _small(size: int) -> str:
    return f'<w:color w:val="{_GREY}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


_STYLES = (
    *map(_contents, (1, 2, 3)),
    _style("Hyperlink", "Hyperlink", "DefaultParagraphFont", run='<w:color w:val="1D4ED8"/>', kind="character"),
    _style("FootnoteText", "footnote text", "Normal", '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>',
           '<w:sz w:val="18"/><w:szCs w:val="18"/>'),
    _style("FootnoteReference", "footnote reference", "DefaultParagraphFont",
           run='<w:vertAlign w:val="superscript"/>', kind="character"),
    _style("KantlijnSource", "Kantlijn Source", "Normal",
           '<w:spacing w:after="40"/><w:ind w:left="360"/>', _small(17)),
    _style("KantlijnAround", "Kantlijn Context", "Normal",
           '<w:spacing w:after="60"/><w:ind w:left="360"/>', _small(20)),
    _style("KantlijnBefore", "Kantlijn Context before", "KantlijnAround", "<w:keepNext/>"),
    _style("KantlijnLabel", "Kantlijn Label", "Normal",
           '<w:keepNext/><w:spacing w:before="160" w:after="60"/>', _small(19)),
    _style("KantlijnNote", "Kantlijn Note", "Normal",
           '<w:spacing w:before="60" w:after="60" w:line="252" w:lineRule="auto"/><w:ind w:left="360"/>',
           '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="20"/><w:szCs w:val="20"/>'),
    _style("KantlijnCited", "Kantlijn Cited", "KantlijnNote", '<w:ind w:left="720"/>', "<w:i/>"),
    _style("KantlijnCode", "Kantlijn Code", "KantlijnNote", "",
           '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:sz w:val="18"/>'),
)  # fmt: skip


def set_up(made: Any, pages: Pages) -> None:
    """The page (A4), the styles that the template lacks, who and what, and a page number at the foot."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml import parse_xml
    from docx.shared import Mm

    section = made.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if pages.wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if pages.wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(25.4)
    for style in _STYLES:
        made.styles.element.append(parse_xml(style))
    quote = made.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, None
    quote.paragraph_format.left_indent, quote.paragraph_format.space_after = Mm(6), Mm(1.5)
    made.styles["Quote"].paragraph_format.keep_with_next = True
    language = _LANGUAGES.get(pages.language, "en-GB")
    made.styles.element.xpath("w:docDefaults//w:lang")[0].set(_named("w:val"), language)
    about = made.core_properties
    about.title, about.author, about.comments = one_line(pages.title)[:250], "", ""
    about.created = about.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    foot = section.footer.paragraphs[0]
    foot.alignment = 1
    small = f"<w:rPr>{_small(16)}</w:rPr>"
    for field in (" PAGE ", " / ", " NUMPAGES "):
        run = f'<w:r{{}}>{small}<w:t xml:space="preserve">{"1" if field.strip().isalpha() else field}</w:t></w:r>'
        if field.strip().isalpha():
            made_of = f'<w:fldSimple {NAMESPACES} w:instr="{field}">{run.format("")}</w:fldSimple>'
        else:
            made_of = run.format(f" {NAMESPACES}")
        foot._p.append(parse_xml(made_of))
    if pages.contents:  # has Word ask whether it may fill in the contents' page numbers
        made.settings.element.append(parse_xml(f'<w:updateFields {NAMESPACES} w:val="true"/>'))


_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


def _named(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def footnotes_xml(inside: Sequence[str]) -> str:
    """The part that holds the footnotes: the two lines that Word draws above them, then each, from number 1."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:{kind}/>'
        "</w:r></w:p></w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
        '<w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{words}</w:p></w:footnote>'
        for number, words in enumerate(inside, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}\n<w:footnotes {NAMESPACES}>{lines}{notes}</w:footnotes>"
