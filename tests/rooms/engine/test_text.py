"""Canonical text: nothing lost, in reading order, fit to be kept."""

import re
import shutil
import subprocess
import textwrap
import unicodedata
from collections import Counter

import pymupdf
import pytest

from kantlijn.model.layer import unpack
from kantlijn.text.layout import quads

BODY = (
    "De inspectie heeft in het afgelopen jaar gesprekken gevoerd met scholen en hulpverleners over de wijze "
    "waarop signalen worden besproken en gevolgd. Daaruit blijkt dat afspraken vaak mondeling blijven. "
) * 9


def _columns(order, gutter=24, rows=20):
    """A page in two columns, written row by row ("rows") or column by column; and its lines in order."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 60), "2 Bevindingen over de volle breedte van de bladzijde", fontsize=13)
    lines = textwrap.wrap(BODY, 40)[: 2 * rows]
    right = 72 + (451 + gutter) / 2
    placed = [(72, 100 + 13 * n, line) for n, line in enumerate(lines[:rows])]
    placed += [(right, 100 + 13 * n, line) for n, line in enumerate(lines[rows:])]
    if order == "rows":
        placed.sort(key=lambda item: (item[1], item[0]))
    for x, y, line in placed:
        page.insert_text((x, y), line, fontsize=10)
    page.insert_text((72, 700), "Slot over de volle breedte, onder beide kolommen.", fontsize=10)
    return document, lines


@pytest.mark.parametrize("order", ["rows", "columns"])
@pytest.mark.parametrize("gutter", [12, 24, 40])
def test_that_columns_come_one_after_the_other_however_they_were_written(order, gutter, saved, read):
    document, lines = _columns(order, gutter)
    text = read(saved(document)).text
    body = [line.strip() for line in text.split("\n") if line.strip()]
    assert body == ["2 Bevindingen over de volle breedte van de bladzijde", *lines,
                    "Slot over de volle breedte, onder beide kolommen."]  # fmt: skip


@pytest.mark.parametrize(
    ("letter", "rest", "read_as"),
    [("M", "eer scholen geven", "Meer scholen geven"), ("I", "nmiddels geven zij", "Inmiddels geven zij"),
     ("A", "school may give", "A\n\nschool may give"), ("M", "Scholen geven", "M\n\nScholen geven")],
)  # fmt: skip
def test_that_a_large_first_letter_is_one_with_its_word(letter, rest, read_as, saved, read):
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((60, 122), letter, fontsize=34)
    for n, line in enumerate([f"{rest} les over", "wat de school doet en laat"]):
        beside = 63 + pymupdf.get_text_length(letter, fontsize=34)
        page.insert_text((beside, 100 + 11 * n), line, fontsize=9)
    content = read(saved(document))
    assert content.text.startswith(read_as)
    assert sum(line.end - line.start for line in unpack(content.layers[0]).lines) == len(content.text)


def test_that_a_table_is_read_row_by_row(saved, read):
    document = pymupdf.open()
    page = document.new_page()
    rows = [
        ("Voorlichting op scholen", "Aantal meldingen in 2023"),
        *[(f"Regio nummer {n} in het noorden", f"Ongeveer {n * 37} meldingen") for n in range(1, 15)],
    ]
    for n, (left, right) in enumerate(rows):
        page.insert_text((72, 100 + 16 * n), left, fontsize=10)
        page.insert_text((300, 100 + 16 * n), right, fontsize=10)
    said = [line for line in read(saved(document)).text.split("\n") if line.strip()]
    assert said == [cell for row in rows for cell in row]


def test_that_text_is_composed_and_holds_nothing_that_cannot_be_kept(saved, read):
    document = pymupdf.open()
    page = document.new_page()
    writer = pymupdf.TextWriter(page.rect)
    font = pymupdf.Font("helv")
    writer.append((72, 100), "cafe\u0301 e\u0308n a\u00a0b kin\u00adderen", font=font)
    writer.append((72, 130), "afgebroken woord-", font=font)
    writer.append((72, 145), "deel", font=font)
    writer.write_text(page)
    text = read(saved(document)).text
    assert "café ën a b kin\u00adderen" in text
    assert "woord-\ndeel" in text
    assert unicodedata.is_normalized("NFC", text)


def _mapped(to_unicode):
    """A page that shows "abc" in a font whose map says what the letters mean."""
    cmap = b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/X def/CMapType 2 def "
    cmap += b"1 begincodespacerange<00><FF>endcodespacerange %d beginbfchar" % len(to_unicode)
    cmap += b"".join(b"<%02X><%s>" % (code, value) for code, value in to_unicode.items())
    cmap += b" endbfchar endcmap end end"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length 44>>stream\nBT /F 20 Tf 50 200 Td (abc) Tj ( def) Tj ET  \nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    ]  # fmt: skip
    made = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%sendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return made + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


@pytest.mark.parametrize(
    "value",
    [b"0000", b"0001", b"000A", b"000C", b"001B", b"007F", b"0085", b"2028", b"2029", b"D800", b"DC00", b"FFFE"],
)
def test_that_control_characters_and_lone_surrogates_never_get_in(value, tmp_path, read):
    file = tmp_path / "odd.pdf"
    file.write_bytes(_mapped({ord("b"): value}))
    text = read(file).text
    text.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]", text)
    assert text.count("\n") == 1
    assert "def" in text


def test_that_one_character_may_mean_many(tmp_path, read):
    file = tmp_path / "many.pdf"
    file.write_bytes(_mapped({ord("b"): b"00660066006C", ord("c"): b"D83DDE00"}))
    assert read(file).text.startswith("affl\U0001f600 def")


def _words(text):
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


def test_that_no_word_of_the_real_documents_is_lost_or_made_up(seed_pdfs, read):
    for file in seed_pdfs:
        content = read(file)
        with pymupdf.open(file) as document:
            for page, theirs in zip(content.pages, document, strict=True):
                ours = Counter(unicodedata.normalize("NFKC", content.text[slice(*page.range)]).split())
                assert ours == Counter(unicodedata.normalize("NFKC", word[4]) for word in theirs.get_text("words"))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_that_another_reader_finds_the_same_words_in_the_real_documents(seed_pdfs, read):
    for file in seed_pdfs:
        done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
        assert _words(read(file).text) == _words(done.stdout), file.name


def test_that_the_columns_of_the_real_document_come_in_order(seeds, read):
    one, two = seeds / "pdf" / "persbericht.pdf", seeds / "pdf" / "persbericht-twee-kolommen.pdf"
    if not two.exists():
        pytest.skip("the press release in two columns is not there")

    def body(content):
        text = "".join(
            letter for n, letter in enumerate(content.text) if not any(a <= n < b for a, b in content.auxiliary)
        )
        return re.sub(r"[\W_]+", "", text.casefold())

    single, double = body(read(one)), body(read(two))
    head = "nationaalrapporteurmensenhandelpersbericht"  # a single page has no running head
    assert double.removeprefix(head) == single.removeprefix(head)


def test_that_numbered_paragraphs_of_the_long_report_come_in_order(rapport300, read):
    content = read(rapport300)
    numbers = [int(n) for n in re.findall(r"^\[(\d+)\]", content.text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 2000
    furniture = "".join(content.text[a:b] for a, b in content.auxiliary)
    assert len(re.findall(r"^Pagina \d+ van 300$", furniture, re.MULTILINE)) == 300
    assert furniture.count("\n") - furniture.count("\n\n") == 600
    assert "Hoofdstuk" not in furniture


def test_that_words_that_are_pictures_are_read_where_they_stand(saved, read):
    """Programs that may not embed a font draw its letters, and say beside the drawing what they are."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "A heading in letters", fontsize=12)
    page.insert_text((300, 140), "beside it", fontsize=12)
    picture = "/Span <</ActualText ({})>> BDC q 150 0 0 12 72 {} cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q EMC\n"
    drawn = [("Words that are drawn", 702), ("and a second line", 660)]
    own, more = page.get_contents()[0], "".join(picture.format(*one) for one in drawn)
    document.update_stream(own, document.xref_stream(own) + more.encode())
    content = read(saved(document))
    assert content.text.split("\n")[0] == "A heading in letters"
    for words, bottom in drawn:
        start = content.text.index(words)
        (quad,) = quads(unpack(content.layers[0]), start, start + len(words))
        assert quad[0] == pytest.approx(72, abs=1)
        assert 130 < quad[2] <= 300
        assert 842 - bottom - 12 - 2 < (quad[1] + quad[5]) / 2 < 842 - bottom + 2
