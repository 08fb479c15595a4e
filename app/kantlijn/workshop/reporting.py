"""The workshop's answer that writes a comparison as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kantlijn.export.comparison_docx import comparison_to_docx
from kantlijn.export.comparison_html import comparison_to_html, comparison_to_story
from kantlijn.export.comparison_markdown import comparison_to_markdown
from kantlijn.export.comparison_report import about_from_plain, report
from kantlijn.export.comparison_tables import comparison_to_csv, comparison_to_json
from kantlijn.guests.wire import Blob
from kantlijn.model.comparison import comparison_from_plain
from kantlijn.model.comparison_report import ComparisonReport
from kantlijn.model.document import Content, Page

_FORMS: dict[str, Callable[[ComparisonReport], bytes]] = {
    "html": comparison_to_html, "story": comparison_to_story, "docx": comparison_to_docx,
    "markdown": comparison_to_markdown, "csv": comparison_to_csv, "json": comparison_to_json,
}  # fmt: skip


def reported(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """texts: old and new, UTF-8. "form", "about", "comparison", and "sides": pages and furniture of either.

    Answers the file's bytes.
    """
    about = about_from_plain(asked["about"])
    old, new = (_content(text, side) for text, side in zip(texts, asked["sides"], strict=True))
    made = report(about, comparison_from_plain(asked["comparison"]), old, new)
    return {}, (_FORMS[asked["form"]](made),)


def _content(text: bytes, side: dict[str, Any]) -> Content:
    """As much of a content as the flow of its text depends on."""
    return Content(
        extractor="", mime="", text=text.decode(),
        pages=tuple(
            Page(index=index, label=label, width=1.0, height=1.0, range=(start, end))
            for index, (label, (start, end)) in enumerate(side["pages"])
        ),
        auxiliary=tuple((start, end) for start, end in side["auxiliary"]),
    )  # fmt: skip
