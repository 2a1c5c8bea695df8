"""How alerting has failed other teams, each story once: what a catalog or a Plan can show of it is found here."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from monitoring.oncall.clock import DAY
from monitoring.oncall.rotation import timeline
from monitoring.plan import Plan, loads
from monitoring.reach import proof as module
from monitoring.reach.drill import drill
from monitoring.reach.outage import outage
from monitoring.reach.paths import alert_paths, oncall_data
from monitoring.reach.plan.walk import prove_plan
from tests.factories import SHOP, a_catalog, a_layer, a_schedule
from tests.reach.ask import TODAY, Hole, at, holes, proof
from tests.reach.conftest import PLAN_DAY
from tests.reach.test_holes import MIDDAY, oncall

TEAMS = "teams.yaml"
ROOT = Path(__file__).parents[2]


def damaged(plan_file, kind: str, name: str, **inputs) -> Plan:
    """The shipped Plan with one resource's inputs changed."""
    content = json.loads(plan_file.read_text())
    (found,) = (one for one in content["resources"] if one["type"].endswith(f":{kind}") and one["name"] == name)
    found["inputs"].update(inputs)
    return loads(json.dumps(content))


def found_in(plan: Plan, shipped) -> set[tuple[str, str]]:
    proved = prove_plan(plan, shipped, environment="prod", today=date.fromisoformat(PLAN_DAY))
    return {(rule, one.hop) for one in proved.witnesses for rule in one.rules}


def test_a_rule_that_fired_1168_times_into_nothing_because_its_severity_had_no_route():
    catalog = a_catalog((TEAMS, "    P0: {page: critical, slack: [alerts]}\n", ""))
    assert holes(proof(catalog)) == [Hole("route", None, None, 0)]


def test_a_rule_that_fired_254_times_and_was_never_delivered_because_no_filter_took_its_labels(plan_file, shipped):
    tags = ["env:prod", "managed-by:agency-monitoring", "service:website", "severity:P1", "team:platform"]
    plan = damaged(plan_file, "MonitorNotificationRule", "website-p1", filter={"tags": tags})
    assert ("website-uptime", "route") in found_in(plan, shipped)


def test_621_alerts_of_test_environments_on_productions_phones():
    found = proof(a_catalog(), environment="staging")
    assert found.counts.wake == 0
    assert all(not one.path.pages for one in found.rules)


def test_a_bare_handle_in_a_message_that_paged_on_every_transition(plan_file, shipped):
    plan = damaged(plan_file, "SyntheticsTest", "website-uptime", message="down @pagerduty-platform-critical-high")
    assert ("website-uptime", "service") in found_in(plan, shipped)


def test_a_synthetic_test_that_only_ever_wrote_to_slack(plan_file, shipped):
    only_slack = {"conditions": [], "fallbackRecipients": ["slack-youragency-alerts-critical"]}
    plan = damaged(plan_file, "MonitorNotificationRule", "website-p1", conditionalRecipients=only_slack)
    assert ("website-uptime", "route") in found_in(plan, shipped)
    catalog = a_catalog((TEAMS, "P1: {page: critical, slack: [alerts]}", "P1: {slack: [alerts]}"))
    assert holes(proof(catalog), "shop-slow") == [Hole("route", None, None, 0)]


def test_a_one_hour_hole_hidden_between_layers():
    assert holes(proof(a_catalog(oncall=oncall(MIDDAY)))) == [Hole("schedule", "2026-01-12 11:00", 366 * 60, 366)]


def test_pages_that_were_ignored_until_a_second_human_was_asked():
    found = proof(a_catalog(("oncall.yaml", "      - {ask: [kit], escalate-after: 10m}\n", "")))
    assert [hole.hop for hole in holes(found)] == ["policy"]


def test_a_gap_warning_that_was_hidden_exactly_when_the_gap_was_everything():
    empty = ("oncall.yaml", 'anchor: "2026-01-05 09:00"', 'anchor: "2036-01-07 09:00"')
    found = proof(a_catalog(empty, ("oncall.yaml", "      - {ask: [kit], escalate-after: 10m}\n", "")))
    assert holes(found) == [Hole("schedule", "2026-01-12 00:00", 366 * 1_440, 0)]


def test_a_guard_that_looked_at_nothing_does_not_pass(monkeypatch):
    monkeypatch.setattr(module, "alert_paths", lambda *_: ())
    found = proof(a_catalog())
    assert (found.counts.rules, found.counts.rules_to_prove) == (0, 2)
    assert not found.holds


def test_a_new_list_of_people_changes_who_and_never_when():
    start, end = at("2026-01-01"), at("2026-12-31")
    before = timeline(a_schedule(), start, end)
    after = timeline(a_schedule(a_layer(people=("ana", "ben", "chi"))), start, end)
    assert before.starts == after.starts
    assert before.at(at("2026-01-20")) == "ana"
    assert after.at(at("2026-01-20")) == "chi"


def test_a_schedule_deleted_from_the_policies_that_used_it(plan_file, shipped):
    content = json.loads(plan_file.read_text())
    for one in content["resources"]:
        if one["type"].endswith(":EscalationPolicy"):
            for rule in one["inputs"]["rules"]:
                rule["targets"] = [each for each in rule["targets"] if "primary" not in json.dumps(each)] or [
                    rule["targets"][0]
                ]
    found = found_in(loads(json.dumps(content)), shipped)
    assert ("auth-system-down", "schedule") in found


def test_one_failure_that_sent_everybody_a_page_for_each_rule():
    one = SHOP[SHOP.index("  - id: shop-failing") : SHOP.index("  - id: shop-slow")]
    catalog = a_catalog(services_shop=SHOP + "".join(one.replace("failing", f"failing-{n}") for n in range(20)))
    asked = oncall_data(catalog, at("2026-01-13"), at("2026-01-13") + 1)
    failed = outage(catalog, alert_paths(catalog, "prod", TODAY), asked, "shop", at("2026-01-13"))
    assert {each.person: (each.incidents, each.overloaded) for each in failed.workloads} == {
        "ben": (22, True),
        "kit": (22, True),
    }


def test_a_warn_tier_without_receiver_is_still_heard_of_in_a_drill():
    catalog = a_catalog(services_shop=SHOP.replace("severity: P0", "severity: P3"))
    (path,) = (each for each in alert_paths(catalog, "prod", TODAY) if each.rule == "shop-failing")
    events = drill(path, oncall_data(catalog, at("2026-01-13"), at("2026-01-13") + DAY), at("2026-01-13")).events
    assert [event.text for event in events if event.what == "posts"] == ["#alerts is notified"]


def test_a_second_pipeline_that_delivers_the_same_alerts_by_inverted_filters(plan_file, shipped):
    content = json.loads(plan_file.read_text())
    inverted = {"filter": {"scope": "env:prod AND NOT service:api"}, "recipients": ["pagerduty-platform-critical-high"]}
    kind = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
    content["resources"].append({"type": kind, "name": "forgotten", "inputs": inverted, "options": {}})
    found = found_in(loads(json.dumps(content)), shipped)
    assert ("website-uptime", "service") in found
    assert ("api-uptime", "service") not in found


def test_no_provider_is_dynamic_and_no_change_is_ignored():
    program = [ROOT / "__main__.py", *(ROOT / "monitoring" / "resources").glob("*.py")]
    assert len(program) > 5
    for path in program:
        text = path.read_text().replace("ignore_changes=_moving(window)", "")  # a recurring mute keeps its first start
        for word in ("ignore_changes", "pulumi.dynamic", "retain_on_delete"):
            assert word not in text, path
