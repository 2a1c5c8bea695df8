"""Catalogs with one hole each, found with the exact witness; and catalogs that look suspicious and are right.

The base: "ana" and "ben" take weekly turns in "primary", asked first for five minutes; then "kit" for ten; two rounds.
A P0 promises a first human within 5m and a second within 15m, by phone; phones ring 2m after being asked, kit's 1m.
"""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.oncall.clock import DAY
from tests.factories import ONCALL, SEVERITIES, SHOP, a_catalog
from tests.reach.ask import Hole, holes, proof, rule

CALL, TEAMS = "oncall.yaml", "teams.yaml"
PEOPLE = ONCALL.split("schedules:")[0]
TURNS = "people: [ana, ben]}"
ANA = "ana@youragency.com, time-zone: Europe/Berlin,\n        contact: {high: {push: 0m, phone: 2m}"
BEN = "ben@youragency.com, time-zone: Europe/Berlin,\n        contact: {high: {push: 0m, phone: 2m}"
FIRST, THEN = "{ask: [primary], escalate-after: 5m}", "{ask: [kit], escalate-after: 10m}"
WEEK = 10_080
ALWAYS = 366 * 1_440


def oncall(schedules: str, ask: str = "[primary]", *, more: str = "{ask: [kit], escalate-after: 10m}") -> str:
    """The same people under other schedules, asked first and only once."""
    second = f"      - {more}\n" if more else ""
    return (
        f"{PEOPLE}schedules:\n{schedules}policies:\n  critical:\n    steps:\n"
        f"      - {{ask: {ask}, escalate-after: 5m}}\n{second}"
    )


def schedule(name: str, zone: str, *layers: str) -> str:
    lines = "".join(f"      - {{{layer}}}\n" for layer in layers)
    return f"  {name}:\n    time-zone: {zone}\n    layers:\n{lines}"


def only(window: str, people: str = "ana, ben", anchor: str = "2025-01-06 09:00") -> str:
    return f'anchor: "{anchor}", turn: 1w, people: [{people}], only: {{{window}}}'


def hours(start: str, end: str) -> str:
    return f'from: "{start}", to: "{end}"'


ATLANTIC = schedule("eu", "Europe/Berlin", only(hours("06:00", "18:30"), "ana")) + schedule(
    "us", "America/New_York", only(hours("12:00", "00:30"), "ben")
)
SUN = (
    schedule("east", "Asia/Kolkata", only(hours("05:30", "13:30"), "ana"))
    + schedule("mid", "Etc/UTC", only(hours("08:00", "16:00"), "ben"))
    + schedule("west", "Etc/UTC", only(hours("16:00", "23:45"), "ana"))
)
ISLAND = schedule("island", "Australia/Lord_Howe", only(hours("00:00", "12:00"), "ana")) + schedule(
    "brisbane", "Australia/Brisbane", only(hours("11:30", "23:30"), "ben")
)
SWAP = schedule("primary", "Europe/Berlin", 'anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]') + schedule(
    "secondary", "Europe/Berlin", 'anchor: "2026-01-05 09:00", turn: 1w, people: [ben, ana]'
)
NEW_YEAR = schedule(
    "primary",
    "Europe/Berlin",
    'anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben], until: "2027-01-01 00:00"',
    'anchor: "2027-01-01 09:00", turn: 1w, people: [ana, ben]',
)
MIDDAY = schedule(
    "primary", "Europe/Berlin", only(hours("00:00", "12:00"), "ana"), only(hours("13:00", "00:00"), "ben")
)
FRIDAY = schedule(
    "primary",
    "Europe/Berlin",
    only(f"days: mon-thu, {hours('00:00', '23:59')}", "ana"),
    only(f"days: mon-thu, {hours('23:59', '00:00')}", "ana"),
    only("days: sat-sun", "ben"),
    only(f"days: fri, {hours('00:00', '18:00')}", "ben"),
)
SHORT_NIGHT = schedule("primary", "Europe/Berlin", only(hours("04:00", "03:00"), "ana, ben"))
BOTH_AWAY = schedule("primary", "Europe/Berlin", only("days: mon-fri")) + schedule(
    "lead", "Europe/Berlin", only("days: mon-sat", "kit")
)
SAME_PERSON = schedule("primary", "Europe/Berlin", 'anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]') + (
    schedule("secondary", "Europe/Berlin", 'anchor: "2026-01-05 09:00", turn: 2w, people: [ben, ana]')
)
EARLY = schedule("primary", "Europe/Berlin", 'anchor: "2026-01-12 09:00", turn: 1w, people: [ana, ben]')
TRIAL = SHOP.replace("    severity: P0\n", "    severity: P0\n    trial-until: 2026-03-01\n")
ONLY_FAILING_TRIAL = TRIAL[: TRIAL.index("  - id: shop-slow")]
ONLY_SLOW = SHOP[: SHOP.index("  - id: shop-failing")] + SHOP[SHOP.index("  - id: shop-slow") :]
PATIENT = SEVERITIES.replace("reminds-every: 10m", "reminds-every: 10m\n  maintenance-at-most: 300d")
QUIET = SHOP.replace("severity: P0", "severity: P2")
ENTERPRISE = "    for-each-tenant: {plan: enterprise}\n"

HOLES = [
    pytest.param(
        a_catalog((CALL, TURNS, f"people: [ana, ben], only: {{{hours('00:00', '23:30')}}}}}")),
        [Hole("schedule", "2026-01-12 22:30", 366 * 20, 366)],
        id="half an hour each night; the second round mends its last ten minutes",
    ),
    pytest.param(
        a_catalog(oncall=oncall(ATLANTIC, "[eu, us]")),
        [Hole("schedule", "2026-03-09 04:30", 28 * 30, 28)],
        id="thirty minutes that exist only in the weeks when the clocks of the US and the EU disagree",
    ),
    pytest.param(
        a_catalog(oncall=oncall(SUN, "[east, mid, west]")),
        [Hole("schedule", "2026-01-12 23:45", 366 * 15, 366)],
        id="follow the sun over three schedules in one step, with one seam open",
    ),
    pytest.param(
        a_catalog(oncall=oncall(ISLAND, "[island, brisbane]")),
        [Hole("schedule", "2026-01-12 01:00", (83 + 101) * 30, 184)],
        id="half an hour on summer days, where a clock changes by half an hour and its neighbour's does not",
    ),
    pytest.param(
        a_catalog(oncall=oncall(MIDDAY)),
        [Hole("schedule", "2026-01-12 11:00", 366 * 60, 366)],
        id="an hour hidden between two layers",
    ),
    pytest.param(
        a_catalog((CALL, TURNS, "people: [ana, ben], only: {days: mon-fri}}")),
        [Hole("schedule", "2026-01-16 23:00", 52 * (2 * 1_440 - 10), 52)],
        id="nobody at the weekend",
    ),
    pytest.param(
        a_catalog(oncall=oncall(FRIDAY)),
        [Hole("schedule", "2026-01-16 17:00", 52 * 360, 52)],
        id="friday evening, forgotten between the week and the weekend",
    ),
    pytest.param(
        a_catalog((CALL, TURNS, f"people: [ana, ben], only: {{{hours('09:00', '18:00')}}}}}")),
        [Hole("schedule", "2026-01-12 00:00", 470 + 365 * 890 + 420, 367)],
        id="office hours only",
    ),
    pytest.param(
        a_catalog(oncall=oncall(SHORT_NIGHT)),
        [Hole("schedule", "2026-01-12 02:00", 366 * 60, 366)],
        id="an hour at night that the clock change itself moves",
    ),
    pytest.param(
        a_catalog((CALL, TURNS, 'people: [ana, ben], until: "2026-06-01 09:00"}')),
        [Hole("schedule", "2026-06-01 07:00", 325_020, 1)],
        id="a layer that ends with nothing behind it",
    ),
    pytest.param(
        a_catalog((CALL, 'anchor: "2026-01-05 09:00"', 'anchor: "2029-01-01 09:00"')),
        [Hole("schedule", "2026-01-12 00:00", ALWAYS, 0)],
        id="an anchor moved years ahead",
    ),
    pytest.param(
        a_catalog(oncall=oncall(EARLY)),
        [Hole("schedule", "2026-01-12 00:00", 8 * 60, 1)],
        id="the eight hours before the first turn begins",
    ),
    pytest.param(
        a_catalog(oncall=oncall(NEW_YEAR)),
        [Hole("schedule", "2026-12-31 23:00", 9 * 60, 1)],
        id="new year's morning, between a layer's end and the next one's anchor",
    ),
    pytest.param(
        a_catalog(oncall=oncall(BOTH_AWAY, more="{ask: [lead], escalate-after: 10m}")),
        [
            Hole("schedule", "2026-01-16 23:00", 52 * 1_440, 52),
            Hole("schedule", "2026-01-17 23:00", 52 * 1_440, 52),
        ],
        id="sundays when nobody in the whole policy is on call, and saturdays with one only",
    ),
    pytest.param(
        a_catalog((CALL, ANA, ANA.replace("2m", "6m"))),
        [Hole("contact", "2026-01-12 00:00", 480 + 26 * WEEK, 27, ("ana",))],
        id="a phone that rings after the step has escalated never rings",
    ),
    pytest.param(
        a_catalog((CALL, ANA, ANA.replace("2m", "5m"))),
        [Hole("contact", "2026-01-12 00:00", 480 + 26 * WEEK, 27, ("ana",))],
        id="a phone due at the very minute of the escalation is taken not to ring",
    ),
    pytest.param(
        a_catalog((CALL, BEN, BEN.replace(", phone: 2m", ""))),
        [Hole("contact", "2026-01-12 08:00", 26 * WEEK + 2_400, 27, ("ben",))],
        id="somebody whose phone is not among the contacts",
    ),
    pytest.param(
        a_catalog((CALL, "phone: 1m", "sms: 1m")),
        [Hole("contact", "2026-01-12 00:00", ALWAYS, 0, ("kit",))],
        id="the second human has no waking contact",
    ),
    pytest.param(
        a_catalog((CALL, FIRST, FIRST.replace("5m", "10m")), (CALL, ANA, ANA.replace("2m", "6m"))),
        [Hole("contact", "2026-01-12 00:00", 480 + 26 * WEEK, 27, ("ana",))],
        id="a phone that rings in time for the step and too late for the promise",
    ),
    pytest.param(
        a_catalog((CALL, TURNS, "people: [ana, kit]}")),
        [Hole("step", "2026-01-12 08:00", 26 * WEEK + 2_400, 27, ("kit",))],
        id="in every other week the second human is the first one again",
    ),
    pytest.param(
        a_catalog((CALL, THEN, THEN.replace("kit", "primary"))),
        [Hole("step", "2026-01-12 00:00", ALWAYS - 53 * 5, 54, ("ana", "ben"))],
        id="both steps ask the same schedule; only just before a handoff are they two people",
    ),
    pytest.param(
        a_catalog(oncall=oncall(SWAP, more="{ask: [secondary], escalate-after: 10m}")),
        [Hole("step", "2026-01-12 07:55", 53 * 5, 53, ("ana", "ben"))],
        id="five minutes a week: primary and secondary swap at the same instant, and the first is asked again",
    ),
    pytest.param(
        a_catalog(oncall=oncall(SAME_PERSON, "[primary, secondary]", more="")),
        [Hole("policy", "2026-01-12 08:00", 13 * 2 * WEEK + 60 + 2_400, 14)],
        id="two schedules in one step that name the same person in two weeks of four, one of them an hour longer",
    ),
    pytest.param(
        a_catalog((CALL, FIRST, FIRST.replace("5m", "15m"))),
        [Hole("delay", "2026-01-12 00:00", ALWAYS, 0, ("kit",))],
        id="the first step waits so long that the second human is a minute late",
    ),
    pytest.param(
        a_catalog((CALL, f"      - {THEN}\n", "")),
        [Hole("policy", "2026-01-12 00:00", ALWAYS - 53 * 5, 54)],
        id="a policy of one step has no second human but just before a handoff",
    ),
    pytest.param(
        a_catalog((TEAMS, "P0: {page: critical, slack: [alerts]}", "P0: {slack: [alerts]}")),
        [Hole("route", None, None, 0)],
        id="a route that only writes to Slack",
    ),
    pytest.param(
        a_catalog((TEAMS, "    P0: {page: critical, slack: [alerts]}\n", "")),
        [Hole("route", None, None, 0)],
        id="a severity without a route",
    ),
    pytest.param(
        a_catalog(severities=SEVERITIES.replace("first-human-within: 5m", "first-human-within: 1m")),
        [Hole("contact", "2026-01-12 00:00", ALWAYS, 0, ("ana", "ben"))],
        id="a promise that nobody's phone can keep",
    ),
    pytest.param(
        a_catalog(severities=SEVERITIES.replace("[phone], first-human-within: 5m", "[sms], first-human-within: 5m")),
        [Hole("contact", "2026-01-12 00:00", ALWAYS, 0, ("ana",))],
        id="a waking channel that nobody has",
    ),
    pytest.param(
        a_catalog(services_shop=SHOP.replace("within: 5m", "within: 15m")),
        [Hole("signal", None, None, 0)],
        id="a signal slower than its severity promises",
    ),
    pytest.param(
        a_catalog((CALL, "phone: 1m}, low: {email: 0m}", "phone: 1m}, low: {phone: 5m}"), services_shop=QUIET),
        [Hole("contact", None, None, 0, ("kit",))],
        id="a severity that lets people sleep reaches somebody's phone at low urgency",
    ),
    pytest.param(
        a_catalog((CALL, TURNS, 'people: [ana, ben], until: "2026-02-01 00:00"}'), services_shop=ONLY_FAILING_TRIAL),
        [Hole("schedule", "2026-03-01 00:00", 318 * 1_440, 1)],
        id="a hole that only counts once the rule's trial is over",
    ),
]


@pytest.mark.parametrize(("catalog", "expected"), HOLES)
def test_a_hole_is_found_with_its_witness(catalog, expected):
    found = proof(catalog)
    assert holes(found) == expected
    assert not found.holds
    for witness in found.witnesses:
        assert witness.why
        assert witness.fix
        assert witness.source.line
        assert witness.people or witness.hop in {"schedule", "policy", "route", "signal"}


def test_a_rule_of_each_customer_has_its_own_witness():
    catalog = a_catalog(
        (CALL, "phone: 1m", "sms: 1m"), services_shop=SHOP.replace("within: 5m}\n", f"within: 5m}}\n{ENTERPRISE}")
    )
    for name in ("shop-failing-acme", "shop-failing-others"):
        assert holes(proof(catalog), name) == [Hole("contact", "2026-01-12 00:00", ALWAYS, 0, ("kit",))]


COVERED = schedule(
    "primary",
    "Europe/Berlin",
    only("days: mon-fri"),
    'anchor: "2025-01-04 00:00", turn: 1w, people: [ben], only: {days: sat-sun}',
)
OVERNIGHT = schedule(
    "primary", "Europe/Berlin", only(hours("08:00", "20:00"), "ana"), only(hours("19:00", "09:00"), "ben")
)
TWO_IN_STEP = schedule("primary", "Europe/Berlin", only("days: mon-fri")) + schedule(
    "cover", "Europe/Berlin", only("days: sat-sun", "ben")
)
WRAPPED = schedule("primary", "Europe/Berlin", only("days: fri-thu"))
SUCCEEDED = schedule(
    "primary",
    "Europe/Berlin",
    'anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben], until: "2026-06-01 09:00"',
    'anchor: "2026-06-01 09:00", turn: 2w, people: [ben, ana]',
)
NIGHTS_OFF = schedule("primary", "Europe/Berlin", only(hours("07:00", "23:00"))) + schedule(
    "night", "Europe/Berlin", only(hours("22:00", "08:00"), "ana, ben")
)
WIDE_ATLANTIC = ATLANTIC.replace('"00:30"', '"01:00"')
OPPOSITE = SWAP.replace(
    'anchor: "2026-01-05 09:00", turn: 1w, people: [ben, ana]',
    'anchor: "2026-01-05 09:00", turn: 1w, people: [kit]',
)
GUARDED = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-06-01 00:00", to: "2027-02-01 00:00",
          services: [shop], environments: [prod], reason: everything moves}
"""

RIGHT = [
    pytest.param(a_catalog(), id="the base itself"),
    pytest.param(
        a_catalog(oncall=oncall(COVERED)), id="weekdays only, and a later layer that holds exactly the weekend"
    ),
    pytest.param(a_catalog(oncall=oncall(OVERNIGHT)), id="windows over midnight that overlap by an hour"),
    pytest.param(
        a_catalog(oncall=oncall(TWO_IN_STEP, "[primary, cover]")),
        id="a schedule with whole days missing beside another one that has just those",
    ),
    pytest.param(a_catalog(oncall=oncall(WRAPPED)), id="days from friday to thursday are the whole week"),
    pytest.param(a_catalog(oncall=oncall(SUCCEEDED)), id="a layer that ends at the instant at which the next begins"),
    pytest.param(
        a_catalog(oncall=oncall(WIDE_ATLANTIC, "[eu, us]")),
        id="an overlap of an hour is enough for the weeks when the clocks disagree",
    ),
    pytest.param(
        a_catalog(oncall=oncall(SUN.replace('"23:45"', '"00:00"'), "[east, mid, west]")),
        id="follow the sun with every seam closed",
    ),
    pytest.param(
        a_catalog((CALL, 'anchor: "2026-01-05 09:00"', 'anchor: "2000-01-03 09:00"')),
        id="an anchor a quarter of a century ago",
    ),
    pytest.param(
        a_catalog((CALL, "phone: 1m", "phone: 9m")), id="a phone that rings late, and still before its step escalates"
    ),
    pytest.param(
        a_catalog((CALL, FIRST, FIRST.replace("5m", "14m"))), id="a second human in the very minute that is promised"
    ),
    pytest.param(
        a_catalog((CALL, ANA, ANA.replace("phone: 2m", "phone: 4m"))),
        id="a phone a minute before the escalation",
    ),
    pytest.param(
        a_catalog((CALL, "{push: 0m, phone: 1m}", "{push: 30m, sms: 20m, phone: 1m}")),
        id="other contacts that never happen, beside the one that wakes",
    ),
    pytest.param(
        a_catalog(oncall=oncall(NIGHTS_OFF, "[primary]", more="{ask: [night, kit], escalate-after: 10m}")),
        id="a first step that is empty at night and passed at once to two others",
    ),
    pytest.param(
        a_catalog((CALL, FIRST, "{ask: [primary, kit], escalate-after: 5m}")),
        id="the same person in two steps, where somebody else stands beside in the first",
    ),
    pytest.param(
        a_catalog(oncall=oncall(OPPOSITE, more="{ask: [secondary], escalate-after: 10m}")),
        id="two schedules that hand off at the same instant, between different people",
    ),
    pytest.param(
        a_catalog((TEAMS, "P2: {page: critical, slack: [alerts]}", "P2: {slack: [alerts]}"), services_shop=QUIET),
        id="a severity that wakes nobody, without a pager",
    ),
    pytest.param(
        a_catalog((CALL, "phone: 1m}, low: {email: 0m}", "phone: 1m}, low: {push: 0m}"), services_shop=QUIET),
        id="a push at low urgency, which no severity calls waking",
    ),
    pytest.param(
        a_catalog((TEAMS, "P0: {page: critical, slack: [alerts]}", "P0: {slack: [alerts]}"), services_shop=TRIAL),
        id="a rule on trial for longer than the horizon, whose severity has no pager yet",
    ),
]


@pytest.mark.parametrize("catalog", RIGHT)
def test_what_looks_suspicious_and_is_right_is_left_alone(catalog):
    found = proof(catalog, horizon=366 * DAY if "trial" not in str(catalog.rules["shop-failing"]) else 30 * DAY)
    assert holes(found) == []
    assert rule(found, "shop-failing").holds


def test_a_hole_inside_a_maintenance_window_is_no_hole_for_datadog_and_still_one_for_sentry():
    ends = (CALL, TURNS, 'people: [ana, ben], until: "2026-06-01 09:00"}')
    catalog = a_catalog(ends, maintenance=GUARDED, severities=PATIENT)
    found = proof(catalog, horizon=366 * DAY)
    assert rule(found, "shop-slow").holds
    assert [mute.name for mute in rule(found, "shop-slow").muted] == ["upgrade"]
    assert holes(found) == [Hole("schedule", "2026-06-01 07:00", 325_020, 1)]


def test_a_hole_is_counted_before_and_after_a_maintenance_window_and_not_inside():
    july = GUARDED.replace("2026-06-01 00:00", "2026-07-01 00:00").replace("2027-02-01 00:00", "2026-08-01 00:00")
    ends = (CALL, TURNS, 'people: [ana, ben], until: "2026-06-01 09:00"}')
    catalog = a_catalog(ends, maintenance=july, severities=PATIENT, services_shop=ONLY_SLOW)
    assert holes(proof(catalog), "shop-slow") == [Hole("schedule", "2026-06-01 07:00", 325_020 - 31 * 1_440, 2)]


def test_a_hole_that_opens_after_the_horizon_is_not_yet_one():
    catalog = a_catalog((CALL, TURNS, 'people: [ana, ben], until: "2026-06-01 09:00"}'))
    assert proof(catalog, horizon=90 * DAY).holds
    assert not proof(catalog, horizon=90 * DAY, today=date(2026, 4, 1)).holds
