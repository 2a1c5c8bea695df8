"""Holes whose minutes were added up on paper first, where clocks, windows and ends of layers meet.

The horizon is 366 days from Monday 2026-01-12 00:00 UTC. Unless a case says otherwise, "primary" is asked first, "kit"
next, and once only; so wherever nobody is on call in the first step, "kit" is reached and no second human.
"""

from __future__ import annotations

import pytest

from tests.factories import a_catalog
from tests.reach.ask import Hole, holes, proof
from tests.reach.test_holes import ONLY_SLOW, WEEK, hours, oncall, only, schedule

TURN = "turn: 1w, people: [ana, ben]"


def two_layers(until: str, anchor: str) -> str:
    return schedule(
        "primary",
        "Europe/Berlin",
        f'anchor: "2026-01-05 09:00", {TURN}, until: "{until}"',
        f'anchor: "{anchor}", {TURN}',
    )


NO_TWO_O_CLOCK = schedule("primary", "Europe/Berlin", only(hours("03:00", "02:00"), "ana"))
KATHMANDU = schedule("east", "Asia/Kathmandu", only(hours("00:00", "12:00"), "ana")) + schedule(
    "west", "Asia/Kolkata", only(hours("12:00", "00:00"), "ben")
)
SUN = (
    schedule("sydney", "Australia/Sydney", only(hours("11:00", "19:00"), "ana"))
    + schedule("london", "Europe/London", only(hours("08:00", "16:00"), "ben"))
    + schedule("york", "America/New_York", only(hours("11:00", "19:00"), "ana"))
)
WEEK_NIGHTS = schedule(
    "primary",
    "Europe/Berlin",
    only(f"days: mon-fri, {hours('18:00', '06:00')}", "ana"),
    only(hours("06:00", "18:00"), "ben"),
)
HALF_DAYS = schedule("primary", "Europe/Berlin", 'anchor: "2026-01-05 09:00", turn: 12h, people: [ana, ben]')
WEEKLY = schedule("primary", "Europe/Berlin", f'anchor: "2026-01-05 09:00", {TURN}')
THEN_ANA = "{ask: [ana], escalate-after: 10m}"

BY_HAND = [
    pytest.param(
        oncall(NO_TWO_O_CLOCK),
        [Hole("schedule", "2026-01-12 01:00", 364 * 60 + 120, 365)],
        id="the hour from two to three: not there on one day of the year, and there twice on another",
    ),
    pytest.param(
        oncall(two_layers("2026-03-29 03:00", "2026-03-29 04:00")),
        [Hole("schedule", "2026-03-29 01:00", 60, 1)],
        id="a layer that ends when the clock jumps: an hour before the next one",
    ),
    pytest.param(
        oncall(two_layers("2026-10-25 02:30 +02:00", "2026-10-25 03:00")),
        [Hole("schedule", "2026-10-25 00:30", 90, 1)],
        id="a layer that ends at the first of two half past two: half an hour on paper, an hour and a half at night",
    ),
    pytest.param(
        oncall(two_layers("2026-10-25 02:30 +01:00", "2026-10-25 03:00")),
        [Hole("schedule", "2026-10-25 01:30", 30, 1)],
        id="a layer that ends at the second of two half past two: half an hour",
    ),
    pytest.param(
        oncall(KATHMANDU, "[east, west]"),
        [Hole("schedule", "2026-01-12 06:15", 366 * 15, 366)],
        id="noon in kathmandu is a quarter of an hour before noon in kolkata",
    ),
    pytest.param(
        oncall(SUN, "[sydney, london, york]"),
        [Hole("schedule", "2026-03-08 23:00", (27 + 29) * 60 + 182 * 120, 27 + 182 + 29)],
        id="follow the sun without a seam in january: an hour open in march and october, two in between",
    ),
    pytest.param(
        oncall(WEEK_NIGHTS),
        [Hole("schedule", "2026-01-12 00:00", 300 + 102 * 720 + 660 + 780, 105)],
        id="windows over midnight belong to the day on which they begin: two nights a week, one short, one long",
    ),
    pytest.param(
        oncall(HALF_DAYS, more=THEN_ANA),
        [Hole("step", "2026-01-12 08:00", 366 * 720, 366, ("ana",))],
        id="turns of half a day keep their hours through both changes, and the day's person stands in two steps",
    ),
    pytest.param(
        oncall(WEEKLY, more=THEN_ANA),
        [Hole("step", "2026-01-12 00:00", 480 + 26 * WEEK, 27, ("ana",))],
        id="somebody asked by name in the second step has the turn in every other week",
    ),
]


@pytest.mark.parametrize(("words", "expected"), BY_HAND)
def test_the_minutes_are_those_that_were_added_up(words, expected):
    assert holes(proof(a_catalog(oncall=words))) == expected


MAINTENANCE = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-10-25 01:00", to: "2026-10-25 02:00 OFFSET",
          services: [shop], environments: [prod], reason: everything moves}
"""


@pytest.mark.parametrize(
    ("offset", "begins", "minutes"),
    [
        pytest.param("+02:00", "2026-10-25 00:00", 120, id="the first of two"),
        pytest.param("+01:00", "2026-10-25 01:00", 60, id="the second of two"),
    ],
)
def test_a_maintenance_window_that_ends_at_a_time_that_comes_twice_says_which(offset, begins, minutes):
    words = oncall(two_layers("2026-10-25 01:30", "2026-10-25 03:00"))
    catalog = a_catalog(oncall=words, maintenance=MAINTENANCE.replace("OFFSET", offset))
    assert holes(proof(catalog)) == [Hole("schedule", "2026-10-24 23:30", 150, 1)]
    slow = a_catalog(oncall=words, maintenance=MAINTENANCE.replace("OFFSET", offset), services_shop=ONLY_SLOW)
    assert holes(proof(slow), "shop-slow") == [Hole("schedule", begins, minutes, 1)]


def test_a_third_round_finds_whom_two_do_not():
    night = schedule("primary", "Europe/Berlin", only(hours("00:12", "00:00"), "ana"))
    rounds = [
        oncall(night).replace("escalate-after: 10m", "escalate-after: 4m") + f"    extra-rounds: {n}\n"
        for n in range(4)
    ]
    # While hers is passed, kit's step comes again every four minutes: each extra round mends four minutes of the hole.
    found = [holes(proof(a_catalog(oncall=one))) for one in rounds]
    assert [each[0].minutes if each else 0 for each in found] == [366 * 12, 366 * 8, 366 * 4, 0]
