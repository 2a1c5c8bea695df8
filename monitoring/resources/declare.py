"""The loop that declares: what is shared first, then each rule with what carries it to a human."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from monitoring.model.burn_rates import burn_rates
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules, rules_everywhere, secrets_sent, written_to
from monitoring.model.maintenance import Maintenance
from monitoring.model.oncall import Schedule
from monitoring.model.receivers import ReceiverKind
from monitoring.model.signals import (
    Composite,
    Cron,
    Elsewhere,
    Errors,
    Issues,
    SentryMetric,
    SentrySignal,
    SentryUptime,
    Slo,
    Uptime,
)
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.naming import names
from monitoring.naming.downtimes import window_mutes
from monitoring.naming.pager_service import PagerService, integration_name, pager_service, slack_connection_name
from monitoring.resources import dashboard as board
from monitoring.resources import datadog as dd
from monitoring.resources import pagerduty as pd
from monitoring.resources import sentry as se
from monitoring.resources import synthetic_tests as st
from monitoring.resources.accounts import Accounts
from monitoring.resources.downtimes import downtime_args
from monitoring.resources.sdks import (
    datadog,
    datadog_ms,
    datadog_pagerduty,
    datadog_slack,
    pagerduty,
    pulumi,
    sentry,
)
from monitoring.resources.secrets import SecretKind

Id = pulumi.Output[str]
LONG_AGO = datetime.min.replace(tzinfo=UTC)
INTEGRATION_KEYS = "integration-keys"
"""The stack's output with the keys that other systems send with."""


def declare(catalog: Catalog, environment: str, today: date, accounts: Accounts, *, now: datetime = LONG_AGO) -> None:
    """Declares every resource of one environment; the environment that owns what is shared declares that too.

    `now` is when the vendors are asked, where that is later than the beginning of the day: what recurs begins after it.
    """
    rules = effective_rules(catalog, environment, today)
    stack = _Stack(catalog, environment, rules, accounts, now)
    if environment == catalog.shared_environment:
        _declare_shared(stack, today)
    _declare_variables(stack)
    for rule in rules:
        _declare_rule(stack, rule)
    _declare_composites(stack)
    _declare_routing(stack)
    _export_keys(stack)
    _declare_maintenance(stack, today)
    if catalog.platform.datadog:
        _declare_dashboards(stack)


@dataclass
class _Stack:
    """What one run has declared so far, by the catalog's names."""

    catalog: Catalog
    environment: str
    rules: tuple[EffectiveRule, ...]
    accounts: Accounts
    now: datetime
    schedules: dict[str, Id] = field(default_factory=dict)
    policies: dict[str, Id] = field(default_factory=dict)
    pagerduty_services: dict[str, pagerduty.Service] = field(default_factory=dict)
    sentry_integrations: dict[str, sentry.IntegrationPagerduty] = field(default_factory=dict)
    service_objects: dict[str, datadog_pagerduty.ServiceObject] = field(default_factory=dict)
    variables: dict[str, Id] = field(default_factory=dict)
    monitors: dict[str, list[Id]] = field(default_factory=dict)
    keys_elsewhere: dict[str, Id] = field(default_factory=dict)


def _options(
    *former: str,
    protect: bool = False,
    secret: str = "",
    after: Sequence[pulumi.Resource] = (),
    delete_first: bool = False,
) -> pulumi.ResourceOptions:
    """How the engine treats a resource: by its former names, its secret output, and what it waits for."""
    return pulumi.ResourceOptions(
        protect=protect or None,
        aliases=[pulumi.Alias(name=name) for name in former] or None,
        additional_secret_outputs=[secret] if secret else None,
        depends_on=after or None,
        delete_before_replace=delete_first or None,
    )


# --- what is shared --------------------------------------------------------------------------------------------


def _declare_shared(stack: _Stack, today: date) -> None:
    catalog, oncall, users = stack.catalog, stack.catalog.oncall, stack.accounts.users
    for name, schedule in oncall.schedules.items():
        stack.schedules[name] = _declare_schedule(stack, name, schedule)
    owners = sorted({policy.team for policy in oncall.policies.values() if policy.team})
    teams = {name: pagerduty.Team(name, pd.team_args(catalog, catalog.teams[name])).id for name in owners}
    for name, policy in oncall.policies.items():
        team = teams[policy.team] if policy.team else None
        policy_args = pd.policy_args(catalog, name, policy, schedules=stack.schedules, users=users, team=team)
        escalation = pagerduty.EscalationPolicy(name, policy_args, opts=_options(*policy.formerly, protect=True))
        stack.policies[name] = escalation.id
    _declare_receivers(stack, rules_everywhere(catalog, today))


def _declare_receivers(stack: _Stack, rules: Sequence[EffectiveRule]) -> None:
    """Where Datadog's rules of any environment arrive beside PagerDuty, as far as a program can make it."""
    for channel in written_to(rules, "datadog", ReceiverKind.SLACK):
        options = pulumi.ResourceOptions(replace_on_changes=["channelName"], delete_before_replace=True)
        datadog_slack.Channel(channel, dd.channel_args(stack.catalog, channel), opts=options)
    for name in written_to(rules, "datadog", ReceiverKind.TEAMS):
        channel_of_teams = stack.catalog.platform.at_datadog.microsoft_teams[name]
        datadog_ms.IntegrationTeamsTenantBasedHandle(name, dd.teams_channel_args(name, channel_of_teams))
    addresses = stack.accounts.secrets[SecretKind.WEBHOOK]
    for name in written_to(rules, "datadog", ReceiverKind.WEBHOOK):
        options = pulumi.ResourceOptions(additional_secret_outputs=["url"])
        datadog.Webhook(name, dd.webhook_args(name, addresses[name]), opts=options)


def _declare_schedule(stack: _Stack, name: str, schedule: Schedule) -> Id:
    """A schedule of the wanted kind; of both kinds policies ask the shift-based one, which takes the other's name."""
    catalog, users, kinds = stack.catalog, stack.accounts.users, stack.catalog.platform.pagerduty
    layered = None
    if kinds.has_layers:
        args = pd.schedule_args(catalog, name, schedule, users)
        layered = pagerduty.Schedule(name, args, opts=_options(*schedule.formerly, protect=True))
        if not kinds.has_shifts:
            return layered.id
    options = _options(*schedule.formerly, protect=True, after=[layered] if layered else [])
    return pagerduty.Schedulev2(name, pd.shift_based_args(catalog, name, schedule, users), opts=options).id


# --- PagerDuty's services, and the ways into them --------------------------------------------------------------


def _pagerduty_service(stack: _Stack, rule: EffectiveRule, pager: PagerService) -> pagerduty.Service:
    """The PagerDuty service between a rule and its policy, declared when the first rule needs it."""
    if pager.name not in stack.pagerduty_services:
        args = pd.service_args(stack.catalog, rule, pager, stack.policies[pager.policy])
        stack.pagerduty_services[pager.name] = pagerduty.Service(
            pager.name, args, opts=_options(*pager.former, protect=True)
        )
    return stack.pagerduty_services[pager.name]


def _key(pager: PagerService, vendor: str, args: pagerduty.ServiceIntegrationArgs) -> Id:
    """The secret key of a service's integration for one vendor."""
    return _way_in([integration_name(service, vendor) for service in (pager.name, *pager.former)], args)


def _way_in(names: Iterable[str], args: pagerduty.ServiceIntegrationArgs) -> Id:
    """The secret key of an integration, by its name and those that it had before."""
    name, *former = names
    options = _options(*former, protect=True, secret="integrationKey")
    return pagerduty.ServiceIntegration(name, args, opts=options).integration_key


def _sentry_integration(stack: _Stack, rule: EffectiveRule, pager: PagerService) -> sentry.IntegrationPagerduty:
    """The service's entry in Sentry's installation; one waits for the other, since each write replaces all of them."""
    if pager.name not in stack.sentry_integrations:
        key = _key(pager, "sentry", pd.sentry_integration_args(_pagerduty_service(stack, rule, pager).id))
        args = se.integration_args(stack.catalog, pager.name, stack.accounts.installations["pagerduty"], key)
        options = _options(*pager.former, protect=True, after=list(stack.sentry_integrations.values())[-1:])
        stack.sentry_integrations[pager.name] = sentry.IntegrationPagerduty(pager.name, args, opts=options)
    return stack.sentry_integrations[pager.name]


def _service_object(stack: _Stack, rule: EffectiveRule, pager: PagerService) -> Id:
    """The name by which Datadog pages the service."""
    if pager.name not in stack.service_objects:
        service = _pagerduty_service(stack, rule, pager)
        key = _key(pager, "datadog", pd.datadog_integration_args(service.id, stack.accounts.vendors["Datadog"]))
        options = _options(*pager.former, delete_first=True)
        args = dd.service_object_args(pager.name, key)
        stack.service_objects[pager.name] = datadog_pagerduty.ServiceObject(pager.name, args, opts=options)
    return stack.service_objects[pager.name].service_name


# --- rules -----------------------------------------------------------------------------------------------------


def _declare_rule(stack: _Stack, rule: EffectiveRule) -> None:
    signal = rule.rule.signal
    match signal:
        case Errors() | Issues() | SentryMetric() | Cron() | SentryUptime():
            _declare_at_sentry(stack, rule, signal)
        case Uptime():
            _declare_tests(stack, rule, signal)
        case QueryMonitor():
            _declare_monitor(stack, rule, dd.query_monitor_args(stack.catalog, rule, signal))
        case Slo():
            _declare_slo(stack, rule, signal)
        case Elsewhere():
            _declare_way_in(stack, rule, signal)
        case Composite():
            pass  # after all others, since it names their monitors


def _declare_at_sentry(stack: _Stack, rule: EffectiveRule, signal: SentrySignal) -> None:
    pager = pager_service(stack.catalog, rule)
    destination = se.Destination(
        slack=stack.accounts.installations["slack"] if rule.route.slack else None,
        page=_page(stack, rule, pager) if pager else None,
        team_id=stack.accounts.teams[rule.team],
        members=stack.accounts.members,
    )
    monitor = _sentry_monitor(stack, rule, signal)
    args = se.alert_args(stack.catalog, rule, signal.project, monitor, destination)
    sentry.Alert(rule.id, args, opts=_options(*rule.former_ids))


def _page(stack: _Stack, rule: EffectiveRule, pager: PagerService) -> se.PageDestination:
    integration = _sentry_integration(stack, rule, pager)
    return se.PageDestination(stack.accounts.installations["pagerduty"], integration)


def _sentry_monitor(stack: _Stack, rule: EffectiveRule, signal: SentrySignal) -> pulumi.Input[str]:
    team = stack.accounts.teams[rule.team]
    if isinstance(signal, Cron):
        args = se.cron_args(stack.catalog, rule, signal, team)
        return sentry.CronMonitor(rule.id, args, opts=_options(*rule.former_ids)).id
    if isinstance(signal, SentryUptime):
        uptime = se.uptime_args(stack.catalog, rule, signal, team)
        return sentry.UptimeMonitor(rule.id, uptime, opts=_options(*rule.former_ids)).id
    if isinstance(signal, Issues) or signal.sends_events:
        return stack.accounts.error_monitors[signal.project]
    monitor_args = se.monitor_args(stack.catalog, rule, signal, team)
    return sentry.MetricMonitor(rule.id, monitor_args, opts=_options(*rule.former_ids)).id


def _declare_variables(stack: _Stack) -> None:
    """A variable of Datadog's for each secret that tests send, so that none stands in a test."""
    for secret in secrets_sent(stack.rules):
        value = stack.accounts.secrets[SecretKind.HEADER][secret]
        args = st.variable_args(stack.catalog, stack.environment, secret, value)
        stack.variables[secret] = datadog.SyntheticsGlobalVariable(secret, args).id


def _declare_tests(stack: _Stack, rule: EffectiveRule, signal: Uptime) -> None:
    stack.monitors[rule.id] = []
    for method in signal.methods:
        name, *former = (names.test_name(id_, signal, method) for id_ in (rule.id, *rule.former_ids))
        args = st.test_args(stack.catalog, rule, signal, method, stack.variables)
        test = datadog.SyntheticsTest(name, args, opts=_options(*former))
        stack.monitors[rule.id].append(pulumi.Output.format("{0}", test.monitor_id))


def _declare_monitor(stack: _Stack, rule: EffectiveRule, args: datadog.MonitorArgs) -> None:
    stack.monitors[rule.id] = [datadog.Monitor(rule.id, args, opts=_options(*rule.former_ids)).id]


def _declare_slo(stack: _Stack, rule: EffectiveRule, signal: Slo) -> None:
    args = dd.slo_args(stack.catalog, rule, signal)
    slo = datadog.ServiceLevelObjective(rule.id, args, opts=_options(*rule.former_ids))
    stack.monitors[rule.id] = []
    for rate in burn_rates(wakes=rule.promise.wakes is not None):
        name, *former = (names.burn_name(id_, rate) for id_ in (rule.id, *rule.former_ids))
        burn = dd.burn_args(stack.catalog, rule, signal, rate, slo.id)
        monitor = datadog.Monitor(name, burn, opts=_options(*former))
        stack.monitors[rule.id].append(monitor.id)


def _declare_way_in(stack: _Stack, rule: EffectiveRule, signal: Elsewhere) -> None:
    """The rule's own PagerDuty service, and the integration to which another system sends."""
    if pager := pager_service(stack.catalog, rule):
        service = _pagerduty_service(stack, rule, pager)
        args = pd.elsewhere_integration_args(signal, service.id, stack.accounts.vendors)
        key = _way_in([pager.name, *pager.former], args)
        _declare_slack(stack, rule, signal, pager, service.id)
        if signal.email is None:  # whoever mails needs the address, which the catalog has
            stack.keys_elsewhere[rule.id] = key


def _declare_slack(stack: _Stack, rule: EffectiveRule, signal: Elsewhere, pager: PagerService, service_id: Id) -> None:
    """The channels to which PagerDuty posts a rule's incidents; one of another workspace is made anew.

    The provider changes a connection at the address of its new workspace, where it is not (resource_pagerduty_slack_
    connection.go, update).
    """
    ids = stack.accounts.slack
    for channel in rule.route.slack:
        name, *former = (slack_connection_name(service, channel) for service in (pager.name, *pager.former))
        args = pd.slack_connection_args(signal, service_id, ids.workspace, ids.channels[channel])
        options = pulumi.ResourceOptions(
            replace_on_changes=["workspaceId"], aliases=[pulumi.Alias(name=each) for each in former] or None
        )
        pagerduty.SlackConnection(name, args, opts=options)


def _export_keys(stack: _Stack) -> None:
    """The keys that people put into other systems, by the rule, as one secret output of the stack."""
    if stack.keys_elsewhere:
        pulumi.export(INTEGRATION_KEYS, pulumi.Output.secret(pulumi.Output.all(**stack.keys_elsewhere)))


def _declare_composites(stack: _Stack) -> None:
    for rule in stack.rules:
        if isinstance(signal := rule.rule.signal, Composite):
            args = dd.composite_args(stack.catalog, rule, signal, stack.monitors)
            datadog.Monitor(rule.id, args, opts=_options(*rule.former_ids))


# --- dashboards, routing, maintenance --------------------------------------------------------------------------


def _declare_dashboards(stack: _Stack) -> None:
    """The platform's dashboard, and one for each service of which Datadog watches something here."""
    catalog, environment = stack.catalog, stack.environment
    overview = board.platform_dashboard_args(catalog, environment, stack.rules)
    datadog.DashboardJson(names.dashboard_name(catalog), overview)
    for service in catalog.services.values():
        if names.has_dashboard(catalog, service, environment):
            name, *former = (
                names.service_dashboard_name(catalog, each) for each in (service.service, *service.formerly)
            )
            args = board.service_dashboard_args(catalog, environment, service, stack.rules)
            datadog.DashboardJson(name, args, opts=_options(*former))


def _declare_routing(stack: _Stack) -> None:
    """One notification rule for each service, severity and team that has something at Datadog and a receiver."""
    routed: set[str] = set()
    for rule in stack.rules:
        name = names.route_name(rule)
        if rule.watcher == "datadog" and rule.route.arrives and name not in routed:
            routed.add(name)
            pager = pager_service(stack.catalog, rule)
            args = dd.notification_args(stack.catalog, rule, _service_object(stack, rule, pager) if pager else None)
            datadog.MonitorNotificationRule(name, args, opts=_options(*names.former_route_names(rule)))


def _declare_maintenance(stack: _Stack, today: date) -> None:
    """Declares each window that is not over when the day begins in UTC, where the proof's horizon begins too."""
    start = datetime.combine(today, time(), UTC)
    for name, window in stack.catalog.maintenance.items():
        if stack.environment in window.environments and not window.is_over(start):
            for mute in window_mutes(stack.catalog, name, stack.environment, stack.rules):
                args = downtime_args(window, mute.monitor_tags, max(start, stack.now))
                datadog.DowntimeSchedule(mute.name, args, opts=pulumi.ResourceOptions(ignore_changes=_moving(window)))


def _moving(window: Maintenance) -> list[str] | None:
    """The start of a recurring mute: it is that of its next opening when it is made, and stays what it was then."""
    return None if window.every is None else ["recurringSchedule.recurrences[0].start"]
