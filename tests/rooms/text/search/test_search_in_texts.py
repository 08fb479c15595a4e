"""Queries over texts as readers meet them: broken words, compounds, operators; and the way back to the text."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantlijn.errors import Known
from kantlijn.text.fold import squeeze
from kantlijn.text.locate import find_all
from kantlijn.text.search.entry import STRIDE, entry_of, pack, unpack
from kantlijn.text.search.heap import Heap
from kantlijn.text.search.letters import MOST, apart, number_of, packed, spelled, unpacked
from kantlijn.text.search.match import Matcher
from kantlijn.text.search.repeated import Repeated
from kantlijn.text.search.typed import any_of, as_said, parse, together

REPORT = (
    "Toezicht en preventie.\nDe gecoördineerde aanpak van e-mail en digi-\nbewust gedrag. De profes-\nsionals van "
    "de hulp\u00adverlening zien 31.015 meldingen; foto’s ook.\n\nKop van de bladzijde 3\n\f\n"
    "De aanpak ver-\ndubbelt. "
    "Slachtofferhulp, de slachtoffers en een eﬃciënte organisatie. Kosten van toezicht."
)
HEAD = "Kop van de bladzijde 3\n"
FURNITURE = ((REPORT.index(HEAD), REPORT.index(HEAD) + len(HEAD)),)


def found(query: str, text: str = REPORT, auxiliary=FURNITURE, *, inside: bool = False) -> list[str]:
    heap = Heap()
    row = heap.add("it", text, auxiliary)
    node = parse(query, inside=inside)
    if node is None:
        return []
    matcher = Matcher(node, heap.spelling)
    spans = matcher.spans(row)
    assert matcher.count(row) == len(spans)
    return [text[start:end] for start, end in heap.places("it", spans)]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("professionals", ["profes-\nsionals"]),
        ("PROFESSIONALS", ["profes-\nsionals"]),
        ("gecoordineerde", ["gecoördineerde"]),
        ("gecoördineerde", ["gecoördineerde"]),
        ("hulpverlening", ["hulp\u00adverlening"]),
        ("efficiente", ["eﬃciënte"]),
        ("verdubbelt", ["ver-\ndubbelt"]),
        ("e-mail", ["e-mail"]),
        ("email", ["e-mail"]),
        ('"email en"', ["e-mail en"]),
        ("digi-bewust", ["digi-\nbewust"]),
        ("digibewust", ["digi-\nbewust"]),
        ("31015", ["31.015"]),
        ("31.015", ["31.015"]),
        ("fotos", ["foto’s"]),
        ("foto's", ["foto’s"]),
        ("slachtoffer", []),
        ("slachtoffer*", ["Slachtofferhulp", "slachtoffers"]),
        ("*hulp", ["Slachtofferhulp"]),
        ("*offer*", ["Slachtofferhulp", "slachtoffers"]),
        ("bladzijde", []),  # page furniture
        ("pro", []),  # a part of a broken word is no word
        ('"foto\'s ook de aanpak"', ["foto’s ook.\n\nKop van de bladzijde 3\n\f\nDe aanpak"]),
        ("toezicht AND kosten", ["Toezicht", "Kosten", "toezicht"]),
        ("toezicht AND zeppelin", []),
        ("zeppelin OR kosten", ["Kosten"]),
        ("toezicht NOT kosten", []),
        ("kosten NIET zeppelin", ["Kosten"]),
        ("NEAR(kosten toezicht, 1)", ["Kosten", "toezicht"]),
        ("NEAR(kosten toezicht, 0)", []),
        ("preventie NEAR/1 toezicht", ["Toezicht", "preventie"]),
        ("", []),
        ("?!", []),
    ],
)  # fmt: skip
def test_that_a_query_finds_what_a_reader_expects(query: str, wanted: list[str]) -> None:
    assert found(query) == wanted


def test_that_words_without_quotes_may_be_part_of_longer_ones_on_request() -> None:
    assert found("offer", inside=True) == ["Slachtofferhulp", "slachtoffers"]
    assert found('"offer"', inside=True) == []
    assert found("verlening", inside=True) == ["hulp\u00adverlening"]
    assert found("behandeling", "Trauma-behandeling en rehabehandelingen.", (), inside=True) == [
        "behandeling", "rehabehandelingen",
    ]  # fmt: skip
    assert found("bewustge", "digi-bewust-gedrag", (), inside=True) == ["digi-bewust-gedrag"]


def test_that_a_footnote_behind_a_word_does_not_hide_it() -> None:
    assert found('"geweld tegen kinderen"', "geweld tegen kinderen2 en covid19", ()) == ["geweld tegen kinderen"]
    assert found("covid19", "geweld tegen kinderen2 en covid19", ()) == ["covid19"]
    assert found("covid-19", "geweld tegen kinderen2 en covid19", ()) == ["covid19"]


def test_that_plain_words_make_a_phrase_and_those_with_signs_do_not() -> None:
    assert together("nationaal rapporteur") == parse('"nationaal rapporteur"')
    assert together("MINISTERIE VAN JUSTITIE EN VEILIGHEID") is not None
    for one in ("toezicht", "a AND b", "a b*", '"a b" c', "a -b", "a NEAR/3 b"):
        assert together(one) is None


def test_that_search_words_of_a_theme_make_one_query() -> None:
    query = any_of(("toezicht", "van de hulpverlening", ""))
    assert found(query) == ["Toezicht", "van de hulp\u00adverlening", "toezicht"]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        (("OM", "ZSM"), ["OM", "ZSM"]),  # abbreviations alone, which look like a title
        (("OR", "EN", "OM"), ["OM", "OR", "en"]),
        (("“NOT”", "zsm"), ["ZSM", "not"]),
        (("(OM", "-ZSM", "OR)"), ["OM", "ZSM", "OR"]),
        (("raad*", "straf*zaak"), ["raadsels", "straf-zaak"]),
    ],
)
def test_that_no_search_word_of_a_theme_is_an_operator(words: tuple[str, ...], hits: list[str]) -> None:
    assert found(any_of(words), "Het OM, ZSM, de OR en not: raadsels, straf-zaak.", ()) == hits


@pytest.mark.parametrize(
    ("said", "hit"),
    [
        ("de “aanpak” van", "De “aanpak\" van"),
        ('"aanpak', "aanpak"),
        ("toezicht*", "toezicht"),
        ("-dubbelt", "dubbelt"),
        ("(een", "een"),
        ("OF", "OF"),
        ("e-mail", "e-mail"),
    ],
)
def test_that_words_of_a_text_are_looked_for_as_they_stand(said: str, hit: str) -> None:
    text = "De “aanpak\" van toezicht* ver -dubbelt (een) OF wel e-mail. Toezichthouder."
    assert found(as_said(said), text, ()) == [hit]


def test_that_what_is_taken_over_from_a_text_is_also_found_inside_longer_words() -> None:
    assert (as_said("foto’s"), as_said("hulp*"), as_said("§")) == ("foto’s", "hulp", "§")


@pytest.mark.parametrize(
    "said", ["rechts\u00ad positie", "rechts-\npositie", "de regeling voor hun notice-\nand-takedown"]
)
def test_that_words_copied_over_a_line_end_are_found(said: str) -> None:
    text = "Van de regeling voor hun notice-and-takedown en hun rechtspositie."
    (hit,) = found(f'"{said}"', text, ())
    assert squeeze(hit).text == squeeze(said).text


def test_that_scripts_without_spaces_are_found_sign_by_sign() -> None:
    assert found("予防", "犯罪の予防と支援", ()) == ["予防"]


def test_that_an_accent_written_apart_belongs_to_its_letter() -> None:
    assert found("cafe", "Het cafe\u0301 sluit", ()) == ["cafe\u0301"]


@given(st.integers(0, MOST - 1))
def test_that_a_word_of_any_number_has_letters_of_its_own(number: int) -> None:
    letters = spelled(number)
    assert number_of(letters) == number
    assert list(apart(unpacked(packed(f"a{letters}b")))) == ["a", letters, "b"]


@given(st.lists(st.integers(0, 2**30)))
def test_that_numbers_survive_packing(numbers: list[int]) -> None:
    assert list(unpack(pack(numbers))) == numbers


WORDS = st.lists(
    st.sampled_from(
        [
            "de", "het", "e-mail", "pro-\nfes", "één", "kosten", "31.015", "foto's", "ﬃ", "ß", "\f", "\n\n", "🙂",
            "—", "hulp\u00adverlening", "a", "İ",
        ]
    ),
    max_size=120,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(WORDS, st.integers(0, 200), st.integers(1, 4))
def test_that_words_cut_from_a_text_are_found_where_they_stood(words: list[str], at: int, count: int) -> None:
    text = " ".join(words)
    cut = words[at % len(words) :][:count] if words else []
    query = " ".join(cut)
    if not squeeze(query).text:
        return
    start = len(" ".join(words[: at % len(words)])) + (1 if at % len(words) else 0)
    heap = Heap()
    row = heap.add("it", text)
    node = parse(f'"{query}"')
    assert node is not None
    ranges = heap.places("it", Matcher(node, heap.spelling).spans(row))
    end = start + len(query)
    assert any(one < end and start < two for one, two in ranges)
    assert all(squeeze(text[one:two]).text == squeeze(query).text for one, two in ranges)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.text(min_size=1, max_size=12))
def test_that_nothing_a_reader_types_can_break_a_search(text: str, typed: str) -> None:
    for inside in (False, True):
        with suppress(Known):  # a sentence is no break
            found(typed, text, (), inside=inside)
    entry = entry_of(text)
    assert len(entry.points) == -(-len(entry.words) // STRIDE)
    assert all(0 <= point < len(text) for point in entry.points)


def test_that_all_that_the_exact_search_finds_as_words_is_found() -> None:
    for query in ("professionals", "van de", "gecoordineerde aanpak", "toezicht", "foto’s"):
        assert len(found(f'"{query}"')) == len(find_all(REPORT, query, FURNITURE))


@given(st.dictionaries(st.integers(0, 2**20), st.integers(1, 70_000), max_size=60))
def test_that_how_often_words_are_there_is_told_again(times: dict[int, int]) -> None:
    told = Repeated(Repeated.packed(times))
    for number, many in times.items():
        assert told.together([number]) == (many if many < 65_535 else None)
    assert told.together([2**21]) == 1
    sure = [number for number, many in times.items() if many < 65_535]
    assert told.together(sure) == sum(map(times.__getitem__, sure))


FIGURES = "Artikel 3.1 en nr. 31 015, 24/7, 12.000 gevallen, ½ uur. Mail info@voorbeeld.nl of www.voorbeeld.nl."


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("3.1", ["3.1"]),
        ("31", ["31"]),
        ("247", []),
        ("12000", ["12.000"]),
        ("31015", ["31 015"]),
        ("12", ["12"]),
        ("voorbeeld.nl", ["voorbeeld.nl", "voorbeeld.nl"]),
    ],
)
def test_that_figures_and_addresses_are_found_once_and_not_for_others(query: str, hits: list[str]) -> None:
    assert found(query, FIGURES, (), inside="voorbeeld" in query) == hits


@pytest.mark.parametrize("query", ["36100-VI", "36 100-VI", "36.100 VI"])
@pytest.mark.parametrize("text", ["36100-VI", "36 100-VI", "36.100 VI"])
def test_that_thousands_may_be_parted_in_a_number_with_more_to_it(query: str, text: str) -> None:
    assert found(f'"{query}"', f"Kamerstuk {text}, nr. 2", ()) == [text]


@pytest.mark.parametrize("query", ["1250,50", "1.250,50", "1 250,50"])
@pytest.mark.parametrize("text", ["1250,50", "1.250,50", "1 250,50"])
def test_that_amounts_are_found_however_their_thousands_are_written(query: str, text: str) -> None:
    assert found(f'"{query}"', f"een bedrag van {text} euro", ()) == [text]


@pytest.mark.parametrize(
    ("query", "text"), [("lodz", "Łódź"), ("oeuvre", "œuvre"), ("orsted", "Ørsted"), ("हिन्दी", "हिन्दी")]
)
def test_that_letters_that_a_keyboard_lacks_are_found_whole(query: str, text: str) -> None:
    assert found(query, f"de {text} van", ()) == [text]


@pytest.mark.parametrize("query", ["AND", "OF", "NOT kosten", "-kosten", "NEAR()", "NEAR/3", "NABIJ", "sch*len"])
def test_that_a_query_that_can_find_nothing_is_told_in_a_sentence(query: str) -> None:
    with pytest.raises(Known, match="\\."):
        parse(query)


@pytest.mark.parametrize("query", ["(" * 2000 + "raad", "raad" + " -kosten" * 2000, "NOT " * 2000 + "raad"])
def test_that_a_query_deeper_than_anyone_reads_is_told_in_a_sentence(query: str) -> None:
    with pytest.raises(Known, match="Make it simpler"):
        parse(query)


@pytest.mark.parametrize(
    "query", ['"toezicht en', "(toezicht", "toezicht)", "toezicht AND", "OR toezicht", "toezicht NEAR/2"]
)
def test_that_a_query_still_being_typed_finds_what_it_says_so_far(query: str) -> None:
    assert found(query)


def test_that_near_may_be_very_far() -> None:
    assert found("NEAR(toezicht preventie, 12345)") == found("toezicht NEAR/12345 preventie") != []


def test_that_near_without_a_number_is_near() -> None:
    assert found("toezicht NEAR preventie") == ["Toezicht", "preventie"]
