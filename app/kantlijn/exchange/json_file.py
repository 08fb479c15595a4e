"""A handover as JSON for programs, in a shape that stays as it is: docs/cli.md says which."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kantlijn.model.document import Version
from kantlijn.model.handover import Handed, Handover

FORMAT = "kantlijn-annotations"
VERSION = 1


def handover_to_json(handover: Handover) -> bytes:
    """UTF-8 without a byte order mark. Ranges count code points of a version's text, half open."""
    versions: dict[str, list[dict[str, Any]]] = {}
    for version in handover.versions:
        versions.setdefault(version.document, []).append(_version(version))
    names = {theme.id: theme.called(handover.language) for theme in handover.themes}
    plain = {
        "format": FORMAT, "version": VERSION, "project": handover.project, "made": handover.made,
        "author": handover.author, "language": handover.language,
        "documents": [{**asdict(one), "versions": versions.get(one.id, [])} for one in handover.documents],
        "themes": [asdict(theme) for theme in handover.themes],
        "annotations": [_annotation(one, names) for one in handover.handed],
        "relations": [asdict(one) for one in handover.relations],
    }  # fmt: skip
    return written(plain)


def written(plain: dict[str, Any]) -> bytes:
    """An object as UTF-8 JSON, one line for each thing in a list of it, so that two files can be compared.

    Halves of letters that stand alone, which no UTF-8 can hold, become "?".
    """
    lines = ",\n".join(f" {_dumped(name)}: {_value(value)}" for name, value in plain.items())
    return f"{{\n{lines}\n}}\n".encode("utf-8", "replace")


def _value(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _dumped(value)
    return "[\n" + ",\n".join(f"  {_dumped(one)}" for one in value) + "\n ]"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _version(version: Version) -> dict[str, Any]:
    plain = asdict(version)
    del plain["document"]
    return plain


def _annotation(one: Handed, names: dict[str, str]) -> dict[str, Any]:
    annotation, anchor = one.passage.annotation, one.passage.anchor
    return {
        "id": annotation.id, "document": annotation.document, "version": anchor.version,
        "themes": list(annotation.themes), "theme_names": [names.get(theme, theme) for theme in annotation.themes],
        "note": annotation.note, "author": annotation.author, "created": annotation.created,
        "modified": annotation.modified, "style": annotation.style, "colour": annotation.colour,
        "origin": annotation.origin, "quote": one.readable, "page": one.page, "line": one.line,
        "anchor": {
            "range": list(anchor.range), "quote": anchor.quote, "prefix": anchor.prefix, "suffix": anchor.suffix,
            "first_page": anchor.first_page, "last_page": anchor.last_page, "state": anchor.state,
            "score": anchor.score, "method": anchor.method, "review": anchor.review,
            "areas": [{"page": page, "corners": list(quad)} for page, quad in anchor.quads],
        },
    }  # fmt: skip
