"""Reads a Plan as the vendors would act on it: from a rule's monitor, along every reference, to a policy.

Knows the vendors' fields only, and nothing of our builders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.plan import Plan, Resource

ALERT = "sentry:index/alert:Alert"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
METRIC_MONITOR = "sentry:index/metricMonitor:MetricMonitor"
MONITOR = "datadog:index/monitor:Monitor"
TEST = "datadog:index/syntheticsTest:SyntheticsTest"
ROUTE = "datadog:index/monitorNotificationRule:MonitorNotificationRule"
SERVICE_OBJECT = "datadog:pagerduty/serviceObject:ServiceObject"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"
SERVICE = "pagerduty:index/service:Service"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
SCHEDULE = "pagerduty:index/schedule:Schedule"

Row = dict[str, Any]
SIGN = {"gt": ">", "lte": "<=", "lt": "<", "gte": ">="}


def rows(plan: Plan) -> dict[str, Row]:
    """Every rule of the plan with where it arrives and what its vendor watches."""
    ours = _datadog_rules(plan)
    return {alert.name: sentry_row(plan, alert) for alert in plan.of_type(ALERT)} | {
        rule: datadog_row(plan, watching) for rule, watching in ours.items()
    }


def target(plan: Plan, reference: Mapping[str, Any], type_: str, output: str = "id") -> Resource:
    """The resource that a reference means, which is of a type and gives that output."""
    assert reference["output"] == output, reference
    resource = plan.by_key[reference["ref"]]
    assert resource.type == type_, reference
    return resource


def paged(plan: Plan, key: Mapping[str, Any]) -> Row:
    """Whom a vendor pages with an integration's key: the service's policy and urgency."""
    integration = target(plan, key["secret"], INTEGRATION, "integrationKey")
    service = target(plan, integration.inputs["service"], SERVICE)
    policy = target(plan, service.inputs["escalationPolicy"], POLICY)
    assert service.inputs["incidentUrgencyRule"]["type"] == "constant"
    return {"policy": policy.name, "urgency": service.inputs["incidentUrgencyRule"]["urgency"]}


def policies(plan: Plan) -> dict[str, Row]:
    """Every policy: minutes and names of each step, and how often it begins again."""
    return {
        policy.name: {
            "steps": [
                [step["escalationDelayInMinutes"], [_asked(plan, one) for one in step["targets"]]]
                for step in policy.inputs["rules"]
            ],
            "extra-rounds": policy.inputs["numLoops"],
        }
        for policy in plan.of_type(POLICY)
    }


def _asked(plan: Plan, asked: Mapping[str, Any]) -> str:
    if asked["type"] == "schedule_reference":
        return target(plan, asked["id"], SCHEDULE).name
    assert asked["id"]["lookup"] == "pagerduty:index/getUser:getUser"
    return str(asked["id"]["arguments"]["email"])


# --- Sentry ----------------------------------------------------------------------------------------------------


def sentry_row(plan: Plan, alert: Resource) -> Row:
    """An alert of Sentry: its one filter's actions, and its one monitor."""
    assert alert.inputs["enabled"] is True
    (only,) = alert.inputs["actionFilters"]
    actions = [item for action in only["actions"] for item in action.items()]
    pages = [action for kind, action in actions if kind == "pagerduty"]
    assert len(pages) + len([1 for kind, _ in actions if kind in ("slack", "email")]) == len(actions)
    return {
        "page": _sentry_page(plan, pages[0]) if pages else None,
        "slack": [action["channelName"] for kind, action in actions if kind == "slack"],
        "email": [_sentry_mail(action) for kind, action in actions if kind == "email"],
        "sentry": {
            **_watched(plan, alert, only),
            "environment": alert.inputs["environment"],
            **({"pagerduty": pages[0]["severity"]} if pages else {}),
            "again-after": f"{alert.inputs['frequencyMinutes']} min",
        },
    }


def _sentry_page(plan: Plan, action: Mapping[str, Any]) -> Row:
    row = target(plan, action["serviceId"], ROW)
    assert action["integrationId"] == row.inputs["integrationId"]
    assert action["serviceName"] == row.inputs["service"]
    return paged(plan, row.inputs["integrationKey"])


def _sentry_mail(action: Mapping[str, Any]) -> str:
    looked_up = action["targetId"]["arguments"]
    return f"team {looked_up['slug']}" if action["targetType"] == "team" else f"user {looked_up['email']}"


def _watched(plan: Plan, alert: Resource, only: Mapping[str, Any]) -> Row:
    (monitor_id,) = alert.inputs["monitorIds"]
    assert only["conditions"] == []
    triggers = {name for trigger in alert.inputs["triggerConditions"] for name in trigger}
    assert triggers == {"firstSeenEvent", "regressionEvent", "reappearedEvent"}, "a second firing notifies too"
    monitor = target(plan, monitor_id, METRIC_MONITOR)
    assert monitor.inputs["environment"] == alert.inputs["environment"]
    return _measured(monitor.inputs)


def _measured(inputs: Mapping[str, Any]) -> Row:
    assert inputs["enabled"] is True
    fires, recovers = inputs["conditionGroup"]["conditions"]
    assert recovers["conditionResult"] == 0
    (event,) = inputs["eventTypes"]
    return {
        "project": inputs["project"],
        "query": inputs["query"],
        "fires": [
            f"{inputs['aggregate']} of {event}",
            SIGN[fires["type"]],
            fires["comparison"],
            f"in {inputs['timeWindowSeconds']} s",
        ],
        "recovers": [SIGN[recovers["type"]], recovers["comparison"]],
        "priority": fires["conditionResult"],
    }


# --- Datadog ---------------------------------------------------------------------------------------------------


def _datadog_rules(plan: Plan) -> dict[str, list[Resource]]:
    rules: dict[str, list[Resource]] = {}
    for resource in (*plan.of_type(MONITOR), *plan.of_type(TEST)):
        tags = dict(tag.split(":", 1) for tag in resource.inputs["tags"])
        name = f"{tags['rule']}-{tags['tenant']}" if "tenant" in tags else tags["rule"]
        rules.setdefault(name, []).append(resource)
    return rules


def matching(plan: Plan, tags: list[str]) -> list[Resource]:
    """The notification rules whose filter matches a monitor of these tags: all of a filter's tags are there."""
    return [route for route in plan.of_type(ROUTE) if set(route.inputs["filter"]["tags"]) <= set(tags)]


def datadog_row(plan: Plan, watching: list[Resource]) -> Row:
    """A rule of Datadog: what its monitor or tests ask, and where the tags send it."""
    arrivals = [_arrival(plan, resource.inputs["tags"]) for resource in watching]
    assert all(arrival == arrivals[0] for arrival in arrivals)
    return arrivals[0] | {"datadog": _asked_of_datadog(plan, watching)}


def _arrival(plan: Plan, tags: list[str]) -> Row:
    (route,) = matching(plan, tags)
    recipients = route.inputs["conditionalRecipients"]
    (alerts,) = recipients["conditions"]
    assert alerts["scope"] == "transition_type:is_alert"
    handles = alerts["recipients"]
    lasting = [handle for handle in handles if handle.startswith(("pagerduty-", "slack-"))]
    assert recipients.get("fallbackRecipients", []) == lasting, "a recovery reaches the pager, or incidents stay open"
    pages = [handle.removeprefix("pagerduty-") for handle in handles if handle.startswith("pagerduty-")]
    return {
        "page": _datadog_page(plan, pages[0]) if pages else None,
        "slack": [handle.removeprefix("slack-youragency-") for handle in handles if handle.startswith("slack-")],
        "email": [handle for handle in handles if "@" in handle],
    }


def _datadog_page(plan: Plan, name: str) -> Row:
    (known,) = (one for one in plan.of_type(SERVICE_OBJECT) if one.inputs["serviceName"] == name)
    return paged(plan, known.inputs["serviceKey"])


def _asked_of_datadog(plan: Plan, watching: list[Resource]) -> Row:
    if watching[0].type == TEST:
        (priority,) = {test.inputs["optionsList"]["monitorPriority"] for test in watching}
        return {"priority": priority, "tests": [_test(test.inputs) for test in watching]}
    (monitor,) = watching
    inputs = monitor.inputs
    said = {
        "type": inputs["type"],
        "query": _query(plan, inputs["query"]),
        "recovers": _number(inputs.get("monitorThresholds", {}).get("criticalRecovery")),
        "silence": inputs.get("onMissingData"),
        "priority": int(inputs["priority"]),
    }
    return {name: value for name, value in said.items() if value is not None}


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _query(plan: Plan, query: Any) -> str:
    if isinstance(query, str):
        return query
    return "".join(part if isinstance(part, str) else plan.by_key[part["ref"]].name for part in query["format"])


def _test(inputs: Mapping[str, Any]) -> Row:
    assert inputs["status"] == "live"
    options, asks = inputs["optionsList"], inputs["requestDefinition"]
    what = (
        f"{asks['method']} {asks['url']}"
        if inputs["subtype"] == "http"
        else f"the certificate of {asks['host']}:{asks['port']}"
    )
    return {
        "asks": what,
        "every": f"{options['tickEvery']} s",
        "from": inputs["locations"],
        "failing-in": options["minLocationFailed"],
        "retries": f"{options['retry']['count']} after {options['retry']['interval']} ms",
        "must": list(map(" ".join, map(_assertion, inputs["assertions"]))),
    }


def _assertion(assertion: Mapping[str, Any]) -> Iterator[str]:
    path = assertion.get("targetjsonpath")
    yield assertion["type"]
    if path:
        assert assertion["operator"] == "validatesJSONPath"
        yield from (path["jsonpath"], path["operator"], path["targetvalue"])
    else:
        yield from filter(None, (assertion.get("property"), assertion["operator"], assertion["target"]))
