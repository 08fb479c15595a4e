"""The engine as the rest of the program sees it: ask for sheets, bitmaps or content, get futures.

Two guests take requests from one queue, the most urgent first. What is cancelled before it is sent is
dropped. A guest that takes too long or too much is ended and replaced, and its request fails with a
sentence; one that died of something else is replaced and its request tried once more.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kantlijn.documents.answers import (
    BadAnswer,
    bitmap_from,
    markings_from,
    page_things_from,
    plain_source,
    sheets_from,
)
from kantlijn.documents.contract import (
    Answer,
    AskContent,
    AskMarkings,
    AskPage,
    AskSheets,
    Priority,
    Request,
)
from kantlijn.documents.door import Door
from kantlijn.documents.reading import read_content
from kantlijn.documents.slate import Slate, slate_arguments, slate_or_none
from kantlijn.errors import EngineTrouble
from kantlijn.guests.guest import MEMORY, Guest, GuestClosed, GuestDied, TookTooLong, TookTooMuch
from kantlijn.guests.wire import Blob
from kantlijn.words import say

_LOG = logging.getLogger(__name__)
_SOON = 0.6
"""Seconds after which the guests that warm() left for later are started."""
Decode = Callable[[dict[str, Any], list[memoryview], Slate | None, int], Any]
PageKey = tuple[str, int]


@dataclass(slots=True, eq=False)
class Job:
    """One request to one guest. what names it in a sentence: "Page 12". page: set for bitmaps."""

    name: str
    plain: dict[str, Any]
    decode: Decode
    what: str
    priority: int
    deadline: float
    future: Future[Any]
    blobs: Sequence[Blob] = ()
    page: PageKey | None = None
    order: int = 0
    tries: int = field(default=0)


class Engine:
    """A pool of guests that read PDFs. Starts at the first request, or by warm().

    Futures may call back on any thread, and quickly, please: a guest waits for it.
    """

    def __init__(self, *, guests: int = 2, memory: int = MEMORY, slates: bool = True) -> None:
        self._count = guests
        self._memory = memory
        self._slates = slates
        self._door = Door()
        self._state = threading.Condition()
        self._jobs: list[Job] = []
        self._orders = itertools.count()
        self._drawing: set[PageKey] = set()
        self._proven: set[PageKey] = set()
        self._refused: dict[PageKey, str] = {}
        self._closed = False
        self._soon: threading.Timer | None = None
        self._guests: list[Guest] = []
        self._held_slates: list[Slate | None] = []
        self._threads: list[threading.Thread] = []

    # ---- asking

    def warm(self) -> None:
        """Start a guest now, so that the first request finds it ready, the others soon. Returns at once.

        A window that is just starting needs the processor itself: with all guests starting beside it the
        first page of a file comes a third later.
        """
        with self._state:
            if self._threads or self._closed:
                return
            self._start(1)
            self._soon = threading.Timer(_SOON, self._start_others)
            self._soon.daemon = True
            self._soon.start()

    def ask(
        self, request: Request, priority: Priority = Priority.BACKGROUND, *, deadline: float = 10.0,
        progress: Callable[[int, int], None] | None = None,
    ) -> Future[Answer]:  # fmt: skip
        """A future for the answer, or for EngineTrouble, BadFile or PasswordNeeded with its sentence.

        deadline: seconds from the moment the request is sent. progress (for content): pages done, pages.
        """
        if isinstance(request, AskContent):
            return read_content(self, request, priority, progress)
        source = plain_source(request.source)
        name = Path(request.source.path).name
        if isinstance(request, AskSheets):
            return self.send("sheets", {"source": source}, lambda plain, *_: sheets_from(plain),
                             what=f"“{name}”", priority=priority, deadline=deadline)  # fmt: skip
        if isinstance(request, AskMarkings):
            return self.send("markings", {"source": source}, lambda plain, *_: markings_from(plain),
                             what=f"“{name}”", priority=priority, deadline=6 * deadline)  # fmt: skip
        if isinstance(request, AskPage):
            return self.send("page", {"source": source, "page": request.page},
                             lambda plain, *_: page_things_from(plain),
                             what=say("Page {page}", page=request.page + 1), priority=priority,
                             deadline=deadline)  # fmt: skip
        asked = {"source": source, "page": request.page, "scale": request.scale, "clip": request.clip,
                 "rotation": request.rotation}  # fmt: skip
        page = (request.source.key, request.page)
        with self._state:
            refused = self._refused.get(page)
        if refused is not None:
            future: Future[Answer] = Future()
            future.set_exception(EngineTrouble(refused))
            return future
        return self.send("bitmap", asked, bitmap_from, what=say("Page {page}", page=request.page + 1),
                         priority=priority, deadline=deadline, page=page)  # fmt: skip

    def send(
        self, name: str, plain: dict[str, Any], decode: Decode, *, what: str, priority: int,
        deadline: float, blobs: Sequence[Blob] = (), page: PageKey | None = None,
    ) -> Future[Any]:  # fmt: skip
        """Queue one request for one guest; decode turns what comes back into the future's result."""
        job = Job(name, plain, decode, what, priority, deadline, Future(), blobs, page)
        with self._state:
            if self._closed:
                raise GuestClosed(say("The reader of PDFs was closed."))
            if self._soon is None:
                self._start(self._count)
            job.order = next(self._orders)
            self._jobs.append(job)
            self._state.notify()
        return job.future

    def try_again(self, source_key: str, page: int) -> None:
        """Let a page that was refused be drawn once more."""
        with self._state:
            self._refused.pop((source_key, page), None)

    @property
    def processes(self) -> list[int]:
        """Ids of the guests' processes, for tests and logs."""
        return [guest.process_id for guest in self._guests if guest.process_id is not None]

    def close(self) -> None:
        """End guests and threads; what was not answered is cancelled or fails. Twice does no harm."""
        with self._state:
            self._closed = True
            soon, self._soon = self._soon, None
            waiting, self._jobs = self._jobs, []
            self._state.notify_all()
        if soon is not None:
            soon.cancel()
            soon.join()
        for job in waiting:
            if not job.future.cancel():
                _settle(job.future, GuestClosed(say("The reader of PDFs was closed.")))
            else:
                job.future.set_running_or_notify_cancel()
        for guest in self._guests:
            guest.close()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()
        for slate in self._held_slates:
            if slate is not None:
                slate.close()
        self._guests, self._threads, self._held_slates = [], [], []
        self._door.close()

    # ---- inside

    def _start_others(self) -> None:
        with self._state:
            self._soon = None
            self._start(self._count)

    def _start(self, wanted: int) -> None:
        """Make guests and their threads until there are so many. The state must be held."""
        while len(self._threads) < wanted and not self._closed:
            slate = slate_or_none() if self._slates else None
            descriptors = () if slate is None else (slate.descriptor,)
            guest = Guest("--engine", *slate_arguments(slate), *self._door.arguments(), memory=self._memory,
                          descriptors=descriptors)  # fmt: skip
            number = len(self._threads) + 1
            thread = threading.Thread(target=self._work, args=(guest, slate), name=f"engine {number}", daemon=True)
            self._guests.append(guest)
            self._held_slates.append(slate)
            self._threads.append(thread)
            thread.start()

    def _work(self, guest: Guest, slate: Slate | None) -> None:
        """A guest's thread: take the most urgent job, have it done, again."""
        with suppress(EngineTrouble):
            guest.start()
        while (job := self._take()) is not None:
            try:
                self._do(guest, slate, job)
            finally:
                if job.page is not None:
                    with self._state:
                        self._drawing.discard(job.page)
                        self._state.notify_all()

    def _take(self) -> Job | None:
        """The most urgent job that may start now; None when the engine closes.

        A page that was never drawn is drawn by one guest at a time: should it be one that takes for ever, the
        other guest stays free.
        """
        with self._state:
            while not self._closed:
                self._jobs = [job for job in self._jobs if job.tries or not self._dropped(job)]
                ready = [job for job in self._jobs if job.page not in self._drawing or job.page in self._proven]
                if ready:
                    job = min(ready, key=lambda job: (job.priority, job.order))
                    self._jobs.remove(job)
                    if not job.tries and not job.future.set_running_or_notify_cancel():
                        continue
                    if job.page is not None:
                        self._drawing.add(job.page)
                    return job
                self._state.wait()
        return None

    def _dropped(self, job: Job) -> bool:
        """Whether nobody waits for it any more."""
        if job.future.cancelled():
            job.future.set_running_or_notify_cancel()
            return True
        return False

    def _do(self, guest: Guest, slate: Slate | None, job: Job) -> None:
        job.tries += 1
        refused = self._refused.get(job.page) if job.page is not None else None
        if refused is not None:
            _settle(job.future, EngineTrouble(refused))
            return
        generation = slate.next_generation() if slate is not None else 0
        plain = {**job.plain, "generation": generation} if job.page is not None else job.plain
        try:
            answer, blobs = self._call(guest, job, plain)
            result = job.decode(answer, blobs, slate, generation)
        except GuestDied:
            self._again(job)
        except (TookTooLong, TookTooMuch) as trouble:
            sentence = _too_much(job.what, trouble)
            if job.page is not None:
                self._refused[job.page] = sentence
            _settle(job.future, type(trouble)(sentence))
        except BadAnswer as trouble:
            _LOG.error("engine answered nonsense to %s: %s", job.name, trouble)
            _settle(job.future, EngineTrouble(say("{what} cannot be read; the file is damaged.", what=job.what)))
        except BaseException as trouble:  # noqa: BLE001 - handed on to whoever asked
            _settle(job.future, trouble)
        else:
            if job.page is not None:
                self._proven.add(job.page)
            with suppress(InvalidStateError):
                job.future.set_result(result)

    def _call(self, guest: Guest, job: Job, plain: dict[str, Any]) -> tuple[dict[str, Any], list[memoryview]]:
        """Ask the guest, having let the file in that it is about."""
        source = plain.get("source")
        if source is None:
            return guest.call(job.name, plain, job.blobs, deadline=job.deadline)
        inside = self._door.let_in(source["path"])
        try:
            plain = {**plain, "source": {**source, "path": inside}}
            return guest.call(job.name, plain, job.blobs, deadline=job.deadline)
        finally:
            self._door.done(inside)

    def _again(self, job: Job) -> None:
        """The guest died while it did this: once more, on a fresh one; then it is the page's fault."""
        if job.tries > 1:
            sentence = say("{what} makes the reader of PDFs stop; the file is damaged there.", what=job.what)
            if job.page is not None:
                self._refused[job.page] = sentence
            _settle(job.future, EngineTrouble(sentence))
            return
        with self._state:
            if not self._closed:
                self._jobs.append(job)
                self._state.notify_all()
                return
        _settle(job.future, GuestClosed(say("The reader of PDFs was closed.")))


def _settle(future: Future[Any], trouble: BaseException) -> None:
    with suppress(InvalidStateError):
        future.set_exception(trouble)


def _too_much(what: str, trouble: EngineTrouble) -> str:
    if isinstance(trouble, TookTooLong):
        return say("{what} took too long to read or draw and was stopped.", what=what)
    return say("{what} needs too much memory to read or draw and was stopped.", what=what)
