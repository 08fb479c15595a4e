"""A PDF made by one engine or by two at once."""

from __future__ import annotations

import re
from itertools import count

import pymupdf
import pytest

from kantlijn.errors import Cancelled
from kantlijn.export.blocks import Pages, Paragraph, Run
from kantlijn.export.story import pages_to_story
from kantlijn.usecases import press


def story(passages: int) -> bytes:
    blocks = tuple(
        Paragraph(kind="text", parts=(Run(f"Passage {n}. It goes on."),), begins=True) for n in range(passages)
    )
    return pages_to_story(Pages(title="", language="en", contents="", blocks=blocks), printed=True).encode()


@pytest.mark.parametrize("long", [1_000, 1_000_000])
def test_that_the_file_is_whole_whether_one_or_two_engines_made_it(
    monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    monkeypatch.setattr(press, "_LONG", long)
    with press.Press(lambda: False) as engines:
        made = engines.printed(story(1_200))
    with pymupdf.open(stream=made) as document:
        text = "".join(page.get_text() for page in document)
        assert f"{len(document)} / {len(document)}" in text
    assert [int(one) for one in re.findall(r"Passage (\d+)\.", text)] == list(range(1_200))


def test_that_it_can_be_stopped_while_both_are_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_LONG", 1_000)
    looks = count()
    with pytest.raises(Cancelled), press.Press(lambda: next(looks) > 0) as engines:
        engines.printed(story(20_000))
