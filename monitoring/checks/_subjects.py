"""What checks are about: the names that a check must have looked at, counted from the catalog alone."""

from __future__ import annotations

from collections.abc import Callable

from monitoring.checks._case import Case, Subjects
from monitoring.model.service import Rule


def rules_with(word: str, *fields: str, only: Callable[[Case, Rule], object] | None = None) -> Subjects:
    """The rules in which one of these fields is written, or those of them that are meant."""

    def is_one(case: Case, rule: Rule) -> bool:
        for name in fields:
            if getattr(rule, name):
                return only is None or bool(only(case, rule))
        return False

    return Subjects(word, has=is_one)


RULES = rules_with("rules", "id")
SENTRY_RULES = rules_with("rules on sentry", "errors", "sentry_metric", "cron")
METRIC_RULES = rules_with("rules on a metric", "metric")
SILENT_RULES = rules_with("rules on a metric or a query", "metric", "query")
UPTIME_RULES = rules_with("uptime rules", "uptime")
COMPOSITE_RULES = rules_with("composites", "composite")
SLO_RULES = rules_with("objectives", "slo")
TENANT_RULES = rules_with("rules for each tenant", "for_each_tenant")
TRIAL_RULES = rules_with("rules on trial", "trial_until")
QUERY_RULES = rules_with("rules with a raw query", "query")
CRON_RULES = rules_with("cron rules", "cron")

SERVICES = Subjects("services", lambda case: frozenset(case.catalog.services))
TEAMS = Subjects("teams", lambda case: frozenset(case.catalog.teams))
POLICIES = Subjects("policies", lambda case: frozenset(case.catalog.oncall.policies))
SCHEDULES = Subjects("schedules", lambda case: frozenset(case.catalog.oncall.schedules))
SEVERITIES = Subjects("severities", lambda case: frozenset(case.catalog.severities))
ENVIRONMENTS = Subjects("environments", lambda case: frozenset(case.catalog.platform.environments))
PROJECTS = Subjects("sentry projects", lambda case: frozenset(case.catalog.platform.sentry.projects))
MAINTENANCE = Subjects("maintenance windows", lambda case: frozenset(case.catalog.maintenance))
WAIVERS = Subjects("waivers", lambda case: frozenset(waiver.finding for waiver in case.catalog.accepted.waivers))
