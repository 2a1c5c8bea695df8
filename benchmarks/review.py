"""A review of large catalogs, and of an edited schedule, as ratios: against reading both of them.

    python -m benchmarks.review

Exit code 1 where a promise is broken. The processor's seconds of this process are counted, as in the loader's cases.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping

from benchmarks.catalogs import many
from benchmarks.ratio import Case, verdict
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.review.reviewing import review_of
from monitoring.review.sides import ReviewSide

RULES = 1_000
AT = 1_795_683_600
"""Thursday 2026-11-26 09:00 UTC."""


def changed(files: Mapping[str, str], rules: Iterable[int]) -> dict[str, str]:
    """The catalog with another threshold or count in some rules."""
    new = dict(files)
    for number in rules:
        name = f"services/s{number // 20}.yaml"
        head, mark, tail = new[name].partition(f"  - id: q{number}\n")
        other = (
            tail.replace("above: 2s", "above: 3s", 1)
            if number % 2 == 0
            else tail.replace("more-than: 10", "more-than: 12", 1)
        )
        new[name] = head + mark + other
    return new


def loaded(files: Mapping[str, str]) -> Catalog:
    """The catalog in these texts."""
    return load_texts({name: text.encode() for name, text in files.items()})


def side(files: Mapping[str, str]) -> ReviewSide:
    """One side of a review; its catalog is read when it is asked for, and without runbooks."""
    return ReviewSide("a side", {name: text.encode() for name, text in files.items()})


def cases() -> Iterable[Case]:
    """What is promised."""
    old = many(RULES)
    new = changed(old, range(0, RULES, RULES // 10))
    hired = {**old, "oncall.yaml": old["oncall.yaml"].replace("people: [ana, ben]", "people: [ana, ben, kit]")}
    before, later = side(old), side(hired)
    assert len(review_of(side(old), side(new), AT).effects) == 10
    assert before.catalog != later.catalog
    yield Case(
        promise=f"two catalogs of {RULES} rules with ten differences, against reading both",
        work=lambda: review_of(side(old), side(new), AT),
        against=lambda: (loaded(old), loaded(new)),
        at_most=2.2,
        rounds=5,
        clock=time.process_time,
    )
    yield Case(
        promise="an edited schedule, read already, against reading both",
        work=lambda: review_of(before, later, AT),
        against=lambda: (loaded(old), loaded(hired)),
        at_most=1.3,
        rounds=5,
        clock=time.process_time,
    )


if __name__ == "__main__":
    sys.exit(verdict(cases()))
