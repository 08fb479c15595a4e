"""What REFI-QDA has no place for, as a note of ours in the project: other programs keep it, we read it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

from kantlijn.exchange.refi_names import guid_of, is_ulid, named_guid, one_line, time_of, utc_of
from kantlijn.model.annotation import Anchor, Annotation
from kantlijn.model.document import Document, Version
from kantlijn.model.handover import Handover, handover_from_plain, handover_to_plain
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme
from kantlijn.text.within import Frame

GUID = named_guid("note", "what the standard cannot hold")
"""Of the note. Never to change."""
_FORMAT = 1
R = TypeVar("R", Annotation, Relation, Document, Version)
_BLANK = Annotation(id="", document="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefiExport:
    """What is written. anchors: every one of the chosen annotations, in all versions. originals: ids of versions
    whose text is not what their file holds byte for byte, so that the file is beside it in the archive. frames: by
    version and page how areas there are counted from the bottom left of the PDF's page.
    """

    handover: Handover
    anchors: tuple[Anchor, ...] = ()
    originals: frozenset[str] = frozenset()
    frames: dict[tuple[str, int], Frame] = field(default_factory=dict)

    def source_guids(self) -> dict[str, str]:
        """The guid of each version's source, by its id: the same for the same bytes in every project."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for version in self.handover.versions:
            guid = named_guid("version", version.sha256)
            found[version.id] = guid if guid not in taken else named_guid("version", version.id)
            taken.add(found[version.id])
        return found


def export_to_plain(export: RefiExport) -> dict[str, Any]:
    """As JSON types."""
    return {
        "handover": handover_to_plain(export.handover), "originals": sorted(export.originals),
        "frames": [[version, page, frame] for (version, page), frame in export.frames.items()],
        "anchors": [[getattr(one, name.name) for name in fields(Anchor)] for one in export.anchors],
    }  # fmt: skip


def export_from_plain(plain: dict[str, Any]) -> RefiExport:
    """The same again. ValueError for records this program does not know."""
    names = [name.name for name in fields(Anchor)]
    anchors = []
    for row in plain["anchors"]:
        values = dict(zip(names, row, strict=True))
        values["range"] = tuple(values["range"])
        values["quads"] = tuple((page, tuple(quad)) for page, quad in values["quads"])
        anchors.append(Anchor(**values))
    return RefiExport(
        handover=handover_from_plain(plain["handover"]), anchors=tuple(anchors),
        originals=frozenset(plain["originals"]),
        frames={(version, page): tuple(frame) for version, page, frame in plain["frames"]},
    )  # fmt: skip


def selection_guid(anchor: Anchor, source: str) -> str:
    """That of the annotation where it was made; elsewhere one made from both, the same every time."""
    guid = guid_of("annotation", anchor.annotation)
    return guid if anchor.state == "original" else named_guid("selection", f"{guid}/{source}")


# -- writing ------------------------------------------------------------------------------------------------


def extras_of(export: RefiExport) -> str:
    """The note's text: JSON in ASCII, so that no program on the way can damage letters in it."""
    handover, sources = export.handover, export.source_guids()
    annotations = {guid_of("annotation", one.passage.id): _annotation(one.passage.annotation)
                   for one in handover.handed}  # fmt: skip
    placed = {selection_guid(one, sources[one.version]): _anchor(one) for one in export.anchors
              if one.state != "lost" and one.version in sources}  # fmt: skip
    said = {
        "kantlijn": _FORMAT,
        "language": handover.language,
        "documents": [_document(one, export, sources) for one in handover.documents],
        "themes": {guid_of("theme", one.id): theme_extras(one) for one in handover.themes},
        "annotations": {guid: rest for guid, rest in annotations.items() if rest},
        "selections": {guid: rest for guid, rest in placed.items() if rest},
        "lost": sorted(
            [
                {"annotation": guid_of("annotation", one.annotation), "source": sources[one.version],
                 "range": one.range, **_anchor(one)}
                for one in export.anchors if one.state == "lost" and one.version in sources
            ],
            key=lambda lost: (lost["annotation"], lost["source"]),
        ),
        "relations": {
            guid_of("relation", one.id): {
                "id": one.id, "type": one.type, "status": one.status, "author": one.author,
                "created": one.created, "modified": one.modified,
            }
            for one in handover.relations
        },
    }  # fmt: skip
    return json.dumps(said, sort_keys=True, indent=1)


def _document(document: Document, export: RefiExport, sources: Mapping[str, str]) -> dict[str, Any]:
    plain = {name.name: getattr(document, name.name) for name in fields(Document)}
    del plain["id"], plain["position"]
    plain = {name: value for name, value in plain.items() if value != ""}
    versions = [one for one in export.handover.versions if one.document == document.id]
    return {**plain, "versions": [_version(one, export, sources[one.id]) for one in versions]}


def _version(version: Version, export: RefiExport, source: str) -> dict[str, Any]:
    plain = {"source": source, "file": version.file, "sha256": version.sha256, "added": version.added}
    return {**plain, "original": f"{source}.original"} if version.id in export.originals else plain


def theme_extras(theme: Theme) -> dict[str, Any]:
    """What a code cannot say of a theme; names are both, to see whether another program changed one."""
    plain: dict[str, Any] = {"names": [theme.name, theme.name_nl], "letter": theme.letter}
    if not is_ulid(theme.id):
        plain["id"] = theme.id
    if theme.key:
        plain["key"] = theme.key
    if theme.search_words:
        plain["search_words"] = list(theme.search_words)
    return plain


def _annotation(annotation: Annotation) -> dict[str, Any]:
    plain = {
        name: getattr(annotation, name)
        for name in ("style", "colour", "origin")
        if getattr(annotation, name) != getattr(_BLANK, name)
    }
    if not is_ulid(annotation.id):
        plain["id"] = annotation.id
    for name in ("created", "modified"):
        if (time := getattr(annotation, name)) != time_of(time) or not time:
            plain[name] = time
    if annotation.author != one_line(annotation.author):
        plain["author"] = annotation.author
    return plain


def _anchor(anchor: Anchor) -> dict[str, Any]:
    plain: dict[str, Any] = {"quads": anchor.quads} if anchor.quads else {}
    if anchor.method != "made":
        plain["method"] = anchor.method
    if anchor.state != "original":
        plain |= {
            "annotation": guid_of("annotation", anchor.annotation), "state": anchor.state,
            "score": anchor.score, "review": anchor.review,
        }  # fmt: skip
    return plain


# -- reading ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """The note again, by guid. Only types in it are believed: programs on the way may have changed it."""

    language: str = ""
    documents: tuple[dict[str, Any], ...] = ()
    themes: dict[str, dict[str, Any]] = field(default_factory=dict)
    annotations: dict[str, dict[str, Any]] = field(default_factory=dict)
    selections: dict[str, dict[str, Any]] = field(default_factory=dict)
    lost: tuple[dict[str, Any], ...] = ()
    relations: dict[str, dict[str, Any]] = field(default_factory=dict)
    ours: bool = False


def extras_from(text: str) -> Extras:
    """What the note says; nothing for a text that is not such a note."""
    try:
        said = json.loads(text[text.index("{") :])
    except (ValueError, RecursionError):
        return Extras()
    if not isinstance(said, dict) or said.get("kantlijn") != _FORMAT:
        return Extras()
    tables = {name: _table(said.get(name)) for name in ("themes", "annotations", "selections", "relations")}
    return Extras(
        ours=True, language=words(said, "language"), documents=_list(said.get("documents")),
        lost=_list(said.get("lost")), **tables,
    )  # fmt: skip


def words(plain: Mapping[str, Any], name: str) -> str:
    """The string under this name, "" for anything else."""
    value = plain.get(name)
    return value if isinstance(value, str) else ""


def with_times(record: R, plain: Mapping[str, Any], names: tuple[str, ...]) -> R:
    """The record with those of these times that can be read, or are empty, as some are."""
    times = {name: plain[name] for name in names if isinstance(plain.get(name), str)}
    return with_strings(record, {name: time for name, time in times.items() if not time or utc_of(time)}, names)


def with_strings(record: R, plain: Mapping[str, Any], names: tuple[str, ...]) -> R:
    """The record with those of these fields that the note gives as strings."""
    given = {name: plain[name] for name in names if isinstance(plain.get(name), str)}
    return replace(record, **given) if given else record


def _table(value: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict):
        return {}
    return {guid: rest for guid, rest in value.items() if isinstance(rest, dict)}


def _list(value: Any) -> tuple[dict[str, Any], ...]:
    return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()

