"""A text for a recovery arrives somewhere: a mailbox hears of what fires, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._receivers import deaf_environments
from monitoring.checks._subjects import RULES
from monitoring.model.signals import Signal


@rule_check("recovery-heard", about=RULES)
def recovery_heard(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds a recovery-text that nobody gets in some environment."""
    service, rule, _ = watched
    deaf = deaf_environments(context, service, rule) if rule.recovery_text else ()
    if deaf:
        places = " and ".join(deaf)
        what = f"nobody gets its recovery-text: in {places} its route has no pager and no channel to hear it"
        remedy = f"add slack to the {rule.severity} route, or take recovery-text out"
        yield context.finding("rule", rule.id, "recovery-text", key="recovery unheard", what=what, remedy=remedy)
