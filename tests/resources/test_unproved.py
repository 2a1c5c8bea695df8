"""The one way past the proof: what the stack's configuration may say, and what the program then does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pulumi
import pytest

from monitoring import program
from monitoring.errors import CatalogError, UsageError
from monitoring.loader import load
from monitoring.resources.stack import Stack
from monitoring.resources.unproved import DeployUnproved, read_unproved
from tests.conftest import TODAY
from tests.factories import a_catalog
from tests.platforms import AGENCY

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
REASON = "checkout is down and the fix waits"


def test_a_reason_and_a_near_end_are_read() -> None:
    read = read_unproved({"reason": REASON, "until": "2026-11-26T21:00+01:00"}, NOW)
    assert read == DeployUnproved(REASON, datetime(2026, 11, 26, 20, 0, tzinfo=UTC))
    assert read_unproved(None, NOW) is None


def test_an_end_in_24_hours_is_near_enough_and_over_when_it_comes() -> None:
    read = read_unproved({"reason": REASON, "until": "2026-11-27T12:00Z"}, NOW)
    assert read is not None
    assert [read.is_over(NOW + timedelta(hours=24, seconds=away)) for away in (-1, 0)] == [False, True]


REFUSED = [
    pytest.param("true", "needs a reason and an end", id="a word instead of both"),
    pytest.param({"until": "2026-11-26T20:00Z"}, "needs a reason and an end", id="no reason"),
    pytest.param({"reason": REASON}, "needs a reason and an end", id="no end"),
    pytest.param(
        {"reason": REASON, "until": "2026-11-26T20:00Z", "by": "kit"}, "nothing else", id="a word that it does not have"
    ),
    pytest.param({"reason": " ", "until": "2026-11-26T20:00Z"}, "the reason is empty", id="an empty reason"),
    pytest.param({"reason": None, "until": "2026-11-26T20:00Z"}, "the reason is empty", id="a reason that is nothing"),
    pytest.param({"reason": "a\x1b[0m", "until": "2026-11-26T20:00Z"}, "not printable", id="what a terminal obeys"),
    pytest.param({"reason": REASON, "until": "2026-11-26T20:00"}, "no time with a zone", id="an end without a zone"),
    pytest.param({"reason": REASON, "until": "tonight"}, '"tonight" is no time', id="an end that is no time"),
    pytest.param({"reason": REASON, "until": "9999-12-31T23:59-14:00"}, "no time", id="an end after the calendar"),
    pytest.param(
        {"reason": REASON, "until": "2026-11-27T12:01Z"}, "before 2026-11-27T12:00Z", id="more than 24 hours away"
    ),
]


@pytest.mark.parametrize(("value", "sentence"), REFUSED)
def test_anything_else_is_refused_with_a_sentence(value: object, sentence: str) -> None:
    with pytest.raises(UsageError, match="monitoring:deploy-unproved") as refused:
        read_unproved(value, NOW)
    assert sentence in str(refused.value)


HOLE = ("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: mon-fri}}")


def stack(unproved: DeployUnproved | None = None, **changes: Any) -> Stack:
    words: Mapping[str, Any] = {"environment": "prod", "catalog": AGENCY.catalog, "today": TODAY, "offline": True}
    return Stack(**{**words, **changes}, unproved=unproved)


@pytest.fixture
def warned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", lines.append)
    return lines


def emergency(hours: int) -> DeployUnproved:
    return DeployUnproved(REASON, datetime.now(UTC) + timedelta(hours=hours))


def test_a_catalog_whose_proof_fails_is_not_declared(warned: list[str]) -> None:
    program.require_proof(stack(), load(AGENCY.catalog))
    with pytest.raises(CatalogError, match="nobody is on call"):
        program.require_proof(stack(), a_catalog(HOLE))
    assert warned == []


def test_an_emergency_lets_it_through_and_every_run_says_so(warned: list[str]) -> None:
    program.require_proof(stack(emergency(2)), a_catalog(HOLE))
    program.require_proof(stack(emergency(2)), load(AGENCY.catalog))
    assert [REASON in line for line in warned] == [True, True]
    assert "1 of its witnesses" in warned[0]
    assert "the proof holds: take it out" in warned[1]


def test_an_emergency_that_is_over_lets_nothing_through() -> None:
    with pytest.raises(UsageError, match="the proof still fails"):
        program.require_proof(stack(emergency(-1)), a_catalog(HOLE))


def test_a_stack_of_no_environment_is_refused_before_the_proof() -> None:
    with pytest.raises(UsageError, match='no environment is called "prd"'):
        program.require_proof(stack(environment="prd"), load(AGENCY.catalog))
