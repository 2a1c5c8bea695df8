"""Entries for the small program that offend nobody: one of each resource type that the project declares."""

from __future__ import annotations

import json
from typing import Any

Entry = dict[str, Any]

USER = {"look_up": "pagerduty:index/getUser:getUser", "name": "ana", "properties": {"email": "ana@youragency.com"}}
DATADOG_VENDOR = {"look_up": "pagerduty:index/getVendor:getVendor", "name": "dd", "properties": {"name": "Datadog"}}


def entry(type_: str, name: str, properties: Entry, **more: Any) -> Entry:
    """An entry; its `name` property is its logical name unless said otherwise."""
    return {"type": type_, "name": name, "properties": properties, **more}


def a_schedule(**changed: Any) -> Entry:
    """A weekly rotation of one person."""
    layer = {
        "start": "2026-01-05T09:00:00+01:00",
        "rotationVirtualStart": "2026-01-05T09:00:00+01:00",
        "rotationTurnLengthSeconds": 604800,
        "users": [{"$of": "ana.id"}],
    }
    return {"name": "Primary", "timeZone": "Europe/Berlin", "description": "Primary", "layers": [layer], **changed}


def a_shift_schedule(**changed: Any) -> Entry:
    """A weekly event of one person."""
    return {"name": "Shifts", "timeZone": "Europe/Berlin", "rotations": [{"events": [an_event()]}], **changed}


def an_event(**changed: Any) -> Entry:
    """An event of one person that comes every week."""
    members = [{"type": "user_member", "userId": {"$of": "ana.id"}}]
    return {
        "name": "Layer 1",
        "startTime": "2026-01-05T09:00:00+01:00",
        "endTime": "2026-01-12T09:00:00+01:00",
        "effectiveSince": "2026-01-05T08:00:00Z",
        "recurrences": ["RRULE:FREQ=WEEKLY"],
        "assignmentStrategies": [{"type": "every_member_assignment_strategy", "members": members}],
        **changed,
    }


def a_policy(**changed: Any) -> Entry:
    """One step that asks the schedule."""
    target = {"type": "schedule_reference", "id": {"$of": "primary.id"}}
    rules = [{"escalationDelayInMinutes": 5, "targets": [target]}]
    return {"name": "Critical", "description": "Critical", "numLoops": 3, "rules": rules, **changed}


def a_service(**changed: Any) -> Entry:
    """A service that wakes."""
    rule = {"type": "constant", "urgency": "high"}
    return {
        "name": "Payments",
        "description": "Payments",
        "escalationPolicy": {"$of": "critical.id"},
        "autoResolveTimeout": "null",
        "acknowledgementTimeout": "1800",
        "incidentUrgencyRule": rule,
        **changed,
    }


def a_monitor(*, critical: int = 2, **changed: Any) -> Entry:
    """A metric monitor."""
    return {
        "name": "Payments are slow",
        "type": "query alert",
        "query": f"avg(last_10m):avg:trace.http.request{{service:payments}} > {critical}",
        "message": "Payments are slow",
        "monitorThresholds": {"critical": str(critical)},
        "tags": ["severity:p1", "env:prod"],
        "priority": "2",
        "onMissingData": "show_and_notify_no_data",
        **changed,
    }


def an_uptime_test(**changed: Any) -> Entry:
    """A synthetic test from three regions."""
    return {
        "name": "API is down",
        "type": "api",
        "subtype": "http",
        "status": "live",
        "message": "API is down",
        "locations": ["aws:eu-central-1", "aws:us-east-1", "aws:ap-southeast-1"],
        "requestDefinition": {"method": "GET", "url": "https://youragency.com/health"},
        "assertions": [{"type": "statusCode", "operator": "is", "target": "200"}],
        "optionsList": {"tickEvery": 60, "minLocationFailed": 2, "retry": {"count": 1, "interval": 5000}},
        "tags": ["env:prod"],
        **changed,
    }


def a_dashboard(**changed: Any) -> Entry:
    """A dashboard with every key that the API would add."""
    board: Entry = {
        "title": "Payments",
        "description": None,
        "layout_type": "ordered",
        "widgets": [],
        "template_variables": [],
        "notify_list": [],
        "restricted_roles": [],
    }
    return {"dashboard": json.dumps({**board, **changed})}


def a_metric_monitor(**changed: Any) -> Entry:
    """A Sentry monitor that counts errors of one tag."""
    return {
        "organization": "youragency",
        "project": "web",
        "name": "Payments are failing",
        "aggregate": "count()",
        "dataset": "events",
        "eventTypes": ["error", "default"],
        "query": "feature:payments",
        "queryType": "error",
        "timeWindowSeconds": 300,
        "environment": "production",
        "issueDetection": {"type": "static"},
        "conditionGroup": {
            "conditions": [
                {"type": "gt", "comparison": 10, "conditionResult": 75},
                {"type": "lte", "comparison": 10, "conditionResult": 0},
            ]
        },
        **changed,
    }


def an_alert(**changed: Any) -> Entry:
    """A Sentry alert that pages and posts."""
    page = {
        "integrationId": {"$of": "pd.id"},
        "serviceId": {"$of": "row.id"},
        "serviceName": "Payments",
        "severity": "critical",
    }
    post = {"integrationId": {"$of": "chat.id"}, "channelName": "#alerts-critical"}
    priority = {"issuePriorityGreaterOrEqual": {"comparison": 75}}
    actions = [{"pagerduty": page}, {"slack": post}]
    return {
        "organization": "youragency",
        "name": "Payments are failing",
        "monitorIds": [{"$of": "failing-monitor.id"}],
        "frequencyMinutes": 5,
        "triggerConditions": [{"firstSeenEvent": {}}, {"regressionEvent": {}}],
        "actionFilters": [{"logicType": "all", "conditions": [priority], "actions": actions}],
        **changed,
    }


def an_uptime_monitor(**changed: Any) -> Entry:
    """An uptime monitor of Sentry's."""
    return {
        "organization": "youragency",
        "project": "web",
        "name": "The shop does not answer",
        "environment": "production",
        "url": "https://youragency.com/cart",
        "method": "GET",
        "intervalSeconds": 60,
        "timeoutMs": 10000,
        **changed,
    }


def a_cron_monitor(**changed: Any) -> Entry:
    """A Sentry cron monitor."""
    return {
        "organization": "youragency",
        "project": "web",
        "name": "nightly-settlement",
        "schedule": {"crontab": "30 2 * * *"},
        "timezone": "Europe/Berlin",
        "checkinMarginMinutes": 10,
        "maxRuntimeMinutes": 60,
        "failureIssueThreshold": 1,
        "recoveryThreshold": 1,
        **changed,
    }


def installation(provider_key: str, name: str) -> Entry:
    """Arguments that find an integration that somebody installed in Sentry."""
    return {"organization": "youragency", "providerKey": provider_key, "name": name}


def paging() -> list[Entry]:
    """PagerDuty: a person, a schedule, a policy, a service and its key."""
    return [
        USER,
        entry("pagerduty:index/schedule:Schedule", "primary", a_schedule(), options={"protect": True}),
        entry("pagerduty:index/escalationPolicy:EscalationPolicy", "critical", a_policy(), options={"protect": True}),
        entry("pagerduty:index/service:Service", "payments", a_service(), options={"protect": True}),
        entry(
            "pagerduty:index/serviceIntegration:ServiceIntegration",
            "payments-key",
            {"name": "Events", "service": {"$of": "payments.id"}, "type": "events_api_v2_inbound_integration"},
            outputs=["integrationKey"],
            options={"secrets": ["integrationKey"]},
        ),
    ]


def monitors() -> list[Entry]:
    """Datadog: a monitor, a test, and a composite of the monitor."""
    whole = a_monitor(type="composite", query={"$of": "payments-slow.id"}, monitorThresholds=None, onMissingData=None)
    return [
        entry("datadog:index/monitor:Monitor", "payments-slow", a_monitor()),
        entry("datadog:index/syntheticsTest:SyntheticsTest", "api-uptime", an_uptime_test(), outputs=["monitorId"]),
        entry("datadog:index/monitor:Monitor", "outage", whole),
    ]


def an_slo() -> Entry:
    """An SLO of a monitor and a test."""
    ids = [{"$of": "payments-slow.number"}, {"$of": "api-uptime.monitorId"}]
    return {
        "name": "Payments",
        "type": "monitor",
        "monitorIds": ids,
        "thresholds": [{"timeframe": "30d", "target": 99.9}],
    }


def a_downtime() -> Entry:
    """An hour every Sunday."""
    recurrence = {"rrule": "FREQ=WEEKLY;BYDAY=SU", "duration": "1h", "start": "2026-01-04T02:00:00"}
    return {
        "scope": "env:prod",
        "monitorIdentifier": {"monitorId": {"$of": "payments-slow.number"}},
        "recurringSchedule": {"recurrences": [recurrence]},
    }


def watching() -> list[Entry]:
    """Datadog: monitors, and everything that hangs on them."""
    page = {"name": "P1", "filter": {"tags": ["severity:p1", "env:prod"]}, "recipients": ["pagerduty-Payments"]}
    channel = {"accountName": "youragency", "channelName": "#alerts-critical", "display": {"message": True}}
    return [
        *monitors(),
        entry("datadog:index/serviceLevelObjective:ServiceLevelObjective", "payments-slo", an_slo()),
        entry("datadog:index/monitorNotificationRule:MonitorNotificationRule", "page-p1", page),
        entry("datadog:index/downtimeSchedule:DowntimeSchedule", "sunday", a_downtime()),
        entry("datadog:index/dashboardJson:DashboardJson", "board", a_dashboard()),
        entry("datadog:slack/channel:Channel", "slack", channel),
    ]


def joined() -> list[Entry]:
    """Datadog's row for the PagerDuty service."""
    properties = {"serviceName": "Payments", "serviceKey": {"$secret": {"$of": "payments-key.integrationKey"}}}
    return [entry("datadog:pagerduty/serviceObject:ServiceObject", "payments-object", properties)]


def noticing() -> list[Entry]:
    """Sentry: its row for the PagerDuty service, monitors, an alert."""
    row = {
        "organization": "youragency",
        "integrationId": {"$of": "pd.id"},
        "service": "Payments",
        "integrationKey": {"$secret": {"$of": "payments-key.integrationKey"}},
    }
    find = "sentry:index/getOrganizationIntegration:getOrganizationIntegration"
    return [
        {"look_up": find, "name": "pd", "properties": installation("pagerduty", "youragency")},
        {"look_up": find, "name": "chat", "properties": installation("slack", "Your Agency")},
        entry("sentry:index/integrationPagerduty:IntegrationPagerduty", "row", row),
        entry("sentry:index/metricMonitor:MetricMonitor", "failing-monitor", a_metric_monitor()),
        entry("sentry:index/cronMonitor:CronMonitor", "nightly", a_cron_monitor()),
        entry("sentry:index/alert:Alert", "failing", an_alert()),
    ]


def one_of_each() -> list[Entry]:
    """Everything."""
    return [*paging(), *watching(), *joined(), *noticing()]
