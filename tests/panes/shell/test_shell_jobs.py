"""Verbs run off the UI thread, in order; what came of them is told on it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QObject

from kantlijn.errors import Cancelled, Known, NotFound
from kantlijn.model.changes import Change, Changes
from kantlijn.model.document import Document
from kantlijn.ui.jobs import Jobs


class FakeDesk:
    """As much of a desk as Jobs looks at."""

    def __init__(self) -> None:
        self.read_only = False
        self.engine = FakeEngine()
        self.closed = False

    def close(self) -> None:
        self.closed = True


class FakeEngine:
    """Answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Future[Any]]] = []

    def ask(self, request: Any, _priority: Any = 0, *, deadline: float = 0) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked.append((request, future))
        return future

    def close(self) -> None: ...


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    made = Jobs(desk=FakeDesk())  # type: ignore[arg-type]
    yield made
    made.close()


def some_changes(title: str = "Tag “x”") -> Changes:
    change = Change(None, Document(id="d", title="t"))
    return Changes(id="c", at="", author="", title=title, steps=(change,))


def test_that_a_verb_runs_elsewhere_and_its_result_comes_back_here(jobs: Jobs, qtbot) -> None:
    here = threading.get_ident()
    seen: dict[str, int] = {}

    def verb(desk: FakeDesk, word: str) -> str:
        seen["verb"] = threading.get_ident()
        return word * 2

    def then(result: str) -> None:
        seen[result] = threading.get_ident()

    jobs.do(verb, "ab", then=then)
    qtbot.waitUntil(lambda: "abab" in seen)
    assert seen["abab"] == here != seen["verb"]


def test_that_verbs_happen_in_the_order_they_were_asked_for(jobs: Jobs, qtbot) -> None:
    done: list[int] = []
    for number in range(30):
        jobs.do(lambda _desk, n: (time.sleep(0.002 if n % 3 else 0), n)[1], number, then=done.append)
    with qtbot.waitSignal(jobs.settled):
        pass
    assert done == list(range(30))


def test_that_changes_are_announced_with_undo(jobs: Jobs, qtbot) -> None:
    heard: list[Any] = []
    jobs.changed.connect(heard.append)
    told: list[tuple[str, bool]] = []
    jobs.told.connect(lambda sentence, undoable: told.append((sentence, undoable)))
    jobs.do(lambda _desk: some_changes())
    qtbot.waitUntil(lambda: bool(told))
    assert heard[0].title == "Tag “x”" and told == [("Tag “x”", True)]


def test_that_a_verb_that_changed_nothing_is_not_announced(jobs: Jobs, qtbot) -> None:
    heard: list[Any] = []
    jobs.changed.connect(heard.append)
    empty = Changes(id="c", at="", author="", title="Nothing", steps=())
    with qtbot.waitSignal(jobs.settled):
        jobs.do(lambda _desk: empty)
    assert not heard


def test_that_a_known_error_is_said_in_its_sentence(jobs: Jobs, qtbot) -> None:
    def verb(_desk: FakeDesk) -> None:
        raise NotFound("There is no theme “x”.")

    with qtbot.waitSignal(jobs.trouble) as said:
        jobs.do(verb)
    assert said.args == ["There is no theme “x”."]
    caught: list[Known] = []
    jobs.do(verb, failed=caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert caught[0].sentence == "There is no theme “x”."


def test_that_a_bug_is_written_down_and_said_once(jobs: Jobs, qtbot, caplog) -> None:
    said: list[str] = []
    jobs.trouble.connect(said.append)
    for _ in range(3):
        jobs.do(lambda _desk: 1 / 0)
    with qtbot.waitSignal(jobs.settled):
        pass
    assert len(said) == 1 and "log" in said[0]
    assert sum("ZeroDivisionError" in (record.exc_text or str(record.exc_info)) for record in caplog.records) == 3


def test_that_a_long_verb_does_not_hold_up_short_ones(jobs: Jobs, qtbot) -> None:
    go = threading.Event()
    order: list[str] = []
    jobs.long(lambda _desk: go.wait(10), then=lambda _ok: order.append("long"))
    jobs.do(lambda _desk: None, then=lambda _ok: order.append("short"))
    qtbot.waitUntil(lambda: order == ["short"])
    go.set()
    qtbot.waitUntil(lambda: order == ["short", "long"])


def test_that_a_cancelled_long_verb_says_nothing(jobs: Jobs, qtbot) -> None:
    ended: list[bool] = []
    said: list[str] = []
    jobs.trouble.connect(said.append)
    holder: dict[str, Any] = {}

    def verb(_desk: FakeDesk) -> None:
        while not holder["task"].cancelled():
            time.sleep(0.005)
        ended.append(True)
        raise Cancelled("stopped")

    from kantlijn.ui.jobs import Task

    holder["task"] = Task()
    jobs.long(verb, task=holder["task"])
    holder["task"].cancel()
    qtbot.waitUntil(lambda: bool(ended))
    with qtbot.waitSignal(jobs.settled):
        jobs.do(lambda _desk: None)
    assert not said


def test_that_closing_waits_for_what_is_being_written(qapp) -> None:
    jobs = Jobs(desk=FakeDesk())  # type: ignore[arg-type]
    desk = jobs.desk
    written: list[int] = []
    for number in range(5):
        jobs.do(lambda _desk, n: (time.sleep(0.01), written.append(n)), number)
    jobs.close()
    assert written == [0, 1, 2, 3, 4]
    assert desk is not None and desk.closed  # type: ignore[attr-defined]
    jobs.do(lambda _desk: written.append(9))
    assert 9 not in written


def test_that_closing_does_not_wait_for_pages_being_drawn(qapp) -> None:
    jobs = Jobs(desk=FakeDesk())  # type: ignore[arg-type]
    jobs.bitmap("page", 0, lambda _bitmap: None)  # type: ignore[arg-type]
    began = time.monotonic()
    jobs.close()
    assert time.monotonic() - began < 1


def test_that_opening_is_a_job_and_verbs_wait_for_it(qapp, qtbot) -> None:
    jobs = Jobs()
    go = threading.Event()
    found: list[Any] = []

    def opener() -> FakeDesk:
        go.wait(10)
        return FakeDesk()

    jobs.open(opener)  # type: ignore[arg-type]
    jobs.do(lambda desk: desk, then=found.append)
    assert jobs.desk is None and jobs.read_only
    with qtbot.waitSignal(jobs.opened):
        go.set()
    qtbot.waitUntil(lambda: bool(found))
    assert found == [jobs.desk] and not jobs.read_only
    jobs.close()


def test_that_a_verb_without_a_project_says_what_to_do(qapp, qtbot) -> None:
    jobs = Jobs()
    with qtbot.waitSignal(jobs.trouble) as said:
        jobs.do(lambda _desk: None)
    assert "No project is open" in said.args[0]
    jobs.close()


def test_that_a_page_comes_on_this_thread_and_a_cancelled_one_not_at_all(jobs: Jobs, qtbot) -> None:
    came: list[Any] = []
    jobs.bitmap("first", 0, came.append)  # type: ignore[arg-type]
    handle = jobs.bitmap("second", 0, came.append)  # type: ignore[arg-type]
    engine: Any = jobs.engine
    handle.cancel()
    for _request, future in engine.asked:
        if not future.cancelled():
            future.set_result(f"bitmap of {_request}")
    qtbot.waitUntil(lambda: bool(came))
    assert came == ["bitmap of first"]


def test_that_an_answer_asked_for_before_the_window_is_used(jobs: Jobs, qtbot) -> None:
    early: Future[Any] = Future()
    jobs.answers["sheets"] = early
    came: list[Any] = []
    jobs.sheets("sheets", 0, came.append)  # type: ignore[arg-type]
    early.set_result("38 pages")
    qtbot.waitUntil(lambda: came == ["38 pages"])
    assert not jobs.engine.asked  # type: ignore[union-attr]


def test_that_a_result_for_a_widget_that_is_gone_is_dropped(jobs: Jobs, qtbot) -> None:
    class Pane(QObject):
        def take(self, _result: Any) -> None:
            raise AssertionError("called after its end")

    pane = Pane()
    go = threading.Event()
    jobs.do(lambda _desk: go.wait(10), then=pane.take)
    from shiboken6 import delete

    delete(pane)
    with qtbot.waitSignal(jobs.settled):
        go.set()
