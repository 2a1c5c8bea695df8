"""Changes of schedules against minute stepping: no minute changes hands before the date, and the order goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from monitoring.model.local_time import parse_local
from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import instant, utc
from monitoring.oncall.edits.changes import ScheduleChange, changes, layers_after
from monitoring.oncall.edits.requests import (
    AddPerson,
    CoverPerson,
    EditError,
    EditRequest,
    RemovePerson,
    ReorderLayer,
    SwapTurns,
)
from monitoring.oncall.rotation import timeline
from tests.factories import a_layer, a_schedule
from tests.oncall import oracle
from tests.oncall.schedules import PEOPLE, schedules_near_a_change

FOUR = ("ana", "ben", "chi", "dee")


def covering(who: str, instead_of: str, since: str, until: str) -> CoverPerson:
    return CoverPerson(who, instead_of, parse_local(since), parse_local(until))


def covers(who: str, instead_of: str, since: str, until: str) -> dict[str, str]:
    return {"who": who, "instead-of": instead_of, "from": since, "to": until}


SCHEDULES = {
    "weekly": a_schedule(a_layer(people=FOUR)),
    "two behind": a_schedule(a_layer(people=("chi", "dee", "ana", "ben"))),
    "alone": a_schedule(a_layer(people=("ana",))),
    "twice in a round": a_schedule(a_layer(people=("ana", "ben", "ana", "chi"))),
    "daily": a_schedule(a_layer(turn="1d", people=("ana", "ben", "chi"))),
    "half days": a_schedule(a_layer(anchor="2026-01-05 08:00", turn="12h", people=("ana", "ben", "chi"))),
    "hourly": a_schedule(a_layer(anchor="2026-01-05 00:00", turn="1h", people=("ana", "ben", "chi"))),
    "at half past two": a_schedule(a_layer(anchor="2026-01-05 02:30", turn="1d", people=("ana", "ben", "chi"))),
    "a day and a half": a_schedule(a_layer(turn="36h", people=("ana", "ben", "chi"))),
    "office hours": a_schedule(a_layer(people=FOUR, only={"days": "mon-fri", "from": "09:00", "to": "17:00"})),
    "nights": a_schedule(a_layer(people=FOUR, only={"from": "22:00", "to": "06:00"})),
    "weekends apart": a_schedule(
        a_layer(people=("ana", "ben")), a_layer(people=("chi", "dee"), only={"days": "sat-sun"})
    ),
    "to come": a_schedule(a_layer(people=FOUR, until="2026-12-07 09:00"), a_layer(anchor="2026-12-07 09:00")),
    "to end": a_schedule(a_layer(people=FOUR, until="2027-06-01 09:00")),
    "covered": a_schedule(a_layer(people=FOUR), cover=[covers("ben", "chi", "2026-11-25 09:00", "2026-11-28 09:00")]),
    "half an hour": a_schedule(a_layer(turn="1d", people=("ana", "ben", "chi")), zone="Australia/Lord_Howe"),
    "far west": a_schedule(a_layer(people=FOUR), zone="America/New_York"),
    "at midnight": a_schedule(
        a_layer(anchor="2026-01-05 00:00", turn="1d", people=("ana", "ben")), zone="Africa/Cairo"
    ),
}


@dataclass(frozen=True)
class Edit:
    """One request: to which schedule, asked when, from when on, and what is to come of it."""

    schedule: str
    request: EditRequest
    now: str
    since: str
    begins: str
    order: tuple[str, ...] = ()
    layer: int | None = None


def edit(about: str, *words: object, **more: object) -> object:
    return pytest.param(Edit(*words, **more), id=about)  # type: ignore[arg-type]


# When each was asked and what `begins` says, is on the wall of the schedule's zone.
EDITS = [
    edit("a new person comes last", "weekly", AddPerson("max"), "2026-11-26", "2027-01-04", "2027-01-04 09:00",
         ("ana", "ben", "chi", "dee", "max")),
    edit("a date between two handoffs is the next one", "weekly", AddPerson("max"), "2026-11-26", "2026-12-01",
         "2026-12-07 09:00", ("ana", "ben", "chi", "dee", "max")),
    edit("a minute after a handoff is the next one", "weekly", AddPerson("max"), "2026-11-26", "2026-11-30 09:01",
         "2026-12-07 09:00", ("ana", "ben", "chi", "dee", "max")),
    edit("the minute of a handoff is that one", "weekly", AddPerson("max"), "2026-11-26", "2026-11-30 09:00",
         "2026-11-30 09:00", ("dee", "ana", "ben", "chi", "max")),
    edit("after somebody", "weekly", AddPerson("max", "ben"), "2026-11-26", "2027-01-04", "2027-01-04 09:00",
         ("ana", "ben", "max", "chi", "dee")),
    edit("after the last one", "weekly", AddPerson("max", "dee"), "2026-11-26", "2027-01-04", "2027-01-04 09:00",
         ("ana", "ben", "chi", "dee", "max")),
    edit("the order goes on in the middle of a round", "weekly", AddPerson("max"), "2026-11-26", "2026-12-14",
         "2026-12-14 09:00", ("ben", "chi", "dee", "ana", "max")),
    edit("beside somebody who was alone", "alone", AddPerson("max"), "2026-11-26", "2026-12-14", "2026-12-14 09:00",
         ("ana", "max")),
    edit("somebody leaves", "weekly", RemovePerson("dee"), "2026-11-26", "2027-01-04", "2027-01-04 09:00",
         ("ana", "ben", "chi")),
    edit("whoever would be next leaves", "weekly", RemovePerson("ana"), "2026-11-26", "2027-01-04",
         "2027-01-04 09:00", ("ben", "chi", "dee")),
    edit("whoever is on call leaves at the next handoff", "weekly", RemovePerson("chi"), "2026-11-26", "2026-11-26",
         "2026-11-30 09:00", ("dee", "ana", "ben")),
    edit("somebody with two turns a round leaves", "twice in a round", RemovePerson("ana"), "2026-11-26",
         "2027-01-04", "2027-01-04 09:00", ("ben", "chi")),
    edit("another order", "weekly", ReorderLayer(("ana", "chi", "ben", "dee")), "2026-11-26", "2027-01-04",
         "2027-01-04 09:00", ("ana", "chi", "ben", "dee")),
    edit("another order of two turns a round", "twice in a round", ReorderLayer(("chi", "ana", "ben", "ana")),
         "2026-11-26", "2027-01-04", "2027-01-04 09:00", ("chi", "ana", "ben", "ana")),
    edit("on the day on which the clock goes forward", "daily", AddPerson("max"), "2026-03-27", "2026-03-29",
         "2026-03-29 09:00", ("chi", "ana", "ben", "max")),
    edit("on the day on which the clock goes back", "daily", AddPerson("max"), "2026-10-23", "2026-10-25",
         "2026-10-25 09:00", ("chi", "ana", "ben", "max")),
    edit("over the spring change", "weekly", RemovePerson("ben"), "2026-03-26", "2026-03-28", "2026-03-30 09:00",
         ("ana", "chi", "dee")),
    edit("over the autumn change", "weekly", RemovePerson("ben"), "2026-10-22", "2026-10-24", "2026-10-26 09:00",
         ("chi", "dee", "ana")),
    edit("half a day before the clock goes forward", "half days", AddPerson("max"), "2026-03-28", "2026-03-28 20:00",
         "2026-03-28 20:00", ("ana", "ben", "chi", "max")),
    edit("half a day after the clock goes back", "half days", RemovePerson("ana"), "2026-10-24", "2026-10-25 08:00",
         "2026-10-25 08:00", ("ben", "chi")),
    edit("a handoff that the clock skips is no seam", "at half past two", AddPerson("max"), "2026-03-27",
         "2026-03-29", "2026-03-30 02:30", ("ana", "ben", "chi", "max")),
    edit("of a handoff that comes twice the first is the seam", "at half past two", AddPerson("max"), "2026-10-23",
         "2026-10-25", "2026-10-25 02:30 +02:00", ("chi", "ana", "ben", "max")),
    edit("between the two, the seam is a day later", "at half past two", AddPerson("max"), "2026-10-23",
         "2026-10-25 02:45", "2026-10-26 02:30", ("ana", "ben", "chi", "max")),
    edit("hourly, in the hour that is skipped", "hourly", AddPerson("max"), "2026-03-28", "2026-03-29 01:30",
         "2026-03-29 03:00", ("ana", "ben", "chi", "max")),
    edit("hourly, in the hour that comes twice", "hourly", AddPerson("max"), "2026-10-24", "2026-10-25 01:30",
         "2026-10-25 02:00 +02:00", ("chi", "ana", "ben", "max")),
    edit("turns of a day and a half over the spring change", "a day and a half", AddPerson("max"), "2026-03-27",
         "2026-03-28", "2026-03-28 21:00", ("ben", "chi", "ana", "max")),
    edit("turns of a day and a half over the autumn change", "a day and a half", RemovePerson("chi"), "2026-10-23",
         "2026-10-24", "2026-10-24 21:00", ("ana", "ben")),
    edit("in office hours", "office hours", AddPerson("max"), "2026-11-26", "2026-12-01", "2026-12-07 09:00",
         ("ana", "ben", "chi", "dee", "max")),
    edit("a handoff by day, of nights", "nights", RemovePerson("ben"), "2026-11-26", "2026-12-01",
         "2026-12-07 09:00", ("ana", "chi", "dee")),
    edit("nights over the spring change", "nights", AddPerson("max"), "2026-03-27", "2026-03-28", "2026-03-30 09:00",
         ("ana", "ben", "chi", "dee", "max")),
    edit("the lower of two layers", "weekends apart", AddPerson("max"), "2026-11-26", "2026-12-01",
         "2026-12-07 09:00", ("ana", "ben", "max"), layer=1),
    edit("the upper of two layers", "weekends apart", RemovePerson("dee"), "2026-11-26", "2026-12-01",
         "2026-12-07 09:00", ("chi",), layer=2),
    edit("a layer that is still to begin is changed where it begins", "to come", AddPerson("max"), "2026-11-26",
         "2026-12-02", "2026-12-07 09:00", ("ana", "ben", "max")),
    edit("before a layer that is to begin", "to come", RemovePerson("chi"), "2026-11-12", "2026-11-14",
         "2026-11-16 09:00", ("ben", "dee", "ana")),
    edit("a layer that ends goes on to its end", "to end", AddPerson("max"), "2026-11-26", "2026-12-14",
         "2026-12-14 09:00", ("ben", "chi", "dee", "ana", "max")),
    edit("while somebody covers", "covered", AddPerson("max"), "2026-11-24", "2026-11-26", "2026-11-30 09:00",
         ("dee", "ana", "ben", "chi", "max")),
    edit("where the clock changes by half an hour", "half an hour", AddPerson("max"), "2026-04-02", "2026-04-05",
         "2026-04-05 09:00", ("ana", "ben", "chi", "max")),
    edit("west of UTC, over the autumn change", "far west", AddPerson("max"), "2026-10-29", "2026-11-01",
         "2026-11-02 09:00", ("dee", "ana", "ben", "chi", "max")),
    edit("at a midnight that the clock skips", "at midnight", AddPerson("max"), "2026-04-22", "2026-04-24",
         "2026-04-25 00:00", ("ana", "ben", "max")),
    edit("two people swap", "weekly", SwapTurns(("ana", "ben")), "2026-12-04", "2026-12-07", "2026-12-07 09:00"),
    edit("two people swap who are not next to each other", "weekly", SwapTurns(("dee", "ben")), "2026-11-26",
         "2026-11-27", "2026-11-30 09:00"),
    edit("two people swap over the spring change", "weekly", SwapTurns(("chi", "dee")), "2026-03-20", "2026-03-22",
         "2026-03-23 09:00"),
    edit("a holiday", "weekly", covering("ben", "chi", "2026-11-27 09:00", "2026-11-30 09:00"), "2026-11-26",
         "2026-11-27", "2026-11-27 09:00"),
    edit("a holiday that begins in the hour that comes twice", "daily",
         covering("ana", "chi", "2026-10-25 02:30 +01:00", "2026-10-26 09:00"), "2026-10-23", "2026-10-25",
         "2026-10-25 02:30 +01:00"),
]  # fmt: skip


def on_wall(schedule: Schedule, text: str) -> datetime:
    """The instant of a time on the wall, at which a day begins where only a day is written."""
    return oracle.dated(parse_local(text if " " in text else f"{text} 00:00"), ZoneInfo(schedule.time_zone))


def after(schedule: Schedule, change: ScheduleChange) -> Schedule:
    written = [*schedule.cover, *change.covers]
    cover = [covers(each.who, each.instead_of, str(each.from_), str(each.to)) for each in written]
    return a_schedule(*layers_after(schedule, change), zone=schedule.time_zone, cover=cover)


def made(case: Edit) -> tuple[Schedule, Schedule, ScheduleChange]:
    """A schedule before and after an edit, and the change."""
    schedule = SCHEDULES[case.schedule]
    change = changes({"it": schedule}, case.request, instant(on_wall(schedule, case.since)), case.layer)["it"]
    return schedule, after(schedule, change), change


def minutes(start: datetime, end: datetime, every: int = 1) -> Iterator[datetime]:
    while start < end:
        yield start
        start += timedelta(minutes=every)


def test_there_are_as_many_edits_as_were_promised() -> None:
    assert len(EDITS) >= 40


@pytest.mark.parametrize("case", EDITS)
def test_no_minute_changes_hands_before_the_date(case: Edit) -> None:
    """Each of the last three hours' minutes, each quarter of the last day's hours, each hour since it was asked for."""
    before, then, change = made(case)
    now, begins = on_wall(before, case.now), on_wall(before, case.begins)
    assert utc(change.since) == begins
    last_day, last_hours = (max(now, begins - timedelta(hours=hours)) for hours in (24, 3))
    stepped = (*minutes(now, last_day, 60), *minutes(last_day, last_hours, 15), *minutes(last_hours, begins))
    for moment in stepped:
        assert oracle.on_call(before, moment) == oracle.on_call(then, moment), moment
    was, becomes = (timeline(each, instant(now), change.since) for each in (before, then))
    assert list(was) == list(becomes)


@pytest.mark.parametrize("case", EDITS)
def test_somebody_else_is_on_call_after_the_date(case: Edit) -> None:
    before, then, _ = made(case)
    begins = on_wall(before, case.begins)
    later = list(minutes(begins, begins + timedelta(days=60), every=360))
    assert [oracle.on_call(before, moment) for moment in later] != [oracle.on_call(then, moment) for moment in later]


@pytest.mark.parametrize("case", [case for case in EDITS if case.values[0].order])  # type: ignore[attr-defined]
def test_the_order_goes_on_from_the_handoff(case: Edit) -> None:
    before, then, change = made(case)
    assert change.layer is not None
    number = change.layer.number + (change.layer.at is not None)
    layer, zone = then.layers[number], ZoneInfo(then.time_zone)
    assert layer.people == case.order
    if isinstance(case.request, AddPerson):
        goes_on = before.layers[change.layer.number].model_copy(update={"only": (), "until": None})
        next_one = oracle.on_call(a_schedule(goes_on, zone=then.time_zone), on_wall(before, case.begins))
        assert next_one == case.order[0]
    begins = on_wall(before, case.begins).astimezone(zone).replace(tzinfo=None)
    turn = timedelta(seconds=layer.turn.seconds)
    alone = a_schedule(layer.model_copy(update={"only": (), "until": None}), zone=then.time_zone)
    turns = [oracle.moment_of(begins + number * turn, zone) for number in range(2 * len(case.order))]
    assert [oracle.on_call(alone, moment) for moment in turns] == [*case.order, *case.order]


# --- several schedules in one change ---------------------------------------------------------------------------

TOGETHER = [
    pytest.param(AddPerson("max"), "2027-01-04", ("ana", "ben", "chi", "dee", "max"),
                 ("chi", "dee", "max", "ana", "ben"), id="a new person comes after the same one"),
    pytest.param(RemovePerson("dee"), "2027-01-04", ("ana", "ben", "chi"), ("chi", "ana", "ben"), id="somebody leaves"),
    pytest.param(RemovePerson("ana"), "2027-01-04", ("ben", "chi", "dee"), ("chi", "dee", "ben"),
                 id="whoever would be next in the first leaves"),
    pytest.param(RemovePerson("chi"), "2027-01-04", ("ana", "ben", "dee"), ("dee", "ana", "ben"),
                 id="whoever would be next in the second leaves"),
    pytest.param(ReorderLayer(("ana", "chi", "ben", "dee")), "2027-01-04", ("ana", "chi", "ben", "dee"),
                 ("ben", "dee", "ana", "chi"), id="another order keeps the distance"),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "since", "first", "second"), TOGETHER)
def test_two_schedules_keep_apart(
    request_: EditRequest, since: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    both = {name: SCHEDULES[name] for name in ("weekly", "two behind")}
    begins = instant(on_wall(both["weekly"], since))
    orders = [change.layer and change.layer.people for change in changes(both, request_, begins).values()]
    assert orders == [first, second]
    assert not any(person == other for person, other in zip(first, second, strict=True))


def test_one_turn_behind_waits_where_the_one_between_leaves() -> None:
    behind = a_schedule(a_layer(people=("ben", "chi", "dee", "ana")))
    both = {"first": SCHEDULES["weekly"], "second": behind}
    made_of = changes(both, RemovePerson("ana"), instant(on_wall(behind, "2027-01-04")))
    assert [change.layer and change.layer.people for change in made_of.values()] == [
        ("ben", "chi", "dee"),
        ("chi", "dee", "ben"),
    ]


# --- what is refused -------------------------------------------------------------------------------------------

REFUSED = [
    pytest.param("weekly", AddPerson("ana"), None, '"ana" takes turns already', id="somebody who is there"),
    pytest.param("weekly", AddPerson("max", "zoe"), None, '--after "zoe" takes no turns', id="after a stranger"),
    pytest.param("weekly", RemovePerson("max"), None, '"max" takes no turns', id="somebody who is not there"),
    pytest.param("alone", RemovePerson("ana"), None, "is the last one", id="the last one"),
    pytest.param("weekly", ReorderLayer(("ana", "ben")), None, "does not name everybody", id="an order of some"),
    pytest.param("weekly", ReorderLayer((*FOUR, "max")), None, "does not name everybody", id="an order of more"),
    pytest.param("twice in a round", ReorderLayer(("ana", "ben", "chi")), None, "each as often as now",
                 id="an order without somebody's second turn"),
    pytest.param("weekly", ReorderLayer(FOUR), None, "is the order already", id="the order that holds"),
    pytest.param("weekends apart", AddPerson("max"), None, "--layer 1 or --layer 2", id="two layers at once"),
    pytest.param("weekly", AddPerson("max"), 2, "has no layer 2; name one from 1 to 1", id="no such layer"),
    pytest.param("weekly", AddPerson("max"), 0, "has no layer 0", id="layers count from 1"),
    pytest.param("weekly", SwapTurns(("ana", "ana")), None, "name two people", id="a swap with oneself"),
    pytest.param("weekly", SwapTurns(("ana", "max")), None, '"max" has no turn', id="a swap with a stranger"),
    pytest.param("weekly", covering("ben", "chi", "2027-01-05 09:00", "2027-01-05 09:00"), None, "is not after --from",
                 id="a cover of no time"),
    pytest.param("weekly", covering("ben", "chi", "2027-01-05 09:00", "2028-02-05 09:00"), None, "more than a year",
                 id="a cover of years"),
    pytest.param("weekly", covering("chi", "chi", "2027-01-05 09:00", "2027-01-06 09:00"), None, "cannot cover",
                 id="a cover of oneself"),
    pytest.param("weekly", covering("ben", "chi", "2027-03-28 02:30", "2027-03-29 09:00"), None, "does not exist",
                 id="a cover from a time that the clock skips"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "request_", "layer", "reason"), REFUSED)
def test_what_cannot_be_done_is_refused_with_the_reason(
    name: str, request_: EditRequest, layer: int | None, reason: str
) -> None:
    schedule = SCHEDULES[name]
    with pytest.raises(EditError) as refused:
        changes({"primary": schedule}, request_, instant(on_wall(schedule, "2027-01-04")), layer)
    assert reason in str(refused.value)


def test_a_layer_that_is_over_cannot_be_changed() -> None:
    ended = a_schedule(a_layer(until="2026-06-01 09:00"))
    with pytest.raises(EditError, match='"primary": no layer hands over on 2027-01-04 00:00 or later'):
        changes({"primary": ended}, AddPerson("max"), instant(on_wall(ended, "2027-01-04")))


@pytest.mark.parametrize("person", ["ben", "chi"])
def test_somebody_who_covers_or_is_covered_later_stays_until_then(person: str) -> None:
    covered = a_schedule(a_layer(people=FOUR), cover=[covers("ben", "chi", "2027-02-01 09:00", "2027-03-01 09:00")])
    with pytest.raises(EditError, match='"ben" covers "chi" from 2027-02-01 09:00'):
        changes({"primary": covered}, RemovePerson(person), instant(on_wall(covered, "2027-01-04")))
    changes({"primary": covered}, RemovePerson(person), instant(on_wall(covered, "2027-03-02")))


def test_two_orders_that_differ_are_not_reordered_at_once() -> None:
    both = {"first": SCHEDULES["weekly"], "second": a_schedule(a_layer(people=("ana", "chi", "ben", "dee")))}
    with pytest.raises(EditError, match='"second": has another order than the first'):
        changes(both, ReorderLayer(("dee", "chi", "ben", "ana")), instant(on_wall(both["first"], "2027-01-04")))


# --- whatever stands in a schedule -----------------------------------------------------------------------------


@st.composite
def requests(draw: st.DrawFn, schedule: Schedule) -> EditRequest:
    people = st.sampled_from(PEOPLE)
    match draw(st.integers(0, 3)):
        case 0:
            return AddPerson("max", draw(st.none() | people))
        case 1:
            return RemovePerson(draw(people))
        case 2:
            layer = draw(st.sampled_from(schedule.layers))
            return ReorderLayer(tuple(draw(st.permutations(layer.people))))
        case _:
            return SwapTurns((draw(people), draw(people)))


@settings(max_examples=80, suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much))
@given(case=schedules_near_a_change(), data=st.data())
def test_of_any_schedule_no_minute_changes_hands_before_the_date(
    case: tuple[Schedule, datetime], data: st.DataObject
) -> None:
    schedule, start = case
    begin = start.replace(tzinfo=UTC)
    since = begin + timedelta(minutes=15 * data.draw(st.integers(0, 600)))
    layer = data.draw(st.integers(1, len(schedule.layers)))
    try:
        change = changes({"it": schedule}, data.draw(requests(schedule)), instant(since), layer)["it"]
        then = after(schedule, change)
    except (EditError, ValueError):  # ValueError: two covers of one person, which the model refuses
        assume(False)
    assert utc(change.since) >= since
    if change.since > instant(begin):
        was, becomes = (timeline(each, instant(begin), change.since) for each in (schedule, then))
        assert list(was) == list(becomes)
    for hours in (0, 1, 5, 24, 49):
        moment = max(begin, utc(change.since) - timedelta(hours=hours, minutes=1))
        if moment < utc(change.since):
            assert oracle.on_call(schedule, moment) == oracle.on_call(then, moment)
