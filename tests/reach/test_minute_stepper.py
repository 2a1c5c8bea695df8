"""Forty invented policies in both readings of a later step without anybody, against a clock that goes by minutes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from random import Random

import pytest

from monitoring.oncall.timeline import Shift, Timeline, timeline_of
from monitoring.reach.escalation import (
    EmptyStep,
    EscalationPolicy,
    NotificationRule,
    NotificationRules,
    Target,
    outcomes,
    step,
)
from tests.reach.minute_stepper import SteppedPolicy, first_two

SPAN, REST = 180, 3_000
"""Minutes at which incidents begin, and minutes for which it is known who is on call."""
CONTACTS = {"ana": (2,), "ben": (1,), "chi": (0, 4), "dee": (9,), "eve": ()}
PEOPLE = {
    name: NotificationRules(tuple(NotificationRule("phone", after * 60) for after in minutes))
    for name, minutes in CONTACTS.items()
}
PHONE = frozenset({"phone"})
Shifts = tuple[tuple[int, int, str | None], ...]


@dataclass(frozen=True)
class Invented:
    """A policy as plain data: the shifts of each target of each step, the steps' minutes, and the rounds."""

    steps: tuple[tuple[Shifts, ...], ...]
    minutes: tuple[int, ...]
    rounds: int


def shifts(chance: Random) -> Shifts:
    """Who is on call from minute to minute; every third shift has nobody."""
    cuts = sorted({0, REST, *chance.sample(range(1, SPAN + 60), chance.randint(0, 7))})
    names = [*CONTACTS, None, None, None]
    return tuple((start, end, chance.choice(names)) for start, end in pairwise(cuts))


def invented(number: int) -> Invented:
    """The policy of that number: two to four steps of one or two targets."""
    chance = Random(number)
    steps = tuple(tuple(shifts(chance) for _ in range(chance.randint(1, 2))) for _ in range(chance.randint(2, 4)))
    minutes = tuple(chance.choice((1, 2, 5, 10, 15)) for _ in steps)
    return Invented(steps, minutes, chance.randint(1, 3))


def on_call(targets: tuple[Shifts, ...], minute: int) -> frozenset[str]:
    """Everybody whom a step asks at a minute."""
    people = (name for line in targets for start, end, name in line if start <= minute < end)
    return frozenset(name for name in people if name is not None)


def drawn(line: Shifts) -> Timeline:
    """A target's shifts as the proof has them."""
    return timeline_of([Shift(start * 60, end * 60, who) for start, end, who in line if who], 0, REST * 60)


def under_test(policy: Invented) -> EscalationPolicy:
    """The same as the proof has it."""
    targets = [tuple(Target(str(number), drawn(line)) for number, line in enumerate(lines)) for lines in policy.steps]
    steps = tuple(
        step(step_targets, minutes * 60) for step_targets, minutes in zip(targets, policy.minutes, strict=True)
    )
    return EscalationPolicy("invented", steps, policy.rounds)


def stepped(policy: Invented) -> SteppedPolicy:
    """The same as the clock has it."""
    return SteppedPolicy([partial(on_call, targets) for targets in policy.steps], policy.minutes, policy.rounds)


@pytest.mark.parametrize("reading", [pytest.param(reading, id=reading.name.lower()) for reading in EmptyStep])
@pytest.mark.parametrize("number", range(40))
def test_a_clock_that_goes_by_minutes_gives_the_same_answer(number: int, reading: EmptyStep) -> None:
    policy = invented(number)
    swept = outcomes(under_test(policy), PEOPLE, PHONE, 0, SPAN * 60, reading)
    for minute in range(SPAN):
        (at_minute,) = (outcome for outcome in swept if outcome.start <= minute * 60 < outcome.end)
        expected = first_two(stepped(policy), CONTACTS, minute, waits=reading is EmptyStep.WAITED_OUT)
        reached = tuple(None if each is None else each.after // 60 for each in (at_minute.first, at_minute.second))
        assert (reached if at_minute.incident else None) == expected, f"minute {minute}"


def test_the_readings_differ_for_many_of_the_policies() -> None:
    differing = [number for number in range(40) if differs(invented(number))]
    assert len(differing) >= 15


def differs(policy: Invented) -> bool:
    """Whether some minute has another answer when a later step without anybody takes its time."""
    clock = stepped(policy)
    return any(
        first_two(clock, CONTACTS, minute, waits=False) != first_two(clock, CONTACTS, minute, waits=True)
        for minute in range(0, SPAN, 3)
    )
