"""Severity is the only dial: two rules that differ in nothing else differ in who is woken, when, or by what.

Read from what is declared: the shipped catalog with the severity of one rule changed, its alert or monitor followed to
PagerDuty's policy and schedules. Slack and e-mail do not count, since neither wakes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from monitoring.expectations.references import referred
from monitoring.loader import load_texts
from monitoring.model.severity import Severity
from monitoring.naming import type_tokens
from monitoring.plan import Plan
from tests.expectations.written import rows
from tests.platforms import AGENCY
from tests.resources.every_signal import declared

# One rule of each team and of each vendor.
RULES = {
    "performance-degradation": "services/api.yaml",
    "database-failure": "services/database.yaml",
    "payment-processing-failing": "services/payments.yaml",
    "tenant-isolation-breach": "services/customers.yaml",
    "website-uptime": "services/website.yaml",
    "platform-outage": "services/platform.yaml",
}
WAKING = {Severity.P0, Severity.P1}


def with_severity(severity: Severity) -> dict[str, bytes]:
    """The shipped catalog's files, where those rules have another severity."""
    texts = {
        path.relative_to(AGENCY.catalog).as_posix(): path.read_text("utf-8") for path in AGENCY.catalog.rglob("*.yaml")
    }
    for rule, file in RULES.items():
        block = rf"(- id: {rule}\n(?:    .*\n)*?    severity: )P\d"
        texts[file], times = re.subn(block, rf"\g<1>{severity}", texts[file])
        assert times == 1
    return {name: text.encode() for name, text in texts.items()}


def woken(plan: Plan, rule: str) -> Mapping[str, Any] | None:
    """Who is woken by a rule, after how many minutes each, by what urgency; None where nobody is."""
    page = rows(plan)[rule]["page"]
    if page is None or page["urgency"] == "low":
        return None
    policy = plan.by_key[f"{type_tokens.ESCALATION_POLICY}::{page['policy']}"]
    steps = [(step["escalationDelayInMinutes"], people(plan, step)) for step in policy.inputs["rules"]]
    return {"urgency": page["urgency"], "steps": steps, "extra-rounds": policy.inputs["numLoops"]}


def people(plan: Plan, step: Mapping[str, Any]) -> list[Any]:
    """Whom a step asks: each target's whole rota, by address."""
    return [
        [
            (
                layer["start"],
                layer["rotationTurnLengthSeconds"],
                [user["arguments"]["email"] for user in layer["users"]],
            )
            for layer in referred(plan, one["id"], type_tokens.SCHEDULE).inputs["layers"]
        ]
        for one in step["targets"]
        if one["type"] == "schedule_reference"
    ]


@pytest.fixture(scope="module")
def footprints() -> Mapping[tuple[str, Severity], Any]:
    """Who is woken by each rule at each severity."""
    plans = {severity: declared(load_texts(with_severity(severity))) for severity in Severity}
    return {(rule, severity): woken(plan, rule) for severity, plan in plans.items() for rule in RULES}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("worse", "milder"), list(combinations(Severity, 2)))
def test_two_severities_differ_in_who_is_woken_or_when(footprints, rule: str, worse: Severity, milder: Severity):
    if worse in WAKING:
        assert footprints[rule, worse] != footprints[rule, milder]
    else:
        assert footprints[rule, worse] is None
        assert footprints[rule, milder] is None


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("severity", Severity)
def test_a_severity_wakes_somebody_exactly_where_it_promises_to(footprints, rule: str, severity: Severity):
    found = footprints[rule, severity]
    assert (found is not None) == (severity in WAKING)
    assert found is None or (found["urgency"] == "high" and all(step for step in found["steps"]))


@pytest.mark.parametrize("rule", RULES)
def test_the_worst_severity_asks_a_second_rota_sooner(footprints, rule: str):
    """At P0 the second rota is asked before P1's would be, so that the two can be told apart at three at night."""
    assert second(footprints[rule, Severity.P0]) < second(footprints[rule, Severity.P1])


def second(footprint: Mapping[str, Any]) -> int:
    """Minutes until two different rotas have been asked."""
    minutes, asked = 0, 0
    for delay, rotas in footprint["steps"]:
        asked += len(rotas)
        if asked >= 2:
            return minutes
        minutes += delay
    raise AssertionError("only one rota is ever asked")
