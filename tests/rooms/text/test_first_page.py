"""What a document says of itself is taken over; what it only speaks of is not."""

from __future__ import annotations

import pytest

from kantlijn.text.first_page import date_in, language_of, number_in


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Aan de Voorzitter\n\nDen Haag, 14 februari 2028\n\nGeachte", "2028-02-14"),
        ("'s-Gravenhage, 1 mei 2001\n", "2001-05-01"),
        ("Datum\n14 februari 2028\nBetreft: toezicht", "2028-02-14"),
        ("Datum: 12-05-2030\nOns kenmerk 12", "2030-05-12"),
        ("Date 3 March 2030\n", "2030-03-03"),
        ("Vragen (ingezonden 21 oktober 2026).\nAntwoord (Justitie) (ontvangen\n8 december 2026).", "2026-12-08"),
        # spoken of, impossible, or two that differ
        ("Den Haag, 14 februari 2028 schreef de inspectie", ""),
        ("In Den Haag, 14 februari 2028\n", ""),
        ("Datum uw brief 3 mei 2027\n", ""),
        ("Vergadering op Zaterdag, 14 februari 2028\n", ""),
        ("Zaterdag, 14 februari 2028\n", ""),
        ("Den Haag, 31 februari 2028\n", ""),
        ("Amsterdam, 1 mei 2030\nUtrecht, 2 mei 2030\n", ""),
        ("x" * 5000 + "\nDen Haag, 14 februari 2028\n", ""),
    ],
)
def test_that_only_the_date_of_a_letter_or_answer_is_its_date(text, date):
    assert date_in(text, None) == date


_HEAD = "Tweede Kamer, vergaderjaar 2027–2028, 31 999, nr. {}"


@pytest.mark.parametrize(
    ("text", "first_page", "file", "number"),
    [
        (_HEAD.format(136) + "\n1\nNr. 136", 80, "brief.pdf", "Kamerstuk 31 999, nr. 136"),
        (f"Brief\n{_HEAD.format(136)} 7\n", 200, "brief.pdf", "Kamerstuk 31 999, nr. 136"),
        ("Eerste Kamer, vergaderjaar 2027–2028, 36 600 VI, B\n", 200, "x.pdf", "Kamerstuk 36 600 VI, nr. B"),
        ("kst-36600-VI-12\nISSN 0921 - 7371", 200, "x.pdf", "Kamerstuk 36 600 VI, nr. 12"),
        ("Een brief", 9, "kst-31999-136.pdf", "Kamerstuk 31 999, nr. 136"),
        (f"Zie ook {_HEAD.format(136)}\n", 200, "x.pdf", ""),
        ("Zie Aanhangsel Handelingen, vergaderjaar 2026–2027, nr. 498", 200, "x.pdf", ""),
        (f"{_HEAD.format(136)}\n{_HEAD.format(137)}\n", 200, "x.pdf", ""),
        (_HEAD.format(136) + "\n", 200, "kst-31999-137.pdf", ""),
        ("Annex\n" + f"{_HEAD.format(136)}\n" * 3, 5, "report.pdf", ""),
        (("x" * 3000 + "\n" + _HEAD.format(136) + " 1\n") * 3, None, "x.txt", "Kamerstuk 31 999, nr. 136"),
        ("x" * 6000 + "\n" + _HEAD.format(136) + " 1\n", None, "x.txt", ""),
    ],
)  # fmt: skip
def test_that_only_a_number_of_the_paper_itself_is_its_number(text, first_page, file, number):
    assert number_in(text, first_page, file) == number


def test_that_a_language_is_told_only_when_there_is_no_doubt():
    dutch = "De inspectie ziet toe op de hulp die aan het kind wordt gegeven, en op wat er niet is. " * 4
    english = "The inspectorate is the body that oversees the aid that is given to and for children. " * 4
    assert [language_of(text) for text in (dutch, english, dutch + english, "1 2 3", "De hulp en het kind")] == [
        "nl", "en", "", "", "",
    ]  # fmt: skip


def test_that_a_page_made_of_line_ends_takes_no_time():
    text = "\n" * 300_000 + "Datum\n" * 100_000
    assert (number_in(text, None, "x"), date_in(text, len(text))) == ("", "")
