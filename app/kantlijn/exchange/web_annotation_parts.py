"""The parts of a W3C Web Annotation as different programs write them: selectors, sources, bodies, people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from kantlijn.exchange.web_annotation import MOMENT, THEME

Plain = dict[str, Any]
_SHA256 = re.compile(r"(?:urn:|ni:)?(?:sha-?256)[:;]([0-9a-f]{64})", re.IGNORECASE)
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"]+", re.IGNORECASE)
_TOGETHER = {"Composite", "List", "Independents"}
_OF_ALL = {"TextQuoteSelector", "TextPositionSelector", "PageSelector"}
"""Selectors of the whole text or of a page, within which a position is one that can be found."""
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_VIEW = re.compile(rf"{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}")
_FAR = 1e6
"""Points; no page is so large."""
_RECT = re.compile(r"<rect\b([^>]*)>", re.IGNORECASE)


def many(value: Any) -> list[Any]:
    """A value that may be one or a list, or not there, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def first(plain: Plain, *names: str) -> Any:
    """What stands under the first of these names that is there."""
    return next((plain[name] for name in names if plain.get(name) is not None), None)


def words(value: Any) -> str:
    """A text, or the first of a list of them; "" for anything else. {"@value": …} is a text too."""
    for one in many(value):
        if isinstance(one, dict):
            one = first(one, "@value", "value")
        if isinstance(one, str):
            return one
    return ""


def kinds(plain: Plain) -> set[str]:
    """Its types, without the name space."""
    found = (one for one in many(first(plain, "type", "@type")) if isinstance(one, str))
    return {re.split(r"[:#/]", one)[-1] for one in found}


def iri_of(value: Any) -> str:
    """What a resource is called: itself, or its id."""
    return words(first(value, "id", "@id")) if isinstance(value, dict) else words(value)


def motivations(plain: Plain) -> set[str]:
    """Why it was made, without name spaces: "tagging", "commenting"…"""
    found = many(first(plain, "motivation", "motivatedBy", "purpose"))
    return {re.split(r"[:#/]", one)[-1] for one in map(iri_of, found) if one}


def choices(value: Any) -> Iterator[Any]:
    """The resources that a list, a choice (its first) or a set of them stands for."""
    for one in many(value):
        kind = kinds(one) if isinstance(one, dict) else set()
        inner = many(first(one, "items", "members", "item")) if kind else []
        if kind & _TOGETHER and inner:
            yield from choices(inner)
        elif "Choice" in kind and (inner or one.get("default")):
            yield from choices((inner or [one["default"]])[:1])
        else:
            yield one


# -- where -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Where:
    """Fields as IncomingAnnotation has them."""

    fields: Plain = field(default_factory=dict)

    def put(self, **found: Any) -> None:
        """Keep what was not found before."""
        for name, value in found.items():
            self.fields.setdefault(name, value)

    def unread(self, kinds: Iterable[str]) -> None:
        """Keep of which kinds selectors are that say nothing here."""
        known = self.fields.get("unread", ())
        self.fields["unread"] = tuple(dict.fromkeys((*known, *sorted(set(kinds) - _OF_ALL))))


def read_selectors(value: Any, where: Where, *, in_page: bool = False, inside: bool = False) -> None:
    """All that selectors say, those of a choice and those that refine others too.

    inside: they refine a part of a web page, which is not known here, so that no position in it counts.
    """
    for one in many(value):
        if not isinstance(one, dict):
            continue
        kind = kinds(one)
        if "Choice" in kind:
            read_selectors(first(one, "items", "members"), where, in_page=in_page, inside=inside)
        elif "TextQuoteSelector" in kind and words(one.get("exact")):
            where.put(**_read_quote(one))
            continue  # what refines it was read with it
        elif not kind and words(one.get("quote")):  # Recogito's own way
            where.put(quote=words(one["quote"]), utf16=True)
            _put_position(where, one.get("start"), one.get("end"), in_page=in_page)
        elif "TextPositionSelector" in kind:
            if not inside:
                _put_position(where, one.get("start"), one.get("end"), in_page=in_page)
        elif "RangeSelector" in kind:
            _read_range(one, where, in_page=in_page, inside=inside)
        elif "FragmentSelector" in kind:
            read_fragment(words(one.get("value")), where)
        elif "SvgSelector" in kind:
            _put_rect(words(one.get("value")), where)
        elif "PageSelector" in kind and _is_count(one.get("index")):
            where.put(page=one["index"])
        else:
            where.unread(kind)
        pageful = "FragmentSelector" in kind and "page=" in words(one.get("value"))
        within = inside or not (pageful or kind & _OF_ALL)
        read_selectors(one.get("refinedBy"), where, in_page=in_page or pageful, inside=within)


def _read_quote(plain: Plain) -> dict[str, str]:
    """The words, or the part of them that another selector picks out; the rest then is what stands around it."""
    exact, prefix, suffix = (words(plain.get(name)) for name in ("exact", "prefix", "suffix"))
    for inner in many(plain.get("refinedBy")):
        kind = kinds(inner) if isinstance(inner, dict) else set()
        start, end = -1, -1
        if "TextQuoteSelector" in kind and words(inner.get("exact")):
            part = words(inner["exact"])
            at = exact.find(words(inner.get("prefix")) + part)
            start = at + len(words(inner.get("prefix"))) if at >= 0 else exact.find(part)
            end = start + len(part)
        elif "TextPositionSelector" in kind and _is_count(inner.get("start")) and _is_count(inner.get("end")):
            start, end = inner["start"], inner["end"]
        if 0 <= start < end <= len(exact):
            return {"quote": exact[start:end], "prefix": prefix + exact[:start], "suffix": exact[end:] + suffix}
    return {"quote": exact, "prefix": prefix, "suffix": suffix}


def _read_range(plain: Plain, where: Where, *, in_page: bool, inside: bool) -> None:
    """From the beginning of what one selector says to the beginning of what the other does."""
    start, end = Where(), Where()
    for name, one in (("startSelector", start), ("endSelector", end)):
        read_selectors(plain.get(name), one, in_page=in_page, inside=inside)
    begins, ends = start.fields.get("position"), end.fields.get("position")
    if begins and ends:
        _put_position(where, begins[0], ends[0], in_page=in_page)
    if start.fields.get("quote") and end.fields.get("quote"):
        if "quote" not in where.fields:
            found = {name: start.fields[name] for name in ("quote", "prefix", "suffix")}
            where.put(**found, until=end.fields["quote"])
    elif not (begins and ends):
        where.unread({"RangeSelector", *start.fields.get("unread", ()), *end.fields.get("unread", ())})


def read_fragment(fragment: str, where: Where) -> None:
    """page=3, viewrect=left,top,width,height and char=0,10, from 1 and 0 respectively."""
    said = dict(part.partition("=")[::2] for part in fragment.removeprefix("#").split("&"))
    if said.get("page", "").isdecimal() and int(said["page"][:9]) > 0:
        where.put(page=int(said["page"][:9]) - 1)
    if found := _VIEW.fullmatch(said.get("viewrect", "")):
        left, top, width, height = map(float, found.groups())
        where.put(box=(left, top, left + width, top + height))
    start, _, end = said.get("char", "").partition(";")[0].partition(",")
    if start.isdecimal() and end.isdecimal():
        _put_position(where, int(start[:12]), int(end[:12]), in_page=False)


def _put_position(where: Where, start: Any, end: Any, *, in_page: bool) -> None:
    if _is_count(start) and _is_count(end) and start < end:
        where.put(position=(start, end), in_page=in_page)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40


def _put_rect(svg: str, where: Where) -> None:
    """The first rectangle of a drawing."""
    found = _RECT.search(svg)
    if not found:
        return
    said = dict(re.findall(rf"\b(x|y|width|height)\s*=\s*[\"']{_NUMBER}(?:px|pt)?[\"']", found[1]))
    if "width" in said and "height" in said:
        x, y = float(said.get("x", 0)), float(said.get("y", 0))
        where.put(box=(x, y, x + float(said["width"]), y + float(said["height"])))


def read_source(target: Any, where: Where) -> None:
    """What document a target stands in: its SHA-256, file name, title and addresses, and what follows its "#"."""
    plain = target if isinstance(target, dict) else {}
    source = first(plain, "source", "hasSource") if plain else target
    named = source if isinstance(source, dict) else {}
    iri = iri_of(source) or iri_of(plain)
    address, _, fragment = iri.partition("#")
    if found := _SHA256.fullmatch(address):
        where.put(sha256=found[1].lower())
    elif address:
        where.put(urls=(address,))
    if fragment:
        read_fragment(fragment, where)
    areas = many(plain.get("kantlijn:areas"))
    if areas and isinstance(areas[0], dict) and _is_count(areas[0].get("kantlijn:page")):
        said_corners = [one for one in many(areas[0].get("kantlijn:corners")) if isinstance(one, int | float)]
        corners = [float(one) for one in said_corners if abs(one) < _FAR]
        if len(corners) == 8:
            xs, ys = corners[0::2], corners[1::2]
            where.fields |= {"page": areas[0]["kantlijn:page"], "box": (min(xs), min(ys), max(xs), max(ys))}
    said = [plain.get("kantlijn:file"), named.get("kantlijn:file"), named.get("filename"), name_in(address)]
    said += [plain.get("kantlijn:title"), *(named.get(one) for one in ("title", "label", "name", "schema:name"))]
    where.put(names=tuple(dict.fromkeys(filter(None, map(words, said)))))


def name_in(address: str) -> str:
    """The file name at the end of an address, "" for none."""
    try:
        said = urlsplit(address)
        return "" if said.scheme == "urn" else unquote(said.path.rsplit("/", 1)[-1])
    except ValueError:
        return ""


# -- what was said -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Said:
    """theme ids of ours, names of tags, and what is left for the note."""

    themes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def read_bodies(plain: Plain) -> Said:
    """Tags and comments of an annotation, in its bodies or as Hypothesis keeps them."""
    said = Said()
    why, author = motivations(plain), author_of(plain)
    for body in bodies_of(plain):
        before = len(said.comments)
        _read_body(body, why, said)
        if isinstance(body, dict) and (name := _named(body)) not in ("", author):
            said.comments[before:] = [f"**{name}:** {comment}" for comment in said.comments[before:]]
    said.comments += [one for one in (words(plain.get("bodyValue")), words(plain.get("text"))) if one]
    said.tags += [one for one in map(words, many(plain.get("tags"))) if one]
    return said


def bodies_of(plain: Plain) -> Iterator[Any]:
    """What an annotation says, part by part."""
    return choices(first(plain, "body", "hasBody", "bodies"))


def told_in(plain: Plain) -> list[Plain]:
    """Where it may be told who made an annotation and when: itself; Recogito's bodies, Annotorious' target."""
    inner = (*bodies_of(plain), *many(first(plain, "target", "hasTarget")))
    return [plain, *(one for one in inner if isinstance(one, dict))]


def _read_body(body: Any, why: set[str], said: Said) -> None:
    plain = body if isinstance(body, dict) else {}
    purposes = motivations(plain) or why
    tagging = bool(purposes & {"tagging", "classifying", "identifying"}) and "commenting" not in purposes
    text = words(first(plain, "value", "chars", "cnt:chars"))
    if text:
        if tagging or kinds(plain) & {"Tag", "SemanticTag"}:
            said.tags.append(text)
        else:
            said.comments.append(_without_tags(text) if "html" in words(plain.get("format")) else text)
        return
    source = first(plain, "source", "hasSource") if plain else None
    if isinstance(source, dict):
        _read_body({**source, "purpose": list(purposes)}, why, said)
        return
    iri = words(source) or iri_of(body)
    label = words(first(plain, "label", "name")) if plain else ""
    if iri.startswith(THEME):
        said.themes.append(unquote(iri.removeprefix(THEME)))
    elif tagging and (label or iri):
        said.tags.append(label or iri)
    elif iri:
        said.comments.append(f"<{iri}>" if _IRI.fullmatch(iri) else iri)


class _Words(HTMLParser):
    """The text of a piece of HTML, paragraphs apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its shape
        self.hidden += tag in ("script", "style")
        if tag in ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote"):
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style") and self.hidden > 0
        if tag in ("p", "div", "li"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def _without_tags(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()


def author_of(plain: Plain) -> str:
    """The name of who made it, as far as it is told."""
    info = plain.get("user_info")
    if isinstance(info, dict) and words(info.get("display_name")):
        return words(info["display_name"])
    return next((name for one in told_in(plain) if (name := _named(one))), "")


def _named(plain: Plain) -> str:
    """The name of the first maker that this part names."""
    for agent in many(first(plain, "creator", "annotatedBy", "user")):
        named = words(first(agent, "name", "nickname", "label")) if isinstance(agent, dict) else ""
        if name := named or iri_of(agent):
            return re.sub(r"^acct:([^@]+)@.*$", r"\1", name)
    return ""


def moment_of(value: Any) -> str:
    """A moment in UTC, to the second; "" for what is none."""
    said = words(value).strip()
    if MOMENT.fullmatch(said):
        return said
    try:
        moment = datetime.fromisoformat(said)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
