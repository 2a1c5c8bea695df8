"""Only the environment that owns what is shared pages; every other one has a channel of its own."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import ENVIRONMENTS
from monitoring.model.platform import Environment
from monitoring.model.receivers import Receiver, environment_channels


@catalog_check("environment-caps", about=ENVIRONMENTS)
def environment_caps(context: Context) -> Iterator[str | Finding]:
    """Looks at each environment; finds an owner that is not allowed to page, and others that disturb its people."""
    channels = {
        receiver
        for team in context.catalog.teams.values()
        for route in team.routes.values()
        for receiver in route.receivers
    }
    for name, environment in context.catalog.platform.environments.items():
        yield name
        for field, key, what, remedy in (
            _owner(environment) if name == context.catalog.shared_environment else _other(environment, channels)
        ):
            yield context.finding("environment", name, field, key=key, what=what, remedy=remedy)


def _owner(environment: Environment) -> Iterator[tuple[str, str, str, str]]:
    if not environment.pages:
        yield (
            "pages",
            "does not page",
            "owns what is shared and does not page, so nobody is ever woken",
            "take pages out",
        )
    for receiver in environment_channels(environment):
        what = f'sends everything to "{receiver.name}", so the routes\' channels stay silent'
        yield receiver.kind.value, "one channel", what, f"take {receiver.kind} out"


def _other(environment: Environment, channels: set[Receiver]) -> Iterator[tuple[str, str, str, str]]:
    if environment.pages:
        yield "pages", "pages", "pages people, and does not own what is shared", "write pages: false"
    own = environment_channels(environment)
    if not own:
        what = "has no channel of its own, so it speaks in the routes' channels and calls their webhooks"
        yield "slack", "no channel", what, "write slack: or microsoft-teams: with a channel of its own"
    for receiver in own:
        if receiver in channels:
            what = f'speaks in "{receiver.name}", which a route uses too'
            yield receiver.kind.value, "shared channel", what, "give it a channel of its own"
