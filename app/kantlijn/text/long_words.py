"""Words longer than a line, such as addresses, given places where a line may end."""

from __future__ import annotations

import re

LONG = 34
"""Letters of a word that is sure to fit on a line, in a cell of a table too."""
_RUN = re.compile(rf"[^\s\u00ad\u200b]{{{LONG + 1},}}")
_PIECE = re.compile(rf".{{8,{LONG}}}(?<=[/?&=_.,;:#%+-])|.{{1,{LONG}}}")


def breakable(text: str) -> str:
    """With a zero width space at such places: what sticks out of a page is cut off."""
    return _RUN.sub(lambda run: "\u200b".join(_PIECE.findall(run[0])), text)
