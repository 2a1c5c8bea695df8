"""Only the environment that owns what is shared pages; every other one has a channel of its own."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import ENVIRONMENTS
from monitoring.model.platform import Environment


@catalog_check("environment-caps", about=ENVIRONMENTS)
def environment_caps(context: Context) -> Iterator[str | Finding]:
    """Looks at each environment; finds an owner that is not allowed to page, and others that disturb its people."""
    channels = {
        channel for team in context.catalog.teams.values() for route in team.routes.values() for channel in route.slack
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
    if environment.slack is not None:
        what = f'sends everything to "{environment.slack}", so the routes\' channels stay silent'
        yield "slack", "one channel", what, "take slack out"


def _other(environment: Environment, channels: set[str]) -> Iterator[tuple[str, str, str, str]]:
    if environment.pages:
        yield "pages", "pages", "pages people, and does not own what is shared", "write pages: false"
    if environment.slack is None:
        what = "has no slack channel of its own, so it speaks in the routes' channels"
        yield "slack", "no channel", what, "write slack: with a channel of its own"
    elif environment.slack in channels:
        what = f'speaks in "{environment.slack}", which a route uses too'
        yield "slack", "shared channel", what, "give it a channel of its own"
