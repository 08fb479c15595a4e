"""What the beginning of a document says of itself: its number, its date, its language.

Only where it says so in the form in which papers say it of themselves; a date or number that is merely spoken of
is none. Where two are found that differ, none is given: who finds nothing looks, who finds a wrong one does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

_BEGINNING, _LARGEST, _WHOLE = 4000, 20_000, 2_000_000
"""Code points that are looked at: of a text without pages as its first, of a page, of a text in all."""
_MONTHS = (
    "januari|january", "februari|february", "maart|march", "april", "mei|may", "juni|june", "juli|july",
    "augustus|august", "september", "oktober|october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY = (
    rf"(?:(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\s+(?P<year>\d{{4}})|"
    r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4}))"
)
_PLACE = (
    r"(?-i:(?!(?:In|Op|Te|On|At|Van|From|Tot|Until|Per)\b)"
    r"(?:['’]s-)?[A-Z][\w'’-]{1,30}(?: (?:[A-Z][\w'’-]*|aan|bij|de|den|op|the|upon)){0,3})"
    r"(?<!day)(?<!dag),"
)
_DATED = (
    re.compile(rf"(?im)^[ \t]*{_PLACE}[ \t]+{_DAY}\.?[ \t]*$"),
    re.compile(rf"(?im)^[ \t]*(?:datum|date|publicatiedatum|date of publication)[ \t]*:?\s{{0,4}}{_DAY}[ \t]*$"),
    re.compile(rf"(?is)\(ingezonden\s[^()]{{4,40}}\).{{1,300}}?\(ontvangen\s+{_DAY}\)"),
)
_DOSSIER = r"(?P<dossier>\d{2}[ \u00a0.]?\d{3}(?:[ \u00a0-][IVXLC]+)?)"
_NUMBERED = (
    re.compile(
        r"(?m)^[ \t]*(?:Tweede|Eerste) Kamer,?[ \t]+vergaderjaar[ \t]+\d{4}\s*[-–]\s*\d{4},?\s+"
        rf"{_DOSSIER},[ \t]+"
        r"(?:nr\.?[ \t]*)?(?P<number>\d{1,4}|[A-Z]{1,3})\b[ \t]*\d{0,3}[ \t]*$"
    ),
    re.compile(r"(?m)^[ \t]*kst-(?P<dossier>\d{5}(?:-[IVXLC]+)?)-(?P<number>\d{1,4}|[A-Z]{1,3})\b"),
)
_FILE = re.compile(r"(?i)kst-(?P<dossier>\d{5}(?:-[IVXLC]+)?)-(?P<number>\d{1,4}|[A-Z]{1,3})\b")
_WORDS = {
    "nl": "de het een van en dat die niet zijn voor met aan wordt ook bij naar deze heeft worden werd",
    "en": "the of and to that is for with as are was this have by from which not been be their",
    "de": "der die und das ist nicht mit den von zu dem ein eine auf für werden sich auch wird des",
    "fr": "le la les des et est que une dans pour qui par sur pas plus avec sont du au ne",
}  # fmt: skip
_LANGUAGES = {word: tuple(name for name, said in _WORDS.items() if word in said.split())
              for word in {word for said in _WORDS.values() for word in said.split()}}  # fmt: skip
_SAMPLE, _ENOUGH = 20_000, 25


def number_in(text: str, first_page: int | None, file: str) -> str:
    """The number of a parliamentary paper: in its running head or foot, its imprint, or its file's name; else "".

    first_page: where the first page ends in the text, when there are pages.
    """
    found = {_paper(one) for pattern in _NUMBERED for one in pattern.finditer(_beginning(text, first_page))}
    if not found and first_page is None:  # it may have had pages before it became a text
        running = Counter(_paper(one) for one in _NUMBERED[0].finditer(text[:_WHOLE]))
        found = set(running) if sum(running.values()) > 1 else found
    if named := _FILE.match(file):
        found.add(_paper(named))
    return _only(found)


def date_in(text: str, first_page: int | None) -> str:
    """The date of a letter or an answer, where it stands as the date of one: 2024-05-17; else ""."""
    beginning = _beginning(text, first_page)
    for pattern in _DATED[::-1]:
        if found := {_day(one) for one in pattern.finditer(beginning)} - {""}:
            return _only(found)
    return ""


def language_of(text: str) -> str:
    """Whether it is "nl", "en", "de" or "fr", where the commonest words leave no doubt; else ""."""
    counts = Counter(
        name for word in re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower()) for name in _LANGUAGES.get(word, ())
    )
    (best, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= _ENOUGH and most > 2 * next_most else ""


def _beginning(text: str, first_page: int | None) -> str:
    return text[: _BEGINNING if first_page is None else min(first_page, _LARGEST)]


def _paper(found: re.Match[str]) -> str:
    digits = re.sub(r"[ \u00a0.-]", "", found["dossier"])
    dossier = " ".join(part for part in (digits[:2], digits[2:5], digits[5:]) if part)
    return f"Kamerstuk {dossier}, nr. {found['number']}"


def _day(found: re.Match[str]) -> str:
    said = found.groupdict()
    name = (said["month"] or "").lower()
    month = next((number for number, names in enumerate(_MONTHS, 1) if name in names.split("|")), 0)
    try:
        year, day = int(said["year"] or said["y"]), int(said["day"] or said["d"])
        return date(year, month or int(said["m"]), day).isoformat()
    except (ValueError, TypeError):
        return ""


def _only(found: Iterable[str]) -> str:
    """The one there is; "" for none, or for several that differ."""
    there = list(found)
    return there[0] if len(there) == 1 else ""
