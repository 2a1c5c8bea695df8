"""The loop that declares: what is shared first, then each rule with what carries it to a human."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

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
from monitoring.resources.sdks import datadog, datadog_pagerduty, datadog_slack, pagerduty, pulumi, sentry
from monitoring.resources.stack import Question, answers

Id = pulumi.Output[str]


def declare(catalog: Catalog, environment: str, today: date) -> None:
    """Declares every resource of one environment; the environment that owns what is shared declares that too."""
    rules = effective_rules(catalog, environment, today)
    stack = _Stack(catalog, environment, rules)
    stack.ask_first()
    if environment == catalog.owner_of_shared:
        _declare_shared(stack, today)
    for rule in rules:
        _declare_rule(stack, rule)
    _declare_composites(stack)
    _declare_routing(stack)
    _declare_maintenance(stack, today)
    datadog.DashboardJson(catalog.platform.name, board.dashboard_args(catalog, environment, rules))


@dataclass
class _Stack:
    """What one run has declared and looked up so far, by the catalog's names."""

    catalog: Catalog
    environment: str
    rules: tuple[EffectiveRule, ...]
    schedules: dict[str, Id] = field(default_factory=dict)
    policies: dict[str, Id] = field(default_factory=dict)
    pagers: dict[str, pagerduty.Service] = field(default_factory=dict)
    rows: dict[str, sentry.IntegrationPagerduty] = field(default_factory=dict)
    handles: dict[str, datadog_pagerduty.ServiceObject] = field(default_factory=dict)
    monitors: dict[str, list[Id]] = field(default_factory=dict)

    def ask_first(self) -> None:
        """Asks for all that people made before anything is declared, so that a wrong name leaves nothing half made."""
        if self.environment == self.catalog.owner_of_shared:
            _ = self.users
        _ = self.sentry_teams, self.sentry_members
        self._ask_for_projects()
        _ = self.error_monitors

    @cached_property
    def users(self) -> dict[str, str]:
        """Everybody on call, looked up at PagerDuty by e-mail. Raises CatalogError with everybody whom it lacks."""
        found = answers(
            {
                name: Question(
                    source=self.catalog.at("person", name, "email"),
                    where=f'person "{name}"',
                    what=f'PagerDuty shows nobody as "{person.email}"',
                    remedy="invite them there, or correct the address",
                    ask=partial(pagerduty.get_user, email=person.email),
                )
                for name, person in self.catalog.oncall.people.items()
            }
        )
        return {name: user.id for name, user in found.items()}

    @cached_property
    def sentry_slack(self) -> Id:
        """Sentry's Slack installation."""
        return self._installation("slack", self.catalog.platform.sentry.slack_workspace)

    @cached_property
    def sentry_pagerduty(self) -> Id:
        """Sentry's PagerDuty installation."""
        return self._installation("pagerduty", self.catalog.platform.sentry.pagerduty_account)

    @cached_property
    def datadog_vendor(self) -> Id:
        """PagerDuty's entry for Datadog in its list of vendors."""
        return pagerduty.get_vendor_output(name="Datadog").id

    @cached_property
    def sentry_teams(self) -> dict[str, str]:
        """Each team's internal id at Sentry. Raises CatalogError with every team that is not there."""
        account = self.catalog.platform.sentry
        used = {rule.team for rule in self.rules if not dd.is_ours(rule)}
        found = answers(
            {
                team: Question(
                    source=self.catalog.at("platform", "", "sentry", "teams", team),
                    where=f'team "{team}"',
                    what=f'Sentry\'s organisation "{account.organization}" shows no team "{slug}"',
                    remedy="make it there, or correct sentry.teams",
                    ask=partial(sentry.get_team, organization=account.organization, slug=slug),
                )
                for team, slug in account.teams.items()
                if team in used
            }
        )
        return {team: answer.internal_id for team, answer in found.items()}

    @cached_property
    def sentry_members(self) -> dict[str, str]:
        """The internal ids of people to whom Sentry writes, by address; a team's own address is the team.

        Raises CatalogError with everybody who is no member.
        """
        organization = self.catalog.platform.sentry.organization
        found = answers(
            {
                address: Question(
                    source=self.catalog.at("team", rule.team, "routes", rule.severity.value, "email"),
                    where=f'the {rule.severity} route of team "{rule.team}"',
                    what=f'Sentry\'s organisation "{organization}" shows no member "{address}"',
                    remedy="invite them there, or correct the address",
                    ask=partial(sentry.get_organization_member, organization=organization, email=address),
                )
                for address, rule in self._written_to().items()
            }
        )
        return {address: member.internal_id for address, member in found.items()}

    def _written_to(self) -> dict[str, EffectiveRule]:
        """Addresses of people to whom Sentry writes, each with the first rule that does."""
        found: dict[str, EffectiveRule] = {}
        for rule in self.rules:
            if not dd.is_ours(rule):
                for address in rule.route.email:
                    if address != self.catalog.teams[rule.team].email:
                        found.setdefault(address, rule)
        return dict(sorted(found.items()))

    def _ask_for_projects(self) -> None:
        """Asks Sentry for each project that a rule watches. Raises CatalogError with every one that is not there."""
        organization = self.catalog.platform.sentry.organization
        answers(
            {
                project: Question(
                    source=self.catalog.at("platform", "", "sentry", "projects", project),
                    where=f'project "{project}"',
                    what=f'Sentry\'s organisation "{organization}" shows no project "{project}"',
                    remedy="make it there, or correct sentry.projects",
                    ask=partial(sentry.get_project, organization=organization, slug=project),
                )
                for project in sorted({signal.project for signal in self._sentry_signals()})
            }
        )

    @cached_property
    def error_monitors(self) -> dict[str, str]:
        """The monitor that Sentry makes for all grouped errors of a project, for rules on single issues.

        Raises CatalogError with every project that has none.
        """
        organization = self.catalog.platform.sentry.organization
        found = answers(
            {
                project: Question(
                    source=self.catalog.at("platform", "", "sentry", "projects", project),
                    where=f'project "{project}"',
                    what=f'Sentry\'s organisation "{organization}" shows no project "{project}" with an error monitor',
                    remedy="make it there, or correct sentry.projects",
                    ask=partial(sentry.get_project_error_monitor, organization=organization, project=project),
                )
                for project in sorted(self._projects_per_issue())
            }
        )
        return {project: monitor.id for project, monitor in found.items()}

    def _projects_per_issue(self) -> set[str]:
        return {signal.project for signal in self._sentry_signals() if isinstance(signal, Errors) and signal.per_issue}

    def _sentry_signals(self) -> Iterator[SentrySignal]:
        return (signal for rule in self.rules if isinstance(signal := rule.rule.signal, SentrySignal))

    def _installation(self, provider: str, name: str) -> Id:
        organization = self.catalog.platform.sentry.organization
        found = sentry.get_organization_integration_output(organization=organization, provider_key=provider, name=name)
        return found.id


def _renamed(*names: str, protect: bool = False) -> pulumi.ResourceOptions:
    return pulumi.ResourceOptions(protect=protect or None, aliases=[pulumi.Alias(name=name) for name in names] or None)


# --- what is shared --------------------------------------------------------------------------------------------


def _declare_shared(stack: _Stack, today: date) -> None:
    catalog, oncall = stack.catalog, stack.catalog.oncall
    for name, schedule in oncall.schedules.items():
        args = pd.schedule_args(catalog, name, schedule, stack.users)
        declared = pagerduty.Schedule(name, args, opts=_renamed(*schedule.formerly, protect=True))
        stack.schedules[name] = declared.id
    owners = sorted({policy.team for policy in oncall.policies.values() if policy.team})
    teams = {name: pagerduty.Team(name, pd.team_args(catalog.teams[name])).id for name in owners}
    for name, policy in oncall.policies.items():
        team = teams[policy.team] if policy.team else None
        policy_args = pd.policy_args(catalog, name, policy, schedules=stack.schedules, users=stack.users, team=team)
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
        args = se.row_args(stack.catalog, name, stack.sentry_pagerduty, key)
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
        key = _key(stack, rule, "datadog", pd.datadog_integration_args(service.id, stack.datadog_vendor))
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
        slack=stack.sentry_slack if rule.route.slack else None,
        pagerduty=stack.sentry_pagerduty if rule.pages else None,
        row=_row(stack, rule) if rule.pages else None,
        team_id=stack.sentry_teams[rule.team],
        members=stack.sentry_members,
    )
    monitor = _sentry_monitor(stack, rule, signal)
    args = se.alert_args(stack.catalog, rule, signal.project, monitor, destination)
    sentry.Alert(rule.id, args, opts=_renamed_rule(rule))


def _sentry_monitor(stack: _Stack, rule: EffectiveRule, signal: SentrySignal) -> pulumi.Input[str]:
    team = stack.sentry_teams[rule.team]
    if isinstance(signal, Cron):
        args = se.cron_args(stack.catalog, rule, signal, team)
        return sentry.CronMonitor(rule.id, args, opts=_renamed_rule(rule)).id
    if isinstance(signal, Errors) and signal.per_issue:
        return stack.error_monitors[signal.project]
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
        if dd.is_ours(rule) and arrives and name not in routed:
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
