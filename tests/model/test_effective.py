"""A rule acts once for each customer, as loud as its environment lets it, and quietly while it is on trial."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.signals import Errors
from tests.factories import a_catalog

TODAY = date(2026, 11, 23)
SHOP = "services/shop.yaml"
TENANTS = (
    "acme: {title: Acme, plan: enterprise}\nbolt: {title: Bolt, plan: enterprise}\nfree: {title: Free, plan: starter}\n"
)
PLANS = ("platform.yaml", "plans: [enterprise]", "plans: [enterprise, starter]")
EACH = (
    SHOP,
    "within: 5m}",
    "within: 5m}\n    for-each-tenant: {plan: enterprise, except: {acme: {more-than: 3}, bolt: {within: 15m}}}",
)


def acting(catalog: Catalog, environment: str = "prod", today: date = TODAY) -> dict[str, EffectiveRule]:
    return {one.id: one for one in effective_rules(catalog, environment, today)}


def threshold(rule: EffectiveRule) -> tuple[int | None, str]:
    assert isinstance(rule.rule.signal, Errors)
    return rule.rule.signal.more_than, str(rule.rule.signal.within)


def test_a_rule_acts_as_it_is_written() -> None:
    rule = acting(a_catalog())["shop-failing"]
    assert (rule.team, rule.severity.value, rule.route.page, rule.pages, rule.wakes) == (
        "platform",
        "P0",
        "critical",
        True,
        True,
    )
    assert rule.tenant_scope is None


CRON = "cron: {project: web, schedule: '30 2 * * *', time-zone: Etc/UTC, late-after: 10m, at-most: 1h}"
ERRORS = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
ELSEWHERE = "\n    environments: [staging]"
OWNED = [
    pytest.param(ERRORS, ["prod", "staging"], id="errors are counted in each environment"),
    pytest.param(CRON, ["prod"], id="a job is watched by the owner of what is shared"),
    pytest.param(f"{CRON}\n    environments: [staging, prod]", ["prod"], id="in whichever order they are named"),
    pytest.param(f"{CRON}{ELSEWHERE}", ["staging"], id="a job of another environment alone is watched there"),
]


@pytest.mark.parametrize(("signal", "environments"), OWNED)
def test_a_job_has_one_monitor_for_all_environments(signal: str, environments: list[str]) -> None:
    catalog = a_catalog((SHOP, ERRORS, signal))
    assert [name for name in ("prod", "staging") if "shop-failing" in acting(catalog, name)] == environments


def test_a_rule_for_each_customer_acts_once_a_customer_of_the_plan_and_once_for_the_others() -> None:
    rules = acting(a_catalog(PLANS, EACH, tenants=TENANTS))
    assert list(rules) == ["shop-failing-acme", "shop-failing-bolt", "shop-failing-others", "shop-slow"]
    others = rules["shop-failing-others"].tenant_scope
    assert others is not None
    assert (others.listed, others.excluding) == (None, ("acme", "bolt"))


def test_a_customer_has_its_own_threshold_and_everybody_else_the_rules() -> None:
    rules = acting(a_catalog(PLANS, EACH, tenants=TENANTS))
    assert threshold(rules["shop-failing-acme"]) == (3, "5m")
    assert threshold(rules["shop-failing-bolt"]) == (10, "15m")
    assert threshold(rules["shop-failing-others"]) == (10, "5m")


def test_without_customers_one_rule_covers_those_to_come() -> None:
    rules = acting(
        a_catalog((SHOP, "within: 5m}", "within: 5m}\n    for-each-tenant: {plan: enterprise}"), tenants="{}\n")
    )
    assert list(rules) == ["shop-failing-others", "shop-slow"]


@pytest.mark.parametrize(
    ("today", "severity", "in_trial"),
    [
        pytest.param(date(2026, 11, 30), "P3", True, id="the day before it ends, it is for the record"),
        pytest.param(date(2026, 12, 1), "P0", False, id="on the day that it ends, it acts"),
    ],
)
def test_a_rule_on_trial(today: date, severity: str, in_trial: bool) -> None:
    catalog = a_catalog((SHOP, "means: Customers", "trial-until: 2026-12-01\n    means: Customers"))
    rule = acting(catalog, today=today)["shop-failing"]
    assert (rule.severity.value, rule.in_trial, rule.wakes) == (severity, in_trial, not in_trial)
    assert rule.promise == catalog.severities[rule.severity]


def test_an_environment_that_pages_nobody_has_its_own_channel_and_no_mail() -> None:
    catalog = a_catalog(
        ("teams.yaml", "P0: {page: critical, slack: [alerts]}", "P0: {page: critical, email: [ops@youragency.com]}")
    )
    route = acting(catalog, "staging")["shop-failing"].route
    assert (route.page, route.slack, route.email) == (None, ("alerts-staging",), ())


def test_an_environment_adds_no_channel_to_a_severity_that_goes_nowhere() -> None:
    catalog = a_catalog(("teams.yaml", "    P1: {page: critical, slack: [alerts]}\n", ""))
    rule = acting(catalog, "staging")["shop-slow"]
    assert (rule.route.page, rule.route.slack, rule.route.email) == (None, (), ())
    assert not acting(catalog)["shop-slow"].pages


@pytest.mark.parametrize(
    ("change", "prod", "staging"),
    [
        pytest.param(
            (SHOP, "means: Customers", "environments: [staging]\n    means: Customers"),
            False,
            True,
            id="a rule acts where it says",
        ),
        pytest.param(
            ("platform.yaml", "environments: {prod: production, staging: staging}", "environments: {prod: production}"),
            True,
            False,
            id="errors act where their project sends from",
        ),
    ],
)
def test_environments(change: tuple[str, str, str], prod: bool, staging: bool) -> None:
    catalog = a_catalog(change)
    assert ("shop-failing" in acting(catalog), "shop-failing" in acting(catalog, "staging")) == (prod, staging)


def test_a_rule_may_belong_to_another_team_than_its_service() -> None:
    catalog = a_catalog(
        (SHOP, "means: Customers", "team: revenue\n    means: Customers"),
        ("platform.yaml", "teams: {platform: platform}", "teams: {platform: platform, revenue: revenue}"),
        (
            "teams.yaml",
            "\nplatform:",
            "\nrevenue: {title: Revenue, email: r@youragency.com, routes: {P0: {slack: [money]}}}\nplatform:",
        ),
    )
    rule = acting(catalog)["shop-failing"]
    assert (rule.team, rule.route.slack, rule.pages) == ("revenue", ("money",), False)
