"""The facts themselves: no rule about a property that does not exist, and facts about all that is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from monitoring.plan import Plan
from monitoring.preview.facts import _demands, declared, demands
from monitoring.preview.rules import EACH, Path, PropertyRule, read_rule, steps
from monitoring.preview.shapes import Kind, Shape
from tests.engine.accounts.facts import facts

VENDORS = ("datadog", "pagerduty", "sentry")
TOKENS = sorted(token for vendor in VENDORS for token in _demands(vendor))


def reached(shape: Shape | None, path: Path) -> Shape | None:
    """The shape at a path; None where there is none."""
    for step in path:
        if shape is not None:
            inside = shape.inside if shape.kind == Kind.LIST else None
            shape = inside if step == EACH else shape.properties.get(step)
    return shape


def paths(rule: PropertyRule) -> list[Path]:
    """Every path that a rule names."""
    named = [other for limit in rule.presence.values() if limit is not True for other in limit]
    named += [limit for word, limit in rule.words.items() if word in {"atMostCountOf", "after", "amongst"}]
    return [rule.path, *(steps(other) for other in named), *(condition.path for condition in rule.conditions)]


@pytest.mark.parametrize("token", TOKENS)
def test_a_rule_is_about_properties_that_exist(token: str):
    type_ = declared(token)
    assert type_ is not None
    named = {path for rule in demands(token).rules for path in paths(rule)}
    assert [path for path in named if reached(type_.inputs, path) is None] == []


KINDS = {
    Kind.TEXT: {"pattern", "minLength", "maxLength", "instant", "jsonObjectWith"},
    Kind.NUMBER: {"min", "max", "exclusiveMin", "exclusiveMax", "integer", "atMostCountOf"},
    Kind.LIST: {"minItems", "maxItems", "uniqueItems", "distinctBy"},
}


@pytest.mark.parametrize("token", TOKENS)
def test_a_rule_demands_something_that_fits_its_property(token: str):
    type_ = declared(token)
    assert type_ is not None
    found = [
        (rule.path, word, reached(type_.inputs, rule.path))
        for rule in demands(token).rules
        for word in {**rule.words, **rule.presence}
    ]
    wanted = {word: kind for kind, words in KINDS.items() for word in words}
    assert [(path, word) for path, word, shape in found if shape and shape.kind != wanted.get(word, shape.kind)] == []


def test_there_are_facts_about_every_type_that_is_declared(plans: Mapping[str, Plan], every: Plan):
    tokens = {one.type for plan in (*plans.values(), every) for one in plan.resources}
    without = {token for token in tokens if not demands(token).rules}
    assert without == {"sentry:index/integrationPagerduty:IntegrationPagerduty"}


def test_what_replaces_a_resource_is_what_the_emulated_accounts_replace():
    """The same facts, as they are kept for the accounts that the engine is tried against."""
    emulated = {token: kind.replaced_by for vendor in VENDORS for token, kind in facts(vendor).kinds.items()}
    kept = {token: demands(token).replaced_by for token in TOKENS}
    assert {token: kept[token] for token in kept.keys() & emulated.keys()} == {
        token: emulated[token] for token in kept.keys() & emulated.keys()
    }
    assert any(kept.values())


STRANGE = [
    "datadog:index/sauce:Sauce",
    "datadog:sauce/channel:Channel",
    "sentry:index/sauce:Sauce",
    "aws:s3/bucket:Bucket",
]


@pytest.mark.parametrize("token", STRANGE)
def test_a_type_that_no_vendor_has_is_none(token: str):
    assert declared(token) is None
    assert demands(token).rules == ()


def test_a_word_without_a_meaning_is_refused():
    with pytest.raises(ValueError, match="no meaning for colour"):
        read_rule({"property": "name", "colour": "red"}, {})


OUTPUTS: list[Any] = [
    ("datadog:index/syntheticsTest:SyntheticsTest", "monitorId", Kind.NUMBER),
    ("datadog:index/monitor:Monitor", "id", Kind.TEXT),
    ("pagerduty:index/serviceIntegration:ServiceIntegration", "integrationKey", Kind.TEXT),
    ("sentry:index/integrationPagerduty:IntegrationPagerduty", "id", Kind.TEXT),
]


@pytest.mark.parametrize(("token", "output", "kind"), OUTPUTS)
def test_a_type_gives_what_others_refer_to(token: str, output: str, kind: Kind):
    type_ = declared(token)
    assert type_ is not None
    assert type_.outputs[output].kind == kind


def test_pagerdutys_time_zones_are_all_there():
    (zones,) = (
        rule.words["enum"] for rule in demands("pagerduty:index/schedule:Schedule").rules if rule.path == ("timeZone",)
    )
    assert len(zones) == 135
    assert "Etc/UTC" in zones
    assert "UTC" not in zones
