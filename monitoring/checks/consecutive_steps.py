"""A step asks somebody whom the step before has not asked; the same person twice is no second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import POLICIES
from monitoring.model.oncall import Policy, Step
from monitoring.oncall.clock import DAY, instant, utc
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline

HORIZON = 366 * DAY
"""How far the proof looks by default."""


@catalog_check("consecutive-steps", about=POLICIES)
def consecutive_steps(context: Context) -> Iterator[str | Finding]:
    """Looks at each policy; finds steps that, at some time of the next year, ask nobody new."""
    for name, policy in context.catalog.oncall.policies.items():
        yield name
        for number in range(1, len(policy.steps)):
            yield from _repeated(context, name, policy, number)


def _repeated(context: Context, name: str, policy: Policy, number: int) -> Iterator[Finding]:
    before, step = policy.steps[number - 1], policy.steps[number]
    possible = {person for ask in before.ask for person in context.people_of(ask)}
    if not all(possible.intersection(context.people_of(ask)) for ask in step.ask):
        return
    first = _first_repeat(context, before, step)
    if first is not None:
        yield context.finding(
            "policy",
            name,
            "steps",
            number,
            key=f"step {number + 1} asks nobody new",
            what=f"step {number + 1} asks only whom step {number} has asked, as on {utc(first):%Y-%m-%d %H:%M} UTC",
            remedy="ask somebody else, or let the schedules' turns differ",
        )


def _first_repeat(context: Context, before: Step, step: Step) -> int | None:
    start = instant(datetime(context.today.year, context.today.month, context.today.day, tzinfo=UTC))
    earlier, later = ([_timeline(context, ask, start) for ask in asking.ask] for asking in (before, step))
    moments = sorted({moment for line in (*earlier, *later) for moment in line.starts})
    for moment in moments:
        on_call = {line.at(moment) for line in later} - {None}
        if on_call and on_call <= {line.at(moment) for line in earlier}:
            return moment
    return None


def _timeline(context: Context, ask: str, start: int) -> Timeline:
    schedule = context.catalog.oncall.schedules.get(ask)
    return timeline(schedule, start, start + HORIZON) if schedule else Timeline((start,), (ask,), start + HORIZON)
