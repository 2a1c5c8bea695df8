"""A stack that an older program brought up, previewed by today's: updates at most, nothing made anew, nothing lost.

How the states were made, and how another is added, stands in `tests/engine/older.py`.
When they were made, every step was `same`: project, stacks and configuration are called as they were. What differs, the
catalog's place and format and `packages` in `Pulumi.yaml`, no state knows.
A rule that the agency gets later is a creation, and belongs into `ADDED`; a changed text is an update, and does not.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.engine.older import OF_THE_MACHINE, STATES, put, read, restored
from tests.engine.workspace import Preview, Workspace

AGENCY = STATES / "agency-5afd306.json.gz"
EVERY_SIGNAL = STATES / "every-signal-5afd306.json.gz"
BOARDS = {
    ("create", f"datadog:index/dashboardJson:DashboardJson::agency-{name}") for name in ("api", "platform", "website")
}
ADDED: Mapping[str, set[tuple[str, str]]] = {"prod": BOARDS, "staging": BOARDS}
"""What the agency's stacks have got since on purpose, as ("create", TYPE::NAME)."""
GONE: Mapping[str, set[tuple[str, str]]] = {
    "prod": set(),
    "staging": {
        ("delete", "sentry:index/cronMonitor:CronMonitor::shop-nightly"),
        ("delete", "sentry:index/alert:Alert::shop-nightly"),
    },
}
"""What stacks with a rule of every signal lose on purpose: a second cron monitor, in which no job checks in."""
ALERT = "sentry:index/alert:Alert::{}"
CHANNEL = "datadog:slack/channel:Channel::alerts-critical"
MONITOR = "datadog:index/monitor:Monitor::high-memory"


@pytest.fixture(scope="module")
def agency(engine, tmp_path_factory) -> Workspace:
    """Today's program for the agency, over what 5afd306 brought up; only previewed."""
    return restored(AGENCY, tmp_path_factory.mktemp("older") / "room", engine=engine)


@pytest.fixture(scope="module")
def every_signal(engine, tmp_path_factory) -> Workspace:
    """Today's program with a rule of every signal, over what 5afd306 brought up of its own; only previewed."""
    return restored(EVERY_SIGNAL, tmp_path_factory.mktemp("older") / "room", engine=engine)


def beyond_updates(preview: Preview) -> set[tuple[str, str]]:
    """Every step that is more than an update in place: what happens, and to which TYPE::NAME."""
    return {(step.op, f"{step.type}::{step.name}") for step in preview.steps if step.op not in ("same", "update")}


@pytest.mark.parametrize("stack", ["prod", "staging"])
def test_the_agency_keeps_everything_as_it_was_made(agency, stack):
    assert beyond_updates(dataclasses.replace(agency, stack=stack).preview()) == ADDED[stack]


@pytest.mark.full
@pytest.mark.parametrize("stack", ["prod", "staging"])
def test_no_rule_of_any_signal_is_lost_or_replaced(every_signal, stack):
    steps = beyond_updates(dataclasses.replace(every_signal, stack=stack).preview())
    assert {(op, key) for op, key in steps if op != "create"} == GONE[stack], "a signal that is new since is a creation"


def resource(exported: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A resource of an exported state, by TYPE::NAME."""
    resources: list[dict[str, Any]] = exported["deployment"]["resources"]
    return next(entry for entry in resources if entry["urn"].endswith(f"::{key}"))


def test_what_is_made_anew_or_lost_or_replaced_is_seen_and_an_update_is_not(engine, tmp_path):
    workspace = restored(AGENCY, tmp_path / "room", engine=engine)
    exported = read(AGENCY)["stacks"]["prod"]
    alert = resource(exported, ALERT.format("auth-system-down"))
    alert["urn"] = alert["urn"].replace("auth-system-down", "sign-in-down")
    for part in ("inputs", "outputs"):
        resource(exported, CHANNEL)[part]["accountName"] = "somebody-else"
        resource(exported, MONITOR)[part]["message"] = "Memory is high"
    put(workspace, exported)
    preview = workspace.preview()
    assert preview.changes["high-memory"] == "update"
    assert beyond_updates(preview) == {
        ("create", ALERT.format("auth-system-down")),
        ("delete", ALERT.format("sign-in-down")),
        ("replace", CHANNEL),
        *ADDED["prod"],
    }


@pytest.mark.parametrize("file", sorted(STATES.iterdir()), ids=lambda file: file.name)
def test_a_kept_state_says_nothing_of_the_machine_that_made_it(file):
    resources = [entry for state in read(file)["stacks"].values() for entry in state["deployment"]["resources"]]
    assert {word for entry in resources for word in OF_THE_MACHINE if word in entry} == set()
    assert json.dumps(resources).count("ciphertext") > 10, "keys are kept, encrypted"
