"""A cron rule is watched in one environment alone; where it is meant for others too, it says in which one it acts."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import CRON_RULES
from monitoring.model.effective import acts_in, meant_for
from monitoring.model.signals import Cron


@rule_check("cron-environments", about=CRON_RULES, signal=Cron)
def cron_environments(context: Context, watched: WatchedRule[Cron]) -> Iterator[Finding]:
    """Looks at each cron rule; finds those that are meant for an environment in which nobody watches their job."""
    catalog, rule = context.catalog, watched.rule
    meant = [name for name in catalog.platform.environments if meant_for(catalog, rule, name)]
    unwatched = [name for name in meant if not acts_in(catalog, rule, name)]
    if unwatched:
        (own,) = (name for name in meant if name not in unwatched)
        others = ", ".join(f'"{name}"' for name in unwatched)
        what = f'its job is watched in "{own}" alone, and not in {others}: Sentry has one monitor for all of them'
        remedy = f"write environments: [{own}]"
        yield context.finding("rule", rule.id, "environments", key="not watched", what=what, remedy=remedy)
