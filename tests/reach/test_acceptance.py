"""Which witnesses a waiver accepts: none that begins after its last day, and none of what is muted throughout."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.errors import Source
from monitoring.model.platform import PROOF, Waiver
from monitoring.oncall.clock import DAY, midnight
from monitoring.reach.acceptance import accept
from monitoring.reach.witness import MUTED_THROUGHOUT, Stretch, Witness

LAST = date(2027, 1, 31)
OVER = midnight(LAST) + DAY
"""The first instant at which a waiver of that last day accepts nothing."""


def witness(cause: str = "too slow", *, begins: int | None = None, since: int | None = None) -> Witness:
    """A witness that begins in a stretch, or with its rule, or whenever that fires."""
    stretches = () if begins is None else (Stretch(begins, begins + 60), Stretch(begins + DAY, begins + DAY + 60))
    return Witness(
        f"p: {cause}", ("shop-slow",), "step", "why", "fix", Source("oncall.yaml", 3), stretches=stretches, since=since
    )


@pytest.mark.parametrize(
    ("one", "accepted"),
    [
        pytest.param(witness(begins=OVER - 1), True, id="it begins in the last second of the waiver"),
        pytest.param(witness(begins=OVER), False, id="it begins when the waiver is over"),
        pytest.param(witness(since=OVER - 1), True, id="its rule begins in the last second of the waiver"),
        pytest.param(witness(since=OVER), False, id="its rule begins when the waiver is over"),
        pytest.param(witness(begins=OVER - 1, since=OVER), True, id="its first stretch counts, where it has one"),
        pytest.param(witness(begins=OVER, since=OVER - 1), False, id="and nothing else"),
        pytest.param(witness(), True, id="it is so whatever the instant"),
        pytest.param(witness(MUTED_THROUGHOUT), False, id="nobody accepts what is muted throughout"),
        pytest.param(witness(MUTED_THROUGHOUT, begins=0), False, id="nor a stretch of it"),
    ],
)
def test_a_waiver_accepts_what_begins_in_its_time(one: Witness, accepted: bool) -> None:
    waiver = Waiver.model_construct(check=PROOF, finding=one.key, reason="later", owner="platform", expires=LAST)
    judged = accept([one], [waiver])
    assert [each.witness for each in judged.accepted] == ([one] if accepted else [])
    assert list(judged.witnesses) == ([] if accepted else [one])
    assert list(judged.unused) == ([] if accepted else [waiver])
