"""Runs that are cut short, and vendors that do not answer: one more `up` ends in the declared state, nothing twice."""

import signal
from collections.abc import Mapping
from typing import Any

import pytest

from tests.engine import declarations as d
from tests.engine.accounts.faults import Fault
from tests.engine.workspace import KILLED, PATIENCE_SECONDS, Workspace, running, wait_for

POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
MONITOR = "datadog:index/monitor:Monitor"


def settle(workspace: Workspace) -> None:
    """The documented steps after a run that was cut short: free the lock, take over or clear what was left, go on."""
    workspace.account.end_faults()
    if workspace.locked():
        workspace.must("cancel", "--yes")
    left = {one["urn"]: twin_of(workspace, one) for one in workspace.pending()}
    if left:
        workspace.must("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    for urn, id_ in left.items():
        if id_:
            adopt(workspace, urn, id_)
    workspace.up()


def adopt(workspace: Workspace, urn: str, id_: str) -> None:
    """Take an object into the state; `refresh --import-pending-creates` of 3.259 only forgets the pending creation."""
    type_, name = urn.split("::")[2].rsplit("$", 1)[-1], urn.rsplit("::", 1)[1]
    workspace.must("import", type_, name, id_, "--yes", "--protect=false", "--generate-code=false")


def twin_of(workspace: Workspace, pending: Mapping[str, Any]) -> str | None:
    """The id of the object that a killed creation left in the account without the state knowing it."""
    known = {one.get("id") for one in workspace.state().values()}
    objects = workspace.account.objects(pending["type"])
    orphans = [id_ for id_, body in objects.items() if body["name"] == pending["inputs"]["name"] and id_ not in known]
    return orphans[0] if orphans else None


def declared_once(workspace: Workspace) -> None:
    """Fails unless the account holds exactly what the state knows, and a preview wants nothing more."""
    known = {(urn.split("::")[2].rsplit("$", 1)[-1], one["id"]) for urn, one in workspace.state().items()}
    there = {(type_, id_) for type_, objects in workspace.account.everything().items() for id_ in objects}
    assert {pair for pair in there if pair[0] != "sentry:index/project:Project"} == known
    assert workspace.preview("--expect-no-changes").changes == {}


def small() -> list[d.Entry]:
    """A policy with its schedule, a service, a monitor: three vendors' worth of steps in little time."""
    return [*d.paging()[:4], d.entry(MONITOR, "payments-slow", d.a_monitor())]


def test_a_killed_creation_is_taken_up_again(workspace):
    workspace.declare(*small())
    workspace.account.cause(Fault.KILL_ENGINE_AFTER, method="create", name="payments-slow")
    assert workspace.try_up().code == KILLED
    assert [one["type"] for one in workspace.pending()].count(MONITOR) == 1
    settle(workspace)
    declared_once(workspace)


CALLS = 9
"""How many calls an `up` of the small program makes: a look-up, and a check and a creation for each resource."""


@pytest.mark.full
def test_the_matrix_below_knows_every_call(workspace):
    workspace.declare(*small())
    workspace.up()
    assert len(workspace.account.calls()) == CALLS


@pytest.mark.full
@pytest.mark.parametrize("fault", [Fault.KILL_ENGINE_BEFORE, Fault.KILL_ENGINE_AFTER], ids=["before", "after"])
@pytest.mark.parametrize("nth", range(1, CALLS + 1))
def test_the_engine_may_be_killed_at_any_call(workspace, fault, nth):
    workspace.declare(*small())
    workspace.account.cause(fault, nth=nth)
    assert workspace.try_up().code == KILLED
    settle(workspace)
    declared_once(workspace)


@pytest.mark.full
def test_a_plugin_that_dies_fails_the_run_and_not_the_next(workspace):
    workspace.declare(*small())
    workspace.account.cause(Fault.KILL_PROVIDER_BEFORE, method="create", name="critical")
    assert workspace.try_up().code not in (0, KILLED)
    settle(workspace)
    declared_once(workspace)


@pytest.mark.full
def test_what_a_dead_plugin_had_made_is_refused_as_a_twin_until_it_is_adopted(workspace):
    workspace.declare(*small())
    workspace.account.cause(Fault.KILL_PROVIDER_AFTER, method="create", name="critical")
    assert workspace.try_up().code not in (0, KILLED)
    assert workspace.pending() == [], "the engine takes the creation for failed and keeps no note of it"
    assert "has already been taken" in workspace.try_up().said
    adopt(workspace, f"urn:pulumi:prod::monitoring::{POLICY}::critical", workspace.account.one(POLICY).id)
    workspace.up()
    declared_once(workspace)


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        pytest.param(Fault.RATE_LIMIT, 0.3, id="429 with a reset"),
        pytest.param(Fault.SERVER_ERROR, 0, id="503", marks=pytest.mark.full),
    ],
)
def test_what_the_vendors_client_repeats_goes_unnoticed(workspace, fault, seconds):
    workspace.declare(d.entry(MONITOR, "payments-slow", d.a_monitor()))
    number = workspace.account.cause(fault, method="create", times=2, seconds=seconds)
    workspace.up()
    assert workspace.account.hits(number) == 2
    declared_once(workspace)


@pytest.mark.full
def test_an_outage_fails_and_the_next_run_goes_on(workspace):
    workspace.declare(*small())
    workspace.account.cause(Fault.SERVER_ERROR, vendor="datadog", method="create", times=100)
    run = workspace.try_up()
    assert run.code != 0
    assert "503" in run.said
    workspace.account.end_faults()
    workspace.up()
    declared_once(workspace)


@pytest.mark.full
def test_a_half_done_creation_is_known_and_finished(workspace):
    workspace.declare(*small())
    workspace.account.cause(Fault.HALF_DONE, method="create", name="payments-slow")
    assert workspace.try_up().code != 0
    workspace.account.end_faults()
    workspace.up()
    declared_once(workspace)


@pytest.mark.full
def test_a_lost_answer_leaves_an_object_that_the_next_run_does_not_know(workspace):
    workspace.declare(*small())
    workspace.account.cause(Fault.LOSE_ANSWER, method="create", name="payments-slow")
    assert workspace.try_up().code != 0
    workspace.account.end_faults()
    workspace.up()
    assert len(workspace.account.objects(MONITOR)) == 2, "Datadog takes two monitors of one name"


def test_a_hang_ends_when_somebody_interrupts(workspace):
    workspace.declare(*small())
    hang = workspace.account.cause(Fault.HANG, method="create", name="payments-slow")
    with running(workspace.start("up", "--yes", "--skip-preview")) as process:
        wait_for(lambda: workspace.account.hits(hang), what="the creation that hangs")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode != 0
    settle(workspace)
    declared_once(workspace)
