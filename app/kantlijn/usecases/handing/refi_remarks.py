"""What of a .qdpx has no place in a project, a sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kantlijn.exchange.refi_extras import GUID
from kantlijn.exchange.refi_names import one_line
from kantlijn.exchange.refi_records import RefiNote
from kantlijn.usecases.handing.refi_file import RefiFile
from kantlijn.words import say, say_many

_NAME, _MOST = 80, 20
"""Letters of a name, and names, that are told."""


def remarks_on(file: RefiFile, *, sources: bool = True) -> tuple[str, ...]:
    """The sentences; none about sources when those were told of one by one."""
    said = [*(_of_sources(file) if sources else ())]
    if not file.ours:
        said += [*_of_codes(file), *_of_passages(file), *_of_notes(file), *_of_others(file)]
    return tuple(said)


def _of_sources(file: RefiFile) -> Iterator[str]:
    kinds = Counter(source.kind for source in file.project.sources)
    left = sum(count for kind, count in kinds.items() if kind not in ("pdf", "text"))
    if left:
        yield say_many(
            "{n} source is a picture, sound recording or film, which Kantlijn cannot show.",
            "{n} sources are pictures, sound recordings or films, which Kantlijn cannot show.", left)  # fmt: skip


def _of_codes(file: RefiFile) -> Iterator[str]:
    names = {code.guid: code.name for code in file.project.codes} | file.project.cases
    for source in file.project.sources:
        given = [names[guid] for guid in source.codes if guid in names]
        if given:
            yield say("“{name}” as a whole was coded with {codes}; tag a passage of it if that matters.",
                      name=source.name, codes=", ".join(given))  # fmt: skip
    if file.project.cases:
        yield say_many(
            "{n} case is no part of a project here; its passages get it as a theme: {names}.",
            "{n} cases are no part of a project here; their passages get them as themes: {names}.",
            len(file.project.cases), names=_listed(file.project.cases.values()))  # fmt: skip


def _of_notes(file: RefiFile) -> Iterator[str]:
    """Memos that hang on nothing that can be shown here."""
    project = file.project
    used = {guid for source in project.sources for guid in source.notes}
    used |= {guid for source in project.sources for one in source.selections for guid in one.notes}
    used |= {guid for code in project.codes for guid in code.notes}
    referred = set(used)
    ends = {one.guid for source in project.sources for one in source.selections}
    used |= {guid for one in project.links if {one.origin, one.target} <= ends for guid in one.notes}
    for link in project.links:
        used |= {link.origin} if link.target in ends else set()
        used |= {link.target} if link.origin in ends else set()
    free = [note.name or note.guid for note in project.notes if note.guid not in used and note.guid != GUID]
    if free:
        yield say_many(
            "{n} memo belongs to no passage, theme or document, and was left out: {names}.",
            "{n} memos belong to no passage, theme or document, and were left out: {names}.",
            len(free), names=_listed(free))  # fmt: skip
    known = {note.guid: note for note in project.notes}
    bare = [note.name or guid for guid, note in known.items() if guid in used and _lacks_words(file, note)]
    if bare:
        yield say_many(
            "The words of {n} memo are not in the file as plain text, and were left out: {names}.",
            "The words of {n} memos are not in the file as plain text, and were left out: {names}.",
            len(bare), names=_listed(bare))  # fmt: skip
    if gone := len(referred - known.keys()):
        yield say_many(
            "{n} memo that the file speaks of is not in it.", "{n} memos that the file speaks of are not in it.",
            gone)  # fmt: skip


def _lacks_words(file: RefiFile, note: RefiNote) -> bool:
    """Whether a memo's words are in a file of their own that is not there, or that only a word processor reads."""
    return bool(note.plain or note.rich) and file.text_of(note) is None


def _of_passages(file: RefiFile) -> Iterator[str]:
    """Codes and people of passages that an annotation cannot have."""
    every = [one for source in file.project.sources for one in source.selections]
    known = {code.guid for code in file.project.codes} | set(file.project.cases)
    astray = sum(bool(set(one.codes) - known) for one in every)
    if astray:
        yield say_many(
            "{n} passage was coded with a code that is not in the file.",
            "{n} passages were coded with codes that are not in the file.", astray)  # fmt: skip
    several = sum(one.coders > 1 for one in every)
    if several:
        yield say_many(
            "{n} passage was coded by several people; the first became its author.",
            "{n} passages were coded by several people; the first became the author.", several)  # fmt: skip


def _of_others(file: RefiFile) -> Iterator[str]:
    others = file.project.others
    if description := " ".join(file.project.description.split()):
        yield say("What the file says of the project was left out: “{words}”.", words=one_line(description, 200))
    if passages := others["Selection"]:
        yield say_many(
            "{n} coded passage of a memo was left out: {names}.",
            "{n} coded passages of memos were left out: {names}.",
            len(passages), names=_listed(passages))  # fmt: skip
    if variables := others["Variable"]:
        yield say_many(
            "{n} variable was left out with its values, for documents have none here: {names}.",
            "{n} variables were left out with their values, for documents have none here: {names}.",
            len(variables), names=_listed(variables))  # fmt: skip
    yield from told_of_sets(others["Set"])
    if graphs := others["Graph"]:
        yield say_many(
            "{n} map or network was left out, for there is none here: {names}.",
            "{n} maps or networks were left out, for there are none here: {names}.",
            len(graphs), names=_listed(graphs))  # fmt: skip
    ends = {one.guid for source in file.project.sources for one in source.selections}
    notes = {note.guid for note in file.project.notes}
    astray = sum(
        not {link.origin, link.target} <= ends | notes or {link.origin, link.target} <= notes
        for link in file.project.links
    )
    if astray:
        yield say_many(
            "{n} link begins or ends at something else than a passage and was left out.",
            "{n} links begin or end at something else than a passage and were left out.", astray)  # fmt: skip


def told_of_sets(names: Sequence[str]) -> Iterator[str]:
    """That the sets of these names did not come in; nothing for none."""
    if names:
        yield say_many(
            "{n} set of codes, documents or memos was left out, for there is none here: {names}.",
            "{n} sets of codes, documents or memos were left out, for there are none here: {names}.",
            len(names), names=_listed(names))  # fmt: skip


def _listed(names: Iterable[str]) -> str:
    """Names as one reads them, what has none as a dash; the first of very many."""
    every = [one_line(name, _NAME) or "–" for name in names]
    return "; ".join(every[:_MOST]) + ("; …" if len(every) > _MOST else "")
