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
    "more logs": (("logs", "above"), Direction.LOOSER),
}


@pytest.mark.parametrize(("words", "expected"), ROWS.values(), ids=ROWS)
def test_a_higher_value_fires_later_or_sooner(words: tuple[str, str], expected: Direction):
    signal, word = words
    assert word in {field.alias for field in SIGNAL_KINDS[signal].model_fields.values()}
    assert HIGHER[words] is expected
