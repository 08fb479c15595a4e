"""Codes of other programs as themes: those that are here already are found again, the others made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kantlijn.exchange.refi_extras import words
from kantlijn.exchange.refi_names import guid_of, id_of, named_guid, one_line
from kantlijn.exchange.refi_records import RefiCode
from kantlijn.model.changes import Change
from kantlijn.model.theme import Theme
from kantlijn.usecases.marking.arrange_themes import fresh_colour, letter_for
from kantlijn.usecases.starter_themes import starter_themes
from kantlijn.words import language, say

_PATH = "::"
_LONGEST = 200
"""Letters of a theme's name; a longer one of another program stands whole in its definition."""


@dataclass(slots=True)
class Themes:
    """ids: themes by the guids of codes. made counts the new ones; steps bring them in. filled: names of those
    that were here and got what they lacked; remarks: what the file says otherwise, a sentence each.
    """

    ids: dict[str, str] = field(default_factory=dict)
    steps: list[Change] = field(default_factory=list)
    made: int = 0
    filled: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def themes_from(
    codes: Sequence[RefiCode], here: Sequence[Theme], extras: Mapping[str, Mapping[str, Any]], language: str, *,
    ours: bool, fresh: bool,
) -> Themes:  # fmt: skip
    """Themes for these codes, each after the one above it. extras: what Kantlijn wrote beside, by guid.

    ours: Kantlijn wrote the file, in this language. fresh: nothing is in the project but the themes that it began
    with; then those become as the file has them, and those that a file of ours does not have go.
    """
    fresh = fresh and set(here) <= set(starter_themes())
    wanted = {code.guid for code in codes}
    stay = [one for one in here if not (fresh and ours) or guid_of("theme", one.id) in wanted]
    maker = _Maker(stay, language, ours=ours, fresh=fresh)
    for code in codes:
        maker.take(code, extras.get(code.guid, {}))
    made = maker.done()
    made.steps[:0] = [Change(one, None) for one in here if one not in stay]
    return made


class _Maker:
    def __init__(self, here: list[Theme], language: str, *, ours: bool, fresh: bool) -> None:
        self._before = {theme.id: theme for theme in here}
        self._now = dict(self._before)
        self._by_guid = {guid_of("theme", theme.id): theme.id for theme in here}
        self._language, self._ours, self._fresh = language, ours, fresh
        self._met: set[str] = set()
        self._ids: dict[str, str] = {}
        self._differing: list[str] = []
        self._renamed: list[str] = []

    def take(self, code: RefiCode, extra: Mapping[str, Any]) -> None:
        """Find or make the theme of a code."""
        parent = self._ids.get(code.parent)
        names = self._names(code, extra)
        if not self._ours and not extra and _PATH in code.name:
            *above, last = [one_line(part) for part in code.name.split(_PATH) if part.strip()] or [""]
            for part in above:
                parent = self._among(parent, (part, part)) or self._make(
                    Theme(id=id_of(named_guid("path", f"{parent}/{part}")), name=_name(part), name_nl=_name(part),
                          colour=self._colour("", parent), letter=letter_for(part), parent=parent)
                )  # fmt: skip
            names = _name(last), _name(last)
        made = self._theme(code, extra, names, parent)
        if (known := self._by_guid.get(code.guid)) is not None:
            self._ids[code.guid] = known
            if self._fresh:
                self._now[known] = replace(made, id=known, position=self._place(parent, known))
            else:
                self._complete(known, made)
        else:
            self._ids[code.guid] = self._found(parent, names, made) or self._make(self._apart(made))
        self._met.add(self._ids[code.guid])

    def _found(self, parent: str | None, names: tuple[str, str], made: Theme) -> str | None:
        """A theme of this name that is here, and no other code of the file."""
        there = self._among(parent, names)
        if there is None or there in self._ids.values():
            return None
        self._complete(there, made)
        return there

    def _complete(self, id: str, said: Theme) -> None:
        """Give a theme that is here what it lacks; of a fresh project, what the file says."""
        here = self._now[id]
        definition = said.definition.strip()
        if definition and (self._fresh or not here.definition.strip()):
            self._now[id] = replace(here, definition=said.definition)
        elif definition and definition != here.definition.strip():
            self._differing.append(here.called(language()))

    def _apart(self, theme: Theme) -> Theme:
        """Under a name of its own: beside one another no two themes have one name, but codes may."""
        count, names = 1, (theme.name, theme.name_nl)
        while self._among(theme.parent, names) not in (None, theme.id):
            count += 1
            names = f"{theme.name} ({count})", f"{theme.name_nl} ({count})"
        if count > 1:
            self._renamed.append(names[language() == "nl"])
        return replace(theme, name=names[0], name_nl=names[1])

    def _theme(
        self, code: RefiCode, extra: Mapping[str, Any], names: tuple[str, str], parent: str | None
    ) -> Theme:
        given = extra.get("search_words")
        long = "" if extra or len(one_line(code.name)) <= _LONGEST else one_line(code.name)
        return Theme(
            id=_id(code.guid, extra), name=names[0], name_nl=names[1], colour=self._colour(code.colour, parent),
            letter=_letter(names[0], words(extra, "letter")), key=self._key(words(extra, "key")), parent=parent,
            definition="\n\n".join(filter(None, (long, code.description))),
            search_words=tuple(one for one in given if isinstance(one, str)) if isinstance(given, list) else (),
        )  # fmt: skip

    def _names(self, code: RefiCode, extra: Mapping[str, Any]) -> tuple[str, str]:
        """In English and Dutch; another program may have changed the one that it saw."""
        given = extra.get("names")
        name = one_line(code.name)
        if isinstance(given, list) and len(given) == 2 and all(isinstance(one, str) and one for one in given):
            english, dutch = (" ".join(one.replace("/", "-").split()) or "?" for one in given)
            if one_line(dutch if self._language == "nl" else english) in (name, "") or name == "?":
                return english, dutch
        return _name(name), _name(name)

    def _among(self, parent: str | None, names: tuple[str, str]) -> str | None:
        """The theme of this name in this place."""
        wanted = {name.casefold() for name in names}
        for theme in self._now.values():
            if theme.parent == parent and wanted & {theme.name.casefold(), theme.name_nl.casefold()}:
                return theme.id
        return None

    def _make(self, theme: Theme) -> str:
        if theme.id in self._now:  # made before, and moved elsewhere since
            return theme.id
        self._now[theme.id] = replace(theme, position=self._place(theme.parent, theme.id))
        self._met.add(theme.id)
        return theme.id

    def _place(self, parent: str | None, but: str) -> int:
        beside = [one.position for one in self._now.values() if one.parent == parent and one.id != but
                  and (not self._fresh or one.id in self._met)]  # fmt: skip
        return max(beside, default=0) + 1

    def _key(self, key: str) -> str:
        """A key belongs to one theme; those that go give theirs up."""
        stay = (one for one in self._now.values() if not self._fresh or one.id in self._met)
        return key if key in tuple("123456789") and all(one.key != key for one in stay) else ""

    def _colour(self, colour: str, parent: str | None) -> str:
        return colour or fresh_colour(list(self._now.values()), self._now.get(parent or ""))

    def done(self) -> Themes:
        """The steps: what is otherwise, and what is new."""
        made = [Change(None, theme) for id, theme in self._now.items() if id not in self._before]
        changed = [Change(self._before[id], theme) for id, theme in self._now.items()
                   if id in self._before and theme != self._before[id]]  # fmt: skip
        return Themes(
            ids=self._ids, steps=[*changed, *made], made=len(made), remarks=tuple(self._remarks()),
            filled=() if self._fresh else tuple(one.after.called(language()) for one in changed
                                                if isinstance(one.after, Theme)),
        )  # fmt: skip

    def _remarks(self) -> Iterator[str]:
        if self._differing:
            yield say("The file says something else of {names}; what you have stays.",
                      names=", ".join(dict.fromkeys(self._differing)))  # fmt: skip
        if self._renamed:
            yield say("Codes of one name stood beside each other; the later ones became {names}.",
                      names=", ".join(self._renamed))  # fmt: skip


def _id(guid: str, extra: Mapping[str, Any]) -> str:
    given = words(extra, "id")
    return given if given and guid_of("theme", given) == guid else id_of(guid)


def _name(name: str) -> str:
    return one_line(name, _LONGEST).replace("/", "-") or say("Without a name")


def _letter(name: str, letter: str) -> str:
    if len(letter) == 1 and letter.isalnum():
        return letter
    return letter_for(name)
