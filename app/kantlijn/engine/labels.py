"""Page labels as printed: the rules of PDF 32000-1 §12.4.2 applied to page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def page_labels(rules: Sequence[dict[str, Any]], count: int) -> list[str]:
    """A label for each page; its number where the PDF gives none. Rules as Document.get_page_labels() has them."""
    labels = [str(page + 1) for page in range(count)]
    starts = sorted((rule for rule in rules if 0 <= _whole(rule.get("startpage"), -1) < count), key=_start)
    for at, rule in enumerate(starts):
        until = _start(starts[at + 1]) if at + 1 < len(starts) else count
        prefix, style = str(rule.get("prefix") or ""), str(rule.get("style") or "")
        first = max(1, _whole(rule.get("firstpagenum"), 1))
        for page in range(_start(rule), until):
            number = _number(style, first + page - _start(rule))
            labels[page] = "".join(c for c in prefix + number if c.isprintable()) or labels[page]
    return labels


def _whole(value: Any, default: int) -> int:
    return value if isinstance(value, int) else default


def _start(rule: dict[str, Any]) -> int:
    return _whole(rule.get("startpage"), 0)


def _number(style: str, number: int) -> str:
    if style in ("r", "R"):
        return roman(number) if style == "r" else roman(number).upper()
    if style in ("a", "A"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "a" else letter.upper()
    return str(number) if style == "D" else ""


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
