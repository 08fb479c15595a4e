"""Sizes, labels, outline and details: quick, as shown, and never the PDF's own date."""


import pymupdf
import pytest

from kantlijn.documents.contract import AskBitmap, AskSheets, Priority, Source
from kantlijn.engine.labels import LabelRule, page_labels, roman
from kantlijn.errors import EngineTrouble


@pytest.fixture
def sheets(engine):
    def of(path):
        return engine.ask(AskSheets(source=Source(key=str(path), path=str(path))), Priority.VISIBLE).result(20)

    return of


def test_that_sizes_are_those_of_the_page_as_shown(saved, sheets):
    document = pymupdf.open()
    document.new_page(width=400, height=300)
    document.new_page(width=400, height=300).set_rotation(90)
    document.new_page(width=400, height=300).set_cropbox(pymupdf.Rect(10, 20, 310, 220))
    assert sheets(saved(document)).sizes == ((400, 300), (300, 400), (300, 200))


def test_that_labels_are_those_printed(saved, sheets):
    document = pymupdf.open()
    for _ in range(9):
        document.new_page()
    document.set_page_labels(
        [
            {"startpage": 1, "prefix": "", "style": "r", "firstpagenum": 3},
            {"startpage": 4, "prefix": "A-", "style": "D", "firstpagenum": 1},
            {"startpage": 7, "prefix": "", "style": "a", "firstpagenum": 26},
        ]
    )
    assert sheets(saved(document)).labels == ("1", "iii", "iv", "v", "A-1", "A-2", "A-3", "z", "aa")


@pytest.mark.parametrize(
    ("number", "said"), [(1, "i"), (4, "iv"), (9, "ix"), (49, "xlix"), (1994, "mcmxciv"), (999_999, "999999")]
)
def test_that_roman_numerals_are_right(number, said):
    assert roman(number) == said


def test_that_odd_label_rules_leave_plain_numbers():
    for rule in (LabelRule(page=99, prefix="x"), LabelRule(page=-1, prefix="x"), LabelRule(page=0, style="X"),
                 LabelRule(page=0, prefix="\n"), LabelRule(page=0, style="D", first=-5)):  # fmt: skip
        assert page_labels([rule], 3) == ["1", "2", "3"]


def test_that_lettered_pages_without_end_do_not_grow_without_end():
    assert page_labels([LabelRule(page=0, style="A", first=2_000_000_000)], 1) == ["2000000000"]


def test_that_labels_are_read_from_any_tree_in_any_encoding(saved, sheets):
    document = pymupdf.open()
    for _ in range(6):
        document.new_page()
    leaf = document.get_new_xref()
    document.update_object(leaf, "<</Nums[2 <</P<FEFF004200690009006C002E0020>/S/D>> 4 <</P(a/b )/S/D/St 7>>]>>")
    loop = document.get_new_xref()
    document.update_object(loop, f"<</Nums[0 <</S/R>>]/Kids[{leaf} 0 R {loop} 0 R]>>")
    document.xref_set_key(document.pdf_catalog(), "PageLabels", f"{loop} 0 R")
    assert sheets(saved(document)).labels == ("I", "II", "Bil. 1", "Bil. 2", "a/b 7", "a/b 8")


def test_that_the_outline_keeps_its_levels_and_leaves_out_what_leads_away(saved, sheets):
    document = pymupdf.open()
    for _ in range(3):
        document.new_page()
    document.set_toc([[1, "1 Inleiding", 1], [2, "1.1 Vragen", 2], [1, "2\r\nConclusie", 3], [1, "Elders", -1]])
    assert sheets(saved(document)).outline == ((1, "1 Inleiding", 0), (2, "1.1 Vragen", 1), (1, "2 Conclusie", 2))


def test_that_details_are_what_the_file_says_but_never_its_date(saved, sheets):
    document = pymupdf.open()
    document.new_page()
    document.set_language("nl-NL")
    document.set_metadata(
        {"title": " Toezicht\n2024 ", "author": "Inspectie", "subject": "", "creationDate": "D:20240102030405Z"}
    )
    details = sheets(saved(document)).details
    assert details["title"] == "Toezicht 2024"
    assert details["author"] == "Inspectie"
    assert details["language"].lower().startswith("nl")
    assert "subject" not in details
    assert "2024" not in str({name: value for name, value in details.items() if name != "title"})


def test_that_two_thousand_pages_are_all_measured(saved, sheets):
    document = pymupdf.open()
    for _ in range(2000):
        document.new_page()
    document.set_toc([[1, f"Deel {n}", n * 10 + 1] for n in range(200)])
    path = saved(document)
    found = sheets(path)
    assert len(found.sizes) == 2000
    assert len(found.outline) == 200


def test_that_a_damaged_page_does_not_lose_the_others(saved, engine, sheets, read):
    document = pymupdf.open()
    for n in range(3):
        document.new_page().insert_text((72, 72), f"Bladzijde {n + 1}")
    page = document.page_xref(1)
    path = saved(document)
    start = f"{page} 0 obj\n<</Type/Page".encode()
    raw = path.read_bytes()
    assert start in raw
    path.write_bytes(raw.replace(start, start.replace(b"/Page", b"/Peep")))
    content = read(path)
    assert "Bladzijde 1" in content.text
    assert "Bladzijde 3" in content.text
    assert len(content.pages) == len(sheets(path).sizes)


def test_that_annotations_in_the_pdf_are_drawn(saved, engine):
    document = pymupdf.open()
    page = document.new_page(width=200, height=200)
    page.add_highlight_annot(pymupdf.Rect(50, 50, 150, 100))
    path = saved(document)
    drawn = engine.ask(AskBitmap(source=Source(key=str(path), path=str(path)), page=0, scale=1.0)).result(10)
    assert drawn.pixels[75 * drawn.stride + 4 * 100 :][:3] != b"\xff\xff\xff"


def test_that_a_page_that_is_not_there_is_said_so(saved, engine):
    document = pymupdf.open()
    document.new_page()
    path = saved(document)
    with pytest.raises(EngineTrouble, match="Page 8 of this file is damaged"):
        engine.ask(AskBitmap(source=Source(key=str(path), path=str(path)), page=7, scale=1.0)).result(10)


def test_that_a_file_that_changed_is_read_anew(tmp_path, sheets):
    path = tmp_path / "draft.pdf"
    for pages in (1, 3):
        with pymupdf.open() as document:
            for _ in range(pages):
                document.new_page()
            document.save(path)
        assert len(sheets(path).sizes) == pages
