"""Making a document of text that was copied elsewhere: kept as a text file of its own."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from kantlijn.errors import BadFile, Known, reason_of
from kantlijn.model.changes import Changes
from kantlijn.usecases.desk import Desk, must_write
from kantlijn.usecases.headings import shortened
from kantlijn.usecases.shelf.add_documents import Added, add_documents
from kantlijn.usecases.wording import text_of
from kantlijn.words import say

_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_TITLE, _NAME = 80, 60
"""Code points of a title made of a first line, and of a file's name."""


def add_text(
    desk: Desk, text: str, title: str = "", *, on_changes: Callable[[Changes], None] | None = None
) -> Added:
    """Add this text as a document, under this title or its own first line. Known when there is no text.

    It comes in as plain text whatever it looks like; the same text twice is recognised as any file is.
    """
    must_write(desk)
    text = text_of(text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")
    if not text.strip():
        raise Known(say("There is no text to make a document of; copy some first."))
    title = " ".join(text_of(title).split()) or shortened(text.strip().split("\n", 1)[0], _TITLE)
    name = " ".join(_UNFIT.sub(" ", title).split())[:_NAME].strip(" .") or "text"
    with tempfile.TemporaryDirectory(prefix="kantlijn-") as folder:
        file = Path(folder) / f"{name.encode('utf-8')[:200].decode('utf-8', 'ignore')}.txt"
        try:
            file.write_text(text, "utf-8", newline="\n")
        except OSError as trouble:
            reason = reason_of(trouble)
            raise BadFile(say("The text could not be kept: {reason}.", reason=reason)) from trouble
        return add_documents(desk, [file], title=title, as_text=True, on_changes=on_changes)
