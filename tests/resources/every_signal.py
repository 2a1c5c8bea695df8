"""A catalog with a rule of every signal and of every form that a signal takes, and what it declares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from tests.factories import SHOP, texts
from tests.resources.recorded import ORDER
from tests.signals import CASES

TODAY = date(2026, 11, 23)

COUNTS = """
    orders.good: {kind: count, interval: 10s, sent-by: the shop, tags: {env: {values: [prod, staging]}}}
    orders.all: {kind: count, interval: 10s, sent-by: the shop, tags: {env: {values: [prod, staging]}}}
"""

RULES = """
  - id: shop-leak
    title: Each of these is one too many
    severity: P0
    means: Somebody saw what is not theirs.
    errors: {project: web, where: {feature: [checkout, search]}, each-event: true}
  - id: shop-noisy
    title: One issue happens often
    severity: P3
    means: One mistake hits many people.
    errors: {project: web, more-than: 5, within: 1h, per-issue: true}
  - id: shop-customer
    title: A customer is affected
    severity: P0
    means: One customer sees errors.
    errors: {project: web, where: {feature: [checkout, search]}, more-than: 10, within: 5m}
    for-each-tenant: {plan: enterprise, except: {acme: {more-than: 3}}}
  - id: shop-customer-leak
    title: A customer is hit
    severity: P0
    means: One customer is hit.
    errors: {project: web, each-event: true}
    for-each-tenant: {plan: enterprise}
  - id: shop-rate
    title: Requests fail
    severity: P2
    means: A share of all requests fails.
    sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%, at-least: 100 events}
  - id: shop-wait
    title: Requests wait
    severity: P3
    means: Requests take long.
    sentry-metric: {project: web, measure: p95, where: {feature: checkout}, over: 1h, above: 2s}
  - id: shop-nightly
    title: The nightly job did not run
    severity: P1
    means: Reports of the day are missing.
    cron: {project: web, schedule: "30  2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h, failures: 2}
  - id: shop-orders
    title: Orders fail
    severity: P1
    means: Too many orders fail.
    slo: {good: {sum: orders.good}, total: {sum: orders.all}, objective: 99.9%}
  - id: shop-orders-slowly
    title: Orders fail now and then
    severity: P2
    means: A few orders too many fail.
    slo: {good: {sum: orders.good}, total: {sum: orders.all}, objective: 99.5%, over: 7d}
  - id: shop-up
    title: The shop does not answer
    severity: P1
    means: The shop does not answer.
    uptime:
      asks: {page: {path: /cart, status: 202, within: 2s, contains: cart, headers: {x-shop: "yes", content-type: text}}}
      methods: [GET, HEAD]
      every: 1m
      regions: [aws:eu-central-1, aws:us-east-1]
      failing-in: 2
      retry: {times: 1, after: 5s}
  - id: shop-elsewhere
    title: The payment page does not answer
    severity: P2
    means: The payment page does not answer.
    uptime:
      asks: {page: {url: "https://pay.youragency.com/"}}
      every: 5m
      regions: [aws:eu-central-1, aws:us-east-1]
      retry: {times: 1, after: 5s}
  - id: shop-mail
    title: Mail does not get out
    severity: P3
    means: Mail does not get out.
    uptime:
      asks: {connection: {host: mail.youragency.com, port: 465, within: 2s}}
      every: 5m
      regions: [aws:eu-central-1]
  - id: shop-buy
    title: Nothing can be bought
    severity: P2
    means: Nothing can be bought.
    uptime:
      asks:
        page:
          path: /orders?trial=1
          status: 201
          sends:
            headers: {accept: application/json}
            secret-headers: {authorization: probe-token}
            body: {type: json, text: '{"id": 1}'}
          json-values: {"$.state": accepted, "$.lines": {more-than: 0}, "$.id": {is-not: ""}}
          headers: {location: {is: "https://app.youragency.com/orders/1"}}
          http-version: http2
          json-schema: '{"type": "object"}'
          follows-redirects: true
      methods: [POST]
      every: 5m
      regions: [aws:eu-central-1, aws:us-east-1]
      failing-for: 10m
  - id: shop-basket
    title: No basket can be filled
    severity: P2
    means: Nothing can be put into a basket.
    uptime:
      asks:
        steps:
          - name: Fill a basket
            method: POST
            page:
              path: /baskets
              status: 201
              within: 1500ms
              sends: {secret-headers: {x-probe: probe-token}, body: {type: json, text: "{}"}}
            keeps: {basket: $.id, first-line: "$.lines[0].id"}
          - name: See it
            on-failure: continue
            page:
              url: "https://pay.youragency.com/baskets/${basket}?line=${first-line}"
              sends: {headers: {x-basket: "of ${basket}"}}
              json-values: {$.id: "${basket}"}
              follows-redirects: true
              http-version: http1
          - {name: Throw it away, method: DELETE, on-failure: ignore, page: {path: "/baskets/${basket}", status: 204}}
      every: 15m
      regions: [aws:eu-central-1]
      retry: {times: 1, after: 5s}
  - id: shop-name
    title: The shop's name does not resolve
    severity: P3
    means: Nobody finds the shop.
    uptime:
      asks: {dns: {name: shop.youragency.com, server: ns1.youragency.com, records: {A: 203.0.113.10}, within: 500ms}}
      every: 15m
      regions: [aws:eu-central-1]
  - id: shop-line
    title: The office has no line
    severity: P3
    means: Nobody in the office can work.
    uptime: {asks: {ping: {packets: 5, loses-below: 20%, within: 200ms}}, every: 5m, regions: [aws:eu-central-1]}
  - id: shop-notes
    title: Notes do not serve
    severity: P3
    means: Nobody can read notes.
    uptime:
      asks: {grpc: {host: notes.youragency.com, port: 443, service: notes.v1.Notes, within: 1s}}
      every: 5m
      regions: [aws:eu-central-1]
  - id: shop-order
    title: A visitor cannot order
    severity: P3
    means: Nobody can order.
    uptime:
      asks: {browser: {recording: order, path: /lamps, devices: [chrome.laptop_large, firefox.mobile_small]}}
      every: 1h
      regions: [aws:eu-central-1]
      retry: {times: 1, after: 5s}
  - id: shop-certificate
    title: The certificate is old
    severity: P3
    means: The certificate is old.
    uptime: {asks: {certificate: {host: pay.youragency.com, valid-for: 14d}}, every: 6h, regions: [aws:eu-central-1]}
  - id: shop-gone
    title: All of it is gone
    severity: P0
    means: Nothing answers.
    composite: {all-of: [shop-up], any-of: [shop-slow, shop-empty], none-of: [shop-queue]}
  - id: shop-dead-letters
    title: Orders end among the dead letters
    severity: P1
    means: Orders are lost.
    elsewhere: {events-api: the broker's host, fires-when: the dead letters are more than ten, detects-within: 10m}
  - id: shop-backup
    title: The backup mailed an error
    severity: P0
    means: There is no backup of today.
    elsewhere: {email: backup@youragency.pagerduty.com, fires-when: the backup fails, detects-within: 1m}
  - id: shop-depth
    title: The queue in the cloud is deep
    severity: P1
    means: Orders wait.
    elsewhere: {vendor: Amazon CloudWatch, fires-when: its alarm of the queue is on, detects-within: 11m}
  - id: shop-customer-noisy
    title: One issue of a customer happens often
    severity: P3
    means: One mistake hits one customer often.
    errors: {project: web, where: {feature: search}, more-than: 5, within: 1h, per-issue: true}
    for-each-tenant: {plan: enterprise}
"""

WINDOW = """
upgrade:
  title: Upgrade
  time-zone: Europe/Berlin
  from: "2026-12-06 04:00"
  to: "2026-12-06 05:00"
  services: [shop]
  environments: [prod]
  reason: A new database
reindex:
  title: Reindex
  time-zone: Europe/Berlin
  from: "2026-12-07 04:00"
  to: "2026-12-07 04:30"
  every: 1d
  days: mon-fri
  until: 2027-01-29
  rules: [shop-empty]
  where: {service: shop}
  environments: [prod]
  reason: The index grows
"""


def every_text(*changes: tuple[str, str, str]) -> dict[str, bytes]:
    """The catalog's files, with changes (file, from, to)."""
    sender = "      tags: {env: {values: [prod, staging]}, service: {values: [shop]}}\n"
    return texts(
        ("platform.yaml", sender, sender.rstrip() + COUNTS),
        *changes,
        services_shop="".join([SHOP, RULES.lstrip("\n"), *(case.rules.lstrip("\n") for case in CASES)]),
        maintenance=WINDOW,
    ) | {"recordings/order.json": ORDER}


def every_signal(*changes: tuple[str, str, str]) -> Catalog:
    """The catalog, with changes (file, from, to)."""
    return load_texts(every_text(*changes))


def declared(catalog: Catalog, environment: str = "prod", today: date = TODAY) -> Plan:
    """What a catalog declares in an environment, without any check before it."""
    from monitoring.preview.capture import capture
    from monitoring.resources.accounts import look_up_accounts
    from monitoring.resources.declare import declare
    from monitoring.resources.stack import Stack

    config: Mapping[str, str] = {}
    stack = Stack(environment, catalog=Path(), today=today, offline=True)

    def program() -> None:
        declare(catalog, environment, today, look_up_accounts(stack, catalog, while_waiting=lambda: None))

    return capture(program, project="monitoring", stack=environment, config=config)
