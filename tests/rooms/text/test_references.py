"""Words that point elsewhere lead to what they name, if it is there; plain numbers lead nowhere."""

from __future__ import annotations

from array import array

import pytest

from kantlijn.model.document import Content, Page
from kantlijn.model.layer import Line, PageLayer, unpack
from kantlijn.text.references import References

Row = tuple[str, float, float]
"""Text, height on the page, thickness."""


def report(*pages: list[Row], outline: tuple[tuple[int, str, int], ...] = ()) -> Content:
    text, sheets, layers = "", [], []
    for number, rows in enumerate(pages):
        text += "\f" if number else ""
        start, lines = len(text), []
        for said, y, thick in rows:
            begin = len(text) - start
            text += said + "\n"
            lines.append(Line(begin, len(text) - start, 60.0, y, 1.0, 0.0, thick, 0, False))
        edges = array("f", range(2 * (len(text) - start)))
        sheets.append(Page(index=number, label="", width=595.0, height=842.0, range=(start, len(text))))
        layers.append(PageLayer(tuple(lines), edges).pack())
    return Content(
        extractor="hand/1", mime="application/pdf", text=text, pages=tuple(sheets), layers=tuple(layers),
        outline=outline,
    )  # fmt: skip


def led(content: Content) -> dict[str, str]:
    """Words that point, and the line they point to."""
    found = References(content)
    return {
        content.text[one.range[0] : one.range[1]]: content.text[one.offset :].partition("\n")[0]
        for page in content.pages
        for one in found.on(page.index, unpack(content.layers[page.index]))
    }


def body(*said: str) -> list[Row]:
    return [(words, 100.0 + 14 * number, 10.0) for number, words in enumerate(said)]


BEFORE = body("Inhoud", "2 Aanpak 3", "2.1 Scholen ..... 3")
AFTER = [
    ("2 Aanpak", 60.0, 18.0),
    *body("2.1 Scholen", "2 Scholen kregen geld.", "Tabel 1. Cijfers", "Bijlage A Lijst"),
]


@pytest.mark.parametrize(
    ("words", "target"),
    [("hoofdstuk 2", "2 Aanpak"), ("Chapter 2", "2 Aanpak"), ("paragraaf 2.1", "2.1 Scholen"),
     ("§ 2.1", "2.1 Scholen"),
     ("section 2.1", "2.1 Scholen"), ("tabel 1", "Tabel 1. Cijfers"), ("bijlage A", "Bijlage A Lijst")],
)  # fmt: skip
def test_that_a_section_table_or_annex_is_found_behind_the_contents(words: str, target: str) -> None:
    content = report(BEFORE, body(f"Zie ook {words}, waar dat staat.", "Tabel 1 laat dat zien."), AFTER)
    assert led(content)[words] == target


def test_that_a_heading_may_end_in_a_number() -> None:
    content = report(
        body("Inhoud", "1.2 Cijfers over groep 8 4"), body("Zie § 1.2."), body("1.2 Cijfers over groep 8")
    )
    assert led(content)["§ 1.2"] == "1.2 Cijfers over groep 8"


def test_that_the_outline_knows_chapters_that_are_not_larger() -> None:
    content = report(body("Zie hoofdstuk 3."), body("Anders", "3 Toezicht"), outline=((1, "3 Toezicht", 1),))
    assert led(content) == {"hoofdstuk 3": "3 Toezicht"}


def test_that_what_is_not_there_and_a_heading_itself_lead_nowhere() -> None:
    content = report(
        body("Zie figuur 9, hoofdstuk 8 en paragraaf 7.2.", "Bijlage B Begrippen", "Artikel 2.1 geldt.")
    )
    assert led(content) == {}


NOTES = [("1 Kamerstukken II, 31 015.", 700.0, 7.0), ("2", 709.0, 5.0), ("Brief van 3 mei.", 710.0, 7.0)]


def test_that_the_number_of_a_note_leads_to_the_note_on_its_page() -> None:
    content = report(
        [*body("De raad stelt dit vast.1 In 2021.2", "Er kwamen 1 en 2,1 meer; 1.2 keer, 1% en CO2."), *NOTES]
    )
    assert led(content) == {"1": "1 Kamerstukken II, 31 015.", "2": "2"}


def test_that_a_note_may_begin_right_after_its_number_and_cells_of_a_table_are_none() -> None:
    small = [("49 %", 600.0, 7.0), ("3De regels gelden.", 700.0, 7.0)]
    assert led(report([*body("Dat is zo.3 Zie art49 daarvan."), *small])) == {"3": "3De regels gelden."}


def test_that_numbers_without_a_note_in_small_print_are_numbers() -> None:
    assert led(report(body("De raad stelt dit vast.1", "1 Scholen", "2 Hulp"))) == {}
