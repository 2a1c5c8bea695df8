"""An incident that nobody acknowledges, minute by minute; shares no line with the code under test, and no import.

The clock goes forward one minute at a time. What a step without anybody does after the first step of all, PagerDuty
does not document: `waits` says that it takes its time, otherwise it is passed at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Roster = Callable[[int], frozenset[str]]


@dataclass(frozen=True)
class SteppedPolicy:
    """Who is on call in each step at a minute, how many minutes each step takes, and how many rounds there are."""

    rosters: Sequence[Roster]
    minutes: Sequence[int]
    rounds: int


@dataclass
class Clockwork:
    """Where an incident stands: the minute, the stage, when the stage ends, and which contacts are still to come."""

    minute: int
    stage: int = 0
    ends: int = -1
    waiting: list[tuple[int, str]] = field(default_factory=list)
    reached: dict[str, int] = field(default_factory=dict)


def first_two(
    policy: SteppedPolicy, contacts: Mapping[str, Sequence[int]], begins: int, *, waits: bool
) -> tuple[int | None, int | None] | None:
    """After how many minutes the first and the second human are reached; None where no incident is made."""
    if not any(roster(begins) for roster in policy.rosters):
        return None
    clock = Clockwork(begins)
    while clock.stage < len(policy.rosters) * policy.rounds or clock.ends > clock.minute:
        tick(clock, policy, contacts, begins, waits=waits)
    times = sorted(clock.reached.values())
    return (times[0] if times else None), (times[1] if len(times) > 1 else None)


def tick(
    clock: Clockwork, policy: SteppedPolicy, contacts: Mapping[str, Sequence[int]], begins: int, *, waits: bool
) -> None:
    """One minute: the stages that begin in it, then the contacts that are due in it."""
    while clock.ends <= clock.minute and clock.stage < len(policy.rosters) * policy.rounds:
        begin(clock, policy, contacts, waits=waits)
    for due, person in clock.waiting:
        if due == clock.minute and due < clock.ends:
            clock.reached.setdefault(person, due - begins)
    clock.minute += 1


def begin(clock: Clockwork, policy: SteppedPolicy, contacts: Mapping[str, Sequence[int]], *, waits: bool) -> None:
    """The next stage: everybody who is on call is asked now; a stage without anybody takes no time, or all of it."""
    number = clock.stage % len(policy.rosters)
    people = policy.rosters[number](clock.minute)
    is_first_of_all = clock.stage == 0
    clock.stage += 1
    clock.waiting = [(clock.minute + after, person) for person in sorted(people) for after in contacts[person]]
    clock.ends = clock.minute + (policy.minutes[number] if people or (waits and not is_first_of_all) else 0)
