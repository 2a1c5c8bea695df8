"""Where something arrives: each receiver of the catalog, with the place at which it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitoring.checks._context import Context
from monitoring.model.effective import carried
from monitoring.model.receivers import FIELDS, environment_channels
from monitoring.model.service import Route, Rule, Service


class WrittenReceiver(NamedTuple):
    """A receiver, the entry that names it, and the path to it inside the entry."""

    kind: str
    entry: str
    path: tuple[str | int, ...]
    name: str


def receivers(context: Context) -> Iterator[WrittenReceiver]:
    """Each receiver that has a name of its own, once for each time that it is written."""
    for team, entry in context.catalog.teams.items():
        yield WrittenReceiver("team", team, ("email",), entry.email)
        for severity, route in entry.routes.items():
            for kind in FIELDS:
                for number, name in enumerate(route.of_kind(kind)):
                    yield WrittenReceiver("team", team, ("routes", severity, kind.value, number), name)
    for name, environment in context.catalog.platform.environments.items():
        for receiver in environment_channels(environment):
            yield WrittenReceiver("environment", name, (receiver.kind.value,), receiver.name)


def deaf_environments(context: Context, service: Service, rule: Rule) -> tuple[str, ...]:
    """Where a rule's route has no receiver that is told of recoveries and of missing data, too."""
    team = context.team_of(service, rule)
    acting = context.environments_of(rule) if rule.severity in context.catalog.teams[team].routes else ()
    return tuple(name for name in acting if not _hears(context, rule, context.limited_route(team, rule.severity, name)))


def _hears(context: Context, rule: Rule, limited: Route) -> bool:
    left = carried(context.catalog.platform, rule.signal, limited)
    return left.page is not None or any(receiver.kind.hears_recovery for receiver in left.receivers)
