"""Web annotations keep the rules of the W3C, and come back as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from kantlijn.exchange.web_annotation import handover_to_web_annotations
from kantlijn.exchange.web_annotation_read import read_web_annotations
from kantlijn.model.handover import Handover
from rooms.exchange.a_handover import HOSTILE, PREVENTION, SCHOOLS, handed, handover
from rooms.exchange.the_w3c_model import broken

texts = some.text(max_size=40) | some.sampled_from(HOSTILE)
AREA = {"range": (50, 50), "quote": "", "quads": ((2, (10.5, 20.0, 300.0, 20.0, 300.0, 40.25, 10.5, 40.25)),)}


def written(made: Handover) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(handover_to_web_annotations(made))
    return plain


def kept(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def test_that_the_rules_of_the_w3c_are_kept() -> None:
    every = (
        handed(1), handed(2, themes=(), note=""), handed(3, themes=("T1", "T3"), created="2024", modified=""),
        handed(4, author="", anchor={"version": "V2"}), handed(5, anchor=AREA),
        handed(6, anchor={"quote": "", "range": (9, 9), "state": "lost"}),
        handed(7, style="underline", origin="a b"),
    )  # fmt: skip
    assert broken(written(handover(*every))) == []
    assert broken(written(handover())) == []


def test_that_the_judge_of_the_rules_finds_what_is_wrong() -> None:
    right = written(handover(handed(1), handed(2)))
    for name, wrong in (
        ("id", "no iri"), ("type", "Note"), ("target", []), ("created", "2026-11-20"), ("motivation", "musing"),
        ("colour", "#fff"),
    ):  # fmt: skip
        spoiled = json.loads(json.dumps(right))
        spoiled["first"]["items"][0][name] = wrong
        assert broken(spoiled), name
    for selector in ({"type": "TextQuoteSelector"}, {"type": "TextPositionSelector", "start": -1, "end": 2}):
        spoiled = json.loads(json.dumps(right))
        spoiled["first"]["items"][0]["target"]["selector"] = selector
        assert broken(spoiled), selector


def test_that_other_programs_find_the_words_the_place_and_the_page() -> None:
    (one,) = written(handover(handed(1)))["first"]["items"]
    assert (one["id"], one["motivation"]) == ("urn:kantlijn:annotation:A1", "tagging")
    assert one["creator"] == {"type": "Person", "name": "Robin"}
    assert one["target"]["source"] == "urn:sha256:" + "1" * 64
    assert one["target"]["kantlijn:file"] == "oversight.pdf"
    quote, position, page = one["target"]["selector"]
    assert quote == {"type": "TextQuoteSelector", "exact": "woord1", "prefix": "voor ", "suffix": " na"}
    assert position == {"type": "TextPositionSelector", "start": 10, "end": 15}
    assert (page["value"], page["conformsTo"]) == ("page=1", "http://tools.ietf.org/rfc/rfc3778")
    tag, theme, note = one["body"]
    assert (tag["value"], tag["purpose"], theme["source"]) == ("Schools", "tagging", "urn:kantlijn:theme:T2")
    assert (note["value"], note["format"], note["purpose"]) == ("Noot 1", "text/markdown", "commenting")


def test_that_an_area_is_a_rectangle_on_its_page() -> None:
    (one,) = written(handover(handed(1, anchor=AREA)))["first"]["items"]
    (selector,) = one["target"]["selector"]
    assert selector["value"] == "page=3&viewrect=10.50,20.00,289.50,20.25"


def test_that_a_relation_links_two_annotations() -> None:
    *_, link = written(handover(handed(1), handed(2)))["first"]["items"]
    assert (link["motivation"], link["target"]) == ("linking", "urn:kantlijn:annotation:A1")
    assert link["body"][0]["source"] == "urn:kantlijn:annotation:A2"
    assert link["body"][1]["value"] == "Ten dele"


@settings(deadline=None)
@given(texts, texts, texts, texts, texts, some.sampled_from(("highlight", "underline", "strike")))
def test_that_whatever_is_in_it_the_rules_are_kept_and_it_comes_back(
    quote: str, note: str, name: str, author: str, moment: str, style: str
) -> None:
    one = handed(
        1, note=note, author=author, created=moment, modified=moment, style=style, origin=name,
        themes=("T2", "T1"), anchor={"quote": quote, "prefix": note[:64], "suffix": name},
    )  # fmt: skip
    themes = (replace(PREVENTION, definition=note, search_words=(name or "x",)), SCHOOLS)
    made = handover(one, themes=themes, project=name, author=author)
    plain = written(made)
    assert broken(plain) == []
    (read,) = read_web_annotations(handover_to_web_annotations(made)).annotations
    assert (read.id, read.themes, read.tags) == ("A1", ("T2", "T1"), ())
    assert (read.note, read.author, read.created) == (kept(note), kept(author), kept(moment))
    assert (read.modified, read.style, read.origin) == (kept(moment), style, kept(name))
    assert (read.quote, read.position) == (kept(quote), (10, 15))
    if quote:
        assert (read.prefix, read.suffix) == (kept(note[:64]), kept(name))


def test_that_areas_relations_and_themes_come_back() -> None:
    made = handover(handed(1, anchor=AREA), handed(2, anchor={"version": "V2"}, colour="#ffd400"))
    read = read_web_annotations(handover_to_web_annotations(made))
    area, text = read.annotations
    assert (area.page, area.box, area.quote, area.position) == (2, (10.5, 20.0, 300.0, 40.25), "", None)
    assert (text.sha256, text.names, text.colour) == ("2" * 64, ("reply.txt", "Reply of the board"), "#ffd400")
    (link,) = read.relations
    assert (link.id, link.type, link.status, link.note) == ("R1", "responds-to", "partly", "Ten dele")
    above, below = read.themes
    assert (above.id, above.search_words, above.key, above.position) == ("T1", ("school", "voorlichting"), "1", 1)
    assert (below.id, below.names) == ("T2", (("Prevention", "Preventie"), ("Schools", "Scholen")))


def test_that_a_note_of_a_megabyte_comes_back() -> None:
    note = "<script>😀\u0000" * 100_000
    (read,) = read_web_annotations(handover_to_web_annotations(handover(handed(1, note=note)))).annotations
    assert read.note == note
