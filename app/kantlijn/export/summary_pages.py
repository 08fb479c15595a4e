"""A summary as paragraphs and tables: what Word, OpenDocument and PDF files are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kantlijn.export.blocks import Block, Footnote, Pages, Paragraph, Run, Table
from kantlijn.export.harmless import kept_apart, one_line
from kantlijn.export.notes import paragraphed
from kantlijn.export.said import Manner, Said, SaidEntry, SaidGroup, SaidRelation, said
from kantlijn.model.summary import Summary

_DEEPEST = 9
_WIDTHS = (36, 13, 31, 8, 12)


def pages(summary: Summary) -> Pages:
    """The whole document, with the same words in the same order as in every other format."""
    made = said(summary, Manner(line=one_line, note=paragraphed()))
    return Pages(
        title=made.title, language=made.language, blocks=tuple(_blocks(made)), wide=bool(made.register),
        contents=made.words["contents"] if len(made.groups) > 1 else "",
    )  # fmt: skip


def passages(summary: Summary) -> Pages:
    """Its passages alone, for the clipboard: no title and no headings."""
    made = said(summary, Manner(line=one_line, note=paragraphed()))
    blocks = [
        block for group in made.groups for entry in group.entries for block in _entry(entry, made.words)
    ]
    return Pages(title="", language=made.language, blocks=tuple(blocks), contents="")


def _blocks(made: Said) -> Iterator[Block]:
    yield Paragraph(kind="title", parts=(Run(made.title),))
    yield Paragraph(kind="made", parts=(Run(made.made),))
    for group in made.groups:
        yield from _group(group, made.words, 1)
    if made.register:
        yield _register(made)
    elif not made.groups:
        yield _words("text", made.words["nothing"])
    if made.documents:
        yield Paragraph(kind="heading", parts=(Run(made.words["documents"]),), level=1)
    for line in made.documents:
        yield _words("bullet", line)
    if made.left_out:
        yield _words("about", made.left_out)


def _group(group: SaidGroup, words: dict[str, str], level: int) -> Iterator[Block]:
    runs = [Run(group.title)]
    if group.chip is not None:
        runs.insert(0, Run(f"\u00a0{group.chip.letter}\u00a0", ground=group.chip.colour, ink=group.chip.ink))
        runs.insert(1, Run(" "))
    yield Paragraph(kind="heading", parts=tuple(runs), level=min(level, _DEEPEST))
    if group.about:
        yield _words("about", group.about)
    yield from group.text
    for entry in group.entries:
        yield from _entry(entry, words)
    for row in group.relations:
        yield from _relation(row, words)
    for inner in group.groups:
        yield from _group(inner, words, level + 1)


def _entry(entry: SaidEntry, words: dict[str, str], *, begins: bool = True) -> Iterator[Paragraph]:
    """begins: it stands apart from what is above it."""
    first, *rest = _quote(entry, words)
    if entry.before:
        yield Paragraph(kind="before", parts=(Run(entry.before),), begins=begins)
        yield first
    else:
        yield replace(first, begins=begins)
    yield from rest
    if entry.after:
        yield _words("around", entry.after)
    yield from _about(entry, words)


def _quote(entry: SaidEntry, words: dict[str, str]) -> Iterator[Paragraph]:
    lines = entry.paragraphs or [""]
    for line in lines[:-1]:
        yield Paragraph(kind="quote", parts=(Run(line),), bar=entry.bar)
    last: tuple[Run | Footnote, ...] = (Run(lines[-1]),)
    if entry.number:
        last = (*last, Footnote(tuple(_source(entry, words))))
    yield Paragraph(kind="quote", parts=last, bar=entry.bar)


def _source(entry: SaidEntry, words: dict[str, str]) -> Iterator[Run]:
    yield Run(entry.source)
    if entry.link:
        yield Run(" · ")
        yield Run(words["open"], link=entry.link)
    if entry.file_link:
        yield Run(" · ")
        yield Run(entry.file, link=entry.file_link)


def _about(entry: SaidEntry, words: dict[str, str]) -> Iterator[Paragraph]:
    if not entry.number:
        yield Paragraph(kind="source", parts=tuple(_source(entry, words)))
    runs: list[Run] = []
    for chip in entry.chips:
        runs.append(Run(f"\u00a0{chip.letter}\u00a0", ground=chip.colour, ink=chip.ink))
        runs.append(Run(f" {kept_apart(chip.name)}  "))
    if entry.written:
        runs.append(Run(f"· {entry.written}" if runs else entry.written))
    if runs:
        yield Paragraph(kind="source", parts=tuple(runs))
    yield from entry.note


def _relation(row: SaidRelation, words: dict[str, str]) -> Iterator[Paragraph]:
    if row.response:
        yield replace(_words("label", words["recommendation"]), begins=True)
    yield from _entry(row.first, words, begins=not row.response)
    if row.response:
        runs = [Run(f"{words['response']}: "), Run(row.status, bold=True)]
        if row.addressee:
            runs.append(Run(f" · {row.addressee}"))
        yield Paragraph(kind="label", parts=tuple(runs))
    else:
        yield _words("label", row.type)
    yield from row.note
    yield from _entry(row.second, words, begins=False)


def _register(made: Said) -> Table:
    words = made.words
    return Table(
        head=tuple(words[name] for name in ("recommendation", "addressee", "response", "status", "note")),
        widths=_WIDTHS,
        rows=tuple(
            (
                (*_quote(row.first, words), *_about(row.first, words)), (_words("text", row.addressee or "–"),),
                (*_quote(row.second, words), *_about(row.second, words)), (_words("text", row.status),),
                tuple(row.note),
            )
            for row in made.register
        ),
    )  # fmt: skip


def _words(kind: str, words: str) -> Paragraph:
    return Paragraph(kind=kind, parts=(Run(words),))
