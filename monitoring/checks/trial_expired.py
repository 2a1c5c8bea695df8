"""A trial ends: a rule that acts as P3 for the time being does not stay so unseen."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import TRIAL_RULES
from monitoring.model.signals import Signal

ABOUT = TRIAL_RULES


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at each rule on trial; finds those whose last day is over."""
    rule = watch.rule
    if rule.trial_until and rule.trial_until <= case.today:
        what = f"its trial ended on {rule.trial_until}, and it acts as {rule.severity} again"
        remedy = "take trial-until out, or decide on another day"
        yield found(case, "rule", rule.id, "trial-until", key="trial expired", what=what, remedy=remedy)
