"""Reads an alert of Sentry: whom it tells, and what it watches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monitoring.expectations.paging import page_row, receiver_row
from monitoring.expectations.references import ReadingError, Row, only, referred, require
from monitoring.model.receivers import ReceiverKind
from monitoring.naming.type_tokens import (
    CRON_MONITOR,
    GET_PROJECT_ERROR_MONITOR,
    METRIC_MONITOR,
    SENTRY_ROW,
    UPTIME_MONITOR,
)
from monitoring.plan import Plan, Resource

# An issue that opens, comes back, or appears again: without any of the three a second firing notifies nobody.
OPENINGS = {"firstSeenEvent", "regressionEvent", "reappearedEvent"}
ISSUE_OWNERS = "issue_owners"


def sentry_row(plan: Plan, alert: Resource) -> Row:
    """An alert of Sentry: its one filter's actions, and its one monitor."""
    require(alert.inputs["enabled"] is True, "the alert is not enabled")
    filters = only(alert.inputs["actionFilters"], "action filters")
    actions = [item for action in filters["actions"] for item in action.items()]
    strange = sorted({kind for kind, _ in actions} - {"pagerduty", "slack", "webhook", "email"})
    require(not strange, f"the alert acts by {', '.join(strange)}, which no expectation describes")
    pages = [action for kind, action in actions if kind == "pagerduty"]
    page = only(pages, "PagerDuty actions") if pages else None
    return {
        "page": _sentry_page(plan, page) if page else None,
        **receiver_row(_heard_from_sentry(actions)),
        "sentry": {
            **_watched(plan, alert, filters),
            "frequency-minutes": alert.inputs["frequencyMinutes"],
            "pagerduty-severity": page["severity"] if page else None,
        },
    }


def _heard_from_sentry(actions: Sequence[tuple[str, Mapping[str, Any]]]) -> Mapping[ReceiverKind, list[str]]:
    """Whom the actions of an alert tell beside the page, as Sentry names them."""
    mails = [action for kind, action in actions if kind == "email"]
    return {
        ReceiverKind.SLACK: [_sentry_channel(action) for kind, action in actions if kind == "slack"],
        ReceiverKind.WEBHOOK: [str(action["service"]) for kind, action in actions if kind == "webhook"],
        ReceiverKind.EMAIL: [_sentry_mail(mail) for mail in mails if mail["targetType"] != ISSUE_OWNERS],
        ReceiverKind.ISSUE_OWNERS: [
            str(mail["fallthroughType"]) for mail in mails if mail["targetType"] == ISSUE_OWNERS
        ],
    }


def _sentry_page(plan: Plan, action: Mapping[str, Any]) -> Row:
    row = referred(plan, action["serviceId"], SENTRY_ROW)
    same = action["integrationId"] == row.inputs["integrationId"] and action["serviceName"] == row.inputs["service"]
    require(same, f'the PagerDuty action does not fit its row "{row.name}"')
    return page_row(plan, row.inputs["integrationKey"])


def _sentry_channel(action: Mapping[str, Any]) -> str:
    require(not action.get("channelId"), "a Slack action names its channel by an id, whatever its name says")
    return str(action["channelName"])


def _sentry_mail(action: Mapping[str, Any]) -> str:
    looked_up = action["targetId"]["arguments"]
    return f"team {looked_up['slug']}" if action["targetType"] == "team" else f"user {looked_up['email']}"


def _watched(plan: Plan, alert: Resource, filters: Mapping[str, Any]) -> Row:
    """The environment that an alert hears of, and what it watches, by the name of its form."""
    monitor_id = only(alert.inputs["monitorIds"], "monitors of an alert")
    if monitor_id.get("lookup") == GET_PROJECT_ERROR_MONITOR:
        project = monitor_id["arguments"]["project"]
        changes = [only(trigger, "kinds of one trigger") for trigger in alert.inputs["triggerConditions"]]
        conditions = list(map(_condition, filters["conditions"]))
        form = {"project": project, "triggers": changes, "conditions": conditions}
        return {"environment": alert.inputs["environment"], "error-monitor": form}
    require(filters["conditions"] == [], "a condition holds back what the monitor has decided")
    triggers = {name for trigger in alert.inputs["triggerConditions"] for name in trigger}
    require(triggers == OPENINGS, f"it notifies on {', '.join(sorted(triggers))} alone, so a second firing is silent")
    if plan.by_key[monitor_id["ref"]].type == CRON_MONITOR:
        cron = _cron(referred(plan, monitor_id, CRON_MONITOR).inputs)
        return {"environment": alert.inputs["environment"], "cron-monitor": cron}
    bare = alert.inputs.get("environment") is None
    require(bare, "the alert has an environment beside its monitor's, and takes only events that carry it")
    if plan.by_key[monitor_id["ref"]].type == UPTIME_MONITOR:
        inputs = referred(plan, monitor_id, UPTIME_MONITOR).inputs
        return {"environment": inputs["environment"], "uptime-monitor": _asked_by_sentry(inputs)}
    monitor = referred(plan, monitor_id, METRIC_MONITOR)
    return {"environment": monitor.inputs["environment"], "metric-monitor": _measured(monitor.inputs)}


# long: one case a condition
def _condition(condition: Mapping[str, Any]) -> str:
    """A condition on an issue, as Sentry shows it."""
    kind, values = only(condition.items(), "kinds of one condition")
    match kind:
        case "taggedEvent":
            return f"{values['key']} {values['match']} {values['value']}"
        case "eventFrequencyCount":
            return f"more than {values['value']} events in {values['interval']}"
        case "eventUniqueUserFrequencyCount":
            return f"more than {values['value']} people in {values['interval']}"
        case "latestRelease":
            return "in the latest release"
        case "level":
            return f"level {values['match']} {values['level']}"
        case "issuePriorityGreaterOrEqual":
            return f"priority at least {values['comparison']}"
        case "issueOccurrences":
            return f"seen at least {values['value']} times"
        case "ageComparison":
            return f"{values['comparisonType']} than {values['value']} {values['time']}"
        case "assignedTo":
            return f"assigned to {_assignee(values)}"
        case _:
            raise ReadingError(f"it has a condition {kind}, which no expectation describes")


def _assignee(values: Mapping[str, Any]) -> str:
    return f"team {values['targetId']['arguments']['slug']}" if values["targetType"] == "Team" else "nobody"


def _measured(inputs: Mapping[str, Any]) -> Row:
    require(inputs["enabled"] is True, "the monitor is not enabled")
    conditions = inputs["conditionGroup"]["conditions"]
    kinds = [condition["type"] for condition in conditions]
    require(kinds == ["gt", "lte"], f"it fires on {' and '.join(kinds)}, where gt and lte are meant")
    fires, recovers = conditions
    require(recovers["conditionResult"] == 0, "its second condition does not resolve the issue")
    return {
        "project": inputs["project"],
        "query": inputs["query"],
        "aggregate": inputs["aggregate"],
        "event-type": only(inputs["eventTypes"], "event types"),
        "time-window-seconds": inputs["timeWindowSeconds"],
        "above": fires["comparison"],
        "recovers-at": recovers["comparison"],
        "priority": fires["conditionResult"],
    }


def _asked_by_sentry(inputs: Mapping[str, Any]) -> Row:
    require(inputs["enabled"] is True, "the monitor is not enabled")
    require(inputs.get("assertionJson") is None, "the monitor asserts something, which no expectation describes")
    headers = (f"{name}: {value}" for name, value in sorted((inputs.get("headers") or {}).items()))
    return {
        "project": inputs["project"],
        "request": f"{inputs['method']} {inputs['url']}",
        "sends": [*headers, *filter(None, [inputs.get("body")])],
        "interval-seconds": inputs["intervalSeconds"],
        "timeout-ms": inputs["timeoutMs"],
        "downtime-threshold": inputs["downtimeThreshold"],
        "recovery-threshold": inputs["recoveryThreshold"],
    }


def _cron(inputs: Mapping[str, Any]) -> Row:
    require(inputs["enabled"] is True, "the monitor is not enabled")
    return {
        "project": inputs["project"],
        "crontab": inputs["schedule"]["crontab"],
        "timezone": inputs["timezone"],
        "checkin-margin-minutes": inputs["checkinMarginMinutes"],
        "max-runtime-minutes": inputs["maxRuntimeMinutes"],
        "failure-issue-threshold": inputs["failureIssueThreshold"],
        "recovery-threshold": inputs["recoveryThreshold"],
    }
