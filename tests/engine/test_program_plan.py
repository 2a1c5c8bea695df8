"""The first preview on the real engine creates exactly what the offline Plan says."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from monitoring.loader import PlatformFiles
from monitoring.plan import Plan
from monitoring.preview.run import preview
from tests.engine import ours
from tests.engine.accounts.account import Account
from tests.engine.against_plan import differences
from tests.engine.preview import workspace_in
from tests.engine.workspace import Workspace, is_plumbing

ALERT = "sentry:index/alert:Alert::auth-system-down"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy::critical"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty::auth-critical-high"
KEY = "pagerduty:index/serviceIntegration:ServiceIntegration::auth-critical-high-sentry"
OUTAGE = "datadog:index/monitor:Monitor::platform-outage"

Steps = Sequence[Mapping[str, Any]]


@pytest.fixture(scope="module")
def untouched(engine, tmp_path_factory) -> Workspace:
    """The program before its first update."""
    return workspace_in(tmp_path_factory.mktemp("untouched"), engine=engine, stack="prod")


@pytest.fixture(scope="module")
def offline(untouched: Workspace) -> Plan:
    """What the program declares, run without an engine."""
    return preview(
        environment="prod", today=date.fromisoformat(ours.TODAY), files=PlatformFiles(untouched.program / "catalog")
    )


@pytest.fixture(scope="module")
def steps(untouched: Workspace) -> Steps:
    """What the engine would do first."""
    said = untouched.must("preview", "--json").out
    return [step for step in json.loads(said)["steps"] if not is_plumbing(step["urn"])]


def test_the_preview_creates_exactly_what_the_plan_says(untouched, offline, steps):
    before = untouched.account.everything()
    assert list(differences(offline, steps, untouched.account)) == []
    assert len(steps) == len(offline.resources) > 80
    assert untouched.account.everything() == before == only_what_humans_made(untouched.account)


def only_what_humans_made(account: Account) -> Mapping[str, Any]:
    """The accounts' objects of types that a program can declare, before it did: the Sentry project."""
    project = "sentry:index/project:Project"
    return {project: account.objects(project)}


def state(steps: Steps, key: str) -> dict[str, Any]:
    """The new state of a resource, by TYPE::NAME."""
    found: dict[str, Any] = next(step["newState"] for step in steps if step["urn"].endswith(f"::{key}"))
    return found


def other_threshold(steps: Steps) -> None:
    """Another number deep inside."""
    state(steps, POLICY)["inputs"]["rules"][0]["escalationDelayInMinutes"] += 1


def known_reference(steps: Steps) -> None:
    """An id that somebody wrote out."""
    state(steps, POLICY)["inputs"]["teams"] = "P000001"


def other_reference(steps: Steps) -> None:
    """A reference to another resource of the same type."""
    found = state(steps, OUTAGE)["propertyDependencies"]
    found["query"] = [urn.replace("api-uptime-head", "third-party-outage") for urn in found["query"]]


def other_answer(steps: Steps) -> None:
    """Another id than the one that the account answers."""
    state(steps, ROW)["inputs"]["integrationId"] = "1"


def bare_key(steps: Steps) -> None:
    """A key that is no secret."""
    state(steps, ROW)["inputs"]["integrationKey"] = "0123456789abcdef"


def readable_output(steps: Steps) -> None:
    """A key that PagerDuty chooses and nobody hides."""
    del state(steps, KEY)["additionalSecretOutputs"]


def no_protection(steps: Steps) -> None:
    """A policy that can be removed."""
    del state(steps, POLICY)["protect"]


def no_order(steps: Steps) -> None:
    """Rows of one table that are no longer written one after the other."""
    found = state(steps, ROW)
    found["dependencies"] = [urn for urn in found["dependencies"] if "IntegrationPagerduty" not in urn]


def an_alias(steps: Steps) -> None:
    """A former name that the Plan knows nothing of."""
    state(steps, ALERT)["aliases"] = ["urn:pulumi:prod::monitoring::sentry:index/alert:Alert::sign-in"]


def more_property(steps: Steps) -> None:
    """A property that nobody planned."""
    state(steps, ALERT)["inputs"]["owner"] = "somebody"


def one_less(steps: list[Mapping[str, Any]]) -> None:
    """A resource that is missing."""
    steps.pop()


@pytest.mark.parametrize(
    "damage",
    [
        other_threshold, known_reference, other_reference, other_answer, bare_key, readable_output, no_protection,
        no_order, an_alias, more_property, one_less,
    ],
    ids=lambda damage: damage.__doc__.lower().rstrip("."),
)  # fmt: skip
def test_the_comparison_finds(untouched, offline, steps, damage: Callable[[Steps], None]):
    damaged = copy.deepcopy(list(steps))
    damage(damaged)
    assert 1 <= len(list(differences(offline, damaged, untouched.account))) <= 2
