"""What has to exist at the vendors before the first `up`, by name, because no program can make it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from monitoring.docs.markdown import code, plain, table
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.platform import DatadogAccount, SentryAccount
from monitoring.model.receivers import OPSGENIE_ENDS, ReceiverKind
from monitoring.model.service import Route


def must_exist(catalog: Catalog, _: str) -> str:
    """Each thing that somebody makes or installs by hand, by the name that the catalog expects."""
    platform = catalog.platform
    rows = [*_slack(catalog), *_pagerduty(catalog)]
    if platform.sentry:
        rows += _sentry(catalog, platform.sentry)
    if platform.datadog:
        rows += _datadog(catalog, platform.datadog)
    return table(["where", "what", "by name"], rows)


def _slack(catalog: Catalog) -> Iterator[list[str]]:
    routes = (route for team in catalog.teams.values() for route in team.routes.values())
    quiet = (environment.slack for environment in catalog.platform.environments.values() if environment.slack)
    channels = dict.fromkeys([*(channel for route in routes for channel in route.slack), *quiet])
    apps = " and ".join(name.capitalize() for name in catalog.platform.vendors if name != "pagerduty")
    what = f"channels, with the app{'s' * (' and ' in apps)} of {apps} invited"
    if (
        channels
        or catalog.platform.slack_account
        or (catalog.platform.sentry and catalog.platform.sentry.slack_workspace)
    ):
        yield ["Slack", what, _names(f"#{name}" for name in channels)]


def _pagerduty(catalog: Catalog) -> Iterator[list[str]]:
    people = catalog.oncall.people
    yield ["PagerDuty", "the account", code(catalog.platform.pagerduty.subdomain)]
    what = "a user for each person, with the contacts of the catalog as notification rules"
    yield ["PagerDuty", what, f"{len(people)}: {plain(', '.join(person.name for person in people.values()))}"]
    if catalog.platform.pagerduty.slack:
        yield ["PagerDuty", "the workspace of Slack, mapped to the account, and a user's token for it", "–"]
        what = "in the stack's configuration: the ids of the workspace and of the channels of rules elsewhere"
        yield ["Pulumi", what, _names(["monitoring:slack.workspace", "monitoring:slack.channels.CHANNEL"])]


def _sentry(catalog: Catalog, sentry: SentryAccount) -> Iterator[list[str]]:
    yield ["Sentry", "the organisation", code(sentry.organization)]
    yield ["Sentry", "projects", plain(", ".join(sentry.projects))]
    words = {word for project in sentry.projects.values() for word in project.environments.values()}
    yield ["Sentry", "environments of which it has received an event", _names(sorted(words))]
    yield ["Sentry", "teams", _names(sentry.teams.values())]
    yield [
        "Sentry",
        "a member for each address to which a rule on errors is mailed",
        plain(", ".join(_mailed(catalog))),
    ]
    if sentry.slack_workspace:
        yield ["Sentry", "the integration with Slack, for the workspace", plain(sentry.slack_workspace)]
    yield ["Sentry", "the integration with PagerDuty, for the account", plain(sentry.pagerduty_account)]
    if sentry.webhooks:
        what = "internal integrations that are alert rule actions, each with a webhook's address"
        yield ["Sentry", what, _names(sentry.webhooks.values())]


def _mailed(catalog: Catalog) -> list[str]:
    """The addresses to which Sentry itself writes."""
    rules = effective_rules(catalog, catalog.shared_environment, date.max)
    by_sentry = (rule for rule in rules if rule.watcher == "sentry")
    return list(dict.fromkeys(address for rule in by_sentry for address in rule.route.email)) or ["–"]


def _datadog(catalog: Catalog, datadog: DatadogAccount) -> Iterator[list[str]]:
    if datadog.slack_account:
        yield ["Datadog", "the integration with Slack, for the account", code(datadog.slack_account)]
    for channel in datadog.microsoft_teams.values():
        what = f"Datadog's app in the team {plain(channel.team)} of {plain(channel.tenant)}"
        yield ["Microsoft Teams", what, plain(channel.channel)]
    if datadog.opsgenie:
        what = f"services in the integration with Opsgenie, which ends on {OPSGENIE_ENDS}"
        yield ["Datadog", what, _names(datadog.opsgenie)]
    if datadog.webhooks:
        what = "in the stack's configuration, as secrets: the addresses of webhooks"
        yield ["Pulumi", what, _names(f"monitoring:webhooks.{name}" for name in datadog.webhooks)]
    if secrets := sorted({name for _, rule in catalog.each_rule() if rule.uptime for name in rule.uptime.asks.secrets}):
        what = "in each stack's configuration, as secrets: what tests send in headers"
        yield ["Pulumi", what, _names(f"monitoring:secrets.{name}" for name in secrets)]
    yield ["Datadog", "the integration with PagerDuty, for the account", code(catalog.platform.pagerduty.subdomain)]
    for name, metric in datadog.metrics.items():
        yield ["Datadog", f"a metric, sent by {plain(metric.sent_by)}", plain(name)]


def _names(names: Iterable[str]) -> str:
    return ", ".join(code(name) for name in names) or "–"


def channels(catalog: Catalog, _: str) -> str:
    """Where each team's rules are told, by severity, and how loud other environments are."""
    rows = (
        [
            plain(team.title),
            f"**{severity}**",
            *(plain(", ".join(_of_kind(route, kind))) or "–" for kind in _kinds(catalog)),
            _policy(catalog, route.page),
        ]
        for team in catalog.teams.values()
        for severity, route in sorted(team.routes.items())
    )
    labels = [kind.label for kind in _kinds(catalog)]
    return table(["team", "severity", *labels, "pages the policy"], rows)


def _kinds(catalog: Catalog) -> list[ReceiverKind]:
    """The kinds of receivers that have a column: Slack and e-mail always, another where a route has one."""
    routes = [route for team in catalog.teams.values() for route in team.routes.values()]
    usual = (ReceiverKind.SLACK, ReceiverKind.EMAIL)
    return [kind for kind in ReceiverKind if kind in usual or any(route.of_kind(kind) for route in routes)]


def _of_kind(route: Route, kind: ReceiverKind) -> list[str]:
    """The receivers of a kind, a Slack channel with its sign, owners with who is told where an issue has none."""
    return [
        str(receiver) if kind in (ReceiverKind.SLACK, ReceiverKind.ISSUE_OWNERS) else receiver.name
        for receiver in route.receivers
        if receiver.kind is kind
    ]


def _policy(catalog: Catalog, name: str | None) -> str:
    return plain(catalog.oncall.policies[name].title or name) if name else "–"
