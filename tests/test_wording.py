"""A title says whose rule it is, a page explains itself, and a condition says when it fires."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring import wording
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.naming.names import MAX_SENTRY_MONITOR
from tests.factories import a_catalog
from tests.platforms import AGENCY
from tests.resources.every_signal import every_signal

TODAY = date(2026, 11, 23)
SHOP = "services/shop.yaml"
ERRORS = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
METRIC = "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}"
TEST = "every: 1m, regions: [aws:eu-central-1, aws:us-east-1], failing-in: 2"


def rule_of(catalog: Catalog, name: str, environment: str = "prod") -> EffectiveRule:
    return next(one for one in effective_rules(catalog, environment, TODAY) if one.id == name)


def test_a_customers_rule_says_whose_it_is() -> None:
    catalog = a_catalog((SHOP, "within: 5m}", "within: 5m}\n    for-each-tenant: {plan: enterprise}"))
    listed, others = rule_of(catalog, "shop-failing-acme"), rule_of(catalog, "shop-failing-others")
    assert wording.title(catalog, listed) == "[P0] The shop is failing: Acme Stores (shop-failing-acme)"
    assert wording.tenant_title(catalog, others) == "any other enterprise customer"
    assert wording.condition(catalog, listed).endswith("counted for Acme Stores")


def test_a_title_says_where_unless_it_is_the_environment_that_owns_what_is_shared() -> None:
    catalog = a_catalog()
    titles = [wording.title(catalog, rule_of(catalog, "shop-slow", one)) for one in ("prod", "staging")]
    assert titles == ["[P1] The shop is slow (shop-slow)", "[staging P1] The shop is slow (shop-slow)"]


def test_a_page_explains_itself_the_most_important_line_first() -> None:
    catalog = a_catalog()
    assert wording.message(catalog, rule_of(catalog, "shop-failing")).splitlines() == [
        "P0 The shop is failing [shop-failing]",
        "Customers cannot buy.",
        "Fires when: errors within 5m in web where feature is checkout are above the threshold that Sentry names",
        "Who is notified: first primary, after 5m a person named in PagerDuty; 1 more round",
        "Runbook: https://docs.youragency.com/runbooks/shop-failing",
        "Dashboard: https://app.datadoghq.eu/dashboard/lists?q=Agency%20platform%20%28prod%29%3A%20shop",
        "Team: Platform, environment: prod",
    ]


@pytest.mark.parametrize("rule", ["shop-log-slow", "shop-evictions"])
def test_a_page_is_shown_without_its_search_as_it_is_sent(rule: str) -> None:
    catalog = every_signal()
    shown = wording.message_as_read(catalog, rule_of(catalog, rule))
    assert "of its search" in shown
    assert "@" not in shown


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        pytest.param("P0", "first primary, after 5m a person named in PagerDuty; 1 more round", id="a rule that wakes"),
        pytest.param(
            "P2", "primary, at low urgency: nobody is woken, nobody is notified next", id="a rule for daylight"
        ),
        pytest.param("P3", "nobody is paged; sent to #alerts", id="a rule for the record"),
    ],
)
def test_who_is_asked_by(severity: str, said: str) -> None:
    catalog = a_catalog((SHOP, "severity: P0", f"severity: {severity}"))
    assert wording.who_is_asked(catalog, rule_of(catalog, "shop-failing")) == said


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        pytest.param("errors: {project: web, each-event: true}", "any error in web", id="each event"),
        pytest.param(
            "errors: {project: web, where: {plan: enterprise}, more-than: 0, within: 5m}",
            "any error in web where plan is enterprise",
            id="more than none",
        ),
        pytest.param(
            "errors: {project: web, more-than: 3, within: 1h, per-issue: true}",
            "more than 3 errors of one issue within 1h in web",
            id="errors of one issue",
        ),
        pytest.param(
            "errors: {project: web, more-than: 3, within: 1h, per-issue: true, counting: people}",
            "more than 3 people meet one issue within 1h in web",
            id="people of one issue",
        ),
        pytest.param(
            "errors: {project: web, where: {feature: search}, more-than: 3, within: 1h, per-issue: true}",
            "more than 3 errors of one issue within 1h in web, whatever their tags, and the latest of them where "
            "feature is search",
            id="errors of one issue, of which the latest has the tag",
        ),
        pytest.param(
            "errors: {project: web, where: {feature: [checkout, search], plan: enterprise}, more-than: 3, within: 1h}",
            "more than 3 errors within 1h in web where feature is checkout or search and plan is enterprise",
            id="errors with several tags",
        ),
        pytest.param(
            "sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%}",
            "failure_rate above 5% over 10m in web",
            id="a sentry metric",
        ),
        pytest.param(
            'cron: {project: web, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}',
            "no check-in 10m after 30 2 * * * Europe/Berlin, or a run over 1h",
            id="a cron job",
        ),
        pytest.param(
            f"uptime: {{asks: {{page: {{path: /}}}}, methods: [GET, HEAD], {TEST}}}",
            "GET and HEAD of / does not answer 200 within 3s, no redirect followed, seen from 2 of 2 regions",
            id="a page",
        ),
        pytest.param(
            f"uptime: {{asks: {{health: {{health: readiness}}}}, {TEST}}}",
            "GET of the readiness question fails or takes over 3s, seen from 2 of 2 regions",
            id="a health question",
        ),
        pytest.param(
            "metric: {p95: trace.request, over: 10m, below: 2s}",
            "p95 of trace.request below 2s over 10m",
            id="a metric below its threshold",
        ),
        pytest.param(
            'query: {query: "avg(last_5m):avg:system.load.1{*}", below: 2}',
            "avg(last_5m):avg:system.load.1{*} < 2.0",
            id="a raw query",
        ),
        pytest.param(
            "composite: {any-of: [shop-slow], none-of: [shop-slow-too]}",
            "any of shop-slow and none of shop-slow-too firing",
            id="a composite",
        ),
        pytest.param(
            "slo: {good: {sum: trace.request}, total: {sum: trace.request}, objective: 99.9%}",
            "the error budget of 99.9% over 30d burns too fast",
            id="an objective",
        ),
    ],
)
def test_a_rule_fires_when(signal: str, said: str) -> None:
    more = f"\n  - {{id: shop-slow-too, title: S, severity: P2, means: M., {METRIC}}}"
    catalog = a_catalog((SHOP, ERRORS, signal), (SHOP, METRIC, METRIC + more))
    assert wording.condition(catalog, rule_of(catalog, "shop-failing")) == said


def test_a_query_that_fires_above_nothing_says_so() -> None:
    catalog = a_catalog((SHOP, ERRORS, 'query: {query: "sum(last_5m):sum:errors{*}", above: 0}'))
    assert wording.condition(catalog, rule_of(catalog, "shop-failing")) == "sum(last_5m):sum:errors{*} > 0.0"


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_no_two_shipped_rules_share_a_title_and_each_fits_sentry(environment: str) -> None:
    catalog = load(AGENCY.catalog)
    rules = effective_rules(catalog, environment, TODAY)
    titles = [wording.title(catalog, rule) for rule in rules]
    assert len(set(titles)) == len(titles) == len(rules) >= 13
    assert all(len(title) <= MAX_SENTRY_MONITOR for title in titles)
