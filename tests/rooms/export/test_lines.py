"""What a summary says of a quote: its place, its dates in the reader's language, the way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kantlijn import words
from kantlijn.export import lines
from rooms.export.a_summary import entry, one


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    words.speak("en")


@pytest.mark.parametrize(
    ("when", "english", "dutch"),
    [
        ("", "", ""),
        ("2024", "2024", "2024"),
        ("2024-05", "May 2024", "mei 2024"),
        ("2024-03-07", "7 March 2024", "7 maart 2024"),
        ("2024-13-40", "2024-13-40", "2024-13-40"),
        ("2026-11-20T12:00:00Z", "20 November 2026", "20 november 2026"),
        ("spring", "spring", "spring"),
    ],
)
def test_that_dates_are_written_as_people_do(when: str, english: str, dutch: str) -> None:
    assert lines.day(when, "en") == english
    assert lines.day(when, "nl") == dutch


def test_that_a_quote_without_pages_has_its_line() -> None:
    there = entry("Quote.", source={"page": None, "line": 7}).source
    assert lines.source(there, "en") == "Oversight in 2024, RDL 2024-07, 26 September 2024, line 7"


def test_that_a_page_without_a_label_is_left_out() -> None:
    there = entry("Quote.", source={"page": " ", "identifier": "", "date": ""}).source
    assert lines.source(there, "en") == "Oversight in 2024"


@pytest.mark.parametrize(("last", "said"), [("12", "p. 12"), ("14", "pp. 12–14"), ("", "p. 12"), (None, "p. 12")])
def test_that_a_quote_over_several_pages_names_the_first_and_the_last(last: str | None, said: str) -> None:
    there = entry("Quote.", source={"page": "12", "last_page": last}).source
    assert lines.source(there, "en").endswith(f", {said}")


def test_that_the_version_is_named_where_there_are_more() -> None:
    there = entry("Quote.", source={"number": 2}).source
    assert "version 2 (oversight.pdf), p. 12" in lines.source(there, "en")


def test_that_a_date_stays_behind_a_title_written_from_right_to_left() -> None:
    there = entry("Quote.", source={"title": "\u0628\u062d\u062b", "identifier": ""}).source
    assert lines.source(there, "en") == "\u0628\u062d\u062b\u200e, 26 September 2024, p. 12"


def test_that_a_later_change_is_told() -> None:
    assert lines.written(entry("Quote."), "en") == "Robin, 20 November 2026"
    later = entry("Quote.", modified="2026-12-01T12:00:00Z")
    assert lines.written(later, "en") == "Robin, 20 November 2026; changed 1 December 2026"


def test_that_the_link_names_project_and_annotation_whatever_their_names() -> None:
    made = one("Quote.", annotation="01A&B")
    assert lines.link(made, made.groups[0].entries[0]) == "kantlijn://open/my%20project.kantlijn?annotation=01A%26B"
