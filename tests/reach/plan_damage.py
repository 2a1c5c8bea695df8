"""What may be wrong with a Plan: each damage, and the rules and hops at which the walk over the Plan must find it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from monitoring.plan import Plan, loads
from monitoring.reach.plan.walk import prove_plan
from monitoring.reach.proof import Proof
from tests.reach.conftest import PLAN_DAY

TODAY = date.fromisoformat(PLAN_DAY)
Inputs = dict[str, Any]


class Damaged:
    """A Plan that can be damaged: resources by kind and name."""

    def __init__(self, text: str) -> None:
        self.content = json.loads(text)

    def __getitem__(self, key: str) -> Inputs:
        kind, _, name = key.partition("::")
        (resource,) = (
            resource
            for resource in self.content["resources"]
            if resource["type"].endswith(f":{kind}") and resource["name"] == name
        )
        inputs: Inputs = resource["inputs"]
        return inputs

    def drop(self, key: str) -> None:
        inputs = self[key]
        resources = self.content["resources"]
        self.content["resources"] = [resource for resource in resources if resource["inputs"] is not inputs]

    def add(self, kind: str, name: str, inputs: Inputs) -> None:
        self.content["resources"].append({"type": kind, "name": name, "inputs": inputs, "options": {}})

    def read(self) -> Plan:
        return loads(json.dumps(self.content))

    def proof(self, catalog) -> Proof:
        return prove_plan(self.read(), catalog, environment="prod", today=TODAY)


def rewrite(name: str, field: str, old: str, new: str) -> Callable[[Damaged], None]:
    def damage(plan: Damaged) -> None:
        assert old in plan[name][field]
        plan[name][field] = plan[name][field].replace(old, new)

    return damage


def other_address(plan: Damaged) -> None:
    plan["SyntheticsTest::website-uptime"]["requestDefinition"]["url"] = "https://staging.youragency.com/"


def ref(kind: str, name: str, output: str = "id") -> Inputs:
    tokens = {"ServiceIntegration": "pagerduty:index/serviceIntegration", "MetricMonitor": "sentry:index/metricMonitor"}
    return {"ref": f"{tokens[kind]}:{kind}::{name}", "output": output}


def key(name: str) -> Inputs:
    return {"secret": ref("ServiceIntegration", name, "integrationKey")}


def steps(plan: Damaged, name: str = "critical") -> list[Any]:
    rules: list[Any] = plan[f"EscalationPolicy::{name}"]["rules"]
    return rules


def layer(plan: Damaged, name: str = "primary", number: int = 0) -> Inputs:
    inputs: Inputs = plan[f"Schedule::{name}"]["layers"][number]
    return inputs


def drop_head(plan: Damaged) -> None:
    plan.drop("SyntheticsTest::api-uptime-head")


def broad_filter(plan: Damaged) -> None:
    plan.add(
        "datadog:index/monitorNotificationRule:MonitorNotificationRule",
        "everything",
        {"filter": {"scope": "env:prod AND NOT severity:p0"}, "recipients": ["pagerduty-platform-critical-high"]},
    )


def other_monitor(plan: Damaged) -> None:
    plan["Alert::auth-system-down"]["monitorIds"] = [ref("MetricMonitor", "database-failure")]


def forget_action(plan: Damaged) -> None:
    actions = plan["Alert::auth-system-down"]["actionFilters"][0]["actions"]
    actions[:] = [action for action in actions if "pagerduty" not in action]


def misname_row(plan: Damaged) -> None:
    plan["Alert::auth-system-down"]["actionFilters"][0]["actions"][0]["pagerduty"]["serviceName"] = "auth"


def no_recovery_at_sentry(plan: Damaged) -> None:
    group = plan["MetricMonitor::database-failure"]["conditionGroup"]
    group["conditions"] = [condition for condition in group["conditions"] if condition["conditionResult"]]


def above_five(plan: Damaged) -> None:
    for condition in plan["MetricMonitor::tenant-isolation-breach"]["conditionGroup"]["conditions"]:
        condition["comparison"] = 5


def other_day(plan: Damaged) -> None:
    window = plan["DowntimeSchedule::database-upgrade-2026-12-api"]["oneTimeSchedule"]
    window.update(start="2026-12-07T03:00:00Z", end="2026-12-07T04:00:00Z")


def endless_downtime(plan: Damaged) -> None:
    del plan["DowntimeSchedule::database-upgrade-2026-12-api"]["oneTimeSchedule"]["end"]


def mute_everything(plan: Damaged) -> None:
    window = {"start": "2026-12-24T00:00:00Z", "end": "2026-12-25T00:00:00Z"}
    plan.add(
        "datadog:index/downtimeSchedule:DowntimeSchedule",
        "everything",
        {"scope": "*", "monitorIdentifier": {"monitorTags": ["*"]}, "oneTimeSchedule": window},
    )


def switch_off(plan: Damaged) -> None:
    plan.add(
        "pagerduty:index/maintenanceWindow:MaintenanceWindow",
        "christmas",
        {"services": [{"ref": "pagerduty:index/service:Service::auth-critical-high", "output": "id"}]},
    )


def second_object(plan: Damaged) -> None:
    inputs = {"serviceName": "website-standard-high", "serviceKey": key("website-standard-low-datadog")}
    plan.add("datadog:pagerduty/serviceObject:ServiceObject", "again", inputs)


def option(name: str, **options: Any) -> Callable[[Damaged], None]:
    return lambda plan: plan[f"SyntheticsTest::{name}"]["optionsList"].update(options)


def change(key: str, **inputs: Any) -> Callable[[Damaged], None]:
    return lambda plan: plan[key].update(inputs)


def in_steps(**changed: Any) -> Callable[[Damaged], None]:
    """The website's test as one of a single step, in which something differs."""
    request = {"method": "GET", "url": "https://app.youragency.com/", "timeout": 10}
    step = {"name": "Look", "subtype": "http", "requestDefinition": request, **changed}
    return change("SyntheticsTest::website-uptime", subtype="multi", apiSteps=[step])


def in_browser(**changed: Any) -> Callable[[Damaged], None]:
    """The website's test as one in a browser with a single step, in which something differs."""
    step = {"name": "Look", "type": "assertPageContains", "params": {"value": "x"}, "timeout": 5, **changed}
    request = {"method": "GET", "url": "https://app.youragency.com/"}

    def damage(plan: Damaged) -> None:
        test = plan["SyntheticsTest::website-uptime"]
        test.pop("subtype"), test.pop("assertions")
        test["optionsList"]["initialNavigationTimeout"] = 5
        test.update(type="browser", requestDefinition=request, deviceIds=["chrome.tablet"], browserSteps=[step])

    return damage


def drop(key: str) -> Callable[[Damaged], None]:
    return lambda plan: plan.drop(key)


def unlabelled(tag: str) -> Callable[[Damaged], None]:
    return lambda plan: plan["MonitorNotificationRule::website-p1"]["filter"]["tags"].remove(tag)


DATADOG = {"lookup": "pagerduty:index/getVendor:getVendor", "arguments": {"name": "Datadog"}, "output": "id"}
EVENTS_API_V2 = "events_api_v2_inbound_integration"
NEW_ISSUE = {"taggedEvent": {"key": "page", "match": "eq", "value": "checkout"}}
LOW = {"type": "constant", "urgency": "low"}
HIGH = {"type": "constant", "urgency": "high"}
HOURS = {"type": "use_support_hours"}
API_RULES = ("api-uptime", "performance-degradation", "high-memory", "readiness-slow")
STRANGER = {"lookup": "pagerduty:index/getUser:getUser", "arguments": {"email": "zoe@youragency.com"}, "output": "id"}
TAGS = ["env:prod", "managed-by:agency-monitoring", "service:apii", "severity:p1", "team:platform"]

DAMAGE: list[Any] = [
    pytest.param(
        change("ServiceObject::api-standard-high", serviceKey=key("api-standard-low-datadog")),
        {("api-uptime", "key"), ("performance-degradation", "key")},
        id="Datadog's service object carries another service's key",
    ),
    pytest.param(
        change("IntegrationPagerduty::auth-critical-high", integrationKey=key("database-critical-high-sentry")),
        {("auth-system-down", "key")},
        id="sentry's row carries another service's key",
    ),
    pytest.param(
        change("MonitorNotificationRule::api-p1", filter={"tags": TAGS}),
        {("api-uptime", "route"), ("performance-degradation", "route")},
        id="a misspelt tag in a filter",
    ),
    pytest.param(
        change("SyntheticsTest::website-uptime", status="paused"), {("website-uptime", "signal")}, id="a paused test"
    ),
    pytest.param(
        change("SyntheticsTest::website-uptime", status=None),
        {("website-uptime", "signal")},
        id="a test of which nobody says that it is live",
    ),
    pytest.param(
        change("Monitor::performance-degradation", draftStatus="draft"),
        {("performance-degradation", "signal")},
        id="a draft monitor",
    ),
    pytest.param(
        change("Alert::database-failure", enabled=False), {("database-failure", "signal")}, id="an alert switched off"
    ),
    pytest.param(
        change("MetricMonitor::database-failure", enabled=False),
        {("database-failure", "signal")},
        id="a monitor switched off",
    ),
    pytest.param(
        lambda plan: plan["Schedule::security"]["layers"].reverse(),
        {("tenant-isolation-breach", "schedule")},
        id="layers reversed",
    ),
    pytest.param(
        lambda plan: plan["MonitorNotificationRule::website-p1"]["conditionalRecipients"].pop("fallbackRecipients"),
        {("website-uptime", "recovery")},
        id="recovery dropped at datadog",
    ),
    pytest.param(no_recovery_at_sentry, {("database-failure", "recovery")}, id="recovery dropped at sentry"),
    pytest.param(drop_head, {("api-uptime", "signal")}, id="one of two tests is gone"),
    pytest.param(drop("Alert::auth-system-down"), {("auth-system-down", "signal")}, id="an alert is gone"),
    pytest.param(
        drop("MetricMonitor::auth-system-down"), {("auth-system-down", "monitor")}, id="the monitor of an alert is gone"
    ),
    pytest.param(
        drop("MonitorNotificationRule::platform-p0"), {("platform-outage", "route")}, id="a notification rule is gone"
    ),
    pytest.param(
        drop("ServiceObject::website-standard-high"), {("website-uptime", "handle")}, id="a service object is gone"
    ),
    pytest.param(
        drop("IntegrationPagerduty::auth-critical-high"), {("auth-system-down", "row")}, id="a row of sentry is gone"
    ),
    pytest.param(drop("Service::auth-critical-high"), {("auth-system-down", "key")}, id="a PagerDuty service is gone"),
    pytest.param(
        drop("EscalationPolicy::security"), {("tenant-isolation-breach", "policy")}, id="an escalation policy is gone"
    ),
    pytest.param(drop("Schedule::security"), {("tenant-isolation-breach", "target")}, id="a schedule is gone"),
    pytest.param(
        change("Service::auth-critical-high", incidentUrgencyRule=LOW),
        {("auth-system-down", "urgency")},
        id="low urgency under a rule that wakes",
    ),
    pytest.param(
        change("Service::api-standard-low", incidentUrgencyRule=HIGH),
        {(rule, "urgency") for rule in ("high-memory", "elevated-error-rate", "readiness-slow")},
        id="high urgency under rules that let people sleep",
    ),
    pytest.param(
        change("Service::auth-critical-high", incidentUrgencyRule=HOURS),
        {("auth-system-down", "urgency")},
        id="an urgency that changes with support hours",
    ),
    pytest.param(
        lambda plan: steps(plan, "security").pop(), {("tenant-isolation-breach", "policy")}, id="a step is gone"
    ),
    pytest.param(
        lambda plan: steps(plan, "security")[0].update(escalationDelayInMinutes=6),
        {("tenant-isolation-breach", "policy")},
        id="a delay is a minute longer",
    ),
    pytest.param(
        change("EscalationPolicy::security", numLoops=0), {("tenant-isolation-breach", "policy")}, id="no more rounds"
    ),
    pytest.param(
        lambda plan: steps(plan, "security")[0]["targets"][0].pop("type"),
        {("tenant-isolation-breach", "target")},
        id="a schedule without a type, which PagerDuty takes for a user",
    ),
    pytest.param(
        lambda plan: steps(plan, "security")[0].update(escalationRuleAssignmentStrategy={"type": "round_robin"}),
        {("tenant-isolation-breach", "step")},
        id="a step that asks one after the other",
    ),
    pytest.param(
        lambda plan: steps(plan, "security")[1]["targets"].pop(0),
        {("tenant-isolation-breach", "schedule")},
        id="a target of a step is gone",
    ),
    pytest.param(
        lambda plan: layer(plan, "security")["users"].reverse(),
        {("tenant-isolation-breach", "schedule")},
        id="two users swapped",
    ),
    pytest.param(
        lambda plan: layer(plan, "security")["users"].append(STRANGER),
        {("tenant-isolation-breach", "schedule"), ("tenant-isolation-breach", "contact")},
        id="a user whom the catalog does not know",
    ),
    pytest.param(
        lambda plan: layer(plan, "security").update(rotationTurnLengthSeconds=604_800 - 3_600),
        {("tenant-isolation-breach", "schedule")},
        id="a turn an hour shorter",
    ),
    pytest.param(
        lambda plan: layer(plan, "security").update(rotationVirtualStart="2026-01-05T10:00:00+00:00"),
        {("tenant-isolation-breach", "schedule")},
        id="an anchor in another zone",
    ),
    pytest.param(
        lambda plan: layer(plan, "security").update(start="2027-01-05T10:00:00+01:00"),
        {("tenant-isolation-breach", "schedule")},
        id="a layer that begins later than its anchor",
    ),
    pytest.param(
        lambda plan: layer(plan, "security").update(end="2027-01-05T10:00:00+01:00"),
        {("tenant-isolation-breach", "schedule")},
        id="a layer that ends",
    ),
    pytest.param(
        lambda plan: layer(plan, "security", 1)["restrictions"].pop(),
        {("tenant-isolation-breach", "schedule")},
        id="a restriction is gone",
    ),
    pytest.param(
        change("Schedule::security", timeZone="Europe/London"),
        {("tenant-isolation-breach", "schedule")},
        id="a schedule in another zone",
    ),
    pytest.param(
        change("Schedule::security", timeZone="Europe/Atlantis"),
        {("tenant-isolation-breach", "schedule")},
        id="a zone that does not exist",
    ),
    pytest.param(
        drop("DowntimeSchedule::database-upgrade-2026-12-api"),
        {(rule, "maintenance") for rule in API_RULES},
        id="a downtime is gone",
    ),
    pytest.param(
        other_day,
        {(rule, "maintenance") for rule in API_RULES},
        id="a downtime on another day",
    ),
    pytest.param(
        endless_downtime,
        {(rule, "maintenance") for rule in API_RULES},
        id="a downtime without an end",
    ),
    pytest.param(forget_action, {("auth-system-down", "route")}, id="an alert without its pager"),
    pytest.param(
        lambda plan: plan["Alert::auth-system-down"]["triggerConditions"].pop(1),
        {("auth-system-down", "trigger")},
        id="an issue that opens again is not told",
    ),
    pytest.param(other_monitor, {("auth-system-down", "monitor")}, id="an alert that watches another rule's monitor"),
    pytest.param(
        change("Alert::auth-system-down", environment="staging"),
        {("auth-system-down", "environment")},
        id="an alert of a metric monitor with an environment",
    ),
    pytest.param(
        change("MetricMonitor::auth-system-down", environment="staging"),
        {("auth-system-down", "environment")},
        id="a metric monitor that was moved to another environment",
    ),
    pytest.param(
        lambda plan: plan["MetricMonitor::elevated-error-rate"].pop("environment"),
        {("elevated-error-rate", "environment")},
        id="a metric monitor of every environment",
    ),
    pytest.param(
        rewrite("Monitor::performance-degradation", "query", "env:prod", "env:staging"),
        {("performance-degradation", "environment")},
        id="a query on another environment",
    ),
    pytest.param(
        rewrite("Monitor::performance-degradation", "query", "env:prod", "!env:prod"),
        {("performance-degradation", "environment")},
        id="a query that leaves its environment out",
    ),
    pytest.param(
        rewrite("Monitor::performance-degradation", "query", "env:prod,service:api", "env:prod OR service:api"),
        {("performance-degradation", "environment")},
        id="a query that lets another environment in by an alternative",
    ),
    pytest.param(
        other_address,
        {("website-uptime", "environment")},
        id="a test of another environment's address",
    ),
    pytest.param(misname_row, {("auth-system-down", "row")}, id="an action that names another service than its row"),
    pytest.param(
        broad_filter,
        {
            ("api-uptime", "service"),
            ("performance-degradation", "service"),
            ("third-party-outage", "service"),
            ("website-uptime", "service"),
            ("high-memory", "service"),
            ("readiness-slow", "service"),
            ("certificate-expiring", "route"),
            ("certificate-expiring-soon", "service"),
        },
        id="a second filter that matches everything pages people twice",
    ),
    pytest.param(
        change("Monitor::performance-degradation", message="slow @pagerduty-platform-critical-high"),
        {("performance-degradation", "service")},
        id="a handle in a message pages on every transition",
    ),
    pytest.param(
        change("Service::auth-critical-high", autoPauseNotificationsParameters={"enabled": True, "timeout": 900}),
        {("auth-system-down", "service")},
        id="a service that pauses notifications for a quarter of an hour",
    ),
    pytest.param(
        change("Service::auth-critical-high", alertGroupingParameters={"type": "intelligent"}),
        {("auth-system-down", "service")},
        id="a service that groups alerts",
    ),
    pytest.param(
        change("Service::auth-critical-high", autoResolveTimeout="60"),
        {("auth-system-down", "service")},
        id="a service that closes incidents after a minute",
    ),
    pytest.param(
        lambda plan: plan["Service::auth-critical-high"].pop("autoResolveTimeout"),
        {("auth-system-down", "service")},
        id="a service that closes incidents, because that is the default",
    ),
    pytest.param(
        change("Service::auth-critical-high", acknowledgementTimeout="null"),
        {("auth-system-down", "service")},
        id="an acknowledgement that never expires, where the catalog says when",
    ),
    pytest.param(switch_off, {("auth-system-down", "service")}, id="a maintenance window of pagerduty's own"),
    pytest.param(second_object, {("website-uptime", "handle")}, id="two service objects of one name"),
    pytest.param(
        option("website-uptime", minLocationFailed=9),
        {("website-uptime", "signal")},
        id="a test that must fail in more regions than it asks from",
    ),
    pytest.param(
        change("SyntheticsTest::website-uptime", locations=[]),
        {("website-uptime", "signal")},
        id="a test from nowhere",
    ),
    pytest.param(
        option("website-uptime", tickEvery=604_800), {("website-uptime", "signal")}, id="a test that asks once a week"
    ),
    pytest.param(
        option("website-uptime", minFailureDuration=7_200),
        {("website-uptime", "signal")},
        id="a test that has to fail for two hours",
    ),
    pytest.param(
        rewrite("Monitor::performance-degradation", "query", "service:api}", "service:api}.rollup(avg, 3600)"),
        {("performance-degradation", "signal")},
        id="a monitor whose points are an hour long",
    ),
    pytest.param(
        change("Monitor::performance-degradation", evaluationDelay=7_200),
        {("performance-degradation", "signal")},
        id="a monitor that looks two hours back",
    ),
    pytest.param(above_five, {("tenant-isolation-breach", "signal")}, id="a count where one event is enough"),
    pytest.param(
        change("MetricMonitor::tenant-isolation-breach", timeWindowSeconds=86_400),
        {("tenant-isolation-breach", "signal")},
        id="one event in a window that is looked at every quarter of an hour",
    ),
    pytest.param(
        change("MetricMonitor::database-failure", timeWindowSeconds=86_400),
        {("database-failure", "signal")},
        id="a count over a day instead of minutes",
    ),
    pytest.param(
        mute_everything,
        {
            (rule, "maintenance")
            for rule in (
                "api-uptime",
                "certificate-expiring",
                "certificate-expiring-soon",
                "high-memory",
                "performance-degradation",
                "platform-outage",
                "readiness-slow",
                "third-party-outage",
                "website-uptime",
            )
        },
        id="a downtime of every monitor, which mutes nothing at sentry",
    ),
    pytest.param(
        change("Monitor::performance-degradation", renotifyInterval=None),
        {("performance-degradation", "reminder")},
        id="a monitor that notifies once",
    ),
    pytest.param(
        change("Monitor::performance-degradation", renotifyStatuses=["no data"]),
        {("performance-degradation", "reminder")},
        id="a reminder of missing data alone",
    ),
    pytest.param(
        change("Monitor::performance-degradation", renotifyStatuses=["alert"]),
        {("performance-degradation", "reminder")},
        id="no reminder of missing data, which notifies",
    ),
    pytest.param(
        option("website-uptime", monitorOptions={"renotifyInterval": 0}),
        {("website-uptime", "reminder")},
        id="a test that notifies once",
    ),
    pytest.param(
        change("Alert::database-failure", frequencyMinutes=1_440),
        {("database-failure", "reminder")},
        id="an alert that notifies once a day",
    ),
    pytest.param(
        change("Monitor::performance-degradation", requireFullWindow=True),
        {("performance-degradation", "signal")},
        id="a monitor that waits for a window without a gap",
    ),
    pytest.param(
        lambda plan: plan["Monitor::performance-degradation"].pop("requireFullWindow"),
        {("performance-degradation", "signal")},
        id="a monitor that waits for a window without a gap, because that is the default",
    ),
    pytest.param(
        change("Monitor::performance-degradation", timeoutH=1),
        {("performance-degradation", "signal")},
        id="a monitor that resolves by itself",
    ),
    pytest.param(
        change("Monitor::high-memory", newGroupDelay=86_400),
        {("high-memory", "signal")},
        id="a monitor that overlooks a new function for a day",
    ),
    pytest.param(
        lambda plan: plan["Schedule::security"]["layers"][0].update(overflow=True),
        {("tenant-isolation-breach", "property")},
        id="a property of a schedule that nobody knows",
    ),
    pytest.param(
        change("EscalationPolicy::security", onCallHandoffNotifications="never"),
        {("tenant-isolation-breach", "property")},
        id="a property of a policy that nobody knows",
    ),
    pytest.param(
        change("Service::auth-critical-high", supportHours={"type": "fixed_time_per_day"}),
        {("auth-system-down", "urgency")},
        id="support hours beside a constant urgency",
    ),
    pytest.param(
        change("ServiceObject::website-standard-high", enabled=False),
        {("website-uptime", "property")},
        id="a property of a service object that nobody knows",
    ),
    pytest.param(
        change("ServiceIntegration::auth-critical-high-sentry", emailFilters=[{"subjectMode": "always"}]),
        {("auth-system-down", "property")},
        id="a filter on an integration",
    ),
    pytest.param(
        change("SyntheticsTest::website-uptime", type="browser"),
        {("website-uptime", "signal")},
        id="a test by a browser",
    ),
    pytest.param(
        in_browser(allowFailure=True), {("website-uptime", "signal")}, id="a browser whose steps may all fail"
    ),
    pytest.param(in_browser(timeout=300), {("website-uptime", "signal")}, id="a browser whose step tries for long"),
    pytest.param(
        in_browser(type="wait", params={"value": "300"}),
        {("website-uptime", "signal")},
        id="a browser that waits for long",
    ),
    pytest.param(
        in_browser(type="typeText", params={"value": "a lamp" * 10, "delay": 10_000}),
        {("website-uptime", "signal")},
        id="a browser that types slowly",
    ),
    pytest.param(
        in_browser(type="typeText", params={"value": "{{ NAME }}", "delay": 10_000}),
        {("website-uptime", "signal")},
        id="a browser that types a secret slowly",
    ),
    pytest.param(
        in_browser(type="goToUrl", params={"value": "https://staging.youragency.com/"}),
        {("website-uptime", "environment")},
        id="a browser that goes to another environment",
    ),
    pytest.param(
        in_browser(alwaysExecute=True),
        {("website-uptime", "property")},
        id="a property of a browser's step that nobody knows",
    ),
    pytest.param(
        in_steps(allowFailure=True, isCritical=False),
        {("website-uptime", "signal")},
        id="a test whose steps may all fail",
    ),
    pytest.param(in_steps(subtype="wait"), {("website-uptime", "signal")}, id="a test with a step that asks nothing"),
    pytest.param(
        in_steps(requestDefinition={"method": "GET", "url": "https://staging.youragency.com/", "timeout": 10}),
        {("website-uptime", "environment")},
        id="a step that asks another environment",
    ),
    pytest.param(
        in_steps(retry={"count": 3}), {("website-uptime", "property")}, id="a property of a step that nobody knows"
    ),
    pytest.param(
        in_steps(requestDefinition={"method": "GET", "url": "https://app.youragency.com/", "timeout": 800}),
        {("website-uptime", "signal")},
        id="a step that waits for long",
    ),
    pytest.param(
        lambda plan: plan["SyntheticsTest::website-uptime"]["requestDefinition"].pop("timeout"),
        {("website-uptime", "signal")},
        id="a test that does not say how long it waits",
    ),
    pytest.param(
        unlabelled("env:prod"),
        {("website-uptime", "filter")},
        id="a notification rule of every environment",
    ),
    pytest.param(
        unlabelled("managed-by:agency-monitoring"),
        {("website-uptime", "filter")},
        id="a notification rule that takes other people's monitors",
    ),
    pytest.param(
        change("ServiceIntegration::auth-critical-high-sentry", type=None, vendor=DATADOG),
        {("auth-system-down", "key")},
        id="sentry pages by an integration that is made for Datadog",
    ),
    pytest.param(
        change(
            "ServiceIntegration::website-standard-high-datadog", type="events_api_v2_inbound_integration", vendor=None
        ),
        {("website-uptime", "key")},
        id="Datadog pages by an integration that is not its own",
    ),
    pytest.param(
        change("MetricMonitor::database-failure", organization="another"),
        {("database-failure", "organization")},
        id="a monitor of another organization",
    ),
    pytest.param(
        change("IntegrationPagerduty::database-critical-high", organization="another"),
        {("database-failure", "organization")},
        id="a row of another organization",
    ),
    pytest.param(
        change("MetricMonitor::database-failure", dataset="transactions"),
        {("database-failure", "signal")},
        id="errors counted where there are none",
    ),
    pytest.param(
        change("MetricMonitor::database-failure", issueDetection={"type": "dynamic"}),
        {("database-failure", "signal")},
        id="a monitor without a level of its own",
    ),
    pytest.param(
        lambda plan: plan["Alert::database-failure"]["actionFilters"][0].update(logicType="none"),
        {("database-failure", "filter")},
        id="an alert that acts where no condition holds",
    ),
    pytest.param(
        lambda plan: plan["Alert::database-failure"]["actionFilters"][0].update(conditions=[NEW_ISSUE]),
        {("database-failure", "filter")},
        id="a condition behind a metric monitor",
    ),
    pytest.param(
        change("DowntimeSchedule::database-upgrade-2026-12-api", notifyEndStates=["warn"]),
        {(rule, "maintenance") for rule in API_RULES},
        id="an alert that outlasts a window is not told",
    ),
    pytest.param(
        change("DowntimeSchedule::database-upgrade-2026-12-api", notifyEndTypes=["canceled"]),
        {(rule, "maintenance") for rule in API_RULES},
        id="a window that ends without a word",
    ),
    pytest.param(
        change("DowntimeSchedule::database-upgrade-2026-12-api", muteFirstRecoveryNotification=True),
        {(rule, "maintenance") for rule in API_RULES},
        id="a window that holds back the recovery of what fired before it",
    ),
    pytest.param(
        change("DowntimeSchedule::database-upgrade-2026-12-api", scope="host:web"),
        {(rule, "maintenance") for rule in API_RULES},
        id="a window for one host",
    ),
]
