"""What one change of the catalog is at the vendors: updates in place, of just what says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from monitoring.pipelines.operations import WORDS
from monitoring.preview.apart import plans_apart
from monitoring.preview.facts import demands
from monitoring.review.plans import VendorWord, operations
from monitoring.review.sides import folder_side
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


# --- the same, as a review names it ----------------------------------------------------------------------------


def catalog_files(workspace: Workspace) -> Mapping[str, bytes]:
    """The files of a workspace's catalog."""
    return folder_side(workspace.program / "catalog").files


def reviewed_words(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, str]:
    """What a review says of each resource of which its vendor is asked something."""
    day = date.fromisoformat(own.TODAY)
    old, new = (plans_apart(files, ["prod"], day, "a side")["prod"] for files in (before, after))
    changes = operations(old, new, lambda token: demands(token).replaced_by)
    return {each.key: str(each.word) for each in changes if each.word not in (VendorWord.SAME, VendorWord.READ)}


def rearranged(workspace: Workspace) -> None:
    """A renamed rule, one rule less, and another Slack account, which Datadog never changes in place."""
    renamed(workspace)
    (workspace.program / "catalog" / "expectations.yaml").unlink()
    own.rewrite(workspace.program, "platform.yaml", "slack-account: youragency", "slack-account: ouragency")
    (workspace.program / "runbooks" / "certificate-expiring.md").unlink()
    path = workspace.program / "catalog" / "services" / "website.yaml"
    text = path.read_text()
    start = text.index("  - id: certificate-expiring\n")
    end = text.find("  - id: ", start + 1)
    path.write_text(text[:start] + (text[end:] if end > 0 else ""))


@pytest.mark.full
def test_a_review_names_the_operations_that_the_engine_names(ours):
    before = catalog_files(ours)
    rearranged(ours)
    named = {key: WORDS[step["op"]] for key, step in changed_steps(ours).items()}
    assert reviewed_words(before, catalog_files(ours)) == named
    assert set(named.values()) == {"update", "delete", "replace"}
