"""What a report of a comparison says of an annotation."""

from __future__ import annotations

import pytest

from kantlijn.export.comparison_words import touched_line
from kantlijn.model.comparison_report import Touched

PREVENTION = ("P", "Prevention", "#1d63c4")


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("", "Prevention · moved"),
        ("By **38 percent**,\nsee [it](https://example.org).", "Prevention · moved · By 38 percent, see it."),
        ("Ask:\n\n- who\n- when", "Prevention · moved · Ask: who when"),
        ("2 * 3 < 7 & more", "Prevention · moved · 2 * 3 < 7 & more"),
    ],
)
def test_that_a_note_is_said_in_words(note: str, said: str) -> None:
    assert touched_line(Touched(themes=(PREVENTION,), note=note, state="moved")) == said
