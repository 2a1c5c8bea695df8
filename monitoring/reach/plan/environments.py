"""Whether what fires for a rule looks at the rule's own environment, by the vendors' own fields.

Sentry's monitors and alerts name one, a Datadog query filters on its tag, a test asks an address of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.model.platform import Platform
from monitoring.model.signals.tags import ENVIRONMENT_TAG
from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    GET_PROJECT_ERROR_MONITOR,
    METRIC_MONITOR,
    MONITOR,
    SYNTHETICS_TEST,
    UPTIME_MONITOR,
)
from monitoring.plan import Plan, Resource
from monitoring.queries import Unreadable, read_query
from monitoring.reach.plan.oncall import listed, mapped, referred
from monitoring.reach.plan.unresolved import Unresolved

HOP = "environment"


def elsewhere(plan: Plan, resource: Resource, platform: Platform, environment: str) -> Iterator[Unresolved]:
    """Everything by which something that fires looks at another environment, or at all of them."""
    if resource.type == ALERT:
        yield from _alert_elsewhere(plan, resource, platform, environment)
    if resource.type == MONITOR:
        yield from _query_elsewhere(resource, platform, environment)
    if resource.type == SYNTHETICS_TEST:
        for request in listed(resource.inputs.get("apiSteps")) or [resource.inputs]:
            url = str(mapped(request.get("requestDefinition")).get("url", ""))
            yield from _asked_elsewhere("test", resource.name, url, platform, environment)
        for step in listed(resource.inputs.get("browserSteps")):
            if step.get("type") == "goToUrl":
                url = str(mapped(step.get("params")).get("value", ""))
                yield from _asked_elsewhere("test", resource.name, url, platform, environment)


def _alert_elsewhere(plan: Plan, alert: Resource, platform: Platform, environment: str) -> Iterator[Unresolved]:
    """A metric or uptime monitor has an environment of its own; for any other, the alert chooses the events."""
    for value in listed(alert.inputs.get("monitorIds")):
        metric, cron, uptime = (
            referred(plan, value, type_) for type_ in (METRIC_MONITOR, CRON_MONITOR, UPTIME_MONITOR)
        )
        if own := metric or uptime:
            yield from _named_elsewhere(f'the monitor "{own.name}"', own.inputs, own.inputs, platform, environment)
            yield from _asked_elsewhere("monitor", own.name, str(own.inputs.get("url", "")), platform, environment)
        elif cron is not None:
            yield from _named_elsewhere(f'the alert "{alert.name}"', alert.inputs, cron.inputs, platform, environment)
        elif value.get("lookup") == GET_PROJECT_ERROR_MONITOR:
            looked_up = mapped(value.get("arguments"))
            yield from _named_elsewhere(f'the alert "{alert.name}"', alert.inputs, looked_up, platform, environment)


def _named_elsewhere(
    what: str, inputs: Mapping[str, Any], of_project: Mapping[str, Any], platform: Platform, environment: str
) -> Iterator[Unresolved]:
    project = platform.projects.get(str(of_project.get("project")))
    named, promised = inputs.get("environment"), project and project.environments.get(environment)
    if promised is not None and named != promised:
        taken = "the events of every environment" if named is None else f'events of "{named}"'
        why = f'{what} takes {taken}, and those of {environment} are "{promised}"'
        yield Unresolved(HOP, why, f'declare the environment "{promised}"')


def _query_elsewhere(monitor: Resource, platform: Platform, environment: str) -> Iterator[Unresolved]:
    query = read_query(str(monitor.inputs.get("query", "")))
    if isinstance(query, Unreadable):
        return
    others = (name for name in platform.environments if name != environment)
    if does := query.shutting_out(ENVIRONMENT_TAG, environment):
        why = f'the monitor "{monitor.name}" {does}, and its rule acts in {environment}'
        yield Unresolved(HOP, why, f"filter on {ENVIRONMENT_TAG}:{environment}")
    elif passing := query.unnamed_passing(ENVIRONMENT_TAG, others):
        taken = f'the monitor "{monitor.name}" takes data of {" and ".join(passing)} as well'
        why = f"{taken}, and its rule acts in {environment}"
        yield Unresolved(HOP, why, f"let {ENVIRONMENT_TAG}:{environment} hold for all that it filters")


def _asked_elsewhere(kind: str, name: str, url: str, platform: Platform, environment: str) -> Iterator[Unresolved]:
    """An address that lies under another environment's, and not under a longer one of its own."""
    under = [name for name, place in platform.environments.items() if f"{url}/".startswith(f"{place.url.rstrip('/')}/")]
    closest = max(under, key=lambda name: len(platform.environments[name].url), default=environment)
    if closest != environment:
        why = f'the {kind} "{name}" asks {url}, which is {closest}, and its rule acts in {environment}'
        yield Unresolved(HOP, why, f"declare an address of {environment}")
