"""How long each signal takes at worst, in tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from monitoring.model.detection import datadog_evaluates, sentry_evaluates
from monitoring.model.recording import Recording
from monitoring.model.references import Names
from monitoring.model.service import SIGNAL_FIELDS, Rule
from monitoring.model.signals import SentryUptime, Uptime
from monitoring.model.signals.answer_time import TEST_TIMEOUT
from monitoring.reach.detection import detection
from tests.signals import CASES

UPTIME = {
    "asks": {"page": {"path": "/", "within": "3s"}},
    "every": "1m",
    "regions": ("aws:eu-central-1", "aws:us-east-1"),
}
CRON = {"project": "web", "schedule": "30 2 * * *", "time-zone": "Etc/UTC", "late-after": "10m", "at-most": "1h"}
SLO = {"good": {"sum": "good"}, "total": {"sum": "total"}, "objective": "99.9%"}
STEPS = tuple({"name": str(number), "page": {"path": "/"}} for number in range(3))
CERTIFICATE = UPTIME | {"asks": {"certificate": {"valid-for": "7d"}}}


def a_rule(name: str = "one", **signal) -> Rule:
    words = {"id": name, "title": "One", "severity": "P0", "means": "It fails."}
    return Rule.model_validate(words | {key.replace("_", "-"): value for key, value in signal.items()})


DETECTED = [
    pytest.param({"errors": {"project": "web", "each-event": True}}, 60, id="each event, when sentry looks next"),
    pytest.param({"errors": {"project": "web", "more-than": 0, "within": "5m"}}, 60, id="more than none as well"),
    pytest.param({"errors": {"project": "web", "more-than": 0, "within": "1h"}}, 180, id="in the window's own step"),
    pytest.param({"errors": {"project": "web", "more-than": 9, "within": "5m"}}, 360, id="a count of errors"),
    pytest.param({"errors": {"project": "web", "more-than": 9, "within": "1d"}}, 87_300, id="over a day"),
    pytest.param(
        {"errors": {"project": "web", "more-than": 9, "within": "1d", "per-issue": True}}, 86_460, id="per issue"
    ),
    pytest.param(
        {"sentry-metric": {"project": "web", "measure": "count", "over": "10m", "above": 5}}, 660, id="an aggregate"
    ),
    pytest.param({"cron": CRON}, 3_660, id="a job that hangs is slower to see than one that is late"),
    pytest.param({"cron": CRON | {"failures": 2}}, 86_400 + 3_660, id="two failures in a row, a day apart"),
    pytest.param(
        {"cron": CRON | {"failures": 3, "time-zone": "Europe/Berlin"}},
        2 * 90_000 + 3_660,
        id="three, where the clock that goes back adds an hour",
    ),
    pytest.param(
        {"cron": CRON | {"failures": 3, "schedule": "*/5 * * * *", "at-most": "4m"}}, 600 + 660, id="every five minutes"
    ),
    pytest.param(
        {"cron": CRON | {"failures": 3, "schedule": "0 0 1 * *"}}, 2 * 31 * 86_400 + 3_660, id="three months in a row"
    ),
    pytest.param({"cron": CRON | {"failures": 2, "schedule": "0 0 31 2 *"}}, None, id="runs on a day that never comes"),
    pytest.param({"uptime": UPTIME}, 70, id="a test asks, and waits for the answer"),
    pytest.param({"uptime": UPTIME | {"retry": {"times": 2, "after": "5s"}}}, 100, id="and asks again"),
    pytest.param({"uptime": UPTIME | {"failing-for": "5m"}}, 70 + 300 + 60, id="and fails for a while"),
    pytest.param({"uptime": UPTIME | {"asks": {"connection": {"port": 465}}}}, 70, id="a connection like any answer"),
    pytest.param({"uptime": UPTIME | {"asks": {"ping": {}}}}, 70, id="echoes like any answer"),
    pytest.param({"uptime": UPTIME | {"asks": {"steps": STEPS}}}, 60 + 30, id="each step waits for its answer"),
    pytest.param(
        {"uptime": UPTIME | {"asks": {"steps": STEPS}, "retry": {"times": 1, "after": "5s"}}},
        60 + 30 + 5 + 30,
        id="and all of them are asked again",
    ),
    pytest.param({"uptime": CERTIFICATE}, 0, id="a certificate is seen long before it expires"),
    pytest.param(
        {"uptime": CERTIFICATE | {"every": "7d"}},
        TEST_TIMEOUT,
        id="or so late that the answer comes after the expiry",
    ),
    pytest.param(
        {"uptime": CERTIFICATE | {"every": "7d", "asks": {"certificate": {"valid-for": "6d"}}}},
        86_400 + TEST_TIMEOUT,
        id="or a day too late",
    ),
    pytest.param(
        {"elsewhere": {"events-api": "a host", "fires-when": "it fails", "detects-within": "7m"}},
        420,
        id="what another system sends, as its author promises",
    ),
    pytest.param({"slo": SLO}, 52 + 60, id="a total failure burns 14.4x of 99.9% in under a minute"),
    pytest.param({"slo": SLO | {"objective": "99%"}}, 519 + 60, id="and of 99% in under nine minutes"),
    pytest.param({"slo": SLO | {"objective": "90%"}}, 12_960 + 60, id="where 14.4x is more than all events, by 6x"),
    pytest.param({"slo": SLO | {"objective": "80%"}}, None, id="and where 6x is more than all events, never"),
    *(
        pytest.param({case.word: words}, seconds, id=about)
        for case in CASES
        for about, (words, seconds) in case.detected.items()
    ),
]


OPENED = (
    {"name": "Wait", "type": "wait", "params": {"value": 5}},
    {"name": "Look", "type": "assertPageContains", "params": {"value": "x"}, "timeout": 20},
)


def a_browser(*steps: Mapping[str, Any], **words: Any) -> Rule:
    """A rule in a browser, whose recording waits 5s, and looks for 20s; or has other steps."""
    names = Names(
        {"recording": frozenset({"order"})}, recordings={"order": Recording.model_validate({"steps": steps or OPENED})}
    )
    asks = {"browser": {"recording": "order", "path": "/"}}
    words = {"asks": asks, "every": "5m", "regions": ("aws:eu-central-1",)} | words
    entry = {"id": "one", "title": "One", "severity": "P0", "means": "It fails.", "uptime": words}
    return Rule.model_validate(entry, context=names)


BROWSER = [
    pytest.param({}, 300 + 60 + 65 + 20, id="the first page and each step may be stuck until its time is over"),
    pytest.param({"retry": {"times": 1, "after": "5s"}}, 300 + 145 + 5 + 145, id="and all of it is tried again"),
    pytest.param({"failing-for": "10m"}, 300 + 145 + 600 + 300, id="and fails for a while"),
]


@pytest.mark.parametrize(("words", "seconds"), BROWSER)
def test_how_long_a_browser_takes(words, seconds):
    assert detection(a_browser(**words), {}, wakes=True).seconds == seconds


def test_the_time_of_a_browser_is_said_in_minutes():
    how = "asked every 5m from each region, 2m 25s until a run that is stuck counts"
    assert detection(a_browser(), {}, wakes=True).how == how


FIELD = {"userLocator": {"values": ({"value": "input"},)}}
TYPED = [
    pytest.param({"value": "a lamp", "delay": 25}, 1, id="a text of six characters, in a second begun"),
    pytest.param({"value": "a lamp", "delay": 1_000}, 6, id="a text of six characters, typed slowly"),
    pytest.param({"value": "a lamp", "delay": 0}, 0, id="a text without a pause"),
    pytest.param({"value": "a lamp"}, 0, id="a text at Datadog's own speed"),
    pytest.param({"value": "${probe-pin}", "delay": 25}, 3, id="a secret, whose length nobody knows"),
]


@pytest.mark.parametrize(("params", "seconds"), TYPED)
def test_the_pauses_between_keys_take_their_time(params, seconds):
    step = {"name": "Search", "type": "typeText", "params": {"element": FIELD} | params}
    assert detection(a_browser(step), {}, wakes=True).seconds == 300 + 60 + 60 + seconds


LIMITS = [
    pytest.param(300, "write every: 1m, which Datadog's support opens for a browser", id="a pace that is fast enough"),
    pytest.param(
        145,
        "no every is short enough; write every: 1m, which Datadog's support opens for a browser, and "
        '"timeout": 10 at each step of recordings/order.json, or give it a severity that detects later',
        id="no pace is fast enough for its steps, and a shorter time for each is",
    ),
    pytest.param(
        134,
        "no every is short enough; take steps out of recordings/order.json, or give it a severity that detects later",
        id="no time is short enough for so many steps",
    ),
    pytest.param(
        110, "no every is short enough; give it a severity that detects later", id="not even the first page is in time"
    ),
]


@pytest.mark.parametrize(("limit", "remedy"), LIMITS)
def test_a_browser_becomes_fast_enough(limit, remedy):
    signal = a_browser().signal
    assert isinstance(signal, Uptime)
    assert signal.faster(limit) == remedy


def test_a_browser_at_the_shortest_pace_is_told_its_steps_alone():
    signal = a_browser(every="1m").signal
    assert isinstance(signal, Uptime)
    assert signal.faster(145) == (
        'no every is short enough; write "timeout": 10 at each step of recordings/order.json, '
        "or give it a severity that detects later"
    )


def test_a_browser_that_has_to_fail_for_too_long_is_told_how_long():
    signal = a_browser(**{"failing-for": "20m"}).signal
    assert isinstance(signal, Uptime)
    assert signal.faster(900) == "no every is short enough; write failing-for: 1m"
    assert signal.faster(800) == (
        "no every is short enough; write every: 1m, which Datadog's support opens for a browser, and failing-for: 5m"
    )


@pytest.mark.parametrize(("signal", "seconds"), DETECTED)
def test_how_long_a_signal_takes(signal, seconds):
    found = detection(a_rule(**signal), {}, wakes=True)
    assert found.seconds == seconds
    assert found.how


def test_each_kind_of_signal_has_its_row():
    signals: list[Any] = [case.values[0] for case in DETECTED]
    rows = {word for signal in signals for word in signal}
    assert rows == SIGNAL_FIELDS.keys() - {"composite"}, "a composite is as slow as its parts"


def test_a_test_waits_as_long_as_the_program_declares(plan_file):
    declared = [
        one for one in json.loads(plan_file.read_text())["resources"] if one["type"].endswith(":SyntheticsTest")
    ]
    assert {one["inputs"]["requestDefinition"]["timeout"] for one in declared} == {TEST_TIMEOUT}


@pytest.mark.parametrize(
    ("minutes", "every"),
    [(1, 1), (29, 1), (30, 2), (59, 2), (60, 3), (239, 3), (240, 5), (1_439, 5), (1_440, 15), (43_200, 15)],
)
def test_sentry_looks_less_often_at_a_longer_window(minutes, every):
    assert sentry_evaluates(minutes * 60) == every * 60


@pytest.mark.parametrize(
    ("hours", "every"),
    [(0, 1), (1, 1), (23, 1), (24, 10), (47, 10), (48, 30), (168, 30)],
)
def test_datadog_looks_less_often_at_a_longer_window(hours, every):
    assert datadog_evaluates(hours * 3_600) == every * 60


def test_a_composite_is_as_slow_as_its_slowest_part():
    parts = {"a": a_rule("a", uptime=UPTIME), "b": a_rule("b", metric={"avg": "cpu", "over": "15m", "above": 5})}
    both = a_rule(composite={"all-of": ("a", "b")})
    assert detection(both, parts, wakes=True).seconds == 960 + 60
    unknown = parts | {"a": a_rule("a", query={"query": "something else", "above": 5})}
    assert detection(both, unknown, wakes=True).seconds is None


def test_an_slo_that_wakes_nobody_burns_by_slower_windows():
    assert detection(a_rule(slo=SLO), {}, wakes=False).seconds == 260 + 1_800


SEEN = {"project": "web", "path": "/cart", "every": "10m", "failures": 3}
FASTER = [
    pytest.param(SEEN, 600, "write every: 1m", id="a pace that is fast enough"),
    pytest.param(SEEN, 1_300, "write every: 5m", id="no faster than it has to be"),
    pytest.param(SEEN | {"failures": 20}, 600, "write every: 1m and failures: 8", id="fewer failures at that pace"),
    pytest.param(SEEN | {"within": "30s"}, 120, "give it a severity that detects later", id="no pace is fast enough"),
]


@pytest.mark.parametrize(("words", "limit", "remedy"), FASTER)
def test_what_sentry_asks_becomes_fast_enough(words, limit, remedy):
    assert SentryUptime.model_validate(words).faster(limit) == remedy
