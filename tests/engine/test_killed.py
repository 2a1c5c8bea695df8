"""A first `up` of the project's own program that is cut short anywhere ends, by the documented steps, as declared."""

from __future__ import annotations

import dataclasses
import signal
from pathlib import Path

import pytest

from tests.engine import small
from tests.engine.accounts.faults import Fault
from tests.engine.conftest import copied
from tests.engine.workspace import KILLED, PATIENCE_SECONDS, Workspace, running, wait_for

MONITOR = "datadog:index/monitor:Monitor"
CALLS = 41
"""How many calls the first `up` of the small catalog makes: nine look-ups, a check and a creation of 16 resources."""
SAMPLE = {25}
"""Calls of the matrix that every run of the suite kills; `full` kills at all of them."""


@pytest.fixture(scope="module")
def small_once(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The project's own program with the small catalog, before its first `up`; only for copying."""
    return small.small_workspace(tmp_path_factory.mktemp("small"), engine=engine)


@pytest.fixture
def first(small_once: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of the test's own before its first `up`."""
    return copied(small_once, tmp_path / "room")


def test_the_matrix_below_knows_every_call(first):
    first.up()
    assert len(first.account.calls()) == CALLS
    assert len(first.state()) == 16


@pytest.mark.parametrize(
    ("nth", "fault"),
    [
        pytest.param(
            nth,
            fault,
            id=f"killed at call {nth}, {when} the vendor acted",
            marks=[] if nth in SAMPLE and when == "after" else pytest.mark.full,
        )
        for nth in range(1, CALLS + 1)
        for when, fault in (("before", Fault.KILL_ENGINE_BEFORE), ("after", Fault.KILL_ENGINE_AFTER))
    ],
)
def test_the_engine_may_be_killed_at_any_call_of_a_first_up(first, nth, fault):
    first.account.cause(fault, nth=nth)
    assert first.try_up().code == KILLED
    first.account.end_faults()
    small.recover(first)
    assert small.differences_from_declared(first) == []


def test_a_note_that_a_killed_run_left_empty_beside_the_state_is_deleted(first):
    folder = first.environment["PULUMI_BACKEND_URL"].removesuffix("?metadata=skip")
    with_notes = dataclasses.replace(first, stack="noted", extra={"PULUMI_BACKEND_URL": folder})
    with_notes.init()
    note = with_notes.room / "backend" / ".pulumi" / "stacks" / "monitoring" / "noted.json.attrs"
    note.write_text("")
    assert "failed to load checkpoint: EOF" in with_notes.run("cancel", "--yes").said
    note.unlink()
    with_notes.must("cancel", "--yes")


@pytest.mark.full
@pytest.mark.parametrize("fault", [Fault.KILL_PROVIDER_AFTER, Fault.LOSE_ANSWER], ids=["plugin dies", "answer lost"])
@pytest.mark.parametrize(
    "name", ["primary", "critical", "shop-slow", "shop-failing", "shop-critical-high", "shop-p0", "agency"]
)
def test_what_the_engine_has_no_note_of_is_found_by_its_name(first, fault, name):
    first.account.cause(fault, method="create", name=name)
    assert first.try_up().code not in (0, KILLED)
    first.account.end_faults()
    small.recover(first)
    assert small.differences_from_declared(first) == []


@pytest.mark.full
@pytest.mark.parametrize("vendor", ["datadog", "pagerduty", "sentry"])
def test_a_limit_with_its_reset_only_takes_time(first, vendor):
    number = first.account.cause(Fault.RATE_LIMIT, vendor=vendor, method="create", times=2, seconds=0.5)
    first.up()
    assert first.account.hits(number) == 2
    assert small.differences_from_declared(first) == []


@pytest.mark.full
@pytest.mark.parametrize("vendor", ["datadog", "pagerduty", "sentry"])
def test_an_outage_of_a_vendor_ends_the_run_and_the_next_one_goes_on(first, vendor):
    first.account.cause(Fault.SERVER_ERROR, vendor=vendor, method="create", nth=2, times=1_000)
    run = first.try_up()
    assert run.code not in (0, KILLED)
    assert "503" in run.said
    first.account.end_faults()
    first.up()
    assert small.differences_from_declared(first) == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.HANG, id="before it acts", marks=pytest.mark.full),
        pytest.param(Fault.HANG_AFTER, id="after it acted", marks=pytest.mark.full),
    ],
)
def test_a_vendor_that_never_answers_is_waited_for_until_an_interrupt(first, fault):
    hang = first.account.cause(fault, type_=MONITOR, method="create")
    with running(first.start("up", "--yes", "--skip-preview")) as process:
        wait_for(lambda: first.account.hits(hang), what="the creation that hangs")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode not in (0, KILLED)
    first.account.end_faults()
    small.recover(first)
    assert small.differences_from_declared(first) == []


@pytest.mark.full
def test_a_second_up_is_refused_while_the_first_runs(first):
    hang = first.account.cause(Fault.HANG, type_=MONITOR, method="create")
    with running(first.start("up", "--yes", "--skip-preview")) as process:
        wait_for(lambda: first.account.hits(hang), what="the creation that hangs")
        second = dataclasses.replace(first).try_up()
        first.account.end_faults()
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert second.code != 0
    assert "locked" in second.said
    assert small.differences_from_declared(first) == []


@pytest.mark.full
def test_two_that_start_at_the_same_moment_make_nothing_twice(first):
    with running(first.start("up", "--yes", "--skip-preview")) as one:
        with running(first.start("up", "--yes", "--skip-preview")) as other:
            other.communicate(timeout=PATIENCE_SECONDS)
        one.communicate(timeout=PATIENCE_SECONDS)
    assert [one.returncode, other.returncode] != [0, 0] or len(first.account.objects(MONITOR)) == 1
    small.recover(first)
    assert small.differences_from_declared(first) == []
