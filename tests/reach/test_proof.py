"""The proof of the shipped catalog, and what every proof counts and says."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from monitoring.model.severity import Severity
from monitoring.oncall.clock import DAY, midnight, utc
from monitoring.reach import proof as module
from monitoring.reach import sweeps
from monitoring.reach.assumptions import ASSUMPTIONS
from monitoring.reach.counts import DuplicateResponder
from monitoring.reach.escalation import outcomes
from monitoring.reach.paths import rules_to_prove
from monitoring.reach.proof import prove_catalog
from tests.factories import SHOP, a_catalog
from tests.reach.ask import TODAY, at, proof, rule

DAY_OF_PROOF = date(2026, 11, 23)
WINDOW = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-12-06 04:00", to: "2026-12-06 05:00",
          services: [shop], environments: [prod], reason: everything moves}
"""
THREE_YEARS = 3 * 366 * DAY


@pytest.fixture(scope="module")
def three_years(shipped):
    return prove_catalog(shipped, environment="prod", today=DAY_OF_PROOF, horizon=THREE_YEARS)


def test_the_shipped_catalog_is_proved_over_three_years(three_years):
    assert three_years.witnesses == ()
    assert three_years.holds
    assert (three_years.end - three_years.start) == THREE_YEARS
    assert three_years.counts.rules == three_years.counts.rules_to_prove == len(three_years.rules)


def test_the_answer_names_the_worst_instant_of_each_rule_that_wakes(three_years):
    woken = [one for one in three_years.rules if one.promised == "wakes"]
    assert len(woken) >= 12
    for one in woken:
        for worst in (one.first, one.second):
            assert worst is not None
            assert three_years.start <= worst.at < three_years.end
            assert worst.notification is not None
            assert worst.notification.channel == "phone"


LATER = """  later:
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [kit, ana]}
policies:
"""


def test_the_worst_case_lies_just_before_a_handoff_where_the_next_step_asks_who_comes():
    catalog = a_catalog(("oncall.yaml", "policies:\n", LATER), ("oncall.yaml", "ask: [kit]", "ask: [later]"))
    first, second = rule(proof(catalog), "shop-failing").first, rule(proof(catalog), "shop-failing").second
    assert first is not None
    assert second is not None
    assert (first.after, utc(first.at).isoformat()) == (120, "2026-01-12T00:00:00+00:00")
    assert (second.after, utc(second.at).isoformat()) == (17 * 60, "2026-01-12T07:55:00+00:00")


def test_every_instant_of_the_horizon_is_looked_at(shipped, monkeypatch):
    swept: list[tuple[str, int]] = []

    def watched(policy, people, by, start, end):
        found = outcomes(policy, people, by, start, end)
        assert all(one.end == other.start for one, other in pairwise(found))
        swept.append((policy.name, found[-1].end - found[0].start))
        return found

    monkeypatch.setattr(sweeps, "outcomes", watched)
    prove_catalog(shipped, environment="prod", today=DAY_OF_PROOF)
    assert sorted(swept) == [("critical", 366 * DAY), ("security", 366 * DAY), ("standard", 366 * DAY)]


def test_severities_that_do_not_wake_are_proved_the_other_way_round(three_years):
    sleeping = [one for one in three_years.rules if one.promised == "does not wake"]
    assert {one.path.severity for one in sleeping} == {Severity.P2, Severity.P3}
    assert all(one.first is None and one.holds for one in sleeping)


def test_an_environment_that_pages_nobody_is_counted_and_not_proved(shipped):
    found = prove_catalog(shipped, environment="staging", today=DAY_OF_PROOF)
    assert found.holds
    assert found.counts.wake == found.counts.policies == 0
    assert (
        found.counts.limited_by_environment == sum(one.promised == "limited-by-environment" for one in found.rules) > 0
    )


def test_maintenance_is_named_with_the_rules_that_it_mutes():
    found = proof(a_catalog(maintenance=WINDOW))
    assert {one.path.rule: [mute.name for mute in one.muted] for one in found.rules} == {
        "shop-failing": [],
        "shop-slow": ["upgrade"],
    }
    assert found.counts.muted == 1


def test_maintenance_that_is_over_or_elsewhere_mutes_nothing():
    for change in (("environments: [prod]", "environments: [staging]"), ("2026-12", "2025-12")):
        assert proof(a_catalog(maintenance=WINDOW.replace(*change))).counts.muted == 0


def test_maintenance_of_another_service_mutes_nothing():
    other = "service: far\ntitle: Far\nteam: platform\ntier: standard\n"
    window = WINDOW.replace("services: [shop]", "services: [far]")
    assert proof(a_catalog(maintenance=window, services_far=other)).counts.muted == 0


def test_somebody_who_stands_in_two_steps_is_counted_by_the_second():
    found = proof(a_catalog(("oncall.yaml", "people: [ana, ben]}", "people: [ana, kit]}")), horizon=14 * DAY)
    assert found.counts.in_two_steps == (DuplicateResponder("critical", "kit", (0, 1), 7 * DAY),)


def test_people_without_a_waking_contact_are_named():
    found = proof(a_catalog(("oncall.yaml", "phone: 1m", "sms: 1m")))
    assert found.counts.without_waking_contact == ("kit",)


def test_a_rule_on_trial_is_proved_twice():
    found = proof(a_catalog(services_shop=SHOP.replace("severity: P0", "severity: P0\n    trial-until: 2026-03-01")))
    now, later = rule(found, "shop-failing"), rule(found, "shop-failing", later=True)
    assert (now.path.severity, now.promised, now.path.in_trial) == (Severity.P3, "does not wake", True)
    assert (later.path.severity, later.promised, later.path.in_trial) == (Severity.P0, "wakes", False)
    assert later.first is not None
    assert later.first.at >= at("2026-03-01")
    assert now.path.until == later.path.since == at("2026-03-01")
    counts = found.counts
    assert (counts.in_trial, counts.rules, counts.rules_to_prove) == (1, 2, 2)
    assert counts.wake + counts.do_not_wake + counts.limited_by_environment == counts.rules


def test_a_rule_for_each_customer_is_as_many_rules():
    catalog = a_catalog(
        services_shop=SHOP.replace("within: 5m}\n", "within: 5m}\n    for-each-tenant: {plan: enterprise}\n")
    )
    found = proof(catalog)
    assert rules_to_prove(catalog, "prod") == 3 == found.counts.rules
    assert {one.path.rule for one in found.rules} == {"shop-failing-acme", "shop-failing-others", "shop-slow"}


def test_tenants_of_other_plans_are_no_rules_of_their_own():
    catalog = a_catalog(
        ("platform.yaml", "plans: [enterprise]", "plans: [basic, enterprise, team]"),
        ("platform.yaml", "plan: {values: [enterprise]}", "plan: {values: [basic, enterprise, team]}"),
        services_shop=SHOP.replace("within: 5m}\n", "within: 5m}\n    for-each-tenant: {plan: enterprise}\n"),
        tenants="".join(
            f"{name}: {{title: {name}, plan: {plan}}}\n"
            for name, plan in (("acme", "enterprise"), ("bolt", "enterprise"), ("low", "basic"), ("tiny", "team"))
        ),
    )
    found = proof(catalog)
    assert rules_to_prove(catalog, "prod") == 4 == found.counts.rules
    assert {rule_proof.path.rule for rule_proof in found.rules} == {
        *(f"shop-failing-{name}" for name in ("acme", "bolt", "others")),
        "shop-slow",
    }


def test_a_proof_that_looked_at_fewer_rules_than_there_are_does_not_hold(monkeypatch):
    monkeypatch.setattr(module, "rules_to_prove", lambda *_: 3)
    found = proof(a_catalog())
    assert found.witnesses == ()
    assert not found.holds


def test_more_rules_on_the_same_policy_cost_no_more_sweeps():
    one = SHOP[SHOP.index("  - id: shop-failing") : SHOP.index("  - id: shop-slow")]
    many = SHOP + "".join(one.replace("shop-failing", f"shop-failing-{number}") for number in range(100))
    few, more = proof(a_catalog()), proof(a_catalog(services_shop=many))
    assert more.counts.rules == few.counts.rules + 100
    assert more.counts.spans == few.counts.spans


def test_the_spans_follow_the_handoffs_and_not_the_minutes():
    one, two = (proof(a_catalog(), horizon=weeks * 7 * DAY).counts for weeks in (52, 104))
    assert one.handoffs == 52
    assert two.handoffs == 104
    assert two.spans <= 2 * one.spans + 2


def test_the_day_decides_where_the_horizon_begins():
    assert proof(a_catalog()).start == midnight(TODAY) == at("2026-01-12")


def test_the_assumptions_are_those_of_the_design():
    said = " ".join(one.text for one in ASSUMPTIONS)
    for word in ("deliver", "quota", "muted", "keys", "contact rules", "override", "fresh", "local time"):
        assert word in said
    assert {one.rests for one in ASSUMPTIONS} == {"modelled", "verified elsewhere", "assumed"}
