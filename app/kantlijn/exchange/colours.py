"""Colours of themes as files of other programs write them."""

from __future__ import annotations

import re

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}|#?(?:[0-9a-fA-F]{2})?[0-9a-fA-F]{6}")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.IGNORECASE | re.ASCII)


def colour_of(written: str) -> str:
    """A colour as "#rrggbb" from what a file says, "" for what is none.

    Some leave out the "#", write how opaque it is before it, or write rgb(r, g, b).
    """
    written = written.strip()
    if found := _RGB.fullmatch(written):
        return "#" + "".join(f"{min(255, int(part)):02x}" for part in found.groups())
    if not _COLOUR.fullmatch(written):
        return ""
    return "#" + ("".join(2 * part for part in written[1:]) if len(written) == 4 else written[-6:])
