"""Web annotations as other programs write them are read: Hypothesis', the W3C's shapes, odd and broken ones."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kantlijn.errors import BadFile
from kantlijn.exchange.web_annotation_read import read_web_annotations
from kantlijn.model.incoming import IncomingAnnotation, incoming_from_plain, incoming_to_plain

QUOTE = {"type": "TextQuoteSelector", "exact": "Meldpunten zien meer", "prefix": "weken. ", "suffix": " signalen"}
POSITION = {"type": "TextPositionSelector", "start": 69, "end": 89}


def read(plain: Any) -> tuple[IncomingAnnotation, ...]:
    return read_web_annotations(json.dumps(plain).encode()).annotations


def one(**changed: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://example.org/a1", "type": "Annotation",
        "target": {"source": "https://example.org/brief.txt", "selector": QUOTE}, **changed,
    }  # fmt: skip


def hypothesis_row(**changed: Any) -> dict[str, Any]:
    return {
        "id": "hXYZ", "created": "2025-03-04T11:00:00.123456+01:00", "updated": "2025-03-05T10:00:00.000000+00:00",
        "user": "acct:robin@hypothes.is", "uri": "https://example.org/brief.txt", "text": "Vergelijk met 2023",
        "tags": ["Preventie", "nazien"], "document": {"title": ["Brief over toezicht"]}, "references": [],
        "target": [{"source": "https://example.org/brief.txt", "selector": [
            {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 0,
             "endOffset": 5},
            POSITION, QUOTE,
        ]}], **changed,
    }  # fmt: skip


def test_that_hypothesis_rows_are_read() -> None:
    (found,) = read({"total": 1, "rows": [hypothesis_row()]})
    assert (found.quote, found.position, found.utf16) == ("Meldpunten zien meer", (69, 89), True)
    assert (found.author, found.note, found.tags) == ("robin", "Vergelijk met 2023", ("Preventie", "nazien"))
    assert (found.created, found.modified) == ("2025-03-04T10:00:00Z", "2025-03-05T10:00:00Z")
    assert found.names == ("brief.txt", "Brief over toezicht")
    assert (found.id, found.origin) == ("", "web:hXYZ")


def test_that_an_answer_joins_the_note_it_answers() -> None:
    answer = hypothesis_row(id="h2", text="Gedaan", references=["hXYZ"], tags=[], user="acct:kim@hypothes.is",
                            target=[{"source": "https://example.org/brief.txt"}])  # fmt: skip
    (found,) = read({"rows": [hypothesis_row(), answer]})
    assert found.note == "Vergelijk met 2023\n\n**kim:** Gedaan"


@pytest.mark.parametrize(
    "around",
    [
        lambda a: a,
        lambda a: [a],
        lambda a: {"type": "AnnotationPage", "items": [a]},
        lambda a: {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [a]}},
        lambda a: {"@graph": [a]},
        lambda a: {"rows": [a]},
    ],
)  # fmt: skip
def test_that_one_is_found_however_it_is_wrapped(around: Any) -> None:
    (found,) = read(around(one(bodyValue="Een opmerking")))
    assert (found.quote, found.note) == ("Meldpunten zien meer", "Een opmerking")
    assert found.names == ("brief.txt",)


def test_that_a_file_of_one_annotation_a_line_is_read() -> None:
    lines = "\n".join(json.dumps(one(id=f"https://example.org/{n}")) for n in range(3))
    assert len(read_web_annotations(lines.encode()).annotations) == 3


@pytest.mark.parametrize(
    ("body", "note", "tags"),
    [
        ("https://example.org/comment", "<https://example.org/comment>", ()),
        ({"type": "TextualBody", "value": "Los"}, "Los", ()),
        ({"type": "TextualBody", "value": "<p>Een <b>vet</b></p><script>x()</script>", "format": "text/html"},
         "Een vet", ()),
        ([{"type": "TextualBody", "value": "a", "purpose": "tagging"}, {"type": "TextualBody", "value": "b"}],
         "b", ("a",)),
        ({"type": "Choice", "items": [{"type": "TextualBody", "value": "eerste"},
                                      {"type": "TextualBody", "value": "tweede"}]}, "eerste", ()),
        ({"type": "SpecificResource", "source": "https://example.org/term", "purpose": "classifying"}, "",
         ("https://example.org/term",)),
        ({"@type": "oa:Tag", "chars": "oud"}, "", ("oud",)),
    ],
)  # fmt: skip
def test_that_bodies_become_notes_and_tags(body: Any, note: str, tags: tuple[str, ...]) -> None:
    (found,) = read(one(body=body))
    assert (found.note, found.tags) == (note, tags)


def test_that_recogito_and_annotorious_name_people_and_days_with_the_bodies_or_the_target() -> None:
    said = {"type": "TextualBody", "purpose": "commenting", "value": "Nagaan", "creator": {"name": "Robin"},
            "created": "2024-05-01T08:00:00Z", "modified": "2024-05-02T08:00:00Z"}  # fmt: skip
    answer = {"type": "TextualBody", "purpose": "replying", "value": "Gedaan", "creator": {"name": "Kim"},
              "created": "2024-05-03T08:00:00Z", "modified": "2024-05-03T09:00:00Z"}  # fmt: skip
    tag = {"type": "TextualBody", "purpose": "tagging", "value": "Zorg", "creator": {"name": "Kim"}}
    (found,) = read(one(body=[said, answer, tag]))
    assert (found.author, found.note, found.tags) == ("Robin", "Nagaan\n\n**Kim:** Gedaan", ("Zorg",))
    assert (found.created, found.modified) == ("2024-05-01T08:00:00Z", "2024-05-03T09:00:00Z")
    day = "2024-06-01T08:00:00Z"
    target = {"source": "brief.txt", "selector": QUOTE, "creator": {"id": "urn:kim"}, "created": day}
    (found,) = read(one(target=target))
    assert (found.author, found.created, found.modified) == ("urn:kim", day, day)


@pytest.mark.parametrize(
    "inner",
    [
        {"type": "TextQuoteSelector", "exact": "meer"},
        {"type": "TextQuoteSelector", "exact": "meer", "prefix": "zien "},
        {"type": "TextPositionSelector", "start": 16, "end": 20},
    ],
)
def test_that_a_part_of_a_quote_is_that_part(inner: dict[str, Any]) -> None:
    (found,) = read(one(target={"source": "brief.txt", "selector": {**QUOTE, "refinedBy": inner}}))
    assert (found.quote, found.prefix, found.suffix) == ("meer", "weken. Meldpunten zien ", " signalen")
    assert found.position is None


def test_that_a_body_without_purpose_means_what_the_annotation_is_for() -> None:
    (found,) = read(one(motivation="tagging", body={"type": "TextualBody", "value": "Preventie"}))
    assert (found.note, found.tags) == ("", ("Preventie",))


@pytest.mark.parametrize(
    ("selector", "fields"),
    [
        (POSITION, {"position": (69, 89), "quote": ""}),
        ([POSITION, QUOTE], {"position": (69, 89), "quote": "Meldpunten zien meer"}),
        ({"type": "FragmentSelector", "value": "page=3", "refinedBy": QUOTE},
         {"page": 2, "quote": "Meldpunten zien meer"}),
        ({"type": "FragmentSelector", "value": "page=3", "refinedBy": POSITION},
         {"page": 2, "position": (69, 89), "in_page": True}),
        ({"type": "FragmentSelector", "value": "page=2&viewrect=10,20,30,40"},
         {"page": 1, "box": (10.0, 20.0, 40.0, 60.0)}),
        ({"type": "FragmentSelector", "value": "#page=2&viewrect=10,20,30,40"},
         {"page": 1, "box": (10.0, 20.0, 40.0, 60.0)}),
        ({"type": "FragmentSelector", "value": "char=4,9"}, {"position": (4, 9)}),
        ({"type": "FragmentSelector", "value": "page=2",
          "refinedBy": {"type": "SvgSelector", "value": "<svg><rect x='1' y='2' width='30' height='4'/></svg>"}},
         {"page": 1, "box": (1.0, 2.0, 31.0, 6.0)}),
        ({"type": "RangeSelector", "startSelector": {"type": "TextPositionSelector", "start": 3, "end": 4},
          "endSelector": {"type": "TextPositionSelector", "start": 9, "end": 10}}, {"position": (3, 9)}),
        ({"type": "RangeSelector", "startSelector": QUOTE,
          "endSelector": {"type": "TextQuoteSelector", "exact": "Hulp"}},
         {"quote": "Meldpunten zien meer", "until": "Hulp"}),
        ({"type": "RangeSelector",
          **{name: {"type": "XPathSelector", "value": "/p[1]", "refinedBy": POSITION}
             for name in ("startSelector", "endSelector")}},
         {"position": None, "unread": ("RangeSelector", "XPathSelector")}),
        ({"type": "CssSelector", "value": "p", "refinedBy": [POSITION, QUOTE]},
         {"position": None, "quote": "Meldpunten zien meer"}),
    ],
)  # fmt: skip
def test_that_selectors_are_read_alone_and_together(selector: Any, fields: dict[str, Any]) -> None:
    (found,) = read(one(target={"source": "https://example.org/brief.pdf", "selector": selector}))
    assert {name: getattr(found, name) for name in fields} == fields


def test_that_the_long_form_and_a_graph_of_nodes_say_the_same_as_the_short_form() -> None:
    oa = "http://www.w3.org/ns/oa#"
    selector = {"@type": [f"{oa}TextQuoteSelector"], f"{oa}exact": [{"@value": "Meldpunten zien meer"}]}
    target = {f"{oa}hasSource": [{"@id": "https://example.org/brief.pdf"}], f"{oa}hasSelector": [selector]}
    body = {"@type": [f"{oa}TextualBody"], f"{oa}hasPurpose": [{"@id": f"{oa}tagging"}],
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#value": [{"@value": "Zorg"}]}  # fmt: skip
    said = {"@id": "https://example.org/1", "@type": [f"{oa}Annotation"], f"{oa}hasBody": [body],
            "http://purl.org/dc/terms/created": [{"@value": "2025-03-04T10:00:00Z"}]}  # fmt: skip
    nodes = [{"@id": "_:b0", **target, f"{oa}hasSelector": [{"@id": "_:b1"}]}, {"@id": "_:b1", **selector}]
    pointing = {**said, f"{oa}hasTarget": [{"@id": "_:b0"}]}
    for data in ([{**said, f"{oa}hasTarget": [target]}], {"@graph": [*nodes, pointing]}, [pointing, *nodes]):
        incoming = read_web_annotations(json.dumps(data).encode())
        (found,) = incoming.annotations
        assert (found.quote, found.names, found.tags) == ("Meldpunten zien meer", ("brief.pdf",), ("Zorg",))
        assert (found.iri, found.created) == ("https://example.org/1", "2025-03-04T10:00:00Z")
        assert incoming.skipped == ()


def test_that_nodes_that_lead_to_themselves_come_to_an_end() -> None:
    circle = {"@id": "_:b0", "oa:refinedBy": [{"@id": "_:b0"}] * 50}
    data = {"@graph": [circle, one(target={"source": "a.txt", "selector": [QUOTE, {"@id": "_:b0"}]})]}
    (found,) = read_web_annotations(json.dumps(data).encode()).annotations
    assert found.quote == "Meldpunten zien meer"


def test_that_a_target_may_be_an_address_with_a_page() -> None:
    (found,) = read(one(target="https://example.org/rapport%201.pdf#page=4"))
    assert (found.page, found.names) == (3, ("rapport 1.pdf",))


def test_that_each_of_two_targets_becomes_an_annotation() -> None:
    two = [{"source": "a.txt", "selector": QUOTE}, {"source": "b.txt", "selector": POSITION}]
    first, second = read(one(target=two))
    assert (first.quote, second.position) == ("Meldpunten zien meer", (69, 89))
    assert first.origin != second.origin


def test_that_what_is_no_annotation_is_told() -> None:
    found = read_web_annotations(json.dumps([one(), {"type": "Note", "x": 1}, "los woord"]).encode())
    assert len(found.annotations) == 1
    assert found.skipped == ('{"type": "Note", "x": 1}', "los woord")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"\xff\xfe\x00", b"null", b'"tekst"', b"[" * 100_000])
def test_that_other_files_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(BadFile, match=r"notities\.json"):
        read_web_annotations(data, "notities.json")


_json = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=9),
    lambda inner: some.lists(inner, max_size=3)
    | some.dictionaries(
        some.sampled_from((
            "type", "id", "body", "target", "selector", "source", "value", "exact", "start", "end", "items",
            "purpose", "refinedBy", "motivation", "creator", "created", "uri", "document", "tags", "text",
            "references", "name", "kantlijn:areas", "kantlijn:page", "kantlijn:corners",
            "kantlijn:themes", "kantlijn:style", "index",
        )),
        inner, max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip
_kinds = some.sampled_from(("Annotation", "TextualBody", "FragmentSelector", "TextPositionSelector", "Choice"))


@given(some.dictionaries(some.sampled_from(("body", "target", "creator", "created", "motivation", "tags", "uri",
                                            "document", "text", "references", "id", "kantlijn:colour")), _json),
       _json, _kinds)  # fmt: skip
def test_that_no_shape_of_it_breaks_the_reader(plain: dict[str, Any], inner: Any, kind: str) -> None:
    """Read, and handed over as plain data as the workshop does; or refused with a sentence."""
    odd = {"type": "Annotation", "target": {"type": kind, "selector": {"type": kind, "value": inner}}, **plain}
    try:
        found = read_web_annotations(json.dumps({"items": [odd, inner], "kantlijn:themes": inner}).encode(), "x")
    except BadFile:
        return
    assert incoming_from_plain(json.loads(json.dumps(incoming_to_plain(found)))) == found
