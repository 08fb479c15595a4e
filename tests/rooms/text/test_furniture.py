"""Running heads, feet and page numbers are found; headings, footnotes and body are left alone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kantlijn.text.furniture import EdgeLine, furniture

HEIGHT = 842.0
TEXT = "de inspectie heeft gesprekken gevoerd met scholen over signalen die niet werden gevolgd omdat"
WORDS = TEXT.split()


def lines(*placed, size=10.0):
    """Lines of a page from (y, text) or (y, text, size)."""
    return [
        EdgeLine(number, item[1], 70.0, item[0], item[0] + (item[2] if len(item) > 2 else size), HEIGHT)
        for number, item in enumerate(placed)
    ]


def body(page, first=100, count=40):
    """Lines of running text, different on every page."""
    return [
        (first + 16.0 * n, " ".join(WORDS[(page * 7 + n * 3 + k) % len(WORDS)] for k in range(5 + (page + n) % 4)))
        for n in range(count)
    ]


def found(pages):
    """The texts of furniture, page by page."""
    return [[line.text for line in page if line.number in numbers]
            for page, numbers in zip(pages, furniture(pages), strict=True)]  # fmt: skip


def test_that_a_head_and_a_page_number_on_every_page_are_furniture():
    pages = [lines((40, "Toezicht in 2024"), *body(n), (800, str(n + 1))) for n in range(20)]
    assert found(pages) == [["Toezicht in 2024", str(n + 1)] for n in range(20)]


@pytest.mark.parametrize(
    "form", ["{n}", "- {n} -", "{n}/38", "{n} / 38", "Pagina {n} van 38", "pagina {n}", "Page {n} of 38",
             "blz. {n}", "p. {n}", "– {n} –", "{n} | 38", "[{n}]"],
)  # fmt: skip
@pytest.mark.parametrize("offset", [0, 1, -2, 40])
def test_that_page_numbers_in_any_form_run_along_with_the_pages(form, offset):
    pages = [lines(*body(n), (800, form.format(n=n + 1 + offset))) for n in range(2, 14)]
    assert found(pages) == [[form.format(n=n + 1 + offset)] for n in range(2, 14)]


def test_that_roman_numbers_of_the_preface_and_figures_after_it_are_both_found():
    labels = ["i", "ii", "iii", "iv", "v", "vi", *map(str, range(1, 15))]
    pages = [lines(*body(n), (800, label)) for n, label in enumerate(labels)]
    assert found(pages) == [[label] for label in labels]


def test_that_heads_may_alternate_and_change_with_the_chapter():
    pages, heads = [], []
    for n in range(24):
        head = "Jaarverslag inspectie" if n % 2 else f"Hoofdstuk {n // 8 + 1} Signalen"
        heads.append([head])
        pages.append(lines((40, head), *body(n)))
    assert found(pages) == heads


@pytest.mark.parametrize("form", ["Toezicht in 2024 {n}", "{n} Toezicht in 2024", "Toezicht online | {n}"])
def test_that_a_head_that_carries_the_page_number_is_furniture(form):
    pages = [lines((40, form.format(n=n + 5)), *body(n)) for n in range(15)]
    assert found(pages) == [[form.format(n=n + 5)] for n in range(15)]


def test_that_several_rows_of_head_and_foot_are_found_from_the_edge_inwards():
    pages = [
        lines((30, "Ministerie"), (45, "Directie toezicht"), *body(n), (780, "Vertrouwelijk"), (800, f"{n + 1}/9"))
        for n in range(9)
    ]
    assert found(pages) == [["Ministerie", "Directie toezicht", "Vertrouwelijk", f"{n + 1}/9"] for n in range(9)]


def test_that_head_and_number_on_one_row_are_both_found():
    pages = []
    for n in range(12):
        row = [(40.0, "Toezicht in 2024"), (40.5, f"{n + 1}")]
        pages.append(lines(*row, *body(n)))
    assert found(pages) == [["Toezicht in 2024", str(n + 1)] for n in range(12)]


def test_that_two_equal_edge_lines_are_enough_in_a_short_document():
    pages = [lines((40, "Brief aan de Kamer"), *body(n)) for n in range(2)]
    assert found(pages) == [["Brief aan de Kamer"]] * 2


def test_that_the_first_page_may_lack_the_head():
    pages = [lines((60, "Een titel", 24), *body(0)), *[lines((40, "Toezicht"), *body(n)) for n in range(1, 7)]]
    assert found(pages) == [[], *[["Toezicht"]] * 6]


@pytest.mark.parametrize("number", ["1", "12", "- 3 -", "1 / 1", "Pagina 1 van 1", "Pagina 1"])
def test_that_on_a_single_page_only_page_numbers_are_furniture(number):
    page = lines((40, "Ministerie van Toezicht"), *body(0), (800, number))
    assert found([page]) == [[number]]


@pytest.mark.parametrize("text", ["2024", "Den Haag", "i", "Pagina's 1", "1. Zie de brief", "12 maart"])
def test_that_other_lines_of_a_single_page_stay(text):
    assert found([lines((40, "Kop"), *body(0), (800, text))]) == [[]]


@pytest.mark.parametrize(
    "heading", ["Artikel {n}", "Hoofdstuk {n}", "Aanbeveling {n}", "Vraag {n}", "{n} Conclusie over deel {n}",
                "§ {n}", "{n}.1 Aanpak en bevindingen", "1.{n} Aanpak en bevindingen", "Bijlage {n}"],
)  # fmt: skip
def test_that_numbered_headings_at_page_tops_are_not_eaten(heading):
    pages = [lines((60, heading.format(n=n + 1), 14), *body(n), (800, str(n + 1))) for n in range(12)]
    assert found(pages) == [[str(n + 1)] for n in range(12)]


def test_that_numbered_headings_in_the_size_of_the_text_are_not_eaten():
    for form in ("Artikel {n}", "Tabel {n}", "Stap {n}"):
        pages = [lines((60, form.format(n=n + 1)), *body(n), (800, str(n + 1))) for n in range(12)]
        assert found(pages) == [[str(n + 1)] for n in range(12)]


def test_that_footnotes_above_the_page_number_stay():
    pages = [
        lines(*body(n, count=38), (750, f"{n + 1} Kamerstukken II 2023/24, nr. {n}.", 8), (800, str(n + 1)))
        for n in range(12)
    ]
    assert found(pages) == [[str(n + 1)] for n in range(12)]


def test_that_equal_footnotes_right_under_the_text_stay():
    pages = [
        lines(*body(n, count=42), (770, "1 Bron: inspectie.", 8), (800, str(n + 1)))
        for n in range(12)
    ]  # fmt: skip
    assert ["1 Bron: inspectie."] not in [[text for text in page if "Bron" in text] for page in found(pages)]


def test_that_a_repeated_table_head_stays_with_its_table():
    pages = [
        lines(
            (40, "Toezicht in 2024"), (70, "Regio Meldingen Jaar"), *body(n, first=82, count=42), (800, f"{n + 1}")
        )
        for n in range(12)
    ]
    assert found(pages) == [["Toezicht in 2024", str(n + 1)] for n in range(12)]


def test_that_a_line_repeated_in_the_middle_of_pages_stays():
    pages = [lines(*body(n, count=20), (430, "Niet gevolgd"), *body(n, first=450, count=20)) for n in range(12)]
    assert found(pages) == [[]] * 12


def test_that_a_line_seen_now_and_then_is_not_furniture():
    pages = [lines((40, "Samenvatting" if n in (3, 19, 33) else f"Kop {WORDS[n % 14]} {n * n}"), *body(n))
             for n in range(40)]  # fmt: skip
    assert "Samenvatting" not in [text for page in found(pages) for text in page]


def test_that_empty_pages_and_documents_do_no_harm():
    assert furniture([]) == []
    assert furniture([[]]) == [set()]
    pages = [lines((40, "Kop"), *body(n)) if n % 3 else [] for n in range(12)]
    assert found(pages) == [["Kop"] if n % 3 else [] for n in range(12)]


@given(st.integers(2, 40), st.integers(-5, 300), st.booleans(), st.integers())
def test_that_body_is_never_furniture_whatever_stands_around_it(count, offset, with_head, seed):
    chance = random.Random(seed)
    pages = []
    for n in range(count):
        text = [
            (100 + 16.0 * k, " ".join(chance.sample(WORDS, 6)) + f" {chance.randint(0, 9999)}x") for k in range(38)
        ]
        head = [(40.0, "Toezicht")] if with_head else []
        pages.append(lines(*head, *text, (800, str(n + 7 + offset))))
    for page, texts in zip(pages, found(pages), strict=True):
        inner = {line.text for line in page if 90 < line.top < 790}
        assert not inner & set(texts)
        assert page[-1].text in texts
        assert not with_head or page[0].text in texts


def head_row(left, right, top=40, size=10.0):
    """Two lines at one height."""
    return [
        EdgeLine(900, left, 70.0, top, top + size, HEIGHT),
        EdgeLine(901, right, 400.0, top, top + size, HEIGHT),
    ]


def test_that_titles_of_short_chapters_beside_a_fixed_head_are_furniture():
    chapters = ["1 Aanleiding", "1 Aanleiding", "2 Preventie op scholen", "3 Hulp", "4 Opsporing", "5 Besluit"]
    pages = [lines(*body(n)) + head_row("Verslag 2025", title) for n, title in enumerate(chapters)]
    assert found(pages) == [["Verslag 2025", title] for title in chapters]


def test_that_titles_on_the_pages_between_those_of_a_fixed_head_are_furniture():
    heads = ["Verslag", "2 Preventie", "Verslag", "3 Hulp", "Verslag", "4 Opsporing", "Verslag"]
    assert found([lines((40, head), *body(n)) for n, head in enumerate(heads)]) == [[head] for head in heads]


def test_that_a_heading_where_the_body_begins_stays_though_other_pages_have_a_head():
    def page(n):
        if n % 4 == 3:  # a chapter opens: no head, its title a little lower and larger
            return lines((52, f"{n // 4 + 1} Over het toezicht in deel {n // 4}", 16.0), *body(n, first=90))
        return lines((40, "Verslag 2025"), *body(n))

    assert found([page(n) for n in range(12)]) == [[] if n % 4 == 3 else ["Verslag 2025"] for n in range(12)]


def test_that_an_article_at_the_very_place_of_the_head_stays():
    heads = ["Verslag", "Artikel 2 Toezicht", "Verslag", "Artikel 3 Hulp", "Verslag", "Verslag"]
    assert found([lines((40, head), *body(n)) for n, head in enumerate(heads)]) == [
        [] if head.startswith("Artikel") else [head] for head in heads
    ]


def test_that_titles_of_chapters_of_two_pages_are_furniture_without_any_fixed_head():
    heads = [title for title in ("Aanleiding", "Preventie", "Hulp", "Opsporing") for _ in range(2)] + ["Besluit"]
    assert found([lines((40, head), *body(n)) for n, head in enumerate(heads)]) == [[head] for head in heads]


def test_that_page_numbers_of_small_pages_on_large_sheets_are_found():
    pages = [lines(*body(n, count=24), (510, label)) for n, label in enumerate(["i", "ii", "iii", "iv", "v"])]
    assert found(pages) == [["i"], ["ii"], ["iii"], ["iv"], ["v"]]


@pytest.mark.parametrize("letter", ["ı", "İ", "ſ", "K"])
def test_that_letters_that_only_look_like_roman_numbers_do_no_harm(letter):
    pages = [lines(*body(n), (800, letter)) for n in range(2)]
    assert found(pages) == [[letter], [letter]]


def test_that_a_number_at_the_foot_where_a_chapter_opens_is_a_page_number_too():
    def page(n):
        if n % 5 == 0:
            return lines((150, f"Hoofdstuk {n // 5 + 1}", 20.0), *body(n, 200, 34), (800, str(n + 1)))
        return lines((40, str(n + 1)), *body(n))

    assert found([page(n) for n in range(20)]) == [[str(n + 1)] for n in range(20)]


def test_that_a_head_on_a_page_without_body_is_furniture_with_its_number():
    pages = [lines(*body(n)) + head_row("Verslag 2025", str(n + 1)) for n in range(6)]
    pages[3] = head_row("Hulp", "4")
    assert found(pages)[3] == ["Hulp", "4"]


def test_that_four_pages_with_every_other_head_fixed_are_enough():
    heads = ["1 Aanleiding", "Verslag", "2 Preventie", "Verslag"]
    assert found([lines((40, head), *body(n)) for n, head in enumerate(heads)])[1:] == [[h] for h in heads[1:]]


def copies(count, *, gap):
    """Pages that begin alike for six lines, as copies of an invoice do, and then go on differently."""
    said = ("Invoice", "Sold", "Due", "Paid", "To", "By")
    alike = [(40 + gap * n, words) for n, words in enumerate(said)]
    return [lines(*alike, *body(page, 300, 20)) for page in range(count)]


@pytest.mark.parametrize("gap", [11.0, 24.0])
def test_that_copies_of_one_page_are_text(gap):
    assert found(copies(2, gap=gap)) == [[], []]


def test_that_a_paragraph_that_opens_two_pages_is_text():
    alike = [(40 + 11.0 * n, f"{WORDS[n]} {TEXT}") for n in range(3)]
    pages = [lines(*alike, *body(page, 73, 30)) for page in range(2)]
    assert found(pages) == [[], []]


def test_that_a_short_document_keeps_the_head_of_its_table_and_its_caption():
    head = [(40, "Table 4 - Reports a school"), (60, "School   Reports"), (70, "Name   Number")]
    pages = [lines(*head, *((80 + 10.0 * n, f"School {page}{n}   {n}") for n in range(30))) for page in range(3)]
    assert found(pages) == [[], [], []]


def test_that_what_most_pages_say_and_no_more_is_their_text():
    cards = [lines((40, "Toezicht in 2024")) for _ in range(9)]
    assert found(cards) == [[]] * 9
    assert found([*cards, lines((40, "Toezicht in 2024"), *body(1))]) == [[]] * 9 + [["Toezicht in 2024"]]
    assert found([lines((40, f"Slide {n}")) for n in range(6)]) == [[]] * 6


def test_that_text_beside_the_numbers_of_lines_is_text():
    """As on the paper of courts: a number before every line, 1 to 28 on each page."""
    pages = []
    for page in range(5):
        numbers = [EdgeLine(2 * n, str(n + 1), 52.0, 72.0 + 24 * n, 84.0 + 24 * n, HEIGHT) for n in range(28)]
        pages.append([
            *numbers,
            *(EdgeLine(2 * n + 1, f"{words} {page}{n}", 72.0, 72.0 + 24 * n, 84.0 + 24 * n, HEIGHT)
              for n, (_, words) in enumerate(body(page, count=28))),
        ])  # fmt: skip
    assert not any("gesprekken" in text or " " in text for texts in found(pages) for text in texts)


def test_that_cells_at_the_head_of_a_table_over_all_pages_are_text():
    def row(page, n):
        cells = (f"{page * 30 + n + 3} {WORDS[n % 9]}", 70.0), ("JenV", 300.0), ("lopend", 400.0)
        return [EdgeLine(10 + 3 * n + k, text, x, 75.0 + 18 * n, 86.0 + 18 * n, HEIGHT)
                for k, (text, x) in enumerate(cells)]  # fmt: skip

    pages = [
        [*lines((40, "Toezeggingen"), (800, str(page + 1))), *(cell for n in range(38) for cell in row(page, n))]
        for page in range(12)
    ]
    assert found(pages) == [["Toezeggingen", str(page + 1)] for page in range(12)]
    assert found(pages[:6]) == [["Toezeggingen", str(page + 1)] for page in range(6)]


def placed(cells, y, size=11.0, first=100):
    """Lines beside each other from (x, text)."""
    return [EdgeLine(first + n, text, x, y, y + size, HEIGHT) for n, (x, text) in enumerate(cells)]


def test_that_no_row_of_a_table_is_lost_where_its_cells_stand_at_the_head_of_pages():
    pages = []
    for page in range(7):
        its, y = [], 60.0
        for n in range(25):
            cells = [(70, "Utrecht"), (150, f"{WORDS[(page + n) % 9]} {page} {n}"), (450, "ja")]
            its += placed(cells, y, first=10 * n)
            if (page + n) % 3 == 1:  # a cell of two lines
                y += 13
                its += placed([(150, f"{WORDS[n % 9]} {page}")], y, first=10 * n + 5)
            y += 25
        pages.append(its)
    assert found(pages) == [[]] * 7


@pytest.mark.parametrize("shares", [(3, 3, 3, 3), (6, 2, 2, 2)])
def test_that_titles_of_slides_that_go_on_over_several_are_text(shares):
    titles = [f"{WORDS[n]} {WORDS[n + 1]}" for n, share in enumerate(shares) for _ in range(share)]
    slides = [
        [EdgeLine(0, title, 40, 30, 58, 405.0), EdgeLine(9, str(page + 1), 660, 385, 395, 405.0),
         *(EdgeLine(n + 1, f"{words} {page}", 60, 100.0 + 50 * n, 118.0 + 50 * n, 405.0)
           for n, (_, words) in enumerate(body(page, count=5)))]
        for page, title in enumerate(titles)
    ]  # fmt: skip
    lost = {text for texts in found(slides) for text in texts if not text.isdecimal()}
    assert lost <= {titles[0]} if shares[0] > 4 else not lost


@pytest.mark.parametrize("heads", [1, 2, 3, 4])
def test_that_heads_in_two_parts_over_two_columns_are_furniture(heads):
    pages = []
    for page in range(9):
        its = []
        for n in range(heads):
            its += placed([(70, f"Links {n}"), (310, f"Rechts {n}")], 40 + 12 * n, first=10 * n)
        for n, (y, words) in enumerate(body(page, 110, 40)):
            its += placed([(70, words), (310, f"{words} {page}")], y, first=100 + 10 * n)
        pages.append(its)
    assert found(pages) == [[f"{side} {n}" for n in range(heads) for side in ("Links", "Rechts")]] * 9
