"""Garbage is taken out by the window's thread and by no other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from kantlijn.ui.shell.garbage import Garbage


class Knot:
    """Something that only a look for garbage frees, and that tells on which thread."""

    def __init__(self, freed_on: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: freed_on.append(threading.get_ident()))


@pytest.fixture
def garbage(qapp: Any) -> Iterator[Garbage]:
    owner = QObject()
    yield Garbage(owner)
    owner.deleteLater()
    gc.unfreeze()
    gc.enable()


def test_that_another_thread_leaves_garbage_to_the_window(garbage: Garbage, qtbot: Any) -> None:
    freed: list[int] = []

    def work() -> None:
        for _ in range(5000):
            Knot(freed)
        assert [[] for _ in range(5000)]

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert not freed
    qtbot.waitUntil(lambda: len(freed) == 5000, timeout=10_000)
    assert set(freed) == {threading.get_ident()}


def test_that_what_was_set_aside_is_looked_at_too_when_everything_is(garbage: Garbage, qtbot: Any) -> None:
    freed: list[int] = []
    knot = Knot(freed)
    garbage.look_at_everything()  # it is still needed, and set aside
    del knot
    gc.collect()
    assert not freed
    garbage.look_at_everything()
    assert freed == [threading.get_ident()]
