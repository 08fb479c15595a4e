"""The workshop's answers about two texts: what changed between them, and where passages went."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Any

from kantlijn.guests.wire import Blob
from kantlijn.model.comparison import Comparison, comparison_to_plain
from kantlijn.text.compare.carry import Carrier
from kantlijn.text.compare.comparison import compare
from kantlijn.text.compare.stretches import same_stretches


def compared(asked: dict[str, Any], texts: list[bytes]) -> tuple[dict[str, Any], Sequence[Blob]]:
    """Compares texts[0] with texts[1], both UTF-8.

    "furniture": their ranges of page furniture, each None when it is to be found in the text; "ignore": of
    IGNORABLE; "passages": ranges of the old text to be carried. Answers "comparison" and "carried", the latter as
    rows of status, new range or None, score, method, review, near.
    """
    begun = time.perf_counter()
    old, new = (text.decode() for text in texts)
    old_furniture, new_furniture = (_ranges(ranges) for ranges in asked["furniture"])
    found = compare(old, new, old_furniture=old_furniture, new_furniture=new_furniture, ignore=asked["ignore"])
    carrier = Carrier(found.alignment)
    carried = [carrier.carry((start, end)) for start, end in asked["passages"]]
    result = Comparison(
        edits=found.edits, ignored_old=found.ignored_old, ignored_new=found.ignored_new, loss=found.loss,
        ignore=tuple(asked["ignore"]), conserved=found.conserved, shared=found.shared,
        same=same_stretches(found.alignment), seconds=round(time.perf_counter() - begun, 3), peak_mb=_peak(),
    )  # fmt: skip
    rows = [[one.status, one.range, one.score, one.method, one.review, one.near] for one in carried]
    return {"comparison": comparison_to_plain(result), "carried": rows}, ()


def _ranges(plain: Any) -> list[tuple[int, int]] | None:
    return None if plain is None else [(start, end) for start, end in plain]


def _peak() -> float:
    """The most memory this process has had, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(used / (1 << 20 if sys.platform == "darwin" else 1 << 10), 1)
