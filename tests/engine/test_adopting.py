"""An account in which humans had made things before: taken into the state with nothing created, nothing deleted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import factories
from tests.engine import declarations as d
from tests.engine import small
from tests.engine.conftest import copied
from tests.engine.workspace import Workspace

MONITOR = "datadog:index/monitor:Monitor"
SCHEDULE = "pagerduty:index/schedule:Schedule"
SHIFT_BASED = "pagerduty:index/schedulev2:Schedulev2"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
KEY = "pagerduty:index/serviceIntegration:ServiceIntegration"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
SERVICE = "pagerduty:index/service:Service"
IMPORT = ("--yes", "--skip-preview", "--protect=false", "--generate-code=false")
RULES = tuple(f"slow-{number}" for number in range(1, 11))
RENAMED = RULES[0]
"""The rule whose monitor bears a name of its own in the account, so that only its id tells."""

RULE = """
  - id: {id}
    title: Question {id} is slow
    severity: P0
    means: Pages take longer than people will wait.
    metric: {{p95: trace.{metric}, where: {{service: shop}}, over: 5m, above: 2s, when-silent: alert}}
"""


def underscored(rule: str) -> str:
    """A rule's id as a part of a metric's name."""
    return rule.replace("-", "_")


def ten_rules() -> Mapping[str, str]:
    """The small catalog with its rule at Sentry, and ten rules, each on a metric of its own."""
    before, metric = factories.PLATFORM.rstrip().split("    trace.request:")
    metrics = "".join(f"    trace.{underscored(rule)}:{metric}\n" for rule in RULES)
    head = factories.SHOP.replace("tier: critical", "tier: internal").split("  - id: shop-slow")[0].rstrip()
    return {
        "platform": before + metrics,
        "services_shop": head + "".join(RULE.format(id=rule, metric=underscored(rule)) for rule in RULES),
    }


@pytest.fixture(scope="module")
def made_by_hand_once(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The program before its first `up`, where somebody made a schedule, a policy, a service and ten monitors."""
    workspace = small.small_workspace(tmp_path_factory.mktemp("adopting"), engine=engine, **ten_rules())
    account = workspace.account
    user = next(iter(account.objects("pagerduty:index/user:User")))
    layers = [{**d.a_schedule()["layers"][0], "users": [user]}]
    schedule = account.make_by_hand(SCHEDULE, **d.a_schedule(name="Agency platform: primary", layers=layers))
    target = {"type": "schedule_reference", "id": schedule.id}
    rules = [{"escalationDelayInMinutes": 30, "targets": [target]}]
    policy = account.make_by_hand(POLICY, **d.a_policy(name="Agency platform: critical", rules=rules))
    account.make_by_hand(SERVICE, **d.a_service(name="shop-critical-high", escalationPolicy=policy.id))
    for rule in RULES:
        name = "checkout is slow!!" if rule == RENAMED else f"[P0] Question {rule} is slow ({rule})"
        account.make_by_hand(MONITOR, **d.a_monitor(name=name))
    return workspace


@pytest.fixture
def made_by_hand(made_by_hand_once: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of the test's own with what was made by hand."""
    return copied(made_by_hand_once, tmp_path / "room")


def ids(workspace: Workspace) -> Mapping[str, set[str]]:
    """The ids of what was made by hand, by type."""
    return {type_: set(workspace.account.objects(type_)) for type_ in (MONITOR, SCHEDULE, POLICY, SERVICE)}


def renamed(workspace: Workspace) -> str:
    """What `--id` says about the monitor of another name."""
    return f"{MONITOR}::{RENAMED}={workspace.account.one(MONITOR, name='checkout is slow!!').id}"


def test_what_stands_there_is_taken_over_and_nothing_is_made_or_deleted(made_by_hand):
    before, file = ids(made_by_hand), made_by_hand.room / "adopt.json"
    said = small.adopt(made_by_hand, "--id", renamed(made_by_hand), "--write", str(file))
    assert said.code == 1
    assert len(json.loads(file.read_text())["resources"]) == 13
    made_by_hand.must("import", "--file", str(file), *IMPORT)
    assert ids(made_by_hand) == before, "an import only reads"
    promised = made_by_hand.preview()
    adopted = {urn.rsplit("::", 1)[1] for urn, one in made_by_hand.state().items() if one["id"] in before[MONITOR]}
    assert adopted == set(RULES)
    assert {promised.changes.get(name) for name in adopted} == {"update"}, "they become what the catalog says"
    assert not {"delete", "replace"} & set(promised.changes.values())
    made_by_hand.up()
    after = ids(made_by_hand)
    assert {type_: after[type_] & found for type_, found in before.items()} == before, "each is the one it was"
    assert len(after[MONITOR]) == 10
    assert small.differences_from_declared(made_by_hand) == []
    assert small.adopt(made_by_hand).code == 0


def test_what_stands_there_is_named_before_it_is_made_a_second_time(made_by_hand_once):
    said = small.adopt(made_by_hand_once)
    assert said.code == 1
    assert 'services/shop.yaml:18: Monitor "slow-2": Datadog has "[P0] Question slow-2 is slow (slow-2)"' in said.out
    assert 'oncall.yaml:10: Schedule "primary": PagerDuty has "Agency platform: primary" already' in said.out
    assert f'"{RENAMED}"' not in said.out, "nobody can find a name that is another one"
    assert "25 to create, 12 of which already exist" in said.out
    assert "Compared with 13 objects in the accounts: 10 at Datadog, 3 at PagerDuty, 0 at Sentry." in said.out


def test_a_shift_based_schedule_of_the_name_is_named_and_left_out(made_by_hand):
    """As PagerDuty's pages make them since 2026, where the program makes a layered one."""
    made_by_hand.account.store.put(SHIFT_BASED, "PS1", {"name": "Agency platform: primary"})
    file = made_by_hand.room / "adopt.json"
    said = small.adopt(made_by_hand, "--write", str(file))
    assert (
        'PagerDuty has "Agency platform: primary" as a shift-based schedule (PS1), which cannot be taken over'
        in said.out
    )
    assert "25 to create, 12 of which already exist" in said.out, "it counts once, in both forms"
    assert "PS1" not in file.read_text()


@pytest.mark.full
def test_two_of_one_name_are_for_a_human_to_choose_between(made_by_hand):
    made_by_hand.account.make_by_hand(MONITOR, **d.a_monitor(name="[P0] Question slow-2 is slow (slow-2)"))
    file = made_by_hand.room / "adopt.json"
    said = small.adopt(made_by_hand, "--write", str(file))
    assert "2 times" in said.out
    assert "slow-2" not in [one["name"] for one in json.loads(file.read_text())["resources"]]


@pytest.mark.full
def test_a_lost_state_is_made_again_from_the_accounts(engine, tmp_path):
    workspace = small.small_workspace(tmp_path / "lost", engine=engine)
    workspace.up()
    before = workspace.account.everything()
    shutil.rmtree(workspace.room / "backend" / ".pulumi")
    workspace.init()
    file = workspace.room / "adopt.json"
    small.take_over(workspace, small.adopt(workspace, "--write", str(file)))
    assert small.differences_from_declared(workspace) == []
    after = workspace.account.everything()
    assert after.keys() == before.keys()
    new = {type_ for type_, found in after.items() if set(found) != set(before[type_])}
    assert new == {KEY, ROW}, "their keys were read in clear"


UPTIME = "sentry:index/uptimeMonitor:UptimeMonitor"
SEEN = """  - id: shop-seen
    title: The shop does not answer Sentry
    severity: P3
    means: Nobody can reach the shop.
    sentry-uptime: {project: web, path: /cart, every: 5m}
"""


def test_an_uptime_monitor_of_sentry_is_taken_over(engine, tmp_path):
    shop = factories.texts(*small.CHANGES)["services/shop.yaml"].decode() + SEEN
    workspace = small.small_workspace(tmp_path, engine=engine, services_shop=shop)
    named = {"name": "[P3] The shop does not answer Sentry (shop-seen)", "organization": "youragency", "project": "web"}
    asks = {"url": "https://app.youragency.com/", "method": "GET", "intervalSeconds": 60.0, "timeoutMs": 5000.0}
    by_hand = workspace.account.make_by_hand(UPTIME, **named, **asks, environment="production")
    file = tmp_path / "adopt.json"
    assert small.adopt(workspace, "--write", str(file)).code == 1
    (entry,) = json.loads(file.read_text())["resources"]
    assert (entry["type"], entry["id"]) == (UPTIME, f"youragency/web/{by_hand.id}")
    workspace.must("import", "--file", str(file), *IMPORT)
    workspace.up()
    (kept,) = workspace.account.objects(UPTIME).items()
    assert (kept[0], kept[1]["url"]) == (by_hand.id, "https://app.youragency.com/cart")
    assert small.adopt(workspace).code == 0
