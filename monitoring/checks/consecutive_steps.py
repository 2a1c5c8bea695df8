"""A step asks somebody whom the step before has not asked: to ask the same person twice gains nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import POLICIES
from monitoring.model.oncall import Policy, Step
from monitoring.oncall.clock import DAY, instant, utc
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline

ABOUT = POLICIES
HORIZON = 366 * DAY
"""As far as the proof looks unless it is told otherwise."""


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each policy; finds steps that, at some time of the next year, ask nobody new."""
    for name, policy in case.catalog.oncall.policies.items():
        yield name
        for number in range(1, len(policy.steps)):
            yield from _repeated(case, name, policy, number)


def _repeated(case: Case, name: str, policy: Policy, number: int) -> Iterator[Finding]:
    before, step = policy.steps[number - 1], policy.steps[number]
    possible = {person for ask in before.ask for person in case.people_of(ask)}
    if not all(possible.intersection(case.people_of(ask)) for ask in step.ask):
        return
    first = _first_repeat(case, before, step)
    if first is not None:
        yield found(
            case,
            "policy",
            name,
            "steps",
            number,
            key=f"step {number + 1} asks nobody new",
            what=f"step {number + 1} asks only whom step {number} has asked, as on {utc(first):%Y-%m-%d %H:%M} UTC",
            remedy="ask somebody else, or let the schedules' turns differ",
        )


def _first_repeat(case: Case, before: Step, step: Step) -> int | None:
    start = instant(datetime(case.today.year, case.today.month, case.today.day, tzinfo=UTC))
    earlier, later = ([_timeline(case, ask, start) for ask in one.ask] for one in (before, step))
    moments = sorted({moment for line in (*earlier, *later) for moment in line.starts})
    for moment in moments:
        asked = {line.at(moment) for line in later} - {None}
        if asked and asked <= {line.at(moment) for line in earlier}:
            return moment
    return None


def _timeline(case: Case, ask: str, start: int) -> Timeline:
    schedule = case.catalog.oncall.schedules.get(ask)
    return timeline(schedule, start, start + HORIZON) if schedule else Timeline((start,), (ask,), start + HORIZON)
