"""Comparing two versions, or two files: worked out in a process of its own, and kept in the project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kantlijn.errors import Cancelled, Known
from kantlijn.guests.guest import Guest
from kantlijn.model.comparison import (
    IGNORABLE,
    Carried,
    Comparison,
    comparison_from_plain,
)
from kantlijn.model.document import Content, Range, Version
from kantlijn.store import comparisons as kept
from kantlijn.store import shelf
from kantlijn.usecases.desk import Desk
from kantlijn.usecases.read import version as read_version
from kantlijn.words import say

METHOD = "3"
"""Of comparing: a comparison kept by another is made again."""
_PATIENCE = 900.0  # seconds a comparison may take; 3,200 pages take some ten
_LOOK_EVERY = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions with their texts, and what changed between them."""

    old: Version
    new: Version
    old_title: str
    new_title: str
    old_content: Content
    new_content: Content
    comparison: Comparison


def compare_versions(
    desk: Desk,
    old_id: str,
    new_id: str,
    *,
    ignore: Collection[str] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> Compared:
    """What changed from one version to another, of the same document or not.

    What was compared before is there at once. ignore: of IGNORABLE. Known when one of them has no text; Cancelled;
    EngineTrouble.
    """
    old, new = read_version(desk, old_id), read_version(desk, new_id)
    contents = desk.content_of(old), desk.content_of(new)
    found = kept.comparison(desk.project, old, new, ignore, METHOD)
    if found is None:
        found, _ = compare_contents(*contents, names=(old.file, new.file), ignore=ignore, cancelled=cancelled)
        keep(desk, old, new, found)
    titles = {document.id: document.title for document in shelf.documents(desk.project)}
    return Compared(
        old=old, new=new, old_title=titles[old.document], new_title=titles[new.document],
        old_content=contents[0], new_content=contents[1], comparison=found,
    )  # fmt: skip


def compared_files(
    files: tuple[Path, Path], contents: tuple[Content, Content], found: Comparison
) -> Compared:
    """Two files that no project has, as if they were versions of documents named after them."""
    old, new = (
        Version(
            id=str(number), document=str(number), number=1, file=file.name, sha256="", extractor=content.extractor,
            mime=content.mime, size=0, pages=len(content.pages), characters=len(content.text), added="",
        )
        for number, (file, content) in enumerate(zip(files, contents, strict=True))
    )  # fmt: skip
    return Compared(
        old=old, new=new, old_title=files[0].stem, new_title=files[1].stem, old_content=contents[0],
        new_content=contents[1], comparison=found,
    )  # fmt: skip


def keep(desk: Desk, old: Version, new: Version, found: Comparison) -> None:
    """Keep it in the project, where that can be written; not worth a message where it cannot."""
    if not desk.read_only:
        with suppress(Known):
            kept.keep_comparison(desk.project, old, new, found, METHOD)


def compare_contents(
    old: Content,
    new: Content,
    *,
    names: tuple[str, str],
    ignore: Collection[str] = (),
    passages: Sequence[Range] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Comparison, tuple[Carried, ...]]:
    """The comparison, and these passages of the old text in the new one. names: for sentences about the files.

    Runs in a process of its own, which a cancel ends at once. Known when one of them has no text; Cancelled;
    EngineTrouble.
    """
    for content, name in zip((old, new), names, strict=True):
        _must_have_text(content, name)
    asked = {
        "furniture": [content.auxiliary if content.pages else None for content in (old, new)],
        "ignore": [one for one in IGNORABLE if one in ignore],
        "passages": passages,
    }
    guest = Guest("--workshop")
    try:
        future = guest.ask("compare", asked, (old.text.encode(), new.text.encode()), deadline=_PATIENCE)
        while True:
            with suppress(NotYet):
                plain, _ = future.result(timeout=_LOOK_EVERY)
                break
            if cancelled():
                raise Cancelled(say("The comparison was cancelled."))
    finally:
        guest.close()
    carried = tuple(map(_carried, passages, plain["carried"]))
    return comparison_from_plain(plain["comparison"]), carried


def _carried(old: Range, row: list[Any]) -> Carried:
    status, new, score, method, review, near = row
    return Carried(
        old=old, status=status, new=tuple(new) if new else None, score=score, method=method, review=review,
        near=tuple(near) if near else None,
    )  # fmt: skip


def _must_have_text(content: Content, name: str) -> None:
    if any(letter.isalnum() for letter in content.text):
        return
    if content.pages:
        raise Known(
            say("“{file}” has no text to compare: its pages are pictures. Recognise their text first.", file=name)
        )
    raise Known(say("“{file}” has no text to compare.", file=name))


def loss_sentence(comparison: Comparison) -> str:
    """What one side lacks and so could not be compared; "" when nothing is."""
    names = {
        "case": say("capitals"),
        "accents": say("letters with accents"),
        "digits": say("digits"),
        "punctuation": say("punctuation"),
    }
    if not comparison.loss:
        return ""
    return say(
        "One of the two has no {things}: differences in these cannot be seen.",
        things=", ".join(names[one] for one in comparison.loss),
    )


def unrelated_sentence(comparison: Comparison) -> str:
    """That the two have nothing in common, and what can still be done; "" when they have."""
    if comparison.is_related:
        return ""
    return say(
        "These two texts have almost no words in common: they may be different documents, or in different "
        "languages. They can still be read side by side."
    )
