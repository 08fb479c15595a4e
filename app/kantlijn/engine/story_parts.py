"""HTML of our own, cut into parts that are laid out one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_CONTENTS = re.compile(r'<p class="contents">(.*?)</p>')
_BLOCK = re.compile(r"\n(?=<(?:h\d|p|blockquote|div)\b)")
_APART = re.compile(r'<h\d|<\w+ class="(?:[a-z ]+ )?(?:apart|change|foot)"')
"""How a block begins before which a part may end: what belongs together stays in one."""
_BLOCKS = 400
"""Of a part, at least, when there are more."""
_TABLE = re.compile(r'<table>(<tr id="head">.*?</tr>)(.*?)</table>', re.DOTALL)
"""A table whose first row stands again over what goes on on another page."""
_ROW = re.compile(r"\n(?=<tr>)")
_ROWS = 250
"""Of a table in a part, at most: some thirty pages. Each column is as wide as its words in that part ask for."""


class Cut(NamedTuple):
    """The HTML up to where its body begins, what stands on the front, the words over the contents, the rest.

    contents is "" where none are wanted; front is then in the rest.
    """

    before: str
    front: str
    contents: str
    rest: str


class Part(NamedTuple):
    """What stands in a body. head: the first row, where it is a table; turns: it begins a page."""

    body: str
    head: str = ""
    turns: bool = False


def cut(html: str) -> Cut:
    """A paragraph of class "contents" ends the front."""
    begin, end = html.find("<body>") + len("<body>"), html.rfind("</body>")
    found = _CONTENTS.search(html)
    if found is None:
        return Cut(html[:begin], "", "", html[begin:end])
    return Cut(html[:begin], html[begin : found.start()], found[1], html[found.end() : end])


def parts(body: str) -> Iterator[Part]:
    """In order; a table with a head is a part, or several."""
    at = 0
    for table in _TABLE.finditer(body):
        yield from _of_blocks(body[at : table.start()])
        yield from _of_rows(table[1], table[2])
        at = table.end()
    yield from _of_blocks(body[at:])


def _of_blocks(body: str) -> Iterator[Part]:
    part: list[str] = []
    for block in _BLOCK.split(body):
        if len(part) >= _BLOCKS and _APART.match(block):
            yield Part("\n".join(part))
            part = []
        part.append(block)
    if any(block.strip() for block in part):
        yield Part("\n".join(part))


def _of_rows(head: str, body: str) -> Iterator[Part]:
    """Of a long table several, each with its head and about as long as the others."""
    rows = _ROW.split(body)
    many = 1 + (len(rows) - 1) // _ROWS
    for number in range(many):
        some = "\n".join(rows[number * len(rows) // many : (number + 1) * len(rows) // many])
        yield Part(f"<table>{head}\n{some}</table>", head, turns=number > 0)


def shared(some: Sequence[Part], share: int, of: int) -> list[Part]:
    """The how many-eth of so many that are about as long: what begins in it."""
    whole, at, mine = sum(len(part.body) for part in some), 0, []
    for part in some:
        if at * of // whole == share:
            mine.append(part)
        at += len(part.body)
    return mine
