"""Themes go out as CSV and come in from it, from Taguette and from lists of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kantlijn.exchange.cells import clean
from kantlijn.exchange.codebook_csv import themes_from_csv, themes_to_csv
from kantlijn.model.theme import Theme
from rooms.exchange.a_handover import HOSTILE, OVERSIGHT, PREVENTION, SCHOOLS


def names(text: str) -> list[str]:
    return [" / ".join(name for name, _ in one.names) for one in themes_from_csv(text)]


def test_that_themes_come_back_as_they_went_out() -> None:
    above, below, other = themes_from_csv(themes_to_csv([OVERSIGHT, PREVENTION, SCHOOLS]).decode())[1:] + (
        themes_from_csv(themes_to_csv([OVERSIGHT]).decode())
    )
    assert (above.id, above.names, above.key) == ("T1", (("Prevention", "Preventie"),), "1")
    assert (above.definition, above.search_words) == (PREVENTION.definition, PREVENTION.search_words)
    assert (below.id, below.colour, below.letter) == ("T2", "#9fc3f5", "S")
    assert below.names == (("Prevention", "Preventie"), ("Schools", "Scholen"))
    assert other.names == (("Oversight", "Toezicht"),)


def test_that_the_file_begins_with_its_columns() -> None:
    head = themes_to_csv([PREVENTION]).decode("utf-8-sig").splitlines()[0]
    assert head == '"id","name","name_nl","parent","colour","letter","key","definition","search_words"'


def test_that_a_parent_by_its_name_alone_is_found_wherever_it_stands() -> None:
    text = "naam;bovenliggend;kleur\nKlein;Kind;\nKind;Ouder;#0a0\nOuder;;\nX;Y;\nY;X;\n"
    assert names(text) == ["Ouder / Kind / Klein", "Ouder / Kind", "Ouder", "Y / X", "X / Y"]
    twice = "name,parent\nKind,Een\nKind,Twee\nKlein,Kind\nDiep,Een / Kind\n"
    assert names(twice) == ["Een / Kind", "Twee / Kind", "Kind / Klein", "Een / Kind / Diep"]


def test_that_taguettes_codebook_is_read() -> None:
    text = "tag,description,number of highlights\r\nPrevention,What is done before,12\r\nVictim aid,,3\r\n"
    first, second = themes_from_csv(text)
    assert (first.names, first.definition) == ((("Prevention", "Prevention"),), "What is done before")
    assert (second.names, second.definition) == ((("Victim aid", "Victim aid"),), "")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_that_dutch_headers_and_other_signs_between_are_understood(sign: str) -> None:
    text = (
        sign.join(("naam", "pad", "kleur", "omschrijving"))
        + "\n"
        + sign.join(("Scholen", "Preventie", "#112233", "x"))
    )
    (one,) = themes_from_csv(text)
    assert [name for name, _ in one.names] == ["Preventie", "Scholen"]
    assert (one.colour, one.definition) == ("#112233", "x")


def test_that_a_bare_list_of_names_is_read() -> None:
    assert names("Preventie\nHulp aan slachtoffers\n\nToezicht / Scholen\n") == [
        "Preventie", "Hulp aan slachtoffers", "Toezicht / Scholen",
    ]  # fmt: skip
    assert names("Preventie\nWonen, zorg en welzijn\n") == ["Preventie", "Wonen, zorg en welzijn"]
    assert [one.definition for one in themes_from_csv("A;eerste\nB;tweede")] == ["eerste", "tweede"]


@pytest.mark.parametrize(
    "text",
    [
        '"Document","Quote","Note"\n"report","a, b","x"\n',
        "id;title;year\n1;Report;2024\n",
        "Jeugd, gezin, school\n",  # which of these would be a name is not told
    ],
)
def test_that_a_table_of_something_else_is_no_list_of_names(text: str) -> None:
    assert themes_from_csv(text) == ()


def test_that_nothing_is_read_from_nothing() -> None:
    assert themes_from_csv("") == themes_from_csv("name,definition\n") == themes_from_csv("\n , \n") == ()
    with pytest.raises(ValueError, match="NUL"):
        themes_from_csv("a\0b")


_seen = some.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="/")
_names = some.text(_seen, max_size=20).map(lambda name: " ".join(name.split())).filter(bool)


@given(_names, _names, some.text(max_size=60) | some.sampled_from(HOSTILE), some.lists(_names, max_size=3))
def test_that_any_text_of_a_theme_comes_back(name: str, dutch: str, definition: str, words: list[str]) -> None:
    words = [word for word in words if ";" not in word]
    theme = Theme(id="T9", name=name, name_nl=dutch, colour="#112233", letter="A", definition=definition,
                  search_words=tuple(words))  # fmt: skip
    (one,) = themes_from_csv(themes_to_csv([theme]).decode())
    assert (one.names, one.definition) == (((name, dutch),), clean(definition))
    assert one.search_words == tuple(words)
