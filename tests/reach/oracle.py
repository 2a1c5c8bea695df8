"""Whom an incident reaches, worked out by walking through it; shares the data with the code under test, and no line.

Deliberately naive: it is asked about one instant at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


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
    rungs: Sequence[Rung], rounds: int, contacts: Mapping[str, Sequence[tuple[str, int]]], by: set[str], at: int
) -> list[tuple[int, str]] | None:
    """Every waking contact of an unacknowledged incident, as (seconds, person); None where no incident is made."""
    if all(on_call(shifts, at) is None for rung in rungs for shifts in rung.asks):
        return None
    rung_over, made = at, []
    for _ in range(rounds):
        for rung in rungs:
            people = {person for shifts in rung.asks if (person := on_call(shifts, rung_over)) is not None}
            if not people:
                continue
            for person in people:
                for channel, after in contacts[person]:
                    if channel in by and after < rung.delay:
                        made.append((rung_over + after - at, person))
            rung_over += rung.delay
    return sorted(made)


def first_and_second(made: Sequence[tuple[int, str]]) -> tuple[int | None, int | None]:
    """When the first human is reached, and when somebody else."""
    first = made[0] if made else None
    others = [after for after, person in made if first and person != first[1]]
    together = {person for after, person in made if first and after == first[0]}
    if first and len(together) > 1:
        return first[0], first[0]
    return (first[0] if first else None), (min(others) if others else None)
