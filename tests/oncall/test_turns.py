"""Turns keep their names: over moved handoffs, new people and covers; and together they are the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from monitoring.model.oncall import Layer, Schedule
from monitoring.oncall.clock import DAY, HOUR, WEEK, instant
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift, timeline_of
from monitoring.oncall.turns import HeldTurn, held_turns
from tests.factories import a_layer, a_schedule
from tests.oncall.schedules import schedules_near_a_change

START = instant(datetime(2026, 11, 23, tzinfo=UTC))
COVER = {"who": "kit", "instead-of": "ana", "from": "2026-12-10 09:00", "to": "2026-12-12 18:00"}


def turns_of(schedule: Schedule, weeks: int = 8) -> dict[str, HeldTurn]:
    turns = held_turns(schedule, START, START + weeks * WEEK)
    names = {turn.name: turn for turn in turns}
    assert len(names) == len(turns), "two stretches have one name"
    return names


def holders(turns: Iterable[HeldTurn]) -> list[tuple[str, str]]:
    return [(turn.name, turn.person) for turn in turns]


@given(schedules_near_a_change())
@settings(max_examples=150, deadline=None)
def test_turns_are_the_shifts_of_the_timeline(drawn: tuple[Schedule, datetime]) -> None:
    schedule, near = drawn
    start = instant(near.replace(tzinfo=UTC) - timedelta(days=3))
    end = start + 9 * DAY
    turns = held_turns(schedule, start, end)
    assert timeline_of([Shift(*turn[:3]) for turn in turns], start, end) == timeline(schedule, start, end)
    assert len({turn.name for turn in turns}) == len(turns)


WEEKLY = a_schedule()
NIGHTS = {"from": "22:00", "to": "06:00"}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(a_layer(anchor="2026-01-05 10:00"), id="the handoff is an hour later"),
        pytest.param(a_layer(anchor="2026-01-07 09:00"), id="the handoff is on Wednesdays"),
        pytest.param(a_layer(anchor="2026-01-04 18:00"), id="the handoff is on Sunday evenings"),
        pytest.param(a_layer(anchor="2026-06-01 09:00", people=("ben", "ana")), id="the anchor is some turns later"),
        pytest.param(a_layer(people=("ana", "dee", "ben")), id="a person comes between"),
        pytest.param(a_layer(people=("ana",)), id="a person leaves"),
    ],
)
def test_a_turn_keeps_its_name(changed: Layer) -> None:
    old, new = turns_of(WEEKLY), turns_of(a_schedule(changed))
    assert len(old.keys() & new.keys()) >= len(old) - 1
    assert all(abs(new[name].start - old[name].start) < 3 * DAY for name in old.keys() & new.keys())


def test_a_moved_handoff_changes_the_times_of_the_same_turns() -> None:
    old, new = turns_of(WEEKLY), turns_of(a_schedule(a_layer(anchor="2026-01-05 10:00")))
    assert old == {name: turn._replace(start=turn.start - HOUR, end=turn.end - HOUR) for name, turn in new.items()}


def test_a_layer_that_takes_over_goes_on_with_the_names_of_the_one_before() -> None:
    before = a_layer(until="2026-12-14 09:00")
    after = a_layer(anchor="2026-12-14 09:00", people=("dee", "ana", "ben"))
    weekends = a_layer(people=("kit", "ben"), only={"days": "sat-sun"})
    assert list(turns_of(a_schedule(before, after))) == list(turns_of(WEEKLY))
    names = turns_of(a_schedule(before, after, weekends)), turns_of(a_schedule(a_layer(), weekends))
    assert list(names[0]) == list(names[1])
    assert {turn.turn.lane for turn in names[0].values()} == {0, 1}


def test_a_cover_in_the_middle_is_a_turn_of_its_own_and_parts_the_other() -> None:
    monday = instant(datetime(2026, 12, 7, 8, tzinfo=UTC))
    (turn,) = (turn for turn in turns_of(WEEKLY).values() if turn.start == monday)
    assert turn.person == "ana"
    covered = turns_of(a_schedule(cover=[COVER]))
    parts = [(part, held.person) for part, held in covered.items() if held.turn == turn.turn]
    assert parts == [(turn.name, "ana"), (f"{turn.name}-cover-kit", "kit"), (f"{turn.name}-2", "ana")]
    assert set(covered) - set(turns_of(WEEKLY)) == {f"{turn.name}-cover-kit", f"{turn.name}-2"}
    longer = turns_of(a_schedule(cover=[COVER | {"from": "2026-12-09 09:00", "to": "2026-12-13 09:00"}]))
    assert holders(longer.values()) == holders(covered.values())


def test_a_cover_of_a_whole_turn_leaves_nothing_of_it() -> None:
    cover = COVER | {"from": "2026-12-07 09:00", "to": "2026-12-14 09:00"}
    covered = turns_of(a_schedule(cover=[cover]))
    gone = set(turns_of(WEEKLY)) - set(covered)
    assert set(covered) - set(turns_of(WEEKLY)) == {f"{name}-cover-kit" for name in gone}
    assert len(gone) == 1


def test_nights_of_a_turn_are_known_by_their_days() -> None:
    nights = turns_of(a_schedule(a_layer(only=NIGHTS)), 2)
    assert [name.partition("-day-")[2] or "0" for name in nights][1:8] == ["0", "1", "2", "3", "4", "5", "6"]
    moved = turns_of(a_schedule(a_layer(only=NIGHTS | {"from": "21:00"})), 2)
    assert list(moved) == list(nights)
    without = turns_of(a_schedule(a_layer(only={"days": "mon-fri", **NIGHTS})), 2)
    assert set(without) < set(nights)


def test_one_person_alone_has_turns_too() -> None:
    assert len(turns_of(a_schedule(a_layer(people=("ana",))), 4)) == 5
