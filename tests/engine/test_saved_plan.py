"""`monitoring plan` on the real engine: an operation that was not reviewed stops it, another order of them passes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from unittest import mock

import pytest
from typer.testing import CliRunner, Result

from monitoring.cli import application
from monitoring.errors import UsageError
from tests.engine import declarations as d
from tests.engine.workspace import Workspace

MONITOR = "datadog:index/monitor:Monitor"


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
