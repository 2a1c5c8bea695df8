"""What stops while vendors are down: which rules are silent, who is still woken, and which other rule may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from monitoring.model.catalog import Catalog
from monitoring.reach.proof import prove_catalog
from monitoring.reach.vendor_outage import LostPart, OutageVendor, RuleInOutage, VendorOutage, vendor_outage
from tests.factories import SHOP, Change, a_catalog

TODAY = date(2026, 11, 23)
SENTRY, DATADOG, PAGERDUTY, SLACK = OutageVendor
ELSEWHERE = (
    SHOP
    + """  - id: shop-backup
    title: The backup is missing
    severity: P1
    means: Nothing can be restored.
    elsewhere: {vendor: Amazon CloudWatch, fires-when: the alarm backup-age is on, detects-within: 10m}
"""
)
ORDERS = """
service: orders
title: Orders
team: platform
tier: standard
depends-on: [shop]
rules:
  - id: orders-slow
    title: Orders are slow
    severity: P1
    means: Orders take longer than people will wait.
    metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 3s, when-silent: alert}
"""
SAME_SYMPTOM: Change = (
    "services/shop.yaml",
    "    means: Pages take longer",
    "    same-symptom-as: [shop-failing]\n    means: Pages take longer",
)
DAYLIGHT: Change = ("services/shop.yaml", "severity: P1", "severity: P2")
ON_TRIAL: Change = ("services/shop.yaml", "severity: P1", "severity: P1\n    trial-until: 2026-12-24")
NOBODY_EVER: Change = (
    "oncall.yaml",
    "- {ask: [primary], escalate-after: 5m}\n      - {ask: [kit], escalate-after: 10m}",
    "- {ask: [primary], escalate-after: 1m}",
)
NEVER_FIRES: Change = ("services/shop.yaml", "above: 2s", "below: 0s")
ALWAYS_FIRES: Change = ("services/shop.yaml", "above: 2s", "at-least: 0s")
MUTED: Change = (
    "maintenance.yaml",
    "{}\n",
    """
for-ever:
  title: Work
  time-zone: Etc/UTC
  from: "2026-11-01 00:00"
  to: "2027-11-01 00:00"
  rules: [shop-slow]
  environments: [prod]
  reason: The shop is rebuilt
""",
)
BY_E_MAIL: Change = (
    "teams.yaml",
    "P0: {page: critical, slack: [alerts]}",
    "P0: {page: critical, slack: [alerts], email: [oncall@youragency.com]}",
)


def outage_of(catalog: Catalog, *vendors: OutageVendor, environment: str = "prod") -> VendorOutage:
    proof = prove_catalog(catalog, environment=environment, today=TODAY, horizon=14 * 86_400)
    return vendor_outage(catalog, proof, vendors)


def named(outage: VendorOutage, rule: str) -> RuleInOutage:
    return next(each for each in outage.rules if each.proved.path.rule == rule)


def roads(rule: RuleInOutage) -> list[tuple[str, str, bool]]:
    return [(road.proved.path.rule, road.sign.value, road.wakes) for road in rule.second_roads]


@pytest.mark.parametrize(
    ("vendors", "lost", "wakes"),
    [
        pytest.param([SENTRY], {"shop-failing": ["signal"], "shop-slow": []}, {"shop-slow"}, id="who watches it"),
        pytest.param(
            [DATADOG], {"shop-failing": [], "shop-slow": ["signal"]}, {"shop-failing"}, id="who watches the other"
        ),
        pytest.param([PAGERDUTY], {"shop-failing": ["pages"], "shop-slow": ["pages"]}, set(), id="who carries pages"),
        pytest.param(
            [SLACK],
            {"shop-failing": ["posts"], "shop-slow": ["posts"]},
            {"shop-failing", "shop-slow"},
            id="who carries posts, which wake nobody",
        ),
        pytest.param(
            [SLACK, SENTRY], {"shop-failing": ["signal"], "shop-slow": ["posts"]}, {"shop-slow"}, id="two at once"
        ),
        pytest.param(
            [PAGERDUTY, SLACK],
            {"shop-failing": ["pages", "posts"], "shop-slow": ["pages", "posts"]},
            set(),
            id="both that carry",
        ),
    ],
)
def test_what_stops(vendors: list[OutageVendor], lost: dict[str, list[str]], wakes: set[str]) -> None:
    outage = outage_of(a_catalog(), *vendors)
    assert {rule.proved.path.rule: [part.value for part in rule.lost] for rule in outage.rules} == lost
    assert {rule.proved.path.rule for rule in outage.rules if rule.wakes} == wakes


def test_what_another_system_sends_to_pagerduty_stops_with_pagerduty_alone() -> None:
    catalog = a_catalog(services_shop=ELSEWHERE)
    assert named(outage_of(catalog, PAGERDUTY), "shop-backup").lost == (LostPart.PAGES,)
    assert named(outage_of(catalog, SENTRY, DATADOG), "shop-backup").wakes


@pytest.mark.parametrize(
    ("changes", "files", "expected"),
    [
        pytest.param(
            [], {}, [("shop-slow", "another sign of the same service", True)], id="a rule of the same service"
        ),
        pytest.param([SAME_SYMPTOM], {}, [("shop-slow", "the same symptom", True)], id="a rule that is marked so"),
        pytest.param(
            [DAYLIGHT],
            {},
            [("shop-slow", "another sign of the same service", False)],
            id="one that wakes nobody is no road to a human",
        ),
        pytest.param(
            [ON_TRIAL],
            {},
            [("shop-slow", "another sign of the same service", False)],
            id="one on trial wakes nobody today",
        ),
        pytest.param(
            [],
            {"services_orders": ORDERS},
            [
                ("shop-slow", "another sign of the same service", True),
                ("orders-slow", "a sign of a service that depends on it", True),
            ],
            id="the closest first, then services that depend on it",
        ),
    ],
)
def test_the_second_roads_of_a_silent_rule(
    changes: Iterable[Change], files: dict[str, str], expected: list[tuple[str, str, bool]]
) -> None:
    outage = outage_of(a_catalog(*changes, **files), SENTRY)
    assert roads(named(outage, "shop-failing")) == expected
    assert outage.holds == any(wakes for _, _, wakes in expected)


def test_a_rule_of_a_service_on_which_it_depends_is_no_sign_of_it() -> None:
    outage = outage_of(a_catalog(services_orders=ORDERS), DATADOG)
    assert roads(named(outage, "orders-slow")) == []
    assert named(outage, "orders-slow").wakes_nobody


def test_a_second_road_is_down_with_its_own_vendor() -> None:
    outage = outage_of(a_catalog(), SENTRY, DATADOG)
    assert [rule.second_roads for rule in outage.rules] == [(), ()]
    assert not outage.holds


def test_without_pagerduty_slack_and_e_mail_are_notified_and_nobody_is_woken() -> None:
    rule = named(outage_of(a_catalog(BY_E_MAIL), PAGERDUTY), "shop-failing")
    assert [str(receiver) for receiver in rule.still_notified] == ["#alerts", "oncall@youragency.com"]
    assert rule.wakes_nobody


def test_a_policy_that_reaches_nobody_in_time_wakes_nobody_with_any_vendor() -> None:
    assert not outage_of(a_catalog(NOBODY_EVER), SLACK).holds


@pytest.mark.parametrize(
    "dead",
    [
        pytest.param(NEVER_FIRES, id="never"),
        pytest.param(ALWAYS_FIRES, id="always, and so never anew"),
        pytest.param(MUTED, id="never, since a window mutes it throughout"),
    ],
)
def test_a_signal_that_can_never_fire_is_no_road(dead: Change) -> None:
    outage = outage_of(a_catalog(dead), SENTRY)
    assert roads(named(outage, "shop-failing")) == []
    assert not named(outage, "shop-slow").wakes


def test_an_environment_that_pages_nobody_has_nobody_to_lose() -> None:
    outage = outage_of(a_catalog(), *OutageVendor, environment="staging")
    assert [rule.must_wake for rule in outage.rules] == [False, False]
    assert outage.holds
