"""Runs verbs off the UI thread and says on it what came of them.

Short verbs take turns on one desk thread, so that they happen in the order the reader asked for them;
imports and exports run on a second thread; pages are drawn by the engine's own processes. Every callback
and every signal arrives on the UI thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from kantlijn.errors import Cancelled, Known
from kantlijn.model.changes import Changes
from kantlijn.words import say

if TYPE_CHECKING:
    from kantlijn.usecases.desk import AskBitmap, AskSheets, Bitmap, Desk, Engine, Priority, Sheets

R = TypeVar("R")
Then = Callable[[R], object]
Failed = Callable[[Known], object]
_log = logging.getLogger("kantlijn")


class Task:
    """A long job: cancel() asks it to stop at the next safe place. cancelled() may be asked on any thread."""

    def __init__(self) -> None:
        self._stop = Event()

    def cancel(self) -> None:
        self._stop.set()

    def cancelled(self) -> bool:
        return self._stop.is_set()


class Handle:
    """A request to the engine. After cancel() no callback comes any more."""

    def __init__(self, future: Future[Any]) -> None:
        self._future = future
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True
        self._future.cancel()


class Jobs(QObject):
    """The open project's two threads and the way back to the UI thread.

    A verb is called as verb(desk, *args, **named). When it returns, then(result) is called; when it raises
    a Known error failed(error) is called, or, where there is no failed, trouble(sentence) is emitted. Bugs
    are logged with their trace and said once.
    """

    changed = Signal(object)
    """(Changes): emitted for every Changes a verb returns, before its then."""
    trouble = Signal(str)
    told = Signal(str, bool)
    """(sentence, whether Undo takes it back)."""
    opened = Signal()
    """The desk is there."""
    settled = Signal()
    """Nothing is waiting on the desk thread: what was asked is kept."""
    began = Signal(str)
    """(name of a verb): a long one was begun."""
    ended = Signal(str)
    """(name of a verb): it is over, whatever came of it."""
    drawn = Signal()
    """A page came from the engine, or cannot come."""
    _back = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, desk: Desk | None = None, engine: Engine | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.pending = 0
        self.answers: dict[Any, Future[Any]] = {}
        """Requests to the engine that were made before the window was there."""
        self._engine = engine
        self._opening = Event()  # clear while a project is being opened
        self._opening.set()
        self._tasks: set[Task] = set()
        self._short: ThreadPoolExecutor | None = ThreadPoolExecutor(1, "desk")
        self._long: ThreadPoolExecutor | None = None
        self._bug_said = False
        self._back.connect(self._run, Qt.ConnectionType.QueuedConnection)

    @property
    def engine(self) -> Engine | None:
        """Draws pages; there before the desk is when the window was started with one."""
        if self._engine is None and self.desk is not None:
            self._engine = self.desk.engine
        return self._engine

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written: no project yet, or one that can only be read."""
        return self.desk is None or self.desk.read_only

    @property
    def closed(self) -> bool:
        return self._short is None

    # -- verbs ----------------------------------------------------------------------------------------------

    def open(self, opener: Callable[[], Desk], *, failed: Failed | None = None) -> None:
        """Open the project on the desk thread; verbs asked meanwhile wait for it. Emits opened."""
        self._opening.clear()

        def work() -> Desk:
            try:
                desk = opener()
                self.desk = desk
                return desk
            finally:
                self._opening.set()

        self._submit(work, lambda _desk: self.opened.emit(), failed, tell=False)

    def do(
        self,
        verb: Callable[..., R],
        *args: Any,
        then: Then[R] | None = None,
        failed: Failed | None = None,
        tell: bool = True,
        **named: Any,
    ) -> None:
        """Run a short verb in its turn. tell: say the title of the Changes it returns in the status line."""
        self._submit(lambda: verb(self._there(), *args, **named), then, failed, tell=tell)

    def long(
        self,
        verb: Callable[..., R],
        *args: Any,
        then: Then[R] | None = None,
        failed: Failed | None = None,
        task: Task | None = None,
        **named: Any,
    ) -> Task:
        """Run a long verb beside the short ones. Closing cancels task; hand task.cancelled to the verb to obey."""
        task = task or Task()
        if self.closed:
            return task
        if self._long is None:
            self._long = ThreadPoolExecutor(1, "long")
        self._tasks.add(task)
        name = getattr(verb, "__name__", "")
        self.began.emit(name)

        def finished(future: Future[R]) -> None:
            self._tasks.discard(task)
            self.ended.emit(name)
            self._deliver(future, then, failed, tell=False)

        future = self._long.submit(lambda: verb(self._there(), *args, **named))
        future.add_done_callback(lambda done: self.later(lambda: finished(done)))
        return task

    def wait(self) -> None:
        """Until the short verbs asked for up to now are over; what they call back comes later."""
        if self._short is not None:
            self._short.submit(lambda: None).result()

    def report(self, changes: Changes) -> None:
        """Emit changed on the UI thread; for verbs that say what they did as they go. Any thread."""
        self.later(lambda: self.changed.emit(changes))

    def tell(self, sentence: str, undoable: bool = False) -> None:
        """Say something in the status line."""
        self.told.emit(sentence, undoable)

    def on_ui(self, callback: Callable[..., object]) -> Callable[..., None]:
        """A function any thread may call, which calls callback on the UI thread."""
        return lambda *args: self.later(lambda: callback(*args))

    def later(self, call: Callable[[], object]) -> None:
        """Call this on the UI thread soon. Any thread; forgotten when the window is gone."""
        if isValid(self):
            self._back.emit(call)

    # -- the engine -----------------------------------------------------------------------------------------

    def bitmap(
        self,
        request: AskBitmap,
        priority: Priority,
        done: Then[Bitmap],
        failed: Failed | None = None,
        *,
        deadline: float = 10.0,
    ) -> Handle:
        """Have a page drawn; done(bitmap) on the UI thread. Without failed, what goes wrong is only logged."""

        def came(bitmap: Bitmap) -> None:
            if _alive(done):
                done(bitmap)
            self.drawn.emit()

        return self._ask(request, priority, came, self._undrawn(failed), deadline)

    def _undrawn(self, failed: Failed | None) -> Failed:
        def said(error: Known) -> None:
            if failed is None:
                _only_log(error)
            elif _alive(failed):
                failed(error)
            self.drawn.emit()

        return said

    def sheets(
        self,
        request: AskSheets,
        priority: Priority,
        done: Then[Sheets],
        failed: Failed | None = None,
        *,
        deadline: float = 10.0,
    ) -> Handle:
        """Ask what pages a file has; done(sheets) on the UI thread."""
        return self._ask(request, priority, done, self._undrawn(failed), deadline)

    def ask(self, request: Any, priority: Priority, done: Then[Any], failed: Failed | None = None) -> Handle:
        """Ask the engine anything else of its contract; done(answer) on the UI thread."""

        def came(answer: Any) -> None:
            if _alive(done):
                done(answer)

        return self._ask(request, priority, came, failed, 10.0)

    def _ask(
        self, request: Any, priority: Priority, done: Then[Any], failed: Failed | None, deadline: float
    ) -> Handle:
        engine = self.engine
        if engine is None or self.closed:
            nothing: Future[Any] = Future()
            nothing.cancel()
            return Handle(nothing)
        early = self.answers.pop(request, None)
        future: Future[Any] = early or engine.ask(request, priority, deadline=deadline)
        handle = Handle(future)

        def finished() -> None:
            if not handle.cancelled:
                self._deliver(future, done, failed or _only_log, tell=False)

        future.add_done_callback(lambda _future: self.later(finished))
        return handle

    # -- the way back ---------------------------------------------------------------------------------------

    def _there(self) -> Desk:
        """The desk; a long verb that was asked for early waits here until it is open."""
        self._opening.wait()
        if self.desk is None:
            raise Known(say("No project is open. Make a new one or open one first."))
        return self.desk

    def _submit(self, work: Callable[[], R], then: Then[R] | None, failed: Failed | None, *, tell: bool) -> None:
        if self._short is None:
            return
        self.pending += 1

        def finished(future: Future[R]) -> None:
            self.pending -= 1
            self._deliver(future, then, failed, tell=tell)
            if not self.pending:
                self.settled.emit()

        self._short.submit(work).add_done_callback(lambda done: self.later(lambda: finished(done)))

    def _deliver(self, future: Future[R], then: Then[R] | None, failed: Failed | None, *, tell: bool) -> None:
        try:
            result = future.result()
        except CancelledError:
            return
        except Known as error:
            self._say(error, failed)
        except Exception as bug:  # noqa: BLE001  a bug in a verb must not take the window with it
            self._bug(bug, failed)
        else:
            changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
            if isinstance(changes, Changes) and changes.steps:
                self.changed.emit(changes)
                if tell:
                    self.told.emit(changes.title, True)
            if then is not None and _alive(then):
                then(result)

    def _say(self, error: Known, failed: Failed | None) -> None:
        if failed is not None:
            if _alive(failed):
                failed(error)
        elif not isinstance(error, Cancelled):
            self.trouble.emit(error.sentence)

    def _bug(self, bug: Exception, failed: Failed | None) -> None:
        _log.error("a verb failed", exc_info=bug)
        sentence = say("Something went wrong inside Kantlijn. It is written down in the log; your work is kept.")
        if failed is not None and _alive(failed):
            failed(Known(sentence))
        elif not self._bug_said:
            self._bug_said = True
            self.trouble.emit(sentence)

    @Slot(object)
    def _run(self, call: Callable[[], object]) -> None:
        call()

    # -- the end --------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Wait for what is being written, stop long jobs at their next safe place, close the project."""
        if self._short is None:
            return
        short, self._short = self._short, None
        for task in self._tasks:
            task.cancel()
        if self._long is not None:
            self._long.shutdown(wait=True, cancel_futures=True)

        def put_away() -> None:
            if self.desk is not None:
                self.desk.close()

        put_away_done = short.submit(put_away)
        short.shutdown(wait=True)
        if self._engine is not None:
            self._engine.close()
        if (bug := put_away_done.exception()) is not None:
            _log.error("the project did not close well", exc_info=bug)


def _only_log(error: Known) -> None:
    _log.info("the engine could not: %s", error.sentence)


def _alive(callback: Callable[..., object]) -> bool:
    """Whether the widget this is a method of still exists."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
