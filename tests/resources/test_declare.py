"""The loop: every rule becomes typed resources, keys stay secret, names stay, and what must not be deleted is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.platform import Metric, SentryProject
from monitoring.model.service import SIGNAL_FIELDS
from monitoring.naming import type_tokens
from monitoring.plan import Plan, dumps
from tests.conftest import TODAY
from tests.expectations.written import rows
from tests.factories import a_catalog
from tests.preview.changes import resource
from tests.resources.every_signal import declared, every_signal
from tests.signals import CASES

KEPT = {"Schedule", "EscalationPolicy", "Service", "ServiceIntegration", "IntegrationPagerduty"}
KEYS = {"integrationKey", "serviceKey"}


def parts(value: Any) -> Iterator[tuple[str, Any]]:
    """Every named part of a value, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


# --- typed resources -------------------------------------------------------------------------------------------

SIGNALS = [
    ("shop-failing", ["Alert", "MetricMonitor"], "errors counted over a tag"),
    ("shop-leak", ["Alert", "MetricMonitor"], "each single event"),
    ("shop-noisy", ["Alert"], "a count per issue"),
    ("shop-customer-acme", ["Alert", "MetricMonitor"], "a listed customer"),
    ("shop-customer-others", ["Alert", "MetricMonitor"], "customers who are not listed"),
    ("shop-customer-leak-acme", ["Alert", "MetricMonitor"], "each event of a customer"),
    ("shop-customer-noisy-acme", ["Alert"], "a count per issue of a customer"),
    ("shop-rate", ["Alert", "MetricMonitor"], "a metric of sentry"),
    ("shop-nightly", ["Alert", "CronMonitor"], "a job"),
    ("shop-gone", ["Monitor"], "a composite"),
    ("shop-orders", ["ServiceLevelObjective"], "an objective"),
    ("shop-orders-1h", ["Monitor"], "its fast window"),
    ("shop-orders-6h", ["Monitor"], "its slower window"),
    ("shop-orders-slowly-48h", ["Monitor"], "the one window of an objective that wakes nobody"),
    ("shop-up", ["SyntheticsTest"], "a test"),
    ("shop-up-head", ["SyntheticsTest"], "a test of a second method"),
    ("shop-certificate", ["SyntheticsTest"], "a certificate"),
    ("shop-dead-letters", ["Service", "ServiceIntegration"], "another system by the events api"),
    ("shop-backup", ["Service", "ServiceIntegration"], "another system by mail"),
    ("shop-depth", ["Service", "ServiceIntegration"], "another system by its own integration"),
    *((name, kinds, about) for case in CASES for name, (kinds, about) in case.declares.items()),
]


@pytest.mark.parametrize(("name", "kinds", "_"), SIGNALS, ids=[case[2] for case in SIGNALS])
def test_a_signal_becomes_typed_resources(every: Plan, name: str, kinds: list[str], _: str):
    assert sorted(one.kind for one in every.resources if one.name == name) == kinds


def test_each_kind_of_signal_has_its_row():
    rows = {word for id_, word in _words().items() if any(name.startswith(id_) for name, _, _ in SIGNALS)}
    assert rows == SIGNAL_FIELDS.keys()


def test_every_rule_of_every_signal_is_declared(every: Plan):
    names = [resource.name for resource in every.resources]
    acting = [rule.id for rule in effective_rules(every_signal(), "prod", TODAY)]
    assert [id_ for id_ in acting if not any(name == id_ or name.startswith(f"{id_}-") for name in names)] == []


def _words() -> dict[str, str]:
    return {id_: rule.signal_word for id_, (_, rule) in every_signal().rules.items()}


def test_no_burn_rate_has_a_window_that_its_severity_does_not_ask_for(every: Plan):
    burning = [one.name for one in every.of_type(type_tokens.MONITOR) if one.inputs["type"] == "slo alert"]
    assert sorted(burning) == ["shop-orders-1h", "shop-orders-6h", "shop-orders-slowly-48h"]


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_every_rule_that_ships_is_declared(plans: Mapping[str, Plan], shipped: Catalog, environment: str):
    expected = {rule.id for rule in effective_rules(shipped, environment, TODAY)}
    assert rows(plans[environment]).keys() == expected


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_the_same_catalog_declares_the_same_plan(plans: Mapping[str, Plan], shipped: Catalog, environment: str):
    assert dumps(declared(shipped, environment, TODAY)) == dumps(plans[environment])


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_no_id_of_another_system_stands_in_a_plan(plans: Mapping[str, Plan], environment: str):
    """What names another thing is a reference or a look-up, never a typed id."""
    typed = [
        (one.key, name, value)
        for one in plans[environment].resources
        for name, value in parts(one.inputs)
        if (name.endswith(("Id", "Ids")) or name in {"escalationPolicy", "service", "vendor", "users"})
        and not isinstance(value, Mapping)
        and not (isinstance(value, list) and all(isinstance(inner, Mapping) for inner in value))
        and not (one.kind == "IntegrationPagerduty" and name == "service")
    ]
    assert typed == []


# --- names, secrets, protection --------------------------------------------------------------------------------


@pytest.fixture(params=["prod", "staging", "every signal"])
def plan(request: pytest.FixtureRequest, plans: Mapping[str, Plan], every: Plan) -> Plan:
    return every if request.param == "every signal" else plans[request.param]


def test_every_resource_that_can_have_a_name_has_one(plan: Plan):
    nameless = {one.kind for one in plan.resources if not one.inputs.get("name")}
    assert nameless <= {"DashboardJson", "DowntimeSchedule", "Channel", "ServiceObject", "IntegrationPagerduty"}


def test_keys_are_secret_wherever_they_stand(plan: Plan):
    open_ = [
        (one.key, name)
        for one in plan.resources
        for name, value in parts(one.inputs)
        if name in KEYS and set(value) != {"secret"}
    ]
    assert open_ == []


def test_the_keys_that_pagerduty_makes_are_secret(plan: Plan):
    made = list(plan.of_type(type_tokens.SERVICE_INTEGRATION))
    assert {one.secret_outputs for one in made} <= {("integrationKey",)}


def test_what_people_depend_on_is_protected_and_nothing_else(plan: Plan):
    assert {one.key for one in plan.resources if one.protect} == {one.key for one in plan.resources if one.kind in KEPT}


@pytest.mark.parametrize("kind", sorted(KEPT))
def test_prod_has_what_these_promises_are_about(plans: Mapping[str, Plan], kind: str):
    assert [one for one in plans["prod"].resources if one.kind == kind]


def test_rows_are_written_one_after_the_other(plans: Mapping[str, Plan]):
    """Each write replaces Sentry's whole table, so that two at once would lose one."""
    rows = {one.key: one for one in plans["prod"].of_type(type_tokens.SENTRY_ROW)}
    first = [key for key, row in rows.items() if not row.depends_on]
    after = {row.depends_on[0]: key for key, row in rows.items() if row.depends_on}
    order = first
    while order[-1] in after:
        order = [*order, after[order[-1]]]
    assert len(first) == 1
    assert set(order) == set(rows)
    assert all(len(row.depends_on) <= 1 for row in rows.values())


def test_names_that_a_vendor_takes_once_are_free_before_they_are_taken_again(plans: Mapping[str, Plan]):
    replaced = [one for one in plans["prod"].resources if one.kind in {"ServiceObject", "Channel"}]
    assert replaced
    assert all(one.delete_before_replace for one in replaced)


WINDOW = """
upgrade: {{title: Upgrade, time-zone: {}, from: "{}", to: "{}", services: [shop], environments: [{}], reason: It moves}}
"""
OVER = [
    pytest.param("Etc/UTC", "2026-11-23 08:00", "2026-11-23 09:00", "prod", True, id="ends today"),
    pytest.param("Etc/UTC", "2026-11-22 23:00", "2026-11-23 00:01", "prod", True, id="ends as the day has begun"),
    pytest.param("Etc/UTC", "2026-11-22 23:00", "2026-11-23 00:00", "prod", False, id="ends as the day begins"),
    pytest.param("Etc/UTC", "2026-11-30 08:00", "2026-11-30 09:00", "prod", True, id="comes next week"),
    pytest.param("America/Los_Angeles", "2026-11-22 18:00", "2026-11-22 20:00", "prod", True, id="ends today in UTC"),
    pytest.param("Pacific/Auckland", "2026-11-23 08:00", "2026-11-23 10:00", "prod", False, id="was over in UTC"),
    pytest.param("Etc/UTC", "2026-11-23 08:00", "2026-11-23 09:00", "staging", False, id="is of another environment"),
]


@pytest.mark.parametrize(("zone", "begin", "end", "environment", "kept"), OVER)
def test_a_window_is_declared_until_it_is_over(zone: str, begin: str, end: str, environment: str, kept: bool):
    """The day is 2026-11-23 in UTC, where the proof's horizon begins."""
    catalog = a_catalog(maintenance=WINDOW.format(zone, begin, end, environment))
    assert bool(list(declared(catalog).of_type(type_tokens.DOWNTIME))) is kept


# --- former names ----------------------------------------------------------------------------------------------

FORMER = [
    pytest.param(
        ("services/shop.yaml", "  - id: shop-slow\n", "  - id: shop-slow\n    formerly: [lame, weary]\n"),
        {"Monitor shop-slow": ("lame", "weary")},
        id="a rule's monitor",
    ),
    pytest.param(
        ("services/shop.yaml", "  - id: shop-failing\n", "  - id: shop-failing\n    formerly: [broken]\n"),
        {"Alert shop-failing": ("broken",), "MetricMonitor shop-failing": ("broken",)},
        id="a rule's monitor and alert",
    ),
    pytest.param(
        ("services/shop.yaml", "title: Shop\n", "title: Shop\nformerly: [store]\n"),
        {
            "Service shop-critical-high": ("store-critical-high",),
            "ServiceIntegration shop-critical-high-sentry": ("store-critical-high-sentry",),
            "ServiceIntegration shop-critical-high-datadog": ("store-critical-high-datadog",),
            "IntegrationPagerduty shop-critical-high": ("store-critical-high",),
            "ServiceObject shop-critical-high": ("store-critical-high",),
            "MonitorNotificationRule shop-p1": ("store-p1",),
            "DashboardJson agency-shop": ("agency-store",),
        },
        id="a service, and all that is named after it",
    ),
    pytest.param(
        ("oncall.yaml", "  critical:\n", "  critical:\n    formerly: [worst]\n"),
        {
            "EscalationPolicy critical": ("worst",),
            "Service shop-critical-high": ("shop-worst-high",),
            "IntegrationPagerduty shop-critical-high": ("shop-worst-high",),
        },
        id="a policy, and the services that are named after it",
    ),
    pytest.param(
        ("oncall.yaml", "  primary:\n", "  primary:\n    formerly: [first]\n"),
        {"Schedule primary": ("first",)},
        id="a schedule",
    ),
]


@pytest.mark.parametrize(("change", "aliases"), FORMER)
def test_a_former_name_is_an_alias(change: tuple[str, str, str], aliases: Mapping[str, tuple[str, ...]]):
    found = declared(a_catalog(change))
    assert {name: resource(found, name).aliases for name in aliases} == aliases


@pytest.mark.parametrize(
    ("names", "old"),
    [
        (["MetricMonitor shop-customer-acme", "Alert shop-customer-acme"], "client-acme"),
        (["MetricMonitor shop-customer-others", "Alert shop-customer-others"], "client-others"),
    ],
    ids=["a listed customer", "customers who are not listed"],
)
def test_a_former_id_is_an_alias_for_each_customer(names: list[str], old: str):
    rule = """  - id: shop-customer
    title: A customer is affected
    severity: P0
    means: One customer sees errors.
    formerly: [client]
    errors: {project: web, more-than: 10, within: 5m}
    for-each-tenant: {plan: enterprise}
"""
    found = declared(a_catalog(("services/shop.yaml", "  - id: shop-slow\n", f"{rule}  - id: shop-slow\n")))
    assert [resource(found, name).aliases for name in names] == [(old,), (old,)]


# --- what leaves -----------------------------------------------------------------------------------------------


def sent_on(plan: Plan) -> list[set[str]]:
    """The tags of events that Sentry's actions send on."""
    actions = (one for alert in plan.of_type(type_tokens.ALERT) for one in parts(alert.inputs["actionFilters"]))
    tags = [value["tags"] for name, value in actions if name in {"slack", "pagerduty"} and "tags" in value]
    return [set(names.split(",")) - {""} for names in tags]


def personal(catalog: Catalog) -> set[str]:
    """The names of tags that say who somebody is."""
    senders: list[SentryProject | Metric] = [
        *catalog.platform.projects.values(),
        *catalog.platform.metrics.values(),
    ]
    return {name for sender in senders for name, tag in sender.tags.items() if tag.personal}


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_no_personal_tag_is_sent_on(plans: Mapping[str, Plan], shipped: Catalog, environment: str):
    allowed = {name for project in shipped.platform.projects.values() for name in project.forwards}
    found = sent_on(plans[environment])
    assert found
    assert personal(shipped) == {"user"}
    assert all(tags <= allowed - personal(shipped) for tags in found)
    spoken = json.dumps([one.inputs for one in plans[environment].resources])
    assert not any(f"{{{{{name}" in spoken or f"by {{{name}" in spoken for name in ("user", "event.tags.user"))


def test_a_personal_tag_is_not_sent_on_even_where_the_catalog_lists_it():
    catalog = a_catalog(
        ("platform.yaml", "      forwards: [feature]\n", "      forwards: [feature, user]\n"),
        ("platform.yaml", "        tenant: {}\n", "        tenant: {}\n        user: {personal: true}\n"),
    )
    assert sent_on(declared(catalog)) == [{"feature"}]


def test_the_tag_of_the_environment_is_sent_on_though_no_project_declares_it():
    catalog = a_catalog(("platform.yaml", "      forwards: [feature]\n", "      forwards: [feature, environment]\n"))
    assert sent_on(declared(catalog)) == [{"environment", "feature"}]


def on_single_issues(plan: Plan) -> dict[str, bool]:
    """Sentry's alerts on the monitor that Sentry itself made for a project, and whether each pages."""
    return {
        alert.name: any(name == "pagerduty" for name, _ in parts(alert.inputs["actionFilters"]))
        for alert in plan.of_type(type_tokens.ALERT)
        if any("lookup" in monitor for monitor in alert.inputs["monitorIds"])
    }


def test_no_page_is_about_a_single_issue_whose_user_and_tags_sentry_would_send(plans: Mapping[str, Plan], every: Plan):
    assert on_single_issues(plans["prod"]) == on_single_issues(plans["staging"]) == {}
    counted = ["shop-noisy", "shop-customer-noisy-acme", "shop-customer-noisy-others"]
    changed = ["shop-new", "shop-new-checkout", "shop-unassigned-acme", "shop-unassigned-others"]
    assert on_single_issues(every) == dict.fromkeys([*counted, *changed], False)


def test_a_tag_that_is_not_listed_is_not_sent_on(every: Plan):
    assert {frozenset(tags) for tags in sent_on(every)} == {frozenset({"feature"})}
