"""A quarter of five people in four zones, with the clock changes of Europe and of America: numbers typed by hand.

Primary is handed over each Monday 09:00 in Berlin, from ana to ben, chi, dee and eve; the nights of Saturday and
Sunday, 20:00 to 08:00, are eve's in one week and ana's in the next. The quarter runs from Monday 2027-02-01 to Monday
2027-05-03, 00:00 UTC. New York sets its clock on March 14, Europe on March 28; Kolkata sets none.

The numbers were worked out week by week. A week is 168 hours, less 24 where the weekend's nights are another's; that of
March 22 has 167, and the night of March 27 has 11. So dee has one hour on February 1 and two weeks of 144. In New York
these begin at 03:00, in the night of Sunday, and go on at 02:00 after each night of the weekend: eight nights each, and
one on January 31. `stepped` counts the same without anything of ours but the catalog's words: it looks at one moment
after the other, with the standard library and the package holidays.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays

from monitoring.oncall.clock import instant
from monitoring.oncall.load import Home, loads
from monitoring.oncall.rotation import timeline
from tests.factories import a_layer, a_schedule
from tests.oncall.oracle import on_call

START, END = datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 5, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOMES = {
    "ana": Home("Europe/Lisbon", "PT"),
    "ben": Home("Europe/Berlin", "DE-BE"),
    "chi": Home("Europe/Berlin", "DE-BY"),
    "dee": Home("America/New_York", "US-NY"),
    "eve": Home("Asia/Kolkata", "IN-KA"),
}
WEEKLY = a_layer(anchor="2027-01-04 09:00", people=("ana", "ben", "chi", "dee", "eve"))
WEEKENDS = a_layer(
    anchor="2027-01-04 09:00", people=("eve", "ana"), only={"days": "sat-sun", "from": "20:00", "to": "08:00"}
)
SCHEDULE = a_schedule(WEEKLY, WEEKENDS)
TYPED = {  # hours, nights, weekends, holidays, hours of the shortest rest
    "ana": (7 + 168 + 24 + 24 + 144 + 23 + 24 + 168, 28, 7, 2, 1),
    "ben": (144 + 144 + 143, 15, 3, 3, 11),
    "chi": (144 + 144, 10, 2, 1, 12),
    "dee": (1 + 144 + 144, 1 + 8 + 8, 2, 0, 12),
    "eve": (168 + 24 + 24 + 144 + 24 + 24 + 168 + 18, 31, 8, 6, 1),
}


@cache
def held_by(step: timedelta) -> dict[str, list[datetime]]:
    """The moments of each person, a step apart."""
    held: dict[str, list[datetime]] = defaultdict(list)
    moment = START
    while moment < END:
        held[str(on_call(SCHEDULE, moment))].append(moment)
        moment += step
    return held


def stepped(person: str, step: timedelta) -> tuple[float, int, int, int, float]:
    """Hours, nights, weekends, holidays and the hours of the shortest rest, one moment after the other."""
    home, held = HOMES[person], held_by(step)[person]
    country, _, part = str(home.region).partition("-")
    free = country_holidays(country, subdiv=part or None, years=2027)
    local = [moment.astimezone(ZoneInfo(home.time_zone)) for moment in held]
    nights = {(each - timedelta(hours=6)).date() for each in local if each.hour >= 22 or each.hour < 6}
    weekends = {each.date() - timedelta(days=each.weekday()) for each in local if each.weekday() >= 5}
    days = {each.date() for each in local if each.date() in free}
    rests = [after - before - step for before, after in pairwise(held) if after - before > step]
    return len(held) * (step / HOUR), len(nights), len(weekends), len(days), min(rests) / HOUR


STEPS = [
    pytest.param(timedelta(minutes=15), id="each quarter of an hour, at which alone anything changes"),
    pytest.param(timedelta(minutes=1), id="each minute", marks=pytest.mark.full),
]


@pytest.mark.parametrize("person", HOMES)
@pytest.mark.parametrize("step", STEPS)
def test_stepping_counts_what_was_typed(person: str, step: timedelta) -> None:
    assert stepped(person, step) == pytest.approx(TYPED[person])


@pytest.mark.parametrize("person", HOMES)
def test_numbers_are_those_that_were_typed(person: str) -> None:
    load = loads([timeline(SCHEDULE, instant(START), instant(END))], HOMES)[person]
    assert load.rest is not None
    assert (load.hours, load.nights, load.weekends, load.holidays, load.rest.seconds / 3_600) == TYPED[person]
