"""The loop that declares: what is shared first, then each rule with what carries it to a human."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from monitoring import conventions
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.signals import (
    Composite,
    Cron,
    Errors,
    MetricSignal,
    RawQuery,
    SentryMetric,
    SentrySignal,
    Slo,
    Uptime,
)
from monitoring.resources import dashboard as board
from monitoring.resources import datadog as dd
from monitoring.resources import pagerduty as pd
from monitoring.resources import sentry as se
from monitoring.resources.accounts import Accounts
from monitoring.resources.sdks import datadog, datadog_pagerduty, datadog_slack, pagerduty, pulumi, sentry

Id = pulumi.Output[str]


def declare(catalog: Catalog, environment: str, today: date, accounts: Accounts) -> None:
    """Declares every resource of one environment; the environment that owns what is shared declares that too."""
    rules = effective_rules(catalog, environment, today)
    stack = _Stack(catalog, environment, rules, accounts)
    if environment == catalog.owner_of_shared:
        _declare_shared(stack, today)
    for rule in rules:
        _declare_rule(stack, rule)
    _declare_composites(stack)
    _declare_routing(stack)
    _declare_maintenance(stack, today)
    if catalog.platform.datadog:
        datadog.DashboardJson(catalog.platform.name, board.dashboard_args(catalog, environment, rules))


@dataclass
class _Stack:
    """What one run has declared so far, by the catalog's names."""

    catalog: Catalog
    environment: str
    rules: tuple[EffectiveRule, ...]
    accounts: Accounts
    schedules: dict[str, Id] = field(default_factory=dict)
    policies: dict[str, Id] = field(default_factory=dict)
    pagers: dict[str, pagerduty.Service] = field(default_factory=dict)
    rows: dict[str, sentry.IntegrationPagerduty] = field(default_factory=dict)
    handles: dict[str, datadog_pagerduty.ServiceObject] = field(default_factory=dict)
    monitors: dict[str, list[Id]] = field(default_factory=dict)


def _renamed(*names: str, protect: bool = False) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(protect=protect or None, aliases=[pulumi.Alias(name=name) for name in names] or None)


# --- what is shared --------------------------------------------------------------------------------------------


def _declare_shared(stack: _Stack, today: date) -> None:
    catalog, oncall, users = stack.catalog, stack.catalog.oncall, stack.accounts.users
    for name, schedule in oncall.schedules.items():
        args = pd.schedule_args(catalog, name, schedule, users)
        declared = pagerduty.Schedule(name, args, opts=_renamed(*schedule.formerly, protect=True))
        stack.schedules[name] = declared.id
    owners = sorted({policy.team for policy in oncall.policies.values() if policy.team})
    teams = {name: pagerduty.Team(name, pd.team_args(catalog.teams[name])).id for name in owners}
    for name, policy in oncall.policies.items():
        team = teams[policy.team] if policy.team else None
        policy_args = pd.policy_args(catalog, name, policy, schedules=stack.schedules, users=users, team=team)
        escalation = pagerduty.EscalationPolicy(name, policy_args, opts=_renamed(*policy.formerly, protect=True))
        stack.policies[name] = escalation.id
    for channel in dd.channels(_rules_everywhere(catalog, today)):
        options = pulumi.ResourceOptions(replace_on_changes=["channelName"], delete_before_replace=True)
        datadog_slack.Channel(channel, dd.channel_args(catalog, channel), opts=options)


def _rules_everywhere(catalog: Catalog, today: date) -> Iterable[EffectiveRule]:
    return (rule for name in catalog.platform.environments for rule in effective_rules(catalog, name, today))


# --- PagerDuty's services, and the ways into them --------------------------------------------------------------


def _pager(stack: _Stack, rule: EffectiveRule) -> pagerduty.Service:
    """The PagerDuty service between a rule and its policy, declared when the first rule needs it."""
    name = conventions.pagerduty_service(stack.catalog, rule)
    if name not in stack.pagers:
        policy = stack.policies[rule.route.page or ""]
        args = pd.service_args(stack.catalog, rule, policy)
        former = conventions.former_pagerduty_services(stack.catalog, rule)
        stack.pagers[name] = pagerduty.Service(name, args, opts=_renamed(*former, protect=True))
    return stack.pagers[name]


def _key(stack: _Stack, rule: EffectiveRule, vendor: str, args: pagerduty.ServiceIntegrationArgs) -> Id:
    """The secret key of a service's integration for one vendor."""
    name = conventions.pagerduty_service(stack.catalog, rule)
    former = [f"{old}-{vendor}" for old in conventions.former_pagerduty_services(stack.catalog, rule)]
    options = pulumi.ResourceOptions.merge(
        _renamed(*former, protect=True), pulumi.ResourceOptions(additional_secret_outputs=["integrationKey"])
    )
    return pagerduty.ServiceIntegration(f"{name}-{vendor}", args, opts=options).integration_key


def _row(stack: _Stack, rule: EffectiveRule) -> sentry.IntegrationPagerduty:
    """The service's row in Sentry; rows are written one after the other, since each write replaces the whole table."""
    name = conventions.pagerduty_service(stack.catalog, rule)
    if name not in stack.rows:
        key = _key(stack, rule, "sentry", pd.sentry_integration_args(_pager(stack, rule).id))
        args = se.row_args(stack.catalog, name, stack.accounts.installations["pagerduty"], key)
        options = pulumi.ResourceOptions.merge(
            _renamed(*conventions.former_pagerduty_services(stack.catalog, rule), protect=True),
            pulumi.ResourceOptions(depends_on=list(stack.rows.values())[-1:]),
        )
        stack.rows[name] = sentry.IntegrationPagerduty(name, args, opts=options)
    return stack.rows[name]


def _handle(stack: _Stack, rule: EffectiveRule) -> Id:
    """The name by which Datadog pages the service."""
    name = conventions.pagerduty_service(stack.catalog, rule)
    if name not in stack.handles:
        service = _pager(stack, rule)
        key = _key(stack, rule, "datadog", pd.datadog_integration_args(service.id, stack.accounts.vendors["Datadog"]))
        options = pulumi.ResourceOptions.merge(
            _renamed(*conventions.former_pagerduty_services(stack.catalog, rule)),
            pulumi.ResourceOptions(delete_before_replace=True),
        )
        stack.handles[name] = datadog_pagerduty.ServiceObject(name, dd.service_object_args(name, key), opts=options)
    return stack.handles[name].service_name


# --- rules -----------------------------------------------------------------------------------------------------


def _declare_rule(stack: _Stack, rule: EffectiveRule) -> None:
    signal = rule.rule.signal
    match signal:
        case Errors() | SentryMetric() | Cron():
            _declare_at_sentry(stack, rule, signal)
        case Uptime():
            _declare_tests(stack, rule, signal)
        case MetricSignal():
            _declare_monitor(stack, rule, dd.metric_monitor_args(stack.catalog, rule, signal))
        case RawQuery():
            _declare_monitor(stack, rule, dd.raw_monitor_args(stack.catalog, rule, signal))
        case Slo():
            _declare_slo(stack, rule, signal)
        case Composite():
            pass  # after all others, since it names their monitors


def _declare_at_sentry(stack: _Stack, rule: EffectiveRule, signal: SentrySignal) -> None:
    destination = se.Destination(
        slack=stack.accounts.installations["slack"] if rule.route.slack else None,
        pagerduty=stack.accounts.installations["pagerduty"] if rule.pages else None,
        row=_row(stack, rule) if rule.pages else None,
        team_id=stack.accounts.teams[rule.team],
        members=stack.accounts.members,
    )
    monitor = _sentry_monitor(stack, rule, signal)
    args = se.alert_args(stack.catalog, rule, signal.project, monitor, destination)
    sentry.Alert(rule.id, args, opts=_renamed_rule(rule))


def _sentry_monitor(stack: _Stack, rule: EffectiveRule, signal: SentrySignal) -> pulumi.Input[str]:
    team = stack.accounts.teams[rule.team]
    if isinstance(signal, Cron):
        args = se.cron_args(stack.catalog, rule, signal, team)
        return sentry.CronMonitor(rule.id, args, opts=_renamed_rule(rule)).id
    if isinstance(signal, Errors) and signal.per_issue:
        return stack.accounts.error_monitors[signal.project]
    monitor_args = se.monitor_args(stack.catalog, rule, signal, team)
    return sentry.MetricMonitor(rule.id, monitor_args, opts=_renamed_rule(rule)).id


def _declare_tests(stack: _Stack, rule: EffectiveRule, signal: Uptime) -> None:
    stack.monitors[rule.id] = []
    for method in signal.methods:
        name = dd.test_name(rule, signal, method)
        args = dd.test_args(stack.catalog, rule, signal, method)
        test = datadog.SyntheticsTest(name, args, opts=_renamed_rule(rule, name.removeprefix(rule.id)))
        stack.monitors[rule.id].append(pulumi.Output.format("{0}", test.monitor_id))


def _declare_monitor(stack: _Stack, rule: EffectiveRule, args: datadog.MonitorArgs) -> None:
    stack.monitors[rule.id] = [datadog.Monitor(rule.id, args, opts=_renamed_rule(rule)).id]


def _declare_slo(stack: _Stack, rule: EffectiveRule, signal: Slo) -> None:
    args = dd.slo_args(stack.catalog, rule, signal)
    slo = datadog.ServiceLevelObjective(rule.id, args, opts=_renamed_rule(rule))
    stack.monitors[rule.id] = []
    for rate in dd.burn_rates(rule):
        name = dd.burn_name(rule, rate)
        burn = dd.burn_args(stack.catalog, rule, signal, rate, slo.id)
        monitor = datadog.Monitor(name, burn, opts=_renamed_rule(rule, name.removeprefix(rule.id)))
        stack.monitors[rule.id].append(monitor.id)


def _declare_composites(stack: _Stack) -> None:
    for rule in stack.rules:
        if isinstance(signal := rule.rule.signal, Composite):
            args = dd.composite_args(stack.catalog, rule, signal, stack.monitors)
            datadog.Monitor(rule.id, args, opts=_renamed_rule(rule))


def _renamed_rule(rule: EffectiveRule, suffix: str = "") -> pulumi.ResourceOptions:
    tenant = f"-{rule.customers.suffix}" if rule.customers else ""
    return _renamed(*(f"{old}{tenant}{suffix}" for old in rule.rule.formerly))


# --- routing, maintenance --------------------------------------------------------------------------------------


def _declare_routing(stack: _Stack) -> None:
    """One notification rule for each service, severity and team that has something at Datadog and a receiver."""
    routed: set[str] = set()
    for rule in stack.rules:
        name = conventions.route_name(rule)
        arrives = rule.route.page or rule.route.slack or rule.route.email
        if conventions.watched_by_datadog(rule) and arrives and name not in routed:
            routed.add(name)
            pager = _handle(stack, rule) if rule.pages else None
            former = conventions.former_route_names(rule)
            args = dd.notification_args(stack.catalog, rule, pager)
            datadog.MonitorNotificationRule(name, args, opts=_renamed(*former))


def _declare_maintenance(stack: _Stack, today: date) -> None:
    for name, window in stack.catalog.maintenance.items():
        if stack.environment in window.environments and window.end.date() >= today:
            for service in window.services:
                args = dd.downtime_args(stack.catalog, window, stack.environment, service)
                datadog.DowntimeSchedule(f"{name}-{service}", args)
