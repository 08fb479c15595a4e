"""Tables as the sheets of one workbook, in which every text stays a text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from kantlijn.exchange.cells import clean, cut
from kantlijn.exchange.tables import Table
from kantlijn.words import say

_MOST = 32_767
"""UTF-16 units that a cell can hold."""
_NAME_MOST = 31
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def tables_to_xlsx(tables: Sequence[Table], *, title: str, author: str) -> bytes:
    """A sheet a table: header kept in view, filters, wrapped text. What is longer than a cell holds is cut."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"title": clean(title)[:200], "author": clean(author)[:200]})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#e8edf2"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    used: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_name(table.name, used))
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width)
        for column, header in enumerate(table.headers):
            sheet.write_string(0, column, _text(header), head)
        for place, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(place, column, cell, plain)
                elif cell:
                    sheet.write_string(place, column, _text(cell), plain)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.headers) - 1)
    book.close()
    return out.getvalue()


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
