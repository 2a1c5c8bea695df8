"""Every name that a Plan has leads back to the catalog's entry that it was made of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings

from monitoring.model.catalog import Catalog
from monitoring.naming import type_tokens as of
from monitoring.naming.owners import Owner, clashes, owners, rules_at_any_time
from monitoring.plan import Plan
from tests.factories import TEXTS, a_catalog
from tests.naming.catalogs import acting_id_by_contents, catalogs, owner_by_contents
from tests.resources.every_signal import TODAY, declared, every_signal

SHOP = "services/shop.yaml"
QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much)
ON_TRIAL, AFTER_IT = date(2027, 1, 30), date(2027, 1, 31)


def require_inverse(plan: Plan, catalog: Catalog) -> int:
    """Asserts that each resource and each former name of it has its owner; how many names that were."""
    known, names = owners(catalog), 0
    for resource in plan.resources:
        kind, entry = owner_by_contents(plan, catalog, resource)
        acting_id = acting_id_by_contents(plan, resource) if kind == "rule" else ""
        for name in (resource.name, *resource.aliases):
            assert known.owner_of(resource.type, name) == Owner(kind, entry, acting_id), f"{resource.type}::{name}"
            names += 1
    return names


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_every_name_of_every_signal_leads_back(environment: str):
    catalog = every_signal()
    assert require_inverse(declared(catalog, environment), catalog) > 30


@settings(max_examples=10, suppress_health_check=QUIET)
@given(catalogs())
def test_every_name_leads_back_however_ids_begin(catalog: Catalog):
    assume(not any(clashes(catalog, rules_at_any_time(catalog))))
    for environment in ("prod", "staging"):
        for today in (ON_TRIAL, AFTER_IT):
            require_inverse(declared(catalog, environment, today), catalog)


@pytest.mark.full
@settings(max_examples=400, suppress_health_check=QUIET)
@given(catalogs())
def test_every_name_leads_back_in_many_catalogs(catalog: Catalog):
    assume(not any(clashes(catalog, rules_at_any_time(catalog))))
    require_inverse(declared(catalog, "prod", TODAY), catalog)


FOR_EACH = (SHOP, "within: 5m}", "within: 5m}\n    for-each-tenant: {plan: enterprise}")
WINDOW = (
    'shop-upgrade: {title: T, time-zone: Etc/UTC, from: "2026-12-06 04:00", to: "2026-12-06 05:00",'
    " services: [shop], environments: [prod], reason: It must be}\n"
)


@pytest.mark.parametrize(
    ("type_", "name", "expected"),
    [
        pytest.param(of.MONITOR, "shop-slow", Owner("rule", "shop-slow", "shop-slow"), id="a rule's own id"),
        pytest.param(
            of.ALERT, "shop-failing-acme", Owner("rule", "shop-failing", "shop-failing-acme"), id="a tenant's rule"
        ),
        pytest.param(
            of.ALERT,
            "shop-failing-acme-head",
            Owner("rule", "shop-failing", "shop-failing-acme"),
            id="what is no longer declared belongs to the longest id that it begins with",
        ),
        pytest.param(of.ALERT, "shop", Owner("platform", ""), id="a rule's type under a service's name is nobody's"),
        pytest.param(of.ALERT, "shop-failingly", Owner("platform", ""), id="half a word is no beginning"),
        pytest.param(of.SERVICE, "shop-critical-high", Owner("service", "shop"), id="a PagerDuty service"),
        pytest.param(of.SERVICE, "shop-gone-high", Owner("service", "shop"), id="a service whose policy is gone"),
        pytest.param(of.SERVICE, "shop-failing", Owner("service", "shop"), id="a PagerDuty service is no rule's"),
        pytest.param(of.NOTIFICATION_RULE, "shop-p1", Owner("service", "shop"), id="a notification rule"),
        pytest.param(of.DOWNTIME, "shop-upgrade-shop", Owner("maintenance", "shop-upgrade"), id="a mute"),
        pytest.param(of.DOWNTIME, "shop-upgrade-old", Owner("maintenance", "shop-upgrade"), id="a mute that is over"),
        pytest.param(of.SCHEDULE, "primary", Owner("schedule", "primary"), id="a schedule"),
        pytest.param(of.SCHEDULE, "primary-old", Owner("platform", ""), id="a schedule that the catalog does not have"),
        pytest.param(of.TEAM, "platform", Owner("team", "platform"), id="a team"),
        pytest.param(of.SLACK_CHANNEL, "shop-alerts", Owner("platform", ""), id="a channel serves several"),
        pytest.param("x:y:Z", "", Owner("platform", ""), id="a type that nobody knows"),
    ],
)
def test_the_owner_of(type_: str, name: str, expected: Owner):
    assert owners(a_catalog(FOR_EACH, maintenance=WINDOW)).owner_of(type_, name) == expected


def test_what_a_name_means_today_goes_before_what_it_meant():
    catalog = a_catalog((SHOP, "id: shop-failing", "id: shop-failing\n    formerly: [shop-slow]"))
    assert owners(catalog).owner_of(of.MONITOR, "shop-slow").entry == "shop-slow"


EU_SHOP = """service: shop-eu
title: Shop in Europe
team: europe
tier: standard
rules:
  - {id: eu-down, title: T, severity: P1, means: M., errors: {project: web, each-event: true}}
"""
EU_TEAM = """europe:
  title: Europe
  email: eu@youragency.com
  routes: {P1: {page: EU_POLICY}}
"""
POLICY = "    steps: [{ask: [primary], escalate-after: 5m}]\n    extra-rounds: 1\n"


@pytest.mark.parametrize(
    ("policies", "clashing"),
    [
        pytest.param(("eu-critical", "critical"), True, id="shop by eu-critical, shop-eu by critical"),
        pytest.param(("urgent", "critical"), False, id="shop by urgent, shop-eu by critical"),
    ],
)
def test_two_services_of_one_name_at_pagerduty_are_found(policies: tuple[str, str], clashing: bool):
    ours, theirs = policies
    added = "".join(f"  {name}:\n{POLICY}" for name in policies if name != "critical")
    teams = TEXTS["teams.yaml"].replace("critical", ours) + EU_TEAM.replace("EU_POLICY", theirs)
    catalog = a_catalog(
        ("oncall.yaml", "policies:\n", f"policies:\n{added}"),
        ("platform.yaml", "teams: {platform: platform}", "teams: {platform: platform, europe: europe}"),
        teams=teams,
        **{"services_shop-eu": EU_SHOP},
    )
    pairs = [
        (owner.entry, other.entry)
        for (type_, _), owner, other in clashes(catalog, rules_at_any_time(catalog))
        if type_ == of.SERVICE
    ]
    assert pairs == [("shop-eu", "shop")] * clashing


def test_a_catalog_without_rules_owns_what_it_shares():
    services = "service: shop\ntitle: Shop\nteam: platform\ntier: standard\nrules: []\n"
    known = owners(a_catalog(services_shop=services))
    assert known.owner_of(of.ESCALATION_POLICY, "critical") == Owner("policy", "critical")
    assert known.owner_of(of.MONITOR, "shop-slow") == Owner("platform", "")
