"""Two long versions compared and passages carried, beside the least that any comparison does."""

from __future__ import annotations

import math
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.table import NotRun, Row, clock, median, medians
from kantlijn.guests.guest import Guest
from kantlijn.text.compare.words import Keys, Words

PAGES, WORDS_A_PAGE, PASSAGES = 800, 380, 400
_LETTERS = [one + two for one in "bdghklmnprstvwz" for two in "aeio"]


def comparing_800_pages(folder: Path) -> Iterator[Row]:
    """Time and memory of the whole of it in a process of its own, against tokenise, fold and `git diff`."""
    git = shutil.which("git")
    if git is None:
        raise NotRun("git is not here")
    old, new = versions(PAGES)
    asked = _asked(old)
    peaks: list[float] = []

    def ours() -> float:
        guest = Guest("--workshop")
        try:
            guest.start()
            guest.call("sketch", {}, (b"warm",))  # its start is not what is measured
            texts = (old.encode(), new.encode())
            answer: dict[str, Any] = {}
            seconds = clock(lambda: answer.update(guest.call("compare", asked, texts, deadline=600.0)[0]))
            peaks.append(answer["comparison"]["peak_mb"])
            return seconds
        finally:
            guest.close()

    seconds, yardstick = medians(ours, lambda: clock(lambda: _least(git, old, new, folder)))
    yield Row(
        name=f"compare 2 × {PAGES} pages, carry {PASSAGES} passages",
        yardstick="Words(text).split() of both + git diff --no-index --histogram, a word a line",
        ours=seconds, theirs=yardstick, bound_ratio=6.0, bound_seconds=5.0,
    )  # fmt: skip
    yield Row(name="  peak memory of its process (MB as ms)", yardstick="ru_maxrss; 300 MB",
              ours=max(peaks) / 1000, theirs=0.3, bound_ratio=1.0)  # fmt: skip


def comparing_grows_evenly(_folder: Path) -> Iterator[Row]:
    """From 200 to 3,200 pages; the exponent of n is told as a ratio."""
    from kantlijn.text.compare.comparison import compare

    pairs = {pages: versions(pages) for pages in (200, 800, 3200)}
    times = {pages: median(lambda pair=pair: clock(lambda: compare(*pair)), 3) for pages, pair in pairs.items()}
    exponent = math.log(times[3200] / times[200]) / math.log(16)
    yield Row(name="compare 2 × 3,200 pages", yardstick="2 × 200 pages, × 16", ours=times[3200],
              theirs=16 * times[200], bound_ratio=16**0.1)  # fmt: skip
    print(f"{'':<4}grows as n^{exponent:.2f}: " + ", ".join(f"{n} pages {s:.2f} s" for n, s in times.items()))
    one, other = versions(PAGES)[0], _text(random.Random(99), PAGES, "xq")
    yield Row(name="compare with an entirely different one", yardstick="2 × 800 pages with edits",
              ours=clock(lambda: compare(one, other)), theirs=times[800], bound_ratio=1.5)  # fmt: skip
    yield from _hard(times[800])


def _hard(usual: float) -> Iterator[Row]:
    """Tables with rows nearly alike, OCR noise, and texts that repeat themselves without end."""
    from kantlijn.text.compare.comparison import compare

    chance = random.Random(7)
    rows = [f"Region {n // 40} row {n} amount {chance.randrange(90)} {chance.randrange(9)}" for n in range(30_000)]
    edited = [row if chance.random() > 0.02 else row + " note" for row in rows]
    table = "\n".join(rows), "\n".join(edited)
    text = _text(chance, 200, "")
    noisy = "".join(chance.choice("aeiou") if chance.random() < 0.01 and one.isalpha() else one for one in text)
    same = "\n".join(["the same line again"] * 60_000), "\n".join(["the same line again"] * 59_000)
    for name, pair in (
        ("a table of 30,000 rows nearly alike", table), ("200 pages with OCR noise of 1 %", (text, noisy)),
        ("60,000 times the same line", same),
    ):  # fmt: skip
        edits: list[int] = []
        seconds = clock(lambda pair=pair, edits=edits: edits.append(len(compare(*pair).edits)))
        yield Row(name=f"compare {name}: {edits[0]} edits", yardstick="2 × 800 pages with edits",
                  ours=seconds, theirs=usual, bound_ratio=2.0)  # fmt: skip


def _least(git: str, old: str, new: str, folder: Path) -> None:
    """A bare loop of tokenising and folding over both texts, and git's diff of the words."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        files = []
        keys = Keys()
        for side, text in (("old", old), ("new", new)):
            words = Words(text, ())
            words.split(keys)
            file = Path(name) / side
            file.write_text("\n".join(words.keys), "utf-8")
            files.append(str(file))
        command = [git, "diff", "--no-index", "--histogram", "--numstat", *files]
        subprocess.run(command, capture_output=True, check=False)


def _asked(old: str) -> dict[str, Any]:
    chance = random.Random(5)
    starts = [chance.randrange(len(old) - 400) for _ in range(PASSAGES)]
    return {"furniture": [None, None], "ignore": [], "passages": [[at, at + 200] for at in starts]}


def versions(pages: int) -> tuple[str, str]:
    """A text of so many pages, and a newer version: some words in a thousand edited, paragraphs in and out."""
    chance = random.Random(3)
    old = _text(chance, pages, "")
    paragraphs = old.split("\n\n")
    new = []
    for paragraph in paragraphs:
        dice = chance.random()
        if dice < 0.01:
            continue
        if dice < 0.02:
            new.append(_text(chance, 0, "", words=40))
        words = paragraph.split(" ")
        for _ in range(sum(chance.random() < 0.004 for _ in words)):
            words[chance.randrange(len(words))] = "amended"
        new.append(" ".join(words))
    return old, "\n\n".join(new)


def _text(chance: random.Random, pages: int, mark: str, words: int = 0) -> str:
    lexicon = ["".join(chance.choices(_LETTERS, k=chance.choice((1, 2, 2, 3, 4)))) + mark for _ in range(9000)]
    paragraphs = []
    left = words or pages * WORDS_A_PAGE
    while left > 0:
        count = min(left, chance.randrange(30, 110))
        said = [lexicon[int(len(lexicon) * chance.random() ** 3)] for _ in range(count)]
        lines = [" ".join(said[at : at + 13]) for at in range(0, count, 13)]
        paragraphs.append("\n".join(lines) + ".")
        left -= count
    return "\n\n".join(paragraphs)
