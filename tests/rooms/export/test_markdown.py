"""A Markdown summary shows words to the letter, and nothing in it can leave its place."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.export.harmless import clean, note_as_markdown, one_line
from kantlijn.export.templated import by_template
from kantlijn.model.summary import Group, Summary
from rooms.export.a_summary import HOSTILE, SCHOOLS, entry, one, ordinary, summary

SIGNS = st.lists(
    st.sampled_from([*"\\`*_{}[]()<>#+-.!|~$^&;:=%/\"' \n\t019abx", "javascript:", "&lt;", "](", "<b>", "](https://"])
    | st.characters(),
    max_size=60,
).map("".join)


def to_markdown(made: Summary) -> str:
    return by_template(made, "markdown")


class Seen(HTMLParser):
    """What a reader of the rendered file sees: text by the element it stands in, and every element's tag."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str] = []
        self.quotes: list[str] = []
        self.headings: list[str] = []
        self._inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self._inside.append(tag)
        if tag == "blockquote":
            self.quotes.append("")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "blockquote" in self._inside:
            self.quotes[-1] += data
        elif any(re.fullmatch(r"h[1-6]", tag) for tag in self._inside):
            self.headings[-1] += data


def rendered(text: str) -> Seen:
    extensions = ["tables", "fenced_code", "footnotes", "attr_list", "def_list"]
    return Seen(markdown.markdown(text, extensions=extensions))


@pytest.mark.parametrize("words", HOSTILE)
def test_that_a_quote_is_shown_to_the_letter(words: str) -> None:
    seen = rendered(to_markdown(one(words)))
    assert " ".join(seen.quotes[0].split()) == one_line(words)
    assert seen.headings == ["Oversight", "Prevention"]
    assert {link.split(":")[0] for link in seen.links} == {"kantlijn"}


@given(SIGNS)
def test_that_any_quote_is_shown_to_the_letter(words: str) -> None:
    seen = rendered(to_markdown(one(words)))
    assert " ".join("".join(seen.quotes).split()) == one_line(words)
    assert seen.headings == ["Oversight", "Prevention"]
    assert {link.split(":")[0] for link in seen.links} == {"kantlijn"}


@pytest.mark.parametrize("words", HOSTILE)
def test_that_titles_names_and_identifiers_stay_text(words: str) -> None:
    theme = replace(SCHOOLS, name=words, letter=words[:1], colour="red;} body {")
    hostile = entry(
        "Quote.", themes=(theme,), author=words, annotation=words, before=words, after=words, created=words,
        source={"title": words, "identifier": words, "date": words, "page": words, "file": words, "number": 2},
    )  # fmt: skip
    made = summary(Group(title=words, theme=theme, about=words, entries=(hostile,)), title=words, project=words)
    seen = rendered(to_markdown(made))
    assert [" ".join(heading.split()) for heading in seen.headings] == [one_line(words)] * 2
    assert len(seen.links) == 1
    assert seen.links[0].startswith("kantlijn://open/")
    assert set(seen.tags) <= {"h1", "h2", "p", "blockquote", "ul", "li", "a", "strong"}


NOTES = (
    "# Heading\n\ntext", "Heading\n===\n\ntext", "Heading\n---\ntext", "> # quoted\n- # item\n1. # number",
    "#tag", "<script>alert(1)</script>", "<b onclick=x>bold</b>", "<!-- open", "[x](javascript:alert(1))",
    "![x](http://e.org/x)", "[x]( javascript:alert(1) )", "[x](<javascript:alert(1)>)",
    "[x](java&#115;cript:alert(1))", "<javascript:alert(1)>", "[x][r]\n\n[r]: javascript:alert(1)",
    "[x][r]\n\n[r]:\n  javascript:alert(1)", "[x](vbscript:x) [y](data:text/html,x)", "```\nopen fence",
    "~~~\nopen fence", "- open\n    - list", "| a |\n|---|\n", "---\ntitle: x\n---", "\\<script>",
    "[x](\\javascript:alert(1))", "[x](//e.org)", "[^1]\n\n[^1]: # foot", "$$", "%%",
    "Kop\n==\n# Kop #\n## [a](javascript:b)",
)  # fmt: skip


@pytest.mark.parametrize("note", (*NOTES, *HOSTILE))
def test_that_a_note_can_neither_break_the_outline_nor_link_where_it_should_not(note: str) -> None:
    following = entry("The next quote.")
    made = summary(Group(title="Prevention", entries=(entry("Quote.", note=note), following)), Group(title="Last"))
    seen = rendered(to_markdown(made))
    assert seen.headings == ["Oversight", "Prevention", "Last"]
    assert " ".join(seen.quotes[-1].split()) == "The next quote."
    assert all(re.match(r"(kantlijn|https?|mailto):", link) for link in seen.links)
    assert {"script", "img", "b", "javascript:alert(1)"}.isdisjoint(seen.tags)


@given(SIGNS)
def test_that_no_note_can_break_the_outline(note: str) -> None:
    entries = (entry("Quote.", note=note), entry("The next quote."))
    made = summary(Group(title="Prevention", entries=entries), Group(title="Last"))
    seen = rendered(to_markdown(made))
    assert seen.headings == ["Oversight", "Prevention", "Last"]
    assert " ".join(seen.quotes[-1].split()) == "The next quote."
    assert all(re.match(r"(kantlijn|https?|mailto):", link) for link in seen.links)


def test_that_a_note_keeps_the_markdown_people_write() -> None:
    note = "**Bold** and *slanted*\n\n- one\n- two\n\n> quoted\n\n[link](https://e.org/a_b) <https://e.org> 3 < 4"
    assert note_as_markdown(note) == note


def test_that_a_heading_in_a_note_becomes_bold() -> None:
    assert note_as_markdown("## To check ##\nnow") == "**To check**\nnow"


def test_that_nothing_unseen_goes_along() -> None:
    text = to_markdown(one("a\0b\x1bc\u202ed", note="x\0y\u2066z"))
    assert "abcd" in text
    assert "xyz" in text
    assert clean(text) == text


def test_that_paragraphs_of_a_quote_stay_apart() -> None:
    assert "\n> One.\n>\n> Two.\n" in to_markdown(one("One.\nTwo."))


def test_that_an_empty_summary_is_still_a_file() -> None:
    assert to_markdown(summary()).startswith("# Oversight\n")


def test_that_an_ordinary_summary_has_few_signs_that_are_not_the_readers() -> None:
    assert to_markdown(ordinary()).count("\\") == 4  # those of "[…]", twice
