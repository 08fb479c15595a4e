"""Page labels as printed: the rules of PDF 32000-1 §12.4.2 applied to page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRule:
    """How pages are labelled from page (an index) on: style "D", "r", "R", "a", "A" or ""; first: its number."""

    page: int
    prefix: str = ""
    style: str = ""
    first: int = 1


def page_labels(rules: Sequence[LabelRule], count: int) -> list[str]:
    """A label for each page; its number where the PDF gives none."""
    labels = [str(page + 1) for page in range(count)]
    starts = sorted((rule for rule in rules if 0 <= rule.page < count), key=lambda rule: rule.page)
    for at, rule in enumerate(starts):
        until = starts[at + 1].page if at + 1 < len(starts) else count
        for page in range(rule.page, until):
            label = rule.prefix + _number(rule.style, max(1, rule.first) + page - rule.page)
            labels[page] = "".join(c for c in label if c.isprintable()).strip() or labels[page]
    return labels


def _number(style: str, number: int) -> str:
    if style in ("r", "R"):
        return roman(number) if style == "r" else roman(number).upper()
    if style in ("a", "A") and number <= 26 * 26:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "a" else letter.upper()
    return str(number) if style in ("D", "a", "A") else ""


def roman(number: int) -> str:
    """Lower-case Roman numeral."""
    if number > 20_000:
        return str(number)
    said = ""
    for value, letters in _ROMAN:
        while number >= value:
            said += letters
            number -= value
    return said
