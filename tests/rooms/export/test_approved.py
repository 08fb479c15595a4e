"""Whole summaries beside the approved ones. After a change that is meant: KANTLIJN_APPROVE=1 pytest, then look."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kantlijn.export.plain import from_plain, to_plain
from kantlijn.export.render import render
from rooms.export.a_summary import ordinary

APPROVED = Path(__file__).resolve().parents[2] / "approved"
ENDINGS = {"markdown": "md", "html": "html", "text": "txt"}


@pytest.mark.parametrize("form", sorted(ENDINGS))
def test_that_a_summary_is_written_as_approved(form: str) -> None:
    text = render(ordinary(), form).decode()
    file = APPROVED / f"summary.{ENDINGS[form]}"
    if os.environ.get("KANTLIJN_APPROVE"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("form", sorted(ENDINGS))
def test_that_a_dutch_summary_has_dutch_dates_and_theme_names(form: str) -> None:
    text = render(ordinary("nl"), form).decode()
    assert "Preventie" in text
    assert "Scholen" in text
    assert "26 september 2024" in text
    assert "mei 2024" in text


def test_that_a_summary_comes_through_plain_data_unchanged() -> None:
    assert from_plain(to_plain(ordinary())) == ordinary()
