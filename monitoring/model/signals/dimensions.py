"""What a value is, in words, and how one is written."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.entry import EntryProblem, kebab
from monitoring.model.scalars import Quantity
from monitoring.model.threshold_word import ThresholdWord

DIMENSION_WORDS = {"time": "a time", "size": "a size", "share": "a share", "count": "a count"}
DIMENSION_EXAMPLES = {
    "time": "a time, like 2s",
    "size": "a size, like 1.5GiB",
    "share": "a share, like 5%",
    "count": "a bare number",
}
LIMIT_FIELDS = (*(word.field for word in ThresholdWord), "recovers_at")


def unlike_dimension(signal: object, compared: str, *wanted: str) -> Iterator[EntryProblem]:
    """Limits of a signal that have another dimension than what they are compared with, which has the first one."""
    for field in LIMIT_FIELDS:
        limit = getattr(signal, field, None)
        if isinstance(limit, Quantity) and limit.dimension not in wanted:
            what = f'"{limit}" is {DIMENSION_WORDS[limit.dimension]}, and {compared} is {DIMENSION_WORDS[wanted[0]]}'
            yield EntryProblem(what, f"write {DIMENSION_EXAMPLES[wanted[0]]}", (kebab(field),))
