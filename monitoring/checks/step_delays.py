"""A step lasts as long as PagerDuty asks for: the more of them it asks, the longer."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import POLICIES
from monitoring.model.oncall import MIN_FOR_SEVERAL, least_delay


@catalog_check("step-delays", about=POLICIES)
def step_delays(context: Context) -> Iterator[str | Finding]:
    """Looks at each policy; finds steps that ask several and pass on sooner than PagerDuty takes."""
    for name, policy in context.catalog.oncall.policies.items():
        yield name
        for number, step in enumerate(policy.steps):
            if len(step.ask) > 1 and step.escalate_after < least_delay(len(step.ask)):
                which = f"step {number + 1}"
                what = f"{which} asks {len(step.ask)} and passes on after {step.escalate_after}"
                remedy = f"PagerDuty takes {MIN_FOR_SEVERAL} or more where several are asked"
                path = ("steps", number, "escalate-after")
                yield context.finding("policy", name, *path, key=f"{which} too short", what=what, remedy=remedy)
