"""`monitoring plan` on the real engine: an operation that was not reviewed stops it, another order of them passes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from typer.testing import CliRunner, Result

from monitoring.cli import application
from monitoring.cli.ci.stack import PLAN_NAMED
from monitoring.errors import UsageError
from tests.engine import declarations as d
from tests.engine.workspace import REPOSITORY, Workspace

MONITOR = "datadog:index/monitor:Monitor"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"


def plan(place: Workspace, *words: str) -> Result:
    """What `monitoring plan` answers about the workspace's stack."""
    folder = str(place.program)
    with mock.patch.dict(os.environ, place.environment, clear=True):
        return CliRunner().invoke(application(["plan"]), ["plan", *words, "--stack", place.stack, "--cwd", folder])


def declared(place: Workspace) -> list[d.Entry]:
    entries: list[d.Entry] = json.loads((place.program / "resources.json").read_text())
    return entries


@pytest.fixture
def reviewed(deployed: Workspace) -> Path:
    """The saved plan of a change that raises a threshold and adds a monitor."""
    raised = [
        d.entry(MONITOR, "payments-slow", d.a_monitor(critical=5)) if entry["name"] == "payments-slow" else entry
        for entry in declared(deployed)
    ]
    deployed.declare(*raised, d.entry(MONITOR, "shop-slow", d.a_monitor(name="The shop is slow")))
    file = deployed.room / "plan.json"
    made = plan(deployed, "save", str(file))
    assert made.exit_code == 0, made.output + str(made.exception)
    assert 'Monitor "shop-slow": create' in made.stdout
    assert 'Monitor "payments-slow": update (monitorThresholds.critical, query)' in made.stdout
    return file


def test_the_same_program_in_another_order_is_the_reviewed_plan(deployed: Workspace, reviewed: Path) -> None:
    first, *rest, last = declared(deployed)
    deployed.declare(first, last, *rest)
    answer = plan(deployed, "compare", str(reviewed))
    assert (answer.exit_code, "Every operation is the reviewed one" in answer.stdout) == (0, True), answer.output


def test_one_operation_more_stops(deployed: Workspace, reviewed: Path) -> None:
    before = deployed.account.everything()
    deployed.declare(*declared(deployed), d.entry(MONITOR, "till-slow", d.a_monitor(name="The till is slow")))
    answer = plan(deployed, "compare", str(reviewed))
    assert answer.exit_code == 1, answer.output
    assert answer.stdout.splitlines()[0] == 'Monitor "till-slow": create now; the reviewed plan has nothing'
    assert deployed.account.everything() == before


def test_one_operation_less_stops(deployed: Workspace, reviewed: Path) -> None:
    deployed.declare(*[entry for entry in declared(deployed) if entry["name"] != "shop-slow"])
    answer = plan(deployed, "compare", str(reviewed))
    assert answer.exit_code == 1, answer.output
    assert answer.stdout.splitlines()[0] == 'Monitor "shop-slow": nothing now; the reviewed plan has create'


def test_the_same_operations_with_another_value_stop(deployed: Workspace, reviewed: Path) -> None:
    deployed.declare(
        *[
            d.entry(MONITOR, "payments-slow", d.a_monitor(critical=50)) if entry["name"] == "payments-slow" else entry
            for entry in declared(deployed)
        ]
    )
    answer = plan(deployed, "compare", str(reviewed))
    assert answer.exit_code == 1, answer.output
    assert 'Monitor "payments-slow": update (monitorThresholds.critical, query) now sends other values' in answer.stdout


def test_what_was_done_in_the_meantime_stops_unless_it_is_allowed(deployed: Workspace, reviewed: Path) -> None:
    deployed.up()
    assert plan(deployed, "compare", str(reviewed)).exit_code == 1
    assert plan(deployed, "compare", str(reviewed), "--allow-done").exit_code == 0


def test_a_preview_that_fails_is_no_plan(deployed: Workspace, reviewed: Path) -> None:
    (deployed.program / "resources.json").write_text("no JSON")
    answer = plan(deployed, "compare", str(reviewed))
    assert isinstance(answer.exception, UsageError)
    assert "nobody knows what an update would do" in str(answer.exception)


# --- Pulumi's own plan, the second line ------------------------------------------------------------------------


@pytest.fixture
def held(deployed: Workspace, reviewed: Path) -> Path:
    """Pulumi's plan of what was just compared and is the reviewed one."""
    file = deployed.room / "pulumi-plan.json"
    answer = plan(deployed, "compare", str(reviewed), "--pulumi-plan", str(file))
    assert answer.exit_code == 0, answer.output + str(answer.exception)
    return file


def up(place: Workspace, held: Path) -> subprocess.CompletedProcess[str]:
    """How an update ends that is held to Pulumi's plan, and what is said of it."""
    words = ["ci", "up", "--pulumi-plan", str(held), "--stack", place.stack, "--cwd", str(place.program)]
    command = [sys.executable, "-m", "monitoring", *words]
    return subprocess.run(command, cwd=REPOSITORY, env=place.environment, capture_output=True, text=True)


def monitors(place: Workspace) -> dict[str, str]:
    """The query of each monitor that Datadog holds, by its name."""
    return {str(each["name"]): str(each["query"]) for each in place.account.objects(MONITOR).values()}


def test_what_was_compared_is_done_and_a_second_time_nothing(deployed: Workspace, reviewed: Path, held: Path) -> None:
    done = up(deployed, held)
    assert (done.returncode, "The update is done." in done.stdout) == (0, True), done.stdout + done.stderr
    assert "The shop is slow" in monitors(deployed)
    plan(deployed, "compare", str(reviewed), "--allow-done", "--pulumi-plan", str(held))
    again = up(deployed, held)
    assert again.returncode == 0, again.stdout + again.stderr
    assert deployed.preview().changes == {}


def test_pulumi_s_plan_holds_no_key_that_can_be_read(deployed: Workspace, held: Path) -> None:
    keys = [each["integrationKey"] for each in deployed.account.objects(INTEGRATION).values()]
    assert keys
    assert all(str(key) not in held.read_text() for key in keys)


def test_a_resource_that_came_after_the_comparison_is_not_made(deployed: Workspace, held: Path) -> None:
    deployed.declare(*declared(deployed), d.entry(MONITOR, "till-slow", d.a_monitor(name="The till is slow")))
    stopped = up(deployed, held)
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert "create is not allowed by the plan" in stopped.stdout
    assert PLAN_NAMED in stopped.stdout
    assert "The till is slow" not in monitors(deployed)


def test_a_value_that_came_after_the_comparison_is_not_sent(deployed: Workspace, held: Path) -> None:
    slow = d.entry(MONITOR, "payments-slow", d.a_monitor(critical=50))
    deployed.declare(*[slow if entry["name"] == "payments-slow" else entry for entry in declared(deployed)])
    stopped = up(deployed, held)
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert "violates plan" in stopped.stdout
    assert not any(query.endswith("> 50") for query in monitors(deployed).values())


def test_a_resource_that_went_after_the_comparison_is_not_deleted(deployed: Workspace, held: Path) -> None:
    deployed.declare(*[entry for entry in declared(deployed) if entry["name"] != "board"])
    stopped = up(deployed, held)
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert "delete is not allowed by the plan" in stopped.stdout
    assert len(deployed.account.objects(DASHBOARD)) == 1


def test_a_replacement_a_rename_a_deletion_and_keys_that_are_not_known_yet_pass(
    deployed: Workspace, tmp_path: Path
) -> None:
    """An integration is replaced, so that the rows and objects with its secret key are updated to one yet unknown."""
    entries = {entry["name"]: entry for entry in declared(deployed) if entry["name"] != "sunday"}
    entries["board"] |= {"name": "desk", "options": {"aliases": ["board"]}}
    entries["payments-key"]["properties"]["type"] = "generic_events_api_inbound_integration"
    deployed.declare(*entries.values())
    file, held = tmp_path / "plan.json", tmp_path / "pulumi-plan.json"
    made = plan(deployed, "save", str(file))
    assert made.exit_code == 0, made.output + str(made.exception)
    words = ("rename, before board", "delete", "replace (type)", "update (serviceKey)")
    assert all(word in made.stdout for word in words), made.stdout
    assert plan(deployed, "compare", str(file), "--pulumi-plan", str(held)).exit_code == 0
    done = up(deployed, held)
    assert done.returncode == 0, done.stdout + done.stderr
    assert deployed.preview().changes == {}


def test_what_is_not_the_reviewed_plan_leaves_no_plan_that_an_update_could_be_held_to(
    deployed: Workspace, reviewed: Path, tmp_path: Path
) -> None:
    held = tmp_path / "pulumi-plan.json"
    held.write_text("of an earlier comparison")
    deployed.declare(*declared(deployed), d.entry(MONITOR, "till-slow", d.a_monitor(name="The till is slow")))
    assert plan(deployed, "compare", str(reviewed), "--pulumi-plan", str(held)).exit_code == 1
    assert not held.exists()
