"""What the margin tells of annotations when the mouse rests on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtGui import QTextDocument

from kantlijn.model.document import Range
from kantlijn.ui.kit import fonts
from kantlijn.ui.kit.browser import ClosedDocument
from kantlijn.words import say

_QUOTE, _NOTE = 180, 240  # code points shown
_CARDS, _RELATED = 8, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The other end of a relation: annotation, and where it is. kind: "→ responds to"; status is said already."""

    annotation: str
    version: str
    range: Range
    kind: str
    status: str
    quote: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What hovering tells of an annotation. themes: (name, colour, letter) in order; quote made readable."""

    themes: tuple[tuple[str, str, str], ...]
    note: str
    quote: str
    relations: tuple[Related, ...] = ()
    carried: str = ""
    """How it came from another version, in a sentence; "" for what was made here."""


def card_html(card: Card, *, quote: bool = True) -> str:
    """The tooltip: themes with their colours, the note, the beginning of the quote, what it is related to."""
    rows = (
        "".join(
            f'<div><span style="color:{escape(colour)}">■</span> '
            f"{fonts.strong(escape(letter))} {escape(name)}</div>"
            for name, colour, letter in card.themes
        )
        or f"<div>{escape(say('No theme yet'))}</div>"
    )
    if card.carried:
        rows += f"<div>{escape(card.carried)}</div>"
    if card.note.strip():
        rows += f'<div style="margin-top:6px">{escape(first_words(_plain(card.note), _NOTE))}</div>'
    if quote and card.quote:
        rows += f'<div style="margin-top:6px"><i>“{escape(first_words(card.quote, _QUOTE))}”</i></div>'
    for related in card.relations[:_RELATED]:
        there = f"{related.kind} · {related.status}" if related.status else related.kind
        rows += f'<div style="margin-top:6px">{fonts.strong(escape(there))}<br>{escape(related.place)}</div>'
    return f'<div style="width:280px">{rows}</div>'


def cards_html(cards: Sequence[Card], *, quote: bool = True) -> str:
    """The tooltip of annotations that lie over each other, one below the other; of many the first."""
    if len(cards) == 1:
        return card_html(cards[0], quote=quote)
    parts = [card_html(card, quote=quote and len(cards) <= 3) for card in cards[:_CARDS]]
    if len(cards) > _CARDS:
        parts.append(escape(say("and {count} more", count=len(cards) - _CARDS)))
    return "<hr>".join(parts)


def _plain(note: str) -> str:
    """A note's words without its Markdown."""
    document = ClosedDocument()
    document.setMarkdown(note, QTextDocument.MarkdownFeature.MarkdownNoHTML)
    return document.toPlainText()


def first_words(text: str, length: int) -> str:
    """Its first words, at most this many code points."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
