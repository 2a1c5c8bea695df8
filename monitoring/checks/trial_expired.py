"""A trial ends: a rule that acts as P3 for the time being does not stay so unseen."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import MAX_AHEAD, USUAL_AHEAD, Context, Finding
from monitoring.checks._subjects import TRIAL_RULES


@catalog_check("trial-expired", about=TRIAL_RULES)
def trial_expired(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule on trial; finds those whose last day is over, or more than a year ahead."""
    for _, rule, _ in context.rules:
        if rule.trial_until is not None:
            yield rule.id
            if rule.trial_until <= context.today:
                what = f"its trial ended on {rule.trial_until}, and it acts as {rule.severity} again"
                remedy = "take trial-until out, or decide on another day"
                yield context.finding("rule", rule.id, "trial-until", key="trial expired", what=what, remedy=remedy)
            elif rule.trial_until > context.today + MAX_AHEAD:
                what = f"its trial lasts until {rule.trial_until}, more than a year ahead, and it acts as P3 until then"
                remedy = f"write a nearer day, like {context.today + USUAL_AHEAD}, or severity: P3"
                yield context.finding("rule", rule.id, "trial-until", key="trial too long", what=what, remedy=remedy)
