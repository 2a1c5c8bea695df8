"""The collector is paused for a time, and is as it was afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from monitoring.collector import collect_rarely, gc_paused


@pytest.fixture(autouse=True)
def as_before():
    """Leaves the collector as it was found."""
    enabled, threshold = gc.isenabled(), gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    (gc.enable if enabled else gc.disable)()


def test_the_collector_is_paused_inside_and_runs_afterwards():
    gc.enable()
    with gc_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_did_not_run_does_not_run_afterwards():
    gc.disable()
    with gc_paused(), gc_paused():
        pass
    assert not gc.isenabled()


def test_a_failure_inside_ends_the_pause():
    gc.enable()
    with pytest.raises(KeyError), gc_paused(freeze=True):
        raise KeyError
    assert gc.isenabled()


@pytest.mark.parametrize("freeze", [pytest.param(False, id="is looked at later"), pytest.param(True, id="never is")])
def test_what_was_made_inside_is_frozen_where_it_is_asked_for(freeze: bool):
    frozen = gc.get_freeze_count()
    with gc_paused(freeze=freeze):
        pass
    assert (gc.get_freeze_count() > frozen) is freeze


def test_the_collector_runs_a_hundredth_as_often():
    collect_rarely()
    assert gc.get_threshold()[0] == 200_000


STATE_AFTER = """
import gc
before = gc.get_threshold()
import monitoring.{}
print(gc.isenabled(), gc.get_threshold() == before)
"""
ROOMS = ("__main__", "cli", "loader", "checks", "resources.sdks")


@pytest.mark.parametrize("room", ROOMS)
def test_an_import_leaves_the_collector_as_it_was(room: str):
    answer = subprocess.run(
        [sys.executable, "-c", STATE_AFTER.format(room)], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "True True\n"
