"""The workshop's answer that makes a text's entry for the index."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from kantlijn.guests.wire import Blob
from kantlijn.text.search.entry import END, entry_of


def indexed(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """The entry of texts[0], UTF-8; "auxiliary": its furniture.

    Answers "distinct" words, "points", "origins", and two blobs of uint32: words and others as places in distinct,
    END as their number.
    """
    entry = entry_of(texts[0].decode(), [(start, end) for start, end in asked["auxiliary"]])
    numbers: dict[str, int] = {}
    for word in entry.words:
        numbers.setdefault(word, len(numbers))
    for word in entry.others:
        if word != END:
            numbers.setdefault(word, len(numbers))
    distinct = list(numbers)
    numbers[END] = len(distinct)
    words, others = (array("I", map(numbers.__getitem__, row)) for row in (entry.words, entry.others))
    answer = {"distinct": distinct, "points": entry.points, "origins": entry.origins}
    return answer, (words.tobytes(), others.tobytes())
