"""Numbers beside the lines of print are known, also beside every fifth line only; columns of tables are left."""

from __future__ import annotations

import pytest

from kantlijn.text.line_numbers import Upright, figures_beside, line_numbers

HEIGHT = 842.0
Placed = tuple[str, float, float]
"""Text, left and top."""


def page(*placed: Placed) -> list[Upright]:
    return [
        Upright(number, text, left, top, left + 5.0 * len(text), top + 10)
        for number, (text, left, top) in enumerate(placed)
    ]


def print_(count: int, left: float = 80.0) -> list[Placed]:
    return [("de inspectie heeft scholen bezocht", left, 100.0 + 14 * row) for row in range(count)]


def numbers(count: int, step: int = 1, begin: int = 0) -> list[Placed]:
    """Right-aligned at 60, beside every so many lines."""
    found = [row for row in range(count) if (begin + row + 1) % step == 0]
    return [(str(begin + row + 1), 60.0 - 5 * len(str(begin + row + 1)), 101.0 + 14 * row) for row in found]


def taken(*pages: list[Upright]) -> list[list[str]]:
    beside = [figures_beside(lines, HEIGHT) for lines in pages]
    found = line_numbers([[(one.number, one.left, one.right, sure) for one, sure in page] for page in beside])
    return [[line.text for line in lines if line.number in one] for lines, one in zip(pages, found, strict=True)]


@pytest.mark.parametrize("step", [1, 2, 5])
def test_that_line_numbers_are_known_on_every_page_the_short_last_one_too(step: int) -> None:
    pages = [page(*print_(40), *numbers(40, step, 40 * n)) for n in range(3)]
    pages.append(page(*print_(6), *numbers(6, step, 120)))
    assert taken(*pages) == [[text for text, *_ in numbers(40, step, 40 * n)] for n in range(3)] + [
        [text for text, *_ in numbers(6, step, 120)]
    ]


def test_that_numbered_rows_under_a_heading_as_far_left_are_a_table() -> None:
    rows = [("Nr.", 50.0, 86.0), *print_(30), *numbers(30)]
    assert taken(page(*rows), page(*rows)) == [[], []]


def test_that_the_head_of_a_table_may_stand_where_running_heads_do() -> None:
    table = [("Nr.", 50.0, 60.0), ("Toezegging", 80.0, 60.0), *print_(30), *numbers(30)]
    assert taken(page(*table), page(*table)) == [[], []]
    lines = [("Concept", 40.0, 60.0), ("mei 2024", 300.0, 60.0), *print_(30), *numbers(30)]
    assert taken(page(*lines), page(*lines)) == [[text for text, *_ in numbers(30)]] * 2


def test_that_a_table_on_some_pages_of_a_report_is_one_also_without_a_heading() -> None:
    report = [page(*print_(40)) for _ in range(8)]
    assert not any(taken(*report, page(*print_(40), *numbers(40)), page(*print_(40), *numbers(40, begin=40))))


def test_that_years_amounts_and_numbers_that_skip_are_left_alone() -> None:
    years = [(year, 40.0, 100.0 + 14 * row) for row, year in enumerate(("2019", "2021", "2020", "2024", "2023"))]
    apart = [(str(row + 1), 50.0, 100.0 + 42 * row) for row in range(10)]  # one for every three lines
    assert taken(page(*print_(30), *years), page(*print_(30), *apart)) == [[], []]
