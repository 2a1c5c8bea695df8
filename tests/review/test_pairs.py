"""Pairs of catalogs that differ in one thing, and all that this does to people: forwards and backwards."""

from __future__ import annotations

import pytest

from tests.factories import Change
from tests.review.pairs import ids, reviewed, undone

SHOP = "services/shop.yaml"
ONCALL = "oncall.yaml"
TEAMS = "teams.yaml"
PLATFORM = "platform.yaml"
API = "services/api.yaml"
SEVERITIES = "severities.yaml"
TENANTS = "tenants.yaml"
WAIVERS = "waivers.yaml"
MAINTENANCE = "maintenance.yaml"
EXPECTATIONS = "expectations.yaml"

PAIRS = [
    pytest.param(
        [(SHOP, "title: An order is lost", "title: One order is lost")],
        ["none text-changed: shop-each: title"],
        ["none text-changed: shop-each: title"],
        id="another title of a rule",
    ),
    pytest.param(
        [(SHOP, "means: One order is gone.", "means: An order is gone.")],
        ["none text-changed: shop-each: means"],
        ["none text-changed: shop-each: means"],
        id="another sentence on what a rule means",
    ),
    pytest.param(
        [
            (
                SHOP,
                "title: The shop fails too often\n    severity: P2",
                "title: The shop fails too often\n    severity: P1",
            )
        ],
        [
            "medium rule-wakes: shop-rate: prod",
            "medium woken-by-more: dee, kit",
            "medium severity-raised: shop-rate",
        ],
        [
            "high rule-sleeps: shop-rate: prod",
            "high severity-lowered: shop-rate",
            "low woken-by-fewer: dee, kit",
        ],
        id="a rule begins to wake somebody",
    ),
    pytest.param(
        [(SHOP, "title: The shop is slow\n    severity: P1", "title: The shop is slow\n    severity: P2")],
        [
            "high rule-sleeps: shop-slow: prod",
            "high severity-lowered: shop-slow",
            "low woken-by-fewer: dee, kit",
        ],
        [
            "medium rule-wakes: shop-slow: prod",
            "medium woken-by-more: dee, kit",
            "medium severity-raised: shop-slow",
        ],
        id="a rule ceases to wake anybody",
    ),
    pytest.param(
        [(SHOP, "title: The shop is slow\n    severity: P1", "title: The shop is slow\n    severity: P0")],
        [
            "high promise-broken: shop-slow: slow signal: prod",
            "high promise-broken: shop-slow: slow signal: staging",
            "medium woken-by-more: ana, ben, chi",
            "medium severity-raised: shop-slow",
        ],
        [
            "high severity-lowered: shop-slow",
            "low woken-by-fewer: ana, ben, chi",
            "none promise-kept: shop-slow: slow signal: prod",
            "none promise-kept: shop-slow: slow signal: staging",
        ],
        id="a rule wakes more people, sooner",
    ),
    pytest.param(
        [
            (
                SHOP,
                (
                    "  - id: shop-each\n"
                    "    title: An order is lost\n"
                    "    severity: P2\n"
                    "    means: One order is gone.\n"
                    "    errors: {project: web, where: {feature: search}, each-event: true}\n"
                ),
                "",
            )
        ],
        ["high rule-removed: shop-each"],
        ["low rule-added: shop-each"],
        id="a rule that wakes nobody is gone",
    ),
    pytest.param(
        [
            (
                SHOP,
                (
                    "  - id: shop-failing\n"
                    "    title: The shop is failing\n"
                    "    severity: P0\n"
                    "    means: Customers cannot buy.\n"
                    "    errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}\n"
                ),
                "",
            )
        ],
        [
            "high rule-removed: shop-failing",
            "low woken-by-fewer: ana, ben, chi, dee, kit",
        ],
        [
            "medium woken-by-more: ana, ben, chi, dee, kit",
            "low rule-added: shop-failing",
        ],
        id="a rule that wakes somebody is gone",
    ),
    pytest.param(
        [(SHOP, "- id: shop-each", "- id: shop-lost\n    formerly: [shop-each]")],
        ["low rule-renamed: shop-lost"],
        ["high rule-removed: shop-lost", "low rule-added: shop-each"],
        id="a rule is renamed and says its former id",
    ),
    pytest.param(
        [(SHOP, "- id: shop-each", "- id: shop-lost")],
        ["high rule-removed: shop-each", "low rule-added: shop-lost"],
        ["high rule-removed: shop-lost", "low rule-added: shop-each"],
        id="a rule is renamed and does not say so",
    ),
    pytest.param(
        [(SHOP, "means: More orders than can be packed.", "means: More orders than can be packed.\n    team: revenue")],
        ["medium team-changed: shop-orders: team"],
        ["medium team-changed: shop-orders: team"],
        id="a rule goes to another team",
    ),
    pytest.param(
        [(SHOP, "means: One order is gone.", "means: One order is gone.\n    environments: [prod]")],
        ["high environment-lost: shop-each: staging"],
        ["low environment-gained: shop-each: staging"],
        id="a rule acts in one environment less",
    ),
    pytest.param(
        [(SHOP, "reminds-every: 2h", "reminds-every: 4h")],
        ["medium reminders-changed: shop-orders: reminds-every"],
        ["medium reminders-changed: shop-orders: reminds-every"],
        id="a rule repeats itself more seldom",
    ),
    pytest.param(
        [(SHOP, "means: Customers cannot buy.", "means: Customers cannot buy.\n    trial-until: 2026-12-24")],
        ["high trial-begins: shop-failing"],
        ["low trial-ends: shop-failing"],
        id="a rule that wakes somebody is put on trial",
    ),
    pytest.param(
        [(SHOP, "means: One order is gone.", "means: One order is gone.\n    trial-until: 2026-12-24")],
        ["high trial-begins: shop-each"],
        ["low trial-ends: shop-each"],
        id="a rule that wakes nobody is put on trial",
    ),
    pytest.param(
        [(SHOP, "means: Customers cannot buy.", "means: Customers cannot buy.\n    trial-until: 2026-01-24")],
        ["low rule-changed: shop-failing: trial-until"],
        ["low rule-changed: shop-failing: trial-until"],
        id="a trial that was over before it began",
    ),
    pytest.param(
        [(SHOP, "    same-symptom-as: [shop-slow]\n", "")],
        ["low rule-changed: shop-up: same-symptom-as"],
        ["low rule-changed: shop-up: same-symptom-as"],
        id="a rule names no rule with the same symptom",
    ),
    pytest.param(
        [(SHOP, "feature: checkout}, more-than: 10", "feature: checkout}, more-than: 15")],
        ["medium condition-loosened: shop-failing: errors.more-than"],
        ["low condition-tightened: shop-failing: errors.more-than"],
        id="more errors are allowed",
    ),
    pytest.param(
        [(SHOP, "feature: checkout}, more-than: 10, within: 5m", "feature: checkout}, more-than: 10, within: 10m")],
        [
            "high promise-broken: shop-failing: slow signal: prod",
            "high promise-broken: shop-failing: slow signal: staging",
            "low condition-tightened: shop-failing: errors.within",
        ],
        [
            "medium condition-loosened: shop-failing: errors.within",
            "none promise-kept: shop-failing: slow signal: prod",
            "none promise-kept: shop-failing: slow signal: staging",
        ],
        id="errors are counted for longer",
    ),
    pytest.param(
        [(SHOP, "where: {feature: [checkout, search]}", "where: {feature: [checkout]}")],
        ["medium condition-loosened: shop-tenants: errors.where.feature"],
        ["low condition-tightened: shop-tenants: errors.where.feature"],
        id="a filter has one value less",
    ),
    pytest.param(
        [(SHOP, "where: {feature: checkout}, ", "")],
        ["low condition-tightened: shop-failing: errors.where.feature"],
        ["medium condition-loosened: shop-failing: errors.where.feature"],
        id="a filter is gone",
    ),
    pytest.param(
        [(SHOP, "where: {feature: checkout}", "where: {feature: search}")],
        ["medium condition-changed: shop-failing: errors.where.feature"],
        ["medium condition-changed: shop-failing: errors.where.feature"],
        id="a filter has another value",
    ),
    pytest.param(
        [(SHOP, "where: {feature: checkout}", "where: {feature: checkout, plan: enterprise}")],
        ["medium condition-loosened: shop-failing: errors.where.plan"],
        ["low condition-tightened: shop-failing: errors.where.plan"],
        id="a filter has one tag more",
    ),
    pytest.param(
        [(SHOP, "each-event: true", "more-than: 3, within: 5m")],
        ["medium condition-loosened: shop-each: errors.each-event"],
        ["low condition-tightened: shop-each: errors.each-event"],
        id="single events become a count",
    ),
    pytest.param(
        [(API, "within: 1h}", "within: 1h, per-issue: true}")],
        ["medium condition-loosened: api-failing: errors.per-issue"],
        ["low condition-tightened: api-failing: errors.per-issue"],
        id="each issue is counted by itself",
    ),
    pytest.param(
        [
            (
                SHOP,
                "errors: {project: web, where: {feature: search}, each-event: true}",
                "metric: {sum: orders.all, over: 10m, above: 500}",
            )
        ],
        ["medium signal-changed: shop-each"],
        ["medium signal-changed: shop-each"],
        id="a rule watches something else",
    ),
    pytest.param(
        [(SHOP, "except: {acme: {more-than: 5}}", "except: {acme: {more-than: 8}}")],
        ["medium condition-loosened: shop-tenants: for-each-tenant.except.acme.more-than"],
        ["low condition-tightened: shop-tenants: for-each-tenant.except.acme.more-than"],
        id="a tenant's own count is higher",
    ),
    pytest.param(
        [(SHOP, ", except: {acme: {more-than: 5}}", "")],
        ["medium condition-loosened: shop-tenants: for-each-tenant.except.acme"],
        ["low condition-tightened: shop-tenants: for-each-tenant.except.acme"],
        id="a tenant has no count of its own",
    ),
    pytest.param(
        [(SHOP, ("\n    for-each-tenant: {plan: enterprise, except: {acme: {more-than: 5}}}"), "")],
        [
            "medium woken-by-more: dee, kit",
            "medium signal-changed: shop-tenants: for-each-tenant",
            "low woken-by-fewer: dee, kit",
        ],
        [
            "medium woken-by-more: dee, kit",
            "medium signal-changed: shop-tenants: for-each-tenant",
            "low woken-by-fewer: dee, kit",
        ],
        id="a rule counts all tenants together",
    ),
    pytest.param(
        [(SHOP, "above: 5%", "above: 10%")],
        ["medium condition-loosened: shop-rate: sentry-metric.above"],
        ["low condition-tightened: shop-rate: sentry-metric.above"],
        id="a rate may be higher",
    ),
    pytest.param(
        [(SHOP, "measure: failure_rate, over: 10m", "measure: failure_rate, over: 30m")],
        [
            "high promise-broken: shop-rate: slow signal: prod",
            "high promise-broken: shop-rate: slow signal: staging",
            "medium condition-changed: shop-rate: sentry-metric.over",
        ],
        [
            "medium condition-changed: shop-rate: sentry-metric.over",
            "none promise-kept: shop-rate: slow signal: prod",
            "none promise-kept: shop-rate: slow signal: staging",
        ],
        id="a rate is computed over longer",
    ),
    pytest.param(
        [(SHOP, "at-least: 100 events", "at-least: 200 events")],
        ["low rule-changed: shop-rate: sentry-metric.at-least"],
        ["low rule-changed: shop-rate: sentry-metric.at-least"],
        id="a check wants more events",
    ),
    pytest.param(
        [(SHOP, "late-after: 10m", "late-after: 20m")],
        ["medium condition-loosened: shop-job: cron.late-after"],
        ["low condition-tightened: shop-job: cron.late-after"],
        id="a job may be later",
    ),
    pytest.param(
        [(SHOP, "30 2 * * *", "30 3 * * *")],
        ["medium condition-changed: shop-job: cron.schedule"],
        ["medium condition-changed: shop-job: cron.schedule"],
        id="a job runs at another time",
    ),
    pytest.param(
        [(SHOP, "every: 1m, regions", "every: 5m, regions")],
        ["medium condition-loosened: shop-up: uptime.every"],
        ["low condition-tightened: shop-up: uptime.every"],
        id="a test runs more seldom",
    ),
    pytest.param(
        [(SHOP, "failing-in: 2", "failing-in: 1")],
        ["low condition-tightened: shop-up: uptime.failing-in"],
        ["medium condition-loosened: shop-up: uptime.failing-in"],
        id="fewer regions have to fail",
    ),
    pytest.param(
        [
            (
                SHOP,
                "regions: [aws:eu-central-1, aws:us-east-1],\n             failing-in: 2",
                "regions: [aws:eu-central-1],\n             failing-in: 1",
            )
        ],
        ["medium condition-loosened: shop-up: uptime.regions", "low condition-tightened: shop-up: uptime.failing-in"],
        ["medium condition-loosened: shop-up: uptime.failing-in", "low condition-tightened: shop-up: uptime.regions"],
        id="a test runs from one region less",
    ),
    pytest.param(
        [(SHOP, ", retry: {times: 1, after: 5s}", "")],
        ["low condition-tightened: shop-up: uptime.retry"],
        ["medium condition-loosened: shop-up: uptime.retry"],
        id="a test does not try again",
    ),
    pytest.param(
        [(SHOP, "path: /shop, within: 3s", "path: /shop, within: 5s")],
        ["medium condition-loosened: shop-up: uptime.asks.page.within"],
        ["low condition-tightened: shop-up: uptime.asks.page.within"],
        id="a page may take longer",
    ),
    pytest.param(
        [(SHOP, "path: /shop", "path: /buy")],
        ["medium condition-changed: shop-up: uptime.asks.page.path"],
        ["medium condition-changed: shop-up: uptime.asks.page.path"],
        id="another page is requested",
    ),
    pytest.param(
        [(SHOP, "path: /shop, within: 3s", "path: /shop, within: 3s, contains: Buy")],
        ["low condition-tightened: shop-up: uptime.asks.page.contains"],
        ["medium condition-loosened: shop-up: uptime.asks.page.contains"],
        id="a page has to contain a text",
    ),
    pytest.param(
        [(SHOP, "path: /shop, within: 3s", 'path: /shop, within: 3s, json-values: {"$.state": up}')],
        ["low condition-tightened: shop-up: uptime.asks.page.json-values.$.state"],
        ["medium condition-loosened: shop-up: uptime.asks.page.json-values.$.state"],
        id="a value has to stand in a page's JSON",
    ),
    pytest.param(
        [(SHOP, "path: /shop, within: 3s", "path: /shop, within: 3s, json-schema: '{}'")],
        ["low condition-tightened: shop-up: uptime.asks.page.json-schema"],
        ["medium condition-loosened: shop-up: uptime.asks.page.json-schema"],
        id="a page has to fit a schema",
    ),
    pytest.param(
        [(SHOP, "path: /shop, within: 3s", "path: /shop, within: 3s, follows-redirects: true")],
        ["medium condition-changed: shop-up: uptime.asks.page.follows-redirects"],
        ["medium condition-changed: shop-up: uptime.asks.page.follows-redirects"],
        id="a redirect is followed",
    ),
    pytest.param(
        [(SHOP, "path: /shop, within: 3s", "path: /shop, within: 3s, sends: {headers: {accept: text/html}}")],
        ["medium condition-changed: shop-up: uptime.asks.page.sends"],
        ["medium condition-changed: shop-up: uptime.asks.page.sends"],
        id="a request carries a header",
    ),
    pytest.param(
        [(SHOP, "page: {path: /shop, within: 3s}", "steps: [{name: Look, page: {path: /shop}}]")],
        ["medium condition-changed: shop-up: uptime.asks.page", "medium condition-changed: shop-up: uptime.asks.steps"],
        ["medium condition-changed: shop-up: uptime.asks.page", "medium condition-changed: shop-up: uptime.asks.steps"],
        id="a test asks in steps",
    ),
    pytest.param(
        [(SHOP, "failing-in: 2,", "failing-in: 2, failing-for: 5m,")],
        ["medium condition-loosened: shop-up: uptime.failing-for"],
        ["low condition-tightened: shop-up: uptime.failing-for"],
        id="a test has to fail for a while",
    ),
    pytest.param(
        [(SHOP, "above: 2s", "above: 3s")],
        ["medium condition-loosened: shop-slow: metric.above"],
        ["low condition-tightened: shop-slow: metric.above"],
        id="a threshold is higher",
    ),
    pytest.param(
        [(SHOP, "above: 2s", "above: 2000ms")],
        ["none text-changed: shop-slow: metric.above"],
        ["none text-changed: shop-slow: metric.above"],
        id="a threshold in another unit",
    ),
    pytest.param(
        [(SHOP, "where: {service: shop}, over: 10m", "where: {service: shop}, over: 15m")],
        [
            "high promise-broken: shop-slow: slow signal: prod",
            "high promise-broken: shop-slow: slow signal: staging",
            "medium condition-changed: shop-slow: metric.over",
        ],
        [
            "medium condition-changed: shop-slow: metric.over",
            "none promise-kept: shop-slow: slow signal: prod",
            "none promise-kept: shop-slow: slow signal: staging",
        ],
        id="a percentile is computed over longer",
    ),
    pytest.param(
        [(SHOP, "p95: trace.request", "p99: trace.request")],
        ["medium condition-changed: shop-slow: metric"],
        ["medium condition-changed: shop-slow: metric"],
        id="another percentile",
    ),
    pytest.param(
        [(SHOP, ", when-silent: alert", ", when-silent: alert, by: [service], new-groups-after: 5m")],
        [
            "medium condition-loosened: shop-slow: metric.new-groups-after",
            "medium condition-changed: shop-slow: metric.by",
        ],
        [
            "medium condition-changed: shop-slow: metric.by",
            "low condition-tightened: shop-slow: metric.new-groups-after",
        ],
        id="a new group is left alone for longer than Datadog does by itself",
    ),
    pytest.param(
        [(SHOP, ", when-silent: alert", ", when-silent: alert, arrives-after: 1m, full-window: true")],
        [
            "medium condition-loosened: shop-slow: metric.arrives-after",
            "medium condition-loosened: shop-slow: metric.full-window",
        ],
        [
            "low condition-tightened: shop-slow: metric.arrives-after",
            "low condition-tightened: shop-slow: metric.full-window",
        ],
        id="data come later, and a window with a gap is passed over",
    ),
    pytest.param(
        [(SHOP, "above: 2s", "at-least: 2s")],
        ["low condition-tightened: shop-slow: metric.above", "low condition-tightened: shop-slow: metric.at-least"],
        ["medium condition-loosened: shop-slow: metric.above", "medium condition-loosened: shop-slow: metric.at-least"],
        id="a threshold fires when it is reached",
    ),
    pytest.param(
        [(SHOP, "above: 2s", "at-least: 3s")],
        ["medium condition-changed: shop-slow: metric.above", "medium condition-changed: shop-slow: metric.at-least"],
        ["medium condition-changed: shop-slow: metric.above", "medium condition-changed: shop-slow: metric.at-least"],
        id="a higher threshold fires when it is reached",
    ),
    pytest.param(
        [(SHOP, "below: 5}", "at-most: 9}")],
        ["low condition-tightened: shop-query: query.at-most", "low condition-tightened: shop-query: query.below"],
        ["medium condition-loosened: shop-query: query.at-most", "medium condition-loosened: shop-query: query.below"],
        id="a query's lower threshold is higher, and fires when it is reached",
    ),
    pytest.param(
        [(SHOP, "below: 5}", "below: 5, recovers-at: 7}")],
        ["medium condition-changed: shop-query: query.recovers-at"],
        ["medium condition-changed: shop-query: query.recovers-at"],
        id="a query recovers later",
    ),
    pytest.param(
        [(SHOP, "title: The shop is slow\n", "title: The shop is slow\n    reminds-at-most: 3\n")],
        ["medium reminders-changed: shop-slow: reminds-at-most"],
        ["medium reminders-changed: shop-slow: reminds-at-most"],
        id="reminders end",
    ),
    pytest.param(
        [(SHOP, "below: 5}", "below: 5, resolves-after: 2h}")],
        ["medium condition-changed: shop-query: query.resolves-after"],
        ["medium condition-changed: shop-query: query.resolves-after"],
        id="a query resolves by itself after hours of silence",
    ),
    pytest.param(
        [(SHOP, ", when-silent: alert", "")],
        ["high silence-ignored: shop-slow: metric.when-silent"],
        ["low silence-alerts: shop-slow: metric.when-silent"],
        id="what happens in silence is left to the vendor",
    ),
    pytest.param(
        [(SHOP, "when-silent: alert", "when-silent: show")],
        ["high silence-ignored: shop-slow: metric.when-silent"],
        ["low silence-alerts: shop-slow: metric.when-silent"],
        id="silence is shown and notifies nobody",
    ),
    pytest.param(
        [(SHOP, "below: 5}", "below: 9}")],
        ["low condition-tightened: shop-query: query.below"],
        ["medium condition-loosened: shop-query: query.below"],
        id="a query's lower threshold is higher",
    ),
    pytest.param(
        [(SHOP, "sum:orders{env:prod}", "sum:orders{env:staging}")],
        ["medium condition-changed: shop-query: query.query"],
        ["medium condition-changed: shop-query: query.query"],
        id="another query",
    ),
    pytest.param(
        [(SHOP, "all-of: [shop-slow, shop-up]", "all-of: [shop-slow, shop-up, shop-rate]")],
        ["medium condition-loosened: shop-both: composite.all-of"],
        ["low condition-tightened: shop-both: composite.all-of"],
        id="one rule more has to fire too",
    ),
    pytest.param(
        [(SHOP, "all-of: [shop-slow, shop-up]", "all-of: [shop-slow, shop-up], any-of: [shop-rate]")],
        ["medium condition-loosened: shop-both: composite.any-of"],
        ["low condition-tightened: shop-both: composite.any-of"],
        id="the first rule of which one has to fire",
    ),
    pytest.param(
        [(SHOP, "objective: 99.9%", "objective: 99%")],
        ["medium condition-loosened: shop-slo: slo.objective"],
        ["low condition-tightened: shop-slo: slo.objective"],
        id="a lower objective",
    ),
    pytest.param(
        [(SHOP, "over: 10m, above: 500", "over: 20m, above: 500")],
        ["low condition-tightened: shop-orders: metric.over"],
        ["medium condition-loosened: shop-orders: metric.over"],
        id="a sum is counted for longer",
    ),
    pytest.param(
        [(SHOP, "kind: [web, phone]", "kind: [web, phone, mail]")],
        ["low condition-tightened: shop-orders: metric.where.kind"],
        ["medium condition-loosened: shop-orders: metric.where.kind"],
        id="a sum counts one value more",
    ),
    pytest.param(
        [(API, "tier: standard", "tier: critical")],
        ["low service-changed: api: tier"],
        ["medium tier-lowered: api"],
        id="a service matters more",
    ),
    pytest.param(
        [(API, "tier: standard", "tier: internal")],
        ["medium tier-lowered: api"],
        ["low service-changed: api: tier"],
        id="a service matters less",
    ),
    pytest.param(
        [
            (PLATFORM, "teams: {platform: platform}", "teams: {platform: platform, revenue: revenue}"),
            (API, "team: platform", "team: revenue"),
        ],
        ["high account-changed: platform: sentry.teams.revenue", "medium team-changed: api: service"],
        ["high account-changed: platform: sentry.teams.revenue", "medium team-changed: api: service"],
        id="a service goes to another team",
    ),
    pytest.param(
        [(API, "depends-on: [shop]\n", "")],
        ["low service-changed: api: depends-on"],
        ["low service-changed: api: depends-on"],
        id="a service depends on nothing",
    ),
    pytest.param(
        [(API, "title: API", "title: Interface")],
        ["none text-changed: api: service.title"],
        ["none text-changed: api: service.title"],
        id="another title of a service",
    ),
    pytest.param(
        [
            (
                SHOP,
                (
                    "    uptime: {asks: {page: {path: /shop, within: 3s}}, every: 1m, regions: "
                    "[aws:eu-central-1, aws:us-east-1],\n"
                    "             failing-in: 2, retry: {times: 1, after: 5s}}\n"
                ),
                "    errors: {project: web, more-than: 100, within: 1h}\n",
            )
        ],
        [
            "high promise-broken: shop-both: slow signal: prod",
            "high promise-broken: shop-both: slow signal: staging",
            "high promise-broken: shop-up: slow signal: prod",
            "high promise-broken: shop-up: slow signal: staging",
            "high outside-test-lost: shop",
            "medium signal-changed: shop-up",
        ],
        [
            "medium signal-changed: shop-up",
            "none promise-kept: shop-both: slow signal: prod",
            "none promise-kept: shop-both: slow signal: staging",
            "none promise-kept: shop-up: slow signal: prod",
            "none promise-kept: shop-up: slow signal: staging",
            "none outside-test-gained: shop",
        ],
        id="a service loses its only outside test",
    ),
    pytest.param(
        [
            (
                TEAMS,
                "P1: {page: standard, slack: [alerts]}\n    P2: {page: critical",
                "P1: {slack: [alerts]}\n    P2: {page: critical",
            )
        ],
        [
            "high promise-broken: P1 route of platform: route: prod",
            "high rule-sleeps: shop-slow: prod",
            "high rule-sleeps: shop-tenants-acme: prod",
            "high rule-sleeps: shop-tenants-bolt: prod",
            "high rule-sleeps: shop-tenants-others: prod",
            "high rule-sleeps: shop-up: prod",
            "high page-lost: platform: P1.page",
            "low woken-by-fewer: dee, kit",
        ],
        [
            "medium rule-wakes: shop-slow: prod",
            "medium rule-wakes: shop-tenants-acme: prod",
            "medium rule-wakes: shop-tenants-bolt: prod",
            "medium rule-wakes: shop-tenants-others: prod",
            "medium rule-wakes: shop-up: prod",
            "medium woken-by-more: dee, kit",
            "medium page-gained: platform: P1.page",
            "none promise-kept: P1 route of platform: route: prod",
        ],
        id="a route pages nobody any more",
    ),
    pytest.param(
        [
            (
                TEAMS,
                "P1: {page: standard, slack: [alerts]}\n    P2: {page: critical",
                "P1: {page: critical, slack: [alerts]}\n    P2: {page: critical",
            )
        ],
        [
            "medium woken-by-more: ana, ben, chi",
            "medium page-changed: platform: P1.page",
        ],
        [
            "medium page-changed: platform: P1.page",
            "low woken-by-fewer: ana, ben, chi",
        ],
        id="a route pages by another policy",
    ),
    pytest.param(
        [(TEAMS, "slack: [alerts, alerts-critical]", "slack: [alerts]")],
        ["medium channel-lost: platform: P0.slack"],
        ["low channel-gained: platform: P0.slack"],
        id="a route has one channel less",
    ),
    pytest.param(
        [(TEAMS, "slack: [alerts, alerts-critical]", "slack: [alerts, alerts-critical], microsoft-teams: [web]")],
        ["low channel-gained: platform: P0.microsoft-teams"],
        ["medium channel-lost: platform: P0.microsoft-teams"],
        id="a route also writes to microsoft teams",
    ),
    pytest.param(
        [(TEAMS, "slack: [alerts, alerts-critical]", "slack: [alerts, alerts-critical], webhook: [board]")],
        ["low channel-gained: platform: P0.webhook"],
        ["medium channel-lost: platform: P0.webhook"],
        id="a route also calls a webhook",
    ),
    pytest.param(
        [(TEAMS, "slack: [alerts, alerts-critical]", "slack: [alerts, alerts-critical], issue-owners: all-members")],
        ["low channel-gained: platform: P0.issue-owners"],
        ["medium channel-lost: platform: P0.issue-owners"],
        id="a route also tells the owners of an issue",
    ),
    pytest.param(
        [(TEAMS, "slack: [alerts, alerts-critical]", "slack: [alerts-critical, alerts]")],
        [],
        [],
        id="channels in another order",
    ),
    pytest.param(
        [(TEAMS, "P0: {page: critical, email: [revenue@youragency.com]}", "P0: {page: critical}")],
        ["medium channel-lost: revenue: P0.email"],
        ["low channel-gained: revenue: P0.email"],
        id="a route sends no e-mail any more",
    ),
    pytest.param(
        [(TEAMS, "    P3: {slack: [alerts]}\nrevenue", "revenue")],
        ["medium channel-lost: platform: P3.slack"],
        ["low channel-gained: platform: P3.slack"],
        id="a route is gone",
    ),
    pytest.param(
        [(TEAMS, "title: Revenue", "title: Money")],
        ["none text-changed: revenue: team.title"],
        ["none text-changed: revenue: team.title"],
        id="another title of a team",
    ),
    pytest.param(
        [(TEAMS, "  email: revenue@youragency.com", "  email: money@youragency.com")],
        ["low team-edited: revenue: email"],
        ["low team-edited: revenue: email"],
        id="another address of a team",
    ),
    pytest.param(
        [(ONCALL, "name: Ana Example", "name: Anna Example")],
        ["none text-changed: ana: person.name"],
        ["none text-changed: ana: person.name"],
        id="another name of a person",
    ),
    pytest.param(
        [(ONCALL, "time-zone: Europe/Lisbon", "time-zone: Europe/Berlin")],
        ["low people-changed: ana: time-zone"],
        ["low people-changed: ana: time-zone"],
        id="a person lives in another zone",
    ),
    pytest.param(
        [(ONCALL, "time-zone: Europe/Lisbon", "time-zone: Europe/Lisbon, region: PT")],
        ["low people-changed: ana: region"],
        ["low people-changed: ana: region"],
        id="a person's public holidays are known",
    ),
    pytest.param(
        [(ONCALL, "people: [ana, ben, chi]}\n", "people: [ana, ben, chi]}\n    fairness: {nights: 200}\n")],
        ["none schedule-edited: primary: fairness"],
        ["none schedule-edited: primary: fairness"],
        id="people of a schedule are compared",
    ),
    pytest.param(
        [(ONCALL, "contact: {high: {push: 0m, phone: 1m}", "contact: {high: {push: 0m, phone: 4m}")],
        [
            "medium answer-later: shop-failing: prod second",
            "medium answer-later: shop-slow: prod second",
            "medium contact-changed: kit: contact.high.phone",
        ],
        [
            "medium contact-changed: kit: contact.high.phone",
            "none answer-sooner: shop-failing: prod second",
            "none answer-sooner: shop-slow: prod second",
        ],
        id="a person is called later",
    ),
    pytest.param(
        [(ONCALL, "contact: {high: {push: 0m, phone: 1m}", "contact: {high: {push: 0m}")],
        [
            "high promise-broken: critical: no phone in step 2: prod",
            "high promise-broken: standard: no phone in step 2: prod",
            "medium answer-later: shop-failing: prod second",
            "medium answer-later: shop-slow: prod second",
            "medium contact-changed: kit: contact.high.phone",
            "low woken-by-fewer: kit",
        ],
        [
            "medium woken-by-more: kit",
            "medium contact-changed: kit: contact.high.phone",
            "none answer-sooner: shop-failing: prod second",
            "none answer-sooner: shop-slow: prod second",
            "none promise-kept: critical: no phone in step 2: prod",
            "none promise-kept: standard: no phone in step 2: prod",
        ],
        id="a person is not called any more",
    ),
    pytest.param(
        [(ONCALL, "email: kit@", "email: kitty@")],
        ["medium contact-changed: kit: email"],
        ["medium contact-changed: kit: email"],
        id="a person has another address",
    ),
    pytest.param(
        [(ONCALL, "email: kit@", "login: kit-youragency, email: kit@")],
        ["low people-changed: kit: login"],
        ["low people-changed: kit: login"],
        id="a person has a login",
    ),
    pytest.param(
        [(ONCALL, "people: [ana, ben, chi]", "people: [ana, ben, chi, dee]")],
        ["high on-call-now: primary", "medium shifts-move: primary"],
        ["high on-call-now: primary", "medium shifts-move: primary"],
        id="somebody joins a rotation",
    ),
    pytest.param(
        [(ONCALL, "people: [ana, ben, chi]", "people: [ben, ana, chi]")],
        ["high on-call-now: primary", "medium shifts-move: primary", "none answer-sooner: shop-failing: prod second"],
        ["high on-call-now: primary", "medium shifts-move: primary", "medium answer-later: shop-failing: prod second"],
        id="the first two of a rotation swap places",
    ),
    pytest.param(
        [(ONCALL, "people: [ana, ben, chi]", "people: [ana, chi]")],
        [
            "high on-call-now: primary",
            "medium shifts-move: primary",
            "low woken-by-fewer: ben",
            "none answer-sooner: shop-failing: prod second",
        ],
        [
            "high on-call-now: primary",
            "medium shifts-move: primary",
            "medium woken-by-more: ben",
            "medium answer-later: shop-failing: prod second",
        ],
        id="somebody leaves a rotation",
    ),
    pytest.param(
        [
            (
                ONCALL,
                "people: [ana, ben, chi]}",
                (
                    'people: [ana, ben, chi], until: "2027-06-01 09:00"}\n'
                    '      - {anchor: "2027-06-01 09:00", turn: 1w, people: [ana]}'
                ),
            )
        ],
        ["low shifts-move-later: primary"],
        ["low shifts-move-later: primary"],
        id="a rotation ends in half a year",
    ),
    pytest.param(
        [
            (
                ONCALL,
                "people: [ana, ben, chi]}",
                (
                    'people: [ana, ben, chi], until: "2026-12-01 09:00"}\n'
                    '      - {anchor: "2026-12-01 13:00", turn: 1w, people: [ana]}'
                ),
            )
        ],
        ["high hole-opened: primary", "medium shifts-move: primary"],
        ["medium shifts-move: primary", "none hole-closed: primary"],
        id="nobody is on call for four hours",
    ),
    pytest.param(
        [(ONCALL, "people: [ana, ben, chi]", 'only: {from: "08:00", to: "20:00"}, people: [ana, ben, chi]')],
        ["high hole-opened: primary", "medium shifts-move: primary"],
        ["medium shifts-move: primary", "none hole-closed: primary"],
        id="nobody is on call at night",
    ),
    pytest.param(
        [
            (
                ONCALL,
                ('\n    cover:\n      - {who: dee, instead-of: ana, from: "2026-12-28 09:00", to: "2027-01-04 09:00"}'),
                "",
            )
        ],
        ["medium shifts-move: primary", "none answer-sooner: shop-failing: prod second"],
        ["medium shifts-move: primary", "medium answer-later: shop-failing: prod second"],
        id="a cover is taken back",
    ),
    pytest.param(
        [
            (
                ONCALL,
                '      - {anchor: "2026-01-05 09:00", turn: 1w, people: [dee]}\npolicies',
                '      - {anchor: "2025-01-06 09:00", turn: 1w, people: [dee]}\npolicies',
            )
        ],
        ["none schedule-edited: secondary: layers"],
        ["none schedule-edited: secondary: layers"],
        id="an anchor whole turns earlier",
    ),
    pytest.param(
        [(ONCALL, "title: The second ones", "title: The second")],
        ["none text-changed: secondary: schedule.title"],
        ["none text-changed: secondary: schedule.title"],
        id="another title of a schedule",
    ),
    pytest.param(
        [
            (
                ONCALL,
                "  secondary:\n    title: The second ones",
                "  backup:\n    formerly: [secondary]\n    title: The second ones",
            ),
            (ONCALL, "ask: [primary, secondary]", "ask: [primary, backup]"),
            (ONCALL, "ask: [secondary]", "ask: [backup]"),
        ],
        [
            "none text-changed: backup: schedule.formerly",
            "none text-changed: critical: steps",
            "none text-changed: standard: steps",
        ],
        [
            "high on-call-now: backup",
            "high on-call-now: secondary",
            "medium shifts-move: backup",
            "medium shifts-move: secondary",
            "medium policy-changed: critical: steps",
            "medium policy-changed: standard: steps",
        ],
        id="a schedule is renamed and says its former name",
    ),
    pytest.param(
        [(ONCALL, "ask: [secondary], escalate-after: 5m", "ask: [secondary], escalate-after: 9m")],
        ["medium answer-later: shop-slow: prod second", "medium policy-changed: standard: steps"],
        ["medium policy-changed: standard: steps", "none answer-sooner: shop-slow: prod second"],
        id="a step waits longer",
    ),
    pytest.param(
        [(ONCALL, "ask: [primary, secondary]", "ask: [secondary, primary]")],
        [],
        [],
        id="a step names the same in another order",
    ),
    pytest.param(
        [(ONCALL, "ask: [primary, secondary]", "ask: [primary]")],
        ["medium policy-changed: critical: steps"],
        ["medium policy-changed: critical: steps"],
        id="a step asks one schedule less",
    ),
    pytest.param(
        [(ONCALL, "extra-rounds: 1", "extra-rounds: 2")],
        ["medium policy-changed: critical: extra-rounds"],
        ["medium policy-changed: critical: extra-rounds"],
        id="a policy asks once more",
    ),
    pytest.param(
        [
            (ONCALL, "  standard:\n", "  normal:\n    formerly: [standard]\n"),
            (
                TEAMS,
                "P1: {page: standard, slack: [alerts]}\n    P2: {page: critical",
                "P1: {page: normal, slack: [alerts]}\n    P2: {page: critical",
            ),
            (
                TEAMS,
                "P1: {page: standard, slack: [alerts]}\n    P2: {slack",
                "P1: {page: normal, slack: [alerts]}\n    P2: {slack",
            ),
        ],
        [
            "none text-changed: normal: policy.formerly",
            "none text-changed: platform: P1.page",
            "none text-changed: revenue: P1.page",
        ],
        [
            "medium page-changed: platform: P1.page",
            "medium page-changed: revenue: P1.page",
            "medium policy-changed: normal",
            "medium policy-changed: standard",
        ],
        id="a policy is renamed and says its former name",
    ),
    pytest.param(
        [(ONCALL, "does: Decides.", "does: Leads.")],
        ["none text-changed: lead: role.does"],
        ["none text-changed: lead: role.does"],
        id="another sentence on a role",
    ),
    pytest.param(
        [(SEVERITIES, "first-human-within: 15m", "first-human-within: 20m")],
        ["high promise-weakened: P1: wakes.first-human-within"],
        ["low promise-strengthened: P1: wakes.first-human-within"],
        id="a severity promises a later answer",
    ),
    pytest.param(
        [(SEVERITIES, "second-human-within: 30m", "second-human-within: 25m")],
        ["low promise-strengthened: P1: wakes.second-human-within"],
        ["high promise-weakened: P1: wakes.second-human-within"],
        id="a severity promises a sooner answer",
    ),
    pytest.param(
        [(SEVERITIES, "first-human-within: 5m", "first-human-within: 1m")],
        [
            "high promise-broken: critical: phone too late in step 1: prod",
            "low promise-strengthened: P0: wakes.first-human-within",
        ],
        [
            "high promise-weakened: P0: wakes.first-human-within",
            "none promise-kept: critical: phone too late in step 1: prod",
        ],
        id="a severity promises what nobody can keep",
    ),
    pytest.param(
        [
            (
                SEVERITIES,
                "title: can wait for daylight, detects-within: 30m",
                "title: can wait for daylight, detects-within: 40m",
            )
        ],
        [
            "high promise-weakened: P2: detects-within",
            "none promise-kept: shop-slo: slow signal: prod",
            "none promise-kept: shop-slo: slow signal: staging",
        ],
        [
            "high promise-broken: shop-slo: slow signal: prod",
            "high promise-broken: shop-slo: slow signal: staging",
            "low promise-strengthened: P2: detects-within",
        ],
        id="a severity promises later detection",
    ),
    pytest.param(
        [(SEVERITIES, ("  wakes: {by: [phone], first-human-within: 15m, second-human-within: 30m}\n"), "")],
        [
            "high promise-broken: standard: phone of dee at high urgency: prod",
            "high promise-broken: standard: phone of kit at high urgency: prod",
            "high rule-sleeps: shop-slow: prod",
            "high rule-sleeps: shop-tenants-acme: prod",
            "high rule-sleeps: shop-tenants-bolt: prod",
            "high rule-sleeps: shop-tenants-others: prod",
            "high rule-sleeps: shop-up: prod",
            "high promise-weakened: P1: wakes",
            "low woken-by-fewer: dee, kit",
        ],
        [
            "medium rule-wakes: shop-slow: prod",
            "medium rule-wakes: shop-tenants-acme: prod",
            "medium rule-wakes: shop-tenants-bolt: prod",
            "medium rule-wakes: shop-tenants-others: prod",
            "medium rule-wakes: shop-up: prod",
            "medium woken-by-more: dee, kit",
            "low promise-strengthened: P1: wakes",
            "none promise-kept: standard: phone of dee at high urgency: prod",
            "none promise-kept: standard: phone of kit at high urgency: prod",
        ],
        id="a severity wakes nobody any more",
    ),
    pytest.param(
        [(SEVERITIES, "reminds-every: 10m", "reminds-every: 20m")],
        ["medium reminders-changed: P1: reminds-every"],
        ["medium reminders-changed: P1: reminds-every"],
        id="a severity is repeated more seldom",
    ),
    pytest.param(
        [(TENANTS, "bolt: {", "cord: {title: Cord Ltd, plan: enterprise}\nbolt: {")],
        ["medium woken-by-more: dee, kit", "low tenant-gained: cord"],
        ["medium tenant-lost: cord", "low woken-by-fewer: dee, kit"],
        id="a tenant joins a plan",
    ),
    pytest.param(
        [(TENANTS, "title: Bolt Tools", "title: Bolt")],
        ["none text-changed: bolt: tenant.title"],
        ["none text-changed: bolt: tenant.title"],
        id="another title of a tenant",
    ),
    pytest.param(
        [(PLATFORM, "owns-shared: true", "owns-shared: true, pages: false")],
        [
            "high rule-sleeps: shop-failing: prod",
            "high rule-sleeps: shop-slow: prod",
            "high rule-sleeps: shop-tenants-acme: prod",
            "high rule-sleeps: shop-tenants-bolt: prod",
            "high rule-sleeps: shop-tenants-others: prod",
            "high rule-sleeps: shop-up: prod",
            "high environment-quiet: platform: environments.prod.pages",
            "low woken-by-fewer: ana, ben, chi",
            "low woken-by-fewer: dee, kit",
        ],
        [
            "medium rule-wakes: shop-failing: prod",
            "medium rule-wakes: shop-slow: prod",
            "medium rule-wakes: shop-tenants-acme: prod",
            "medium rule-wakes: shop-tenants-bolt: prod",
            "medium rule-wakes: shop-tenants-others: prod",
            "medium rule-wakes: shop-up: prod",
            "medium woken-by-more: ana, ben, chi",
            "medium woken-by-more: dee, kit",
            "medium environment-changed: platform: environments.prod.pages",
        ],
        id="an environment pages nobody any more",
    ),
    pytest.param(
        [(PLATFORM, "slack: alerts-staging", "slack: alerts-test")],
        ["medium environment-changed: platform: environments.staging.slack"],
        ["medium environment-changed: platform: environments.staging.slack"],
        id="an environment has another channel",
    ),
    pytest.param(
        [(PLATFORM, "https://staging.", "https://test.")],
        ["medium environment-changed: platform: environments.staging.url"],
        ["medium environment-changed: platform: environments.staging.url"],
        id="an environment has another address",
    ),
    pytest.param(
        [(PLATFORM, "https://docs.youragency.com/runbooks", "https://runbooks.youragency.com")],
        ["medium sender-changed: platform: links.runbooks"],
        ["medium sender-changed: platform: links.runbooks"],
        id="runbooks lie elsewhere",
    ),
    pytest.param(
        [(PLATFORM, "feature: {values: [checkout, search]}", "feature: {values: [checkout, search, cart]}")],
        ["medium sender-changed: platform: sentry.projects.web.tags.feature.values"],
        ["medium sender-changed: platform: sentry.projects.web.tags.feature.values"],
        id="a project sends one value more",
    ),
    pytest.param(
        [(PLATFORM, "      interval: 10s\n      sent-by: tracing", "      interval: 20s\n      sent-by: tracing")],
        ["medium sender-changed: platform: datadog.metrics.trace.request.interval"],
        ["medium sender-changed: platform: datadog.metrics.trace.request.interval"],
        id="a metric is sent more seldom",
    ),
    pytest.param(
        [(PLATFORM, "organization: youragency", "organization: agency")],
        ["high account-changed: platform: sentry.organization"],
        ["high account-changed: platform: sentry.organization"],
        id="another organisation at a vendor",
    ),
    pytest.param(
        [(WAIVERS, "expires: 2026-12-31", "expires: 2027-03-31")],
        ["medium waiver-extended: rule-runbook: shop-slow: no runbook: expires"],
        ["low waiver-gone: rule-runbook: shop-slow: no runbook: expires"],
        id="a waiver lasts longer",
    ),
    pytest.param(
        [(WAIVERS, "reason: in work", "reason: not yet")],
        ["none text-changed: rule-runbook: shop-slow: no runbook: waiver.reason"],
        ["none text-changed: rule-runbook: shop-slow: no runbook: waiver.reason"],
        id="another reason of a waiver",
    ),
    pytest.param(
        [
            (
                WAIVERS,
                (
                    "waivers:\n"
                    '  - {check: rule-runbook, finding: "shop-slow: no runbook", reason: in work, owner: '
                    "platform, expires: 2026-12-31}\n"
                ),
                "waivers: []\n",
            )
        ],
        ["low waiver-gone: rule-runbook: shop-slow: no runbook"],
        ["medium waiver-added: rule-runbook: shop-slow: no runbook"],
        id="a waiver is gone",
    ),
    pytest.param(
        [(WAIVERS, "retired: {}", "retired: {shop-old: {on: 2026-11-01, reason: not needed}}")],
        ["low rule-changed: shop-old: retired"],
        ["low rule-changed: shop-old: retired"],
        id="a rule is listed as gone",
    ),
    pytest.param(
        [(MAINTENANCE, "2026-12-01 23:00", "2026-12-02 02:00")],
        ["medium window-extended: upgrade: to"],
        ["low window-gone: upgrade: to"],
        id="a window is longer",
    ),
    pytest.param(
        [
            (
                MAINTENANCE,
                (
                    'upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-12-01 22:00", to: '
                    '"2026-12-01 23:00",\n'
                    "          services: [shop], environments: [prod], reason: everything moves}\n"
                ),
                "{}\n",
            )
        ],
        ["low window-gone: upgrade"],
        ["medium window-added: upgrade"],
        id="a window is gone",
    ),
    pytest.param(
        [(MAINTENANCE, "services: [shop]", "every: 1w, services: [shop]")],
        ["medium window-recurs: upgrade: every"],
        ["low window-gone: upgrade: every"],
        id="a window opens every week",
    ),
    pytest.param(
        [(MAINTENANCE, "services: [shop]", "services: all")],
        ["medium window-extended: upgrade: services"],
        ["low window-gone: upgrade: services"],
        id="a window is about every service",
    ),
    pytest.param(
        [(MAINTENANCE, "services: [shop]", "rules: [shop-slow]")],
        ["low window-gone: upgrade: rules", "low window-gone: upgrade: services"],
        ["medium window-extended: upgrade: rules", "medium window-extended: upgrade: services"],
        id="a window is about one rule of a service",
    ),
    pytest.param(
        [(MAINTENANCE, "services: [shop]", "services: [shop], still-wakes: [shop-failing]")],
        ["none text-changed: upgrade: maintenance.still-wakes"],
        ["none text-changed: upgrade: maintenance.still-wakes"],
        id="a window says who is woken all the same",
    ),
    pytest.param(
        [(MAINTENANCE, "title: Upgrade", "title: Update")],
        ["none text-changed: upgrade: maintenance.title"],
        ["none text-changed: upgrade: maintenance.title"],
        id="another title of a window",
    ),
    pytest.param(
        [(EXPECTATIONS, "frequency-minutes: 60", "frequency-minutes: 30")],
        ["medium expectation-changed: api-failing: rule.sentry.frequency-minutes"],
        ["medium expectation-changed: api-failing: rule.sentry.frequency-minutes"],
        id="an expectation is typed otherwise",
    ),
    pytest.param(
        [(EXPECTATIONS, "extra-rounds: 1", "extra-rounds: 2")],
        ["medium expectation-changed: critical: policy.extra-rounds"],
        ["medium expectation-changed: critical: policy.extra-rounds"],
        id="an expected policy is typed otherwise",
    ),
    pytest.param(
        [(API, "service: api", "service: gateway")],
        ["high service-removed: api", "low rule-moved: api-failing", "low service-added: gateway"],
        ["high service-removed: gateway", "low rule-moved: api-failing", "low service-added: api"],
        id="a service is called otherwise and does not say so",
    ),
    pytest.param(
        [(API, "service: api", "service: gateway\nformerly: [api]")],
        [
            "low service-changed: gateway: formerly",
            "low service-changed: gateway: service",
            "none text-changed: api-failing: service",
        ],
        ["high service-removed: gateway", "low rule-moved: api-failing", "low service-added: api"],
        id="a service is renamed and says its former name",
    ),
    pytest.param(
        [
            (
                API,
                (
                    "rules:\n"
                    "  - id: api-failing\n"
                    "    title: The API fails\n"
                    "    severity: P2\n"
                    "    means: Clients see errors.\n"
                    "    errors: {project: web, more-than: 100, within: 1h}\n"
                ),
                "rules: []\n",
            ),
            (
                SHOP,
                "  - id: shop-orders",
                (
                    "  - id: api-failing\n"
                    "    title: The API fails\n"
                    "    severity: P2\n"
                    "    means: Clients see errors.\n"
                    "    errors: {project: web, more-than: 100, within: 1h}\n"
                    "  - id: shop-orders"
                ),
            ),
        ],
        ["low rule-moved: api-failing"],
        ["low rule-moved: api-failing"],
        id="a rule moves to another service",
    ),
    pytest.param(
        [
            (
                EXPECTATIONS,
                (
                    "rules:\n"
                    "  api-failing:\n"
                    "    slack: [alerts]\n"
                    "    page: {policy: critical, urgency: low}\n"
                    "    sentry:\n"
                    "      environment: production\n"
                    '      metric-monitor: {project: web, query: "", aggregate: count(), event-type: error, '
                    "time-window-seconds: 3600,\n"
                    "                       above: 100, recovers-at: 100, priority: 50}\n"
                    "      frequency-minutes: 60\n"
                ),
                "rules: {}\n",
            )
        ],
        ["high expectation-gone: api-failing: rule"],
        ["low expectation-added: api-failing: rule"],
        id="nothing is expected of a rule any more",
    ),
    pytest.param(
        [
            (
                ONCALL,
                "  kit: {name",
                (
                    "  lou: {name: Lou Example, email: lou@youragency.com, time-zone: Europe/Berlin, "
                    "contact: {high: {phone: 1m}}}\n"
                    "  kit: {name"
                ),
            )
        ],
        ["low people-changed: lou: person"],
        ["low people-changed: lou: person"],
        id="a person is new and on no schedule",
    ),
    pytest.param(
        [
            (
                PLATFORM,
                "  staging: {title",
                ('  test: {title: Test, url: "https://test.youragency.com", pages: false}\n  staging: {title'),
            )
        ],
        [
            "high promise-broken: shop-query: can never fire: test",
            "high promise-broken: shop-slo: slow signal: test",
            "high promise-broken: shop-slow: fires always: test",
            "low environment-gained: platform: environments.test",
        ],
        ["high environment-lost: platform: environments.test"],
        id="an environment is new",
    ),
    pytest.param(
        [
            (PLATFORM, "plans: [enterprise]", "plans: [enterprise, basic]"),
            (TENANTS, "bolt: {title: Bolt Tools, plan: enterprise}", "bolt: {title: Bolt Tools, plan: basic}"),
        ],
        [
            "high account-changed: platform: tenancy.plans",
            "medium tenant-lost: bolt: plan",
            "low woken-by-fewer: dee, kit",
        ],
        [
            "high account-changed: platform: tenancy.plans",
            "medium woken-by-more: dee, kit",
            "medium tenant-lost: bolt: plan",
        ],
        id="a tenant has another plan",
    ),
    pytest.param(
        [(ONCALL, "  standard:\n    steps", "  standard:\n    team: revenue\n    steps")],
        ["low team-edited: standard: policy"],
        ["low team-edited: standard: policy"],
        id="a policy belongs to a team",
    ),
    pytest.param(
        [(API, "tier: standard", "tier: standard\nhealth: api")],
        ["low service-changed: api: health"],
        ["low service-changed: api: health"],
        id="a service has a component of the health endpoint",
    ),
    pytest.param(
        [(PLATFORM, "title: Agency platform", "title: The platform")],
        ["none text-changed: platform: title"],
        ["none text-changed: platform: title"],
        id="another title of the platform",
    ),
    pytest.param(
        [
            (
                SHOP,
                ('query: {query: "sum(last_5m):sum:orders{env:prod}.as_count()", below: 5}'),
                ('query: {query: "sum(last_5m):sum:orders{env:prod}.as_count()", above: 5}'),
            )
        ],
        ["medium condition-changed: shop-query: query.above", "medium condition-changed: shop-query: query.below"],
        ["medium condition-changed: shop-query: query.above", "medium condition-changed: shop-query: query.below"],
        id="a query fires above and not below",
    ),
    pytest.param(
        [(MAINTENANCE, "services: [shop]", "services: [shop, api]")],
        ["medium window-extended: upgrade: services"],
        ["low window-gone: upgrade: services"],
        id="a window mutes one service more",
    ),
    pytest.param(
        [
            (
                ONCALL,
                (
                    "time-zone: Europe/Berlin\n"
                    "    layers:\n"
                    '      - {anchor: "2026-01-05 09:00", turn: 1w, people: [dee]}'
                ),
                (
                    "time-zone: Europe/Lisbon\n"
                    "    layers:\n"
                    '      - {anchor: "2026-01-05 09:00", turn: 1w, people: [dee]}'
                ),
            )
        ],
        ["none schedule-edited: secondary: time-zone"],
        ["none schedule-edited: secondary: time-zone"],
        id="a schedule of one person in another zone",
    ),
    pytest.param(
        [(ONCALL, "turn: 1w, people: [ana, ben, chi]", "turn: 2w, people: [ana, ben, chi]")],
        ["high on-call-now: primary", "medium shifts-move: primary", "none answer-sooner: shop-failing: prod second"],
        ["high on-call-now: primary", "medium shifts-move: primary", "medium answer-later: shop-failing: prod second"],
        id="turns are twice as long",
    ),
    pytest.param(
        [
            (
                ONCALL,
                '{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben, chi]}',
                '{anchor: "2026-01-05 10:00", turn: 1w, people: [ana, ben, chi]}',
            )
        ],
        ["medium shifts-move: primary"],
        ["medium shifts-move: primary"],
        id="every handoff is an hour later",
    ),
    pytest.param(
        [
            (
                PLATFORM,
                "  staging: {title",
                ('  test: {title: Test, url: "https://test.youragency.com"}\n  staging: {title'),
            )
        ],
        [
            "high promise-broken: shop-query: can never fire: test",
            "high promise-broken: shop-slo: slow signal: test",
            "high promise-broken: shop-slow: fires always: test",
            "low environment-gained: platform: environments.test",
        ],
        ["high environment-lost: platform: environments.test"],
        id="an environment is new and pages",
    ),
    pytest.param(
        [
            (
                PLATFORM,
                "  staging: {title",
                ('  test: {title: Test, url: "https://test.youragency.com", pages: false}\n  staging: {title'),
            ),
            (SHOP, "means: One order is gone.", "means: One order is gone.\n    environments: [prod, staging, test]"),
        ],
        [
            "high promise-broken: shop-query: can never fire: test",
            "high promise-broken: shop-slo: slow signal: test",
            "high promise-broken: shop-slow: fires always: test",
            "low rule-changed: shop-each: environments",
            "low environment-gained: platform: environments.test",
        ],
        ["high environment-lost: platform: environments.test", "low rule-changed: shop-each: environments"],
        id="a rule acts in an environment that is new",
    ),
    pytest.param(
        [
            (
                SHOP,
                ("errors: {project: web, where: {feature: [checkout, search]}, more-than: 10, within: 5m}"),
                "sentry-metric: {project: web, measure: count, over: 5m, above: 10}",
            ),
            (SHOP, "except: {acme: {more-than: 5}}", "except: {acme: {above: 5}}"),
        ],
        [
            "medium condition-changed: shop-tenants: for-each-tenant.except.acme.above",
            "medium condition-changed: shop-tenants: for-each-tenant.except.acme.more-than",
            "medium signal-changed: shop-tenants",
        ],
        [
            "medium condition-changed: shop-tenants: for-each-tenant.except.acme.above",
            "medium condition-changed: shop-tenants: for-each-tenant.except.acme.more-than",
            "medium signal-changed: shop-tenants",
        ],
        id="a rule for each tenant watches something else",
    ),
    pytest.param(
        [
            (
                SHOP,
                "  - id: shop-orders",
                (
                    "  - id: shop-search\n"
                    "    title: The search fails\n"
                    "    severity: P1\n"
                    "    means: Nobody finds anything.\n"
                    "    trial-until: 2026-12-15\n"
                    "    errors: {project: web, where: {feature: search}, more-than: 20, within: 5m}\n"
                    "  - id: shop-orders"
                ),
            )
        ],
        ["medium woken-by-more: dee, kit", "low rule-added: shop-search"],
        ["high rule-removed: shop-search", "low woken-by-fewer: dee, kit"],
        id="a rule is new and on trial",
    ),
]


@pytest.mark.parametrize(("changes", "done", "taken_back"), PAIRS)
def test_a_change_and_its_undoing(changes: list[Change], done: list[str], taken_back: list[str]) -> None:
    assert (ids(reviewed(*changes)), ids(undone(*changes))) == (done, taken_back)
