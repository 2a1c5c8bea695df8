"""The proof over a Plan: undamaged it gives the catalog's own answer, and each damage is found at its hop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from monitoring.errors import UsageError
from monitoring.plan import dumps, loads, read_plan
from monitoring.reach.plan.walk import prove_plan
from monitoring.reach.proof import Proof, prove_catalog
from tests.reach.plan_damage import DAMAGE, LOW, TODAY, Damaged
from tests.resources.every_signal import every_signal


@pytest.fixture
def plan(plan_file) -> Damaged:
    return Damaged(plan_file.read_text())


def answer(proof: Proof) -> list[tuple[Any, ...]]:
    """What a proof says of each rule, without any name of a policy."""
    return [
        (
            one.path.rule,
            one.promised,
            one.holds,
            one.first,
            one.second,
            one.zone,
            [(page.service, page.urgency) for page in one.path.pages],
            sorted((mute.start, mute.end) for mute in one.muted),
        )
        for one in proof.rules
    ]


def test_the_plan_gives_the_same_answer_as_the_catalog(plan, shipped):
    declared, promised = plan.proof(shipped), prove_catalog(shipped, environment="prod", today=TODAY)
    assert declared.holds
    assert answer(declared) == answer(promised)
    assert declared.counts == promised.counts


def test_an_environment_that_pages_nobody_gives_the_same_answer_too(plan_file, shipped):
    staging = loads((plan_file.parent / "staging.json").read_text())
    declared = prove_plan(staging, shipped, environment="staging", today=TODAY)
    assert declared.holds
    assert answer(declared) == answer(prove_catalog(shipped, environment="staging", today=TODAY))


def test_the_walk_knows_every_form_of_a_signal(every):
    catalog = every_signal()
    declared = prove_plan(every, catalog, environment="prod", today=TODAY)
    promised = prove_catalog(catalog, environment="prod", today=TODAY)
    assert {"shop-leak", "shop-noisy"} <= {rule.path.rule for rule in declared.rules if rule.holds}
    assert answer(declared) == answer(promised)


@pytest.mark.parametrize("environment", ["elsewhere", None], ids=["another environment", "no environment"])
def test_an_alert_that_takes_the_events_of_elsewhere_is_found(every, environment):
    """An alert of a cron job or of single issues chooses the events itself; a metric monitor's has none."""
    content = json.loads(dumps(every))
    alerts = [
        resource
        for resource in content["resources"]
        if resource["type"].endswith(":Alert") and "environment" in resource["inputs"]
    ]
    for alert in alerts:
        alert["inputs"]["environment"] = environment
    proof = prove_plan(loads(json.dumps(content)), every_signal(), environment="prod", today=TODAY)
    rules = {rule for witness in proof.witnesses if witness.hop == "environment" for rule in witness.rules}
    assert rules == {alert["name"] for alert in alerts} >= {"shop-noisy"}


LEVEL = {"level": {"level": 50, "match": "gte"}}
DAMAGED_ALERTS = [
    pytest.param("shop-noisy", {"triggerConditions": [{"firstSeenEvent": {}}]}, None, "trigger",
                 id="a count of an issue's events that is looked at when the issue opens"),
    pytest.param("shop-noisy", {}, LEVEL, "filter", id="a count that a level holds back"),
    pytest.param("shop-nightly", {}, LEVEL, "filter", id="a job that a level holds back"),
    pytest.param("shop-failing", {}, LEVEL, "filter", id="a count of errors that a level holds back"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "inputs", "condition", "hop"), DAMAGED_ALERTS)
def test_an_alert_that_is_held_back_is_found(every, rule, inputs, condition, hop):
    content = json.loads(dumps(every))
    (alert,) = (one for one in content["resources"] if one["type"].endswith(":Alert") and one["name"] == rule)
    alert["inputs"] |= inputs
    alert["inputs"]["actionFilters"][0]["conditions"] += [condition] if condition else []
    proof = prove_plan(loads(json.dumps(content)), every_signal(), environment="prod", today=TODAY)
    assert (hop, rule) in {(witness.hop, name) for witness in proof.witnesses for name in witness.rules}


WAY_IN = "pagerduty:index/serviceIntegration:ServiceIntegration"
OTHERS_SERVICE = "pagerduty:index/service:Service::shop-backup"
DAMAGED_WAYS_IN = [
    pytest.param("shop-dead-letters", WAY_IN, {"type": "generic_events_api_inbound_integration"}, "key",
                 id="another sort of integration"),
    pytest.param("shop-backup", WAY_IN, {"emailIncidentCreation": "only_if_no_open_incidents"}, "key",
                 id="a mailbox that swallows mail"),
    pytest.param("shop-backup", WAY_IN, {"emailFilterMode": "and-rules-email"}, "key", id="a mailbox that filters"),
    pytest.param("shop-depth", WAY_IN, {"emailFilters": [{"subjectMode": "match"}]}, "property", id="a filter"),
    pytest.param("shop-depth", WAY_IN, {"service": "PSERVICE"}, "key", id="a service that is typed"),
    pytest.param("shop-depth", WAY_IN, {"service": {"ref": OTHERS_SERVICE, "output": "id"}}, "key",
                 id="another rule's service"),
    pytest.param("shop-dead-letters", WAY_IN, {"integrationEmail": "a@youragency.pagerduty.com"}, "key",
                 id="an address of what takes no mail"),
    pytest.param("shop-depth", "pagerduty:index/service:Service",
                 {"incidentUrgencyRule": {"type": "constant", "urgency": "low"}}, "urgency", id="a low urgency"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "type_", "inputs", "hop"), DAMAGED_WAYS_IN)
def test_a_way_in_for_another_system_that_is_damaged_is_found(every, rule, type_, inputs, hop):
    content = json.loads(dumps(every))
    next(entry for entry in content["resources"] if (entry["type"], entry["name"]) == (type_, rule))["inputs"] |= inputs
    proof = prove_plan(loads(json.dumps(content)), every_signal(), environment="prod", today=TODAY)
    before = prove_plan(every, every_signal(), environment="prod", today=TODAY)
    found = {(witness.hop, name) for witness in proof.witnesses for name in witness.rules}
    assert (hop, rule) in found - {(witness.hop, name) for witness in before.witnesses for name in witness.rules}


def test_a_way_in_for_another_system_that_is_gone_is_found(every):
    content = json.loads(dumps(every))
    content["resources"] = [
        entry for entry in content["resources"] if (entry["type"], entry["name"]) != (WAY_IN, "shop-depth")
    ]
    proof = prove_plan(loads(json.dumps(content)), every_signal(), environment="prod", today=TODAY)
    assert "signal" in {witness.hop for witness in proof.witnesses if "shop-depth" in witness.rules}


def test_a_window_that_recurs_and_is_not_declared_is_found(every):
    content = json.loads(dumps(every))
    kept = [entry for entry in content["resources"] if "recurringSchedule" not in entry["inputs"]]
    assert len(kept) == len(content["resources"]) - 1
    proof = prove_plan(
        loads(json.dumps({**content, "resources": kept})), every_signal(), environment="prod", today=TODAY
    )
    before = prove_plan(every, every_signal(), environment="prod", today=TODAY)
    assert "maintenance" in {witness.hop for witness in proof.witnesses} - {witness.hop for witness in before.witnesses}


@pytest.mark.parametrize(
    ("closes", "found"),
    [
        pytest.param("14400", False, id="after the time that the catalog says"),
        pytest.param("null", True, id="never"),
        pytest.param("3600", True, id="sooner"),
    ],
)
def test_a_service_that_closes_incidents_at_another_time_is_found(every, closes, found):
    catalog = every_signal(("oncall.yaml", "    extra-rounds: 1\n", "    extra-rounds: 1\n    resolves-after: 4h\n"))
    content = json.loads(dumps(every))
    for entry in content["resources"]:
        if entry["type"].endswith("/service:Service"):
            entry["inputs"]["autoResolveTimeout"] = closes
    proof = prove_plan(loads(json.dumps(content)), catalog, environment="prod", today=TODAY)
    whys = [witness.why for witness in proof.witnesses if "closes incidents by itself" in witness.why]
    assert bool(whys) == found


def test_staging_that_pages_through_productions_rule_is_found(plan_file, shipped):
    plan = Damaged((plan_file.parent / "staging.json").read_text())
    name = next(one["name"] for one in plan.content["resources"] if one["type"].endswith(":MonitorNotificationRule"))
    plan[f"MonitorNotificationRule::{name}"]["conditionalRecipients"]["conditions"][0]["recipients"].append(
        "pagerduty-platform-critical-high"
    )
    found = prove_plan(loads(json.dumps(plan.content)), shipped, environment="staging", today=TODAY)
    assert {witness.hop for witness in found.witnesses} == {"handle", "recovery"}


@pytest.mark.parametrize(("damage", "expected"), DAMAGE)
def test_a_damaged_plan_is_found_at_its_hop(plan, shipped, damage, expected):
    damage(plan)
    found = plan.proof(shipped)
    assert expected <= {(rule, witness.hop) for witness in found.witnesses for rule in witness.rules}
    assert {rule for rule, _ in expected} == {rule for witness in found.witnesses for rule in witness.rules}
    assert found.counts.rules == found.counts.rules_to_prove


def test_low_urgency_reaches_nobody_however_well_its_policy_is_staffed(plan, shipped):
    plan["Service::auth-critical-high"]["incidentUrgencyRule"] = LOW
    (found,) = (one for one in plan.proof(shipped).rules if one.path.rule == "auth-system-down")
    assert (found.first, found.second, found.holds) == (None, None, False)


PRIORITIES = [
    pytest.param("api-p1", "priority:p2", set(), id="a monitor and a test, by their own priority"),
    pytest.param("website-p1", "priority:p2", set(), id="a test, by its own priority"),
    pytest.param(
        "api-p1",
        "priority:p1",
        {("api-uptime", "route"), ("performance-degradation", "route")},
        id="a monitor and a test, by another priority",
    ),
    pytest.param("website-p1", "priority:p1", {("website-uptime", "route")}, id="a test, by another priority"),
]


@pytest.mark.parametrize(("name", "scope", "lost"), PRIORITIES)
def test_recipients_by_priority_hear_of_what_has_it(plan, shipped, name, scope, lost):
    recipients = plan[f"MonitorNotificationRule::{name}"]["conditionalRecipients"]
    (condition,) = recipients["conditions"]
    condition["scope"], recipients["fallbackRecipients"] = scope, []
    assert {(rule, witness.hop) for witness in plan.proof(shipped).witnesses for rule in witness.rules} == lost


def longer_step(plan: Damaged) -> None:
    plan["EscalationPolicy::standard"]["rules"][0]["escalationDelayInMinutes"] = 61


def one_round(plan: Damaged) -> None:
    plan["EscalationPolicy::standard"]["numLoops"] = 0


SHAPES = [
    pytest.param(longer_step, "steps of 1h 1m, 10m, 15m in 3 rounds", id="a step that waits longer"),
    pytest.param(one_round, "steps of 10m, 10m, 15m in 1 round", id="no further round"),
]


@pytest.mark.parametrize(("damage", "declared"), SHAPES)
def test_a_policy_of_another_shape_is_told_with_both_shapes(plan, shipped, damage, declared):
    damage(plan)
    sentences = {problem.why for rule in plan.proof(shipped).rules for problem in rule.path.breaks}
    promised = "steps of 10m, 10m, 15m in 3 rounds"
    assert sentences == {f'the policy "Agency platform: Standard" has {declared}, and the catalog says {promised}'}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "make one with", id="an empty file"),
        pytest.param("[]", "not a plan: a value in it has another form; make", id="a list"),
        pytest.param("{}", 'not a plan: it has no "version"; make', id="another document"),
        pytest.param("x", "no JSON at line 1; make", id="a page"),
        pytest.param('{"version": 99}', 'version "99"', id="another version"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path, text, said):
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=said):
        read_plan(path, "--plan")


def test_an_empty_plan_proves_nothing(shipped):
    nothing = loads('{"version": 1, "project": "p", "stack": "prod", "resources": [], "lookups": []}')
    found = prove_plan(nothing, shipped, environment="prod", today=TODAY)
    assert not found.holds
    assert {rule for witness in found.witnesses for rule in witness.rules} == {one.path.rule for one in found.rules}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside inputs, the inner ones and the outer ones."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from leaves(one, (*path, key))


RUBBISH: tuple[Any, ...] = (None, 7, -1, 1e30, "x", "", [], [7], {}, {"id": 7}, True)
READ = (
    "ghost",
    "Schedule",
    "Policy",
    "Service",
    "Integration",
    "Pagerduty",
    "Rule",
    "Monitor",
    "Test",
    "Alert",
    "Object",
)


def every_leaf(text: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Each value of each resource that the walk reads."""
    found = json.loads(text)["resources"]
    return [
        (f"{one['type'].rpartition(':')[2]}::{one['name']}", path)
        for one in found
        if one["type"].endswith(READ)
        for path in leaves(one["inputs"])
    ]


def survives(text: str, key: str, path: tuple[Any, ...], rubbish: Any, catalog) -> None:
    plan = Damaged(text)
    value: Any = plan[key]
    for part in path[:-1]:
        value = value[part]
    value[path[-1]] = rubbish
    found = plan.proof(catalog)
    assert found.counts.rules == found.counts.rules_to_prove


def test_rubbish_anywhere_in_a_plan_is_answered_and_not_a_crash(plan_file, shipped):
    text, chance = plan_file.read_text(), Random(5)
    places = every_leaf(text)
    for key, path in chance.sample(places, 60):
        survives(text, key, path, chance.choice(RUBBISH), shipped)


@pytest.mark.full
def test_every_kind_of_rubbish_everywhere_in_a_plan_is_answered(plan_file, shipped):
    text, chance = plan_file.read_text(), Random(6)
    places = every_leaf(text)
    for rubbish in RUBBISH:
        for key, path in chance.sample(places, 250):
            survives(text, key, path, rubbish, shipped)
