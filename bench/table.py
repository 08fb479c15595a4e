"""One table of ratios: what is measured, against which call, and what was agreed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 7


class NotRun(Exception):
    """Something this row needs is not on this machine; str() says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """ours and theirs in seconds; the bound is on their ratio (bound_ratio) or on ours (bound_seconds)."""

    name: str
    yardstick: str
    ours: float
    theirs: float
    bound_ratio: float = 0.0
    bound_seconds: float = 0.0

    @property
    def kept(self) -> bool:
        ratio_kept = not self.bound_ratio or self.ours <= self.bound_ratio * self.theirs
        return ratio_kept and (not self.bound_seconds or self.ours <= self.bound_seconds)

    def __str__(self) -> str:
        bounds = [f"≤ {self.bound_ratio:g} ×"] if self.bound_ratio else []
        bounds += [f"≤ {self.bound_seconds * 1000:.0f} ms"] if self.bound_seconds else []
        ratio = self.ours / self.theirs if self.theirs else float("inf")
        verdict = "kept" if self.kept else "NOT KEPT"
        return (
            f"{self.name:<52} {self.ours * 1000:>8.1f} ms {self.theirs * 1000:>8.1f} ms {ratio:>8.2f} ×"
            f"  {' and '.join(bounds):<20} {verdict:<9} {self.yardstick}"
        )


HEADING = f"{'':<52} {'ours':>11} {'yardstick':>11} {'ratio':>10}  {'agreed':<20} {'':<9} yardstick's exact call"


def median(measure: Callable[[], float], runs: int = RUNS) -> float:
    return statistics.median(measure() for _ in range(runs))


def medians(ours: Callable[[], float], theirs: Callable[[], float], runs: int = RUNS) -> tuple[float, float]:
    """Medians of both, measured in turn, so that a busy moment of the machine hits both."""
    pairs = [(theirs(), ours()) for _ in range(runs)]
    return statistics.median(pair[1] for pair in pairs), statistics.median(pair[0] for pair in pairs)


def clock(work: Callable[[], object]) -> float:
    """Seconds of wall time that the work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
