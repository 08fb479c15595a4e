"""REFI-QDA files: always valid, whatever stands in a project; traps in them are refused; texts counted rightly."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantlijn.errors import BadFile
from kantlijn.exchange.colours import colour_of
from kantlijn.exchange.refi_codebook import codebook_to_xml, description_apart
from kantlijn.exchange.refi_extras import GUID, RefiExport, export_from_plain, export_to_plain, extras_from
from kantlijn.exchange.refi_names import clean, guid_of, id_of, same_guid, time_of, utc_of
from kantlijn.exchange.refi_project import project_to_xml
from kantlijn.exchange.refi_read import read_codebook, read_project
from kantlijn.exchange.refi_records import project_from_plain, project_to_plain
from kantlijn.exchange.refi_texts import counted
from kantlijn.model.annotation import Anchor, Annotation, Passage
from kantlijn.model.document import Document, Page, Version
from kantlijn.model.handover import Handed, Handover
from kantlijn.model.ids import new_id
from kantlijn.model.relation import Relation
from kantlijn.model.theme import Theme
from rooms.exchange.refi_rules import SPACE, obeyed

ANY = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\0\x01\x0b\x1f\ufffe\uffff\r\n\t&<>\"']]>😀\u202e"),
    max_size=30,
)
QUAD = (72.5, 100.0, 200.0, 100.0, 200.0, 150.0, 72.5, 150.0)


def export(text: str, id: str, author: str, colour: str) -> RefiExport:
    """A project in which every field that a reader can fill says this."""
    document = Document(id=new_id(), title=text, author=text, date="2024", note=text, position=1)
    version = Version(
        id=new_id(), document=document.id, number=1, file=text, sha256="ab" * 32, extractor="x",
        mime="application/pdf", size=1, pages=1, characters=500, added="2026-11-20T10:00:00Z",
    )  # fmt: skip
    themes = (
        Theme(id="prevention", name=text, name_nl=text, colour=colour, letter="P", definition=text, position=1,
              search_words=(text, "b")),
        Theme(id=new_id(), name=text, name_nl="x", colour="#1d63c4", letter="Q", parent="prevention", key="1"),
    )  # fmt: skip
    annotations = [
        Annotation(id=one, document=document.id, themes=(themes[0].id, "gone"), note=text, author=author,
                   created=text, modified="2026-11-20T10:00:00Z", colour=text, origin=text)
        for one in (id, new_id())
    ]  # fmt: skip
    anchors = (
        Anchor(id="1", annotation=id, version=version.id, range=(3, 60), quote=text, prefix="", suffix=""),
        Anchor(id="2", annotation=annotations[1].id, version=version.id, range=(0, 0), quote="", prefix="",
               suffix="", page_label=text, quads=((0, QUAD),)),
    )  # fmt: skip
    return RefiExport(
        handover=Handover(
            project=text, made="2026-11-20T10:00:00Z", author=author, language="en", documents=(document,),
            versions=(version,), themes=themes,
            handed=tuple(
                Handed(passage=Passage(annotation=one, anchor=anchor), readable=text, page="1", line=None)
                for one, anchor in zip(annotations, anchors, strict=True)
            ),
            relations=(Relation(id=new_id(), source=id, target=annotations[1].id, note=text, author=author),),
            pages={version.id: (Page(index=0, label="1", width=595.0, height=842.0, range=(0, 500)),)},
        ),
        anchors=anchors,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ANY, st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20), ANY, ANY)
def test_that_any_words_are_valid_and_come_back(text: str, id: str, author: str, colour: str) -> None:
    made = export(text, id, author, colour)
    xml = project_to_xml(export_from_plain(json.loads(json.dumps(export_to_plain(made)))))
    root = obeyed(xml)
    read = project_from_plain(json.loads(json.dumps(project_to_plain(read_project(xml, "p.qdpx")))))
    contents = {note.guid: note.content for note in read.notes}
    guid = guid_of("annotation", id)
    one = next(one for one in read.sources[0].selections if one.guid == guid)
    assert [contents[note] for note in one.notes] == ([clean(text)] if text else [])
    assert one.codes == (guid_of("theme", "prevention"),)
    assert read.codes[0].description == clean(text)
    assert [code.parent for code in read.codes] == ["", guid_of("theme", "prevention")]
    extras = extras_from(contents[GUID] or "")
    assert extras.documents[0].get("title", "") == text
    assert extras.themes[guid_of("theme", "prevention")]["names"] == [text, text]
    assert extras.annotations[guid].get("origin", "") == text
    values = [value.text for value in root.iterfind(".//q:TextValue", SPACE)]
    assert set(values) == {clean(text), "2024"} - {""}


@settings(max_examples=60, deadline=None)
@given(ANY, ANY)
def test_that_any_theme_is_valid_in_a_codebook_and_comes_back(name: str, definition: str) -> None:
    theme = Theme(id=new_id(), name=name, name_nl="x", colour="#1d63c4", letter="P", definition=definition,
                  search_words=(name,))  # fmt: skip
    xml = codebook_to_xml([theme, replace(theme, id="victim-aid", parent=theme.id)], "nl")
    obeyed(xml)
    codes, _ = read_codebook(xml, "t.qdc")
    said, extra = description_apart(codes[0].description)
    assert b' origin="Kantlijn"' in xml and said.rstrip("\n") == clean(definition).rstrip("\n")
    assert (extra["names"], extra["search_words"], codes[1].parent) == ([name, "x"], [name], codes[0].guid)


def test_that_an_empty_project_is_valid() -> None:
    nothing = Handover(project="", made="", author="", language="nl", documents=(), versions=(), themes=(),
                       handed=(), relations=(), pages={})  # fmt: skip
    obeyed(project_to_xml(RefiExport(handover=nothing)))


@given(st.integers(0, (1 << 128) - 1))
def test_that_guids_and_ids_are_the_same_number(number: int) -> None:
    guid = f"{number:032x}"
    guid = "-".join((guid[:8], guid[8:12], guid[12:16], guid[16:20], guid[20:]))
    assert guid_of("annotation", id_of(guid)) == guid
    assert same_guid("{" + guid.upper() + "} ") == guid


def test_that_names_that_are_no_ulids_have_a_guid_of_their_own_for_ever() -> None:
    assert guid_of("theme", "prevention") == "7a08e229-b21a-5dc8-9d50-02f9c24aecd2"
    assert guid_of("theme", "prevention") != guid_of("annotation", "prevention")
    assert same_guid("geen guid") == ""


@pytest.mark.parametrize(
    ("written", "kept", "read"),
    [
        ("2026-11-20T19:29:00Z", "2026-11-20T19:29:00Z", "2026-11-20T19:29:00Z"),
        ("2019-03-18T12:00:00+02:00", "2019-03-18T12:00:00+02:00", "2019-03-18T10:00:00Z"),
        ("2019-03-18T12:00:00.123", "2019-03-18T12:00:00.123", "2019-03-18T12:00:00Z"),
        ("2019-03-18", "", "2019-03-18T00:00:00Z"),
        ("2019-02-31T12:00:00Z", "", ""),
        ("ooit", "", ""),
        ("", "", ""),
    ],
)
def test_that_times_are_those_that_xml_knows(written: str, kept: str, read: str) -> None:
    assert (time_of(written), utc_of(written)) == (kept, read)


TRAPS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Project name="&b;"/>',
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project name="x">&a;</Project>',
    b'<?xml version="1.0"?><!DOCTYPE Project SYSTEM "http://example.org/p.dtd"><Project name="x"/>',
)


@pytest.mark.parametrize("trap", TRAPS)
def test_that_entities_and_document_types_are_refused(trap: bytes) -> None:
    with pytest.raises(BadFile, match=r"“p\.qdpx” declares entities or a document type"):
        read_project(trap, "p.qdpx")
    with pytest.raises(BadFile, match="declares entities"):
        read_codebook(trap, "p.qdc")


@pytest.mark.parametrize("data", [b"", b"<Project", b"\xff\xfe\x00", b'<?xml version="1.0" encoding="geen"?><a/>'])
def test_that_broken_xml_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile, match=r"“p\.qdpx” is damaged: its XML cannot be read"):
        read_project(data, "p.qdpx")


def test_that_another_kind_of_xml_is_refused() -> None:
    with pytest.raises(BadFile, match="not a project of a QDA program"):
        read_project(b"<html/>", "p.qdpx")
    with pytest.raises(BadFile, match="not a codebook"):
        read_codebook(b"<html/>", "p.qdc")


def test_that_ten_thousand_codes_below_each_other_are_read() -> None:
    guid = "00000000-0000-0000-0000-{:012x}"
    deep = "".join(f'<Code guid="{guid.format(n)}" name="{n}" isCodable="true">' for n in range(1, 10_001))
    codes = read_codebook(f"<CodeBook><Codes>{deep}{'</Code>' * 10_000}</Codes></CodeBook>".encode(), "t.qdc")[0]
    assert (len(codes), codes[-1].parent) == (10_000, guid.format(9_999))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["begin van", "een regel", "met 😀", "opvang"]), min_size=3, max_size=12), st.data(),
    st.sampled_from(["\n", "\r\n"]), st.sampled_from(["\n", "\r\n"]), st.booleans(),
)  # fmt: skip
def test_that_ranges_come_back_by_their_names(
    lines: list[str], data: st.DataObject, written: str, thought: str, marked: bool
) -> None:
    numbered = [f"{place}. {line}" for place, line in enumerate(lines)]
    plain = "\n".join(numbered)
    as_counted = ("\ufeff" if marked else "") + plain.replace("\n", thought)
    wanted = data.draw(st.lists(st.sampled_from(numbered), min_size=1, max_size=5))
    ranges = [(as_counted.index(one), as_counted.index(one) + len(one)) for one in wanted]
    found = counted(plain.replace("\n", written), ranges, wanted, marked=marked, feeds=False)
    assert found.text == plain
    assert [plain[slice(*range)] for range in found.ranges if range] == wanted


def test_that_colours_are_read_as_programs_write_them() -> None:
    ways = ("#1D63c4", "1D63c4", "#FF1D63c4", "rgb(29, 99,196)", "#abc", "red", "bed", "#12345", "rgb(1,2)", "")
    assert list(map(colour_of, ways)) == ["#1D63c4", "#1D63c4", "#1D63c4", "#1d63c4", "#aabbcc", *[""] * 5]
