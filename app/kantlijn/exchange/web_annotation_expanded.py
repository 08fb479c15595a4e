"""Web Annotations in the long forms of JSON-LD, names as full IRIs or a graph of nodes, in the short form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SPACES = re.compile(
    r"(?:https?://www\.w3\.org/ns/(?:oa|activitystreams)#|https?://purl\.org/dc/(?:terms|elements/1\.1)/"
    r"|https?://xmlns\.com/foaf/0\.1/|https?://www\.w3\.org/1999/02/22-rdf-syntax-ns#"
    r"|https?://www\.w3\.org/2000/01/rdf-schema#|https?://schema\.org/|(?:oa|as|dcterms|dc|dc11|foaf|rdf|rdfs):)(\w+)"
)
_SHORT = {
    "hasBody": "body", "hasTarget": "target", "hasSource": "source", "hasSelector": "selector",
    "hasStartSelector": "startSelector", "hasEndSelector": "endSelector", "motivatedBy": "motivation",
    "hasPurpose": "purpose",
}  # fmt: skip
"""What the short form calls what the long form has under another name."""
_DEEPEST, _OFTEN = 12, 20
"""How deep nodes are put into each other, and how often each on average: they may lead to themselves."""


def shortened_form(value: Any) -> Any:
    """The same with short names, without wrappings, and with each node where it is referred to.

    What is in the short form already comes back as it is.
    """
    return _Shortening(value).short(value, 0)


class _Shortening:
    def __init__(self, value: Any) -> None:
        graph = value.get("@graph") if isinstance(value, dict) else value
        every = [one for one in graph if isinstance(one, dict)] if isinstance(graph, list) else []
        named = {one["@id"]: one for one in every if isinstance(one.get("@id"), str) and len(one) > 1}
        wanted = set(_references(every)) if named else set()
        self._nodes = {id: one for id, one in named.items() if id in wanted and not _stands_alone(one)}
        self._left = _OFTEN * len(self._nodes)

    def short(self, value: Any, depth: int) -> Any:
        """The value in the short form; at depth 0 without the nodes that others are made of."""
        if isinstance(value, list):
            return [
                self.short(one, depth) for one in value
                if depth or not (isinstance(one, dict) and self._node(one) is not None)
            ]  # fmt: skip
        if not isinstance(value, dict):
            return value
        if "@value" in value:
            return value["@value"]
        if isinstance(value.get("@list"), list):
            return self.short(value["@list"], depth + 1)
        node = self._node(value)
        if len(value) == 1 and node is not None and depth < _DEEPEST and self._left > 0:
            self._left -= 1
            return self.short(node, depth + 1)
        made: dict[str, Any] = {}
        for name, one in value.items():
            short, inner = _name(name), self.short(one, depth + (name != "@graph"))
            made[short] = inner[0] if short != name and isinstance(inner, list) and len(inner) == 1 else inner
        return made

    def _node(self, value: dict[str, Any]) -> Any:
        id = value.get("@id")
        return self._nodes.get(id) if isinstance(id, str) else None


def _references(value: Any) -> Iterator[str]:
    """What is referred to by nothing but its name."""
    if isinstance(value, dict):
        if len(value) == 1 and isinstance(value.get("@id"), str):
            yield value["@id"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _references(one)


def _stands_alone(node: dict[str, Any]) -> bool:
    """Whether it is an annotation, or a list of these."""
    return any(_name(name) in ("target", "items", "first") for name in node)


def _name(name: str) -> str:
    found = _SPACES.fullmatch(name)
    return _SHORT.get(found[1], found[1]) if found else name
