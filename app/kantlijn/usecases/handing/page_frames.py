"""How points of pages as shown are counted by programs that go by the PDF's own measure."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from pathlib import Path

from kantlijn.documents.answers import plain_source
from kantlijn.documents.door import reading
from kantlijn.errors import Known
from kantlijn.guests.guest import Guest
from kantlijn.model.document import Version
from kantlijn.text.within import Frame
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import source

_PATIENCE = 60.0


def frames_of(desk: Desk, version: Version, pages: Iterable[int]) -> dict[int, Frame]:
    """For these pages (indices) of a PDF; those that cannot be measured are left out."""
    wanted = sorted(set(pages))
    if not wanted or version.mime != "application/pdf":
        return {}
    try:
        file = source(desk, version.id)
        worker = Guest("--engine", *reading(Path(file.path)))
        try:
            answer, _ = worker.call(
                "frames", {"source": plain_source(file), "pages": wanted}, deadline=_PATIENCE
            )
        finally:
            worker.close()
        found = zip(wanted, answer["frames"], strict=True)
        return {page: _frame(numbers) for page, numbers in found if numbers is not None}
    except (Known, KeyError, TypeError, ValueError):  # a file that cannot be read now: as the page is shown
        return {}


def _frame(numbers: list[float]) -> Frame:
    """ValueError for what is none."""
    a, b, c, d, e, f = map(float, numbers)
    if not all(map(isfinite, (a, b, c, d, e, f))) or not a * d - b * c:
        raise ValueError("a frame that turns a page into a line")
    return a, b, c, d, e, f
