"""A fixed sample of every area that `make mutation` damages, each found by a guard that is a proof."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.consequences.platform import base, texts_of, written
from tests.mutation.attempts import BY_HAND, EACH_PROPERTY, EACH_WORD, TYPED, Attempt, Result, attempts, tried
from tests.mutation.chain import EXPECTED, FACTS, NOBODY, PLAN_PROOF
from tests.mutation.reasons import REASONS, reason_for
from tests.mutation.run import known_survivors
from tests.mutation.words import agency, every_kind_of_signal, every_word

STRIDES = {EACH_WORD: 37, TYPED: 9, EACH_PROPERTY: 61}
"""Every so-manieth damage of an area; those by hand have tests of their own."""


@pytest.fixture(scope="module")
def every() -> list[Attempt]:
    """Every damage, not yet done."""
    return list(attempts())


def chosen(every: Iterable[Attempt], area: str) -> list[Attempt]:
    """The fixed sample of an area."""
    return [attempt for attempt in every if attempt.area.startswith(area)][:: STRIDES[area]]


def missed(result: Result) -> bool:
    """Whether nobody found a damage, or only a file that a command writes, without a reason."""
    return (result.survived and result.attempt.name not in known_survivors()) or (
        result.is_file_only and not result.reason
    )


@pytest.mark.parametrize("area", STRIDES)
def test_a_sample_of_each_area_is_found(every: list[Attempt], area: str) -> None:
    sample = chosen(every, area)
    assert len(sample) >= 5
    assert [result.attempt.name for result in map(tried, sample) if missed(result)] == []


def test_there_are_hundreds_of_damages_of_many_kinds_in_every_area(every: list[Attempt]) -> None:
    counts = {area: {a.kind for a in every if a.area.startswith(area)} for area in (BY_HAND, *STRIDES)}
    assert all(len(kinds) >= 40 for kinds in counts.values()), counts.keys()
    assert len({attempt.kind for attempt in every}) >= 300


def test_undamaged_nobody_finds_anything() -> None:
    for undamaged in (agency(), every_kind_of_signal()):
        assert {undamaged.guard_of_plan(plan, name) for name, plan in undamaged.plans.items()} == {NOBODY}
        assert undamaged.guard_of_catalog(undamaged.catalog) == NOBODY
    unchanged = texts_of(written(("platform.yaml", "title"), base().platform.title))
    assert every_word().guard_of_texts(unchanged) == NOBODY


FIRST_FOUND = {
    "remove pagerduty Service option.protect": FACTS,
    "remove pagerduty Schedule": FACTS,
    "draft as datadog Monitor.draftStatus": PLAN_PROOF,
    "add datadog Monitor.timeoutH": PLAN_PROOF,
    "invented sentry MetricMonitor.query": EXPECTED,
}


def test_a_damage_is_credited_to_the_first_guard_that_finds_it(every: list[Attempt]) -> None:
    guards = {attempt.kind: attempt.guard() for attempt in every if attempt.kind in FIRST_FOUND}
    assert guards == FIRST_FOUND


def test_a_reason_is_given_once_and_found_by_what_is_damaged() -> None:
    subjects = [subject for listed in REASONS.values() for subject in listed]
    assert len(set(subjects)) == len(subjects)
    assert reason_for("invented datadog Monitor.name") == "a text for people"
    assert reason_for("invented datadog Monitor.query") == ""
