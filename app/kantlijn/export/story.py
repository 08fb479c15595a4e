"""Paragraphs and tables as simple HTML: for the engine that makes a PDF of it, and for the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kantlijn.export.blocks import Block, Footnote, Pages, Paragraph, Run, Table
from kantlijn.text.long_words import LONG, breakable

_STYLE = """
body { font-family: serif; font-size: 10pt; line-height: 1.4; color: #1f2328; }
h1, h2, h3, h4, h5, h6, .source, .made, .about, .label, .note, th { font-family: sans-serif; }
h1 { font-size: 18pt; margin: 0 0 4pt 0; } h2 { font-size: 14pt; margin: 18pt 0 6pt 0; }
h3 { font-size: 12pt; margin: 14pt 0 5pt 0; } h4, h5, h6 { font-size: 10.5pt; margin: 12pt 0 4pt 0; }
p { margin: 0 0 4pt 0; } .made, .about { font-size: 9pt; color: #57606a; }
.quote { margin: 2pt 0 4pt 10pt; font-size: 11pt; } .more { margin-top: 0pt; }
.around, .before { margin: 2pt 0 3pt 10pt; color: #57606a; font-size: 9pt; }
.source { font-size: 8pt; color: #57606a; margin: 0 0 2pt 10pt; }
.label { font-size: 9pt; color: #57606a; margin-top: 8pt; }
pre { white-space: pre-wrap; }
.note, .cited, .code { font-size: 9pt; margin: 2pt 0 3pt 10pt; } .cited { margin-left: 22pt; color: #57606a; }
a:link { color: #1d4ed8; text-decoration: none; } .foot { font-size: 8pt; margin-bottom: 2pt; }
.apart { margin-top: 16pt; } .mark { font-size: 7pt; line-height: 1; }
.contents { font-family: sans-serif; font-size: 14pt; font-weight: bold; margin: 26pt 0 8pt 0; }
.list td { border: none; font-family: sans-serif; font-size: 10pt; padding: 2pt 0; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 0.5pt solid #aab0b6; padding: 3pt; font-size: 8pt; text-align: left; }
td .quote { margin-left: 0; font-size: 9pt; } td .source { margin-left: 0; font-size: 7pt; }
td .note { margin-left: 0; font-size: 8pt; }
"""


def pages_to_story(pages: Pages, *, whole: bool = True, printed: bool = False) -> str:
    """HTML without anything to load. whole: with its head and looks, else only what stands in the body.

    Footnotes stand at the end, numbered. printed: for pages, with a paragraph where contents are wanted.
    """
    writer = _Writer(printed)
    made = list(writer.blocks(pages.blocks))
    if printed and pages.contents:
        top = sum(isinstance(block, Paragraph) and block.kind in ("title", "made") for block in pages.blocks[:2])
        made.insert(top, f'<p class="contents">{escape(pages.contents)}</p>')
    body = "\n".join(made)
    if writer.footnotes:
        notes = "\n".join(
            f'<p class="foot"><sup>{number}</sup> {note}</p>' for number, note in enumerate(writer.footnotes, 1)
        )
        body = f"{body}\n<hr>\n{notes}"
    if not whole:
        return body
    # not as lang: the engine would hyphenate, and draw word by word
    language = f'<meta name="language" content="{escape(pages.language)}">'
    head = f"{language}<title>{escape(pages.title)}</title><style>{_STYLE}</style>"
    return f"<html><head>{head}</head><body>\n{body}\n</body></html>"


class _Writer:
    def __init__(self, printed: bool) -> None:
        self._printed = printed
        self.footnotes: list[str] = []
        self._quoting = False

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield self._table(block) if isinstance(block, Table) else self._paragraph(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        inside = "".join(map(self._part, paragraph.parts))
        kind, level = paragraph.kind, paragraph.level
        goes_on, self._quoting = self._quoting and kind == "quote", kind == "quote"
        if kind == "title":
            return f"<h1>{inside}</h1>"
        if kind == "heading":
            tag = f"h{min(level + 1, 6)}"
            name = "".join(part.text for part in paragraph.parts if isinstance(part, Run) and not part.ground)
            return f'<{tag} id="{escape(name.strip())}">{inside}</{tag}>'
        if kind == "quote":
            more = " more" if goes_on else " apart" if paragraph.begins else ""
            look = f"border-left: 2pt solid {paragraph.bar}; padding-left: 6pt"
            return f'<blockquote class="quote{more}" style="{look}">{inside}</blockquote>'
        if kind in ("bullet", "number"):
            mark = f"{paragraph.number}." if kind == "number" else "•"
            return f'<p class="note" style="margin-left: {22 + 12 * level}pt">{mark} {inside}</p>'
        if kind == "code":
            return f'<pre class="code">{inside}</pre>'
        if kind == "note" and level:
            return f'<p class="note" style="margin-left: {10 + 12 * level}pt">{inside}</p>'
        return f'<p class="{kind}{" apart" if paragraph.begins else ""}">{inside}</p>'

    def _part(self, part: Run | Footnote) -> str:
        if isinstance(part, Footnote):
            self.footnotes.append("".join(map(self._part, part.runs)))
            return f'<sup class="mark">{len(self.footnotes)}</sup>'
        text = breakable(part.text) if self._printed else part.text
        if self._printed and part.link and len(text) <= LONG:
            text = text.replace(" ", "\u00a0")  # on one line, and told of by the engine as one, not word by word
        made = escape(text)
        if not part.code:
            made = made.replace("\n", "<br>")
        for wanted, tag in ((part.bold, "b"), (part.italic, "i"), (part.strike, "s"), (part.code, "code")):
            if wanted and made:
                made = f"<{tag}>{made}</{tag}>"
        if part.ground:
            made = f'<span style="background-color: {part.ground}; color: {part.ink}">{made}</span>'
        if part.link:
            made = f'<a href="{escape(part.link)}">{made}</a>'
        return made

    def _table(self, table: Table) -> str:
        named = ("head", *(f"head{place}" for place in range(len(table.head)))) if self._printed else ()
        ids = [f' id="{name}"' for name in named] or [""] * (len(table.head) + 1)  # which pages know it by
        head = "".join(
            f'<th{id} width="{width}%">{escape(title)}</th>'
            for id, title, width in zip(ids[1:], table.head, table.widths, strict=True)
        )
        rows = (
            "<tr>" + "".join(f"<td>{''.join(map(self._paragraph, cell))}</td>" for cell in row) + "</tr>"
            for row in table.rows
        )
        return f"<table><tr{ids[0]}>{head}</tr>\n" + "\n".join(rows) + "\n</table>"
