"""Sentry: monitors, and the alerts that connect them with people, from our words to its Args.

A count over a tag is a metric monitor, because alert conditions count for each issue on its own, and so is a rule on
each event, because an alert on the event would send its user and tags (manual/adr/0007-each-event-is-counted.md). The
threshold of a share is a fraction, as Sentry's charts store it [inferred], and a duration is in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from monitoring import wording
from monitoring.health import contract
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, TenantScope
from monitoring.model.platform import Platform, Tenancy
from monitoring.model.receivers import IssueFallback
from monitoring.model.reminders import reminder_minutes
from monitoring.model.scalars import SECONDS_IN, Length
from monitoring.model.severity import VENDOR_WORDS
from monitoring.model.signals import Cron, Errors, EventSignal, Issues, SentryMetric, SentryUptime, Signal
from monitoring.model.signals.issues import IssueChange
from monitoring.model.signals.tags import Where
from monitoring.model.signals.uptime_pages import BODY_TYPES, BodyType, SentRequest
from monitoring.queries.writing import sentry_search
from monitoring.resources.sdks import pulumi, sentry

RESOLVED = 0
# The condition's result is 75 (high) or 50 (medium); Sentry knows no low one there.
LOWEST_PRIORITY = 50

# Without it the spans below a request count as well: its queries, its calls of others. Source: getsentry/sentry,
# src/sentry/discover/translation/mep_to_eap.py, which adds the same to an alert on transactions.
REQUESTS = "is_transaction:true"
# `user` is the attribute of a span (getsentry/sentry, src/sentry/search/eap/spans/attributes.py).
AGGREGATES = {
    "failure_rate": "failure_rate()",
    "count": "count(span.duration)",
    "users": "count_unique(user)",
    "p50": "p50(span.duration)",
    "p75": "p75(span.duration)",
    "p90": "p90(span.duration)",
    "p95": "p95(span.duration)",
    "p99": "p99(span.duration)",
}

# What an issue's level and priority are as numbers (the provider's `level` and `issue_priority_greater_or_equal`).
LEVELS = {"fatal": 50, "error": 40, "warning": 30, "info": 20, "debug": 10}
PRIORITIES = {"high": 75, "medium": 50}
# The units of an issue's age, the longest first (its `age_comparison`).
AGE_UNITS = {"w": "week", "d": "day", "h": "hour", "m": "minute"}
# Whom Sentry tells of an issue without an owner (the email action's `fallthrough_type`).
FALLBACKS: Mapping[IssueFallback, str] = {
    "all-members": "AllMembers",
    "active-members": "ActiveMembers",
    "nobody": "NoOne",
}
CONTENT_TYPES: Mapping[BodyType, str] = {**BODY_TYPES, "graphql": "application/json"}
# What happens to an issue; Sentry calls it escalating when one that was archived is back.
_TRIGGERS: Mapping[IssueChange, sentry.AlertTriggerConditionArgs] = {
    "new": sentry.AlertTriggerConditionArgs(first_seen_event=sentry.AlertTriggerConditionFirstSeenEventArgs()),
    "regressed": sentry.AlertTriggerConditionArgs(regression_event=sentry.AlertTriggerConditionRegressionEventArgs()),
    "reappeared": sentry.AlertTriggerConditionArgs(reappeared_event=sentry.AlertTriggerConditionReappearedEventArgs()),
}


@dataclass(frozen=True)
class PageDestination:
    """What an alert's page needs to know: Sentry's installation of PagerDuty, and the service's entry in it."""

    installation: pulumi.Input[str]
    entry: sentry.IntegrationPagerduty


@dataclass(frozen=True)
class Destination:
    """What an alert's actions need to know of Sentry's installations; `page` is None where nobody is paged."""

    slack: pulumi.Input[str] | None
    page: PageDestination | None
    team_id: pulumi.Input[str]
    members: Mapping[str, pulumi.Input[str]]


def monitor_args(
    catalog: Catalog, rule: EffectiveRule, signal: Errors | SentryMetric, team_id: pulumi.Input[str]
) -> sentry.MetricMonitorArgs:
    """A metric monitor over a count of errors or over an aggregate of requests; it tells nobody by itself."""
    above, dataset, event_type, query_type, aggregate, window = _measured(signal)
    return sentry.MetricMonitorArgs(
        organization=catalog.platform.at_sentry.organization,
        project=signal.project,
        name=wording.title(catalog, rule),
        description=wording.message(catalog, rule),
        environment=sentry_environment(catalog, rule, signal.project),
        enabled=True,
        owner=sentry.MetricMonitorOwnerArgs(team_id=team_id),
        aggregate=aggregate,
        dataset=dataset,
        event_types=[event_type],
        query_type=query_type,
        query=counted(catalog, rule, signal),
        time_window_seconds=window,
        issue_detection=sentry.MetricMonitorIssueDetectionArgs(type="static"),
        condition_group=thresholds(above, max(VENDOR_WORDS[rule.severity].sentry_priority, LOWEST_PRIORITY)),
    )


def _measured(signal: Errors | SentryMetric) -> tuple[float, str, str, str, str, int]:
    if isinstance(signal, Errors):
        return float(signal.limit), "events", "error", "error", "count()", signal.window.seconds
    unit = {"time": "ms", "share": "fraction", "count": ""}[signal.above.dimension]
    aggregate = AGGREGATES[signal.measure]
    seconds = signal.over.seconds
    return signal.above.to(unit), "events_analytics_platform", "trace_item_span", "performance", aggregate, seconds


def thresholds(above: float, priority: int) -> sentry.MetricMonitorConditionGroupArgs:
    """One level and its recovery: a warn level would open the issue that a critical one then could not trigger."""
    return sentry.MetricMonitorConditionGroupArgs(
        logic_type="any",
        conditions=[
            sentry.MetricMonitorConditionGroupConditionArgs(type="gt", comparison=above, condition_result=priority),
            sentry.MetricMonitorConditionGroupConditionArgs(type="lte", comparison=above, condition_result=RESOLVED),
        ],
    )


def sentry_environment(catalog: Catalog, rule: EffectiveRule, project: str) -> str:
    """The project's own word for the rule's environment."""
    return catalog.platform.projects[project].environments[rule.environment]


def counted(catalog: Catalog, rule: EffectiveRule, signal: Errors | SentryMetric) -> str:
    """Sentry's search for what a monitor counts: errors, or requests without the spans below them."""
    tagged = query(signal.where, rule.tenant_scope, catalog.platform)
    return tagged if isinstance(signal, Errors) else f"{REQUESTS} {tagged}".rstrip()


def query(where: Where, tenant_scope: TenantScope | None, platform: Platform) -> str:
    """Sentry's search for the events that count, in the order of their tags; then the tenant's."""
    ordered = dict(sorted(where.items()))
    if tenant_scope is None:
        return sentry_search(ordered)
    tenancy = platform.tenants
    if tenant_scope.listed:
        return sentry_search(ordered | {tenancy.tenant_tag: (tenant_scope.listed,)})
    of_plan = ordered | {tenancy.plan_tag: (tenant_scope.plan,)}
    return sentry_search(of_plan, excluding={tenancy.tenant_tag: tenant_scope.excluding})


def cron_args(
    catalog: Catalog, rule: EffectiveRule, signal: Cron, team_id: pulumi.Input[str]
) -> sentry.CronMonitorArgs:
    """A cron monitor; its name is the rule's id, because Sentry makes the check-in slug of it."""
    return sentry.CronMonitorArgs(
        organization=catalog.platform.at_sentry.organization,
        project=signal.project,
        name=rule.id,
        description=wording.message(catalog, rule),
        enabled=True,
        owner=sentry.CronMonitorOwnerArgs(team_id=team_id),
        schedule=sentry.CronMonitorScheduleArgs(crontab=" ".join(signal.schedule.split())),
        timezone=signal.time_zone,
        checkin_margin_minutes=signal.late_after.seconds // 60,
        max_runtime_minutes=signal.at_most.seconds // 60,
        failure_issue_threshold=signal.failures,
        recovery_threshold=1,
    )


def uptime_args(
    catalog: Catalog, rule: EffectiveRule, signal: SentryUptime, team_id: pulumi.Input[str]
) -> sentry.UptimeMonitorArgs:
    """An uptime monitor; what its answer says is not asserted, since Sentry does so for early adopters alone."""
    sends = signal.sends or SentRequest()
    return sentry.UptimeMonitorArgs(
        organization=catalog.platform.at_sentry.organization,
        project=signal.project,
        name=wording.title(catalog, rule),
        description=wording.message(catalog, rule),
        environment=sentry_environment(catalog, rule, signal.project),
        enabled=True,
        owner=sentry.UptimeMonitorOwnerArgs(team_id=team_id),
        url=asked_address(catalog.environment(rule.environment).url, signal),
        method=signal.method,
        headers=_headers(sends),
        body=sends.body.text if sends.body else None,
        interval_seconds=signal.every.seconds,
        timeout_ms=signal.within.seconds * 1000,
        downtime_threshold=signal.failures,
        recovery_threshold=signal.successes,
    )


def asked_address(base: str, signal: SentryUptime) -> str:
    """What a monitor asks: the health endpoint's question, an address, or a path of the environment."""
    if signal.health:
        return base + contract.query(contract.Question(signal.health))
    return signal.url or base + (signal.path or "/")


def _headers(sends: SentRequest) -> dict[str, str]:
    """The headers of a request, with the type of its body where none of them says it."""
    written = {name.lower() for name in sends.headers}
    typed = {} if sends.body is None or "content-type" in written else {"Content-Type": CONTENT_TYPES[sends.body.type]}
    return dict(sorted((typed | sends.headers).items()))


def alert_args(
    catalog: Catalog, rule: EffectiveRule, project: str, monitor_id: pulumi.Input[str], to: Destination
) -> sentry.AlertArgs:
    """The alert that connects a rule's monitor with its receivers; exactly one filter, whose order then is settled."""
    signal = rule.rule.signal
    return sentry.AlertArgs(
        organization=catalog.platform.at_sentry.organization,
        name=wording.title(catalog, rule),
        enabled=True,
        environment=_alert_environment(catalog, rule, project),
        monitor_ids=[monitor_id],
        frequency_minutes=reminder_minutes(rule),
        trigger_conditions=[_TRIGGERS[change] for change in _triggers(signal)],
        action_filters=[
            sentry.AlertActionFilterArgs(
                logic_type="all",
                conditions=_conditions(catalog, rule, signal, to.team_id),
                actions=_actions(catalog, rule, project, to),
            )
        ],
    )


def _alert_environment(catalog: Catalog, rule: EffectiveRule, project: str) -> str | None:
    """The environment of the events that an alert takes; none for a metric monitor's, which has its own.

    An alert with an environment takes only events that carry it, and a metric monitor's carried none before
    getsentry/sentry #114201 (src/sentry/workflow_engine/processors/workflow.py): it would tell nobody.
    """
    signal = rule.rule.signal
    if isinstance(signal, Cron) or signal.sends_events:
        return sentry_environment(catalog, rule, project)
    return None


def _triggers(signal: Signal) -> tuple[IssueChange, ...]:
    """What has to happen to an issue: whatever opens a monitor's; nothing where each event of an issue is counted."""
    match signal:
        case Issues():
            return tuple(change for change in _TRIGGERS if change in signal.when)
        case Errors(per_issue=True):
            return ()
        case _:
            return tuple(_TRIGGERS)


def _conditions(
    catalog: Catalog, rule: EffectiveRule, signal: Signal, team_id: pulumi.Input[str]
) -> list[sentry.AlertActionFilterConditionArgs]:
    """What must hold of an issue and its event; a monitor has decided by itself."""
    match signal:
        case Issues():
            return [*_tagged(catalog, rule, signal), *_of_issue(signal, team_id)]
        case Errors(per_issue=True):
            return [*_tagged(catalog, rule, signal), _counted_of_issue(signal)]
        case _:
            return []


def _counted_of_issue(signal: Errors) -> sentry.AlertActionFilterConditionArgs:
    """A count of an issue's events, or of the people whom they met."""
    value, interval = signal.limit, str(signal.window)
    match signal.counting:
        case "events":
            events = sentry.AlertActionFilterConditionEventFrequencyCountArgs(value=value, interval=interval)
            return sentry.AlertActionFilterConditionArgs(event_frequency_count=events)
        case "people":
            people = sentry.AlertActionFilterConditionEventUniqueUserFrequencyCountArgs(value=value, interval=interval)
            return sentry.AlertActionFilterConditionArgs(event_unique_user_frequency_count=people)


def _of_issue(signal: Issues, team_id: pulumi.Input[str]) -> Iterator[sentry.AlertActionFilterConditionArgs]:
    condition = sentry.AlertActionFilterConditionArgs
    if signal.level:
        level = sentry.AlertActionFilterConditionLevelArgs(level=LEVELS[signal.level], match="gte")
        yield condition(level=level)
    if signal.priority:
        priority = PRIORITIES[signal.priority]
        lowest = sentry.AlertActionFilterConditionIssuePriorityGreaterOrEqualArgs(comparison=priority)
        yield condition(issue_priority_greater_or_equal=lowest)
    if signal.seen_at_least:
        seen = sentry.AlertActionFilterConditionIssueOccurrencesArgs(value=signal.seen_at_least)
        yield condition(issue_occurrences=seen)
    yield from (condition(age_comparison=age) for age in _ages(signal))
    if signal.assigned_to:
        yield condition(assigned_to=_assigned(signal.assigned_to, team_id))
    if signal.latest_release:
        yield condition(latest_release=sentry.AlertActionFilterConditionLatestReleaseArgs())


def _assigned(
    to: Literal["nobody", "team"], team_id: pulumi.Input[str]
) -> sentry.AlertActionFilterConditionAssignedToArgs:
    match to:
        case "nobody":
            return sentry.AlertActionFilterConditionAssignedToArgs(target_type="Unassigned")
        case "team":
            return sentry.AlertActionFilterConditionAssignedToArgs(target_type="Team", target_id=team_id)


def _ages(signal: Issues) -> Iterator[sentry.AlertActionFilterConditionAgeComparisonArgs]:
    if signal.older_than:
        yield _age("older", signal.older_than)
    if signal.younger_than:
        yield _age("newer", signal.younger_than)


def _age(direction: str, age: Length) -> sentry.AlertActionFilterConditionAgeComparisonArgs:
    unit = next(unit for unit in AGE_UNITS if age.seconds % SECONDS_IN[unit] == 0)
    number = age.seconds // SECONDS_IN[unit]
    return sentry.AlertActionFilterConditionAgeComparisonArgs(
        comparison_type=direction, time=AGE_UNITS[unit], value=number
    )


def _tagged(catalog: Catalog, rule: EffectiveRule, signal: EventSignal) -> list[sentry.AlertActionFilterConditionArgs]:
    tags = [(key, "eq", value) for key, values in sorted(signal.where.items()) for value in values]
    if rule.tenant_scope:
        tags.extend(_tags_of(rule.tenant_scope, catalog.platform.tenants))
    return [
        sentry.AlertActionFilterConditionArgs(
            tagged_event=sentry.AlertActionFilterConditionTaggedEventArgs(key=key, match=match, value=value)
        )
        for key, match, value in tags
    ]


def _tags_of(tenant_scope: TenantScope, tenancy: Tenancy) -> Iterator[tuple[str, str, str]]:
    if tenant_scope.listed:
        yield tenancy.tenant_tag, "eq", tenant_scope.listed
        return
    yield tenancy.plan_tag, "eq", tenant_scope.plan
    yield from ((tenancy.tenant_tag, "ne", name) for name in tenant_scope.excluding)


def _actions(
    catalog: Catalog, rule: EffectiveRule, project: str, to: Destination
) -> list[sentry.AlertActionFilterActionArgs]:
    pages = [_page(rule, to.page)] if to.page else []
    posts = (_post(catalog, rule, channel, project, to) for channel in rule.route.slack)
    calls = (_webhook(catalog, name) for name in rule.route.webhook)
    mails = (_email(catalog, rule, address, to) for address in rule.route.email)
    owners = [_owners(rule.route.issue_owners)] if rule.route.issue_owners else []
    return [
        *(sentry.AlertActionFilterActionArgs(pagerduty=page) for page in pages),
        *(sentry.AlertActionFilterActionArgs(slack=post) for post in posts),
        *(sentry.AlertActionFilterActionArgs(webhook=call) for call in calls),
        *(sentry.AlertActionFilterActionArgs(email=mail) for mail in (*mails, *owners)),
    ]


def _page(rule: EffectiveRule, to: PageDestination) -> sentry.AlertActionFilterActionPagerdutyArgs:
    return sentry.AlertActionFilterActionPagerdutyArgs(
        integration_id=to.installation,
        service_id=to.entry.id,
        service_name=to.entry.service,
        severity=VENDOR_WORDS[rule.severity].pagerduty_severity,
    )


def _post(
    catalog: Catalog, rule: EffectiveRule, channel: str, project: str, to: Destination
) -> sentry.AlertActionFilterActionSlackArgs:
    return sentry.AlertActionFilterActionSlackArgs(
        integration_id=to.slack or "",
        channel_name=channel,
        tags=",".join(forwarded_tags(catalog, project)),
        notes=wording.message(catalog, rule),
    )


def _webhook(catalog: Catalog, name: str) -> sentry.AlertActionFilterActionWebhookArgs:
    """A call by an internal integration of the organisation, which Sentry names by its slug."""
    return sentry.AlertActionFilterActionWebhookArgs(service=catalog.platform.at_sentry.webhooks[name])


def _email(
    catalog: Catalog, rule: EffectiveRule, address: str, to: Destination
) -> sentry.AlertActionFilterActionEmailArgs:
    if address == catalog.teams[rule.team].email:
        return sentry.AlertActionFilterActionEmailArgs(target_type="team", target_id=to.team_id)
    return sentry.AlertActionFilterActionEmailArgs(target_type="user", target_id=to.members[address])


def _owners(fallback: IssueFallback) -> sentry.AlertActionFilterActionEmailArgs:
    """The action for whoever owns an issue; its type is called email, whatever the owner chose to be told by."""
    return sentry.AlertActionFilterActionEmailArgs(target_type="issue_owners", fallthrough_type=FALLBACKS[fallback])


def forwarded_tags(catalog: Catalog, project: str) -> list[str]:
    """The tags that may leave Sentry: the project's allow-list less everything personal."""
    declared = catalog.platform.projects[project]
    personal = {name for name, tag in declared.tags.items() if tag.personal}
    return sorted(set(declared.forwards) - personal)


def integration_args(
    catalog: Catalog, service: str, integration_id: pulumi.Input[str], key: pulumi.Input[str]
) -> sentry.IntegrationPagerdutyArgs:
    """A PagerDuty service's entry in Sentry's installation."""
    return sentry.IntegrationPagerdutyArgs(
        organization=catalog.platform.at_sentry.organization,
        integration_id=integration_id,
        service=service,
        integration_key=pulumi.Output.secret(key),
    )
