"""Shift-based schedules as others may declare them: what the walk over a Plan follows, and what it says it cannot."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from monitoring.naming.type_tokens import ESCALATION_POLICY, GET_USER, SHIFT_BASED_SCHEDULE
from monitoring.oncall.clock import DAY, in_zone, instant
from monitoring.plan import Plan, Resource
from monitoring.reach.plan.oncall import PlannedOnCall, planned_oncall
from tests.factories import a_catalog

ROTATING, EVERY = "rotating_member_assignment_strategy", "every_member_assignment_strategy"
START = instant(datetime(2026, 3, 2, tzinfo=UTC))


def member(name: str) -> dict[str, Any]:
    user = {"lookup": GET_USER, "arguments": {"email": f"{name}@youragency.com"}, "output": "id"}
    return {"type": "user_member", "userId": user}


def an_event(*people: str, strategy: str = ROTATING, each: int = 1, **changed: Any) -> dict[str, Any]:
    """An event of a week for each of these people in turns, from the first Monday of March."""
    members = [member(name) if name else {"type": "empty_member"} for name in people or ("ana", "ben")]
    return {
        "name": "Weeks",
        "startTime": "2026-03-02T09:00:00+01:00",
        "endTime": "2026-03-09T09:00:00+01:00",
        "effectiveSince": "2026-03-02T08:00:00Z",
        "recurrences": ["RRULE:FREQ=WEEKLY"],
        "assignmentStrategies": [{"type": strategy, "shiftsPerMember": each, "members": members}],
        **changed,
    }


def planned(*rotations: list[dict[str, Any]], **changed: Any) -> PlannedOnCall:
    """The people of a Plan with a policy that asks a schedule of these rotations."""
    schedule = {"name": "Primary", "timeZone": "Europe/Berlin", "rotations": [{"events": each} for each in rotations]}
    target = {"type": "schedule_reference", "id": {"ref": f"{SHIFT_BASED_SCHEDULE}::primary", "output": "id"}}
    policy = {"name": "critical", "rules": [{"escalationDelayInMinutes": 1, "targets": [target]}]}
    primary = Resource(SHIFT_BASED_SCHEDULE, "primary", {**schedule, **changed})
    plan = Plan("monitoring", "prod", (Resource(ESCALATION_POLICY, "critical", policy), primary))
    return planned_oncall(plan, a_catalog(), START, START + 35 * DAY)


def turns(found: PlannedOnCall) -> list[str]:
    """Who begins when, in local time."""
    assert not found.unresolved
    line = found.oncall_data.timelines["Primary"]
    return [f"{in_zone(shift.start, 'Europe/Berlin'):%d %b %H:%M} {shift.person}" for shift in line][:5]


FOLLOWED = [
    pytest.param(
        [[an_event()]],
        ["02 Mar 01:00 None", "02 Mar 09:00 ana", "09 Mar 09:00 ben", "16 Mar 09:00 ana", "23 Mar 09:00 ben"],
        id="members in turns, counted from the first time",
    ),
    pytest.param(
        [[an_event(effectiveSince="2026-03-11T12:00:00Z")]],
        ["02 Mar 01:00 None", "11 Mar 13:00 ben", "16 Mar 09:00 ana", "23 Mar 09:00 ben", "30 Mar 09:00 ana"],
        id="an event that takes effect later comes to the same people",
    ),
    pytest.param(
        [[an_event(effectiveUntil="2026-03-11T12:00:00Z")]],
        ["02 Mar 01:00 None", "02 Mar 09:00 ana", "09 Mar 09:00 ben", "11 Mar 13:00 None"],
        id="an event that ends within a turn",
    ),
    pytest.param(
        [[an_event(each=2)]],
        ["02 Mar 01:00 None", "02 Mar 09:00 ana", "16 Mar 09:00 ben", "30 Mar 09:00 ana"],
        id="two shifts for each member",
    ),
    pytest.param(
        [[an_event("ana", "")]],
        ["02 Mar 01:00 None", "02 Mar 09:00 ana", "09 Mar 09:00 None", "16 Mar 09:00 ana", "23 Mar 09:00 None"],
        id="a turn that is nobody's",
    ),
    pytest.param(
        [[an_event("ana", strategy=EVERY, recurrences=["RRULE:FREQ=WEEKLY", "EXDATE:20260309T080000Z"])]],
        ["02 Mar 01:00 None", "02 Mar 09:00 ana", "09 Mar 09:00 None", "16 Mar 09:00 ana"],
        id="an exception",
    ),
    pytest.param(
        [[an_event("ana")], [an_event("ana", startTime="2026-03-03T09:00:00+01:00")]],
        ["02 Mar 01:00 None", "02 Mar 09:00 ana"],
        id="one person in two events at once",
    ),
    pytest.param(
        [
            [
                an_event("ana", effectiveUntil="2026-03-16T08:00:00Z"),
                an_event("ben", effectiveSince="2026-03-16T08:00:00Z"),
            ]
        ],
        ["02 Mar 01:00 None", "02 Mar 09:00 ana", "16 Mar 09:00 ben"],
        id="two events of one rotation, one after the other",
    ),
]


@pytest.mark.parametrize(("rotations", "says"), FOLLOWED)
def test_what_others_declare_is_followed(rotations, says):
    assert turns(planned(*rotations)) == says


UNFOLLOWED = [
    pytest.param([[an_event("ana", "ben", strategy=EVERY)]], "several people on call at once", id="two at once"),
    pytest.param([[an_event("ana")], [an_event("ben")]], '"ana" and "ben" are on call at once', id="two rotations"),
    pytest.param(
        [[an_event(recurrences=["RRULE:FREQ=WEEKLY", "EXDATE:20260309T080000Z"])]],
        "nobody says whether an exception counts",
        id="an exception of people in turns",
    ),
    pytest.param([[an_event(recurrences=["RRULE:FREQ=MONTHLY"])]], "neither by days nor by weeks", id="months"),
    pytest.param(
        [[an_event(recurrences=["RRULE:FREQ=DAILY", "RDATE:20260309T080000Z"])]], "one RRULE with EXDATE", id="an RDATE"
    ),
    pytest.param([[an_event(recurrences=[])]], "one RRULE with EXDATE", id="no recurrence"),
    pytest.param(
        [[an_event(recurrences=["RRULE:FREQ=DAILY;UNTIL=20260309"])]],
        "is no instant in UTC",
        id="a bound without a time",
    ),
    pytest.param([[an_event(endTime="2026-03-02T09:00:00+01:00")]], "does not end after it begins", id="no length"),
    pytest.param(
        [[an_event(startTime="2026-10-25T02:00:00+02:00", endTime="2026-10-25T02:00:00+01:00")]],
        "has no length on the clock of Europe/Berlin",
        id="an hour that comes twice, week by week",
    ),
    pytest.param([[an_event(startTime="2026-03-02T09:00:00")]], "has no zone", id="a time without its offset"),
    pytest.param([[an_event(strategy="round_robin")]], 'assigns by "round_robin"', id="another strategy"),
    pytest.param([[an_event(assignmentStrategies=[])]], "one way to assign its members", id="no strategy"),
    pytest.param(
        [[an_event(assignmentStrategies=an_event()["assignmentStrategies"] * 2)]],
        "one way to assign its members, and this has 2",
        id="two strategies",
    ),
]


@pytest.mark.parametrize(("rotations", "why"), UNFOLLOWED)
def test_what_cannot_be_followed_is_said(rotations, why):
    (problem,) = planned(*rotations).unresolved.values()
    assert why in problem.why
    assert problem.fix == "declare rotations as PagerDuty takes them"


def test_a_property_whose_meaning_is_not_known_ends_the_walk():
    (problem,) = planned([an_event(colour="red")]).unresolved.values()
    assert "declares rotations.events.colour, which this cannot follow" in problem.why
