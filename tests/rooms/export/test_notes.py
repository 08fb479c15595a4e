"""A note's Markdown as people write it, in the files that are made of it."""

from __future__ import annotations

import re

import pytest

from kantlijn.export.blocks import Run
from kantlijn.export.notes import noted, paragraphed


def shape(note: str) -> str:
    """The note's HTML without what stands between tags for looks only."""
    return re.sub(r"\s*(</?(?:p|ul|ol|li|pre|hr)[^>]*>)\s*", r"\1", str(noted()(note)))


@pytest.mark.parametrize(
    ("note", "html"),
    [
        ("Mind:\n- one\n- two", "<p>Mind:</p><ul><li>one</li><li>two</li></ul>"),
        ("Mind:\n1. one\n2. two", "<p>Mind:</p><ol><li>one</li><li>two</li></ol>"),
        ("1) one\n2) two", "<ol><li>one</li><li>two</li></ol>"),
        ("- one\n  - deep\n- two", "<ul><li>one<ul><li>deep</li></ul></li><li>two</li></ul>"),
        ("1. one\n   - deep\n2. two", "<ol><li>one<ul><li>deep</li></ul></li><li>two</li></ol>"),
        ("- one\n1. two", "<ul><li>one</li></ul><ol><li>two</li></ol>"),
        ("- one\n\n  more\n- two", "<ul><li><p>one</p><p>more</p></li><li><p>two</p></li></ul>"),
        ("- a\n    - b\n        - c", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>"),
        ("- one\n***\ntwo", "<ul><li>one</li></ul><hr><p>two</p>"),
        ("- one\n```\n- two\n```", "<ul><li>one</li></ul><pre><code>- two\n</code></pre>"),
        ("    - one", "<pre><code>- one\n</code></pre>"),
    ],
)  # fmt: skip
def test_that_lists_are_lists_where_people_write_them(note: str, html: str) -> None:
    assert shape(note) == html


@pytest.mark.parametrize("note", ["It began in\n1986. It was cold.", "10 - 3\n= 7", "A\n-\nB", "a -\n-b"])
def test_that_no_line_becomes_a_list_that_is_none(note: str) -> None:
    assert "<li>" not in noted()(note)


@pytest.mark.parametrize("note", ["```one word more", "```one", "Before\n```one word more\ncode\n```\nafter"])
def test_that_no_word_behind_the_signs_of_code_is_lost(note: str) -> None:
    assert re.findall(r"[a-zA-Z]+", re.sub(r"<[^>]*>", " ", noted()(note))) == re.findall(r"[a-zA-Z]+", note)


def test_that_a_note_quoted_too_deeply_is_whole_and_leaves_the_next_one_alone() -> None:
    convert = noted()
    assert str(convert("> " * 5_000 + "deep")).count("deep") == 1
    assert convert("**next**") == "<p><strong>next</strong></p>"


def test_that_a_line_after_a_break_begins_with_its_first_word() -> None:
    (paragraph,) = paragraphed()("One  \ntwo")
    assert "".join(part.text for part in paragraph.parts if isinstance(part, Run)) == "One\ntwo"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a%20b?c=1&d=%25#e", "https://example.org/a%20b?c=1&d=%25#e"),
        ("https://example.org/100%", "https://example.org/100%25"),
    ],
)
def test_that_addresses_are_such_as_files_can_keep(address: str, kept: str) -> None:
    (paragraph,) = paragraphed()(f"[words]({address})")
    assert [part.link for part in paragraph.parts if isinstance(part, Run)] == [kept]
