"""A maintenance window mutes something: each of its services has a rule on Datadog where the window counts."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import MAINTENANCE
from monitoring.model.platform import Maintenance


@catalog_check("maintenance-matches", about=MAINTENANCE)
def maintenance_matches(context: Context) -> Iterator[str | Finding]:
    """Looks at each window; finds services and environments of it in which it mutes nothing.

    It mutes Datadog's signals only: Sentry has no such mute, and nothing here mutes what another system sends.
    """
    for name, window in context.catalog.maintenance.items():
        yield name
        for service in window.services:
            if not any(_muted(context, service, environment) for environment in window.environments):
                what = f'"{service}" has no rule at Datadog there, and a window mutes nothing else'
                remedy = f"take {service} out; its other rules page during the window"
                yield context.finding(
                    "maintenance", name, "services", key=f"nothing of {service}", what=what, remedy=remedy
                )
        yield from _environments(context, name, window)


def _environments(context: Context, name: str, window: Maintenance) -> Iterator[Finding]:
    for environment in window.environments:
        if not any(_muted(context, service, environment) for service in window.services):
            what = f'its services have no rule at Datadog in "{environment}"'
            remedy = f"take {environment} out"
            yield context.finding(
                "maintenance", name, "environments", key=f"nothing in {environment}", what=what, remedy=remedy
            )


def _muted(context: Context, service: str, environment: str) -> bool:
    return any(
        environment in context.environments_of(rule)
        for rule in context.catalog.services[service].rules
        if rule.signal.watcher == "datadog"
    )
