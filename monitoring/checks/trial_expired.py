"""A trial ends: a rule that acts as P3 for the time being does not stay so unseen."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import TRIAL_RULES

ABOUT = TRIAL_RULES


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each rule on trial; finds those whose last day is over."""
    for _, rule, _ in case.watches:
        if rule.trial_until:
            yield rule.id
            if rule.trial_until <= case.today:
                what = f"its trial ended on {rule.trial_until}, and it acts as {rule.severity} again"
                remedy = "take trial-until out, or decide on another day"
                yield found(case, "rule", rule.id, "trial-until", key="trial expired", what=what, remedy=remedy)
