"""The files of a catalog in which everything occurs that a change can touch; the others are those of the factories."""

from __future__ import annotations

from tests.factories import PLATFORM, SHOP

ONCALL = """
people:
  ana: {name: Ana Example, email: ana@youragency.com, time-zone: Europe/Lisbon,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  ben: {name: Ben Example, email: ben@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  chi: {name: Chi Example, email: chi@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  dee: {name: Dee Example, email: dee@youragency.com, time-zone: Asia/Kolkata,
        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}
  kit: {name: Kit Example, email: kit@youragency.com, time-zone: Europe/Berlin,
        contact: {high: {push: 0m, phone: 1m}, low: {email: 0m}}}
schedules:
  primary:
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben, chi]}
    cover:
      - {who: dee, instead-of: ana, from: "2026-12-28 09:00", to: "2027-01-04 09:00"}
  secondary:
    title: The second ones
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [dee]}
policies:
  critical:
    steps:
      - {ask: [primary, secondary], escalate-after: 5m}
      - {ask: [kit], escalate-after: 10m}
    extra-rounds: 1
  standard:
    steps:
      - {ask: [secondary], escalate-after: 5m}
      - {ask: [kit], escalate-after: 10m}
roles:
  lead: {title: Incident lead, ask: [kit], does: Decides.}
"""

TEAMS = """
platform:
  title: Platform
  email: oncall@youragency.com
  routes:
    P0: {page: critical, slack: [alerts, alerts-critical]}
    P1: {page: standard, slack: [alerts]}
    P2: {page: critical, slack: [alerts]}
    P3: {slack: [alerts]}
revenue:
  title: Revenue
  email: revenue@youragency.com
  routes:
    P0: {page: critical, email: [revenue@youragency.com]}
    P1: {page: standard, slack: [alerts]}
    P2: {slack: [alerts]}
    P3: {slack: [alerts]}
"""

RULES = """
  - id: shop-tenants
    title: A tenant of the shop fails
    severity: P1
    means: One tenant cannot buy.
    errors: {project: web, where: {feature: [checkout, search]}, more-than: 10, within: 5m}
    for-each-tenant: {plan: enterprise, except: {acme: {more-than: 5}}}
  - id: shop-each
    title: An order is lost
    severity: P2
    means: One order is gone.
    errors: {project: web, where: {feature: search}, each-event: true}
  - id: shop-rate
    title: The shop fails too often
    severity: P2
    means: Pages fail.
    sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%, at-least: 100 events}
  - id: shop-job
    title: The nightly job is late
    severity: P2
    means: Orders are not sent.
    cron: {project: web, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}
  - id: shop-up
    title: The shop does not answer
    severity: P1
    means: Nobody can buy.
    uptime: {asks: {page: {path: /shop, within: 3s}}, every: 1m, regions: [aws:eu-central-1, aws:us-east-1],
             failing-in: 2, retry: {times: 1, after: 5s}}
    same-symptom-as: [shop-slow]
  - id: shop-query
    title: The shop has few orders
    severity: P3
    means: Fewer orders than usual.
    query: {query: "sum(last_5m):sum:orders{env:prod}.as_count()", below: 5}
  - id: shop-both
    title: The shop is slow and down
    severity: P2
    means: Both at once.
    composite: {all-of: [shop-slow, shop-up]}
  - id: shop-slo
    title: The shop misses its objective
    severity: P2
    means: The error budget burns.
    slo: {good: {sum: orders.good}, total: {sum: orders.all}, objective: 99.9%, over: 30d}
  - id: shop-orders
    title: There are too many orders
    severity: P3
    means: More orders than can be packed.
    metric: {sum: orders.all, where: {kind: [web, phone]}, over: 10m, above: 500}
    reminds-every: 2h
"""

API = """
service: api
title: API
team: platform
tier: standard
depends-on: [shop]
rules:
  - id: api-failing
    title: The API fails
    severity: P2
    means: Clients see errors.
    errors: {project: web, more-than: 100, within: 1h}
"""

METRICS = """
    orders.good: {unit: "", kind: count, interval: 10s, sent-by: shop, tags: {}}
    orders.all:
      {unit: "", kind: count, interval: 10s, sent-by: shop, tags: {kind: {values: [web, phone, mail]}}}
"""

WAIVERS = """
waivers:
  - {check: rule-runbook, finding: "shop-slow: no runbook", reason: in work, owner: platform, expires: 2026-12-31}
retired: {}
"""

MAINTENANCE = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-12-01 22:00", to: "2026-12-01 23:00",
          services: [shop], environments: [prod], reason: everything moves}
"""

API_EXPECTED = """  api-failing:
    slack: [alerts]
    page: {policy: critical, urgency: low}
    sentry:
      environment: production
      metric-monitor: {project: web, query: "", aggregate: count(), event-type: error, time-window-seconds: 3600,
                       above: 100, recovers-at: 100, priority: 50}
      frequency-minutes: 60
"""

EXPECTATIONS = f"""
policies:
  critical: {{steps: [{{ask: [primary, secondary], minutes: 5}}, {{ask: [kit], minutes: 10}}], extra-rounds: 1}}
rules:
{API_EXPECTED}"""

FILES = {
    "platform": PLATFORM.rstrip() + METRICS,
    "expectations": EXPECTATIONS,
    "oncall": ONCALL,
    "teams": TEAMS,
    "services_shop": SHOP.rstrip() + RULES,
    "services_api": API,
    "waivers": WAIVERS,
    "maintenance": MAINTENANCE,
    "tenants": "acme: {title: Acme Stores, plan: enterprise}\nbolt: {title: Bolt Tools, plan: enterprise}\n",
}
