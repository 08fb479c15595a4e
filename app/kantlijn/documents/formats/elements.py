"""Trees of XML and HTML gone through without recursion: strangers' files may be nested as deep as they like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html.entities import html5
from typing import Any

from kantlijn.errors import BadFile
from kantlijn.words import say

Element = Any
"""Of xml.etree or lxml: tag, text, tail, get(), iteration over children."""
START, END, TEXT = "start", "end", "text"
PART = 128 << 20
"""Bytes of one XML part, at most."""
_NAMED = {name[:-1]: value for name, value in html5.items() if name.endswith(";")}
_OF_XML = ("amp", "lt", "gt", "quot", "apos")


def parse_xml(raw: bytes, file: str) -> Element:
    """The root. BadFile for what is no XML, defines entities or is too large; file is for the sentence."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(raw) > PART:
        raise BadFile(say("“{file}” is too large to read; split it first.", file=file))
    try:
        return fromstring(raw)
    except DefusedXmlException as trouble:
        raise BadFile(say("“{file}” holds XML that is made to do harm, and is not read.", file=file)) from trouble
    except (ParseError, ValueError, LookupError) as trouble:  # LookupError: an encoding that nobody knows
        raise BadFile(say("“{file}” is damaged: its text cannot be read as XML.", file=file)) from trouble


def names(written: str) -> frozenset[str]:
    """Names written with spaces between them."""
    return frozenset(written.split())


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Element, name: str, default: str = "") -> str:
    """The value of the attribute of this local name, whatever its namespace."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(value) for key, value in element.attrib.items() if local(str(key)) == name), default)


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of this local name, and of that the next."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if isinstance(one.tag, str) and local(one.tag) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """All children of this local name."""
    for one in element if element is not None else ():
        if isinstance(one.tag, str) and local(one.tag) == name:
            yield one


def below(root: Element, name: str) -> Iterator[Element]:
    """All elements of this local name, in order."""
    return (one for one in root.iter() if isinstance(one.tag, str) and local(one.tag) == name)


def words_of(element: Element | None) -> str:
    """All text inside, on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def events(root: Element, left_out: Callable[[Element], bool]) -> Iterator[tuple[str, Element, str]]:
    """START and END of every element, and TEXT with the element that it stands in; some left out whole."""
    stack: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
    yield START, root, ""
    if root.text:
        yield TEXT, root, root.text
    while stack:
        element, inside = stack[-1]
        one = next(inside, None)
        if one is None:
            stack.pop()
            yield END, element, ""
            if stack and element.tail:
                yield TEXT, stack[-1][0], element.tail
        elif not isinstance(one.tag, str) or left_out(one):  # a comment has a function for a tag
            if one.tail:
                yield TEXT, element, one.tail
        else:
            yield START, one, ""
            if one.text:
                yield TEXT, one, one.text
            stack.append((one, iter(one)))


def named_entities(found: Iterable[str]) -> dict[str, str]:
    """What HTML's entities of these names stand for, those of XML itself left out."""
    return {name: _NAMED[name] for name in found if name in _NAMED and name not in _OF_XML}
