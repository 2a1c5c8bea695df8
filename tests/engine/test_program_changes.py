"""What one change of the catalog is at the vendors: updates in place, of just what says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.engine import ours as own
from tests.engine.workspace import Workspace, is_plumbing

DASHBOARD = "datadog:index/dashboardJson:DashboardJson::agency"
MONITOR = "sentry:index/metricMonitor:MetricMonitor::{}"
ALERT = "sentry:index/alert:Alert::{}"
OLD, NEW = "payment-processing-failing", "payments-failing"


def changed_steps(workspace: Workspace) -> dict[str, Mapping[str, Any]]:
    """The steps of a preview that change something, by TYPE::NAME."""
    steps = json.loads(workspace.must("preview", "--json").out)["steps"]
    others = (step for step in steps if step["op"] != "same" and not is_plumbing(step["urn"]))
    return {step["urn"].split("::", 2)[2]: step for step in others}


def properties(step: Mapping[str, Any]) -> set[str]:
    """The outermost properties that a step changes; where a provider names no paths, the engine still names these."""
    return {place.replace("[", ".").split(".")[0] for place in step["detailedDiff"] or step["diffReasons"]}


def test_a_threshold_at_sentry_changes_one_property_of_one_resource(ours):
    own.rewrite(
        ours.program, "services/payments.yaml",
        "errors: {project: web, where: {feature: payments}, more-than: 10, within: 5m}",
        "errors: {project: web, where: {feature: payments}, more-than: 12, within: 5m}",
    )  # fmt: skip
    steps = changed_steps(ours)
    assert {key: (step["op"], properties(step)) for key, step in steps.items()} == {
        MONITOR.format(OLD): ("update", {"conditionGroup"}),
    }
    step = steps[MONITOR.format(OLD)]
    before, after = (step[state]["inputs"]["conditionGroup"]["conditions"] for state in ("oldState", "newState"))
    assert [one["comparison"] for one in before] == [10, 10]
    assert [one["comparison"] for one in after] == [12, 12], "where it opens, and where it resolves"


def renamed(workspace: Workspace) -> None:
    """Give a rule and its runbook another id, and say which it had."""
    runbooks = workspace.program / "runbooks"
    (runbooks / f"{OLD}.md").rename(runbooks / f"{NEW}.md")
    for path in (workspace.program / "catalog").rglob("*.yaml"):
        path.write_text(path.read_text().replace(OLD, NEW))
    own.rewrite(
        workspace.program, "services/payments.yaml", f"  - id: {NEW}\n", f"  - id: {NEW}\n    formerly: [{OLD}]\n"
    )


@pytest.mark.full
def test_a_renamed_rule_keeps_its_objects_and_only_its_name_is_written_anew(ours):
    ids = {type_: set(objects) for type_, objects in ours.account.everything().items()}
    before = texts(ours)
    renamed(ours)
    steps = changed_steps(ours)
    assert set(steps) == {MONITOR.format(NEW), ALERT.format(NEW), DASHBOARD}
    assert {step["op"] for step in steps.values()} == {"update"}
    ours.up()
    assert {type_: set(objects) for type_, objects in ours.account.everything().items()} == ids
    assert texts(ours) == {text.replace(OLD, NEW) for text in before}


def texts(workspace: Workspace) -> set[str]:
    """Everything in the accounts, as texts."""
    objects = workspace.account.everything().values()
    return {json.dumps(body, sort_keys=True) for by_id in objects for body in by_id.values()}
