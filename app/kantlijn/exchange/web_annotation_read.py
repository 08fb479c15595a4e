"""Web Annotations read: our own, those of other programs that follow the W3C model, and those of Hypothesis."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from kantlijn.errors import BadFile
from kantlijn.exchange import web_annotation_parts as parts
from kantlijn.exchange.web_annotation import ANNOTATION, RELATION, THEME
from kantlijn.exchange.web_annotation_expanded import shortened_form
from kantlijn.exchange.web_annotation_parts import Plain, Where, first, iri_of, kinds, many, motivations, words
from kantlijn.model.annotation import STYLES
from kantlijn.model.incoming import Incoming, IncomingAnnotation, IncomingRelation, IncomingTheme
from kantlijn.model.relation import STATUSES, TYPES
from kantlijn.words import say

_LONGEST_ID = 200
_FIRST = 80
_INSIDE = ("first", "items", "rows", "annotations", "resources", "@graph", "next", "replies")


def read_web_annotations(data: bytes, file: str = "") -> Incoming:
    """What the file holds. BadFile, naming the file, for what is no JSON or holds no annotations."""
    try:
        return _read(shortened_form(_loaded(data)))
    except (ValueError, RecursionError) as trouble:
        raise BadFile(
            say("“{file}” is not a file of web annotations: it holds no JSON that can be read.", file=file)
        ) from trouble
    except LookupError as trouble:
        raise BadFile(
            say("“{file}” holds no web annotations. Choose a file that was exported as JSON-LD.", file=file)
        ) from trouble


def _loaded(data: bytes) -> Any:
    """The JSON in the file, or the list of those on its lines."""
    text = data.decode(json.detect_encoding(data))
    try:
        return json.loads(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return [json.loads(line) for line in lines]


def _read(value: Any) -> Incoming:
    skipped: list[str] = []
    every = list(_annotations_in(value, skipped))
    if not every:
        raise LookupError
    themes = {one.id: one for one in _themes_in(value)}
    iris = {iri_of(one) for one in every} - {""}
    made: list[IncomingAnnotation] = []
    relations: list[IncomingRelation] = []
    replies: list[tuple[list[str], str]] = []
    for one in every:
        relation = _relation(one, iris)
        if relation is not None:
            relations.append(relation)
        elif above := _answered(one, iris):
            replies.append((above, _answer(one)))
        else:
            made.extend(_made(one, themes))
    return Incoming(
        annotations=tuple(_apart(_with_answers(made, replies))), relations=tuple(relations),
        themes=tuple(themes.values()), skipped=tuple(skipped),
    )  # fmt: skip


def _annotations_in(value: Any, skipped: list[str]) -> Iterator[Plain]:
    """Every annotation in collections, pages, search results, graphs and lists."""
    for one in many(value):
        if not isinstance(one, dict):
            skipped.append(str(one)[:_FIRST])
            continue
        kind = kinds(one)
        if "Annotation" in kind or (not kind and first(one, "target", "hasTarget", "uri") is not None):
            yield one
            continue
        inner = [one[name] for name in _INSIDE if isinstance(one.get(name), list | dict)]
        for part in inner:
            yield from _annotations_in(part, skipped)
        if not inner:
            skipped.append(json.dumps(one, ensure_ascii=False)[:_FIRST])


# -- annotations -------------------------------------------------------------------------------------------


def _made(plain: Plain, themes: dict[str, IncomingTheme]) -> Iterator[IncomingAnnotation]:
    """The annotation, once for each of its targets."""
    said = parts.read_bodies(plain)
    tags = _left_of(said.tags, said.themes, themes)
    iri = iri_of(plain)
    own = _own_id(iri, ANNOTATION)
    style, colour = words(plain.get("kantlijn:style")), words(plain.get("kantlijn:colour"))
    made, last = _moments(plain)
    common = IncomingAnnotation(
        iri=iri, id=own, origin=words(plain.get("kantlijn:origin")) if own else "", themes=tuple(said.themes),
        tags=tuple(tags), note="\n\n".join(said.comments), author=parts.author_of(plain), created=made,
        modified=last or made,
        style=style if style in STYLES else "highlight",
        colour=colour if re.fullmatch("#[0-9a-fA-F]{6}", colour) else "",
    )  # fmt: skip
    targets = list(parts.choices(first(plain, "target", "hasTarget"))) or [words(plain.get("uri"))]
    for number, target in enumerate(targets):
        one = replace(common, **_where(plain, target))
        if own and not number:
            yield one
        else:
            yield replace(one, id="", origin=_origin(one, number))


def _where(plain: Plain, target: Any) -> Plain:
    """Where one target is, and in which document."""
    where = Where()
    if isinstance(target, dict):
        parts.read_selectors(first(target, "selector", "hasSelector"), where)
    parts.read_source(target, where)
    if "uri" in plain:  # Hypothesis: positions as JavaScript counts, and the document told beside the target
        about = plain.get("document")
        about = about if isinstance(about, dict) else {}
        links = [words(one.get("href")) for one in many(about.get("link")) if isinstance(one, dict)]
        urls = [*where.fields.get("urls", ()), words(plain["uri"]), *links]
        names = [*where.fields.get("names", ()), words(about.get("filename")), *map(parts.name_in, urls),
                 *map(words, many(about.get("title")))]  # fmt: skip
        where.fields |= {
            "utf16": True, "urls": tuple(dict.fromkeys(filter(None, urls))),
            "names": tuple(dict.fromkeys(filter(None, names))),
        }  # fmt: skip
    return where.fields


def _left_of(tags: list[str], ids: list[str], themes: dict[str, IncomingTheme]) -> list[str]:
    """The tags that do not name themes given by id; those of unknown ids are named after them."""
    if len(tags) == len(ids):
        for name, id_ in zip(tags, ids, strict=True):
            themes.setdefault(id_, IncomingTheme(id=id_, names=((name, name),)))
    known = {name.casefold() for id_ in ids if id_ in themes for name in themes[id_].names[-1]}
    return [tag for tag in tags if tag.casefold() not in known]


def _own_id(iri: str, kind: str) -> str:
    own = unquote(iri.removeprefix(kind)) if iri.startswith(kind) else ""
    return own if len(own) <= _LONGEST_ID and own.isprintable() else ""


def _origin(one: IncomingAnnotation, number: int) -> str:
    """What tells it apart from others: its IRI, else what it says and where."""
    if one.iri:
        return f"web:{one.iri}" + (f"#{number}" if number else "")
    said = repr((one.urls, one.names, one.quote, one.position, one.page, one.box, one.note, one.tags))
    return f"web-place:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:24]}"


def _moment(plain: Plain, *names: str) -> str:
    """The first of these moments; one of our own that is not known to the second is kept as it is."""
    if f"kantlijn:{names[0]}" in plain:
        return words(plain[f"kantlijn:{names[0]}"])
    return next((moment for name in names if (moment := parts.moment_of(plain.get(name)))), "")


def _moments(plain: Plain) -> tuple[str, str]:
    """When it was made and last changed; "" where that is told nowhere, not with a body or target either."""
    told = parts.told_in(plain)
    made = next((moment for one in told if (moment := _moment(one, "created", "annotatedAt"))), "")
    last = [_moment(one, "modified", "updated", "serializedAt") for one in told]
    return made, last[0] or max(last)


# -- relations and answers ---------------------------------------------------------------------------------


def _relation(plain: Plain, iris: set[str]) -> IncomingRelation | None:
    """The annotation as a relation, when it links one annotation to another."""
    iri = iri_of(plain)
    own = _own_id(iri, RELATION)
    if not own and "linking" not in motivations(plain):
        return None
    target = iri_of(next(iter(many(first(plain, "target", "hasTarget"))), ""))
    sources = [_linked(body) for body in parts.choices(first(plain, "body", "hasBody"))]
    source = next((one for one in sources if one in iris or one.startswith(ANNOTATION)), "")
    if not source or not (target in iris or target.startswith(ANNOTATION)):
        return None
    type_, status = words(plain.get("kantlijn:type")), words(plain.get("kantlijn:status"))
    made = _moment(plain, "created")
    notes = [one for one in parts.read_bodies(plain).comments if one not in (source, f"<{source}>")]
    return IncomingRelation(
        iri=iri, id=own, source=source, target=target, type=type_ if type_ in TYPES else "",
        status=status if status in STATUSES else "", note="\n\n".join(notes), author=parts.author_of(plain),
        created=made, modified=_moment(plain, "modified") or made,
    )  # fmt: skip


def _linked(body: Any) -> str:
    plain = body if isinstance(body, dict) else {}
    return iri_of(plain.get("source")) or iri_of(body)


def _answered(plain: Plain, iris: set[str]) -> list[str]:
    """The annotations in the file that this one answers to, the nearest last."""
    above = [one for one in map(words, many(plain.get("references"))) if one in iris]
    if not above and "replying" in motivations(plain):
        above = [one for one in map(iri_of, many(plain.get("target"))) if one in iris]
    return above


def _answer(plain: Plain) -> str:
    said = "\n\n".join(parts.read_bodies(plain).comments)
    author = parts.author_of(plain)
    return f"**{author}:** {said}" if author and said else said


def _with_answers(
    made: list[IncomingAnnotation], replies: list[tuple[list[str], str]]
) -> Iterator[IncomingAnnotation]:
    """What was answered joins the note of what it answers to, in the order of the file."""
    roots: dict[str, list[str]] = {}
    known = {one.iri for one in made}
    for above, said in replies:
        root = next((one for one in above if one in known), "")
        if root and said:
            roots.setdefault(root, []).append(said)
    for one in made:
        said_here = "\n\n".join((*filter(None, [one.note]), *roots.get(one.iri, ())))
        yield replace(one, note=said_here)


def _apart(made: Iterable[IncomingAnnotation]) -> Iterator[IncomingAnnotation]:
    """Without those that come twice; others that a file calls the same get origins of their own."""
    met: dict[str, list[IncomingAnnotation]] = {}
    for one in made:
        same = met.setdefault(one.id or one.origin, [])
        if one in same:
            continue
        same.append(one)
        yield one if one.id or len(same) == 1 else replace(one, origin=f"{one.origin}#same{len(same)}")


# -- themes ------------------------------------------------------------------------------------------------


def _themes_in(value: Any) -> Iterator[IncomingTheme]:
    """The themes that our own files bring along, each after those above it."""
    listed = many(value.get("kantlijn:themes")) if isinstance(value, dict) else []
    by_id = {iri_of(one): one for one in listed if isinstance(one, dict) and words(one.get("kantlijn:name"))}
    for iri, one in by_id.items():
        id_ = _own_id(iri, THEME)
        if not id_:
            continue
        position = one.get("kantlijn:position")
        said = {name: words(one.get(f"kantlijn:{name}")) for name in ("colour", "letter", "key", "definition")}
        yield IncomingTheme(
            id=id_, names=tuple(_path(one, by_id)), **said,
            search_words=tuple(filter(None, map(words, many(one.get("kantlijn:search_words"))))),
            position=position if isinstance(position, int) else None,
        )  # fmt: skip


def _path(plain: Plain, by_id: Mapping[str, Plain]) -> list[tuple[str, str]]:
    path: list[tuple[str, str]] = []
    met: list[Plain] = []
    above: Plain | None = plain
    while above is not None and above not in met:
        met.append(above)
        name = words(above.get("kantlijn:name"))
        path.insert(0, (name, words(above.get("kantlijn:name_nl")) or name))
        above = by_id.get(iri_of(above.get("kantlijn:parent")))
    return path
