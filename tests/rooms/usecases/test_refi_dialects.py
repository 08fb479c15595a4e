"""What ATLAS.ti, MAXQDA, NVivo, Quirkos and QualCoder write comes in at the right words, or is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kantlijn.settings import Settings
from kantlijn.store import shelf
from kantlijn.text.within import box_of
from kantlijn.usecases import read
from kantlijn.usecases.desk import Desk, new_desk
from kantlijn.usecases.handing.export_refi import export_refi
from kantlijn.usecases.handing.import_refi import RefiImported, found_in, import_refi
from kantlijn.usecases.marking import relate
from kantlijn.usecases.shelf.add_documents import add_documents
from rooms.exchange.refi_rules import SPACE as NAMES
from rooms.exchange.refi_rules import obeyed, project_of
from rooms.usecases.refi_dialects import Dialect, coding, element, guid, note_ref, passage, words

LINES = (
    "Voorlichting begint op de basisschool.", "De opvang had 212 plaatsen in caf\u00e9 De Brug 😀.",
    "Meldpunten delen signalen te laat.", "De inspectie raadt een vast overleg aan.",
)  # fmt: skip
PLAIN = "\n".join(LINES) + "\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path / "Toezicht.kantlijn", settings=Settings())
    yield made
    made.close()


def quotes(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Names of themes by the words that have them."""
    names = read.theme_names(desk)
    return {
        row.readable: tuple(names[one] for one in row.passage.annotation.themes)
        for row in read.annotation_rows(desk)
    }


def notes(desk: Desk) -> dict[str, str]:
    return {row.readable: row.passage.annotation.note for row in read.annotation_rows(desk)}


def all_is_said(told: RefiImported, *sentences: str) -> None:
    """Each of the sentences is among the remarks, and there are no others."""
    assert len(told.remarks) == len(sentences), told.remarks
    for sentence in sentences:
        assert any(sentence in remark for remark in told.remarks), told.remarks


# -- line ends and marks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("written", "as_counted"),
    [
        ("\r\n", "\n"),  # ATLAS.ti: a line end counts for one
        ("\r\n", "\r\n"),  # MAXQDA: it is two, and counts for two
        ("\n", "\r\n"),  # written on another system than it was counted on
        ("\n", "\n"),
    ],
)
@pytest.mark.parametrize("mark", ["none", "written", "counted"])
def test_that_line_ends_and_marks_are_understood(
    desk: Desk, tmp_path: Path, written: str, as_counted: str, mark: str, named: bool
) -> None:
    text = ("\ufeff" if mark == "counted" else "") + PLAIN.replace("\n", as_counted)
    raw = PLAIN.replace("\n", written).encode("utf-8-sig" if mark != "none" else "utf-8")
    wanted = ["opvang had 212 plaatsen", "signalen te laat", "vast overleg aan."]
    project = Dialect(
        "Elders 1.0", files={f"{guid(1)}.txt": raw},
        sources=element(
            "TextSource",
            "".join(passage(10 + n, text, quote, name=None if named else "") for n, quote in enumerate(wanted)),
            guid=guid(1), name="Brief", plainTextPath=f"internal://{guid(1)}.txt",
        ),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert list(quotes(desk)) == wanted
    assert (told.annotations, told.unplaced, told.remarks) == (3, (), ())


# -- programs -----------------------------------------------------------------------------------------------


def retold(text: str) -> str:
    """A PDF's text as another program takes it out: lines run on, hyphens at line ends joined, pages apart."""
    joined = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text.replace("\f", "\n\n"))
    return re.sub(r"(?<![\n.])\n(?!\n)", " ", joined)


@pytest.mark.parametrize("again", ["1:5", "1:6"])
def test_that_atlas_ti_comes_in(desk: Desk, tmp_path: Path, samples: Path, again: str) -> None:
    pdf = (samples / "toezicht-2023.pdf").read_bytes()
    other = new_desk(tmp_path / "elders.kantlijn", settings=Settings())
    try:
        added = add_documents(other, [samples / "toezicht-2023.pdf"]).added[0]
        content = read.content(other, added.version)
    finally:
        other.close()
    foreign = retold(content.text)
    sentences = [one for one in re.findall(r"[A-Z][^.!?\n\f]{50,120}\.", foreign) if one in foreign][:6]
    assert len(sentences) == 6
    over = sentences[5]
    look = {"firstX": 70, "firstY": 300, "secondX": 500, "secondY": 320}

    def boxes(number: int, page: int, said: str, name: str) -> str:
        inside = element("Representation", words("PlainTextContent", said), guid=guid(900 + number))
        return element("PDFSelection", inside, guid=guid(number).upper(), page=page, name=name, **look)

    half = len(over) // 2
    selections = "".join(boxes(10 + n, 0, one, f"1:{n}") for n, one in enumerate(sentences[:5]))
    selections += boxes(15, 0, over[:half], "1:5") + boxes(99, 1, over[half:], again)
    texts = "".join(
        passage(10 + n, foreign, one, coding(100 + n, 2 + n % 2) + note_ref(60) * (not n), name=f"1:{n} ¶ {n}")
        for n, one in enumerate(sentences)
    )
    link = element("Link", guid=guid(70), name="criticizes", direction="OneWay", originGUID=guid(10),
                   targetGUID=guid(11))  # fmt: skip
    project = Dialect(
        "ATLAS.ti Windows 24", qde="Toezicht en opvang.qde",
        files={f"{guid(1)}.pdf": pdf, f"{guid(5)}.txt": foreign.replace("\n", "\r\n").encode()},
        codes="".join([
            element("Code", guid=guid(2).upper(), name="Veld::Opvang", isCodable="true"),
            element("Code", guid="{" + guid(3) + "}", name="Veld::Toezicht/zorg", isCodable="true", color="#0a0"),
        ]),
        sources=element(
            "PDFSource",
            selections + element("Representation", texts, guid=guid(5), plainTextPath=f"internal:///{guid(5)}.txt"),
            guid=guid(1), name="Jaarbericht.pdf", path=f"internal:///{guid(1)}.pdf",
        ),
        notes=element("Note", words("PlainTextContent", "Vergelijk dit."), guid=guid(60), name="Memo 1"),
        links=link,
    ).write(tmp_path / "atlas.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert (told.annotations, told.unplaced, told.doubtful) == (6, (), ())
    squeezed = {re.sub(r"[\W_]", "", quote): themes for quote, themes in quotes(desk).items()}
    assert squeezed == {
        re.sub(r"[\W_]", "", one): (("Opvang", "Toezicht-zorg")[n % 2],) for n, one in enumerate(sentences)
    }
    rows = {row.theme.name: row for row in read.themes(desk)}
    assert (rows["Opvang"].depth, rows["Toezicht-zorg"].theme.colour) == (1, "#00aa00")
    (relation,) = relate.relation_rows(desk)
    assert relation.relation.type == "contradicts"
    assert relation.source.passage.annotation.note == "**Memo 1**\n\nVergelijk dit."
    assert shelf.documents(desk.project)[0].title == "Jaarbericht"
    assert relation.source.passage.anchor.first_page is not None


def test_that_maxqda_comes_in(desk: Desk, tmp_path: Path) -> None:
    text = PLAIN.replace("\n", "\r\n")
    other = text.replace("212", "98")
    sources = [
        element(
            "TextSource",
            passage(10 + n, body, "signalen te laat", coding(20 + n, 2), name="signalen te laat")
            + passage(30 + n, body, "vast overleg", words("Description", f"Nagaan {n} & melden")),
            guid=guid(n), name="Interview", plainTextPath=f"internal://{guid(n)}.txt",
            richTextPath=f"internal://{guid(n)}.docx",
        )
        for n, body in ((4, text), (5, other))
    ]  # fmt: skip
    project = Dialect(
        "MAXQDA 2022", sources="".join(sources), users=element("User", guid=guid(80), name="A. Lezer"),
        codes=element("Code", guid=guid(2), name="Samenwerking", isCodable="true", color="#FF8000"),
        files={f"{guid(n)}.txt": body.encode() for n, body in ((4, text), (5, other))},
    ).write(tmp_path / "maxqda.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert (told.annotations, told.themes, told.unplaced) == (4, 0, ())
    assert [one.title for one in shelf.documents(desk.project)] == ["Interview", "Interview"]
    rows = read.annotation_rows(desk)
    told_notes = sorted(row.passage.annotation.note for row in rows)
    assert told_notes == ["", "", "Nagaan 4 & melden", "Nagaan 5 & melden"]
    memo = next(row for row in rows if row.passage.annotation.note)
    assert (memo.readable, memo.passage.annotation.themes) == ("vast overleg", ())
    assert rows[0].passage.annotation.themes == ("cooperation",)  # found by its Dutch name
    assert memo.passage.annotation.created.endswith("Z")
    all_is_said(told, "plain text became the document")


def test_that_nvivo_comes_in(desk: Desk, tmp_path: Path) -> None:
    text = PLAIN.replace("\n", "\r\n")
    selections = (
        passage(10, text, "De opvang had 212 plaatsen") + passage(11, text, "signalen", coding(20, guid(7)))
        + passage(12, text, "vast overleg", coding(21, "{" + guid(2).upper() + "}"))
    )  # fmt: skip
    project = Dialect(
        "NVivo 14", folder="Sources",
        files={f"{guid(4)}.txt": text.encode("utf-8-sig"),
               f"{guid(40)}.txt": "Cijfer van juni.\r\n".encode("utf-8-sig")},
        codes=element(
            "Code", element("Code", guid=guid(2), name="Overleg", isCodable="true"), guid=guid(3), name="Aanpak",
            isCodable="false",
        ),
        cases=element("Case", element("SourceRef", targetGUID=guid(4)), guid=guid(7), name="Regio Oost"),
        sources=element("TextSource", selections + coding(22, 2), guid=guid(4), name="Brief",
                        plainTextPath=f"internal://{guid(4)}.txt"),
        notes=element("Note", guid=guid(40), plainTextPath=f"internal://{guid(40)}.txt"),
        links=element("Link", guid=guid(50), originGUID=guid(10), targetGUID=guid(40)),
    ).write(tmp_path / "nvivo.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert quotes(desk) == {
        "De opvang had 212 plaatsen": (), "signalen": ("Regio Oost",), "vast overleg": ("Overleg",),
    }  # fmt: skip
    assert notes(desk)["De opvang had 212 plaatsen"].strip() == "Cijfer van juni."
    depths = {row.theme.name: row.depth for row in read.themes(desk)}
    assert (depths["Aanpak"], depths["Overleg"], depths["Cases"], depths["Regio Oost"]) == (0, 1, 0, 1)
    all_is_said(told, "“Brief” as a whole was coded with Overleg", "1 case is no part of a project")


def test_that_quirkos_comes_in(desk: Desk, tmp_path: Path) -> None:
    value = element("VariableValue", element("VariableRef", targetGUID=guid(9)) + words("TextValue", "Oost"))
    project = Dialect(
        "Quirkos 2.5", sources=element(
            "TextSource",
            words("PlainTextContent", PLAIN) + passage(10, PLAIN, "Meldpunten delen", coding(20, 2), name=""),
            guid=guid(4), name="Brief",
        ),
        codes=element("Code", guid=guid(2), name="Melden", isCodable="true"),
        variables=element("Variable", guid=guid(9), name="Regio", typeOfVariable="Text"),
        cases=element("Case", value + element("SourceRef", targetGUID=guid(4)), guid=guid(7), name="Brief"),
    ).write(tmp_path / "quirkos.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert quotes(desk) == {"Meldpunten delen": ("Melden",)}
    all_is_said(told, "1 variable was left out", "1 case is no part")


def test_that_qualcoder_comes_in(desk: Desk, tmp_path: Path, samples: Path) -> None:
    page_height = 842
    area = element("PDFSelection", coding(21, 2), guid=guid(11), name="Kader", page=0, firstX=72, firstY=100,
                   secondX=300, secondY=160)  # fmt: skip
    other = new_desk(tmp_path / "elders.kantlijn", settings=Settings())
    try:
        version = add_documents(other, [samples / "toezicht-2023.pdf"]).added[0].version
        text = read.content(other, version).text
    finally:
        other.close()
    quote = re.search(r"[A-Z][a-z]+[^.\f]{40,}\n[^.\f]{10,}\.", text)
    assert quote is not None
    project = Dialect(
        "QualCoder 3.7", files={f"{guid(1)}.pdf": (samples / "toezicht-2023.pdf").read_bytes(),
                                f"{guid(5)}.txt": text.encode("utf-8-sig")},
        codes=element("Code", guid=guid(2), name="Beeld", isCodable="true"),
        sources=element(
            "PDFSource",
            element("Representation", passage(10, text, quote[0], coding(20, 2)), guid=guid(5),
                    plainTextPath=f"internal://{guid(5)}.txt") + area,
            guid=guid(1), name="rapport.pdf", path=f"internal://{guid(1)}.pdf",
        ),
    ).write(tmp_path / "qualcoder.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert (told.annotations, told.unplaced) == (2, ())
    anchors = [row.passage.anchor for row in read.annotation_rows(desk)]
    (words_of,) = [one.quote for one in anchors if not one.quads]
    assert words_of == quote[0]
    ((page, quad),) = next(one.quads for one in anchors if one.quads)
    assert (page, box_of(quad)) == (0, (72, 100, 300, 160))  # from the top, as QualCoder counts
    assert box_of(quad)[1] < page_height / 2


def test_that_areas_of_others_are_counted_from_the_bottom(desk: Desk, tmp_path: Path, samples: Path) -> None:
    area = element("PDFSelection", guid=guid(11), page=0, firstX=72, firstY=682, secondX=300, secondY=742)
    project = Dialect(
        "Elders", files={f"{guid(1)}.pdf": (samples / "toezicht-2023.pdf").read_bytes()},
        sources=element("PDFSource", area, guid=guid(1), name="r", path=f"internal://{guid(1)}.pdf"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    import_refi(desk, project)
    (row,) = read.annotation_rows(desk)
    height = read.content(desk, row.version.id).pages[0].height
    assert box_of(row.passage.anchor.quads[0][1]) == (72, height - 742, 300, height - 682)


# -- what does not fit --------------------------------------------------------------------------------------


def test_that_areas_on_a_turned_and_cropped_page_are_counted_from_the_whole_sheet(
    desk: Desk, tmp_path: Path
) -> None:
    made = pymupdf.open()
    page = made.new_page(width=600, height=800)
    page.insert_text((200, 400), "Tabel van juni")
    page.set_cropbox(pymupdf.Rect(100, 100, 500, 600))  # 200 to 700 from the bottom
    page.set_rotation(90)
    project = Dialect(
        "ATLAS.ti 23", files={f"{guid(1)}.pdf": made.tobytes()}, sources=element(
            "PDFSource", element("PDFSelection", guid=guid(10), page=0, firstX=150, firstY=300, secondX=250,
                                 secondY=400),
            guid=guid(1), name="Tabel", path=f"internal://{guid(1)}.pdf",
        ),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    import_refi(desk, project)
    (row,) = read.annotation_rows(desk)
    assert box_of(row.passage.anchor.quads[0][1]) == pytest.approx((100, 50, 200, 150), abs=0.01)
    export_refi(desk, tmp_path / "uit.qdpx")
    (area,) = obeyed(project_of(tmp_path / "uit.qdpx")).iterfind(".//q:PDFSelection", NAMES)
    assert [area.get(one) for one in ("firstX", "firstY", "secondX", "secondY")] == ["150", "300", "250", "400"]


def test_that_what_is_not_found_is_listed_with_its_words(desk: Desk, tmp_path: Path, samples: Path) -> None:
    foreign = "Deze zin staat nergens in het rapport, ook niet half. " * 3
    project = Dialect(
        "Elders", files={f"{guid(1)}.pdf": (samples / "toezicht-2023.pdf").read_bytes(),
                         f"{guid(5)}.txt": foreign.encode()},
        codes=element("Code", guid=guid(2), name="Beeld", isCodable="true"),
        sources=element(
            "PDFSource",
            element("Representation",
                    passage(10, foreign, "staat nergens in het rapport", coding(20, 2) + note_ref(60)),
                    guid=guid(5), plainTextPath=f"internal://{guid(5)}.txt"),
            guid=guid(1), name="Rapport", path=f"internal://{guid(1)}.pdf",
        ) + element("PictureSource", element("PictureSelection", coding(22, 2), guid=guid(13), name="Hoek"),
                    guid=guid(30), name="Foto", path="internal://foto.jpg")
        + element("TextSource", passage(12, "weg", "weg", coding(21, 2)), guid=guid(31), name="Kwijt",
                  plainTextPath="relative:///kwijt.txt"),
        notes=element("Note", words("PlainTextContent", "Let op"), guid=guid(60), name="Let op")
        + element("Note", words("PlainTextContent", "Losse gedachte"), guid=guid(61), name="Losse gedachte"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    found = found_in(desk, project)
    assert (found.origin, found.documents, found.annotations, found.here) == ("Elders", 2, 2, 0)
    assert "1 source is a picture" in " ".join(found.remarks)
    told = import_refi(desk, project)
    one, corner, two = told.unplaced
    assert (corner.document, corner.words, corner.themes) == ("Foto", "Hoek", ("Beeld",))
    assert (one.document, one.words) == ("Rapport", "staat nergens in het rapport")
    assert (one.themes, one.note) == (("Beeld",), "Let op")
    assert (two.document, two.words) == ("Kwijt", "weg")
    assert told.annotations == 0
    all_is_said(told, "“Foto” is a picture", "The file of “Kwijt” is not in", "1 memo belongs to no passage")


def test_that_a_pdf_of_pictures_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    blank = pymupdf.open()
    blank.new_page()
    project = Dialect(
        "Elders", files={f"{guid(1)}.pdf": blank.tobytes(), f"{guid(5)}.txt": PLAIN.encode()},
        sources=element(
            "PDFSource",
            element("Representation", passage(10, PLAIN, "signalen"), guid=guid(5),
                    plainTextPath=f"internal://{guid(5)}.txt"),
            guid=guid(1), name="Scan", path=f"internal://{guid(1)}.pdf",
        ),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert [one.words for one in told.unplaced] == ["signalen"]
    all_is_said(told, "The pages of “Scan” are pictures: recognise their text, then import again")


def test_that_the_same_bytes_are_not_added_twice(desk: Desk, tmp_path: Path, samples: Path) -> None:
    there = add_documents(desk, [samples / "toezicht-2023.pdf"]).added[0]
    area = element("PDFSelection", guid=guid(11), page=0, firstX=72, firstY=682, secondX=300, secondY=742)
    project = Dialect(
        "Elders", files={f"{guid(1)}.pdf": (samples / "toezicht-2023.pdf").read_bytes()},
        sources=element("PDFSource", area, guid=guid(1), name="Anders genoemd", path=f"internal://{guid(1)}.pdf"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert (told.documents, told.known_documents, told.annotations) == ((), 1, 1)
    (row,) = read.annotation_rows(desk)
    assert (row.version.id, shelf.documents(desk.project)[0].title) == (there.version, there.title)
    again = import_refi(desk, project)
    assert (again.known, again.annotations) == (1, 0)


def test_that_selections_without_or_with_the_same_guid_all_come_in_once(desk: Desk, tmp_path: Path) -> None:
    selections = (
        passage(10, PLAIN, "signalen") + passage(10, PLAIN, "overleg")
        + passage(11, PLAIN, "opvang").replace(f'guid="{guid(11)}"', 'guid="geen"')
    )  # fmt: skip
    project = Dialect(
        "Elders",
        sources=element("TextSource", words("PlainTextContent", PLAIN) + selections, guid=guid(4), name="Brief"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    assert import_refi(desk, project).annotations == 3
    assert set(quotes(desk)) == {"signalen", "overleg", "opvang"}
    again = import_refi(desk, project)
    assert (again.annotations, again.known) == (0, 3)


def test_that_a_stop_leaves_no_annotations_and_says_so(desk: Desk, tmp_path: Path) -> None:
    project = Dialect(
        "Elders", sources=element(
            "TextSource", words("PlainTextContent", PLAIN) + passage(10, PLAIN, "signalen"), guid=guid(4),
            name="Brief",
        ),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    seen: list[int] = []
    told = import_refi(desk, project, progress=lambda done, total, _: seen.append(done * 100 // total))
    assert (told.cancelled, seen[0], seen[-1]) == (False, 0, 100)
    assert seen == sorted(seen)
    other = new_desk(tmp_path / "ander.kantlijn", settings=Settings())
    try:
        stopped = import_refi(other, project, cancelled=lambda: True)
        assert (stopped.cancelled, stopped.changes, read.annotation_rows(other)) == (True, None, ())
    finally:
        other.close()


def test_that_a_text_that_is_here_already_is_found_again(desk: Desk, tmp_path: Path) -> None:
    raw = PLAIN.replace("\n", "\r\n").encode("utf-8-sig")
    (tmp_path / "brief.txt").write_bytes(raw)
    there = add_documents(desk, [tmp_path / "brief.txt"]).added[0]
    project = Dialect(
        "NVivo 14", folder="Sources", files={f"{guid(4)}.txt": raw},
        sources=element("TextSource", passage(10, PLAIN, "signalen"), guid=guid(4), name="Anders",
                        plainTextPath=f"internal://{guid(4)}.txt"),
    ).write(tmp_path / "p.qdpx")  # fmt: skip
    told = import_refi(desk, project)
    assert (told.known_documents, told.documents) == (1, ())
    assert [(row.readable, row.version.id) for row in read.annotation_rows(desk)] == [("signalen", there.version)]
