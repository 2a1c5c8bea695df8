"""Which way a higher value of a signal's own words changes when it fires."""

from __future__ import annotations

import pytest

from monitoring.model.service import SIGNAL_KINDS
from monitoring.review.conditions import HIGHER, Direction

ROWS = {
    "wider bounds of an anomaly": (("anomaly", "bounds"), Direction.LOOSER),
    "a larger tolerance of an outlier": (("outlier", "tolerance"), Direction.LOOSER),
    "a larger share of an outlier's points": (("outlier", "share"), Direction.LOOSER),
    "a forecast of a longer time": (("forecast", "within"), Direction.TIGHTER),
    "wider bounds of a forecast": (("forecast", "deviations"), Direction.TIGHTER),
    "a change that must be larger": (("change", "above"), Direction.LOOSER),
    "a fall that need not go as deep": (("change", "below"), Direction.TIGHTER),
    "a slower pace of Sentry's": (("sentry-uptime", "every"), Direction.LOOSER),
    "a longer wait of Sentry's": (("sentry-uptime", "within"), Direction.LOOSER),
    "more failures that Sentry has to see": (("sentry-uptime", "failures"), Direction.LOOSER),
    "issues that must be older": (("issues", "older-than"), Direction.LOOSER),
    "issues that may be older": (("issues", "younger-than"), Direction.TIGHTER),
    "issues that are seen more often": (("issues", "seen-at-least"), Direction.LOOSER),
    "more logs": (("logs", "above"), Direction.LOOSER),
}


@pytest.mark.parametrize(("words", "expected"), ROWS.values(), ids=ROWS)
def test_a_higher_value_fires_later_or_sooner(words: tuple[str, str], expected: Direction):
    signal, word = words
    assert word in {field.alias for field in SIGNAL_KINDS[signal].model_fields.values()}
    assert HIGHER[words] is expected
