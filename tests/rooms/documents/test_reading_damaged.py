"""A file of which pages cannot be read: the others are, and the reader is told; or it is given up in time."""

from __future__ import annotations

from array import array
from concurrent.futures import Future

import pytest

from kantlijn.documents.contract import AskContent, Source
from kantlijn.documents.reading import read_content
from kantlijn.errors import EngineTrouble
from kantlijn.guests.guest import TookTooLong
from kantlijn.model.layer import PageLayer

ASKED = AskContent(source=Source(key="nota", path="/in/nota.pdf"))
EMPTY = PageLayer((), array("f")).pack()


class Pages:
    """An engine that answers at once. troubles: of pages that it cannot read."""

    def __init__(self, count: int, troubles: dict[int, EngineTrouble]) -> None:
        self.count, self.troubles = count, troubles
        self.tried: list[int] = []

    def send(self, name, plain, decode, **_):
        future: Future = Future()
        if name == "sheets":
            future.set_result({"sizes": [(595, 842)] * self.count, "labels": [str(n) for n in range(self.count)],
                               "outline": [], "details": {}, "extractor": "none"})  # fmt: skip
        elif name == "extract":
            pages = range(plain["first"], plain["last"])
            troubles = [self.troubles[page] for page in pages if page in self.troubles]
            if len(pages) == 1:
                self.tried.append(pages[0])
            if troubles:
                future.set_exception(troubles[0])
            else:
                future.set_result([(f"Page {page}\n", EMPTY, b"[[],[]]") for page in pages])
        else:
            future.set_result([[] for _ in range(self.count)])
        return future


def _read(engine):
    return read_content(engine, ASKED, 0, None).result(10)


@pytest.mark.parametrize(
    ("lost", "said"),
    [([4], "Page 5 of “nota.pdf” could not be read"), ([1, 4], "Pages 2, 5 of “nota.pdf” could not be read"),
     (list(range(2, 30)), "Pages 3, 4, 5, 6, 7, 8, 9, 10… of “nota.pdf” could not be read")],
)  # fmt: skip
def test_that_pages_that_are_damaged_are_named_and_the_others_read(lost, said):
    content = _read(Pages(40, {page: EngineTrouble("Damaged.") for page in lost}))
    assert content.details["trouble"].startswith(said)
    assert len(content.pages) == 40
    assert content.text.count("Page") == 40 - len(lost)


def test_that_a_file_that_only_takes_time_is_given_up_soon():
    engine = Pages(400, {page: TookTooLong("It took too long.") for page in range(400)})
    with pytest.raises(TookTooLong):
        _read(engine)
    assert len(engine.tried) == 3


def test_that_a_few_slow_pages_do_not_cost_the_rest():
    content = _read(Pages(40, {page: TookTooLong("It took too long.") for page in range(30, 36)}))
    assert content.details["trouble"].startswith("Pages 31, 32, 33, 34, 35, 36")


def test_that_a_file_without_a_whole_page_says_so_of_itself():
    with pytest.raises(EngineTrouble, match=r"“nota\.pdf” opens, but none of its pages can be read"):
        _read(Pages(2, {page: EngineTrouble("Page 1 of this file is damaged.") for page in range(2)}))
