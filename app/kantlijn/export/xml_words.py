"""Words as they stand in XML."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from kantlijn.export.harmless import clean


def words(text: str) -> str:
    """Between tags: cleaned of what XML cannot hold, and escaped."""
    return escape(clean(text))


def attribute(text: str) -> str:
    """As an attribute's value, without the marks around it."""
    return quoteattr(clean(text), {'"': "&quot;"})[1:-1]
