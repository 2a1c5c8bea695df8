"""The facts of the emulated accounts agree with the typed SDKs, and each names where it comes from."""

from __future__ import annotations

import importlib
import itertools
import json
from typing import Any

import pytest

from tests.engine.accounts.account import VENDORS as CODE
from tests.engine.accounts.facts import ROOM, VENDORS, Facts, Kind, facts
from tests.engine.accounts.rules import COUNTS, JUDGES
from tests.engine.accounts.sdk_shapes import inputs_of, required_of
from tests.engine.accounts.values import steps

PACKAGES = {"datadog": "pulumi_datadog", "pagerduty": "pulumi_pagerduty", "sentry": "pulumi_sentry"}
KINDS = [kind for vendor in VENDORS for kind in facts(vendor).kinds.values()]
SOURCES = {"provider", "bridge", "api-description", "doc", "issue", "inferred", "general"}
ABOUT = {"property", "rule", "when", "source", "if", "alsoAllowed", "alsoPassesPreview"}
PRESENCE = {"required", "forbidden", "conflictsWith", *COUNTS}


def args_of(kind: Kind) -> type | None:
    """The SDK's `XArgs` class for a resource type; None where the SDK lacks it."""
    package, module, name = kind.token.split(":")
    folder = module.split("/")[0]
    path = PACKAGES[package] if folder == "index" else f"{PACKAGES[package]}.{folder}"
    return getattr(importlib.import_module(path), f"{name}Args", None)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.token)
def test_the_shape_is_the_sdks(kind):
    args = args_of(kind)
    if args is None:
        pytest.skip(f"pulumi_sentry leaves {kind.token} out")
    theirs = {name: shape for name, shape in inputs_of(args).items() if name not in kind.not_emulated}
    emulated = [path for path in required_of(args) if steps(path)[0] not in kind.not_emulated]
    assert theirs == subset(kind.shape, theirs)
    assert set(emulated) <= set(kind.required)


def subset(ours: Any, theirs: Any) -> Any:
    """Our shape without the parts that the SDK leaves out, as our Sentry package does with what it never declares."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {name: subset(part, theirs[name]) for name, part in ours.items() if name in theirs}
    if isinstance(ours, list) and isinstance(theirs, list):
        return [subset(ours[0], theirs[0])]
    return ours


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.token)
def test_every_rule_says_where_it_comes_from_and_is_understood(kind):
    for rule in kind.rules:
        assert rule["source"] in SOURCES, rule
        assert rule["when"] in ("plan", "apply", "api"), rule
        assert set(rule) - ABOUT & (set(JUDGES) | PRESENCE) or rule.get("rule"), rule
        assert leads_somewhere(kind.shape, steps(rule["property"])), rule["property"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.token)
def test_every_path_leads_to_a_property(kind):
    named = (kind.required, kind.replaced_by, kind.defaults, kind.plan_defaults, kind.sets, kind.unique, kind.stubborn)
    paths = [*itertools.chain(*named), *(reference["property"] for reference in kind.references)]
    lost = [path for path in paths if not leads_somewhere(kind.shape, steps(path))]
    assert lost == []


def leads_somewhere(shape: Any, path: tuple[str, ...]) -> bool:
    """Whether a path stands in a shape."""
    if not path:
        return True
    if path[0] == "[]":
        return isinstance(shape, list) and leads_somewhere(shape[0], path[1:])
    return isinstance(shape, dict) and path[0] in shape and leads_somewhere(shape[path[0]], path[1:])


@pytest.mark.parametrize("known", [facts(vendor) for vendor in VENDORS], ids=VENDORS)
def test_every_function_has_a_look_up(known: Facts):
    assert set(CODE[known.package].functions) == set(known.functions)


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_the_bridge_does_alike_says_where_it_comes_from(vendor):
    entries = json.loads((ROOM / f"{vendor}.json").read_text())["implementations"]
    assert {name: entry["source"].partition(": ")[0] for name, entry in entries.items()} == dict.fromkeys(
        {kind.implementation for kind in facts(vendor).kinds.values()}, "bridge"
    )
