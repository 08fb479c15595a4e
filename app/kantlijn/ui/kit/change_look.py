"""How changes look everywhere: a colour for each kind, and always a sign."""

from __future__ import annotations

from kantlijn.words import say

SIGNS = {"inserted": "+", "deleted": "−", "changed": "±", "moved": "⇄", "formatting": "¶"}
_LIGHT = {
    "inserted": "#0969da", "deleted": "#bc4c00", "changed": "#57606a", "moved": "#8250df", "formatting": "#6e7781",
}  # fmt: skip
_DARK = {
    "inserted": "#388bfd", "deleted": "#db6d28", "changed": "#a4abb2", "moved": "#a475f9", "formatting": "#8b949e",
}  # fmt: skip
"""The colour-blind tell blue from orange; a sign and a line say the same."""


def colour(kind: str, dark: bool) -> str:
    """The colour of a kind of change on this scheme."""
    return (_DARK if dark else _LIGHT)[kind]


def side_colour(kind: str, *, old: bool, dark: bool) -> str:
    """The same on one side of a comparison: what changed was deleted there and inserted here."""
    if kind == "changed":
        kind = "deleted" if old else "inserted"
    return colour(kind, dark)


def name(kind: str) -> str:
    """What a kind is called, in the language spoken now."""
    return {
        "inserted": say("inserted"),
        "deleted": say("deleted"),
        "changed": say("changed"),
        "moved": say("moved"),
        "formatting": say("layout only"),
    }[kind]
