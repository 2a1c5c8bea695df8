"""A small complete catalog that offends nobody, as YAML texts; each case changes one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Layer, Schedule

PLATFORM = """format: 1
name: agency
title: Agency platform
environments:
  prod: {title: Production, url: "https://app.youragency.com", owns-shared: true}
  staging: {title: Staging, url: "https://staging.youragency.com", pages: false, slack: alerts-staging, email: false}
links: {runbooks: "https://docs.youragency.com/runbooks", dashboard: "https://app.datadoghq.eu/dashboard/lists"}
tenancy: {tenant-tag: tenant, plan-tag: plan, plans: [enterprise]}
pagerduty: {subdomain: youragency}
sentry:
  organization: youragency
  slack-workspace: Your Agency
  pagerduty-account: youragency
  teams: {platform: platform}
  projects:
    web:
      platform: javascript-nextjs
      environments: {prod: production, staging: staging}
      quietest-per-minute: 15
      forwards: [feature]
      tags:
        feature: {values: [checkout, search]}
        plan: {values: [enterprise]}
        tenant: {}
datadog:
  site: datadoghq.eu
  slack-account: youragency
  regions: [aws:eu-central-1, aws:us-east-1]
  metrics:
    trace.request:
      unit: s
      kind: distribution
      interval: 10s
      sent-by: tracing
      tags: {env: {values: [prod, staging]}, service: {values: [shop]}}
"""

SEVERITIES = """
P0:
  title: the platform is down
  wakes: {by: [phone], first-human-within: 5m, second-human-within: 15m}
  detects-within: 10m
  reminds-every: 5m
P1:
  title: a key flow is degraded
  wakes: {by: [phone], first-human-within: 15m, second-human-within: 30m}
  detects-within: 15m
  reminds-every: 10m
P2: {title: can wait for daylight, detects-within: 30m, reminds-every: 1h}
P3: {title: for the record, detects-within: 1d, reminds-every: 1d}
"""

ONCALL = """
people:
  ana: {name: Ana Example, email: ana@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  ben: {name: Ben Example, email: ben@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  kit: {name: Kit Example, email: kit@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 1m}, low: {email: 0m}}}
schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}
policies:
  critical:
    steps:
      - {ask: [primary], escalate-after: 5m}
      - {ask: [kit], escalate-after: 10m}
    extra-rounds: 1
"""

TEAMS = """
platform:
  title: Platform
  email: oncall@youragency.com
  routes:
    P0: {page: critical, slack: [alerts]}
    P1: {page: critical, slack: [alerts]}
    P2: {page: critical, slack: [alerts]}
    P3: {slack: [alerts]}
"""

SHOP = """
service: shop
title: Shop
team: platform
tier: critical
rules:
  - id: shop-failing
    title: The shop is failing
    severity: P0
    means: Customers cannot buy.
    errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}
  - id: shop-slow
    title: The shop is slow
    severity: P1
    means: Pages take longer than people will wait.
    metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}
"""

TEXTS = {
    "platform.yaml": PLATFORM,
    "severities.yaml": SEVERITIES,
    "oncall.yaml": ONCALL,
    "teams.yaml": TEAMS,
    "tenants.yaml": "acme: {title: Acme Stores, plan: enterprise}\n",
    "maintenance.yaml": "{}\n",
    "waivers.yaml": "waivers: []\nretired: {}\n",
    "services/shop.yaml": SHOP,
}


Change = tuple[str, str, str]


def texts(*changes: Change, **files: str) -> dict[str, bytes]:
    """The catalog's files after changes (file, from, to), each of which must apply exactly once.

    A keyword names a whole file instead: `oncall="…"`, `services_api="…"`.
    """
    changed = TEXTS | {f"{name.replace('services_', 'services/')}.yaml": text for name, text in files.items()}
    for file, old, new in changes:
        assert changed[file].count(old) == 1, f"{old!r} stands {changed[file].count(old)} times in {file}"
        changed[file] = changed[file].replace(old, new)
    return {name: text.encode() for name, text in changed.items()}


def a_catalog(*changes: Change, **files: str) -> Catalog:
    """The catalog with those changes, as the loader reads it."""
    return load_texts(texts(*changes, **files))


def a_layer(**changes: Any) -> Layer:
    """A weekly turn of two people from the first Monday of 2026, 09:00."""
    words = {"anchor": "2026-01-05 09:00", "turn": "1w", "people": ("ana", "ben")}
    return Layer.model_validate(words | changes)


def a_schedule(*layers: Layer, zone: str = "Europe/Berlin", cover: Sequence[Mapping[str, str]] = ()) -> Schedule:
    """A schedule of these layers, or of one ordinary one, with these covers."""
    return Schedule.model_validate({"time-zone": zone, "layers": layers or (a_layer(),), "cover": tuple(cover)})
