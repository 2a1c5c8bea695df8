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
    (
        "Sentry, IntegrationPagerduty.integrationKey",
        "whether PagerDuty still takes a key is not seen; send a test event",
    ),
    ("Sentry, MetricMonitor and CronMonitor.project", "not read back"),
    ("PagerDuty, Schedule.layers[].start", "any two instants in the past count as equal"),
    ("PagerDuty, Service.alertCreation", "differences are ignored"),
    ("PagerDuty, people", "their contact methods and notification rules belong to them and are not declared"),
    ("PagerDuty, overrides and maintenance windows", "made by hand, they are no part of a declared resource"),
    ("Datadog, a mute or downtime made by hand", "it is another object, which no declared resource shows"),
    ("Datadog, Slack and PagerDuty installations", "made by hand; only what uses them is declared"),
)


# How the engine ends a run that failed for reasons which it has named before.
GENERIC = "preview failed"
LAST_LINES = 12  # the reason stands at the end of what a program printed


class UnreadableError(ValueError):
    """The text is no answer of the engine's refresh."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference: whose it is in the catalog, which property, what is declared, and what the vendor holds.

    Without a property the whole resource is gone; then what was found is the vendor's refusal to show it, if any.
    """

    what: str
    name: str
    vendor: str
    resource: str
    property: str
    declared: str
    found: str
    source: Source
    urn: str

    def __str__(self) -> str:
        subject = f'{self.what} "{self.name}"' if self.name else self.what
        place, thing = f"{self.source}: {subject}", f"its {self.resource}"
        if self.property:
            here, there = f'"{self.declared}" is declared', f'{self.vendor} holds "{self.found}"'
            return f"{place}: {self.property} of {thing}: {here} and {there}; pulumi up --refresh puts it back (drift)"
        if self.found:
            remedy = f"if it was deleted by hand, pulumi state delete '{self.urn}' and pulumi up make it anew"
            return f'{place}: {thing} at {self.vendor} cannot be read: "{self.found}"; {remedy} (drift)'
        return f"{place}: {thing} at {self.vendor} is gone; pulumi up --refresh makes it anew (drift)"


def drifts(report: str, catalog: Catalog) -> Iterator[Drift]:
    """Every difference in what `pulumi refresh --preview-only --json` printed, and everything that is gone.

    Raises UnreadableError where the text is something else, or where the engine could not compare everything.
    """
    answer = _answer(report)
    for urn, message in _missing(answer):
        yield _drift(urn, catalog, "", "", message)
    for step in answer["steps"]:
        if not _is_plumbing(step["urn"]):
            yield from _differences(step, catalog)


def _differences(step: Mapping[str, Any], catalog: Catalog) -> Iterator[Drift]:
    if step["op"] == "delete":
        yield _drift(step["urn"], catalog, "", "", "")
    elif step["op"] not in ("same", "refresh", "read"):
        old, new = step.get("oldState") or {}, step.get("newState") or {}
        for path in sorted(step.get("detailedDiff") or step.get("diffReasons") or ()):
            yield _drift(step["urn"], catalog, path, _shown(old, path), _shown(new, path))


def _answer(report: str) -> Mapping[str, Any]:
    start = report.find("{\n")
    try:
        answer, _ = json.JSONDecoder().raw_decode(report[max(start, 0) :])
        return {"diagnostics": [], **answer, "steps": answer["steps"]}
    except (ValueError, KeyError, TypeError):
        said = "\n".join(report.strip().splitlines()[-LAST_LINES:])
        raise UnreadableError(said or "the engine said nothing") from None


def _missing(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    """URN and message of each resource that its vendor says it has not. Raises UnreadableError for any other error."""
    errors = [one for one in answer["diagnostics"] or () if one.get("severity") == "error"]
    said = [(one.get("urn", ""), re.sub(r"^error: (Preview failed: )?", "", one["message"]).strip()) for one in errors]
    missing = [(urn, message) for urn, message in said if _is_missing(urn, message)]
    others = dict.fromkeys(message for urn, message in said if not _is_missing(urn, message))
    if others and not (missing and list(others) == [GENERIC]):
        raise UnreadableError("\n".join(message for message in others if message != GENERIC) or GENERIC)
    return missing


def _is_missing(urn: str, message: str) -> bool:
    """Whether a resource's own provider takes an object that is gone for an error, as Sentry's does."""
    return bool(urn) and not _is_plumbing(urn) and re.search(r"\b404\b|not found", message) is not None


def _is_plumbing(urn: str) -> bool:
    return "::pulumi:" in urn


def _drift(urn: str, catalog: Catalog, path: str, declared: str, found: str) -> Drift:
    type_, name = urn.split("::", 3)[2:]
    vendor, kind = type_.partition(":")[0], type_.rpartition(":")[2]
    what, entry = owner(catalog, kind, name)
    resource = kind if name == entry else f"{kind} {name}"
    source = catalog.at(what, entry)
    return Drift(what, entry, SPELLED.get(vendor, vendor), resource, path, declared, found, source, urn)


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
