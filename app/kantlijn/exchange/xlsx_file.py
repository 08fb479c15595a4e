"""Tables as the sheets of one workbook, in which every text stays a text and every moment is a date."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from kantlijn.exchange.cells import clean, cut
from kantlijn.exchange.tables import Table
from kantlijn.words import say

_MOST = 32_767
"""UTF-16 units that a cell can hold."""
_NAME_MOST = 31
_FIRST_YEAR = 1901
"""Workbooks count days from 1900, which some hold for a leap year."""
_A4 = 9
_LINE, _TALLEST = 15, 409
"""Points: of a line of text, and the most that a row can be."""
_LOOK = "yyyy-mm-dd hh:mm"
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def tables_to_xlsx(tables: Sequence[Table], *, title: str, author: str) -> bytes:
    """A sheet a table: header kept in view, filters, wrapped text. What is longer than a cell holds is cut.

    Rows are as high as their text: LibreOffice does not see to that, and lets it run over the rows below.

    Moments are in UTC, which the header says: cells know no time zones. What is no moment stays a text.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": clean(title)[:200], "author": clean(author)[:200]})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#e8edf2"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    dated = book.add_format({"num_format": _LOOK, "align": "left", "valign": "top"})
    used: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_name(table.name, used))
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width)
        for column, header in enumerate(table.headers):
            named = say("{column} (UTC)", column=header) if column in table.moments else header
            sheet.write_string(0, column, _text(named), head)
        for place, row in enumerate(table.rows, 1):
            sheet.set_row(place, min(_TALLEST, _LINE * _lines(row, table.widths)))
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(place, column, cell, plain)
                elif column in table.moments and (moment := _moment(cell)) is not None:
                    sheet.write_datetime(place, column, moment, dated)
                elif cell:
                    sheet.write_string(place, column, _text(cell), plain)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)  # all columns on a page, over as many as it takes
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.headers) - 1)
    book.close()
    return out.getvalue()


def _moment(written: str) -> datetime | None:
    """In UTC, without its zone; None for what says no zone, or is no moment that a cell can hold."""
    try:
        moment = datetime.fromisoformat(written)
        there = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return there if there is not None and there.year >= _FIRST_YEAR else None


def _lines(row: Sequence[str | int], widths: Sequence[int]) -> int:
    """About how many lines the row's longest text takes."""
    texts = ((cell, width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str))
    return max((sum(1 + len(line) // width for line in cell.split("\n")) for cell, width in texts), default=1)


def _text(text: str) -> str:
    sentence = say("… [cut: a cell holds no more; the whole text is in the CSV or JSON file]")
    return cut(clean(text), _MOST, sentence)


def _name(wanted: str, used: set[str]) -> str:
    """A name that a sheet can have, and none has yet."""
    name = re.sub(r"[\[\]:*?/\\]", "-", clean(wanted)).strip("' \n\t")[:_NAME_MOST] or "-"
    number, base = 1, name
    while name.casefold() in used:
        number += 1
        name = f"{base[: _NAME_MOST - 4]} {number}"
    used.add(name.casefold())
    return name
