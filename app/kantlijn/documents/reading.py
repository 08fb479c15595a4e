"""Canonical text and text layer of a whole file, asked of the engine in small portions.

First the sheets, then the pages' text in portions of some 50 milliseconds that any guest may take, then the
page furniture, then the layers marked with it: between portions a page on screen can always be drawn first, and a
cancelled future stops the rest.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from kantlijn.documents import tessdata
from kantlijn.documents.answers import (
    Furnished,
    extracted_from,
    furniture_from,
    layers_from,
    plain_source,
    sheets_from,
)
from kantlijn.documents.contract import Answer, AskContent, Sheets
from kantlijn.errors import EngineTrouble
from kantlijn.guests.guest import TookTooLong, TookTooMuch
from kantlijn.guests.wire import Blob
from kantlijn.model.document import Content, Page, Range
from kantlijn.model.layer import PageLayer
from kantlijn.words import say, say_many

BUDGET = 0.05
"""Seconds of work in one portion."""
PORTION = 16
"""Pages handed out at once; a guest gives back those it did not come to."""
IN_FLIGHT = 4
MARKED_AT_ONCE = 500
"""Pages in one portion of marking furniture."""
_RECOGNISING = 120.0
"""Seconds one page may take to be recognised."""
_OPENING = 60.0
_SLOW_MOST = 3
"""Pages that take too long, after which the rest is not tried, unless more of them were read."""
_NAMED_MOST = 8
"""Lost pages that are named."""
_NOTHING = PageLayer((), array("f")).pack()
Span = tuple[int, int]


class Sends(Protocol):
    """The part of the engine needed here."""

    def send(
        self, name: str, plain: dict[str, Any], decode: Callable[..., Any], *, what: str, priority: int,
        deadline: float, blobs: Sequence[Blob] = (),
    ) -> Future[Any]: ...  # fmt: skip


def read_content(
    engine: Sends, request: AskContent, priority: int, progress: Callable[[int, int], None] | None
) -> Future[Answer]:
    """A future for the Content. It stays pending until then, so that cancel() works at any moment."""
    return _Reading(engine, request, priority, progress).future


class _Reading:
    """One file being read. Its methods run on the engine's threads, one portion's answer each."""

    def __init__(
        self, engine: Sends, request: AskContent, priority: int, progress: Callable[[int, int], None] | None
    ) -> None:
        self.future: Future[Answer] = Future()
        self._engine = engine
        self._source = plain_source(request.source)
        self._ocr = request.ocr
        self._tessdata = str(tessdata.folder() or "") if request.ocr else ""
        self._portion = 1 if request.ocr else PORTION
        self._what = f"“{Path(request.source.path).name}”"
        self._priority = priority
        self._progress = progress
        self._lock = threading.Lock()
        self._sheets: Sheets | None = None
        self._extractor = ""
        self._todo: list[Span] = []
        self._flying = 0
        self._sent: list[Future[Any]] = []
        self._texts: list[str] = []
        self._layers: list[bytes] = []
        self._edges: list[bytes] = []
        self._done = 0
        self._lost: dict[int, EngineTrouble] = {}
        self._auxiliary: list[list[Furnished]] = []
        self._ask("sheets", {"source": self._source}, self._opened, lambda plain, *_: plain, deadline=_OPENING)

    def _ask(
        self, name: str, plain: dict[str, Any], then: Callable[[Any], None], decode: Callable[..., Any], *,
        blobs: Sequence[Blob] = (), failed: Callable[[BaseException], None] | None = None, deadline: float = 10.0,
    ) -> None:  # fmt: skip
        """Send one portion; its answer goes to then, its trouble to failed or else ends the reading."""
        try:
            portion = self._engine.send(name, plain, decode, what=self._what, priority=self._priority,
                                        deadline=deadline, blobs=blobs)  # fmt: skip
        except EngineTrouble as trouble:  # closed
            self._fail(trouble)
            return

        self._sent = [*(sent for sent in self._sent if not sent.done()), portion]

        def arrived(answer: Future[Any]) -> None:
            if self.future.done():
                return
            if answer.cancelled():
                self.future.cancel()
                self.future.set_running_or_notify_cancel()
                return
            try:
                trouble = answer.exception()
                if trouble is not None:
                    (failed or self._fail)(trouble)
                else:
                    then(answer.result())
            except BaseException as bug:  # noqa: BLE001 - handed on to whoever asked
                self._fail(bug)

        portion.add_done_callback(arrived)

    def _fail(self, trouble: BaseException) -> None:
        with suppress(InvalidStateError):
            self.future.set_exception(trouble)
        for portion in self._sent:
            portion.cancel()

    # ---- sheets, then text

    def _opened(self, plain: dict[str, Any]) -> None:
        self._sheets = sheets_from(plain)
        self._extractor = str(plain.get("extractor", ""))
        count = len(self._sheets.sizes)
        self._texts, self._layers, self._edges = [""] * count, [_NOTHING] * count, [b"[[],[],[]]"] * count
        self._todo = [(first, min(first + self._portion, count)) for first in range(0, count, self._portion)][::-1]
        self._tell()
        self._deal()

    def _deal(self) -> None:
        """Hand out portions until enough are in flight; when none is left, go on to the furniture."""
        while not self.future.done():
            with self._lock:
                if not self._todo or self._flying >= IN_FLIGHT:
                    finished = not self._todo and self._flying == 0
                    break
                span = self._todo.pop()
                self._flying += 1
            self._extract(span)
        else:
            return
        if finished:
            self._find_furniture()

    def _extract(self, span: Span) -> None:
        first, last = span
        self._ask(
            "extract",
            {"source": self._source, "first": first, "last": last, "budget": BUDGET, "ocr": self._ocr,
             "tessdata": self._tessdata},
            lambda pages: self._extracted(span, pages),
            lambda plain, blobs, *_: extracted_from(plain, blobs, last - first),
            failed=lambda trouble: self._not_extracted(span, trouble),
            deadline=_RECOGNISING if self._ocr else 10.0,
        )  # fmt: skip

    def _extracted(self, span: Span, pages: list[tuple[str, bytes, bytes]]) -> None:
        first, last = span
        for at, page in enumerate(pages, first):
            self._texts[at], self._layers[at], self._edges[at] = page
        with self._lock:
            self._flying -= 1
            self._done += len(pages)
            if first + len(pages) < last:
                self._todo.append((first + len(pages), last))
        self._tell()
        self._deal()

    def _not_extracted(self, span: Span, trouble: BaseException) -> None:
        """Find out which page it was; one page lost is told in the details, all lost is an error."""
        first, last = span
        if not isinstance(trouble, EngineTrouble) or self._sheets is None:
            self._fail(trouble)
            return
        with self._lock:
            self._flying -= 1
            if last - first > 1:
                self._todo += [(page, page + 1) for page in range(last - 1, first - 1, -1)]
            else:
                self._lost[first] = trouble
                self._done += 1
        slow = sum(isinstance(lost, TookTooLong) for lost in self._lost.values())
        if slow >= _SLOW_MOST and slow > self._done - len(self._lost):
            self._fail(trouble)
        elif len(self._lost) == len(self._sheets.sizes):
            self._fail(self._all_lost(trouble))
        else:
            self._deal()

    def _all_lost(self, trouble: EngineTrouble) -> EngineTrouble:
        """What is said of the file when no page of it was read. trouble: the last page's."""
        if isinstance(trouble, TookTooLong | TookTooMuch):
            return trouble
        return EngineTrouble(
            say("{what} opens, but none of its pages can be read; they are damaged. Get a fresh copy.",
                what=self._what)
        )  # fmt: skip

    def _tell(self) -> None:
        if self._progress is not None and self._sheets is not None:
            self._progress(self._done, len(self._sheets.sizes))

    # ---- furniture, then layers

    def _find_furniture(self) -> None:
        count = len(self._edges)
        self._ask("furniture", {}, self._furnished, lambda plain, *_: furniture_from(plain, count),
                  blobs=self._edges, deadline=_OPENING)  # fmt: skip

    def _furnished(self, found: list[list[Furnished]]) -> None:
        """Have the layers marked, again in portions."""
        self._auxiliary, self._edges = found, []
        pages = [page for page, lines in enumerate(found) if lines]
        portions = [pages[at : at + MARKED_AT_ONCE] for at in range(0, len(pages), MARKED_AT_ONCE)]
        self._flying = len(portions)
        if not portions:
            self._finish()
        for portion in portions:
            self._mark(portion)

    def _mark(self, portion: list[int]) -> None:
        def marked(layers: list[bytes]) -> None:
            for page, layer in zip(portion, layers, strict=True):
                self._layers[page] = layer
            with self._lock:
                self._flying -= 1
                finished = self._flying == 0
            if finished:
                self._finish()

        self._ask("mark", {"auxiliary": [[line[0] for line in self._auxiliary[page]] for page in portion]}, marked,
                  lambda _, blobs, *__: layers_from(blobs, len(portion)),
                  blobs=[self._layers[page] for page in portion])  # fmt: skip

    def _finish(self) -> None:
        """One string, its pages, and the ranges of the furniture. A form feed stands between two pages."""
        sheets = self._sheets
        assert sheets is not None
        pages, auxiliary, at = [], list[Range](), 0
        for index, (text, (width, height)) in enumerate(zip(self._texts, sheets.sizes, strict=True)):
            end = at + len(text)
            pages.append(
                Page(index=index, label=sheets.labels[index], width=width, height=height, range=(at, end))
            )
            auxiliary += [(at + start, min(at + stop, end)) for _, start, stop in self._auxiliary[index]]
            at = end + 1
        details = dict(sheets.details)
        if self._lost:
            details["trouble"] = self._said_of_the_lost()
        content = Content(
            extractor=f"{self._extractor}+ocr-{self._ocr}" if self._ocr else self._extractor,
            mime="application/pdf", text="\f".join(self._texts), pages=tuple(pages),
            layers=tuple(self._layers), auxiliary=tuple(_joined(auxiliary)), outline=sheets.outline,
            details=details,
        )  # fmt: skip
        with suppress(InvalidStateError):
            self.future.set_result(content)


    def _said_of_the_lost(self) -> str:
        """Which pages have no text because they could not be read."""
        numbers = [str(page + 1) for page in sorted(self._lost)]
        return say_many(
            "Page {pages} of {what} could not be read and has no text; the rest was read.",
            "Pages {pages} of {what} could not be read and have no text; the rest was read.",
            len(numbers), pages=", ".join(numbers[:_NAMED_MOST]) + ("…" if numbers[_NAMED_MOST:] else ""),
            what=self._what,
        )  # fmt: skip


def _joined(ranges: list[Range]) -> list[Range]:
    """In order, those that touch made one."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
