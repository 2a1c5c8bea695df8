"""Windows that recur, or mute rules and groups alone: in the proof, in a drill, and read back from what is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings

from monitoring.model.catalog import Catalog
from monitoring.model.window_times import Recurring
from monitoring.oncall.clock import HOUR, instant
from monitoring.queries.writing import datadog_scope
from monitoring.reach.plan.muting import read_recurrence, read_scope
from monitoring.reach.plan.walk import prove_plan
from monitoring.reach.proof import ProofVerdict, prove_catalog
from monitoring.reach.verdicts import verdict
from monitoring.reach.windows import report_lines, window_reports
from monitoring.resources.downtimes import duration, rrule
from tests.factories import SEVERITIES, SHOP, a_catalog
from tests.model.test_window_times import recurrences
from tests.reach.ask import rule
from tests.reach.test_drill import drill_lines, texts_of
from tests.reach.test_drill import events as drilled
from tests.resources.every_signal import declared

TODAY = date(2026, 11, 27)
SPLIT = SHOP.replace("over: 10m, above: 2s", "by: [service], over: 10m, above: 2s")
WINDOW = """
{name}:
  title: A window
  time-zone: Europe/Berlin
  from: "{begin}"
  to: "{end}"
  environments: [prod]
  reason: work
  {words}
"""


def window(words: str, begin: str = "2026-12-06 04:00", end: str = "2026-12-06 05:00", name: str = "reindex") -> str:
    return WINDOW.format(name=name, begin=begin, end=end, words=words.replace("; ", "\n  "))


def catalog_of(*windows: str, **files: str) -> Catalog:
    return a_catalog(maintenance="".join(windows), **{"services_shop": SPLIT, **files})


@pytest.mark.parametrize(
    ("windows", "expected"),
    [
        pytest.param([window("services: [shop]")], "holds, except 1h on Sun 6 Dec", id="a window that opens once"),
        pytest.param(
            [window("services: [shop]; every: 1w; until: 2026-12-31")],
            "holds, except 1h each on Sun 6 Dec, Sun 13 Dec, Sun 20 Dec and 1 more (4h in all)",
            id="one that opens four times",
        ),
        pytest.param(
            [window("rules: [shop-slow]; every: 2w; until: 2026-12-31")],
            "holds, except 1h each on Sun 6 Dec, Sun 20 Dec (2h in all)",
            id="one every other week, of one rule",
        ),
        pytest.param(
            [window("services: all; where: {service: shop}")],
            "holds, except 1h on Sun 6 Dec for service:shop alone",
            id="one of some groups",
        ),
        pytest.param(
            [
                window("services: all"),
                window("rules: [shop-slow]", begin="2026-12-06 05:00", end="2026-12-06 05:30", name="again"),
            ],
            "holds, except 1h 30m on Sun 6 Dec",
            id="two that touch are one stretch",
        ),
        pytest.param([window("services: [shop]; every: 1w", end="2026-12-06 08:01")], "fails", id="too long"),
        pytest.param([window("services: [shop]; every: 1d", end="2026-12-06 04:35")], "fails", id="too often"),
        pytest.param(
            [window("services: [shop]; every: 1d; until: 2026-12-12", end="2026-12-06 04:30")],
            "holds, except 30m each on Sun 6 Dec, Mon 7 Dec, Tue 8 Dec and 4 more (3h 30m in all)",
            id="seven short ones in seven days",
        ),
        pytest.param(
            [window("services: all; every: 1w; where: {service: shop}", end="2026-12-06 08:01")],
            "fails",
            id="some groups are muted for too long",
        ),
    ],
)
def test_the_verdict_counts_every_opening(windows: list[str], expected: str) -> None:
    proved = prove_catalog(catalog_of(*windows), environment="prod", today=TODAY)
    assert verdict(rule(proved, "shop-slow")) == expected
    assert rule(proved, "shop-failing").verdict is ProofVerdict.HOLDS


def test_the_report_names_the_openings_and_the_rules_that_still_wake_somebody() -> None:
    known = catalog_of(window("services: [shop]; every: 1w"))
    (report,) = window_reports(prove_catalog(known, environment="prod", today=TODAY))
    assert list(report_lines(report, 8)) == [
        'Maintenance "reindex" mutes 1 rule for 1h from Sun 2026-12-06 03:00 UTC, and 50 more times until '
        "Sun 2027-11-21 04:00 UTC; it goes on after the span of this proof.",
        "  It does not mute shop-failing, which still wakes somebody.",
    ]


@pytest.mark.parametrize(
    ("words", "goes_on"),
    [
        ("services: [shop]", False),
        ("services: [shop]; every: 1w; until: 2027-01-31", False),
        ("services: [shop]; every: 1w; until: 2028-01-31", True),
    ],
)
def test_the_report_says_whether_a_window_goes_on_after_the_span(words: str, goes_on: bool) -> None:
    (report,) = window_reports(prove_catalog(catalog_of(window(words)), environment="prod", today=TODAY))
    assert report.goes_on is goes_on
    assert ("goes on" in "".join(report_lines(report, 8))) is goes_on


BOTH = """  - id: shop-gone
    title: All of it is gone
    severity: P0
    means: Nothing answers.
    composite: {all-of: [shop-slow]}
"""


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        pytest.param("services: [shop]", "shop-slow", "mutes it for 30m more", id="a rule that is muted is silent"),
        pytest.param("services: [shop]", "shop-failing", "Sentry has no such mute", id="sentry's fires"),
        pytest.param("rules: [shop-slow]", "shop-gone", "it combines rules that are muted", id="a composite fires"),
        pytest.param(
            "services: all; where: {service: shop}",
            "shop-slow",
            "mutes service:shop of it alone for 30m more",
            id="the other groups of a rule fire",
        ),
        pytest.param(
            "services: all; where: {host: web-1}",
            "shop-slow",
            "does not mute it: it is not split by host",
            id="a rule without such groups fires",
        ),
    ],
)
@pytest.mark.parametrize("every", ["", "; every: 1w"])
def test_a_drill_during_a_window_says_what_it_does_to_the_rule(words: str, name: str, said: str, every: str) -> None:
    known = catalog_of(window(f"{words}{every}"), services_shop=SPLIT + BOTH)
    at = instant(datetime(2026, 12, 13 if every else 6, 3, 30, tzinfo=UTC))
    found = drilled(known, name=name, when=at)
    what = "is silent" if found[0].what == "is silent" else "is not muted"
    (text,) = texts_of(what, found)
    assert text.startswith('maintenance "reindex" ')
    assert said in text


def test_a_drill_before_a_window_says_nothing_of_it() -> None:
    known = catalog_of(window("services: [shop]; every: 1w"))
    at = instant(datetime(2026, 12, 13, 2, 59, tzinfo=UTC))
    assert "0 is not muted" not in drill_lines(known, name="shop-failing", when=at)


def test_a_window_in_which_the_clock_changes_is_counted_by_both_readings() -> None:
    known = catalog_of(window("services: [shop]; every: 1w", begin="2027-03-21 01:00", end="2027-03-21 05:00"))
    proved = prove_catalog(known, environment="prod", today=TODAY)
    silent = {each.start: each.seconds for each in rule(proved, "shop-slow").silent}
    assert silent[instant(datetime(2027, 3, 28, tzinfo=UTC))] == 4 * HOUR
    assert silent[instant(datetime(2027, 10, 30, 23, tzinfo=UTC))] == 5 * HOUR
    muted = {each.start: each.sure_end - each.start for each in rule(proved, "shop-slow").muted}
    assert muted[instant(datetime(2027, 3, 28, tzinfo=UTC))] == 3 * HOUR
    assert muted[instant(datetime(2027, 10, 30, 23, tzinfo=UTC))] == 4 * HOUR


@pytest.mark.parametrize(
    ("words", "end", "why", "fix"),
    [
        pytest.param(
            "services: [shop]; every: 1w",
            "2027-03-21 05:00",
            '"reindex" mutes it for 5h without a break (4h at other times), and P1 allows 4h in any seven days',
            "shorten it by 1h",
            id="too long where the clock changes",
        ),
        pytest.param(
            "services: [shop]; every: 1d; until: 2027-03-27",
            "2027-03-21 01:35",
            '"reindex" mutes it for 4h 5m in seven days, and P1 allows 4h in any seven days',
            "shorten the 7 of a week by 5m in all, or open it less often",
            id="too often in a week",
        ),
    ],
)
def test_a_witness_says_how_long_and_what_would_mend_it(words: str, end: str, why: str, fix: str) -> None:
    known = catalog_of(window(words, begin="2027-03-21 01:00", end=end))
    (witness,) = prove_catalog(known, environment="prod", today=TODAY).witnesses
    assert (witness.why, witness.fix) == (why, f"{fix}, or write a longer maintenance-at-most for P1")


# --- as it is sent ---------------------------------------------------------------------------------------------


def sent(times: Recurring) -> dict[str, Any]:
    """The recurrence as the program sends it, from its first opening on."""
    return {"start": f"{times.first:%Y-%m-%dT%H:%M:%S}", "duration": duration(times.length), "rrule": rrule(times)}


@settings(max_examples=100, deadline=None)
@given(times=recurrences())
def test_what_is_sent_reads_back_as_the_same_openings(times: Recurring) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    read = read_recurrence(times.zone_name, sent(times))
    assert list(read.openings(start, start + timedelta(days=900))) == list(
        times.openings(start, start + timedelta(days=900))
    )


@settings(max_examples=100, deadline=None)
@given(times=recurrences())
def test_the_rule_opens_on_the_same_days_for_another_reader_whichever_zone_it_reads_the_end_in(times) -> None:
    expected = list(times.begins(times.first.date()))[:200] if times.until else None
    zoneless = rrule(times).removesuffix("Z")
    local = list(rrulestr(zoneless, dtstart=times.first).xafter(times.first, count=200, inc=True))
    assert expected is None or local == expected
    if expected is None:
        begins = times.begins(times.first.date())
        assert local == [next(begins) for _ in local]


@pytest.mark.parametrize(
    "where",
    [{}, {"host": ("web-1",)}, {"host": ("web-1", "web-2")}, {"host": ("web-1",), "region": ("eu", "us")}],
    ids=["everything", "one host", "two hosts", "a host in two regions"],
)
def test_a_scope_reads_back_as_the_tags_that_it_was_made_of(where: dict[str, tuple[str, ...]]) -> None:
    assert read_scope(datadog_scope(where)) == where


PATIENT = SEVERITIES.replace("reminds-every: 10m", "reminds-every: 10m\n  maintenance-at-most: 60h")


@pytest.mark.parametrize(
    "every", ["every: 1d", "every: 1d; days: sat-sun", "every: 1w", "every: 2w", "until: 2027-02-28; every: 1d"]
)
@pytest.mark.parametrize(
    "scope", ["services: [shop]", "services: all", "rules: [shop-slow]", "services: all; where: {service: shop}"]
)
def test_the_plan_of_a_window_is_proved_like_the_catalog(every: str, scope: str) -> None:
    known = catalog_of(window(f"{scope}; {every}"), severities=PATIENT)
    proved, walked = (
        prove_catalog(known, environment="prod", today=TODAY),
        prove_plan(declared(known, today=TODAY), known, environment="prod", today=TODAY),
    )
    assert [witness.why for witness in walked.witnesses] == []
    assert rule(walked, "shop-slow").silent == rule(proved, "shop-slow").silent
