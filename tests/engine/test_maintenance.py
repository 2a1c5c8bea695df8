"""Planned windows on the real engine: a recurring one is made once and stays, and one that is over leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitoring.naming.type_tokens import DOWNTIME
from tests.engine.conftest import copied
from tests.engine.ours import configure, rewrite
from tests.engine.small import small_workspace
from tests.engine.workspace import Workspace

WINDOWS = """
reindex:
  title: Reindex
  time-zone: Europe/Berlin
  from: "2089-11-07 04:00"
  to: "2089-11-07 05:00"
  every: 1w
  until: "2090-06-30"
  rules: [shop-slow]
  environments: [prod]
  reason: the index grows
move:
  title: Move
  time-zone: Europe/Berlin
  from: "2090-01-09 04:00"
  to: "2090-01-09 05:00"
  services: all
  environments: [prod]
  still-wakes: [shop-failing]
  reason: another database
"""


def on(workspace: Workspace, day: str) -> Workspace:
    """The same workspace on another day, by the program's clock and by Datadog's."""
    configure(workspace.program / "Pulumi.prod.yaml", {"monitoring:today": day})
    workspace.account.set_datadog_clock(datetime.fromisoformat(day).replace(tzinfo=UTC))
    return workspace


def starts(workspace: Workspace) -> list[str]:
    """When each mute begins that stands in the account, sorted."""
    return sorted(_start(mute) for mute in workspace.account.objects(DOWNTIME).values())


def _start(mute: Mapping[str, Any]) -> str:
    again = mute.get("recurringSchedule")
    return str(again["recurrences"][0]["start"] if again else mute["oneTimeSchedule"]["start"])


@pytest.fixture(scope="module")
def brought_up(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Both windows, deployed some weeks after the recurring one opened first."""
    made = small_workspace(tmp_path_factory.mktemp("windows"), engine=engine, maintenance=WINDOWS)
    on(made, "2090-01-02").up()
    return made


@pytest.fixture
def workspace(brought_up: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of the test's own, on the day of the deployment."""
    return on(copied(brought_up, tmp_path / "room"), "2090-01-02")


def test_a_window_that_recurs_begins_with_its_next_opening_and_a_second_preview_is_empty(workspace: Workspace) -> None:
    assert starts(workspace) == ["2090-01-02T04:00:00", "2090-01-09T03:00:00Z"]
    workspace.must("preview", "--expect-no-changes")


def test_weeks_later_nothing_changes_though_the_start_has_passed(workspace: Workspace) -> None:
    on(workspace, "2090-01-08").must("preview", "--expect-no-changes")


def test_another_reason_makes_a_new_mute_from_the_next_opening_on_and_updates_none(workspace: Workspace) -> None:
    rewrite(on(workspace, "2090-02-01").program, "maintenance.yaml", "the index grows", "the index is large")
    workspace.up()
    assert starts(workspace) == ["2090-02-06T04:00:00"]
    workspace.must("preview", "--expect-no-changes")


def test_windows_that_are_over_leave_and_no_update_fails(workspace: Workspace) -> None:
    on(workspace, "2090-07-01").up()
    assert starts(workspace) == []
