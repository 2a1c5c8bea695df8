"""What the vendors hold other than the program declared, from the engine's own refresh, in the catalog's words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monitoring.errors import Source
from monitoring.model.catalog import Catalog

Value = Any  # JSON

# The catalog's word for what a resource carries, by the last word of its type.
CARRIES = {
    "Schedule": "schedule",
    "EscalationPolicy": "policy",
    "Team": "team",
}
SPELLED = {"datadog": "Datadog", "pagerduty": "PagerDuty", "sentry": "Sentry"}
# Sources: what the providers' own code never reads back, per resource (the notes on each provider's state).
BLIND_SPOTS: tuple[tuple[str, str], ...] = (
    ("Datadog, pagerduty.ServiceObject.serviceKey", "the key is never read back; a key that died sends no page"),
    ("Sentry, IntegrationPagerduty.integrationKey", "a row's key is not shown; send a test event to prove it alive"),
    ("Sentry, MetricMonitor and CronMonitor.project", "not read back"),
    ("PagerDuty, Schedule.layers[].start", "any two instants in the past count as equal"),
    ("PagerDuty, Service.alertCreation", "differences are ignored"),
    ("PagerDuty, people", "their contact methods and notification rules belong to them and are not declared"),
    ("PagerDuty, overrides and maintenance windows", "made by hand, they are no part of a declared resource"),
    ("Datadog, a mute or downtime made by hand", "it is another object, which no declared resource shows"),
    ("Datadog, Slack and PagerDuty installations", "made by hand; only what uses them is declared"),
)


class UnreadableError(ValueError):
    """The text is no answer of the engine's refresh."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference: whose it is in the catalog, which property, what is declared, and what the vendor holds."""

    what: str
    name: str
    vendor: str
    resource: str
    property: str
    declared: str
    found: str
    source: Source

    def __str__(self) -> str:
        subject = f'{self.source}: {self.what} "{self.name}"'
        if not self.property:
            return f"{subject}: its {self.resource} at {self.vendor} is gone; pulumi up makes it anew (drift)"
        here, there = f'"{self.declared}" is declared', f'{self.vendor} holds "{self.found}"'
        return f"{subject}: {self.property} of its {self.resource}: {here} and {there}; pulumi up puts it back (drift)"


def drifts(report: str, catalog: Catalog) -> Iterator[Drift]:
    """Every difference in what `pulumi refresh --preview-only --json` printed.

    Raises UnreadableError where the text is something else.
    """
    for step in _steps(report):
        if step["op"] == "delete":
            yield _drift(step, catalog, "", "", "")
        elif step["op"] not in ("same", "refresh", "read"):
            old, new = step.get("oldState") or {}, step.get("newState") or {}
            for path in sorted(step.get("detailedDiff") or step.get("diffReasons") or ()):
                yield _drift(step, catalog, path, _shown(old, path), _shown(new, path))


def _steps(report: str) -> list[Mapping[str, Any]]:
    start = report.find("{\n")
    try:
        steps = json.loads(report[max(start, 0) :])["steps"]
    except (ValueError, KeyError, TypeError):
        raise UnreadableError(report.strip()[-2_000:] or "the engine said nothing") from None
    return [step for step in steps if "::pulumi:" not in step["urn"]]


def _drift(step: Mapping[str, Any], catalog: Catalog, path: str, declared: str, found: str) -> Drift:
    type_, name = step["urn"].split("::", 3)[2:]
    vendor, kind = type_.partition(":")[0], type_.rpartition(":")[2]
    what, entry = owner(catalog, kind, name)
    resource = kind if name == entry else f"{kind} {name}"
    return Drift(what, entry, SPELLED.get(vendor, vendor), resource, path, declared, found, catalog.at(what, entry))


def owner(catalog: Catalog, kind: str, name: str) -> tuple[str, str]:
    """The catalog's entry that a resource carries, as its kind and name; the name is empty for what serves several."""
    if kind in CARRIES:
        return CARRIES[kind], name
    rules = [rule for rule in catalog.rules if name == rule or name.startswith(f"{rule}-")]
    if rules and kind not in ("Service", "ServiceIntegration", "IntegrationPagerduty", "ServiceObject", "Channel"):
        return "rule", max(rules, key=len)
    services = [service for service in catalog.services if name == service or name.startswith(f"{service}-")]
    return ("service", max(services, key=len)) if services else ("platform", "")


def _shown(state: Mapping[str, Any], path: str) -> str:
    value: Value = state.get("outputs") or state.get("inputs") or {}
    for part in re.findall(r"[^.\[\]\"]+", path):
        if isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            value = None
    return value if isinstance(value, str) else "nothing" if value is None else json.dumps(value, sort_keys=True)
