"""A value that fits, for each field that an entry cannot do without; messages show it, and reading goes on with it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from monitoring.model.references import Names

# A field, with its entry's class where that matters -> what to write; ENVIRONMENT, TEAM … become names of the catalog.
FIELDS: Mapping[str, str] = {
    "after": "5s",
    "anchor": "2026-01-05 09:00",
    "asks": "{page: {path: /}}",
    "at-most": "10",
    "channel": "Alerts",
    "check": "fan-out",
    "contact": "{high: {push: 0m, phone: 2m}}",
    "dashboard": "https://app.datadoghq.eu/dashboard/lists",
    "detects-within": "15m",
    "does": "Keeps the timeline.",
    "email": "ana@youragency.com",
    "Elsewhere.email": "nightly-backup@youragency.pagerduty.com",
    "environments": "[ENVIRONMENT]",
    "escalate-after": "5m",
    "every": "1m",
    "expires": "2026-12-31",
    "finding": '"shop-slow: groups"',
    "fires-when": "the backup fails",
    "first-human-within": "15m",
    "first-within": "15m",
    "format": "1",
    "good": "{sum: shop.orders.ok}",
    "health": "readiness",
    "high": "{push: 0m, phone: 2m}",
    "id": "shop-failing",
    "identified": "1h",
    "interval": "60s",
    "investigating": "30m",
    "kind": "gauge",
    "late-after": "10m",
    "layers": '[{anchor: "2026-01-05 09:00", turn: 1w, people: [PERSON]}]',
    "links": "{runbooks: https://docs.youragency.com/runbooks, dashboard: https://app.datadoghq.eu/dashboard/lists}",
    "means": "Customers cannot buy.",
    "measure": "failure_rate",
    "monitoring": "2h",
    "name": "acme",
    "objective": "99.9%",
    "of": "{sum: shop.orders.ok}",
    "on": "2026-12-31",
    "organization": "youragency",
    "over": "10m",
    "owner": "TEAM",
    "pagerduty": "{subdomain: youragency}",
    "pagerduty-account": "youragency",
    "instead-of": "PERSON",
    "people": "[PERSON]",
    "plan": "enterprise",
    "plan-tag": "plan",
    "plans": "[enterprise]",
    "project": "PROJECT",
    "projects": "{web: {environments: {ENVIRONMENT: production}}}",
    "query": '"avg(last_5m):avg:queue.length{env:prod}"',
    "reason": "The database moves.",
    "recording": "RECORDING",
    "regions": '["aws:eu-central-1", "aws:us-east-1"]',
    "reminds-every": "30m",
    "runbooks": "https://docs.youragency.com/runbooks",
    "schedule": '"30 2 * * *"',
    "search": '"service:website status:error"',
    "second-human-within": "30m",
    "sent-by": "the application",
    "service": "shop",
    "services": "[SERVICE]",
    "severity": "P1",
    "site": "datadoghq.eu",
    "slack-account": "youragency",
    "slack-workspace": "Your Agency",
    "steps": "[{ask: [SCHEDULE], escalate-after: 5m}]",
    "subdomain": "youragency",
    "tags": "{env: {}}",
    "team": "TEAM",
    "tenant": "Your Agency",
    "tenant-tag": "tenant",
    "tier": "standard",
    "time-zone": "Europe/Berlin",
    "times": "1",
    "title": "Web shop",
    "total": "{sum: shop.orders}",
    "turn": "1w",
    "url": "https://app.youragency.com",
    "valid-for": "14d",
    "who": "PERSON",
    "Catalog.person": "{name: Ana Example, email: ana@youragency.com, time-zone: Europe/Berlin, "
    "contact: {high: {push: 0m, phone: 1m}}}",
    "Catalog.policy": "{steps: [{ask: [SCHEDULE], escalate-after: 5m}]}",
    "Catalog.team": "{title: Web team, email: web@youragency.com, routes: {}}",
    "Connection.port": "465",
    "Connection.within": "2s",
    "Cron.at-most": "1h",
    "ElementSelector.value": "a.lamp",
    "Environment.email": "true",
    "EventSearch.search": '"source:github status:error"',
    "Expectation.email": "[web@youragency.com]",
    "Expectation.pagerduty": "{vendor: Amazon CloudWatch}",
    "Expectations.environments": "{ENVIRONMENT: {rules: {}}}",
    "ExpectedPolicy.steps": "[{ask: [SCHEDULE], minutes: 5}]",
    "ExpectedRetry.interval": "300",
    "ExpectedTest.steps": "[{name: Sign in, request: GET https://app.youragency.com, "
    "assertions: [status is 200], on-failure: stop}]",
    "GrpcHealth.within": "2s",
    "Health.within": "2s",
    "Issues.when": "[new]",
    "MetricAnomaly.algorithm": "basic",
    "MetricAnomaly.bounds": "3",
    "MetricChange.against": "1d",
    "MetricForecast.within": "1w",
    "MetricOutlier.tolerance": "3",
    "MetricRatio.to": "{sum: shop.orders}",
    "MetricTotal.of": "[{sum: shop.orders}, {sum: desk.orders}]",
    "NameLookup.name": "app.youragency.com",
    "NameLookup.within": "2s",
    "NamedRecording.steps": "[{name: Load the page again, type: refresh}]",
    "Oncall.people": "{ana: {name: Ana Example, email: ana@youragency.com, time-zone: Europe/Berlin, "
    "contact: {high: {push: 0m, phone: 1m}}}}",
    "Page.within": "2s",
    "Ping.within": "200ms",
    "Recording.steps": "[{name: Load the page again, type: refresh}]",
    "RecordingStep.name": "Load the page again",
    "RecordingStep.type": "refresh",
    "RequestBody.text": "'{}'",
    "RequestBody.type": "json",
    "Route.email": "[web@youragency.com]",
    "Rule.query": '{query: "avg(last_5m):avg:queue.length{env:prod}", above: 10}',
    "Rule.total": "{of: [{sum: shop.orders}, {sum: desk.orders}], over: 10m, above: 10}",
    "Service.kind": "own",
    "ServiceCheck.by": "[host]",
    "ServiceCheck.check": "http.can_connect",
    "ServiceCheck.failures": "3",
    "Slo.over": "30d",
    "StepBody.text": "'{}'",
    "StepBody.type": "json",
    "StepPage.within": "2s",
    "StepParameters.check": "contains",
    "SyntheticRequest.health": "{health: readiness}",
    "SyntheticRequest.steps": "[{name: Sign in, page: {path: /}}]",
    "SyntheticStep.name": "Sign in",
    "SyntheticStep.page": "{path: /}",
    "Trace.measure": "p95",
    "Trace.operation": "rack.request",
    "UserLocator.values": "[{value: a.lamp}]",
    "Waking.by": "[phone]",
    "Cover.from": "2026-12-24 09:00",
    "Cover.to": "2026-12-28 09:00",
    "more-than": "10",
    "within": "5m",
    "Environment.title": "Production",
    "Maintenance.from": "2026-12-06 04:00",
    "Maintenance.to": "2026-12-06 05:00",
    "Person.name": "Ana Example",
    "Platform.environments": '{prod: {title: Production, url: "https://app.youragency.com"}}',
    "Role.ask": "[SCHEDULE]",
    "SentryMetric.above": "5%",
    "SentryProject.environments": "{ENVIRONMENT: production}",
    "Step.ask": "[SCHEDULE]",
    "Rule.title": "The shop does not answer",
    "TeamsChannel.team": "Platform",
    "SupportHours.days": "mon-fri",
    "SupportHours.from": '"09:00"',
    "SupportHours.to": '"17:00"',
    "Team.email": "web@youragency.com",
    "Team.routes": "{P1: {page: POLICY}}",
}
WORDS_ONLY = frozenset(
    {
        "channel",
        "dashboard",
        "does",
        "email",
        "means",
        "name",
        "no-data-text",
        "organization",
        "pagerduty-account",
        "reason",
        "recovery-text",
        "reminder-text",
        "runbooks",
        "sent-by",
        "site",
        "slack-account",
        "slack-workspace",
        "subdomain",
        "title",
        "url",
    }
)
"""The fields whose value changes no answer of a check, so that an example in its place is as good as the value."""
NAMING = frozenset({"component", "health", "id", "plans", "service"})
"""The fields to which other entries refer: whatever stood in their place, a reference to it would be a mistake."""
_KINDS = ("environment", "person", "policy", "project", "recording", "schedule", "service", "team")
_KIND = re.compile("|".join(kind.upper() for kind in _KINDS))
# Names that are never read as another type, and need no quotes between the signs of a flow collection.
_PLAIN = re.compile(r"(?![\d.]+$)\w[\w/+%.@-]*(?: \w[\w/+%.@-]*)*", re.ASCII)


def example_of(entry: str, field: str, names: Names) -> str | None:
    """What to write for a field of an entry's class, as YAML; None where no example is known."""
    text = FIELDS.get(f"{entry}.{field}", FIELDS.get(field))
    return None if text is None else _KIND.sub(lambda kind: _first(kind[0].lower(), names), text)


def _first(kind: str, names: Names) -> str:
    return min(filter(is_plain, names.known.get(kind, ())), default=f"NAME-OF-A-{kind.upper()}")


def value_of(text: str) -> Any:
    """An example as the loader reads it: dates and times stay texts, and lists are tuples."""
    return _as_read(yaml.load(text, yaml.CBaseLoader))


def _as_read(value: Any) -> Any:
    match value:
        case dict():
            return {key: _as_read(item) for key, item in value.items()}
        case list():
            return tuple(map(_as_read, value))
        case "true" | "false":
            return value == "true"
        case _:
            return int(value) if re.fullmatch(r"\d{1,9}", value) else value


def is_plain(text: str) -> bool:
    """Whether a text is short, and means itself in YAML without quotes."""
    return len(text) <= 100 and _PLAIN.fullmatch(text) is not None


def flow(value: Any) -> str:
    """A value as YAML on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
        case tuple():
            return "[" + ", ".join(map(flow, value)) + "]"
        case bool():
            return str(value).lower()
        case str():
            return value if is_plain(value) else json.dumps(value)
        case _:
            return str(value)
