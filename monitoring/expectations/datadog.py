"""Reads the monitors and tests of Datadog: whom their tags tell, and what they watch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitoring.expectations.paging import page_row, receiver_row
from monitoring.expectations.references import Row, only, require
from monitoring.expectations.synthetic_tests import synthetic_test_row
from monitoring.model.receivers import ReceiverKind
from monitoring.naming.type_tokens import MONITOR, NOTIFICATION_RULE, SERVICE_OBJECT, SLO, SYNTHETICS_TEST
from monitoring.plan import Plan, Resource


def datadog_row(plan: Plan, resources: Sequence[Resource], slack: str) -> Row:
    """A rule of Datadog: what its monitors or tests watch, and where the tags send it."""
    arrivals = [_arrival(plan, resource.inputs["tags"], slack) for resource in resources]
    require(all(arrival == arrivals[0] for arrival in arrivals), "its monitors arrive at different places")
    monitors = [resource for resource in resources if resource.type == MONITOR]
    tests = [resource for resource in resources if resource.type == SYNTHETICS_TEST]
    watched = {
        "monitors": [_monitor(plan, monitor.inputs) for monitor in monitors],
        "tests": [synthetic_test_row(test.inputs) for test in tests],
        "slo": _slo(plan, monitors),
    }
    return arrivals[0] | {"datadog": watched}


def matching(plan: Plan, tags: Iterable[str]) -> list[Resource]:
    """The notification rules whose filter takes a monitor of these tags: all of a filter's tags are there."""
    return [route for route in plan.of_type(NOTIFICATION_RULE) if set(route.inputs["filter"]["tags"]) <= set(tags)]


def _arrival(plan: Plan, tags: Iterable[str], slack: str) -> Row:
    recipients = only(matching(plan, tags), "notification rules match").inputs["conditionalRecipients"]
    alerts = only(recipients["conditions"], "conditions of its notification rule")
    require(alerts["scope"] == "transition_type:is_alert", "its notification rule is not for alerts")
    handles = alerts["recipients"]
    pages, beside = _after("pagerduty-", handles), _heard_from_datadog(handles, slack)
    closes = recipients.get("fallbackRecipients", []) == [each for each in handles if "@" not in each]
    require(closes, "its recovery does not arrive where the alert did, so an incident stays open")
    strange = len(handles) - len(pages) - sum(map(len, beside.values()))
    require(not strange, "it arrives at a handle of another product, which no expectation describes")
    page = _datadog_page(plan, only(pages, "PagerDuty handles")) if pages else None
    return {"page": page, **receiver_row(beside)}


def _heard_from_datadog(handles: Sequence[str], slack: str) -> Mapping[ReceiverKind, list[str]]:
    """Whom handles tell beside the page, by their first words; an address has an @."""
    return {
        ReceiverKind.SLACK: _after(slack, handles),
        ReceiverKind.TEAMS: _after("teams-", handles),
        ReceiverKind.WEBHOOK: _after("webhook-", handles),
        ReceiverKind.OPSGENIE: _after("opsgenie-", handles),
        ReceiverKind.EMAIL: [handle for handle in handles if "@" in handle],
    }


def _after(start: str, handles: Iterable[str]) -> list[str]:
    """What follows in the handles that begin so."""
    return [handle.removeprefix(start) for handle in handles if handle.startswith(start)]


def _datadog_page(plan: Plan, name: str) -> Row:
    objects = (known for known in plan.of_type(SERVICE_OBJECT) if known.inputs["serviceName"] == name)
    return page_row(plan, only(objects, f'service objects are called "{name}"').inputs["serviceKey"])


def _monitor(plan: Plan, inputs: Mapping[str, Any]) -> Row:
    require(inputs.get("draftStatus", "published") == "published", "its monitor is a draft")
    recovers = inputs.get("monitorThresholds", {}).get("criticalRecovery")
    return {
        "type": inputs["type"],
        "query": _query(plan, inputs["query"]),
        "priority": int(inputs["priority"]),
        "recovers-at": None if recovers is None else float(recovers),
        "on-missing-data": inputs.get("onMissingData"),
        "new-group-delay": inputs.get("newGroupDelay"),
        "evaluation-delay": inputs.get("evaluationDelay"),
        "timeout-h": inputs.get("timeoutH"),
        "notify-by": inputs.get("notifyBies") or [],
        "require-full-window": inputs.get("requireFullWindow") or None,
        **_anomaly_windows(inputs),
        **(_service_check(inputs) if inputs["type"] == "service check" else {}),
    }


def _anomaly_windows(inputs: Mapping[str, Any]) -> Row:
    windows = inputs.get("monitorThresholdWindows") or {}
    return {"trigger-window": windows.get("triggerWindow"), "recovery-window": windows.get("recoveryWindow")}


def _service_check(inputs: Mapping[str, Any]) -> Row:
    """What no query of a service check says: how many answers in a row count, and when their absence does."""
    thresholds = inputs["monitorThresholds"]
    silent = inputs.get("noDataTimeframe") if inputs.get("notifyNoData") else None
    return {"critical": int(thresholds["critical"]), "ok": int(thresholds["ok"]), "no-data-timeframe": silent}


def _query(plan: Plan, query: Any) -> str:
    """A query; another resource's id in it is written as that resource's name."""
    if isinstance(query, str):
        return query
    return "".join(part if isinstance(part, str) else plan.by_key[part["ref"]].name for part in query["format"])


def _slo(plan: Plan, monitors: Iterable[Resource]) -> Row | None:
    """The objective that the monitors' queries name, if they name one."""
    keys = {
        part["ref"]
        for monitor in monitors
        if isinstance(monitor.inputs["query"], Mapping)
        for part in monitor.inputs["query"]["format"]
        if not isinstance(part, str) and part["ref"].startswith(f"{SLO}::")
    }
    if not keys:
        return None
    inputs = plan.by_key[only(keys, "objectives")].inputs
    require(inputs["type"] == "metric", f"its objective is of type {inputs['type']}, and its queries count nothing")
    return {
        **{side: inputs["query"][side] for side in ("numerator", "denominator")},
        "target": inputs["targetThreshold"],
        "timeframe": inputs["timeframe"],
    }
