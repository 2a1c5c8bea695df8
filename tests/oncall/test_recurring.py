"""Schedules as shifts that recur: which they are, and that they name the same people as the rotations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import DAY, in_zone, instant, wall_clock
from monitoring.oncall.recurring import RecurrenceError, RecurringShift, recurring_shifts
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift, timeline_of
from tests.factories import a_layer, a_schedule
from tests.oncall.schedules import schedules_near_a_change

FAR = 800 * DAY


def in_words(shift: RecurringShift, zone: str = "Europe/Berlin") -> str:
    """A shift in a line: whose, when first, how it recurs, until when, and when not."""
    begin, end = (in_zone(moment, zone) for moment in (shift.start, shift.end))
    words = [shift.person, f"{begin:%a %d %b %H:%M} to {end:%a %d %b %H:%M}"]
    if shift.recurrence is None:
        return " ".join([*words, "once"])
    words += [f"every {shift.recurrence.interval}", *map(str, shift.recurrence.weekdays)]
    words += [f"last {in_zone(shift.last, zone):%d %b}"] if shift.last is not None else []
    return " ".join([*words, *(f"not {in_zone(moment, zone):%d %b}" for moment in shift.exceptions)])


OFFICE = {"days": "mon-fri", "from": "09:00", "to": "17:00"}
CASES = [
    pytest.param(
        a_schedule(),
        [
            "ana Mon 05 Jan 09:00 to Mon 12 Jan 09:00 every 2 1",
            "ben Mon 12 Jan 09:00 to Mon 19 Jan 09:00 every 2 1",
        ],
        id="a weekly turn comes again when all have had theirs",
    ),
    pytest.param(
        a_schedule(a_layer(turn="12h", people=("ana", "ben"))),
        [
            "ana Mon 05 Jan 09:00 to Mon 05 Jan 21:00 every 1",
            "ben Mon 05 Jan 21:00 to Tue 06 Jan 09:00 every 1",
        ],
        id="halves of a day come every day",
    ),
    pytest.param(
        a_schedule(a_layer(people=("ana",)), a_layer(people=("kit",), only=OFFICE)),
        [
            "ana Mon 05 Jan 17:00 to Tue 06 Jan 09:00 every 1 1 2 3 4",
            "ana Fri 09 Jan 17:00 to Mon 12 Jan 09:00 every 1 5",
            "kit Mon 05 Jan 09:00 to Mon 05 Jan 17:00 every 1 1 2 3 4 5",
        ],
        id="the hours of a later layer are cut out of those below",
    ),
    pytest.param(
        a_schedule(a_layer(until="2026-03-02 09:00"), a_layer(anchor="2026-03-02 09:00", people=("ana", "ben", "kit"))),
        [
            "ana Mon 02 Mar 09:00 to Mon 09 Mar 09:00 every 3 1",
            "ben Mon 09 Mar 09:00 to Mon 16 Mar 09:00 every 3 1",
            "kit Mon 16 Mar 09:00 to Mon 23 Mar 09:00 every 3 1",
            "ana Mon 05 Jan 09:00 to Mon 12 Jan 09:00 every 2 1 last 16 Feb",
            "ben Mon 12 Jan 09:00 to Mon 19 Jan 09:00 every 2 1 last 23 Feb",
        ],
        id="a layer that ends comes for the last time before, and behind what lasts",
    ),
    pytest.param(
        a_schedule(cover=[{"who": "kit", "instead-of": "ana", "from": "2026-02-02 09:00", "to": "2026-02-09 09:00"}]),
        [
            "ana Mon 05 Jan 09:00 to Mon 12 Jan 09:00 every 2 1 not 02 Feb",
            "ben Mon 12 Jan 09:00 to Mon 19 Jan 09:00 every 2 1",
            "kit Mon 02 Feb 09:00 to Mon 09 Feb 09:00 once",
        ],
        id="a covered turn is an exception, and nobody else's shift differs",
    ),
    pytest.param(
        a_schedule(cover=[{"who": "kit", "instead-of": "ana", "from": "2026-02-04 09:00", "to": "2026-02-06 09:00"}]),
        [
            "ana Mon 05 Jan 09:00 to Mon 12 Jan 09:00 every 2 1 not 02 Feb",
            "ben Mon 12 Jan 09:00 to Mon 19 Jan 09:00 every 2 1",
            "ana Mon 02 Feb 09:00 to Wed 04 Feb 09:00 once",
            "kit Wed 04 Feb 09:00 to Fri 06 Feb 09:00 once",
            "ana Fri 06 Feb 09:00 to Mon 09 Feb 09:00 once",
        ],
        id="a cover within a turn leaves its two ends",
    ),
    pytest.param(
        a_schedule(cover=[{"who": "kit", "instead-of": "ana", "from": "2026-02-02 09:00", "to": "2026-04-01 09:00"}]),
        [
            "ana Mon 05 Jan 09:00 to Mon 12 Jan 09:00 every 2 1 not 02 Feb not 16 Feb not 02 Mar not 16 Mar not 30 Mar",
            "ben Mon 12 Jan 09:00 to Mon 19 Jan 09:00 every 2 1",
            "kit Mon 02 Feb 09:00 to Mon 09 Feb 09:00 every 2 1 last 16 Mar",
            "kit Mon 30 Mar 09:00 to Wed 01 Apr 09:00 once",
            "ana Wed 01 Apr 09:00 to Mon 06 Apr 09:00 once",
        ],
        id="a long cover recurs as long as it lasts",
    ),
    pytest.param(
        a_schedule(a_layer(anchor="2026-03-28 02:30", turn="1d", people=("ana",))),
        [
            "ana Mon 30 Mar 02:30 to Tue 31 Mar 02:30 every 1",
            "ana Sat 28 Mar 02:30 to Sun 29 Mar 03:00 once",
            "ana Sun 29 Mar 03:00 to Mon 30 Mar 02:30 once",
        ],
        id="a day whose times the clock skips comes once, and the next one recurs",
    ),
    pytest.param(
        a_schedule(a_layer(people=("ana", "ben", "ana", "ben"))),
        [
            "ana Mon 05 Jan 09:00 to Mon 12 Jan 09:00 every 2 1",
            "ben Mon 12 Jan 09:00 to Mon 19 Jan 09:00 every 2 1",
        ],
        id="people who are listed twice over are listed once",
    ),
]


@pytest.mark.parametrize(("schedule", "says"), CASES)
def test_a_schedule_is_these_shifts(schedule, says):
    assert [in_words(shift) for shift in recurring_shifts(schedule)] == says


def test_a_turn_that_comes_at_another_minute_each_day_has_no_rhythm():
    with pytest.raises(RecurrenceError, match="layer 2 takes more than 2000 turns"):
        recurring_shifts(a_schedule(a_layer(), a_layer(turn="3601s")))


def drawn(schedule: Schedule, start: int, end: int) -> Iterator[Shift]:
    """The shifts between two instants, one after the other."""
    clock = wall_clock(schedule.time_zone, start - FAR, end + FAR)
    for shift in recurring_shifts(schedule):
        if shift.recurrence is None:
            yield Shift(shift.start, shift.end, shift.person)
            continue
        first, length = clock.wall(shift.start), clock.wall(shift.end) - clock.wall(shift.start)
        for wall_time in shift.recurrence.starts(first, clock.wall(start) - length - DAY):
            begin = clock.instant(wall_time)
            if begin >= end or (shift.last is not None and begin > shift.last):
                break
            if begin not in shift.exceptions:
                yield Shift(begin, clock.instant(wall_time + length), shift.person)


@settings(max_examples=40, suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large), deadline=None)
@given(case=schedules_near_a_change())
def test_recurring_shifts_name_the_same_people_and_never_overlap(case):
    schedule, local = case
    start = instant(local.replace(tzinfo=UTC)) - 9 * DAY
    end = start + 60 * DAY
    shifts = sorted(shift for shift in drawn(schedule, start, end) if start < shift.end and shift.start < end)
    assert all(earlier.end <= later.start for earlier, later in pairwise(shifts))
    assert timeline_of(shifts, start, end) == timeline(schedule, start, end)


def test_what_a_cover_adds_stands_behind_what_lasts():
    """The provider matches rotations by their place, so what comes and goes must move nothing else."""
    covered = a_schedule(
        cover=[{"who": "kit", "instead-of": "ana", "from": "2026-02-04 09:00", "to": "2026-03-06 09:00"}]
    )
    endless = [shift.endless for shift in recurring_shifts(covered)]
    assert endless == sorted(endless, reverse=True)
    assert [shift.start for shift in recurring_shifts(covered)][:2] == [
        shift.start for shift in recurring_shifts(a_schedule())
    ]
    assert datetime.fromtimestamp(recurring_shifts(covered)[0].start, UTC).isoformat() == "2026-01-05T08:00:00+00:00"


@pytest.mark.parametrize(
    ("begin", "end"), [("2026-02-05 09:00", "2026-02-09 09:00"), ("2026-02-02 09:00", "2026-02-05 09:00")]
)
def test_a_cover_that_touches_a_handoff_leaves_no_empty_shift(begin: str, end: str):
    covered = a_schedule(cover=[{"who": "kit", "instead-of": "ana", "from": begin, "to": end}])
    assert all(shift.start < shift.end for shift in recurring_shifts(covered))
    assert "kit" in {shift.person for shift in recurring_shifts(covered)}
