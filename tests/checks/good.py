"""A catalog in which every check finds something to look at and nothing to complain of; each case changes one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from _pytest.mark.structures import ParameterSet

from monitoring.checks import CheckReport, examine
from tests.factories import a_catalog

TODAY = date(2026, 11, 23)

PLATFORM = """format: 1
name: agency
title: Agency platform
environments:
  prod: {title: Production, url: "https://app.youragency.com", owns-shared: true}
  staging: {title: Staging, url: "https://staging.youragency.com", pages: false, slack: alerts-staging, email: false}
links: {runbooks: "https://docs.youragency.com/runbooks", dashboard: "https://app.datadoghq.eu/dashboard/lists"}
tenancy: {tenant-tag: tenant, plan-tag: plan, plans: [enterprise, starter]}
pagerduty: {subdomain: youragency, schedules: shifts}
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
        plan: {values: [enterprise, starter]}
        tenant: {}
        user: {personal: true}
    jobs:
      platform: python
      environments: {prod: production}
      tags: {}
datadog:
  site: datadoghq.eu
  slack-account: youragency
  regions: [aws:eu-central-1, aws:us-east-1, aws:ap-southeast-1]
  metrics:
    trace.request:
      unit: s
      kind: distribution
      interval: 10s
      sent-by: tracing
      tags: {env: {values: [prod, staging]}, service: {values: [shop, site]}, page: {}}
    memory.share:
      unit: fraction
      kind: gauge
      interval: 60s
      sent-by: the log drain
      tags: {env: {values: [prod, staging]}, function: {values: [cart, search]}, host: {}}
    orders.good:
      kind: count
      interval: 10s
      sent-by: the shop
      tags: {env: {values: [prod, staging]}}
    orders.all:
      kind: count
      interval: 10s
      sent-by: the till
      tags: {env: {values: [prod, staging]}}
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
  ana:
    name: Ana Example
    email: ana@youragency.com
    time-zone: Europe/Berlin
    contact: {high: {push: 0m, phone: 2m}}
  ben:
    name: Ben Example
    email: ben@youragency.com
    time-zone: Europe/Berlin
    contact: {high: {push: 0m, phone: 2m}}
  kit:
    name: Kit Example
    email: kit@youragency.com
    time-zone: Europe/Berlin
    contact: {high: {push: 0m, phone: 1m}}
schedules:
  primary:
    title: First line
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}
  secondary:
    title: Second line
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ben, ana]}
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ben, ana], only: {days: sat-sun, from: "08:00", to: "20:00"}}
    fairness: {nights: 8}
policies:
  critical:
    title: Critical
    steps:
      - {ask: [primary, secondary], escalate-after: 5m}
      - {ask: [kit], escalate-after: 10m}
  standard:
    title: Standard
    steps:
      - {ask: [primary], escalate-after: 10m}
      - {ask: [secondary], escalate-after: 10m}
"""

TEAMS = """
platform:
  title: Platform
  email: oncall@youragency.com
  routes:
    P0: {page: critical, slack: [alerts]}
    P1: {page: standard, slack: [alerts]}
    P2: {page: standard, slack: [alerts]}
    P3: {slack: [alerts]}
"""

SHOP = """
service: shop
title: Shop
team: platform
tier: critical
health: shop
readiness: true
depends-on: [stripe]
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
    metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, recovers-at: 1500ms, when-silent: alert}
  - id: shop-error-rate
    title: Requests fail
    severity: P2
    means: A share of all requests fails.
    sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%, at-least: 100 events}
  - id: shop-memory
    title: Memory runs out
    severity: P2
    means: A function is close to its limit.
    metric: {max: memory.share, by: [function], over: 15m, above: 90%, recovers-at: 80%, when-silent: resolve}
  - id: shop-orders
    title: Orders fail
    severity: P2
    means: Too many orders fail.
    slo: {good: {sum: orders.good}, total: {sum: orders.all}, objective: 99.9%}
  - id: shop-nightly
    title: The nightly job did not run
    severity: P2
    means: Reports of the day are missing.
    cron: {project: jobs, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}
  - id: shop-queue
    title: The queue is long
    severity: P2
    means: Mails wait.
    environments: [prod]
    query: {query: "avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3, when-silent: resolve}
  - id: shop-ready
    title: The shop is not ready
    severity: P1
    means: The shop does not answer.
    same-symptom-as: [shop-failing]
    uptime:
      asks: {health: {health: readiness, components: [shop]}}
      methods: [GET, HEAD]
      every: 1m
      regions: [aws:eu-central-1, aws:us-east-1]
      failing-in: 2
      retry: {times: 1, after: 5s}
"""

SITE = """
service: site
title: Site
team: platform
tier: critical
depends-on: [shop]
rules:
  - id: site-down
    title: The site does not answer
    severity: P1
    means: The start page fails.
    uptime:
      asks: {page: {path: /, within: 3s}}
      every: 1m
      regions: [aws:eu-central-1, aws:us-east-1]
      failing-in: 2
      retry: {times: 1, after: 5s}
  - id: everything-down
    title: Everything is down
    severity: P0
    means: Nothing answers.
    composite: {all-of: [shop-ready, site-down]}
  - id: site-certificate
    title: The certificate expires
    severity: P3
    means: Renewal has failed.
    uptime:
      asks: {certificate: {valid-for: 21d}}
      every: 12h
      regions: [aws:eu-central-1]
  - id: site-trial
    title: A customer sees errors
    severity: P1
    means: One customer is affected.
    trial-until: 2026-12-24
    formerly: [site-old]
    errors: {project: web, where: {feature: search}, more-than: 10, within: 5m}
    for-each-tenant: {plan: enterprise, except: {acme: {more-than: 5}}}
"""

STRIPE = """
service: stripe
title: Stripe
team: platform
tier: critical
kind: external
status-page: https://status.stripe.com
"""

FILES = {
    "platform": PLATFORM,
    "severities": SEVERITIES,
    "oncall": ONCALL,
    "teams": TEAMS,
    "tenants": "acme: {title: Acme Stores, plan: enterprise}\n",
    "maintenance": """
upgrade:
  title: Upgrade
  time-zone: Europe/Berlin
  from: "2026-12-06 04:00"
  to: "2026-12-06 05:00"
  services: [shop]
  environments: [prod]
  still-wakes: [shop-failing, everything-down]
  reason: a new version
""",
    "waivers": "retired: {shop-gone: {on: 2026-10-01, reason: replaced}}\n",
    "services_shop": SHOP,
    "services_site": SITE,
    "services_stripe": STRIPE,
}

RUNBOOK = "# T\n\n## Meaning\n\nm\n\n## Impact\n\ni\n\n## Diagnosis\n\nd\n\n## Mitigation\n\nm\n"
RULES = [
    "shop-failing",
    "shop-slow",
    "shop-error-rate",
    "shop-memory",
    "shop-orders",
    "shop-nightly",
    "shop-queue",
    "shop-ready",
    "site-down",
    "everything-down",
    "site-certificate",
    "site-trial",
]
RUNBOOKS = dict.fromkeys(RULES, RUNBOOK)

Change = tuple[str, str, str]


def report(
    *changes: Change, today: date = TODAY, runbooks: Mapping[str, str] = RUNBOOKS, files: Mapping[str, str] = FILES
) -> CheckReport:
    """What all checks say of the catalog after these changes (file, from, to)."""
    return examine(a_catalog(*changes, **{**FILES, **files}), today, runbooks)


@dataclass(frozen=True)
class Case:
    """A catalog with one change, and what one check has to say of it."""

    changes: tuple[Change, ...]
    says: tuple[str, ...]
    runbooks: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    today: date = TODAY

    def found(self, check: str) -> tuple[str, ...]:
        """The problems of that check, without their lines; each has a key of its own, so that a waiver names one."""
        judged = report(*self.changes, today=self.today, runbooks=self.runbooks or RUNBOOKS, files=self.files)
        own = [one for one in judged.unwaived if one.check == check]
        assert len({one.finding.key for one in own}) == len(own)
        problems = sorted(one.problem for one in own)
        return tuple(str(problem).replace(f":{problem.source.line}:", ":", 1) for problem in problems)


def case(
    sentence: str,
    *changes: Change,
    says: Sequence[str] = (),
    runbooks: Mapping[str, str] | None = None,
    files: Mapping[str, str] | None = None,
    today: date = TODAY,
) -> ParameterSet:
    """A case with its sentence; without `says`, one that looks suspicious and is right."""
    return pytest.param(Case(changes, tuple(says), runbooks or {}, files or {}, today), id=sentence)


def shop(old: str, new: str) -> Change:
    """A change of the shop's file."""
    return "services/shop.yaml", old, new


def site(old: str, new: str) -> Change:
    """A change of the site's file."""
    return "services/site.yaml", old, new


def platform(old: str, new: str) -> Change:
    """A change of platform.yaml."""
    return "platform.yaml", old, new


def oncall(old: str, new: str) -> Change:
    """A change of oncall.yaml."""
    return "oncall.yaml", old, new


def teams(old: str, new: str) -> Change:
    """A change of teams.yaml."""
    return "teams.yaml", old, new


_SHOPKEEPERS = """
shop:
  title: Shop
  email: shop@youragency.com
  routes:
    P0: {page: critical, slack: [alerts]}
    P1: {page: standard, slack: [alerts]}
    P2: {page: standard, slack: [alerts]}
platform:
"""
ANOTHER_TEAM = (
    teams("\nplatform:\n", _SHOPKEEPERS),
    shop("team: platform", "team: shop"),
    platform("teams: {platform: platform}", "teams: {platform: platform, shop: shop}"),
)
"""Changes by which the shop has a team of its own, which routes nothing for P3."""
