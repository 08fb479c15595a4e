"""The program speaks Dutch as well as English, and says the same in both."""

from __future__ import annotations

import importlib.util
import string
from pathlib import Path
from types import ModuleType

import pytest

from kantlijn import words
from kantlijn.errors import DiskTrouble
from kantlijn.usecases.whole_file import make_whole
from kantlijn.words import say_many

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """The script that makes the catalogue; not to be imported by name, as a library is called packaging too."""
    spec = importlib.util.spec_from_file_location("kantlijn_messages", REPOSITORY / "packaging" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(sentence: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(sentence) if name is not None}


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def test_that_every_sentence_has_a_dutch_translation(messages: ModuleType) -> None:
    assert messages.missing(messages.catalogue()) == []


def test_that_no_translation_is_a_guess(messages: ModuleType) -> None:
    assert [message.id for message in messages.catalogue() if message.id and message.fuzzy] == []


def test_that_translations_fill_in_the_same_names(messages: ModuleType) -> None:
    """All forms together: "one document" may leave out the number that "{n} documents" has."""
    wrong = [
        message.id
        for message in messages.catalogue()
        if message.id and all(forms(message.string))
        and set().union(*map(names, forms(message.id))) != set().union(*map(names, forms(message.string)))
    ]
    assert wrong == []


def test_that_no_translation_is_there_twice_over(messages: ModuleType) -> None:
    """As lines of two translations do that were put together."""
    said = [form for message in messages.catalogue() if message.id for form in forms(message.string)]
    assert [form for form in said if len(form) > 40 and form[:20] in form[20:]] == []


def test_that_the_catalogue_in_the_repository_is_up_to_date(messages: ModuleType) -> None:
    catalog = messages.catalogue()
    advice = "run packaging/messages.py, translate, run it again, commit"
    assert (messages.DUTCH / "kantlijn.po").read_bytes() == messages.as_po(catalog), advice
    assert (messages.DUTCH / "kantlijn.mo").read_bytes() == messages.as_mo(catalog), advice


def test_that_menus_keep_an_ellipsis_and_a_letter_to_press(messages: ModuleType) -> None:
    wrong = [
        message.id
        for message in messages.catalogue()
        if isinstance(message.id, str) and message.id and message.string
        and (message.id.endswith("…") != message.string.endswith("…")
             or message.id.count("&") != message.string.count("&"))
    ]
    assert wrong == []


def test_that_large_numbers_are_parted_and_small_ones_are_not() -> None:
    assert say_many("{n} hit", "{n} hits", 9_999) == "9999 hits"
    assert say_many("{n} hit", "{n} hits", 304_917) == "304\u202f917 hits"


def test_that_the_systems_reasons_are_said_in_the_readers_language_everywhere() -> None:
    shown = [file.name for file in (REPOSITORY / "app").rglob("*.py") if ".strerror" in file.read_text("utf-8")]
    assert sorted(shown) == ["errors.py", "landlock.py", "syscalls.py"]  # guests tell each other, not a reader


def test_that_a_dutch_sentence_has_a_dutch_reason(tmp_path: Path) -> None:
    words.speak("nl")
    try:
        with pytest.raises(DiskTrouble) as met:
            make_whole(tmp_path / ("n" * 260 + ".txt"), lambda fresh: fresh.write_text("tekst", "utf-8"))
    finally:
        words.speak("en")
    assert met.value.sentence.endswith("geschreven: de bestandsnaam is te lang. Kies een andere map of naam.")
