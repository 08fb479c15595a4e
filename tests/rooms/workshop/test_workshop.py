"""The workshop as a process: it answers, keeps the reader's language, and survives what it cannot do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kantlijn import words
from kantlijn.errors import EngineTrouble
from kantlijn.export.render import FORMS, render, to_plain
from kantlijn.guests.guest import Guest
from rooms.export.a_summary import one, ordinary


@pytest.fixture
def workshop() -> Iterator[Guest]:
    guest = Guest("--workshop")
    yield guest
    guest.close()


@pytest.fixture
def dutch() -> Iterator[None]:
    words.speak("nl")
    yield
    words.speak("en")


@pytest.mark.parametrize("form", sorted(FORMS))
def test_that_it_writes_what_the_program_itself_would(workshop: Guest, form: str) -> None:
    _, (text,) = workshop.call("summary", {"summary": to_plain(ordinary()), "form": form})
    assert bytes(text).decode() == render(ordinary(), form)


@pytest.mark.usefixtures("dutch")
def test_that_it_speaks_the_readers_language(workshop: Guest) -> None:
    _, (text,) = workshop.call("summary", {"summary": to_plain(ordinary("nl")), "form": "markdown"})
    assert bytes(text).decode() == render(ordinary("nl"), "markdown")


def test_that_words_that_are_no_unicode_do_not_end_it(workshop: Guest) -> None:
    asked = {"summary": to_plain(one("half \ud800 pair", note="\udfff")), "form": "html"}
    _, (text,) = workshop.call("summary", asked)
    assert "half \ufffd pair" in bytes(text).decode()


def test_that_a_request_it_does_not_know_is_reported_and_the_next_one_answered(workshop: Guest) -> None:
    with pytest.raises(EngineTrouble):
        workshop.call("summary", {"summary": to_plain(ordinary()), "form": "docx"})
    assert workshop.call("summary", {"summary": to_plain(ordinary()), "form": "html"})
