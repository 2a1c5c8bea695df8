"""A derived name follows from the catalog alone, and fits its vendor."""

from __future__ import annotations

import re
from datetime import date

import pytest

from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.naming import names, tags
from monitoring.naming.pager_service import PagerService, pager_service
from tests.factories import a_catalog
from tests.platforms import AGENCY

TODAY = date(2026, 11, 23)
SHOP = "services/shop.yaml"
RENAMED = (
    (SHOP, "tier: critical", "tier: critical\nformerly: [store]"),
    ("oncall.yaml", "extra-rounds: 1", "extra-rounds: 1\n    formerly: [urgent]"),
)


def rule_of(catalog: Catalog, name: str, environment: str = "prod") -> EffectiveRule:
    return next(rule for rule in effective_rules(catalog, environment, TODAY) if rule.id == name)


def test_the_tags_that_route_are_sorted_and_tell_environments_apart():
    catalog = a_catalog()
    prod, staging = (tags.routing_tags(catalog, rule_of(catalog, "shop-slow", name)) for name in ("prod", "staging"))
    assert prod == ["env:prod", "managed-by:agency-monitoring", "service:shop", "severity:p1", "team:platform"]
    assert set(prod) ^ set(staging) == {"env:prod", "env:staging"}


def test_a_mute_takes_what_routes_in_its_environment_and_service():
    catalog = a_catalog()
    muted = tags.muting_tags(catalog, "prod", "shop")
    assert muted == ["env:prod", "managed-by:agency-monitoring", "service:shop"]
    assert set(muted) < set(tags.routing_tags(catalog, rule_of(catalog, "shop-slow")))


def test_all_tags_add_the_rule_and_its_tenant_to_those_that_route():
    catalog = a_catalog((SHOP, "within: 5m}", "within: 5m}\n    for-each-tenant: {plan: enterprise}"))
    slow, acme = rule_of(catalog, "shop-slow"), rule_of(catalog, "shop-failing-acme")
    assert set(tags.rule_tags(catalog, slow)) - set(tags.routing_tags(catalog, slow)) == {"rule:shop-slow"}
    added = set(tags.rule_tags(catalog, acme)) - set(tags.routing_tags(catalog, acme))
    assert added == {"rule:shop-failing", "tenant:acme"}


def test_a_pagerduty_service_is_one_per_service_policy_and_urgency():
    catalog = a_catalog((SHOP, "severity: P1", "severity: P2"))
    pagers = [pager_service(catalog, rule_of(catalog, name)) for name in ("shop-failing", "shop-slow")]
    assert pagers == [
        PagerService("shop-critical-high", (), "critical", "high"),
        PagerService("shop-critical-low", (), "critical", "low"),
    ]
    assert all(pager and re.fullmatch(r"[A-Za-z0-9\-]+", pager.name) for pager in pagers)


def test_a_rule_that_pages_nobody_has_no_pagerduty_service():
    catalog = a_catalog((SHOP, "severity: P1", "severity: P3"))
    assert pager_service(catalog, rule_of(catalog, "shop-slow")) is None


def test_former_names_follow_a_renamed_service_and_policy():
    catalog = a_catalog(*RENAMED)
    rule = rule_of(catalog, "shop-failing")
    pager = pager_service(catalog, rule)
    assert pager
    assert pager.former == ("shop-urgent-high", "store-critical-high", "store-urgent-high")
    assert names.former_route_names(rule) == ("store-p0",)


def test_former_names_are_those_of_the_same_environment():
    catalog = a_catalog(*RENAMED, ("platform.yaml", "pages: false", "pages: true"))
    pager = pager_service(catalog, rule_of(catalog, "shop-failing", "staging"))
    assert pager
    assert pager.name == "shop-critical-high-staging"
    assert all(old.endswith("-high-staging") for old in pager.former)


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_each_shipped_pagerduty_service_fits_pagerduty(environment: str):
    catalog = load(AGENCY.catalog)
    pagers = [pager_service(catalog, rule) for rule in effective_rules(catalog, environment, TODAY) if rule.pages]
    assert all(pager and len(pager.name) <= names.MAX_PAGERDUTY_NAME for pager in pagers)
    assert bool(pagers) == catalog.environment(environment).pages


def test_a_runbook_is_read_where_it_is_written():
    catalog = a_catalog()
    assert names.runbook_url(catalog, "shop-slow").endswith("/runbooks/shop-slow")
    assert names.runbook_path("shop-slow") == "runbooks/shop-slow.md"
