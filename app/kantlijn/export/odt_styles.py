"""Styles, page and particulars of an OpenDocument text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from kantlijn.export.blocks import Pages, Run
from kantlijn.export.harmless import one_line
from kantlijn.export.xml_words import words

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    [
        *(
            f'xmlns:{name}="{_OASIS}{rest}:1.0"'
            for name, rest in (
                ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("meta", "meta"),
                ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
            )
        ),
        'xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)  # fmt: skip
OPEN_DOCUMENT = re.compile(r'office:version="[\d.]+"')
_GREY = "#57606a"
_LANGUAGES = {"nl": ("nl", "NL"), "en": ("en", "GB")}
_SHARES = range(1, 101)
_APART = ' fo:margin-top="0.6cm"'
_SANS = 'style:font-name="Liberation Sans"'


def _style(name: str, parent: str, paragraph: str = "", text: str = "") -> str:
    shown = name.replace("_20_", " ")
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"'
        f' style:parent-style-name="{parent}" style:class="text"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def _heading(level: int) -> str:
    size = {1: "15pt", 2: "12.5pt"}.get(level, "11pt")
    return _style(
        f"Heading_20_{level}", "Heading",
        f'fo:margin-top="{0.9 if level == 1 else 0.7}cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
        f'fo:font-size="{size}" fo:font-weight="bold" fo:font-style="normal"',
    ).replace("style:class", f'style:default-outline-level="{level}" style:class')  # fmt: skip


_STYLES = "".join((
    _style("Title", "Heading", 'fo:margin-bottom="0.15cm"', 'fo:font-size="20pt" fo:font-weight="bold"'),
    _style("Subtitle", "Heading", 'fo:margin-top="0cm" fo:margin-bottom="0.6cm"',
           f'fo:font-size="9.5pt" fo:color="{_GREY}"'),
    _style("Quotations", "Standard", 'fo:margin-left="0.6cm" fo:margin-top="0.1cm" fo:margin-bottom="0.15cm"'
           ' fo:keep-with-next="always"', 'fo:font-size="11.5pt"'),
    _style("Footnote", "Standard", "", 'fo:font-size="9pt"'),
    _style("Kantlijn_20_About", "Standard", 'fo:margin-bottom="0.2cm"', f'fo:font-size="9pt" fo:color="{_GREY}"'),
    _style("Kantlijn_20_Foot", "Kantlijn_20_About", 'fo:text-align="center"', 'fo:font-size="8pt"'),
    _style("Kantlijn_20_Source", "Standard", 'fo:margin-left="0.6cm" fo:margin-bottom="0.1cm"',
           f'fo:font-size="8.5pt" fo:color="{_GREY}"'),
    _style("Kantlijn_20_Context", "Standard", 'fo:margin-left="0.6cm" fo:margin-bottom="0.1cm"',
           f'fo:font-size="10pt" fo:color="{_GREY}"'),
    _style("Kantlijn_20_Before", "Kantlijn_20_Context", 'fo:keep-with-next="always"'),
    _style("Kantlijn_20_Before_20_apart", "Kantlijn_20_Before", _APART),
    _style("Kantlijn_20_Label", "Standard", 'fo:margin-top="0.35cm" fo:margin-bottom="0.1cm"'
           ' fo:keep-with-next="always"', f'fo:font-size="9.5pt" fo:color="{_GREY}"'),
    _style("Kantlijn_20_Label_20_apart", "Kantlijn_20_Label", _APART),
    _style("Kantlijn_20_Note", "Standard", 'fo:margin-left="0.6cm" fo:margin-top="0.1cm" fo:margin-bottom="0.1cm"',
           f'fo:font-size="10pt" {_SANS}'),
    _style("Kantlijn_20_Cited", "Kantlijn_20_Note", 'fo:margin-left="1.2cm"', 'fo:font-style="italic"'),
    _style("Kantlijn_20_Code", "Kantlijn_20_Note", "", 'fo:font-family="Liberation Mono" fo:font-size="9.5pt"'),
    _style("Kantlijn_20_Item", "Standard", 'fo:margin-bottom="0.05cm"', f'fo:font-size="10pt" {_SANS}'),
    *(_heading(level) for level in range(1, 10)),
))  # fmt: skip


def _list(name: str, level: str) -> str:
    shown = name.replace("_20_", " ")
    levels = "".join(
        level.format(
            n=n,
            room="<style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\">"
            '<style:list-level-label-alignment text:label-followed-by="listtab"'
            f' fo:text-indent="-0.6cm" fo:margin-left="{0.6 + 0.6 * n:.1f}cm"/></style:list-level-properties>',
        )
        for n in range(1, 11)
    )
    return f'<text:list-style style:name="{name}" style:display-name="{shown}">{levels}</text:list-style>'


_LISTS = "".join((
    _list("Kantlijn_20_Bullets",
          '<text:list-level-style-bullet text:level="{n}" text:bullet-char="•">{room}'
          "</text:list-level-style-bullet>"),
    _list("Kantlijn_20_Numbers",
          '<text:list-level-style-number text:level="{n}" style:num-format="1" style:num-suffix=".">{room}'
          "</text:list-level-style-number>"),
    _list("Kantlijn_20_Plain",
          '<text:list-level-style-number text:level="{n}" style:num-format="">{room}'
          "</text:list-level-style-number>"),
))  # fmt: skip


def dressed(styles: bytes, pages: Pages) -> bytes:
    """The styles of the empty document with ours, the page as it should lie, and a page number at its foot."""
    made = styles.decode()
    # a line above footnotes
    made = made.replace('style:line-style="none" style:adj', 'style:line-style="solid" style:adj')
    headings = (f"Heading_20_{level}" for level in range(1, 10))
    for name in ("Title", "Subtitle", "Quotations", "Footnote", *headings):
        made = re.sub(rf'<style:style style:name="{name}".*?</style:style>', "", made, flags=re.DOTALL)
    language, country = _LANGUAGES.get(pages.language, _LANGUAGES["en"])
    made = re.sub(r'fo:language="\w*"', f'fo:language="{language}"', made)
    made = re.sub(r'fo:country="\w*"', f'fo:country="{country}"', made)
    outline = re.compile(r"<text:outline-level-style .*?</text:outline-level-style>", re.DOTALL)
    made = outline.sub(lambda found: _unnumbered(found[0]), made)
    if pages.wide:
        made = made.replace('fo:page-width="20.999cm" fo:page-height="29.699cm"',
                            'fo:page-width="29.699cm" fo:page-height="20.999cm"')  # fmt: skip
        made = made.replace('style:print-orientation="portrait"', 'style:print-orientation="landscape"')
    made = made.replace(
        "<style:footer-style/>",
        '<style:footer-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.4cm"/>'
        "</style:footer-style>",
    )
    foot = (
        '<style:footer><text:p text:style-name="Kantlijn_20_Foot"><text:page-number text:select-page="current"/>'
        " / <text:page-count/></text:p></style:footer>"
    )
    made = re.sub(r"(<style:master-page [^>]*?)/>", rf"\1>{foot}</style:master-page>", made, count=1)
    return made.replace("</office:styles>", f"{_STYLES}{_LISTS}</office:styles>").encode()


def _unnumbered(level: str) -> str:
    """A level of the outline without a number before its headings."""
    numbers = r'(style:num-format|style:num-prefix|style:num-suffix|loext:num-list-format)="[^"]*"'
    return re.sub(numbers, r'\1=""', level)


def told(pages: Pages, version: str) -> bytes:
    """What the file says of itself."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta {NAMESPACES} {version}>'
        f"<office:meta><meta:generator>Kantlijn</meta:generator><dc:title>{words(one_line(pages.title)[:250])}"
        f"</dc:title><dc:language>{words(pages.language)}</dc:language><meta:creation-date>{at}</meta:creation-date>"
        f"<dc:date>{at}</dc:date></office:meta></office:document-meta>"
    ).encode()


def looks_xml(bars: Mapping[tuple[str, bool], str], looks: Mapping[Run, str]) -> str:
    """The styles that only this document needs: colours beside quotes, looks of words, tables."""
    quotes = "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Quotations">'
        f'<style:paragraph-properties fo:border-left="2pt solid {bar}" fo:padding-left="0.25cm"'
        f' fo:border-top="none" fo:border-right="none" fo:border-bottom="none"{_APART if begins else ""}/>'
        "</style:style>"
        for (bar, begins), name in bars.items()
    )
    runs = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {_look(look)}/>'
        "</style:style>"
        for look, name in looks.items()
    )
    columns = "".join(
        f'<style:style style:name="C{share}" style:family="table-column"><style:table-column-properties'
        f' style:rel-column-width="{share * 655}*"/></style:style>'
        for share in _SHARES
    )
    return (
        f'{quotes}{runs}{columns}<style:style style:name="Grid" style:family="table"><style:table-properties'
        ' style:rel-width="100%" table:align="margins"/></style:style><style:style style:name="Cell"'
        ' style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm"'
        ' fo:border="0.5pt solid #aab0b6"/></style:style>'
    )


def _look(run: Run) -> str:
    said = (
        (run.bold, 'fo:font-weight="bold"'), (run.italic, 'fo:font-style="italic"'),
        (run.strike, 'style:text-line-through-style="solid"'), (run.code, 'fo:font-family="Liberation Mono"'),
        (run.ground, f'fo:background-color="{run.ground}"'), (run.ink, f'fo:color="{run.ink}"'),
    )  # fmt: skip
    return " ".join(look for wanted, look in said if wanted)
