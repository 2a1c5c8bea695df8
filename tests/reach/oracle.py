"""Whom an incident reaches, worked out by walking through it; shares the data with the code under test, and no line.

Deliberately naive: it is asked about one instant at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class Rung(NamedTuple):
    """A step: for each asked schedule its shifts (start, end, person or None), and the delay in seconds."""

    asks: Sequence[Sequence[tuple[int, int, str | None]]]
    delay: int


def on_call(shifts: Sequence[tuple[int, int, str | None]], at: int) -> str | None:
    for start, end, person in shifts:
        if start <= at < end:
            return person
    raise AssertionError(f"{at} lies outside")


def calls(
    rungs: Sequence[Rung],
    rounds: int,
    contacts: Mapping[str, Sequence[tuple[str, int]]],
    by: set[str],
    at: int,
    *,
    waited_out: bool = False,
) -> list[tuple[int, str]] | None:
    """Every waking contact of an unacknowledged incident, as (seconds, person); None where no incident is made."""
    steps = [(rung.asks, rung.delay) for rung in rungs]
    return walked(steps, rounds, contacts, by, at, on_call, waited_out=waited_out)


def walked(
    steps: Sequence[tuple[Sequence[Any], int]],
    rounds: int,
    contacts: Mapping[str, Sequence[tuple[str, int]]],
    by: set[str],
    at: int,
    person_of: Callable[[Any, int], str | None],
    *,
    waited_out: bool = False,
) -> list[tuple[int, str]] | None:
    """The same, for whatever `person_of` knows how to ask; `waited_out` says that a later empty step takes its time."""
    if all(person_of(ask, at) is None for asks, _ in steps for ask in asks):
        return None
    step_over, made = at, []
    for turn in range(rounds):
        for number, (asks, delay) in enumerate(steps):
            people = {person for ask in asks if (person := person_of(ask, step_over)) is not None}
            if not people:
                step_over += delay if waited_out and (turn, number) > (0, 0) else 0
                continue
            for person in people:
                for channel, after in contacts[person]:
                    if channel in by and after < delay:
                        made.append((step_over + after - at, person))
            step_over += delay
    return sorted(made)


def first_and_second(made: Sequence[tuple[int, str]]) -> tuple[int | None, int | None]:
    """When the first human is reached, and when somebody else."""
    first = made[0] if made else None
    others = [after for after, person in made if first and person != first[1]]
    together = {person for after, person in made if first and after == first[0]}
    if first and len(together) > 1:
        return first[0], first[0]
    return (first[0] if first else None), (min(others) if others else None)
