"""A receiver of each kind, brought up on the real engine against the emulated accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.accounts.http import address_of
from tests.engine.ours import TODAY, configure, rewrite
from tests.engine.small import CHANGES, adopt, small_workspace
from tests.engine.workspace import Workspace
from tests.factories import texts
from tests.resources.receivers import ACCOUNTS, MORE

ADDRESS = "https://hooks.youragency.com/5e1f"
ALERT = "sentry:index/alert:Alert"
ROUTE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
TEAMS = "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle"
WEBHOOK = "datadog:index/webhook:Webhook"


@pytest.fixture(scope="module")
def workspace(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small catalog with a receiver of each kind, with the address of its webhook configured, and brought up."""
    room = tmp_path_factory.mktemp("receivers")
    route = ("teams.yaml", "P0: {page: critical, slack: [alerts]}", f"P0: {{page: critical, {MORE}}}")
    found = texts(*CHANGES, *ACCOUNTS, route)
    own = {name: found[f"{name}.yaml"].decode() for name in ("platform", "teams")}
    made = small_workspace(room, engine=engine, **own)
    made.must("config", "set", "datadog:apiUrl", f"{address_of(made.account.store)}/")
    made.must("config", "set", "--secret", "--path", "monitoring:webhooks.status-board", ADDRESS)
    made.up()
    return made


def test_nothing_differs_after_the_first_update(workspace):
    assert workspace.preview("--expect-no-changes").changes == {}
    drift = workspace.drift()
    assert drift.code == 0, drift.said


def test_each_vendor_writes_where_it_can(workspace):
    (route,) = [rule for rule in workspace.account.objects(ROUTE).values() if "shop-p0" in rule["name"]]
    handles = {"slack-youragency-alerts", "teams-web", "webhook-status-board", "opsgenie-Platform_1"}
    recipients = route["conditionalRecipients"]
    for heard in (recipients["conditions"][0]["recipients"], recipients["fallbackRecipients"]):
        assert set(heard) - {"pagerduty-shop-critical-high"} == handles
    (alert,) = workspace.account.objects(ALERT).values()
    actions = alert["actionFilters"][0]["actions"]
    assert [kind for action in actions for kind, value in action.items() if value] == ["pagerduty", "slack", "webhook"]


def test_the_address_of_a_webhook_stands_in_no_state_as_plain_text(workspace):
    assert [webhook["url"] for webhook in workspace.account.objects(WEBHOOK).values()] == [ADDRESS]
    files = [path for path in (workspace.room / "backend").rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if ADDRESS in path.read_text()] == []


def test_what_exists_already_is_found_before_it_is_made_twice(workspace):
    assert "Datadog has" not in adopt(workspace).said


NEEDS = [
    pytest.param("status-board-1a2b3c", "status-board-9", "shows no internal integration", id="sentry's integration"),
    pytest.param("channel: Web alerts", "channel: Alarms", 'sees no channel "Alarms"', id="a channel of teams"),
    pytest.param("opsgenie: [Platform_1]", "opsgenie: [Platform_1, Web]", "no Opsgenie service", id="opsgenie"),
]


@pytest.mark.parametrize(("old", "new", "says"), NEEDS)
def test_what_people_must_make_is_named_before_anything_changes(workspace, old, new, says):
    rewrite(workspace.program, "platform.yaml", old, new)
    if "Web]" in new:
        rewrite(workspace.program, "teams.yaml", "opsgenie: [Platform_1]", "opsgenie: [Web]")
    try:
        run = workspace.run("preview")
        assert run.code != 0
        assert says in run.said
    finally:
        rewrite(workspace.program, "platform.yaml", new, old)
        if "Web]" in new:
            rewrite(workspace.program, "teams.yaml", "opsgenie: [Web]", "opsgenie: [Platform_1]")


def test_a_webhook_without_an_address_is_named_before_anything_changes(workspace):
    stack = workspace.program / f"Pulumi.{workspace.stack}.yaml"
    before = stack.read_text()
    try:
        configure(stack, {"monitoring:webhooks": None, "monitoring:today": TODAY})
        run = workspace.run("preview")
        assert run.code != 0
        assert 'monitoring:webhooks has no address of "status-board"' in run.said
    finally:
        stack.write_text(before)
