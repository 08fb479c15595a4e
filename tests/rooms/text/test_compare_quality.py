"""How well real texts with known edits are compared and carried over, on seeds of chance never tuned on."""

from __future__ import annotations

import random
import re
import sys
from functools import reduce
from operator import add
from pathlib import Path

import pytest

from kantlijn.text.readable import readable

from .edited_pairs import Maker
from .judged import Carriage, Score, judge, judge_carrying

PROFILES = ("plain", "wrapped", "paged", "stripped")
REPORT = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "rapport300.pdf"
DENSITIES = (0.02, 0.08, 0.25)


def told(capsys, said: str) -> None:
    """The figures, on the terminal."""
    with capsys.disabled():
        sys.stdout.write(f"\n{said}\n")


def bases(maker: Maker, texts: list[str]):
    """Every long real text as paragraphs, and one of the maker's own."""
    return [maker.text(120), *(maker.text_of(text) for text in texts)]


@pytest.mark.long
@pytest.mark.parametrize("density", DENSITIES)
@pytest.mark.parametrize("profile", PROFILES)
def test_that_edits_of_real_texts_are_found_and_nothing_else(profile, density, long_texts, capsys):
    scores: list[Score] = []
    for seed in (9101, 9102):
        maker = Maker(seed)
        scores += [judge(maker.pair(base, density, profile)) for base in bases(maker, long_texts)]
    total = reduce(add, scores)
    told(capsys, f"{profile} {density}: {total} precision {total.precision:.4f} recall {total.recall:.4f} "
         f"kind {total.kind:.4f} words {total.word_precision:.4f}")  # fmt: skip
    assert total.precision >= 0.995
    # without stops, sentences edited side by side, and one of two that say the same, cannot always be told apart
    blurred = profile == "stripped" and density != DENSITIES[0]
    assert total.recall >= (0.998 if blurred else 0.999)
    assert total.kind >= (0.95 if blurred else 0.97)
    assert total.moves_found >= 0.97 * total.moves
    assert total.word_precision >= 0.95
    assert not total.unconserved


@pytest.mark.long
@pytest.mark.parametrize("profile", PROFILES)
def test_that_passages_of_real_texts_are_carried(profile, long_texts, capsys):
    found: list[Carriage] = []
    for seed in (9201, 9202):
        maker, chance = Maker(seed), random.Random(seed)
        for base in bases(maker, long_texts):
            pair = maker.pair(base, 0.08, profile)
            last = len(pair.old_order) - 41
            starts = [(chance.randrange(last), chance.choice((2, 4, 8, 16, 40))) for _ in range(400)]
            found.append(judge_carrying(pair, [(start, start + count) for start, count in starts]))
    total = reduce(add, found)
    told(capsys, f"{profile}: {total}")
    assert total.kept_right >= 0.999 * total.kept
    assert total.edited_found >= 0.99 * total.edited
    assert total.gone_said >= 0.95 * total.gone
    assert total.wrong <= 0.0005 * (total.kept + total.edited + total.gone)
    assert not total.wrong_silent


@pytest.fixture(scope="module")
def long_texts(seed_texts) -> list[str]:
    """Real texts with more than 300 words, and the long report where it is there."""
    from kantlijn.usecases.shelf.read_file import read_file

    texts = [path.read_text("utf-8") for path in seed_texts]
    report = REPORT if REPORT.exists() else None
    if report is None:
        sys.stderr.write("\nNOT RUN on the report of 300 pages: it is not here\n")
    else:
        content = read_file(report)
        texts.append(readable_whole(content.text, content.auxiliary))
    return [prose(text) for text in texts if len(text.split()) > 300]


def prose(text: str) -> str:
    """Without contents, rows of figures, signs that stand alone (nobody calls them words), broken words."""
    text = re.sub(r"(?<=[a-z])-[ \t]*\n[ \t]*(?=[a-z])", "", text)
    lines = "\n".join(line for line in text.split("\n") if not line.strip() or _is_prose(line))
    return re.sub(r"(?<=\S)[ \t]+(?=[^\w\s]+(?:\s|$))|(?m:^[^\w\n]+\s)", "", lines)


def _is_prose(line: str) -> bool:
    figures = re.findall(r"\S*[\d%]\S*", line)
    return not re.search(r"(?:[.…]\s?){4,}", line) and len(figures) < 0.4 * len(line.split())


def readable_whole(text: str, furniture) -> str:
    """As one reads it, paragraph by paragraph: the maker lays it out anew, with furniture of its own."""
    found, place = [], 0
    for gap in [*re.finditer(r"\n[ \t]*\n|\f", text), None]:
        end = gap.start() if gap else len(text)
        if text[place:end].strip():
            found.append(readable(text, (place, end), furniture))
        place = gap.end() if gap else end
    return "\n\n".join(found)
