"""The workshop as a process: it answers, keeps the reader's language, and survives what it cannot do."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kantlijn import words
from kantlijn.errors import BadFile, EngineTrouble
from kantlijn.export.plain import to_plain
from kantlijn.export.render import render
from kantlijn.guests.guest import Guest
from kantlijn.model.summary import Summary
from rooms.export.a_summary import one, ordinary


@pytest.fixture
def workshop() -> Iterator[Guest]:
    guest = Guest("--workshop")
    yield guest
    guest.close()


def written(
    workshop: Guest, summary: Summary, form: str, *, template: str = "", deadline: float = 60.0
) -> bytes:
    blobs = json.dumps(to_plain(summary)).encode(), template.encode()
    _, (made,) = workshop.call("summary", {"form": form, "name": "mine"}, blobs, deadline=deadline)
    return bytes(made)


@pytest.fixture
def dutch() -> Iterator[None]:
    words.speak("nl")
    yield
    words.speak("en")


@pytest.mark.parametrize("form", ["html", "markdown", "text", "story", "clipboard"])
def test_that_it_writes_what_the_program_itself_would(workshop: Guest, form: str) -> None:
    assert written(workshop, ordinary(), form) == render(ordinary(), form)


@pytest.mark.usefixtures("dutch")
def test_that_it_speaks_the_readers_language(workshop: Guest) -> None:
    assert written(workshop, ordinary("nl"), "markdown") == render(ordinary("nl"), "markdown")


def test_that_words_that_are_no_unicode_do_not_end_it(workshop: Guest) -> None:
    text = written(workshop, one("half \ud800 pair", note="\udfff"), "html")
    assert "half \ufffd pair" in text.decode()


def test_that_a_request_it_does_not_know_is_reported_and_the_next_one_answered(workshop: Guest) -> None:
    with pytest.raises(EngineTrouble):
        written(workshop, ordinary(), "papyrus")
    assert written(workshop, ordinary(), "html")


def test_that_a_mistake_in_a_template_gets_a_sentence_with_its_line(workshop: Guest) -> None:
    with pytest.raises(BadFile, match="“mine” has a mistake in line 2"):
        written(workshop, ordinary(), "markdown", template="one\n{{ title | nothing }}")


def test_that_a_template_that_comes_to_no_end_is_stopped(workshop: Guest) -> None:
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{{ a * b }}{% endfor %}{% endfor %}"
    with pytest.raises((EngineTrouble, BadFile)):
        written(workshop, ordinary(), "text", template=endless, deadline=3.0)
    assert written(workshop, ordinary(), "text")
