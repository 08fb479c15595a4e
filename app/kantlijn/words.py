"""What the program says, in the reader's language (gettext). Any room may speak without Qt."""

from __future__ import annotations

import gettext
import os
from contextlib import suppress
from importlib.resources import as_file, files

LANGUAGES = ("en", "nl")
_spoken: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def speak(language: str) -> None:
    """Use this language ("en" or "nl") from now on; sentences said before keep theirs."""
    global _spoken, _language  # one reader, one language: gettext's own convention
    _language = language if language in LANGUAGES else "en"
    _spoken = gettext.NullTranslations()
    if _language != "en":
        with suppress(OSError), as_file(files("kantlijn_resources") / "locale") as where:
            _spoken = gettext.translation("kantlijn", localedir=where, languages=[_language])


def language() -> str:
    """The language spoken now, "en" or "nl"."""
    return _language


def language_of_system() -> str:
    """The reader's language by the environment: Dutch where that comes first, else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "nl" if value.lower().startswith("nl") else "en"
    return "en"


def say(sentence: str, **values: object) -> str:
    """The sentence in the reader's language, its {names} filled in with values."""
    spoken = _spoken.gettext(sentence)
    return spoken.format(**values) if values else spoken


def say_many(one: str, many: str, n: int, **values: object) -> str:
    """The sentence for n things; {n} is filled in as number() writes it."""
    return _spoken.ngettext(one, many, n).format(n=number(n), **values)


def number(n: int) -> str:
    """A whole number as it is read: from 10,000 on its thousands are parted by a narrow space, in any language."""
    return str(n) if abs(n) < 10_000 else f"{n:,}".replace(",", "\u202f")
