"""The workshop's answer that makes a text's entry for the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kantlijn.guests.wire import Blob
from kantlijn.text.search.entry import entry_of, numbered


def indexed(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """The entry of texts[0], UTF-8; "auxiliary": its furniture.

    Answers "distinct" words, "points", "origins", and three blobs of uint32: words, others, marks, as in Numbered.
    """
    made = numbered(entry_of(texts[0].decode(), [(start, end) for start, end in asked["auxiliary"]]))
    answer = {"distinct": made.distinct, "points": made.points, "origins": made.origins}
    return answer, (made.words.tobytes(), made.others.tobytes(), made.marks.tobytes())
