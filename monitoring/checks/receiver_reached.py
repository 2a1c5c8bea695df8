"""Each receiver of a route can be written to by the vendor of some rule that takes the route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.receivers import Receiver, ReceiverKind, unreached
from monitoring.model.severity import Severity
from monitoring.model.signals import Signal
from monitoring.model.signals.base import Watcher

Named = tuple[str, Severity, Receiver]
DECLARED: Mapping[Watcher, Mapping[ReceiverKind, str]] = {
    "datadog": {
        ReceiverKind.SLACK: "datadog: {{slack-account: youragency}}",
        ReceiverKind.TEAMS: "datadog: {{microsoft-teams: {{{0}: {{tenant: Agency, team: Platform, "
        "channel: Alerts}}}}}}",
        ReceiverKind.WEBHOOK: "datadog: {{webhooks: [{0}]}}",
        ReceiverKind.OPSGENIE: "datadog: {{opsgenie: [{0}]}}",
    },
    "sentry": {ReceiverKind.SLACK: "sentry: {{slack-workspace: Your Agency}}"},
    "pagerduty": {ReceiverKind.SLACK: "pagerduty: {{slack: true}}"},
}
"""How a receiver of a kind is declared in platform.yaml for the vendor that can write to it."""


WATCHING: tuple[Watcher, ...] = ("datadog", "sentry")
"""The vendors of which each is expected to write to the Slack of its rules; PagerDuty does so only where it is told."""


def _receivers(context: Context) -> Iterator[Named]:
    """Each receiver of a route, once, with its team and severity."""
    for team, entry in context.catalog.teams.items():
        for severity, route in entry.routes.items():
            yield from ((team, severity, receiver) for receiver in dict.fromkeys(route.receivers))


def _name(named: Named) -> str:
    team, severity, receiver = named
    return f"{team} {severity} {receiver.kind} {receiver.name}"


SUBJECTS = Subjects("receivers of routes", lambda context: frozenset(map(_name, _receivers(context))))


@catalog_check("receiver-reached", about=SUBJECTS)
def receiver_reached(context: Context) -> Iterator[str | Finding]:
    """Looks at each receiver of a route that some rule takes; finds those to which no rule's vendor can write.

    Of Slack, which each vendor can write to, also those that a vendor of some of the rules cannot.
    """
    signals = _signals(context)
    for named in _receivers(context):
        yield _name(named)
        team, severity, receiver = named
        watched = signals.get((team, severity), [])
        cut_off = [each for each in watched if unreached(context.catalog.platform, each, receiver)]
        if watched and len(cut_off) == len(watched):
            yield _unreached(context, named, cut_off)
        elif receiver.kind is ReceiverKind.SLACK:
            for vendor in WATCHING:
                if of_vendor := [each for each in cut_off if each.watcher == vendor]:
                    yield _unreached(context, named, of_vendor, vendor)


def _unreached(context: Context, named: Named, cut_off: Sequence[Signal], vendor: Watcher | None = None) -> Finding:
    """That no rule, or no rule of one vendor, reaches a receiver."""
    team, severity, receiver = named
    reasons = [unreached(context.catalog.platform, each, receiver) for each in cut_off]
    whose = f" that {vendor.capitalize()} watches" if vendor else ""
    return context.finding(
        "team",
        team,
        "routes",
        severity,
        receiver.kind.value,
        key=f"{severity} {receiver.kind} {receiver.name}{f' of {vendor}' if vendor else ''}",
        what=f'no {severity} rule of it{whose} reaches {receiver.kind} "{receiver.name}": {_listed(reasons)}',
        remedy=_remedy(cut_off, receiver),
    )


def _signals(context: Context) -> dict[tuple[str, Severity], list[Signal]]:
    """What is watched for each team at each severity, of a rule on trial also at the one with which it acts."""
    watched: dict[tuple[str, Severity], list[Signal]] = {}
    for service, rule, signal in context.rules:
        for severity in {rule.severity, Severity.P3} if rule.trial_until else {rule.severity}:
            watched.setdefault((context.team_of(service, rule), severity), []).append(signal)
    return watched


def _listed(reasons: list[str]) -> str:
    return "; ".join(dict.fromkeys(reasons))


def _remedy(cut_off: Sequence[Signal], receiver: Receiver) -> str:
    """To declare it where a vendor of these rules could then write to it, or to take it out."""
    out, vendors = f"take it out of {receiver.kind}", {signal.watcher for signal in cut_off}
    for vendor, words in DECLARED.items():
        if vendor in vendors and receiver.kind in words:
            return f"write {words[receiver.kind].format(receiver.name)} in platform.yaml, or {out}"
    return out
