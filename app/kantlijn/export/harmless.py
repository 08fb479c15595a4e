"""Strangers' words made harmless: what a report, a title or a note says may not steer the file it goes into."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = {0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Embeddings, overrides and isolates: they turn the direction of all that follows. Marks (LRM, RLM) may stay."""
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_TURNING, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFE, 0xFFFF)),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(range(0xE0000, 0xE0080)),
    **_BREAKS,
    0x09: "\t",
    0x0A: "\n",
}

_ANYWHERE = re.compile(r"[\\`*_\[\]{}#]")
_AS_ENTITY = re.compile(r"[<|~$^]|&(?=#?\w+;)|%(?=%)|=(?==)")
_AT_START = re.compile(r"(?:[>+\-=:!]|\d{1,9}(?=[.)]))")

_LINK = re.compile(r"\]\((?!\s*<?(?:https?://|mailto:)[^\s<>]*)", re.IGNORECASE)
_DEFINITION = re.compile(r"\]:(?!\s*<?(?:https?://|mailto:)[^\s<>]*)", re.IGNORECASE)
_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>)", re.IGNORECASE)
_HEADING = re.compile(r"^((?:[\s>]|[-+*][ \t]|\d{1,9}[.)][ \t])*)(#+)")
_UNDERLINE = re.compile(r"^([\s>]*)(?:=+|-+)[ \t]*$")


def clean(text: str) -> str:
    """The text without what cannot be seen but acts: control characters and turns of direction.

    Line breaks of all kinds become a line feed; halves of surrogate pairs become U+FFFD.
    """
    if text.isprintable():  # as most are: nothing of what is sought can be in it
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)


def one_line(text: str) -> str:
    """Clean, and on one line: titles, names, identifiers."""
    return " ".join(clean(text).split())


def kept_apart(text: str) -> str:
    """One line; behind what is written from right to left a mark that keeps what follows where it is."""
    line = one_line(text)
    if line.isascii() or not any(unicodedata.bidirectional(point) in ("R", "AL") for point in line):
        return line
    return f"{line}\u200e"


def as_markdown(text: str) -> str:
    """One line of Markdown that shows the text to the letter, wherever a line of Markdown may stand.

    Backslashes before what both CommonMark and the original Markdown let one escape, entities for the rest.
    """
    text = one_line(text)
    text = _AS_ENTITY.sub(lambda found: f"&#{ord(found[0])};", text)
    # a "#" that an entity of ours begins with is no sign of the text
    text = re.sub(
        r"&#\d+;|" + _ANYWHERE.pattern, lambda found: found[0] if len(found[0]) > 1 else "\\" + found[0], text
    )
    if start := _AT_START.match(text):
        sign = start[0]
        if sign.isdigit():
            text = f"{sign}\\{text[len(sign) :]}"
        else:
            text = f"&#{ord(sign)};{text[1:]}"
    return text


def note_as_markdown(note: str) -> str:
    """A note that keeps its Markdown but cannot leave its place.

    Headings become bold lines, tags and pictures become text, links lead to http, https and mailto only.
    """
    lines: list[str] = []
    for line in clean(note).expandtabs(4).split("\n"):
        if found := _HEADING.match(line):
            line = _bold(found[1], found[2], line[found.end() :])
        elif found := _UNDERLINE.match(line):  # of a heading, or a rule
            line = found[1] + ("* * *" if line.count("-") > 2 else "")
        lines.append(line)
    return _neutral("\n".join(lines).strip("\n"))


def _bold(before: str, signs: str, rest: str) -> str:
    """What stands for a heading. "#word" is one to some readers of Markdown only: it keeps its sign."""
    title = re.sub(r"[ \t]#+$", "", rest.strip()).strip()
    if not title or not rest.startswith(" ") or _ANYWHERE.sub("", title) != title:
        return f"{before}\\{signs}{rest}"
    return f"{before}**{title}**"


def _neutral(note: str) -> str:
    note = _TAG.sub("&lt;", note)
    note = note.replace("![", "!\\[")
    note = _LINK.sub("]\\(", note)
    note = _DEFINITION.sub("]&#58;", note)
    return note.replace("$$", "&#36;&#36;").replace("%%", "&#37;%")


def colour(text: str) -> str:
    """A colour as it may stand in a style: "#rrggbb", or a quiet grey."""
    return text if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else "#5c6670"


def letter(text: str) -> str:
    """The first thing of the text that can be seen, for a theme's letter."""
    return next((one for one in clean(text) if unicodedata.category(one)[0] in "LN"), "·")
