"""The emulated accounts themselves, without an engine: what they refuse, fill in, compare, number and delete."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest

from tests.engine import declarations as d
from tests.engine.accounts import pagerduty, sentry
from tests.engine.accounts import vendor as vendors
from tests.engine.accounts.account import VENDORS, Account
from tests.engine.accounts.faults import VendorError
from tests.engine.accounts.store import Stored
from tests.engine.accounts.values import UNKNOWN

MONITOR = "datadog:index/monitor:Monitor"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
VARIABLE = "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable"
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
RULE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
BOARD = "datadog:index/dashboardJson:DashboardJson"
OBJECT = "datadog:pagerduty/serviceObject:ServiceObject"
CHANNEL = "datadog:slack/channel:Channel"
SCHEDULE = "pagerduty:index/schedule:Schedule"
SHIFTS = "pagerduty:index/schedulev2:Schedulev2"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
SERVICE = "pagerduty:index/service:Service"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"
TEAM = "pagerduty:index/team:Team"
MEMBERSHIP = "pagerduty:index/teamMembership:TeamMembership"
METRIC = "sentry:index/metricMonitor:MetricMonitor"
ALERT = "sentry:index/alert:Alert"
CRON = "sentry:index/cronMonitor:CronMonitor"
UPTIME = "sentry:index/uptimeMonitor:UptimeMonitor"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"


@pytest.fixture
def account(tmp_path) -> Account:
    account = Account.at(tmp_path / "accounts.sqlite")
    account.seed_users("ana@youragency.com")
    account.seed_vendors("Datadog", "Datadog (legacy)")
    account.seed_organization(
        "youragency", teams=("platform",), members=("ana@youragency.com",), environments=("production",)
    )
    account.seed_project("web", organization="youragency")
    account.connect_datadog("slack", "youragency")
    account.connect_datadog("pagerduty")
    return account


def concrete(account: Account, value: Any) -> Any:
    """Inputs in which every reference of the declarations is an id that stands in the account."""
    if isinstance(value, dict) and "$of" in value:
        return {"ana.id": next(iter(account.objects("pagerduty:index/user:User")), "")}.get(value["$of"], UNKNOWN)
    if isinstance(value, dict):
        return {name: concrete(account, part) for name, part in value.items()}
    return [concrete(account, element) for element in value] if isinstance(value, list) else value


def refused(account: Account, type_: str, inputs: d.Entry) -> list[str]:
    """What a preview refuses."""
    vendor = VENDORS[type_.split(":")[0]]
    kind = vendor.kind(type_)
    complete = vendors.checked(kind, concrete(account, inputs), {}, name="one", seed=b"")
    return [str(refusal) for refusal in vendors.looked_at(account.store, vendor, kind, complete)]


GOOD = {
    MONITOR: d.a_monitor,
    TEST: d.an_uptime_test,
    BOARD: d.a_dashboard,
    SCHEDULE: d.a_schedule,
    SHIFTS: d.a_shift_schedule,
    POLICY: d.a_policy,
    SERVICE: d.a_service,
    METRIC: d.a_metric_monitor,
    ALERT: d.an_alert,
    CRON: d.a_cron_monitor,
    UPTIME: d.an_uptime_monitor,
}


@pytest.mark.parametrize("type_", GOOD)
def test_a_good_declaration_offends_nobody(account, type_):
    assert refused(account, type_, GOOD[type_]()) == []


def step(**changed: Any) -> list[d.Entry]:
    return [{"escalationDelayInMinutes": 5, "targets": [{"type": "user_reference", "id": "P1"}], **changed}]


def layer(**changed: Any) -> list[d.Entry]:
    return [{**d.a_schedule()["layers"][0], **changed}]


def weekly(**changed: Any) -> list[d.Entry]:
    kind = {"type": "weekly_restriction", "startTimeOfDay": "09:00:00", "durationSeconds": 3600, "startDayOfWeek": 6}
    return layer(restrictions=[{**kind, **changed}])


def events(*changes: d.Entry) -> list[d.Entry]:
    """One rotation with an event for each of these changes, or with one."""
    return [{"events": [d.an_event(**changed) for changed in changes or ({},)]}]


def in_turn(*edges: str) -> list[d.Entry]:
    """Changes that let one event take effect after the other."""
    return [{"effectiveSince": since, "effectiveUntil": until} for since, until in pairwise(edges)]


def action(**changed: Any) -> list[d.Entry]:
    return [{"logicType": "all", "actions": [changed]}]


REFUSED = [
    (MONITOR, {"qurey": "x"}, "qurey: no such property", "a misspelt property"),
    (MONITOR, {"message": None}, "message: missing required property", "a monitor without a message"),
    (MONITOR, {"type": "metrics alert"}, "type: 'metrics alert' is not one of", "a type that does not exist"),
    (MONITOR, {"priority": 2}, "priority: expected a string, got 2", "a priority that is a number"),
    (MONITOR, {"notifyNoData": False}, "conflicts with notifyNoData", "both ways to treat missing data"),
    (MONITOR, {"query": "avg:m{*} > 2"}, "is not a query of type", "a query without a window"),
    (MONITOR, {"monitorThresholds": {"critical": "3"}}, "does not match 2 used in the query", "two thresholds"),
    (MONITOR, {"renotifyOccurrences": 3}, "can only be set if renotify_interval is set", "an end of no reminders"),
    (MONITOR, {"notifyBies": ["host"]}, "must be a proper subset", "told by what is no group"),
    (MONITOR, {"timeoutH": 25}, "25 is not at most 24", "a resolution after more than a day"),
    (MONITOR, {"newGroupDelay": 300}, "can only be used for multi-alert monitors", "a wait for groups of nothing"),
    (
        MONITOR,
        {"monitorThresholds": {"critical": "2", "warning": "4"}},
        "not on the OK side",
        "a warning above critical",
    ),
    (MONITOR, {"monitorThresholds": {"warning": "1"}}, "needs critical", "a warning without critical"),
    (MONITOR, {"type": "composite", "query": "99 && 98"}, "no monitor has the id '99'", "a composite of nothing"),
    (MONITOR, {"variables": {}}, "the emulated account does not know", "a property that is not emulated"),
    (TEST, {"locations": []}, "0 given, at least 1 allowed", "a test from nowhere"),
    (TEST, {"optionsList": {"tickEvery": 10}}, "10 is not at least 30", "a test every ten seconds"),
    (TEST, {"status": "on"}, "status: 'on' is not one of 'live', 'paused'", "a status that does not exist"),
    (TEST, {"assertions": [{"type": "statusCode", "operator": "equals", "target": "200"}]}, "'equals'", "an operator"),
    (BOARD, {"dashboard": "{"}, "is not a JSON object", "a dashboard that is no JSON"),
    (SCHEDULE, {"timeZone": "UTC"}, "timeZone: 'UTC' is not one of", "the time zone UTC"),
    (SCHEDULE, {"layers": layer(users=[])}, "0 given, at least 1 allowed", "a layer without people"),
    (SCHEDULE, {"layers": layer(rotationTurnLengthSeconds=60)}, "60 is not at least 3600", "turns of a minute"),
    (SCHEDULE, {"layers": layer(rotationVirtualStart="2026-01-05T09:00:30+01:00")}, "is not a rfc3339", "odd seconds"),
    (SCHEDULE, {"layers": layer(start="2026-01-05")}, "is not a rfc3339", "a start without a time"),
    (SCHEDULE, {"layers": weekly(startDayOfWeek=None)}, "startDayOfWeek: missing", "a week without its day"),
    (SCHEDULE, {"layers": weekly(type="daily_restriction")}, "startDayOfWeek: not allowed", "a day with a weekday"),
    (SCHEDULE, {"layers": weekly(durationSeconds=700000)}, "is not at most 604799", "more than a week"),
    (POLICY, {"numLoops": 10}, "10 is not at most 9", "ten rounds"),
    (POLICY, {"name": "A/B"}, "does not match", "a slash in a policy's name"),
    (POLICY, {"rules": step(escalationDelayInMinutes=0)}, "0 is not at least 1", "a step of no time"),
    (POLICY, {"rules": step(targets=[{"type": "team", "id": "P1"}])}, "'team' is not one of", "a team as target"),
    (SERVICE, {"incidentUrgencyRule": {"type": "use_support_hours"}}, "supportHours: missing", "no support hours"),
    (METRIC, {"eventTypes": ["error", "error"]}, "holds the same value twice", "an event type twice"),
    (METRIC, {"timeWindowSeconds": 60.5}, "is not a whole number", "half a second"),
    (METRIC, {"issueDetection": {"type": "percent"}}, "comparisonDelta: missing", "a percentage of nothing"),
    (METRIC, {"owner": {}}, "exactly one of owner.teamId, owner.userId", "an owner who is nobody"),
    (ALERT, {"actionFilters": []}, "0 given, at least 1 allowed", "an alert that does nothing"),
    (ALERT, {"actionFilters": action(email={"targetType": "team"})}, "targetId: missing", "no team"),
    (ALERT, {"actionFilters": action(webhook={"service": "a"}, plugin={})}, "2 given, at most 1", "two kinds in one"),
    (ALERT, {"actionFilters": action(email={"targetType": "issue_owners"})}, "fallthroughType: missing", "no fallback"),
    (
        ALERT,
        {"actionFilters": action(email={"targetType": "team", "targetId": "1", "fallthroughType": "NoOne"})},
        "fallthroughType: not allowed",
        "a fallback of a team",
    ),
    (
        ALERT,
        {"actionFilters": action(email={"targetType": "issue_owners", "fallthroughType": "Everybody"})},
        "'Everybody' is not one of",
        "a fallback that nobody knows",
    ),
    (UPTIME, {"intervalSeconds": 120}, "120 is not one of", "a pace between two"),
    (UPTIME, {"method": "TRACE"}, "'TRACE' is not one of", "a method that sentry does not send"),
    (UPTIME, {"body": "probe"}, "body: not allowed", "a body of a question without one"),
    (UPTIME, {"downtimeThreshold": 1.5}, "is not a whole number", "half a failure"),
    (CRON, {"schedule": {}}, "exactly one of", "a cron monitor without a schedule"),
    (CRON, {"timezone": "Europe/Berlyn"}, "is not a time zone", "a time zone that does not exist"),
]


@pytest.mark.parametrize(("type_", "changed", "reason"), [pytest.param(*case, id=title) for *case, title in REFUSED])
def test_a_preview_refuses(account, type_, changed, reason):
    said = refused(account, type_, GOOD[type_](**changed) if type_ != BOARD else changed)
    assert any(reason in line for line in said), said


def test_an_unknown_value_is_no_reason_to_refuse(account):
    assert refused(account, MONITOR, d.a_monitor(query=UNKNOWN, name=UNKNOWN)) == []


def made(account: Account, type_: str, inputs: d.Entry) -> Stored:
    return account.make_by_hand(type_, **concrete(account, inputs))


LATE = [
    (SERVICE, {"name": "A", "escalationPolicy": "P404"}, "no EscalationPolicy has the id 'P404'", "an unknown policy"),
    (POLICY, d.a_policy(rules=step()), "no user has the id 'P1'", "an unknown person"),
    (POLICY, d.a_policy(rules=step(targets=[])), "0 given, at least 1", "a step that asks nobody"),
    (SHIFTS, d.a_shift_schedule(rotations=events({}, {})), "events of one rotation overlap", "two events at once"),
    (
        SHIFTS,
        d.a_shift_schedule(rotations=events(*in_turn(*(f"30{year}-01-01T00:00:00Z" for year in range(10, 17))))),
        "6 given, at most 5 allowed",
        "six events in a rotation",
    ),
    (
        SHIFTS,
        d.a_shift_schedule(rotations=events({"recurrences": ["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"]})),
        "exactly one RRULE",
        "two rules",
    ),
    (
        SHIFTS,
        d.a_shift_schedule(rotations=events({"effectiveUntil": "2026-02-02T08:00:00Z"})),
        "effective_until is not after effective_since",
        "an event that is over before it is made",
    ),
    (UPTIME, d.an_uptime_monitor(timeoutMs=500), "500 is not at least 1000", "half a second"),
    (UPTIME, d.an_uptime_monitor(environment="nowhere"), "is not part of this organization", "an unseen environment"),
    (UPTIME, d.an_uptime_monitor(url=f"https://youragency.com/{'c' * 240}"), "at most 255", "a long address"),
    (INTEGRATION, {"service": "P404", "name": "A"}, "one of type, vendor must be given", "an integration of no kind"),
    (CHANNEL, {"accountName": "other", "channelName": "#a", "display": {}}, "no slack account named", "a workspace"),
    (TEST, d.an_uptime_test(assertions=[]), "needs at least one", "a test that asserts nothing"),
    (
        TEST,
        d.an_uptime_test(optionsList={"tickEvery": 60, "minLocationFailed": 4}),
        "above the number",
        "four of three",
    ),
    (TEST, d.an_uptime_test(subtype="multi"), "go with the subtype multi", "steps that are none"),
    (TEST, d.an_uptime_test(apiSteps=[{"name": "Ask"}]), "go with the subtype multi", "steps of a single request"),
    (
        TEST,
        d.an_uptime_test(subtype="multi", apiSteps=[{"name": str(number)} for number in range(11)]),
        "11 given, at most 10",
        "eleven steps",
    ),
    (
        TEST,
        d.an_uptime_test(configVariables=[{"name": "TOKEN", "type": "global", "id": "404"}]),
        "no SyntheticsGlobalVariable has the id '404'",
        "a variable that does not exist",
    ),
    (BOARD, {"dashboard": '{"title": "A"}'}, "layout_type None", "a dashboard without a layout"),
    (DOWNTIME, {"scope": "a:b", "monitorIdentifier": {"monitorTags": ["*"]}}, "exactly one of", "no time at all"),
    (SLO, {"name": "A", "type": "monitor", "thresholds": []}, "monitorIds: missing", "an SLO of no monitors"),
    (METRIC, d.a_metric_monitor(project="app"), "no project 'app'", "an unknown project"),
    (METRIC, d.a_metric_monitor(organization="other"), "no organisation 'other'", "a foreign organisation"),
    (ALERT, d.an_alert(monitorIds=["1"], actionFilters=action(plugin={})), "no MetricMonitor or", "an unknown monitor"),
    (ALERT, d.an_alert(monitorIds=[], frequencyMinutes=7, actionFilters=action(plugin={})), "7 is not one of", "seven"),
    (CRON, d.a_cron_monitor(failureIssueThreshold=0), "0 is not at least 1", "an issue after no failure"),
]


@pytest.mark.parametrize(("type_", "inputs", "reason"), [pytest.param(*case, id=title) for *case, title in LATE])
def test_the_vendor_refuses_what_the_preview_let_through(account, type_, inputs, reason):
    with pytest.raises(VendorError) as refusal:
        made(account, type_, inputs)
    assert reason in str(refusal.value)
    assert account.objects(type_) == {}


SAME = [
    (MONITOR, d.a_monitor(), {"tags": ["env:prod", "severity:p1"]}, "the order of tags"),
    (MONITOR, d.a_monitor(), {"monitorThresholds": {"critical": "2.0"}}, "2 and 2.0"),
    (MONITOR, d.a_monitor(), {"message": "Payments are slow\n"}, "white space around a message"),
    (MONITOR, d.a_monitor(), {"type": "metric alert"}, "metric alert and query alert"),
    (MONITOR, d.a_monitor(), {"tags": None}, "tags that leave the program stay"),
    (MONITOR, d.a_monitor(), {"validate": False}, "whether to validate"),
    (BOARD, d.a_dashboard(), d.a_dashboard(id="other"), "a dashboard's own id"),
    (
        SCHEDULE,
        d.a_schedule(),
        {"layers": layer(rotationVirtualStart="2026-01-05T08:00:00Z")},
        "another offset",
    ),
    (SCHEDULE, d.a_schedule(), {"layers": layer(start="2025-01-05T08:00:00Z")}, "past starts are alike"),
    (CRON, d.a_cron_monitor(), {"enabled": None}, "a default of the provider"),
]
LATER = "2999-01-05T08:00:00Z"
BARE = '{"title": "A", "layout_type": "ordered", "widgets": []}'
DAILY = {"crontab": "@daily"}
DIFFERENT = [
    (MONITOR, d.a_monitor(), {"query": "avg(last_5m):avg:m{a:b} > 2"}, {"query": "update"}, False, "a query"),
    (MONITOR, d.a_monitor(), {"type": "log alert"}, {"type": "update"}, True, "a monitor's type replaces it"),
    (MONITOR, d.a_monitor(), {"tags": ["env:prod"]}, {"tags": "update"}, False, "a tag less"),
    (MONITOR, d.a_monitor(), {"priority": None}, {"priority": "delete"}, False, "no priority any more"),
    (MONITOR, d.a_monitor(), {"timeoutH": 2}, {"timeoutH": "add"}, False, "a time-out"),
    (SCHEDULE, d.a_schedule(), {"layers": layer(start=LATER)}, {"layers[0].start": "update"}, False, "a future start"),
    (BOARD, {"dashboard": BARE}, {}, {"dashboard": "update"}, False, "keys that the API adds differ for ever"),
    (METRIC, d.a_metric_monitor(), {"project": "app"}, {"project": "update"}, True, "another project replaces"),
    (CRON, d.a_cron_monitor(schedule=DAILY), {}, {"schedule.crontab": "update"}, False, "a shorthand never settles"),
]


def differences(account: Account, type_: str, first: d.Entry, then: d.Entry) -> tuple[dict[str, str], bool]:
    """What differs once the first inputs stand in the account and the program wants others, and whether it replaces."""
    vendor = VENDORS[type_.split(":")[0]]
    kind = vendor.kind(type_)
    stored = made(account, type_, first)
    wanted = vendors.checked(kind, concrete(account, {**first, **then}), {}, name="one", seed=b"")
    found = vendors.differing(vendor, kind, dict(stored.visible), wanted)
    return {one.place: one.change for one in found}, any(one.top in kind.replaced_by for one in found)


@pytest.mark.parametrize(("type_", "first", "then"), [pytest.param(*case, id=title) for *case, title in SAME])
def test_what_means_the_same_is_no_difference(account, type_, first, then):
    assert differences(account, type_, first, then) == ({}, False)


@pytest.mark.parametrize(
    ("type_", "first", "then", "diff", "replaces"), [pytest.param(*case, id=title) for *case, title in DIFFERENT]
)
def test_a_difference_is_one_property(account, type_, first, then, diff, replaces):
    assert differences(account, type_, first, then) == (diff, replaces)


def changed(account: Account, stored: Stored, **inputs: Any) -> Stored:
    """A shift-based schedule after an update."""
    vendor = VENDORS["pagerduty"]
    wanted = concrete(account, d.a_shift_schedule(**inputs))
    return vendors.update(account.store, vendor, vendor.kind(SHIFTS), stored.id, wanted)


def event_ids(stored: Stored) -> list[str]:
    return [event["id"] for rotation in stored.body["rotations"] for event in rotation["events"]]


def test_an_event_begins_when_it_is_made_and_the_state_keeps_what_was_declared(account):
    stored = made(account, SHIFTS, d.a_shift_schedule())
    ((since,),) = stored.body["_taken"]
    assert since > stored.body["rotations"][0]["events"][0]["effectiveSince"] == "2026-01-05T08:00:00Z"


def test_an_event_that_has_begun_is_made_anew_where_it_changes_and_stays_where_it_does_not(account):
    stored = made(account, SHIFTS, d.a_shift_schedule())
    same_events = changed(account, stored, description="Other")
    assert event_ids(same_events) == event_ids(stored)
    assert same_events.body["_taken"] == stored.body["_taken"]
    assert event_ids(changed(account, stored, rotations=events({"name": "Layer 2"}))) != event_ids(stored)


def test_an_event_that_is_to_come_is_changed_in_place(account):
    later = {"effectiveSince": LATER}
    stored = made(account, SHIFTS, d.a_shift_schedule(rotations=events(later)))
    assert event_ids(changed(account, stored, rotations=events({**later, "name": "Layer 2"}))) == event_ids(stored)


def test_an_event_that_is_over_can_neither_be_changed_nor_deleted(account):
    stored = made(account, SHIFTS, d.a_shift_schedule())
    over = {**stored.body["rotations"][0]["events"][0], "effectiveUntil": "2026-02-02T08:00:00Z"}
    account.edit(stored, rotations=[{**stored.body["rotations"][0], "events": [over]}])
    refused: list[list[d.Entry]] = [events(), events({"name": "Layer 2"}), [{"events": []}]]
    for rotations in refused:
        with pytest.raises(VendorError, match="can be neither changed nor deleted"):
            changed(account, stored, rotations=rotations)
    assert changed(account, stored, rotations=[]).body["rotations"] == [], "its rotation can be"


def test_a_shift_based_schedule_that_a_policy_asks_cannot_be_deleted(account):
    schedule = made(account, SHIFTS, d.a_shift_schedule())
    made(account, POLICY, d.a_policy(rules=step(targets=[{"type": "schedule_reference", "id": schedule.id}])))
    with pytest.raises(VendorError, match="still used by EscalationPolicy"):
        delete(account, SHIFTS, schedule.id)


def paging(account: Account) -> dict[str, str]:
    """A schedule, a policy that asks it, a service and its key."""
    schedule = made(account, SCHEDULE, d.a_schedule())
    targets = [{"type": "schedule_reference", "id": schedule.id}]
    policy = made(account, POLICY, d.a_policy(rules=step(targets=targets)))
    service = made(account, SERVICE, d.a_service(escalationPolicy=policy.id))
    kind = "events_api_v2_inbound_integration"
    key = made(account, INTEGRATION, {"name": "Events", "service": service.id, "type": kind})
    return {SCHEDULE: schedule.id, POLICY: policy.id, SERVICE: service.id, INTEGRATION: key.id}


def delete(account: Account, type_: str, id_: str) -> None:
    vendor = VENDORS[type_.split(":")[0]]
    stored = account.store.get(type_, id_)
    assert stored is not None
    vendors.delete(account.store, vendor, vendor.kind(type_), stored)


@pytest.mark.parametrize(
    ("type_", "reason"), [(POLICY, "still used by Service"), (SCHEDULE, "only target of EscalationPolicy")]
)
def test_what_is_used_cannot_be_deleted(account, type_, reason):
    ids = paging(account)
    with pytest.raises(VendorError, match=reason):
        delete(account, type_, ids[type_])
    assert account.store.get(type_, ids[type_])


def test_a_schedule_leaves_a_policy_that_asks_somebody_else_too(account):
    ana = next(iter(account.objects("pagerduty:index/user:User")))
    schedule = made(account, SCHEDULE, d.a_schedule())
    both = [{"type": "schedule_reference", "id": schedule.id}, {"type": "user_reference", "id": ana}]
    policy = made(account, POLICY, d.a_policy(rules=[*step(targets=both), *step(targets=both[:1])]))
    delete(account, SCHEDULE, schedule.id)
    assert [one["targets"] for one in account.objects(POLICY)[policy.id]["rules"]] == [both[1:]]


def test_a_service_takes_its_keys_along(account):
    ids = paging(account)
    delete(account, SERVICE, ids[SERVICE])
    assert account.objects(INTEGRATION) == {}


def test_a_monitor_in_an_slo_or_a_composite_cannot_be_deleted(account):
    monitor = made(account, MONITOR, d.a_monitor())
    made(account, MONITOR, d.a_monitor(type="composite", query=f"!{monitor.id}", onMissingData=None))
    with pytest.raises(VendorError, match="still used by Monitor"):
        delete(account, MONITOR, monitor.id)


def test_a_test_brings_a_monitor_that_an_slo_can_name(account):
    number = made(account, TEST, d.an_uptime_test()).body["monitorId"]
    slo = {"name": "A", "type": "monitor", "monitorIds": [number], "thresholds": [{"timeframe": "7d", "target": 99}]}
    assert made(account, SLO, slo).id
    with pytest.raises(VendorError, match="no Monitor or SyntheticsTest has the id '1'"):
        made(account, SLO, {**slo, "monitorIds": [1]})


TARGETS = [
    pytest.param("certificate", "1.5", "0", id="a day and a half is none"),
    pytest.param("responseTime", "two", "0", id="a word is none"),
    pytest.param("certificate", "14", "14", id="whole days stay"),
    pytest.param("body", "1.5", "1.5", id="a text stays"),
]


@pytest.mark.parametrize(("type_", "target", "kept"), TARGETS)
def test_a_target_that_is_no_whole_number_is_sent_as_none(account, type_, target, kept):
    assertion = {"type": type_, "operator": "isInMoreThan", "target": target}
    test = made(account, TEST, {**d.an_uptime_test(), "assertions": [assertion]})
    assert test.body["assertions"] == [{**assertion, "target": kept}]


def a_token(account: Account, name: str = "TOKEN") -> Stored:
    """A secure variable of synthetic tests."""
    return made(account, VARIABLE, {"name": name, "value": "abc", "secure": True})


def with_variable(id_: str, name: str = "TOKEN") -> d.Entry:
    """A test that has a variable, under its own name or another."""
    return {**d.an_uptime_test(), "configVariables": [{"name": name, "type": "global", "id": id_}]}


def test_a_test_calls_a_variable_by_its_own_name(account):
    token = a_token(account)
    made(account, TEST, with_variable(token.id))
    with pytest.raises(VendorError, match="Global variable invalid names: OTHER"):
        made(account, TEST, with_variable(token.id, "OTHER"))


def test_a_variable_stays_while_a_test_has_it(account):
    token = a_token(account)
    made(account, TEST, with_variable(token.id))
    with pytest.raises(VendorError, match="is still used by SyntheticsTest"):
        delete(account, VARIABLE, token.id)


def test_the_value_of_a_secure_variable_never_comes_back(account):
    vendor, token = VENDORS["datadog"], a_token(account)
    assert token.body["value"] == "abc"
    assert "value" not in vendors.state_of(vendor.kind(VARIABLE), token, remembered={})


@pytest.mark.parametrize("type_", [SCHEDULE, OBJECT, CHANNEL])
def test_a_name_is_taken_once(account, type_):
    good = {
        SCHEDULE: d.a_schedule(),
        OBJECT: {"serviceName": "Payments", "serviceKey": "key"},
        CHANNEL: {"accountName": "youragency", "channelName": "#a", "display": {}},
    }
    made(account, type_, good[type_])
    with pytest.raises(VendorError, match="has already been taken"):
        made(account, type_, good[type_])


def test_a_timeout_of_zero_comes_back_as_none(account):
    ids = paging(account)
    service = made(account, SERVICE, d.a_service(name="B", escalationPolicy=ids[POLICY], autoResolveTimeout="0"))
    assert service.body["autoResolveTimeout"] == "null"


def test_a_member_stays_while_a_policy_of_the_team_asks_them(account):
    ana = next(iter(account.objects("pagerduty:index/user:User")))
    team = made(account, TEAM, {"name": "Platform"})
    member = made(account, MEMBERSHIP, {"userId": ana, "teamId": team.id, "role": "manager"})
    policy = d.a_policy(teams=team.id, rules=step(targets=[{"type": "user_reference", "id": ana}]))
    made(account, POLICY, policy)
    with pytest.raises(VendorError, match="still asked by"):
        delete(account, MEMBERSHIP, member.id)


@pytest.mark.parametrize("type_", [pytest.param(CRON, id="a job"), pytest.param(UPTIME, id="an address")])
def test_a_monitor_without_a_seat_is_disabled(account, type_):
    account.limit_seats(type_, 0)
    assert made(account, type_, GOOD[type_]()).body["enabled"] is False


LOOK_UPS = [
    ("pagerduty:index/getUser:getUser", {"email": "Ana@youragency.com"}, "Unable to locate any user", "capitals"),
    ("pagerduty:index/getVendor:getVendor", {"name": "Nobody"}, "Unable to locate any vendor", "an unknown vendor"),
    ("sentry:index/getTeam:getTeam", {"organization": "youragency", "slug": "x"}, "0 found", "an unknown team"),
    ("sentry:index/getProject:getProject", {"organization": "other", "slug": "web"}, "not found", "elsewhere"),
]


@pytest.mark.parametrize(("function", "arguments", "reason"), [pytest.param(*case, id=i) for *case, i in LOOK_UPS])
def test_a_look_up_that_finds_nothing_fails(account, function, arguments, reason):
    with pytest.raises(VendorError, match=reason):
        VENDORS[function.split(":")[0]].functions[function](account.store, arguments)


def test_a_vendor_is_found_by_its_whole_name_first(account):
    found = VENDORS["pagerduty"].functions["pagerduty:index/getVendor:getVendor"](account.store, {"name": "datadog"})
    assert found["name"] == "Datadog"


def test_two_writers_of_sentrys_table_at_once_lose_a_row(account, monkeypatch):
    pd = account.seed_sentry_installation("pagerduty", "youragency")
    row = {"organization": "youragency", "integrationId": pd, "integrationKey": "key"}
    both_have_read = Barrier(2)
    with ThreadPoolExecutor(2) as pool, monkeypatch.context() as patched:
        patched.setattr(sentry, "hold_copy", both_have_read.wait)
        list(pool.map(lambda name: account.make_by_hand(ROW, **row, service=name), ["A", "B"]))
    assert len(account.objects(ROW)) < 2
    left = len(account.objects(ROW))
    account.make_by_hand(ROW, **row, service="C")
    assert len(account.objects(ROW)) == left + 1


def test_what_people_made_before_stays_when_they_make_more(account):
    before = account.store.rows("select type, id, body from objects")
    account.seed_users("ana@youragency.com", "ben@youragency.com")
    account.seed_vendors("Datadog", "Datadog (legacy)")
    account.seed_organization("youragency", teams=("platform", "revenue"), members=("ana@youragency.com",))
    account.seed_project("web", organization="youragency")
    after = account.store.rows("select type, id, body from objects")
    assert set(before) <= set(after)
    assert sorted(type_ for type_, *_ in set(after) - set(before)) == [pagerduty.USER, sentry.TEAM]
