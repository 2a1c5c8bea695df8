"""The project's own program on the real engine, against accounts in which only humans have been."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from tests import factories
from tests.engine import ours as own
from tests.engine import small
from tests.engine.accounts.account import VENDORS
from tests.engine.accounts.sentry import OWN_MONITOR
from tests.engine.workspace import REPOSITORY, SECRET, Workspace

ALERT = "sentry:index/alert:Alert"
MONITOR = "datadog:index/monitor:Monitor"
SCHEDULE = "pagerduty:index/schedule:Schedule"
UPTIME = "sentry:index/uptimeMonitor:UptimeMonitor"
HIDDEN = "[secret]"
PER_ISSUE = """  - id: shop-noisy
    title: One issue happens often
    severity: P2
    means: One mistake hits many people.
    errors: {project: web, more-than: 5, within: 15m, per-issue: true}
"""

NEW_ISSUES = """  - id: shop-new
    title: There is a mistake that nobody has seen
    severity: P3
    means: Somebody should look at it.
    issues: {project: web, when: [new, reappeared], level: error, younger-than: 1w, assigned-to: team}
"""


SEEN = """  - id: shop-seen
    title: The shop does not answer Sentry
    severity: P3
    means: Nobody can reach the shop.
    sentry-uptime:
      project: web
      path: /cart
      method: POST
      sends: {headers: {X-Probe: shop}, body: {type: json, text: '{"probe": true}'}}
      every: 5m
      failures: 2
"""


@pytest.fixture(scope="session")
def offline_plan() -> Mapping[str, Any]:
    """What the program declares for prod, run without an engine."""
    words = ["preview", "--environment", "prod", "--today", own.TODAY, "--format", "json"]
    run = subprocess.run(
        [sys.executable, "-m", "monitoring", *words], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    plan: Mapping[str, Any] = json.loads(run.stdout)
    return plan


def as_planned(workspace: Workspace, value: Any) -> Any:
    """A planned value as it stands once everything exists: references, look-ups and formats resolved."""
    match value:
        case {"ref": key}:
            return output(workspace, key, value.get("output", "id"))
        case {"lookup": token, "arguments": arguments}:
            found = VENDORS[token.split(":")[0]].functions[token](workspace.account.store, dict(arguments))
            return found[value.get("output", "id")]
        case {"format": parts}:
            return "".join(str(as_planned(workspace, part)) for part in parts)
        case {"secret": _}:
            return HIDDEN
        case dict():
            return {name: as_planned(workspace, part) for name, part in value.items()}
        case list():
            return [as_planned(workspace, part) for part in value]
        case _:
            return value


def output(workspace: Workspace, key: str, name: str) -> Any:
    """An output of a resource in the state, by TYPE::NAME."""
    one = next(one for urn, one in workspace.state().items() if urn.endswith(f"::{key}"))
    return one["id"] if name == "id" else one["outputs"][name]


def as_stored(value: Any) -> Any:
    """Inputs in the state without what the bridge filled in, secrets hidden."""
    if isinstance(value, dict) and SECRET in value:
        return HIDDEN
    if isinstance(value, dict):
        filled = {"__defaults", *value.get("__defaults", ())}
        return {name: as_stored(part) for name, part in value.items() if name not in filled}
    return [as_stored(part) for part in value] if isinstance(value, list) else value


def test_the_account_holds_exactly_what_the_offline_plan_says(ours_once, offline_plan):
    stored = {urn: as_stored(one["inputs"]) for urn, one in ours_once.state().items()}
    planned = {one["urn"]: as_planned(ours_once, one["inputs"]) for one in offline_plan["resources"]}
    assert stored.keys() == planned.keys()
    assert [urn for urn, inputs in planned.items() if plain(inputs) != plain(stored[urn])] == []


def plain(value: Any) -> Any:
    """A value without nulls, whole numbers as texts: an id is a number in one place and text in another."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return str(int(value)) if isinstance(value, float) and value == int(value) else value


def test_nothing_differs_after_the_first_update(ours_once):
    assert ours_once.preview("--expect-no-changes").changes == {}
    drift = ours_once.drift()
    assert drift.code == 0, drift.said


def test_nothing_differs_after_the_first_update_of_every_signal(every_once):
    assert every_once.preview("--expect-no-changes").changes == {}


def test_a_changed_threshold_changes_one_monitor_and_the_dashboard_that_draws_it(ours):
    own.rewrite(ours.program, "services/api.yaml", "above: 2s", "above: 3s")
    promised = ours.preview()
    assert promised.changes == {"performance-degradation": "update", "agency-api": "update"}, (
        "the dashboard draws it too"
    )
    both = {"monitorThresholds.critical", "query"}
    assert set(promised.step("performance-degradation").diff) == both, "Datadog demands it in both"
    assert set(promised.step("agency-api").diff) == {"dashboard"}


@pytest.mark.full
def test_a_schedule_that_was_called_otherwise_stays(ours):
    before = ours.account.objects(SCHEDULE)
    path = ours.program / "catalog" / "oncall.yaml"
    text = path.read_text().replace("secondary", "backup")
    path.write_text(text.replace("  backup: ", "  backup:\n    formerly: [secondary] ", 1))
    assert set(ours.preview().changes.values()) == {"update"}
    ours.up()
    assert ours.account.objects(SCHEDULE).keys() == before.keys()


@pytest.mark.parametrize(
    "type_",
    [
        SCHEDULE,
        pytest.param("pagerduty:index/escalationPolicy:EscalationPolicy", marks=pytest.mark.full),
        pytest.param("pagerduty:index/service:Service", marks=pytest.mark.full),
        pytest.param("pagerduty:index/serviceIntegration:ServiceIntegration", marks=pytest.mark.full),
        pytest.param("sentry:index/integrationPagerduty:IntegrationPagerduty", marks=pytest.mark.full),
    ],
)
def test_what_pages_is_protected(ours_once, type_):
    ours = [one for one in ours_once.state().values() if one["type"] == type_]
    assert ours
    assert all(one.get("protect") for one in ours)


@pytest.mark.full
def test_an_edit_by_hand_is_seen_and_put_back(ours):
    monitor = ours.account.one(MONITOR, name=title(ours, "performance-degradation"))
    ours.account.edit(monitor, message="Nothing to see")
    drift = ours.drift()
    assert drift.code != 0
    assert "performance-degradation" in drift.said
    assert "message" in drift.said
    ours.up("--refresh")
    assert ours.account.objects(MONITOR)[monitor.id] == monitor.visible


def title(workspace: Workspace, name: str) -> str:
    """The title under which a monitor stands in the account."""
    return str(
        next(one for urn, one in workspace.state().items() if urn.endswith(f"{MONITOR}::{name}"))["inputs"]["name"]
    )


@pytest.mark.full
def test_staging_stands_beside_prod_and_touches_nothing_of_it(ours):
    before = ours.account.everything()
    staging = dataclasses.replace(ours, stack="staging")
    staging.init()
    staging.up()
    after = ours.account.everything()
    assert {type_: {id_: after[type_][id_] for id_ in objects} for type_, objects in before.items()} == before
    assert sum(map(len, after.values())) > sum(map(len, before.values()))
    assert after[SCHEDULE] == before[SCHEDULE]
    assert ours.preview("--expect-no-changes").changes == {}


@pytest.mark.parametrize(
    ("extra", "config", "sentence"),
    [
        pytest.param({"PAGERDUTY_TOKEN": ""}, {}, "without PAGERDUTY_TOKEN", id="a missing token"),
        pytest.param(
            {"DD_HOST": ""}, {"datadog:apiUrl": None},
            "write: pulumi config set datadog:apiUrl https://api.datadoghq.eu/",
            id="a site that nobody told the engine",
        ),
        pytest.param(
            {}, {"monitoring:environment": "prud"}, 'no environment is called "prud"', id="an unknown environment",
            marks=pytest.mark.full,
        ),
        pytest.param(
            {}, {"datadog:apiUrl": "https://api.datadoghq.com/"}, "the catalog's site", id="another site",
            marks=pytest.mark.full,
        ),
    ],
)  # fmt: skip
def test_a_wrong_configuration_is_one_sentence_before_anything_is_created(ours_untouched, extra, config, sentence):
    before = ours_untouched.account.everything()
    own.configure(ours_untouched.program / "Pulumi.prod.yaml", config)
    run = dataclasses.replace(ours_untouched, extra=extra).try_up()
    assert run.code != 0
    assert sentence in run.said
    assert "Traceback" not in run.said
    assert ours_untouched.account.everything() == before


def test_an_alert_per_issue_watches_the_monitor_that_sentry_made(engine, tmp_path):
    shop = factories.texts(*small.CHANGES)["services/shop.yaml"].decode() + PER_ISSUE
    workspace = small.small_workspace(tmp_path, engine=engine, services_shop=shop)
    workspace.up()
    (alert,) = (one for one in workspace.account.objects(ALERT).values() if "shop-noisy" in one["name"])
    ((own_id, watched),) = (
        (id_, one) for id_, one in workspace.account.objects(OWN_MONITOR).items() if one["type"] == "error"
    )
    assert alert["monitorIds"] == [own_id]
    assert watched["project"] == "web"


def test_an_alert_on_new_issues_arrives_with_its_triggers_and_conditions_and_stays(engine, tmp_path):
    shop = factories.texts(*small.CHANGES)["services/shop.yaml"].decode() + NEW_ISSUES
    workspace = small.small_workspace(tmp_path, engine=engine, services_shop=shop)
    workspace.up()
    (alert,) = (one for one in workspace.account.objects(ALERT).values() if "shop-new" in one["name"])
    (filters,) = alert["actionFilters"]
    assert [name for trigger in alert["triggerConditions"] for name in trigger] == ["firstSeenEvent", "reappearedEvent"]
    assert [name for condition in filters["conditions"] for name in condition] == [
        "level",
        "ageComparison",
        "assignedTo",
    ]
    assert workspace.preview().changes == {}


def test_the_owners_of_an_issue_are_told_and_sentry_asks_from_outside_and_both_stay(engine, tmp_path):
    files = factories.texts(*small.CHANGES)
    shop = files["services/shop.yaml"].decode() + NEW_ISSUES + SEEN
    teams = files["teams.yaml"].decode().replace("P3: {slack", "P3: {issue-owners: all-members, slack")
    workspace = small.small_workspace(tmp_path, engine=engine, services_shop=shop, teams=teams)
    workspace.up()
    alerts = workspace.account.objects(ALERT).values()
    (owners,) = (alert for alert in alerts if "shop-new" in alert["name"])
    mails = [action["email"] for action in owners["actionFilters"][0]["actions"] if action.get("email")]
    assert [(mail["targetType"], mail["fallthroughType"]) for mail in mails] == [("issue_owners", "AllMembers")]
    ((id_, monitor),) = workspace.account.objects(UPTIME).items()
    assert (monitor["url"], monitor["downtimeThreshold"]) == ("https://app.youragency.com/cart", 2)
    assert monitor["headers"] == {"Content-Type": "application/json", "X-Probe": "shop"}
    (seen,) = (alert for alert in alerts if "shop-seen" in alert["name"])
    assert (seen["monitorIds"], seen.get("environment")) == ([id_], None)
    assert workspace.preview().changes == {}
    assert workspace.drift().code == 0
