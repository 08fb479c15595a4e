"""The workshop's answer that makes the text of a structured file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kantlijn.documents.formats.reading import read_structured
from kantlijn.guests.wire import Blob


def file_read(asked: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """files[0]: the bytes of a file of this "kind"; "file": its name. Answers its text, UTF-8. BadFile.

    Beside it "extractor", "mime", "outline" and "details", as a Content has them.
    """
    content = read_structured(files[0], asked["kind"], asked["file"])
    answer = {
        "extractor": content.extractor, "mime": content.mime, "outline": content.outline,
        "details": content.details,
    }  # fmt: skip
    return answer, (content.text.encode("utf-8", "replace"),)
