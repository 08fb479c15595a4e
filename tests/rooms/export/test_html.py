"""An HTML summary is one quiet file: no script, nothing loaded, no markup but ours and what notes may have."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.export.harmless import one_line
from kantlijn.export.templated import built_in, by_template
from kantlijn.model.register import RegisterRow
from kantlijn.model.summary import Group, Summary
from rooms.export.a_summary import HOSTILE, SCHOOLS, entry, one, ordinary, summary

OURS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "bdi", "p", "div", "blockquote", "b", "a",
    "span",
}  # fmt: skip
IN_NOTES = {
    "a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
OUR_ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "style", "dir", "href", "title"}
SIGNS = st.lists(
    st.sampled_from([*"<>\"'&=/\\`*_[]()!#-:; \n", "<script>", "</p>", "<img src=x>", "onerror=", "javascript:"])
    | st.characters(),
    max_size=50,
).map("".join)


class Parsed(HTMLParser):
    """Tags, attributes and links, apart for notes and for the rest; and what is shown as quotes and notes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.note_tags: set[str] = set()
        self.attributes: set[str] = set()
        self.note_attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.styles: list[str] = []
        self.text = {"quote": "", "note": "", "h1": "", "h2": ""}
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert [tag for tag, _ in self._open if tag not in ("meta", "br", "hr")] == []

    def _in(self, tag: str, name: str = "") -> bool:
        return any(one == tag and (not name or name == css) for one, css in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._in("div", "note"):
            self.note_tags.add(tag)
            self.note_attributes |= {(tag, name) for name, _ in attrs}
        else:
            self.tags.add(tag)
            self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.styles += [value or "" for name, value in attrs if name == "style"]
        if tag not in ("meta", "br", "hr"):
            self._open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._in("div", "note"):
            self.text["note"] += data
        elif self._in("blockquote"):
            self.text["quote"] += data
        for heading in ("h1", "h2"):
            if self._in(heading) and self._in("bdi"):
                self.text[heading] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def checked(made: Summary) -> Parsed:
    html = by_template(made, "html")
    seen = Parsed(html)
    assert seen.tags <= OURS
    assert seen.attributes <= OUR_ATTRIBUTES
    assert seen.note_tags <= IN_NOTES
    assert seen.note_attributes <= {("a", "href"), ("a", "title"), ("a", "rel"), ("ol", "start")}
    assert all(re.match(r"(kantlijn|https?|mailto):", link, re.IGNORECASE) for link in seen.links)
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)
    return seen


@pytest.mark.parametrize("words", HOSTILE)
def test_that_hostile_words_stay_text_wherever_they_stand(words: str) -> None:
    theme = replace(SCHOOLS, name=words, letter=words, colour=f"#fff;background:url(//e.org){words}")
    hostile = entry(
        words, themes=(theme,), author=words, annotation=words, before=words, after=words, created=words,
        note=words,
        source={"title": words, "identifier": words, "date": words, "page": words, "file": words, "number": 2},
    )  # fmt: skip
    made = summary(Group(title=words, theme=theme, about=words, entries=(hostile,)), title=words, project=words)
    seen = checked(made)
    assert " ".join(seen.text["quote"].split()) == one_line(words)
    assert seen.text["h1"] == seen.text["h2"] == one_line(words)
    assert all(re.fullmatch(r"[a-z-]+:#[0-9a-f]{6}(;color:#[0-9a-f]{6})?", style) for style in seen.styles)


@given(SIGNS, SIGNS)
def test_that_no_quote_or_note_makes_markup_beyond_the_white_list(quote: str, note: str) -> None:
    seen = checked(one(quote, note=note))
    assert " ".join(seen.text["quote"].split()) == one_line(quote)


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("![x](https://example.org/x.png)", "![x](https://example.org/x.png)"),
        ("<b>10</b> < 20", "<b>10</b> < 20"),
    ],
)
def test_that_what_a_note_may_not_do_is_shown_instead(note: str, shown: str) -> None:
    seen = checked(one("Quote.", note=note))
    assert seen.text["note"].strip() == shown


def test_that_a_note_keeps_the_markdown_people_write() -> None:
    note = "# Look\n\n**bold** *slanted* [t](https://e.org)\n\n1. one\n\n| a | b |\n|---|---|\n| c | d |\n"
    seen = checked(one("Quote.", note=note))
    assert {"strong", "em", "a", "ol", "li", "table", "td"} <= seen.note_tags
    assert "https://e.org" in seen.links


def test_that_nothing_is_loaded_and_nothing_runs() -> None:
    html = by_template(ordinary(), "html")
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in html
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert not re.search(r"<script|<link|@import|url\(|\bon\w+=|src=", html)


def test_that_it_has_a_look_for_the_dark_and_for_paper() -> None:
    html = by_template(ordinary(), "html")
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_that_letters_can_be_read_on_their_colour() -> None:
    html = by_template(ordinary(), "html")
    assert "background-color:#1d63c4;color:#ffffff" in html
    assert "background-color:#9fc3f5;color:#000000" in html


@pytest.mark.parametrize("note", ["> " * 2000, "[" * 2000, "*a" * 2000, "- " * 2000 + "x", "`" * 2000])
def test_that_a_note_nested_by_the_thousand_still_gives_a_file(note: str) -> None:
    checked(one("Quote.", note=note))


def test_that_an_empty_summary_says_so() -> None:
    assert "There is nothing in this summary." in by_template(summary(), "html")


def test_that_an_unchanged_copy_of_our_template_looks_as_ours_does() -> None:
    row = RegisterRow(
        relation="r", type="responds-to", status="open", type_said="responds to", status_said="open", note="",
        author="", modified="2026-11-21T12:00:00Z", addressee="The Council", origin=entry("Yes."),
        target=entry("Do so."),
    )  # fmt: skip
    for made in (ordinary(), summary(by="register", register=(row,), total=1)):
        ours, copied = by_template(made, "html"), by_template(made, "html", source=built_in("html"), name="copy")
        for looks in ("<body[^>]*>", "<th[^>]*>", '<meta name="color-scheme"[^>]*>', "<title>.*</title>"):
            assert re.findall(looks, copied) == re.findall(looks, ours)
