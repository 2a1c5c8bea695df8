"""What the catalog expects of the vendors and of the health endpoint."""

from __future__ import annotations

from collections.abc import Iterable

from monitoring import conventions
from monitoring.acceptance.expected import Expected, SentryIntegration, SlackChannel
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.signals import Cron, Errors, SentryMetric

_SENTRYS = (Errors, SentryMetric, Cron)


def expected(catalog: Catalog, rules: Iterable[EffectiveRule]) -> Expected:
    """The names that must exist for these rules, as `conventions` spells them."""
    sentrys, datadogs = _split(rules)
    paged_by_sentry, paged_by_datadog = _services(catalog, sentrys), _services(catalog, datadogs)
    platform = catalog.platform
    channels = sorted({channel for rule in datadogs for channel in rule.route.slack})
    return Expected(
        sentry_organization=platform.sentry.organization if platform.sentry else "",
        sentry_projects=tuple(platform.projects),
        sentry_teams=tuple(sorted({platform.at_sentry.teams[rule.team] for rule in sentrys})),
        sentry_members=_members(catalog, sentrys),
        sentry_integrations=_integrations(catalog, sentrys),
        sentry_pagerduty_rows=paged_by_sentry,
        pagerduty_users=tuple(person.email for person in catalog.oncall.people.values()),
        pagerduty_services=tuple(sorted({*paged_by_sentry, *paged_by_datadog})),
        pagerduty_policies=tuple(conventions.policy_title(catalog, name) for name in catalog.oncall.policies),
        pagerduty_schedules=tuple(conventions.schedule_title(catalog, name) for name in catalog.oncall.schedules),
        datadog_pagerduty=paged_by_datadog,
        datadog_slack=tuple(SlackChannel(platform.slack_account, channel) for channel in channels),
        readiness_components=_components(catalog, critical_only=True),
        full_components=_components(catalog, critical_only=False),
    )


def _split(rules: Iterable[EffectiveRule]) -> tuple[list[EffectiveRule], list[EffectiveRule]]:
    """The rules that Sentry fires, and those that Datadog does."""
    known = list(rules)
    sentrys = [rule for rule in known if isinstance(rule.rule.signal, _SENTRYS)]
    return sentrys, [rule for rule in known if not isinstance(rule.rule.signal, _SENTRYS)]


def _services(catalog: Catalog, rules: Iterable[EffectiveRule]) -> tuple[str, ...]:
    return tuple(sorted({conventions.pagerduty_service(catalog, rule) for rule in rules if rule.pages}))


def _integrations(catalog: Catalog, rules: list[EffectiveRule]) -> tuple[SentryIntegration, ...]:
    if not rules:
        return ()
    sentry = catalog.platform.at_sentry
    wanted = {
        SentryIntegration("slack", sentry.slack_workspace): any(rule.route.slack for rule in rules),
        SentryIntegration("pagerduty", sentry.pagerduty_account): any(rule.pages for rule in rules),
    }
    return tuple(integration for integration, used in wanted.items() if used)


def _members(catalog: Catalog, rules: list[EffectiveRule]) -> tuple[str, ...]:
    """The addresses that Sentry mails to as members; a team's own address stands for the team itself."""
    mailed = {(address, catalog.teams[rule.team].email) for rule in rules for address in rule.route.email}
    return tuple(sorted({address for address, team in mailed if address != team}))


def _components(catalog: Catalog, *, critical_only: bool) -> tuple[str, ...]:
    services = catalog.services.values()
    return tuple(each.health for each in services if each.health and (each.readiness or not critical_only))
