"""The engine answers, puts what is on screen first, drops what is stale, and survives its guests."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import wait
from contextlib import suppress
from pathlib import Path

import pytest

from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskBitmap, AskContent, AskSheets, Priority, Source
from kantlijn.errors import BadFile, EngineTrouble, PasswordNeeded
from kantlijn.words import speak


def _until(condition, within=5.0):
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def _page(source, page=0, scale=1.0, clip=None):
    return AskBitmap(source=source, page=page, scale=scale, clip=clip)


def test_that_importing_the_client_loads_neither_pymupdf_nor_sqlite_nor_qt():
    code = "import sys, kantlijn.documents.client; print([m for m in sys.modules if m.split('.')[0] in"
    code += " ('pymupdf', 'fitz', 'sqlite3', 'sqlite_utils', 'PySide6')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_that_sheets_bitmaps_and_content_come_back(engine, made):
    sheets = engine.ask(AskSheets(source=made["plain"])).result(10)
    assert len(sheets.sizes) == 12
    assert sheets.labels[11] == "12"
    seen = []
    content = engine.ask(AskContent(source=made["plain"]), progress=lambda *done: seen.append(done)).result(10)
    assert content.text.split("\f")[4] == "Bladzijde 5 over toezicht\n"
    assert [content.text[a:b] for a, b in (page.range for page in content.pages)][11].startswith("Bladzijde 12")
    assert seen[0] == (0, 12)
    assert seen[-1] == (12, 12)
    assert content.extractor.startswith("mupdf-1.28.2/")


def test_that_each_bad_file_gets_its_sentence(engine, made):
    missing = Source(key="gone", path=made["plain"].path + ".gone")
    said = {
        made["empty"]: "“empty.pdf” is empty", made["noise"]: "“noise.pdf” is no PDF, or too damaged",
        made["pageless"]: "“pageless.pdf” has no pages", missing: "cannot be read any more",
    }  # fmt: skip
    for source, part in said.items():
        for request in (AskSheets(source=source), AskContent(source=source), _page(source)):
            with pytest.raises(BadFile) as refused:
                engine.ask(request).result(10)
            assert part in refused.value.sentence
            assert "\n" not in refused.value.sentence


def test_that_a_locked_file_asks_for_its_password_and_says_when_it_is_wrong(engine, made):
    locked = made["locked"]
    with pytest.raises(PasswordNeeded, match="asks for a password"):
        engine.ask(AskSheets(source=locked)).result(10)
    with pytest.raises(PasswordNeeded, match="is not right"):
        engine.ask(AskContent(source=Source(key=locked.key, path=locked.path, password="fout"))).result(10)
    opened = Source(key=locked.key, path=locked.path, password="geheim")
    assert "Bladzijde 1 over" in engine.ask(AskContent(source=opened)).result(10).text


def test_that_the_engine_speaks_the_readers_language(engine, made):
    try:
        speak("nl")
        with pytest.raises(BadFile) as dutch:
            engine.ask(AskSheets(source=made["empty"])).result(10)
    finally:
        speak("en")
    with pytest.raises(BadFile, match="is empty"):
        engine.ask(AskSheets(source=made["empty"])).result(10)
    assert "“empty.pdf”" in dutch.value.sentence


def test_that_what_is_on_screen_goes_before_thumbnails_and_imports(made):
    engine = Engine(guests=1)
    try:
        order = []
        first = engine.ask(_page(made["heavy"], scale=0.06), Priority.VISIBLE)  # keeps the guest busy meanwhile
        _until(first.running)
        waiting = []
        for priority in (Priority.BACKGROUND, Priority.THUMBNAIL, Priority.NEAR, Priority.VISIBLE):
            future = engine.ask(_page(made["plain"], page=int(priority)), priority)
            future.add_done_callback(lambda _, priority=priority: order.append(priority))
            waiting.append(future)
        wait([first, *waiting], timeout=20)
        assert order == sorted(Priority)
    finally:
        engine.close()


def test_that_a_cancelled_request_is_dropped_before_it_is_sent(made):
    engine = Engine(guests=1)
    try:
        first = engine.ask(_page(made["heavy"], scale=0.06))
        _until(first.running)
        stale = [engine.ask(_page(made["heavy"], scale=3)) for _ in range(50)]
        assert all(future.cancel() for future in stale)
        fresh = engine.ask(_page(made["plain"]))
        assert fresh.result(10).width == 595
        assert first.result().width > 0
    finally:
        engine.close()


def test_that_an_import_can_be_cancelled_between_two_portions(engine, rapport300):
    source = Source(key=str(rapport300), path=str(rapport300))
    reached = threading.Event()
    future = engine.ask(AskContent(source=source), progress=lambda done, _: done > 20 and reached.set())
    assert reached.wait(20)
    assert future.cancel()
    assert future.cancelled()
    assert engine.ask(_page(source), Priority.VISIBLE).result(5).width == 595


def test_that_a_page_that_takes_too_long_says_so_while_the_rest_lives(own_engine, made):
    engine = own_engine()
    heavy = engine.ask(_page(made["heavy"], scale=2), Priority.VISIBLE, deadline=1.0)
    tile = engine.ask(_page(made["heavy"], scale=2, clip=(0, 0, 64, 64)), Priority.VISIBLE, deadline=1.0)
    _until(heavy.running)
    for page in range(12):  # both tiles are of the same page: one guest must have stayed free
        assert engine.ask(_page(made["plain"], page), Priority.NEAR).result(0.9).width == 595
    assert not heavy.done()
    for future in (heavy, tile):
        with pytest.raises(EngineTrouble, match=r"Page 1 took too long .* stopped\."):
            future.result(5)
    with pytest.raises(EngineTrouble, match="Page 1 took too long"):  # known by now: costs no guest again
        engine.ask(_page(made["heavy"], scale=1)).result(0.2)
    assert engine.ask(_page(made["plain"], 3)).result(5).width == 595
    engine.try_again(made["heavy"].key, 0)
    assert engine.ask(_page(made["heavy"], scale=0.05)).result(10).width == 30


def test_that_a_page_that_needs_too_much_memory_says_so(own_engine, made):
    engine = own_engine(memory=110 << 20)
    with pytest.raises(EngineTrouble, match="Page 1 needs too much memory"):
        engine.ask(_page(made["heavy"], scale=5)).result(10)
    assert engine.ask(_page(made["plain"])).result(10).width == 595


def test_that_killing_the_engine_while_it_draws_loses_nothing(own_engine, made):
    engine = own_engine()
    heavy = engine.ask(_page(made["heavy"], scale=0.06), Priority.VISIBLE)
    _until(heavy.running)
    queued = [engine.ask(_page(made["plain"], page)) for page in range(12)]
    for process in engine.processes:
        os.kill(process, signal.SIGKILL)
    assert [future.result(10).width for future in queued] == [595] * 12
    assert heavy.result(10).width == 36


def test_that_an_import_goes_on_when_the_engine_is_killed(own_engine, rapport300):
    engine = own_engine()
    source = Source(key=str(rapport300), path=str(rapport300))
    whole = engine.ask(AskContent(source=source)).result(20)
    reached = threading.Event()
    again = engine.ask(AskContent(source=source), progress=lambda done, _: done > 50 and reached.set())
    assert reached.wait(20)
    for process in engine.processes:
        os.kill(process, signal.SIGKILL)
    assert again.result(20) == whole


def _reads(process, path):
    """Whether a process has this file open, by whatever name."""
    with suppress(OSError):
        return any(entry.samefile(path) for entry in Path(f"/proc/{process}/fd").iterdir() if entry.exists())
    return False


def test_that_a_page_that_kills_the_engine_twice_is_given_up(own_engine, made):
    engine = own_engine()
    heavy = engine.ask(_page(made["heavy"], scale=2), Priority.VISIBLE)
    _until(heavy.running)
    while not heavy.done():
        for process in engine.processes:
            if _reads(process, made["heavy"].path):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.01)
    with pytest.raises(EngineTrouble, match="Page 1 makes the reader of PDFs stop"):
        heavy.result()
    assert engine.ask(_page(made["plain"], 1)).result(10).width == 595


def test_that_a_page_too_large_for_one_bitmap_is_refused_and_drawn_in_tiles(engine, made):
    with pytest.raises(EngineTrouble, match="too large to draw at this size"):
        engine.ask(_page(made["huge"], scale=8)).result(10)
    tile = engine.ask(_page(made["huge"], scale=8, clip=(2048, 1024, 4096, 2048))).result(10)
    assert (tile.width, tile.height) == (2048, 1024)


def test_that_closing_leaves_no_process_thread_or_file(made):
    gc.collect()
    threads, files = threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(2):
        engine = Engine()
        engine.warm()
        assert engine.ask(AskSheets(source=made["plain"])).result(10).sizes
        busy = engine.ask(_page(made["heavy"], scale=2))
        reading = engine.ask(AskContent(source=made["plain"]))
        waiting = [engine.ask(_page(made["heavy"], scale=2)) for _ in range(5)]
        engine.close()
        engine.close()
        assert all(future.done() for future in (busy, reading, *waiting))
        assert engine.processes == []
        with pytest.raises(EngineTrouble):
            engine.ask(AskSheets(source=made["plain"]))
    Engine().close()
    gc.collect()
    assert threading.active_count() == threads
    assert len(list(Path("/proc/self/fd").iterdir())) == files


_PARENT = """
import sys, time
from kantlijn.documents.client import Engine
from kantlijn.documents.contract import AskBitmap, AskSheets, Source
source = Source(key="heavy", path=sys.argv[1])
engine = Engine()
engine.ask(AskSheets(source=source)).result(20)
drawing = engine.ask(AskBitmap(source=source, page=0, scale=2.0))
while not drawing.running() or len(engine.processes) < 2:
    time.sleep(0.01)
print(*engine.processes, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the lifeline is a Linux signal")
def test_that_no_orphan_draws_on_when_the_program_is_killed(made):
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, made["heavy"].path], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    processes = [int(word) for word in parent.stdout.readline().split()]
    time.sleep(0.3)  # let it be deep inside MuPDF
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert len(processes) == 2
    _until(lambda: not any(Path(f"/proc/{process}").exists() for process in processes), within=3)
