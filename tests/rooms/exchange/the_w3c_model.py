"""The rules of the Web Annotation Data Model (W3C Recommendation, 23 February 2017), as far as our files go.

broken(collection) lists what breaks a MUST. Sections are those of https://www.w3.org/TR/annotation-model/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
TERMS = {
    "@context", "id", "type", "body", "target", "bodyValue", "motivation", "creator", "created", "modified",
    "name", "value", "format", "language", "purpose", "source", "selector", "exact", "prefix", "suffix", "start",
    "end", "conformsTo", "label", "total", "first", "last", "items", "partOf", "startIndex", "next", "prev",
}  # fmt: skip
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_NEEDED = {
    "TextQuoteSelector": ("exact",),
    "TextPositionSelector": ("start", "end"),
    "FragmentSelector": ("value",),
}


def broken(collection: dict[str, Any]) -> list[str]:
    """What breaks a rule in a collection with its page inside, as sentences; [] for a right one."""
    return list(_collection(collection))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _collection(one: dict[str, Any]) -> Iterator[str]:
    if CONTEXT not in _listed(one.get("@context")):  # 3.1: exactly this, or among others in a list
        yield "no context"
    yield from _named(one, "AnnotationCollection")  # 5.1
    yield from _count(one, "total")
    page = one.get("first")
    if not isinstance(page, dict):
        yield "no first page"
        return
    yield from _named(page, "AnnotationPage")  # 5.2
    yield from _count(page, "startIndex")
    if page.get("partOf") != one.get("id"):
        yield "a page that is part of something else"
    if not isinstance(page.get("items"), list):
        yield "a page without a list of items"
        return
    if one.get("total") != len(page["items"]):
        yield "another total than there are items"
    ids = [item.get("id") for item in page["items"]]
    if len(set(ids)) != len(ids):
        yield "two annotations of one id"
    for item in page["items"]:
        yield from _annotation(item)
    yield from _terms(one)


def _annotation(one: dict[str, Any]) -> Iterator[str]:
    yield from _named(one, "Annotation")  # 3.1
    targets = _listed(one.get("target"))
    if not targets:
        yield "an annotation without a target"
    if "body" in one and "bodyValue" in one:  # 3.2.5
        yield "a body and a bodyValue"
    for resource in (*_listed(one.get("body")), *targets):
        yield from _resource(resource)
    for why in _listed(one.get("motivation")):  # 3.3.5
        if why not in MOTIVATIONS:
            yield f"motivation {why}"
    yield from _about(one)


def _resource(one: Any) -> Iterator[str]:
    if isinstance(one, str):
        if not _IRI.fullmatch(one):
            yield f"no IRI: {one!r}"
        return
    kinds = _listed(one.get("type"))
    if "TextualBody" in kinds and not isinstance(one.get("value"), str):  # 3.2.4
        yield "a textual body without exactly one value"
    if "SpecificResource" in kinds:  # 4
        if not isinstance(one.get("source"), str) or not _IRI.fullmatch(one["source"]):
            yield f"a specific resource without one source: {one.get('source')!r}"
    elif "value" not in one and not _IRI.fullmatch(str(one.get("id"))):
        yield "a resource without id"
    for name in ("format", "language"):
        if len(_listed(one.get(name))) > 1:
            yield f"more than one {name}"
    for why in _listed(one.get("purpose")):
        if why not in MOTIVATIONS:
            yield f"purpose {why}"
    for selector in _listed(one.get("selector")):
        yield from _selector(selector)
    yield from _about(one)


def _selector(one: dict[str, Any]) -> Iterator[str]:
    kind = one.get("type")
    if kind not in _NEEDED:
        yield f"a selector of no kind: {kind!r}"
        return
    for name in _NEEDED[kind]:  # 4.2
        value = one.get(name)
        right = isinstance(value, str) if name in ("exact", "value") else _is_count(value)
        if not right:
            yield f"a {kind} without one {name}"
    for name in ("prefix", "suffix", "conformsTo"):
        if not isinstance(one.get(name, ""), str):
            yield f"{name} is no string"
    if kind == "TextPositionSelector" and not one["start"] <= one["end"]:
        yield "a position upside down"


def _about(one: dict[str, Any]) -> Iterator[str]:
    for name in ("created", "modified"):  # 3.3.1: one moment, in UTC
        if name in one and not _UTC.fullmatch(str(one[name])):
            yield f"{name} is {one[name]!r}"
    for agent in _listed(one.get("creator")):  # 3.3.2
        if isinstance(agent, dict) and not isinstance(agent.get("name", ""), str):
            yield "an agent with more than one name"


def _named(one: dict[str, Any], kind: str) -> Iterator[str]:
    if not isinstance(one.get("id"), str) or not _IRI.fullmatch(one["id"]):
        yield f"{kind} without an IRI: {one.get('id')!r}"
    if kind not in _listed(one.get("type")):
        yield f"no {kind}"


def _count(one: dict[str, Any], name: str) -> Iterator[str]:
    if name in one and not _is_count(one[name]):
        yield f"{name} is {one[name]!r}"


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _terms(one: Any) -> Iterator[str]:
    """JSON-LD passes over words that no context knows: what they say would be lost."""
    if isinstance(one, dict):
        for name, value in one.items():
            if name not in TERMS and not name.startswith("kantlijn:"):
                yield f"a word of no context: {name}"
            if name != "@context":
                yield from _terms(value)
    elif isinstance(one, list):
        for value in one:
            yield from _terms(value)
