"""Making a project file as small as it can be, without losing a step of its history."""

from __future__ import annotations

from dataclasses import dataclass

from kantlijn.store import compact as stored
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.searching.index_texts import index_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """before, after: bytes of the file. forgotten: files whose bytes nothing pointed to any more."""

    before: int
    after: int
    forgotten: int


def compact(desk: Desk) -> Compacted:
    """Forget what neither a version nor Undo needs, and write the file anew: all of it, or nothing.

    ReadOnly; InUse while another program reads the project; DiskTrouble when there is no room for a copy.
    """
    must_write(desk)
    index_texts(desk)
    forgotten = stored.forget_unused(desk.project)
    before, after = stored.rewrite(desk.project)
    return Compacted(before=before, after=after, forgotten=forgotten)
