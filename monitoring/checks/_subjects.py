"""What checks are about: names that are counted from the catalog as it is written, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitoring.checks._check import Subjects
from monitoring.checks._context import Context
from monitoring.model.service import SIGNAL_FIELDS, Rule, words_of
from monitoring.model.signals.query_monitor import QueryMonitor


def rules_with(word: str, *fields: str, only: Callable[[Context, Rule], object] | None = None) -> Subjects:
    """The rules in which one of these fields is written, or those of them that `only` picks."""

    def names(context: Context) -> frozenset[str]:
        written = [rule for field in fields for rule in context.rules_by_field[field]]
        return frozenset(rule.id for rule in written if only is None or only(context, rule))

    return Subjects(word, names)


def rules_watching(word: str, *kinds: type, only: Callable[[Context, Rule], object] | None = None) -> Subjects:
    """The rules with a signal of some kinds, or those of them that `only` picks."""
    return rules_with(word, *(SIGNAL_FIELDS[name] for name in words_of(*kinds)), only=only)


def of_kinds(word: str, kinds: Mapping[str, Subjects]) -> Subjects:
    """Things of several kinds, for a check that is about all of them; each name has its kind before it."""
    return Subjects(
        word, lambda context: frozenset(f"{kind} {name}" for kind in kinds for name in kinds[kind].names(context))
    )


RULES = Subjects(
    "rules",
    lambda context: frozenset(rule.id for service in context.catalog.services.values() for rule in service.rules),
)
SILENT_RULES = rules_watching("rules over a query at Datadog", QueryMonitor)
UPTIME_RULES = rules_with("uptime rules", "uptime", "sentry_uptime")
COMPOSITE_RULES = rules_with("composites", "composite")
SLO_RULES = rules_with("objectives", "slo")
TENANT_RULES = rules_with("rules for each tenant", "for_each_tenant")
TRIAL_RULES = rules_with("rules on trial", "trial_until")
QUERY_RULES = rules_with("rules with a raw query", "query")
CRON_RULES = rules_with("cron rules", "cron")

SERVICES = Subjects("services", lambda context: frozenset(context.catalog.services))
TEAMS = Subjects("teams", lambda context: frozenset(context.catalog.teams))
TENANTS = Subjects("tenants", lambda context: frozenset(context.catalog.tenants))
POLICIES = Subjects("policies", lambda context: frozenset(context.catalog.oncall.policies))
SCHEDULES = Subjects("schedules", lambda context: frozenset(context.catalog.oncall.schedules))
SEVERITIES = Subjects("severities", lambda context: frozenset(context.catalog.severities))
ENVIRONMENTS = Subjects("environments", lambda context: frozenset(context.catalog.platform.environments))
PROJECTS = Subjects("Sentry projects", lambda context: frozenset(context.catalog.platform.projects))
METRICS = Subjects("metrics", lambda context: frozenset(context.catalog.platform.metrics))
MAINTENANCE = Subjects("maintenance windows", lambda context: frozenset(context.catalog.maintenance))
WAIVERS = Subjects("waivers", lambda context: frozenset(waiver.finding for waiver in context.catalog.accepted.waivers))
