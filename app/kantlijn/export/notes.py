"""Notes in Markdown made into harmless HTML, or into paragraphs of an office file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from kantlijn.export.blocks import Paragraph, Run
from kantlijn.export.harmless import clean, note_as_markdown

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_SCHEMES = ("http://", "https://", "mailto:")
_LONGEST = 200_000
"""Code points of a note that is read as Markdown; a longer one, which nobody typed, is shown to the letter."""
_SIGNS = re.compile(r"[\\`*_\[\]<>&#~|:]|^\s*(?:[-+=]|\d+[.)])|^ {4}|\t|  $", re.MULTILINE)
"""Whatever may mean something in Markdown."""
_DEEPEST = 10_000
"""Quotes and lists inside each other. What is deeper the library leaves out without a word; long before that
Python stops with a RecursionError."""
_SPACED = re.compile(r"(?<=\]\()(?:https?://|mailto:)[^\s()<>\"]+(?: +[^\s()<>\"]+)+(?=\))")
"""An address with spaces in it, which ends the link for CommonMark."""


def noted() -> Callable[[str], Any]:
    """What turns a note's Markdown into harmless HTML, "" for an empty one."""
    from markupsafe import Markup

    convert = _converter()

    @lru_cache(maxsize=1000)  # a note stands under every theme its quote has
    def made(note: str) -> Any:
        if not note.strip():
            return ""
        html = convert(note)
        if html is None:
            return Markup("<p>{}</p>").format(Markup("<br>\n").join(clean(note).split("\n")))
        return Markup(html)

    return made


def paragraphed() -> Callable[[str], tuple[Paragraph, ...]]:
    """What turns a note's Markdown into paragraphs of a file."""
    convert = _converter()

    @lru_cache(maxsize=1000)
    def made(note: str) -> tuple[Paragraph, ...]:
        if not note.strip():
            return ()
        html = convert(note)
        if html is None:
            lines = (line for line in clean(note).split("\n") if line.strip())
            return tuple(Paragraph(kind="note", parts=(Run(line),)) for line in lines)
        reader = _Paragraphs()
        reader.feed(html)
        reader.close()
        return tuple(reader.found)

    return made


def note_in_words(note: str) -> str:
    """A note on one line, without the signs of its Markdown."""
    return " ".join(" ".join(paragraph.text.split()) for paragraph in paragraphed()(note))


def _converter() -> Callable[[str], str | None]:
    """Markdown to HTML by a white list; None for what is better shown to the letter."""
    import nh3
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    markdown.add_render_rule("fence", _fence)
    allowed = {"a": {"href", "title"}, "ol": {"start"}}

    def kept(_tag: str, attribute: str, value: str) -> str | None:
        # addresses without a scheme would lead to somewhere beside the file
        return value if attribute != "href" or value.lower().startswith(_SCHEMES) else None

    def convert(note: str) -> str | None:
        if len(note) > _LONGEST:
            return None
        note = clean(note)
        if not _SIGNS.search(note):  # most notes: a paragraph or two of words
            parts = (part.strip() for part in re.split(r"\n[ \t]*\n\s*", note.strip()))
            return "\n".join(f"<p>{part}</p>" for part in parts)
        try:
            html = markdown.render(_SPACED.sub(_joined, note_as_markdown(note))).strip()
        except RecursionError:  # brackets or quotes nested by the thousand
            return None
        return nh3.clean(
            html, tags=TAGS, attributes=allowed, attribute_filter=kept, clean_content_tags=set(),
            url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer nofollow",
        )  # fmt: skip

    return convert


def _fence(_renderer: Any, tokens: Sequence[Any], place: int, *_: Any) -> str:
    """Code, and what stands behind the signs before it where that is more than the name of a language."""
    said, code = tokens[place].info.strip(), tokens[place].content
    if said and (" " in said or not code):
        code = f"{said}\n{code}"
    return f"<pre><code>{escape(code)}</code></pre>\n"


def _joined(address: re.Match[str]) -> str:
    return address[0].replace(" ", "%20")


class _Paragraphs(HTMLParser):
    """Paragraphs of the HTML that the converter makes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Paragraph] = []
        self._runs: list[Run] = []
        self._look = [Run("")]
        self._lists: list[int] = []
        """Of each open list the number of its next item; 0 for one with bullets."""
        self._mark: tuple[str, int, int] | None = None
        self._cited = 0
        self._code = False
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        look = self._look[-1]
        if tag in ("p", "pre", "li", "ul", "ol", "blockquote", "tr", "hr"):
            self._end()
        if tag in ("td", "th"):
            if self._cells:
                self._runs.append(Run(" | "))
            self._cells += 1
        if tag in _LOOKS:
            self._look.append(replace(look, **_LOOKS[tag]))
        elif tag == "a":
            self._look.append(replace(look, link=_address(said.get("href") or "")))
        elif tag == "ol":
            start = said.get("start") or "1"
            self._lists.append(int(start) if start.isdecimal() and 0 < len(start) < 8 else 1)
        elif tag == "ul":
            self._lists.append(0)
        elif tag == "li" and self._lists:
            number = self._lists[-1]
            self._mark = ("number" if number else "bullet", len(self._lists) - 1, number)
            self._lists[-1] += bool(number)
        elif tag == "blockquote":
            self._cited += 1
        elif tag == "pre":
            self._code = True
        elif tag == "br":
            self._runs.append(Run("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _LOOKS or tag == "a":
            if len(self._look) > 1:
                self._look.pop()
        elif tag in ("p", "pre", "li", "ul", "ol", "blockquote", "tr"):
            self._end()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._cited -= 1
        elif tag == "pre":
            self._code = False
        elif tag == "tr":
            self._cells = 0

    def handle_data(self, data: str) -> None:
        text = data if self._code else re.sub(r"[ \t\n]+", " ", data)
        if not self._code and self._runs and self._runs[-1].text.endswith("\n"):
            text = text.lstrip(" ")
        if text.strip() or self._runs:
            self._runs.append(replace(self._look[-1], text=text))

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        """Make what was gathered a paragraph; an item's second paragraph has no mark of its own."""
        runs, self._runs = tuple(run for run in self._runs if run.text), []
        if not any(run.text.strip() for run in runs):
            return
        kind, level, number = self._mark or ("note", max(0, len(self._lists)), 0)
        self._mark = None
        if self._code:
            kind = "code"
            runs = (Run("".join(run.text for run in runs).strip("\n"), code=True),)
        elif self._cited and kind == "note":
            kind = "cited"
        self.found.append(Paragraph(kind=kind, parts=runs, level=level, number=number))


def _address(href: str) -> str:
    """As files keep addresses: in ASCII without spaces, the rest percent-encoded UTF-8."""
    return quote(re.sub(r"%(?![0-9a-fA-F]{2})", "%25", href), safe="!#$%&'()*+,/:;=?@[]~")


_LOOKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True}, "th": {"bold": True}, "em": {"italic": True}, "del": {"strike": True},
    "code": {"code": True},
}  # fmt: skip
