"""What a waiver does to the answer: it accepts one finding of one check, until its day, and is counted."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.checks import CheckReport
from monitoring.checks._context import place
from tests.checks.good import Change, report, shop

SILENT = shop(", recovers-at: 1500ms, when-silent: alert", ", recovers-at: 1500ms")
UNDECIDED = shop("above: 3, when-silent: resolve", "above: 3")


def waiver(check: str, finding: str, expires: str = "2027-01-31") -> Change:
    entry = f'{{check: {check}, finding: "{finding}", reason: known, owner: platform, expires: {expires}}}'
    return "waivers.yaml", "retired:", f"waivers:\n  - {entry}\nretired:"


def keys(found: CheckReport) -> list[str]:
    return [judged.finding.key for judged in found.unwaived]


def test_a_waived_finding_is_no_problem_and_is_counted():
    found = report(SILENT, waiver("no-data-decided", "shop-slow: silence undecided"))
    assert found.problems == ()
    assert [(judged.finding.key, accepted.reason) for judged, accepted in found.waived] == [
        ("shop-slow: silence undecided", "known")
    ]


def test_a_waiver_accepts_one_finding_and_not_its_sibling():
    found = report(SILENT, UNDECIDED, waiver("no-data-decided", "shop-slow: silence undecided"))
    assert keys(found) == ["shop-queue: silence undecided"]


def test_a_waiver_of_another_check_accepts_nothing():
    found = report(SILENT, waiver("recovery-side", "shop-slow: silence undecided"))
    assert keys(found) == ["shop-slow: silence undecided", "shop-slow: silence undecided: unused"]


def test_an_expired_waiver_gives_its_problem_back():
    found = report(SILENT, waiver("no-data-decided", "shop-slow: silence undecided", "2026-11-30"), today=DAY_AFTER)
    assert keys(found) == ["shop-slow: silence undecided", "shop-slow: silence undecided: expired"]
    assert found.waived == ()


def test_a_waiver_cannot_be_waived():
    found = report(waiver("waivers", "shop-slow: silence undecided: unused"))
    assert keys(found) == ["shop-slow: silence undecided: unused: no check"]


DAY_AFTER = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        pytest.param("rule", "means", "means", id="a rule's finding names the rule already"),
        pytest.param("service", "title", "the service's title", id="an entry of another kind is named"),
    ],
)
def test_a_field_is_told_from_that_of_another_kind(kind: str, field: str, words: str) -> None:
    assert place(kind, field) == words
