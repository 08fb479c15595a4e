"""Themes as codes: within a project, or as a codebook file of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from kantlijn.exchange.colours import colour_of
from kantlijn.exchange.refi_extras import theme_extras
from kantlijn.exchange.refi_names import CODEBOOK_SPACE, ORIGIN, guid_of, one_line
from kantlijn.exchange.refi_xml import Attributes, Xml
from kantlijn.model.theme import Theme

_MARK = "[Kantlijn] "
_MARKED = re.compile(r"(?:\n+|^)\[Kantlijn\] (\{[^\n]*\})\s*$")


def codebook_to_xml(themes: Sequence[Theme], language: str) -> bytes:
    """A .qdc file of these themes, of which there must be one; names in "nl" or "en".

    What a code has no place for stands as a last line in its description.
    """
    xml = Xml()
    with xml.inside("CodeBook", xmlns=CODEBOOK_SPACE, origin=ORIGIN):
        write_codes(xml, themes, language, marked=True)
    return xml.bytes()


def write_codes(xml: Xml, themes: Sequence[Theme], language: str, *, marked: bool = False) -> None:
    """The element Codes with the tree of themes, by position. marked: with what codes cannot hold."""
    ids = {theme.id for theme in themes}
    children: dict[str | None, list[Theme]] = {}
    for theme in sorted(themes, key=lambda one: (one.position, guid_of("theme", one.id)), reverse=True):
        children.setdefault(theme.parent if theme.parent in ids else None, []).append(theme)
    with xml.inside("Codes"):
        _write(xml, children, language, None, marked)


def _write(
    xml: Xml, children: dict[str | None, list[Theme]], language: str, above: str | None, marked: bool
) -> None:
    for theme in reversed(children.get(above, [])):
        attributes: Attributes = {
            "guid": guid_of("theme", theme.id), "name": one_line(theme.called(language)) or "?",
            "isCodable": "true", "color": colour_of(theme.colour),
        }  # fmt: skip
        with xml.inside("Code", attributes):
            xml.text("Description", _described(theme, language) if marked else theme.definition)
            _write(xml, children, language, theme.id, marked)


def _described(theme: Theme, language: str) -> str:
    extras = {**theme_extras(theme), "language": language}
    line = _MARK + json.dumps(extras, sort_keys=True)
    return f"{theme.definition}\n\n{line}" if theme.definition else line


def description_apart(description: str) -> tuple[str, dict[str, Any]]:
    """A code's description without our line, and what that line says."""
    found = _MARKED.search(description)
    if not found:
        return description, {}
    try:
        said = json.loads(found[1])
    except (ValueError, RecursionError):
        return description, {}
    return description[: found.start()], said if isinstance(said, dict) else {}
