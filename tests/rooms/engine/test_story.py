"""A PDF made of a summary: nothing sticks out of the page, and a long one begins with its contents."""

from __future__ import annotations

import re

import pymupdf
import pytest

from kantlijn.engine.bind import bind
from kantlijn.engine.story import lay_out
from kantlijn.engine.story_parts import cut
from kantlijn.export import comparison_html
from kantlijn.export.blocks import Block, Pages, Paragraph, Run, Table
from kantlijn.export.story import pages_to_story
from kantlijn.model.comparison import KINDS
from kantlijn.model.comparison_report import About, ComparisonReport, Side

ADDRESS = "https://example.org/" + "a-long-way/" * 12 + "x" * 90


def made(*blocks: Block, contents: str = "Contents", shares: int = 1) -> pymupdf.Document:
    title = Paragraph(kind="title", parts=(Run("Oversight"),))
    pages = Pages(title="Oversight", language="en", contents=contents, blocks=(title, *blocks))
    html = cut(pages_to_story(pages, printed=True))
    laid = [lay_out(html.before, html.rest, share=share, of=shares) for share in range(shares)]
    return pymupdf.open(stream=bind(html, laid))


def middle(word: tuple[float, ...]) -> pymupdf.Point:
    """Of its box, in points."""
    return pymupdf.Point((word[0] + word[2]) / 2, (word[1] + word[3]) / 2)


def test_that_words_longer_than_a_line_are_not_cut_off_at_its_end() -> None:
    kinds = ("note", "quote", "code")
    document = made(*(Paragraph(kind=kind, parts=(Run(ADDRESS, code=kind == "code"),)) for kind in kinds))
    page = document[0]
    assert "".join(page.get_text().replace("\u200b", "").split()).count(ADDRESS) == len(kinds)
    assert all(word[2] <= page.rect.width - 60 for word in page.get_text("words"))


def test_that_a_long_summary_begins_with_contents_that_lead_to_the_right_pages() -> None:
    blocks = []
    for name in ("Prevention", "Detection", "Cooperation"):
        heading = (Run("\u00a0P\u00a0", ground="#1d63c4", ink="#ffffff"), Run(" "), Run(name))
        blocks.append(Paragraph(kind="heading", parts=heading, level=1))
        blocks += [Paragraph(kind="text", parts=(Run("Schools teach prevention every year. " * 30),))] * 12
    document = made(*blocks)
    marks = {title: page for _, title, page in document.get_toc()}
    assert list(marks) == ["Prevention", "Detection", "Cooperation"]
    assert all(title in document[page - 1].get_text() for title, page in marks.items())
    front = document[0].get_text().split("\n")
    assert [front[front.index(title) + 1] for title in marks] == [str(page) for page in marks.values()]
    assert [link["page"] + 1 for link in document[0].get_links()] == list(marks.values())


def test_that_a_short_summary_has_no_page_of_contents() -> None:
    document = made(*[Paragraph(kind="heading", parts=(Run(name),), level=1) for name in "AB"])
    assert len(document) == 1
    assert "Contents" not in document[0].get_text()


@pytest.mark.parametrize("shares", [1, 2])
def test_that_of_a_large_font_only_what_is_used_goes_along(shares: int) -> None:
    words = ("\u9884\u9632\u548c\u63f4\u52a9", "\u65e5\u672c\u8a9e", "\u0437\u0430\u0449\u0438\u0442\u0430")
    blocks = [Paragraph(kind="quote", parts=(Run(one),), begins=True) for one in words * 300]
    document = made(*blocks, shares=shares)
    assert len(document.tobytes()) < 500_000
    text = "".join(page.get_text() for page in document)
    assert all(text.count(one) == 300 for one in words)


def test_that_a_link_is_one_place_to_press_over_its_words() -> None:
    link = Run("open in Kantlijn", link="kantlijn://open/p.kantlijn?annotation=é")
    page = made(Paragraph(kind="source", parts=(Run("Annual report, p. 4 · "), link)))[0]
    (found,) = page.get_links()
    assert found["uri"] == "kantlijn://open/p.kantlijn?annotation=é"
    assert page.get_textbox(found["from"] + (-1, -2, 1, 2)).strip() == "open in Kantlijn"


def test_that_a_long_text_is_whole_and_goes_on_down_each_page() -> None:
    blocks = [Paragraph(kind="text", parts=(Run(f"Passage {n}. It goes on."),), begins=True) for n in range(1500)]
    document = made(*blocks)
    found = [int(number) for page in document for number in re.findall(r"Passage (\d+)\.", page.get_text())]
    assert found == list(range(1500))
    on_each = [page.get_text().count("Passage") for page in document.pages(0, len(document) - 1)]
    assert min(on_each) >= on_each[0] - 2


def test_that_every_page_has_its_number_at_its_foot() -> None:
    document = made(*[Paragraph(kind="text", parts=(Run("Oversight goes on. " * 40),))] * 40)
    assert len(document) > 3
    for number, page in enumerate(document, 1):
        middle, high = page.rect.width / 2, page.rect.height
        foot = pymupdf.Rect(middle - 40, high - 44, middle + 40, high - 24)
        assert page.get_textbox(foot).strip() == f"{number} / {len(document)}"


def cell(words: str) -> tuple[Paragraph, ...]:
    return (Paragraph(kind="text", parts=(Run(words),)),)


@pytest.mark.parametrize(("rows", "shares"), [(60, 1), (700, 1), (700, 2)])
def test_that_the_head_of_a_table_stands_over_each_page_of_it_and_over_no_other(rows: int, shares: int) -> None:
    made_of = tuple((cell(f"Row {n}. " + "More words. " * (n % 90)), cell("open")) for n in range(rows))
    after = [Paragraph(kind="text", parts=(Run("It goes on after the table. " * 20),))] * 30
    document = made(Table(head=("What", "Status"), widths=(80, 20), rows=made_of), *after, shares=shares)
    texts = [page.get_text() for page in document]
    table = [bool(re.search(r"Row|More words|open", text)) for text in texts]
    assert [text.count("What\nStatus") for text in texts] == [int(one) for one in table]
    assert table.count(True) > 3 and table.count(False) > 0
    assert re.findall(r"Row (\d+)\.", "".join(texts)) == [str(n) for n in range(rows)]
    places = {round(page.search_for("Status")[0].x0) for page, has in zip(document, table, strict=True) if has}
    assert max(places) - min(places) <= 1


@pytest.mark.parametrize("shares", [2, 3, 5])
def test_that_what_several_engines_laid_out_is_one_file(shares: int) -> None:
    blocks: list[Block] = []
    for n in range(700):
        if n % 100 == 0:
            blocks.append(Paragraph(kind="heading", parts=(Run(f"Theme {n}"),), level=1))
        link = Run("open in Kantlijn", link=f"kantlijn://open/p.kantlijn?annotation={n}")
        blocks.append(Paragraph(kind="text", parts=(Run(f"Passage {n}. It goes on."),), begins=True))
        blocks.append(Paragraph(kind="source", parts=(link,)))
    document, alone = made(*blocks, shares=shares), made(*blocks)
    texts = [page.get_text() for page in document]
    assert re.findall(r"Passage (\d+)\.", "".join(texts)) == [str(n) for n in range(700)]
    found = [link["uri"].rpartition("=")[2] for page in document for link in page.get_links() if "uri" in link]
    assert found == [str(n) for n in range(700)]
    for page in document:
        words = [(middle(word), word[4]) for word in page.get_text("words")]
        for link in page.get_links():
            if "uri" in link:
                under = " ".join(said for place, said in words if place in link["from"])
                assert under.split() == ["open", "in", "Kantlijn"]
    marks = {title: page for _, title, page in document.get_toc()}
    assert list(marks) == [f"Theme {n}" for n in range(0, 700, 100)]
    assert all(title in texts[page - 1] for title, page in marks.items())
    assert [link["page"] + 1 for link in document[0].get_links()] == list(marks.values())
    assert all(f"{number} / {len(document)}" in text for number, text in enumerate(texts, 1))
    assert len(alone) <= len(document) <= len(alone) + shares - 1


@pytest.mark.parametrize("contents", ["", "Contents"])
def test_that_of_more_engines_than_there_is_text_some_have_nothing_to_do(contents: str) -> None:
    blocks = [Paragraph(kind="text", parts=(Run(f"Passage {n}. " * 60),)) for n in range(20)]
    document = made(*blocks, contents=contents, shares=4)
    found = re.findall(r"Passage (\d+)\.", "".join(page.get_text() for page in document))
    assert sorted(set(map(int, found))) == list(range(20))


def test_that_a_name_longer_than_a_line_leaves_the_contents_their_page_numbers() -> None:
    names = ("Prevention", ADDRESS, "x" * 120)
    blocks: list[Block] = []
    for name in names:
        blocks.append(Paragraph(kind="heading", parts=(Run(name),), level=1))
        blocks += [Paragraph(kind="text", parts=(Run("Schools teach prevention every year. " * 30),))] * 12
    document = made(*blocks)
    front = document[0]
    words = front.get_text("words")
    assert all(word[2] <= front.rect.width - 60 for word in words)
    pages = [str(page) for _, _, page in document.get_toc()]
    assert [word[4] for word in words if word[0] > 480] == pages
    assert [title for _, title, _ in document.get_toc()] == [name[:200] for name in names]


def test_that_a_table_begins_under_its_title_however_many_engines_lay_it_out() -> None:
    cell = (Paragraph(kind="text", parts=(Run("Schools teach prevention. " * 9),)),)
    table = Table(head=("What", "Status"), widths=(80, 20), rows=((cell, cell),) * 80)
    document = made(table, contents="", shares=2)
    assert {"Oversight", "What"} <= set(document[0].get_text().split())


def test_that_the_file_says_what_it_is_called_and_in_which_language() -> None:
    text = Paragraph(kind="text", parts=(Run("Een."),))
    pages = Pages(title="Kosten & baten \u2014 een", language="nl", contents="", blocks=(text,))
    html = cut(pages_to_story(pages, printed=True))
    with pymupdf.open(stream=bind(html, [lay_out(html.before, html.rest)])) as document:
        assert document.metadata["title"] == pages.title
        assert document.language == "nl"


def test_that_a_comparison_says_so_too() -> None:
    side = Side(title="Report", file="report.pdf", number=1, date="")
    about = About(title="Costs & gains", language="nl", made="", author="", old=side, new=side, touched={})
    report = ComparisonReport(about=about, counts=dict.fromkeys(KINDS, 0), changes=(), paragraphs=())
    html = cut(comparison_html.comparison_to_story(report).decode())
    with pymupdf.open(stream=bind(html, [lay_out(html.before, html.rest)])) as document:
        assert (document.metadata["title"], document.language) == ("Costs & gains", "nl")
