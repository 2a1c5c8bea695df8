"""Slack by PagerDuty on the real engine: what is made, what is missing, and a workspace that changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.small import small_workspace
from tests.engine.test_elsewhere import PLATFORM, SHOP, TEAMS
from tests.engine.workspace import Workspace

CONNECTION = "pagerduty:index/slackConnection:SlackConnection"
ROUTED = TEAMS.replace("{page: critical}", "{page: critical, slack: [alerts]}")
POSTING = PLATFORM.replace("subdomain: youragency", "subdomain: youragency, slack: true")


@pytest.fixture(scope="module")
def workspace(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two rules that are posted and one that is not, before the ids are configured."""
    room = tmp_path_factory.mktemp("slack")
    return small_workspace(room, engine=engine, platform=POSTING, teams=ROUTED, services_shop=SHOP)


def test_a_workspace_and_its_channels_are_connected_and_follow_the_configuration(workspace: Workspace):
    assert "PAGERDUTY_USER_TOKEN" in refused(workspace)
    posting = replace(workspace, extra={"PAGERDUTY_USER_TOKEN": "u+example"})
    assert "monitoring:slack has no id of workspace, channels.alerts" in refused(posting)
    posting.must("config", "set", "--path", "monitoring:slack.workspace", "T024BE7LD")
    posting.must("config", "set", "--path", "monitoring:slack.channels.alerts", "C024BE91L")
    posting.up()
    made = posting.account.objects(CONNECTION)
    assert [(each["workspaceId"], each["channelId"]) for each in made.values()] == [("T024BE7LD", "C024BE91L")] * 2
    assert posting.preview("--expect-no-changes").changes == {}
    assert posting.drift().code == 0
    posting.must("config", "set", "--path", "monitoring:slack.workspace", "T99999999")
    posting.up()
    assert made.keys().isdisjoint(posting.account.objects(CONNECTION)), "each is made anew"


def refused(workspace: Workspace) -> str:
    """What a preview says that ends before anything is asked."""
    preview = workspace.run("preview")
    assert preview.code != 0
    return preview.said
