"""Where something arrives: each channel and address of the catalog, with the place at which it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitoring.checks._context import Context


class WrittenReceiver(NamedTuple):
    """A channel or an address, the entry that names it, and the path to it inside the entry."""

    kind: str
    entry: str
    path: tuple[str | int, ...]
    name: str


def receivers(context: Context) -> Iterator[WrittenReceiver]:
    """Each channel and address where something arrives, once for each time that it is written."""
    for team, entry in context.catalog.teams.items():
        yield WrittenReceiver("team", team, ("email",), entry.email)
        for severity, route in entry.routes.items():
            for field, names in (("slack", route.slack), ("email", route.email)):
                for number, name in enumerate(names):
                    yield WrittenReceiver("team", team, ("routes", severity, field, number), name)
    for name, environment in context.catalog.platform.environments.items():
        if environment.slack:
            yield WrittenReceiver("environment", name, ("slack",), environment.slack)
