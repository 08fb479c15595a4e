"""How a PDF writes things."""

from __future__ import annotations

from collections.abc import Iterable


def pdf_string(text: str) -> str:
    """A PDF string: as it is where it is ASCII, else UTF-16."""
    if text.isascii():
        for plain, written in (("\\", "\\\\"), ("(", "\\("), (")", "\\)"), ("\n", "\\n"), ("\t", "\\t")):
            text = text.replace(plain, written)
        return f"({text})"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def numbers(values: Iterable[float]) -> str:
    """As a PDF writes them: short, never with an exponent."""
    return " ".join([f"{value:.3f}".rstrip("0").rstrip(".") for value in values])
