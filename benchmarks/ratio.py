"""A promise of speed: one piece of work against another, in turns, as a ratio with a bound.

A ratio of two things that run right after each other means the same on a slow machine, a fast one, and one that is
busy with something else; a number of seconds does not. A case may count seconds of the processor instead of those on
the wall: they are what the work costs, and a neighbour that takes the processor away does not change them.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """What is promised: `work` takes at most `at_most` times as long as `against`."""

    promise: str
    work: Work
    against: Work
    at_most: float
    rounds: int = 7
    clock: Callable[[], float] = time.perf_counter


@dataclass(frozen=True)
class Measured:
    """A case with the seconds of both sides, a pair for each round."""

    case: Case
    pairs: tuple[tuple[float, float], ...]

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios."""
        return median(one / other for one, other in self.pairs)

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its bound."""
        return self.ratio <= self.case.at_most

    def tell(self) -> bool:
        """Prints the case's line; whether its promise is kept."""
        work, against = (median(side) for side in zip(*self.pairs, strict=True))
        promise = f"{self.case.promise} ({work:.3f} s, {against:.3f} s)"
        return told(promise, f"{self.ratio:.2f}x", f"at most {self.case.at_most:g}x", kept=self.holds)


def measured(case: Case) -> Measured:
    """The case after one round to warm up and its rounds, each side first in every other round."""
    _pair(case, swapped=False)
    return Measured(case, tuple(_pair(case, swapped=number % 2 == 1) for number in range(case.rounds)))


def _pair(case: Case, *, swapped: bool) -> tuple[float, float]:
    if swapped:
        against, work = _seconds(case.against, case.clock), _seconds(case.work, case.clock)
    else:
        work, against = _seconds(case.work, case.clock), _seconds(case.against, case.clock)
    return work, against


def _seconds(work: Work, clock: Callable[[], float]) -> float:
    gc.collect()  # what one side leaves behind must not be swept up on the other's time
    begin = clock()
    work()
    return clock() - begin


def children() -> float:
    """The processor's seconds that this process's ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def verdict(cases: Iterable[Case]) -> int:
    """Measures and prints each case; 1 where a promise is broken, 0 otherwise."""
    kept = [measured(case).tell() for case in cases]
    return int(not all(kept))


def told(promise: str, value: str, bound: str = "", *, kept: bool = True) -> bool:
    """Prints one line of the benchmarks' table; whether its promise is kept. Without a bound nothing is promised."""
    mark = ("ok" if kept else "BROKEN") if bound else ""
    print(f"{mark:<6} {value:>8}  {bound:<13} {promise}", flush=True)
    return kept
