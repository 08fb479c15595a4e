"""What a file of another program brings: annotations to be placed, relations between them, themes to be made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from kantlijn.model.document import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingTheme:
    """A theme as a file has it: fields that the file does not give are empty.

    names: from the top to itself, each as (English, Dutch); every theme above it, so at least one pair.
    """

    id: str = ""
    names: tuple[tuple[str, str], ...] = ()
    colour: str = ""
    letter: str = ""
    key: str = ""
    definition: str = ""
    search_words: tuple[str, ...] = ()
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingAnnotation:
    """An annotation on one passage, which is yet to be found.

    iri: what the file calls it. id: ours, "" when another program made it; then origin tells it apart from
    others. themes: ids, tags: names. sha256, names (of files, or titles), urls: which document it stands in.
    position: code points, UTF-16 units where utf16; of page where in_page, else of the whole text. page is an
    index; box: x0, y0, x1, y1 in points on that page. until: words that the passage ends before, where quote is
    only its beginning. unread: kinds of selectors that say nothing here.
    """

    iri: str
    id: str = ""
    origin: str = ""
    themes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""
    style: str = "highlight"
    colour: str = ""
    sha256: str = ""
    names: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    position: Range | None = None
    utf16: bool = False
    in_page: bool = False
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    until: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRelation:
    """source and target are IRIs of annotations, in the file or in the project. type "" when the file has none."""

    iri: str
    id: str
    source: str
    target: str
    type: str = ""
    status: str = ""
    note: str = ""
    author: str = ""
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """All that a file brings. skipped: what in it is no annotation, as its first words."""

    annotations: tuple[IncomingAnnotation, ...] = ()
    relations: tuple[IncomingRelation, ...] = ()
    themes: tuple[IncomingTheme, ...] = ()
    skipped: tuple[str, ...] = ()


def incoming_to_plain(incoming: Incoming) -> dict[str, Any]:
    """As JSON types."""
    return {
        "annotations": [_row(one) for one in incoming.annotations],
        "relations": [_row(one) for one in incoming.relations],
        "themes": [asdict(one) for one in incoming.themes], "skipped": list(incoming.skipped),
    }  # fmt: skip


def incoming_from_plain(plain: dict[str, Any]) -> Incoming:
    """The same again."""
    return Incoming(
        annotations=tuple(IncomingAnnotation(**_tupled(one)) for one in plain["annotations"]),
        relations=tuple(IncomingRelation(**_tupled(one)) for one in plain["relations"]),
        themes=tuple(IncomingTheme(**_tupled(one)) for one in plain["themes"]), skipped=tuple(plain["skipped"]),
    )  # fmt: skip


def _row(one: IncomingAnnotation | IncomingRelation) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _tupled(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) if isinstance(value, list) else value for name, value in plain.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list) else value
