"""A table as CSV that spreadsheets open rightly: UTF-8 with a byte order mark, every cell in quotes."""

from __future__ import annotations

import csv
import io

from kantlijn.exchange.cells import clean, guarded
from kantlijn.exchange.tables import Table


def table_to_csv(table: Table) -> bytes:
    """Headers and rows. A cell that a spreadsheet would take for a formula begins with "'"."""
    out = io.StringIO(newline="")
    written = csv.writer(out, quoting=csv.QUOTE_ALL)
    written.writerow([guarded(clean(header)) for header in table.headers])
    for row in table.rows:
        written.writerow([cell if isinstance(cell, int) else guarded(clean(cell)) for cell in row])
    return ("\ufeff" + out.getvalue()).encode()
