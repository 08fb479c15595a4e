"""Files of strangers that mean harm, or were damaged on the way, leave the project as it was."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kantlijn.errors import BadFile
from kantlijn.exchange.refi_extras import GUID
from kantlijn.settings import Settings
from kantlijn.store import shelf
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.export_refi import export_refi
from kantlijn.usecases.handing.import_refi import found_in, import_codebook, import_refi
from kantlijn.usecases.marking import arrange_themes
from rooms.exchange.refi_rules import obeyed, project_of
from rooms.usecases.refi_dialects import SPACE, Dialect, coding, element, guid, passage, words

PLAIN = "Meldpunten delen signalen te laat.\nDe inspectie raadt overleg aan.\n"
ENTITIES = f'<!DOCTYPE a [<!ENTITY a "{"a" * 50}"><!ENTITY b "{"&a;" * 50}">]><Project {SPACE} name="&b;"/>'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path / "Toezicht.kantlijn", settings=Settings())
    yield made
    made.close()


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _no_project(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sources/a.txt", "woord")


def _outside(path: Path) -> None:
    Dialect("Elders", files={"../../weg.txt": b"x"}).write(path)


def _entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", ENTITIES)


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", " " * (40 << 20))


def _bomb_beside(path: Path) -> None:
    Dialect("Elders", files={f"{guid(1)}.txt": b" " * (40 << 20)}).write(path)


def _link(path: Path) -> None:
    Dialect("Elders").write(path)
    link = zipfile.ZipInfo("sources/koppeling.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/hostname")


def _locked(path: Path) -> None:
    Dialect("Elders").write(path)
    raw = bytearray(path.read_bytes())
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(head) + at] |= 1
    path.write_bytes(raw)


def _many(path: Path) -> None:
    Dialect("Elders", files={f"{n}.txt": b"" for n in range(5001)}).write(path)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_nothing, "no whole ZIP file"), (_no_project, r"there is no \.qde in it"),
        (_outside, "name leads outside"), (_entities, "declares entities"), (_bomb, "unpacks to far more"),
        (_many, "more than 5000 files"), (_bomb_beside, "unpacks to far more"),
        (_link, "holds a link to a file elsewhere"), (_locked, "is locked with a password"),
    ],
)  # fmt: skip
def test_that_a_trap_is_refused_and_nothing_changes(
    desk: Desk, tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    make(tmp_path / "val.qdpx")
    for look in (found_in, import_refi):
        with pytest.raises(BadFile, match=sentence) as refused:
            look(desk, tmp_path / "val.qdpx")
        assert "“val.qdpx”" in refused.value.sentence
    assert shelf.documents(desk.project) == []
    assert read.next_undo(desk) is None


def test_that_a_file_that_is_not_there_is_told_of(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"“weg\.qdpx” cannot be read"):
        import_refi(desk, tmp_path / "weg.qdpx")
    with pytest.raises(BadFile, match=r"“weg\.qdc” cannot be read"):
        import_codebook(desk, tmp_path / "weg.qdc")


def test_that_a_damaged_source_is_told_of_and_the_rest_comes(desk: Desk, tmp_path: Path) -> None:
    project = Dialect(
        "Elders", files={f"{guid(1)}.pdf": b"%PDF-1.7 niets dan dit"},
        sources=element("PDFSource", element("PDFSelection", guid=guid(9), page=0, firstX=1, firstY=1, secondX=99,
                                             secondY=99, name="Kader"), guid=guid(1), name="Stuk",
                        path=f"internal://{guid(1)}.pdf")
        + element("TextSource", words("PlainTextContent", PLAIN) + passage(10, PLAIN, "signalen"), guid=guid(4),
                  name="Brief"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert [one.title for one in told.documents] == ["Brief"]
    assert [(one.document, one.words) for one in told.unplaced] == [("Stuk", "Kader")]
    assert [row.readable for row in read.annotation_rows(desk)] == ["signalen"]
    assert len(told.remarks) == 1
    assert "Stuk.pdf" in told.remarks[0]


NONSENSE = {
    "kantlijn": 1, "language": 5, "documents": [3, {"title": "", "date": "gisteren", "versions": [
        {"source": guid(4), "file": "../../weg", "added": "ooit", "sha256": 8, "original": "../weg"}]}],
    "themes": {guid(2): {"names": ["a/b", ""], "id": "prevention", "letter": "", "key": "0", "search_words": "x"}},
    "annotations": {guid(10): {"id": "x" * 400, "style": "blink", "colour": "rood", "created": "ooit"}},
    "selections": {guid(11): {"state": "moved", "annotation": guid(77), "score": "veel", "quads": [[0, [1]]]}},
    "lost": [{"annotation": guid(10), "source": guid(4), "range": [10**12, 5], "state": "lost"}, {"range": "x"}],
    "relations": {guid(50): {"id": 3, "type": "x", "status": "y"}},
}  # fmt: skip


def test_that_a_note_of_ours_with_nonsense_in_it_does_no_harm(desk: Desk, tmp_path: Path) -> None:
    inside = (
        words("PlainTextContent", PLAIN) + passage(10, PLAIN, "signalen", coding(20, 2))
        + passage(11, PLAIN, "overleg") + passage(12, PLAIN, "inspectie")
    )  # fmt: skip
    project = Dialect(
        "Kantlijn", codes=element("Code", guid=guid(2), name="Melden", isCodable="true"),
        sources=element("TextSource", inside, guid=guid(4), name="Brief"),
        notes=element("Note", words("PlainTextContent", json.dumps(NONSENSE)), guid=GUID),
        links=element("Link", guid=guid(50), originGUID=guid(10), targetGUID=guid(12), name="x"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert (told.annotations, told.unplaced, told.remarks) == (3, (), ())
    (document,) = shelf.documents(desk.project)
    assert (document.title, document.date) == ("Brief", "")
    (version,) = shelf.versions(desk.project)
    assert (version.file, version.added[:2]) == ("weg.txt", "20")
    row = next(row for row in read.annotation_rows(desk) if row.readable == "signalen")
    annotation = row.passage.annotation
    assert (annotation.style, annotation.colour, len(annotation.id)) == ("highlight", "", 26)
    assert [read.theme_names(desk)[one] for one in annotation.themes] == ["Melden"]
    export_refi(desk, tmp_path / "uit.qdpx")
    obeyed(project_of(tmp_path / "uit.qdpx"))


def test_that_a_codebook_of_others_finds_the_themes_there_are(desk: Desk, tmp_path: Path) -> None:
    arrange_themes.add_theme(desk, "Scholen", parent="prevention")
    codes = (
        element("Code", words("Description", "Vooraf") + "".join(
            element("Code", guid=guid(n), name=name, isCodable="true")
            for n, name in ((3, "scholen"), (4, "Ouders"))
        ), guid=guid(2), name="PREVENTIE", isCodable="false", color="#123")
        + element("Code", guid="{" + guid(5).upper() + "}", name="Zorg/hulp", isCodable="true", color="#abc")
    )  # fmt: skip
    file = tmp_path / "codes.qdc"
    xml = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Elders">{element("Codes", codes)}</CodeBook>'
    file.write_text("\ufeff" + xml, "utf-8")
    told = import_codebook(desk, file)
    assert (told.themes, told.known) == (2, 2)
    rows = {row.theme.name: row.theme for row in read.themes(desk)}
    assert rows["Ouders"].parent == "prevention"
    assert (rows["Zorg-hulp"].colour, rows["Prevention"].definition[:4]) == ("#aabbcc", "What")
    assert import_codebook(desk, file).themes == 0
    assert read.next_undo(desk) == "Import 2 themes from “codes.qdc”"
