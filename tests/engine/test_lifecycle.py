"""What happens to declared resources on the real engine: created, unchanged, updated, replaced, drifted, adopted."""

import pytest

from tests.engine import declarations as d
from tests.engine.accounts.faults import Fault
from tests.engine.workspace import PATIENCE_SECONDS, agree, masked, running, wait_for

MONITOR = "datadog:index/monitor:Monitor"
SCHEDULE = "pagerduty:index/schedule:Schedule"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"


def changed(name: str, /, **properties: object) -> list[d.Entry]:
    """One of each, with other properties for one of them; None takes a property away."""
    entries = d.one_of_each()
    for entry in entries:
        if entry["name"] == name:
            entry["properties"] = {**entry["properties"], **properties}
    return entries


def without(*names: str) -> list[d.Entry]:
    """One of each but these."""
    return [entry for entry in d.one_of_each() if entry["name"] not in names]


def test_everything_is_created_once_and_then_nothing_differs(workspace):
    workspace.declare(*d.one_of_each())
    promised = workspace.preview()
    assert set(promised.changes.values()) == {"create"}
    assert workspace.account.everything().keys() == {"sentry:index/project:Project"}
    workspace.up()
    stored = {urn: masked(one["inputs"]) for urn, one in workspace.state().items()}
    assert agree({step.urn: masked(step.inputs) for step in promised.steps}, stored)
    assert workspace.preview("--expect-no-changes").changes == {}
    drift = workspace.drift()
    assert drift.code == 0, drift.said


def test_a_changed_threshold_is_one_update_with_only_what_changed(deployed):
    deployed.declare(*changed("payments-slow", **d.a_monitor(critical=3)))
    promised = deployed.preview()
    assert promised.changes == {"payments-slow": "update"}
    assert promised.step("payments-slow").diff == {"monitorThresholds.critical": "update", "query": "update"}


def test_a_rename_with_an_alias_touches_nothing(deployed):
    entries = d.one_of_each()
    renamed = next(entry for entry in entries if entry["name"] == "page-p1")
    renamed.update(name="page-critical", options={"aliases": ["page-p1"]})
    before = deployed.account.everything()
    deployed.declare(*entries)
    deployed.up("--expect-no-changes")
    assert deployed.account.everything() == before


@pytest.mark.full
def test_a_rename_without_an_alias_makes_a_new_one(deployed):
    entries = d.one_of_each()
    next(entry for entry in entries if entry["name"] == "page-p1")["name"] = "page-critical"
    deployed.declare(*entries)
    assert deployed.preview().changes == {"page-critical": "create", "page-p1": "delete"}


def test_another_vendor_of_an_integration_replaces_it_and_everybody_gets_the_new_key(deployed):
    old = deployed.account.one(INTEGRATION)
    entries = [d.DATADOG_VENDOR, *changed("payments-key", type=None, vendor={"$of": "dd.id"})]
    deployed.declare(*entries)
    deployed.up()
    new = deployed.account.one(INTEGRATION)
    assert new.id != old.id
    assert (
        deployed.account.one("datadog:pagerduty/serviceObject:ServiceObject").body["serviceKey"]
        == (new.body["integrationKey"])
    )


@pytest.mark.parametrize(
    "name",
    ["primary", pytest.param("critical", marks=pytest.mark.full), pytest.param("payments", marks=pytest.mark.full)],
)
def test_protection_stops_a_removal(deployed, name):
    hanging = {"primary": ["critical", "payments", "payments-key"], "critical": ["payments", "payments-key"]}
    gone = [name, *hanging.get(name, ["payments-key"]), "payments-object", "row", "failing"]
    deployed.declare(*without(*gone))
    run = deployed.try_up()
    assert run.code != 0
    assert "protected" in run.said
    assert deployed.account.one(SCHEDULE)


@pytest.mark.parametrize(
    ("type_", "name", "property_", "value"),
    [
        pytest.param(MONITOR, "payments-slow", "priority", "4", id="a monitor's priority", marks=pytest.mark.full),
        pytest.param(TEST, "api-uptime", "status", "paused", id="a paused test", marks=pytest.mark.full),
        pytest.param("sentry:index/alert:Alert", "failing", "enabled", False, id="a disabled alert"),
    ],
)
def test_an_edit_by_hand_is_seen_and_put_back(deployed, type_, name, property_, value):
    mine = next(one["id"] for urn, one in deployed.state().items() if urn.endswith(f"::{name}"))
    stored = deployed.account.store.get(type_, mine)
    before = stored.visible
    deployed.account.edit(stored, **{property_: value})
    drift = deployed.drift()
    assert drift.code != 0
    assert name in drift.said
    assert property_ in drift.said
    deployed.up("--refresh")
    assert deployed.account.objects(type_)[mine] == before


@pytest.mark.full
def test_a_monitor_deleted_by_hand_is_made_again(deployed):
    rule = deployed.account.one("datadog:index/monitorNotificationRule:MonitorNotificationRule")
    deployed.account.remove(rule)
    assert deployed.drift().code != 0
    deployed.up("--refresh")
    assert deployed.account.one(rule.type).visible == rule.visible


def test_a_sentry_alert_deleted_by_hand_blocks_a_refresh_until_it_leaves_the_state(deployed):
    alert = deployed.account.one("sentry:index/alert:Alert")
    deployed.account.remove(alert)
    assert "status code 404" in deployed.drift().said
    urn = next(urn for urn in deployed.state() if urn.endswith("::failing"))
    deployed.must("state", "delete", urn, "--yes")
    deployed.up()
    assert deployed.account.one(alert.type).visible == alert.visible


def test_what_stands_in_the_account_is_adopted_without_a_change(workspace):
    made = workspace.account.make_by_hand(MONITOR, **d.a_monitor())
    workspace.declare(d.entry(MONITOR, "payments-slow", d.a_monitor()))
    words = ("--yes", "--protect=false", "--generate-code=false")
    workspace.must("import", MONITOR, "payments-slow", made.id, *words)
    assert workspace.preview("--expect-no-changes").changes == {}
    assert len(workspace.account.objects(MONITOR)) == 1


def test_a_twin_of_a_unique_name_is_refused(workspace):
    workspace.declare(*d.paging())
    user = next(iter(workspace.account.objects("pagerduty:index/user:User")))
    layers = [{**d.a_schedule()["layers"][0], "users": [user]}]
    workspace.account.make_by_hand(SCHEDULE, **d.a_schedule(layers=layers))
    run = workspace.try_up()
    assert run.code != 0
    assert "has already been taken" in run.said


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("DD_API_KEY", marks=pytest.mark.full),
        "PAGERDUTY_TOKEN",
        pytest.param("SENTRY_AUTH_TOKEN", marks=pytest.mark.full),
    ],
)
def test_a_wrong_credential_stops_before_anything_is_created(workspace, name):
    workspace.account.expect_credential(name, "another one")
    workspace.declare(*d.one_of_each())
    run = workspace.run("preview")
    assert run.code != 0
    assert f"{name} is not accepted" in run.said


def test_two_updates_at_once_do_not_meet(deployed):
    hang = deployed.account.cause(Fault.HANG, method="update")
    deployed.declare(*changed("critical", numLoops=5))
    slow = deployed.start("up", "--yes", "--skip-preview")
    with running(slow):
        wait_for(lambda: deployed.account.hits(hang), what="the first update")
        second = deployed.try_up()
        deployed.account.end_faults()
        slow.communicate(timeout=PATIENCE_SECONDS)
    assert slow.returncode == 0
    assert second.code != 0
    assert "locked" in second.said
