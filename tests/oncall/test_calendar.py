"""Who is on call now, next and week by week, on both sides of both changes of the clock."""

from __future__ import annotations

import pytest

from monitoring.oncall.calendar import OpenShift, current_shift, weeks
from monitoring.oncall.clock import HOUR, WEEK
from tests.factories import a_layer, a_schedule
from tests.oncall.test_rotation import at

ANCHOR = {"anchor": "2026-01-05 09:00", "turn": "1w"}


WEEKLY = a_schedule(a_layer(people=("ana", "ben"), **ANCHOR))
ALONE = a_schedule(a_layer(people=("ana",), **ANCHOR))
ENDS = a_schedule(a_layer(people=("ana",), until="2026-12-01 09:00", **ANCHOR))


@pytest.mark.parametrize(
    ("schedule", "moment", "now", "after"),
    [
        pytest.param(
            WEEKLY, "2026-01-07 00:00", ("2026-01-05 08:00", "2026-01-12 08:00", "ana"),
            ("2026-01-12 08:00", "2026-01-19 08:00", "ben"), id="somebody now, somebody else next",
        ),
        pytest.param(
            WEEKLY, "2026-01-12 08:00", ("2026-01-12 08:00", "2026-01-19 08:00", "ben"),
            ("2026-01-19 08:00", "2026-01-26 08:00", "ana"), id="the instant of a handoff belongs to the next",
        ),
        pytest.param(
            WEEKLY, "2026-03-28 12:00", ("2026-03-23 08:00", "2026-03-30 07:00", "ben"),
            ("2026-03-30 07:00", "2026-04-06 07:00", "ana"), id="the handoff after the clock goes forward",
        ),
        pytest.param(
            WEEKLY, "2026-10-24 12:00", ("2026-10-19 07:00", "2026-10-26 08:00", "ben"),
            ("2026-10-26 08:00", "2026-11-02 08:00", "ana"), id="the handoff after the clock goes back",
        ),
        pytest.param(
            ALONE, "2026-06-01 00:00", ("2026-01-05 08:00", None, "ana"), None, id="one person without an end",
        ),
        pytest.param(
            ENDS, "2026-11-30 00:00", ("2026-01-05 08:00", "2026-12-01 08:00", "ana"),
            ("2026-12-01 08:00", None, None), id="nobody after the layer has ended",
        ),
        pytest.param(
            WEEKLY, "2026-01-01 00:00", (None, "2026-01-05 08:00", None),
            ("2026-01-05 08:00", "2026-01-12 08:00", "ana"), id="nobody before the anchor",
        ),
    ],
)  # fmt: skip
def test_now_and_next(schedule, moment, now, after):
    current = current_shift("primary", schedule, at(moment))
    assert (current.now, current.next) == (_shift(now), _shift(after))


def _shift(words: tuple[str | None, str | None, str | None] | None) -> OpenShift | None:
    if words is None:
        return None
    start, end, person = words
    return OpenShift(at(start) if start else None, at(end) if end else None, person)


@pytest.mark.parametrize(
    ("person", "moment", "now", "after"),
    [
        pytest.param("ana", "2026-01-07 00:00", "2026-01-05 08:00", "2026-01-19 08:00", id="on call now"),
        pytest.param("ana", "2026-01-14 00:00", None, "2026-01-19 08:00", id="not on call now"),
        pytest.param("kit", "2026-01-14 00:00", None, None, id="never on this schedule"),
    ],
)
def test_of_one_person(person, moment, now, after):
    current = current_shift("primary", WEEKLY, at(moment), person)
    starts = [shift and shift.start for shift in (current.now, current.next)]
    assert starts == [now and at(now), after and at(after)]


@pytest.mark.parametrize(
    ("moment", "start", "end"),
    [
        pytest.param("2027-02-09 07:59", "2026-01-05 08:00", None, id="a start less than 400 days ago"),
        pytest.param("2027-02-09 08:00", None, None, id="a start 400 days ago"),
        pytest.param("2025-10-27 08:01", "2026-01-05 08:00", "2026-12-01 08:00", id="an end in less than 400 days"),
        pytest.param("2025-10-27 08:00", "2026-01-05 08:00", None, id="an end in 400 days"),
    ],
)
def test_a_shift_is_followed_for_400_days(moment, start, end):
    shown = current_shift("primary", ENDS if moment < "2026" else ALONE, at(moment), "ana")
    shift = shown.now or shown.next
    assert shift is not None
    assert (shift.start, shift.end) == (start and at(start), end and at(end))


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        pytest.param("2026-03-22 23:00", 167, id="the week in which the clock goes forward"),
        pytest.param("2026-10-18 22:00", 169, id="the week in which the clock goes back"),
        pytest.param("2026-06-07 22:00", 168, id="every other week"),
    ],
)
def test_a_week_is_from_monday_to_monday_on_the_wall(start, hours):
    first, second = list(weeks(WEEKLY, at(start), at(start) + WEEK + 24 * HOUR))[:2]
    assert first.monday == at(start)
    assert second.monday - first.monday == hours * HOUR
    assert sum(shift.end - shift.start for shift in first.shifts) == hours * HOUR


def test_weeks_are_cut_to_the_span_and_leave_nothing_out():
    start, end = at("2026-03-25 12:00"), at("2026-04-08 06:30")
    shown = list(weeks(WEEKLY, start, end))
    shifts = [shift for week in shown for shift in week.shifts]
    assert len(shown) == 3
    assert [shifts[0].start, *(shift.end for shift in shifts)] == [*(shift.start for shift in shifts), end]
    assert shifts[0].start == start
