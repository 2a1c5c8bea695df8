"""What is edited, paused or deleted by hand: the drift command names it in our words, and `up` puts it back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitoring.drift.answer import SAVE
from monitoring.drift.blind_spots import BLIND_SPOTS
from tests.engine.accounts.facts import names_paths
from tests.engine.accounts.faults import Fault
from tests.engine.accounts.store import Stored
from tests.engine.conftest import copied
from tests.engine.workspace import Run, Workspace

MONITOR = "datadog:index/monitor:Monitor"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
ROUTE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
MUTE = "datadog:index/downtimeSchedule:DowntimeSchedule"
BOARD = "datadog:index/dashboardJson:DashboardJson"
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
HANDLE = "datadog:pagerduty/serviceObject:ServiceObject"
CHANNEL = "datadog:slack/channel:Channel"
SCHEDULE = "pagerduty:index/schedule:Schedule"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
SERVICE = "pagerduty:index/service:Service"
KEY = "pagerduty:index/serviceIntegration:ServiceIntegration"
TEAM = "pagerduty:index/team:Team"
ALERT = "sentry:index/alert:Alert"
METRIC = "sentry:index/metricMonitor:MetricMonitor"
CRON = "sentry:index/cronMonitor:CronMonitor"
UPTIME = "sentry:index/uptimeMonitor:UptimeMonitor"
VARIABLE = "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"

REGIONS = ["aws:ap-southeast-1", "aws:eu-central-1", "aws:us-east-1"]
ROUTED = ["env:prod", "managed-by:agency-monitoring", "service:website", "severity:p1", "team:platform"]
SECRET = "[secret]"


@dataclass(frozen=True)
class Edit:
    """One change by hand: of which resource, whose that is in the catalog, and how the difference has to read."""

    type: str
    name: str
    owner: str
    changed: Mapping[str, Any]
    path: str
    declared: Any
    held: Any


def retitled(board: Mapping[str, Any]) -> Mapping[str, Any]:
    """A dashboard in which somebody gave the first widget another title."""
    content = json.loads(board["dashboard"])
    content["widgets"][0]["definition"]["title"] = "Nothing to see"
    return {"dashboard": json.dumps(content)}


HOUR = {"start": "2026-12-06T03:00:00Z", "end": "2026-12-06T05:00:00Z"}
SHOWN = {"message": False, "muteButtons": False, "notified": True, "snapshot": True, "tags": True}
TITLE = "dashboard.widgets[0].definition.title"
END = "oneTimeSchedule.end"
IN_OURS = {
    "a monitor matters less": Edit(MONITOR, "high-memory", "rule high-memory", {"priority": "5"}, "priority", "3", "5"),
    "a test is paused": Edit(
        TEST, "website-uptime", "rule website-uptime", {"status": "paused"}, "status", "live", "paused"
    ),
    "a test asks from one region": Edit(
        TEST, "api-uptime-head", "rule api-uptime", {"locations": REGIONS[1:2]}, "locations", REGIONS, REGIONS[1:2]
    ),
    "a route catches nothing": Edit(
        ROUTE, "website-p1", "service website", {"filter": {"tags": ["env:x"]}}, "filter.tags", ROUTED, ["env:x"]
    ),
    "a mute lasts longer": Edit(
        MUTE, "database-upgrade-2026-12-api", "maintenance window database-upgrade-2026-12",
        {"oneTimeSchedule": HOUR}, END, "2026-12-06T04:00:00Z", HOUR["end"],
    ),
    "a channel is told less": Edit(
        CHANNEL, "alerts-critical", "platform", {"display": SHOWN}, "display.message", True, False
    ),
    "an alert is disabled": Edit(
        ALERT, "database-failure", "rule database-failure", {"enabled": False}, "enabled", True, False
    ),
    "a monitor is disabled": Edit(
        METRIC, "payment-processing-failing", "rule payment-processing-failing", {"enabled": False},
        "enabled", True, False,
    ),
    "a monitor looks at an hour": Edit(
        METRIC, "elevated-error-rate", "rule elevated-error-rate", {"timeWindowSeconds": 3600.0},
        "timeWindowSeconds", 600, 3600,
    ),
    "a row has another key": Edit(
        ROW, "auth-critical-high", "service auth", {"integrationKey": "f" * 32}, "integrationKey", SECRET, SECRET
    ),
    "a policy asks once": Edit(POLICY, "critical", "policy critical", {"numLoops": 0.0}, "numLoops", 3, 0),
    "a schedule is in London": Edit(
        SCHEDULE, "primary", "schedule primary", {"timeZone": "Europe/London"},
        "timeZone", "Europe/Berlin", "Europe/London",
    ),
    "an incident stays acknowledged": Edit(
        SERVICE, "auth-critical-high", "service auth", {"acknowledgementTimeout": "null"},
        "acknowledgementTimeout", "1800", "null",
    ),
    "a key has another name": Edit(
        KEY, "auth-critical-high-sentry", "service auth", {"name": "Old"}, "name", "Sentry", "Old"
    ),
    "a team is described anew": Edit(
        TEAM, "platform", "team platform", {"description": "All of us"},
        "description", "Platform, oncall@youragency.com", "All of us",
    ),
}  # fmt: skip
IN_EVERY = {
    "an objective is lower": Edit(
        SLO, "shop-orders-slowly", "rule shop-orders-slowly",
        {"thresholds": [{"timeframe": "7d", "target": 90.0}]}, "thresholds[0].target", 99.5, 90,
    ),
    "a job may be late": Edit(
        CRON, "shop-nightly", "rule shop-nightly", {"checkinMarginMinutes": 600.0}, "checkinMarginMinutes", 10, 600
    ),
    "sentry asks once an hour": Edit(
        UPTIME, "shop-seen", "rule shop-seen", {"intervalSeconds": 3600.0}, "intervalSeconds", 60, 3600
    ),
    "a secret is described anew": Edit(
        VARIABLE, "probe-token", "platform", {"description": "Ours"},
        "description", "What tests of Agency platform send in prod: probe-token", "Ours",
    ),
}  # fmt: skip
BOARD_EDIT = Edit(BOARD, "agency", "platform", {}, TITLE, "What is firing now", "Nothing to see")
GONE = {
    "Datadog": (ROUTE, "website-p3", "service website"),
    "PagerDuty": (TEAM, "security", "team security"),
    "Sentry": (ALERT, "auth-system-down", "rule auth-system-down"),
}
BLIND: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "Datadog, pagerduty.ServiceObject.serviceKey": (HANDLE, "api-standard-high", {"serviceKey": "0" * 32}),
    "PagerDuty, Service.alertCreation": (SERVICE, "auth-critical-high", {"alertCreation": "create_incidents"}),
    "Sentry, project of MetricMonitor, CronMonitor and UptimeMonitor": (
        METRIC,
        "database-failure",
        {"project": "another"},
    ),
}


def drift(workspace: Workspace, *words: str) -> Run:
    """What `monitoring drift` says about a workspace's stack."""
    catalog = ["--catalog", str(workspace.program / "catalog"), "--cwd", str(workspace.program)]
    command = [sys.executable, "-m", "monitoring", "drift", "--stack", workspace.stack, *catalog, *words]
    run = subprocess.run(command, env=workspace.environment, cwd=workspace.room, capture_output=True, text=True)
    return Run(run.returncode, run.stdout, run.stderr)


def declared(workspace: Workspace, type_: str, name: str) -> Stored:
    """The object in the account that a resource of the program stands for."""
    id_ = next(held["id"] for urn, held in workspace.state().items() if urn.endswith(f"::{type_}::{name}"))
    stored = workspace.account.store.get(type_, id_)
    assert stored
    return stored


def edit(workspace: Workspace, type_: str, name: str, changed: Mapping[str, Any]) -> None:
    """Change what a resource stands for in the vendor's own pages."""
    workspace.account.edit(declared(workspace, type_, name), **changed)


@dataclass(frozen=True)
class Night:
    """A workspace in which people have changed things, and what the command says of it, as text and as JSON."""

    workspace: Workspace
    text: Run
    json: Run

    @property
    def answer(self) -> Any:
        """The JSON answer."""
        return json.loads(self.json.out)

    def of(self, type_: str, name: str) -> list[Any]:
        """The differences of one resource."""
        return [drift for drift in self.answer["drifts"] if drift["urn"].endswith(f"::{type_}::{name}")]


def night(workspace: Workspace) -> Night:
    """The answers of this night."""
    return Night(workspace, drift(workspace), drift(workspace, "--format", "json"))


@pytest.fixture(scope="module")
def in_ours(ours_once: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """Our own program, after every change by hand and every deletion of the tables."""
    workspace = copied(ours_once, tmp_path_factory.mktemp("edited") / "room")
    for change in IN_OURS.values():
        edit(workspace, change.type, change.name, change.changed)
    edit(workspace, BOARD, "agency", retitled(declared(workspace, BOARD, "agency").body))
    for type_, name, _ in GONE.values():
        workspace.account.remove(declared(workspace, type_, name))
    return night(workspace)


@pytest.fixture(scope="module")
def in_every(every_once: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Night:
    """A rule of every signal, after the changes by hand of its table, and without a row of Sentry's."""
    workspace = copied(every_once, tmp_path_factory.mktemp("every") / "room")
    for change in IN_EVERY.values():
        edit(workspace, change.type, change.name, change.changed)
    workspace.account.remove(declared(workspace, ROW, "shop-critical-low"))
    return night(workspace)


def difference_of(night: Night, change: Edit) -> tuple[str, Any, Any]:
    """Whose the only difference of a resource is, and both values; fails where it is not at the place of the edit."""
    (there,) = night.of(change.type, change.name)
    assert there["property"] == change.path
    return f"{there['what']} {there['name']}".strip(), there["declared"], there["held"]


@pytest.mark.parametrize("change", [*IN_OURS.values(), BOARD_EDIT], ids=[*IN_OURS, "a widget has another title"])
def test_a_change_by_hand_is_named_with_both_values(in_ours: Night, change: Edit) -> None:
    assert difference_of(in_ours, change) == (change.owner, change.declared, change.held)
    assert f"{change.path} of its {change.type.rsplit(':', 1)[1]}" in in_ours.text.out


@pytest.mark.parametrize("change", IN_EVERY.values(), ids=IN_EVERY)
def test_a_change_by_hand_of_what_we_do_not_ship_is_named_too(in_every: Night, change: Edit) -> None:
    assert difference_of(in_every, change) == (change.owner, change.declared, change.held)


@pytest.mark.parametrize(("type_", "name", "owner"), GONE.values(), ids=GONE)
def test_what_was_deleted_is_named_once(in_ours: Night, type_: str, name: str, owner: str) -> None:
    (there,) = in_ours.of(type_, name)
    assert (f"{there['what']} {there['name']}", there["property"]) == (owner, "")


def test_what_sentry_no_longer_shows_is_one_difference_though_its_provider_says_it_twice(in_every: Night) -> None:
    (there,) = in_every.of(ROW, "shop-critical-low")
    assert there["refusal"].startswith("Client error: Unable to read, got error: service table item not found")
    assert in_every.answer["unreadable"] == 1


def test_every_type_that_is_declared_is_changed_here_or_is_a_blind_spot(in_ours: Night, in_every: Night) -> None:
    states = (in_ours.workspace.state(), in_every.workspace.state())
    types = {urn.split("::")[2] for state in states for urn in state}
    changed = {change.type for change in (*IN_OURS.values(), *IN_EVERY.values(), BOARD_EDIT)}
    assert types - changed == {HANDLE}
    assert any("ServiceObject" in where for where in BLIND)


@pytest.mark.parametrize(("fixture", "gone"), [("in_ours", 3), ("in_every", 1)])
def test_the_numbers_are_the_engines_own(fixture: str, gone: int, request: pytest.FixtureRequest) -> None:
    night: Night = request.getfixturevalue(fixture)
    edits = len(IN_OURS) + 1 if fixture == "in_ours" else len(IN_EVERY)
    answer, state = night.answer, night.workspace.state()
    assert (answer["compared"], answer["differs"]) == (len(state), edits + gone)
    counted = answer["engine-summary"]
    assert sum(counted.values()) + answer["unreadable"] == answer["compared"] + 1, "the stack is one more"
    assert counted["same"] == len(state) - edits - gone + 1
    assert counted == shown_to_people(night.workspace)
    assert f"{len(state)} resources compared, {edits + gone} differ (the engine counts " in night.text.out
    assert len({drift["urn"] for drift in answer["drifts"]}) == edits + gone >= len(IN_EVERY) + 1


def shown_to_people(workspace: Workspace) -> dict[str, int]:
    """The summary that the engine prints for people, in its words for machines."""
    text = workspace.run("refresh", "--preview-only").said
    words = {"update": r"~ (\d+) to update", "delete": r"- (\d+) to delete", "same": r"(\d+) unchanged"}
    return {word: int(number[1]) for word, form in words.items() if (number := re.search(form, text))}


def test_a_key_is_never_shown(in_ours: Night) -> None:
    assert "another value than is declared; it is secret and not shown" in in_ours.text.out
    assert "f" * 32 not in in_ours.text.said + in_ours.json.said


def test_no_line_is_longer_than_can_be_read(in_ours: Night) -> None:
    assert max(map(len, in_ours.text.out.splitlines())) < 600


def test_the_engines_digest_is_refused_where_it_hides_something(in_ours: Night, tmp_path: Path) -> None:
    digest = tmp_path / "refresh.json"
    digest.write_text(in_ours.workspace.run("refresh", "--preview-only", "--json").out)
    run = drift(in_ours.workspace, "--from", str(digest))
    assert run.code == 2, run.said
    summary = in_ours.answer["engine-summary"]
    engine, differ = sum(summary.values()), sum(summary.values()) - summary["same"]
    seen = sum(names_paths(change.type) for change in (*IN_OURS.values(), BOARD_EDIT)) + summary["delete"]
    assert f"speaks of {engine} resources, {seen} of which differ, and the engine's own summary counts " in run.err
    assert f"{engine} resources, {differ} of which differ; ask again, and save" in run.err
    assert SAVE in run.err


def test_all_of_it_is_put_back(in_ours: Night, ours_once: Workspace, tmp_path: Path) -> None:
    workspace = copied(in_ours.workspace, tmp_path / "room")
    workspace.must("state", "delete", urn_in(in_ours.text.out), "--yes")
    workspace.up("--refresh")
    assert comparable(workspace) == comparable(ours_once)
    after = drift(workspace)
    assert after.code == 0, after.said
    assert "92 resources compared, nothing differs (the engine counts 93 same, the stack as one more)" in after.out


def comparable(workspace: Workspace) -> list[str]:
    """Everything in the accounts but the ids that a second creation changes, and the start that PagerDuty rewrites."""
    objects = workspace.account.everything()
    teams = {f'"{id_}"': json.dumps(body["name"]) for id_, body in objects[TEAM].items()}
    texts = (json.dumps([type_, body], sort_keys=True) for type_, by_id in objects.items() for body in by_id.values())
    named = (re.sub("|".join(teams), lambda match: teams[match[0]], text) for text in texts)
    return sorted(re.sub(r'"start": "[^"]*"', "", text) for text in named)


def urn_in(text: str) -> str:
    """The URN that the command tells to delete from the state."""
    return text.split("pulumi state delete '")[1].split("'")[0]


def test_what_no_provider_sees_is_listed_as_a_blind_spot(ours):
    for type_, name, changed in BLIND.values():
        edit(ours, type_, name, changed)
    run = drift(ours)
    assert run.code == 0, run.said
    assert set(BLIND) <= {spot.where for spot in BLIND_SPOTS}
    assert all(f"  - {where}: " in run.out for where in BLIND)


def test_a_service_that_was_disabled_is_named_though_the_engine_calls_it_the_same(ours):
    edit(ours, SERVICE, "auth-critical-high", {"status": "disabled"})
    run = drift(ours)
    assert run.code == 1, run.said
    assert (
        'service "auth": status of its Service auth-critical-high: it was "active" and PagerDuty holds "dis' in run.out
    )
    counted = "92 resources compared, 1 differs (the engine counts 93 same, the stack as one more; 1 differs only in"
    assert counted in " ".join(run.out.split())


def test_a_stack_that_holds_nothing_is_not_green(ours_untouched):
    run = drift(ours_untouched)
    assert run.code == 2, run.said
    assert "the stack's state holds no resource of a vendor" in run.err


def refuse_pagerduty(workspace: Workspace) -> str:
    """Let PagerDuty take another token only; the words that the command then prints."""
    workspace.account.expect_credential("PAGERDUTY_TOKEN", "another one")
    return "PAGERDUTY_TOKEN is not accepted"


def break_sentry(workspace: Workspace) -> str:
    """Let Sentry fail for one alert, for longer than its client repeats; the words that the command then prints."""
    workspace.account.cause(Fault.SERVER_ERROR, vendor="sentry", method="read", type_=ALERT, times=100)
    return "503"


@pytest.mark.parametrize("fault", [refuse_pagerduty, break_sentry], ids=["a token is refused", "a vendor is down"])
def test_what_could_not_be_asked_is_no_drift(ours, fault: Callable[[Workspace], str]):
    reason = fault(ours)
    run = drift(ours)
    assert (run.code, run.out) == (2, ""), run.said
    assert reason in run.err
    assert "Traceback" not in run.said


@pytest.mark.full
def test_a_plain_update_does_not_look_and_a_refreshing_one_does(ours):
    edit(ours, POLICY, "critical", {"numLoops": 0.0})
    ours.up()
    assert declared(ours, POLICY, "critical").body["numLoops"] == 0
    ours.up("--refresh")
    assert declared(ours, POLICY, "critical").body["numLoops"] == 3
