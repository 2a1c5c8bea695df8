"""Windows of every length against what each severity allows, in tables and against counting minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.oncall.clock import DAY, HOUR, MINUTE, WEEK
from monitoring.reach.mutes import MutedWindow
from monitoring.reach.proof import ProofVerdict
from monitoring.reach.silence import most_silent_week, silent_stretches
from tests.factories import SEVERITIES, SHOP, a_catalog
from tests.reach.ask import proof, rule

TODAY = date(2026, 11, 23)
FIRST = datetime(2026, 12, 6, 4, 0, tzinfo=UTC)
P1 = "  detects-within: 15m\n"


def windows(*spans: tuple[float, float]) -> str:
    """Windows that begin so many hours after the first instant and last so many hours."""
    words = "time-zone: Etc/UTC, services: [shop], environments: [prod], reason: everything moves"
    lines = []
    for number, (begins, lasts) in enumerate(spans):
        start = FIRST + timedelta(hours=begins)
        bounds = f'from: "{start:%Y-%m-%d %H:%M}", to: "{start + timedelta(hours=lasts):%Y-%m-%d %H:%M}"'
        lines.append(f"w{number}: {{title: Upgrade, {bounds}, {words}}}\n")
    return "".join(lines)


ALLOWED = [
    pytest.param([(0, 1)], None, True, id="an hour"),
    pytest.param([(0, 4)], None, True, id="four hours, which is what a severity that wakes allows"),
    pytest.param([(0, 4.25)], None, False, id="a quarter of an hour more"),
    pytest.param([(0, 2), (2, 2)], None, True, id="two windows that touch, four hours together"),
    pytest.param([(0, 3), (2, 3)], None, False, id="two windows that overlap, five hours together"),
    pytest.param([(0, 3), (0, 3)], None, True, id="the same window twice is as long as once"),
    pytest.param([(24 * day, 1) for day in range(4)], None, True, id="an hour on each of four days"),
    pytest.param([(24 * day, 1) for day in range(5)], None, False, id="an hour on each of five days of a week"),
    pytest.param([(168 * week, 4) for week in range(4)], None, True, id="four hours on the same day of each week"),
    pytest.param([(0, 4), (166, 2)], None, False, id="less than a week apart, where the seven days end"),
    pytest.param([(0, 4), (168, 4)], None, True, id="exactly a week apart"),
    pytest.param([(0, 6)], "6h", True, id="six hours where the severity allows six"),
    pytest.param([(0, 1)], "30m", False, id="an hour where the severity allows half of it"),
    pytest.param([(0, 24 * 365)], "8d", False, id="a year, whatever the severity allows in seven days"),
]


@pytest.mark.parametrize(("spans", "limit", "holds"), ALLOWED)
def test_how_long_windows_may_mute_a_rule_that_wakes(spans, limit, holds):
    severities = SEVERITIES.replace(P1, f"{P1}  maintenance-at-most: {limit}\n") if limit else SEVERITIES
    slow = rule(proof(a_catalog(maintenance=windows(*spans), severities=severities), today=TODAY), "shop-slow")
    assert slow.holds is holds
    assert {witness.hop for witness in slow.witnesses} == (set() if holds else {"maintenance"})
    if holds:
        assert sum(each.seconds for each in slow.silent) == sum(each.seconds for each in silent_stretches(slow.muted))


def test_a_severity_that_lets_people_sleep_allows_any_window_but_for_ever():
    quiet = SHOP.replace("severity: P1", "severity: P2")
    for spans, verdict in (([(0, 24 * 40)], ProofVerdict.HOLDS), ([(-24 * 40, 24 * 900)], ProofVerdict.FAILS)):
        catalog = a_catalog(maintenance=windows(*spans), services_shop=quiet)
        slow = rule(proof(catalog, today=TODAY, horizon=300 * DAY), "shop-slow")
        assert slow.verdict is verdict


MINUTES = (1, 15, 60, 239, 240, 241, 300, 720, 1_440, 4_320, 10_080, 10_081, 20_160, 57_600)


@pytest.mark.parametrize("minutes", MINUTES)
@pytest.mark.parametrize(
    ("severity", "limit", "allowed"),
    [
        pytest.param("P0", None, 240, id="P0, by itself"),
        pytest.param("P0", "15m", 15, id="P0, a quarter of an hour"),
        pytest.param("P1", None, 240, id="P1, by itself"),
        pytest.param("P1", "7d", 10_080, id="P1, seven days"),
        pytest.param("P2", None, None, id="P2, which lets people sleep"),
        pytest.param("P3", None, None, id="P3, which lets people sleep"),
    ],
)
def test_a_window_of_any_length_keeps_the_promise_of_its_severity_or_fails(severity, limit, allowed, minutes):
    shop = SHOP.replace("severity: P1", f"severity: {severity}")
    head = f"{severity}:\n"
    severities = SEVERITIES.replace(head, f"{head}  maintenance-at-most: {limit}\n") if limit else SEVERITIES
    catalog = a_catalog(maintenance=windows((0, minutes / 60)), severities=severities, services_shop=shop)
    slow = rule(proof(catalog, today=TODAY, horizon=60 * DAY), "shop-slow")
    too_long = allowed is not None and minutes > allowed
    assert ("maintenance" in {witness.hop for witness in slow.witnesses}) is too_long
    assert sum(each.seconds for each in slow.silent) == minutes * MINUTE


def test_one_window_is_one_witness_however_many_rules_it_mutes():
    slow = SHOP[SHOP.index("  - id: shop-slow") :]
    many = SHOP + "".join(slow.replace("shop-slow", f"shop-slow-{number}") for number in range(50))
    proved = proof(a_catalog(maintenance=windows((0, 9)), services_shop=many), today=TODAY)
    (witness,) = proved.witnesses
    assert (witness.key, len(witness.rules)) == ("maintenance w0: muted too long", 51)
    assert witness.why == '"w0" mutes it for 9h without a break, and P1 allows 4h in any seven days'
    assert witness.fix == "shorten it by 5h, or write a longer maintenance-at-most for P1"


minutes = st.integers(0, 20 * DAY // MINUTE)
spans = st.lists(st.tuples(minutes, st.integers(1, 30 * HOUR // MINUTE)), min_size=1, max_size=6)


@settings(max_examples=60)
@given(spans=spans)
def test_the_most_silent_week_is_that_of_counting_every_minute(spans):
    ends = [(start * MINUTE, (start + length) * MINUTE) for start, length in spans]
    mutes = [MutedWindow(str(number), start, end, end) for number, (start, end) in enumerate(ends)]
    silent = {minute for start, length in spans for minute in range(start, start + length)}
    week = WEEK // MINUTE
    edges = {minute - shift for minute in silent for shift in (0, week - 1)}
    naive = max(
        sum(begin <= minute < begin + week for minute in silent) for begin in list(edges)[:: len(edges) // 40 + 1]
    )
    worst = most_silent_week(silent_stretches(mutes))
    assert worst is not None
    assert worst.seconds == sum(each.seconds for each in worst.stretches)
    assert naive * MINUTE <= worst.seconds
    first = worst.start // MINUTE
    assert sum(first <= minute < first + week for minute in silent) * MINUTE == worst.seconds
