"""A catalog in which everything occurs that can change, and the instant of every change."""

from __future__ import annotations

from functools import lru_cache

from monitoring.model.catalog import Catalog
from monitoring.review.reviewing import Review, ReviewCounts, review
from tests.factories import Change, a_catalog
from tests.review.whole import FILES

AT = 1_795_683_600
"""Thursday 2026-11-26 09:00 UTC."""
COUNTS = ReviewCounts(rules=2, schedules=1, people=3)


@lru_cache(maxsize=8)
def whole_catalog(*changes: Change, **files: str) -> Catalog:
    """The catalog in which everything occurs, with changes; the last few are kept, since a test compares them often."""
    return a_catalog(*changes, **FILES | files)


def reviewed(*changes: Change) -> Review:
    """What these changes do."""
    return review(whole_catalog(), whole_catalog(*changes), AT)


def undone(*changes: Change) -> Review:
    """What it does that they are taken back."""
    return review(whole_catalog(*changes), whole_catalog(), AT)


def ids(answer: Review) -> list[str]:
    """Each effect's risk and id."""
    return [f"{each.risk} {each.id}" for each in answer.effects]
