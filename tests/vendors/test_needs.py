"""What must exist is said once: the program looks up what people make, a command what an alert goes through."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.signals import Cron
from monitoring.plan import VENDORS
from monitoring.resources.accounts import BY_HTTP, LOOK_UPS
from monitoring.vendors.held import looked_up
from monitoring.vendors.needs import (
    Need,
    NeedKind,
    RulesAtVendors,
    granted_to_keys,
    made_by_people,
    made_by_the_program,
)
from tests.factories import a_catalog
from tests.platforms import AGENCY
from tests.resources.every_signal import every_signal
from tests.resources.receivers import on_each_route

TODAY = date(2026, 11, 23)
ERRORS_RULE = """  - id: shop-errors
    title: The shop has errors
    severity: P3
    means: Somebody saw an error.
    errors: {project: web, more-than: 10, within: 5m}
"""
ERRORS = ("services/shop.yaml", "  - id: shop-slow\n", ERRORS_RULE + "  - id: shop-slow\n")
MAILED = a_catalog(
    ("teams.yaml", "P3: {slack: [alerts]}", "P3: {email: [ana@youragency.com, oncall@youragency.com]}"), ERRORS
)
CATALOGS = {
    "the agency": load(AGENCY.catalog),
    "every signal": every_signal(),
    "somebody mailed": MAILED,
    "every receiver": a_catalog(*on_each_route("P0", "P1")),
}
BY_NAME = pytest.mark.parametrize("catalog", [pytest.param(each, id=name) for name, each in CATALOGS.items()])


def at_vendors(catalog: Catalog, environment: str = "prod") -> RulesAtVendors:
    rules = effective_rules(catalog, environment, TODAY)
    return RulesAtVendors(catalog, rules, environment == catalog.shared_environment)


def all_needs(catalog: Catalog) -> list[Need]:
    asker = at_vendors(catalog)
    return [*made_by_people(asker), *granted_to_keys(asker), *made_by_the_program(asker)]


@BY_NAME
def test_no_need_is_said_twice(catalog):
    needs = [(need.kind, need.within, need.key) for need in all_needs(catalog)]
    assert len(set(needs)) == len(needs)


@BY_NAME
def test_each_need_says_where_it_comes_from_and_what_to_do(catalog):
    problems = [str(need.problem()) for need in all_needs(catalog)]
    assert [text for text in problems if ".yaml:" not in text or ";" not in text] == []


def test_every_kind_is_needed_by_some_catalog_and_belongs_to_a_vendor():
    assert {need.kind for catalog in CATALOGS.values() for need in all_needs(catalog)} == set(NeedKind)
    assert {kind.vendor for kind in NeedKind} == set(VENDORS)


@BY_NAME
def test_whatever_the_program_makes_can_be_looked_up_by_a_command(catalog):
    made = list(made_by_the_program(at_vendors(catalog)))
    assert made
    assert all(looked_up(need) for need in made)


@BY_NAME
def test_whatever_people_make_the_program_can_look_up(catalog):
    assert {need.kind for need in made_by_people(at_vendors(catalog))} <= LOOK_UPS.keys() | BY_HTTP


def test_no_kind_is_looked_up_in_two_ways():
    assert not LOOK_UPS.keys() & BY_HTTP
    assert all(looked_up(need) for each in CATALOGS.values() for need in all_needs(each) if need.kind in BY_HTTP)


ENVIRONMENTS = [
    pytest.param(CATALOGS["the agency"], "prod", ["production"], id="one word for all projects is asked for once"),
    pytest.param(CATALOGS["the agency"], "staging", ["staging"], id="another stack asks for its own"),
    pytest.param(MAILED, "prod", ["production"], id="a rule on errors names one"),
]


@pytest.mark.parametrize(("catalog", "environment", "names"), ENVIRONMENTS)
def test_an_environment_is_needed_where_a_monitor_names_it(catalog, environment, names):
    needs = made_by_people(at_vendors(catalog, environment))
    assert [need.name for need in needs if need.kind is NeedKind.ENVIRONMENT] == names


def test_a_job_alone_names_no_environment():
    jobs = RulesAtVendors(
        CATALOGS["every signal"],
        tuple(rule for rule in at_vendors(CATALOGS["every signal"]).rules if isinstance(rule.rule.signal, Cron)),
        shared=True,
    )
    assert jobs.at_sentry
    assert [need for need in made_by_people(jobs) if need.kind is NeedKind.ENVIRONMENT] == []


def test_where_nothing_is_shared_nobody_on_call_is_needed():
    asker = at_vendors(CATALOGS["the agency"], "staging")
    kinds = {need.kind for need in (*made_by_people(asker), *made_by_the_program(asker))}
    assert not kinds & {NeedKind.USER, NeedKind.POLICY, NeedKind.SCHEDULE, NeedKind.SERVICE}


def test_a_teams_own_address_is_no_member():
    members = [need.name for need in made_by_people(at_vendors(MAILED)) if need.kind is NeedKind.MEMBER]
    assert members == ["ana@youragency.com"]


def test_a_reason_of_the_vendor_stands_behind_what_is_missing():
    need = next(made_by_people(at_vendors(CATALOGS["the agency"])))
    assert f"{need.what} (refused); {need.remedy}" in str(need.problem("refused"))
