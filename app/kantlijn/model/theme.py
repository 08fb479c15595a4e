"""What passages are about: themes, in a tree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme. colour is "#rrggbb"; letter one letter, shown wherever the colour is; key "1"…"9" or "".

    name and name_nl are its names in English and Dutch; a theme of the reader's own has the same in both.
    """

    id: str
    name: str
    name_nl: str
    colour: str
    letter: str
    key: str = ""
    parent: str | None = None
    position: int = 0
    definition: str = ""
    search_words: tuple[str, ...] = ()

    def called(self, language: str) -> str:
        """Its name in "nl" or "en"."""
        return self.name_nl if language == "nl" else self.name
