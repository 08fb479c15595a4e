"""How passages read, worked out once: lists ask for thousands of them again after every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kantlijn.model.annotation import Anchor
from kantlijn.model.document import Content, Version
from kantlijn.text.fold import squeeze
from kantlijn.text.within import words_of

_KEPT = 150_000


@dataclass(frozen=True)
class Reading:
    """A passage's words with hyphens joined and furniture left out; and folded, for the list's filter."""

    words: str

    @cached_property
    def folded(self) -> str:
        return squeeze(self.words).text


class Readings:
    """Kept by the content they stand in, which is frozen: so they stay true whatever changes."""

    def __init__(self, content_of: Callable[[Version], Content]) -> None:
        self._content_of = content_of
        self._kept: dict[tuple[object, ...], Reading] = {}

    def of(self, version: Version, anchor: Anchor) -> Reading:
        """How this passage of the version reads."""
        key = (version.sha256, version.extractor, anchor.range, anchor.quads)
        found = self._kept.get(key)
        if found is None:
            found = Reading(words_of(self._content_of(version), anchor))
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found
