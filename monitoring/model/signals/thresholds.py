"""The thresholds of a monitor of Datadog."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.entry import EntryProblem
from monitoring.model.threshold_word import ThresholdWord, words_written


def threshold_problems(signal: object) -> Iterator[EntryProblem]:
    """No threshold, or several."""
    count = words_written(signal)
    if count != 1:
        what = f"has {count} thresholds" if count else "has no threshold"
        yield EntryProblem(what, f"write one of {', '.join(ThresholdWord)}")
