"""Reading project.qde and .qdc files of any program: by names of elements, whatever their namespace and order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kantlijn.errors import BadFile
from kantlijn.exchange.colours import colour_of
from kantlijn.exchange.refi_names import named_guid, same_guid
from kantlijn.exchange.refi_records import (
    RefiCode,
    RefiLink,
    RefiNote,
    RefiProject,
    RefiSelection,
    RefiSource,
)
from kantlijn.model.document import Range
from kantlijn.words import say

LARGEST = 50 << 20
"""Bytes of XML that are read."""
_KINDS = {"TextSource": "text", "PDFSource": "pdf", "Transcript": "text"}
_OTHERS = ("Set", "Graph", "Variable")
_MOST = 10**9
_NAMING = (
    "guid", "targetGUID", "originGUID", "creatingUser", "modifyingUser", "fromSyncPoint", "toSyncPoint",
)  # fmt: skip
"""Attributes that name things."""
_CHANGING = {"creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime"}


def read_project(data: bytes, file: str) -> RefiProject:
    """What a project holds. BadFile, naming the file, for what is none, or tries to trick its reader."""
    root = _parsed(data, file)
    if _kind(root) != "Project":
        raise _no_project(file)
    _name_by_guids(root, hashlib.sha256(data).hexdigest())
    guids = {_guid(user): user.get("name", "") or user.get("id", "") for user in _all(root, "User")}
    cases = {_guid(case): case.get("name", "") for case in _all(root, "Case")}
    others = {kind: _names(root, kind) for kind in _OTHERS}
    notes = [one for one in _children(_child(root, "Notes")) if _kind(one)]
    others["Selection"] = [
        one.get("name", "") for note in notes for one in note if _kind(one).endswith("Selection")
    ]
    return RefiProject(
        name=root.get("name", ""), origin=root.get("origin", ""), users=guids, cases=cases,
        codes=tuple(_codes(_child(root, "CodeBook"))),
        sources=tuple(_sources(root)), notes=tuple(map(_note, notes)), description=_text(root, "Description"),
        links=tuple(_link(one) for one in _children(_child(root, "Links")) if _kind(one) == "Link"),
        others=others,
    )  # fmt: skip


def read_codebook(data: bytes, file: str) -> tuple[tuple[RefiCode, ...], list[str]]:
    """The codes of a codebook, or of a project, each after the one it stands under; names of its sets. BadFile."""
    root = _parsed(data, file)
    book = root if _kind(root) == "CodeBook" else _child(root, "CodeBook")
    if book is None or _kind(root) not in ("CodeBook", "Project"):
        raise BadFile(
            say("“{file}” is not a codebook of a QDA program. Choose a file that was exported as .qdc.", file=file)
        )
    return tuple(_codes(book)), _names(root, "Set")


def _parsed(data: bytes, file: str) -> Element:
    if len(data) > LARGEST:
        raise BadFile(
            say("“{file}” is too large: no more than {n} MB of XML are read.", file=file, n=LARGEST >> 20)
        )
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as trouble:
        raise BadFile(
            say("“{file}” declares entities or a document type, which such files never do, and is not opened.",
                file=file)
        ) from trouble  # fmt: skip
    except (ParseError, ValueError, LookupError) as trouble:
        raise BadFile(
            say("“{file}” is damaged: its XML cannot be read ({why}). Export it again.", file=file, why=trouble)
        ) from trouble
    assert isinstance(root, Element)
    return root


def _name_by_guids(root: Element, space: str) -> None:
    """Names of a program's own, no GUIDs, become one each: the same throughout a file, and in no other.

    Those of parts of sources are told by where these stand, so that a later export of the project has them too.
    """
    parts: dict[str, str] = {}
    for source in (one for one in root.iter() if _kind(one).endswith("Source")):
        for part in (one for one in source.iter() if _kind(one).endswith("Selection")):
            written = part.get("guid", "").strip()
            if written and not same_guid(written):
                where = sorted((name, said) for name, said in part.attrib.items() if name not in _CHANGING)
                parts[written] = named_guid("foreign part", repr((root.get("origin"), source.get("name"), where)))
                part.set("guid", parts[written])
    for element in root.iter():
        for attribute in _NAMING:
            written = element.get(attribute, "").strip()
            if written and not same_guid(written):
                named = parts.get(written) or named_guid("foreign name", f"{space}/{written}")
                element.set(attribute, named)


def _no_project(file: str) -> BadFile:
    return BadFile(
        say("“{file}” is not a project of a QDA program. Choose a file that was exported as REFI-QDA (.qdpx).",
            file=file)
    )  # fmt: skip


# -- elements -----------------------------------------------------------------------------------------------


def _codes(book: Element | None) -> Iterator[RefiCode]:
    """Each code after the one above it, however deep; one that comes again under its guid and name is left out.

    One without a guid, or with that of another, gets one made of its name and place.
    """
    waiting = [(one, "") for one in reversed(_children(_child(book, "Codes")))]
    met: dict[str, str] = {}
    while waiting:
        element, parent = waiting.pop()
        guid, name = _guid(element), element.get("name", "")
        if _kind(element) != "Code":
            continue
        if not guid or met.get(guid, name) != name:
            guid = named_guid("foreign code", f"{parent}/{name}")
        if guid not in met:
            met[guid] = name
            yield RefiCode(
                guid=guid, name=name, parent=parent, colour=colour_of(element.get("color", "")),
                description=_text(element, "Description"), notes=_references(element, "NoteRef"),
            )  # fmt: skip
            waiting.extend((one, guid) for one in reversed(_children(element)))


def _sources(root: Element) -> Iterator[RefiSource]:
    """Each under a guid of its own, and passages that stand in cases coded with these."""
    cases: dict[str, list[str]] = {}
    for case in _all(root, "Case"):
        for member in _references(case, "SelectionRef"):
            cases.setdefault(member, []).append(_guid(case))
    met: set[str] = set()
    every = (one for element in _children(_child(root, "Sources")) for one in (element, *_transcripts(element)))
    for place, element in enumerate(every):
        if not _kind(element):
            continue
        source = _source(element)
        guid = source.guid if source.guid and source.guid not in met else named_guid("foreign source", str(place))
        met.add(guid)
        selections = tuple(replace(one, codes=(*one.codes, *cases.get(one.guid, ()))) for one in source.selections)
        yield replace(source, guid=guid, selections=selections)


def _source(element: Element) -> RefiSource:
    kind = _kind(element)
    text = _child(element, "Representation") if kind == "PDFSource" else element
    selections = list(_selections(element, "PDFSelection"))
    if text is not None:
        selections += _selections(text, "TranscriptSelection" if kind == "Transcript" else "PlainTextSelection")
    if kind not in _KINDS:  # parts of pictures and recordings, which can only be told of
        selections = list(_selections(element, ""))
    return RefiSource(
        guid=_guid(element), kind=_KINDS.get(kind, kind), name=element.get("name", ""),
        path=element.get("path", ""), description=_text(element, "Description"),
        notes=_references(element, "NoteRef"), codes=_codings(element), selections=tuple(selections),
        **_text_of(text),
    )  # fmt: skip


def _transcripts(element: Element) -> list[Element]:
    """What was said in a recording, which is a text like any other."""
    return [one for one in _children(element) if _kind(one) == "Transcript"]


def _text_of(element: Element | None) -> dict[str, Any]:
    """Where the plain text is: in the file itself, or at a path."""
    if element is None:
        return {}
    inside = _child(element, "PlainTextContent")
    return {
        "plain": element.get("plainTextPath", ""), "rich": element.get("richTextPath", ""),
        "content": (inside.text or "") if inside is not None else None,
    }  # fmt: skip


def _selections(parent: Element, kind: str) -> Iterator[RefiSelection]:
    """Those of this kind; of any for ""."""
    moments = {_guid(one): _number(one, "position") for one in _children(parent) if _kind(one) == "SyncPoint"}
    for element in _children(parent):
        if not _kind(element).endswith("Selection") or kind not in ("", _kind(element)):
            continue
        said = _child(element, "Representation")
        inside = _child(said, "PlainTextContent") if said is not None else None
        codings = [one for one in _children(element) if _kind(one) == "Coding"]
        notes = [note for one in (element, *codings) for note in _references(one, "NoteRef")]
        users = (element.get("creatingUser", ""), *(one.get("creatingUser", "") for one in codings))
        times = (element.get("creationDateTime", ""), *(one.get("creationDateTime", "") for one in codings))
        yield RefiSelection(
            guid=_guid(element), name=element.get("name", ""), range=_range(element, moments),
            page=_number(element, "page"), box=_box(element),
            said=(inside.text or "") if inside is not None else "", codes=_codings(element),
            description=_text(element, "Description"), notes=tuple(dict.fromkeys(notes)),
            user=next((guid for one in users if (guid := same_guid(one))), ""),
            coders=max(1, len({guid for one in users[1:] if (guid := same_guid(one))})),
            created=next((time for time in times if time.strip()), ""),
            modified=element.get("modifiedDateTime", ""),
        )  # fmt: skip


def _note(element: Element) -> RefiNote:
    return RefiNote(
        guid=_guid(element), name=element.get("name", ""), description=_text(element, "Description"),
        **_text_of(element),
    )  # fmt: skip


def _link(element: Element) -> RefiLink:
    return RefiLink(
        guid=_guid(element), name=element.get("name", ""), origin=same_guid(element.get("originGUID", "")),
        target=same_guid(element.get("targetGUID", "")), notes=_references(element, "NoteRef"),
    )  # fmt: skip


def _codings(element: Element) -> tuple[str, ...]:
    codings = (one for one in _children(element) if _kind(one) == "Coding")
    return tuple(dict.fromkeys(guid for one in codings for guid in _references(one, "CodeRef")))


def _references(element: Element, kind: str) -> tuple[str, ...]:
    found = (same_guid(one.get("targetGUID", "")) for one in _children(element) if _kind(one) == kind)
    return tuple(dict.fromkeys(guid for guid in found if guid))


def _range(element: Element, moments: Mapping[str, int | None]) -> Range | None:
    """From its positions; in a transcript, from those of the moments it begins and ends at."""
    start, end = _number(element, "startPosition"), _number(element, "endPosition")
    if _kind(element) == "TranscriptSelection":
        start, end = (moments.get(same_guid(element.get(name, ""))) for name in ("fromSyncPoint", "toSyncPoint"))
    return (start, end) if start is not None and end is not None else None


def _box(element: Element) -> tuple[float, float, float, float] | None:
    corners = [_number(element, name) for name in ("firstX", "firstY", "secondX", "secondY")]
    xs, ys = [one for one in corners[0::2] if one is not None], [one for one in corners[1::2] if one is not None]
    return (min(xs), min(ys), max(xs), max(ys)) if len(xs) == len(ys) == 2 else None


def _number(element: Element, name: str) -> int | None:
    """A whole number within reason; some programs write "72.0"."""
    try:
        number = float(element.get(name, ""))
    except ValueError:
        return None
    return int(number) if abs(number) < _MOST else None


def _guid(element: Element) -> str:
    return same_guid(element.get("guid", ""))


def _text(element: Element, kind: str) -> str:
    found = _child(element, kind)
    return (found.text or "") if found is not None else ""


def _kind(element: Element) -> str:
    """The name without its namespace; "" for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element | None) -> list[Element]:
    return list(element) if element is not None else []


def _child(element: Element | None, kind: str) -> Element | None:
    return next((one for one in _children(element) if _kind(one) == kind), None)


def _names(root: Element, kind: str) -> list[str]:
    return [one.get("name", "") for one in root.iter() if _kind(one) == kind]


def _all(root: Element, kind: str) -> Iterator[Element]:
    return (one for one in root.iter() if _kind(one) == kind and _guid(one))
