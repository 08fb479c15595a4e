"""Make the sample project's PDFs from the sources beside this file.

    python -m pip install typst && python packaging/samples/make.py

typst is needed for this alone and is no dependency of the program. The same sources and the same typst
make the same bytes: only its own fonts are used, and the dates are fixed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "resources" / "kantlijn_resources" / "samples"
DATES = {
    "toezicht-2023": datetime(2023, 6, 8, tzinfo=UTC),
    "toezicht-2024": datetime(2024, 9, 26, tzinfo=UTC),
    "kabinetsreactie": datetime(2024, 12, 12, tzinfo=UTC),
}


def main() -> None:
    for name, date in DATES.items():
        made = SAMPLES / f"{name}.pdf"
        typst.compile(HERE / f"{name}.typ", output=made, ignore_system_fonts=True, timestamp=int(date.timestamp()))
        print(f"{made.name}: {made.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
