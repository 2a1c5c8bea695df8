"""Reads a Plan as the vendors would act on it: from a rule's alert or monitors, along every reference, to a policy.

Knows the vendors' fields only, and nothing of our builders. What it gives is named as in expectations.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from monitoring.model.receivers import ReceiverKind
from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    ESCALATION_POLICY,
    GET_PROJECT_ERROR_MONITOR,
    GET_USER,
    METRIC_MONITOR,
    MONITOR,
    NOTIFICATION_RULE,
    SCHEDULES,
    SENTRY_ROW,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SLO,
    SYNTHETICS_TEST,
    UPTIME_MONITOR,
)
from monitoring.plan import Plan, Resource

# An issue that opens, comes back, or appears again: without any of the three a second firing notifies nobody.
OPENINGS = {"firstSeenEvent", "regressionEvent", "reappearedEvent"}
ISSUE_OWNERS = "issue_owners"

Row = dict[str, Any]
_T = TypeVar("_T")


class ReadingError(Exception):
    """The vendors would not act on this as on a rule that works; one sentence says why."""


def firing(plan: Plan) -> Mapping[str, tuple[Resource, ...]]:
    """What fires for each rule, by the id with which the rule acts: an alert of Sentry, or monitors and tests.

    What lives elsewhere arrives at an integration that bears its rule's id, as its service does.
    """
    rules: dict[str, tuple[Resource, ...]] = {alert.name: (alert,) for alert in plan.of_type(ALERT)}
    rules |= {way.name: (way,) for way in plan.of_type(SERVICE_INTEGRATION) if f"{SERVICE}::{way.name}" in plan.by_key}
    for resource in (*plan.of_type(MONITOR), *plan.of_type(SYNTHETICS_TEST)):
        if name := _tagged_rule(resource):
            rules[name] = (*rules.get(name, ()), resource)
    return rules


def _tagged_rule(resource: Resource) -> str:
    """The rule that a monitor's tags name; empty where they name none."""
    tags = {key: value for key, _, value in (tag.partition(":") for tag in resource.inputs.get("tags", ()))}
    return "-".join(tags[key] for key in ("rule", "tenant") if key in tags) if "rule" in tags else ""


def rule_row(plan: Plan, resources: Sequence[Resource], slack_account: str) -> Row:
    """Where a rule arrives and what its vendor watches; ReadingError where the vendor would do nothing of the kind.

    Datadog writes a channel as `slack-ACCOUNT-CHANNEL`, and both may have dashes; so the account is given.
    """
    try:
        if resources[0].type == ALERT:
            return _sentry_row(plan, resources[0])
        if resources[0].type == SERVICE_INTEGRATION:
            return _elsewhere_row(plan, resources[0])
        return _datadog_row(plan, resources, f"slack-{slack_account}-")
    except KeyError as missing:
        raise ReadingError(f"{missing} is missing on its way to a human") from None


def policy_row(plan: Plan, policy: Resource) -> Row:
    """A policy: minutes and names of each step, and how often it begins again."""
    return {
        "steps": [
            {"minutes": step["escalationDelayInMinutes"], "ask": [_asked(plan, target) for target in step["targets"]]}
            for step in policy.inputs["rules"]
        ],
        "extra-rounds": policy.inputs["numLoops"],
    }


def _asked(plan: Plan, target: Mapping[str, Any]) -> str:
    if target["type"] == "schedule_reference":
        return referred(plan, target["id"], *SCHEDULES).name
    require(target["id"].get("lookup") == GET_USER, "a step notifies somebody who is not looked up")
    return str(target["id"]["arguments"]["email"])


def require(holds: bool, otherwise: str) -> None:
    """Raises ReadingError with a sentence unless something holds."""
    if not holds:
        raise ReadingError(otherwise)


def only(items: Iterable[_T], what: str) -> _T:
    """The only item there is; ReadingError where there are none or several."""
    candidates = list(items)
    require(len(candidates) == 1, f"{len(candidates)} {what}, and 1 is meant")
    return candidates[0]


def referred(plan: Plan, reference: Mapping[str, Any], *types: str, output: str = "id") -> Resource:
    """The resource that a reference means; ReadingError where it is another output, another type, or none."""
    key = reference.get("ref", "")
    resource = plan.by_key.get(key)
    kind = types[0].rpartition(":")[2]
    if resource is None or resource.type not in types or reference.get("output") != output:
        raise ReadingError(f'"{key}" stands where the {output} of a {kind} is meant')
    return resource


def _page(plan: Plan, key: Mapping[str, Any]) -> Row:
    """Whom a vendor pages with an integration's key: the service's policy and urgency."""
    return _paged(plan, referred(plan, key["secret"], SERVICE_INTEGRATION, output="integrationKey"))


def _paged(plan: Plan, integration: Resource) -> Row:
    """Whom an integration's service asks, and how urgently."""
    service = referred(plan, integration.inputs["service"], SERVICE)
    urgency = service.inputs["incidentUrgencyRule"]
    policy = referred(plan, service.inputs["escalationPolicy"], ESCALATION_POLICY)
    if urgency["type"] == "constant":
        return {"policy": policy.name, "urgency": urgency["urgency"], "support-hours": None}
    parts = [urgency[part] for part in ("duringSupportHours", "outsideSupportHours")]
    high_then_low = parts == [{"type": "constant", "urgency": each} for each in ("high", "low")]
    require(high_then_low, f'the service "{service.name}" is not high in support hours and low outside of them')
    return {"policy": policy.name, "urgency": urgency["type"], "support-hours": _hours(service.inputs["supportHours"])}


def _hours(hours: Mapping[str, Any]) -> str:
    """Support hours as one text: the weekdays as numbers from Monday on, the times, the zone."""
    days = ",".join(map(str, hours["daysOfWeeks"]))
    return f"{days} {hours['startTime']}-{hours['endTime']} {hours['timeZone']}"


# --- what lives elsewhere --------------------------------------------------------------------------------------


def _elsewhere_row(plan: Plan, integration: Resource) -> Row:
    """An integration to which another system sends; of a mailbox, that each mail opens an incident."""
    inputs = integration.inputs
    vendor = inputs.get("vendor")
    if "integrationEmail" in inputs:
        swallows = inputs["emailIncidentCreation"] != "on_new_email" or inputs["emailFilterMode"] != "all-email"
        require(not swallows, "its mailbox does not open an incident for each mail")
    watched = {
        "type": inputs.get("type"),
        "vendor": vendor["arguments"]["name"] if vendor else None,
        "integration-email": inputs.get("integrationEmail"),
    }
    return {"page": _paged(plan, integration), **_receivers({}), "pagerduty": watched}


def _receivers(named: Mapping[ReceiverKind, list[str]]) -> Row:
    """A field for each kind of receiver beside the page."""
    return {kind.value: named.get(kind, []) for kind in ReceiverKind}


# --- Sentry ----------------------------------------------------------------------------------------------------


def _sentry_row(plan: Plan, alert: Resource) -> Row:
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
        **_receivers(_heard_from_sentry(actions)),
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
    return _page(plan, row.inputs["integrationKey"])


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


# --- Datadog ---------------------------------------------------------------------------------------------------


def _datadog_row(plan: Plan, resources: Sequence[Resource], slack: str) -> Row:
    """A rule of Datadog: what its monitors or tests watch, and where the tags send it."""
    arrivals = [_arrival(plan, resource.inputs["tags"], slack) for resource in resources]
    require(all(arrival == arrivals[0] for arrival in arrivals), "its monitors arrive at different places")
    monitors = [resource for resource in resources if resource.type == MONITOR]
    tests = [resource for resource in resources if resource.type == SYNTHETICS_TEST]
    watched = {
        "monitors": [_monitor(plan, monitor.inputs) for monitor in monitors],
        "tests": [_test(test.inputs) for test in tests],
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
    return {"page": page, **_receivers(beside)}


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
    return _page(plan, only(objects, f'service objects are called "{name}"').inputs["serviceKey"])


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


def _test(inputs: Mapping[str, Any]) -> Row:
    require(inputs["status"] == "live", f"a test is {inputs['status']}")
    options = inputs["optionsList"]
    require(not options.get("acceptSelfSigned"), "a test accepts a certificate that nobody vouches for")
    retry = options.get("retry")
    return {
        "request": _request(inputs.get("subtype"), inputs.get("requestDefinition") or {}, options),
        "sends": list(_sent(inputs)),
        "steps": [_test_step(step) for step in inputs.get("apiSteps") or ()],
        "browser-steps": [_browser_step(step) for step in inputs.get("browserSteps") or ()],
        "devices": list(inputs.get("deviceIds") or ()),
        "tick-every": options["tickEvery"],
        "locations": inputs["locations"],
        "min-location-failed": options["minLocationFailed"],
        "min-failure-duration": options.get("minFailureDuration"),
        "retry": {"count": retry["count"], "interval": retry["interval"]} if retry else None,
        "assertions": [" ".join(_assertion(assertion)) for assertion in inputs.get("assertions") or ()],
        "priority": options["monitorPriority"],
    }


def _test_step(step: Mapping[str, Any]) -> Row:
    """A request of a test of several: what is asked, sent and kept of the answer, and what its failure does."""
    request, kept = step["requestDefinition"], step.get("extractedValues") or ()
    for value in kept:
        sort = (value["type"], value["parser"]["type"])
        require(sort == ("http_body", "json_path"), f"a step keeps what is {' by '.join(sort)}")
    return {
        "name": step["name"],
        "request": _request(step["subtype"], request, request),
        "sends": list(_sent(step)),
        "assertions": [" ".join(_assertion(assertion)) for assertion in step.get("assertions") or ()],
        "keeps": [f"{value['name']}: {value['parser'].get('value')}" for value in kept],
        "on-failure": _on_failure(step),
    }


def _on_failure(step: Mapping[str, Any]) -> str:
    return "stop" if not step.get("allowFailure") else "continue" if step.get("isCritical") else "ignore"


COMPARED = (
    "attribute", "check", "value", "delay", "clickType", "clickWithJavascript", "modifiers", "code", "file", "requests",
    "x", "y",
)  # fmt: skip
"""What of a browser's step is spelled out where it is given, in this order."""


def _browser_step(step: Mapping[str, Any]) -> Row:
    """What a browser does or looks for, and what its failure does."""
    params = step["params"]
    parts = [f"{name} {_spelled(params[name])}" for name in COMPARED if _is_given(params.get(name))]
    return {
        "name": step["name"],
        "does": " ".join([step["type"], *parts, *_elements(params)]),
        "seconds": step["timeout"],
        "on-failure": _on_failure(step),
    }


def _is_given(value: Any) -> bool:
    return value is not None and value is not False and value != []


def _spelled(value: Any) -> str:
    return "+".join(value) if isinstance(value, list | tuple) else str(value)


def _elements(params: Mapping[str, Any]) -> Iterator[str]:
    if locator := params.get("elementUserLocator"):
        alone = " alone" if locator.get("failTestOnCannotLocate") else ""
        yield f"in {locator['value']['type']} {locator['value']['value']}{alone}"
    if params.get("element"):
        yield "in what was recorded"


def _request(subtype: str | None, asks: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """What a test asks; a redirect that it would follow, or a revoked certificate that it would take, is said."""
    if subtype is None:
        return f"a browser from {asks['url']}"
    if subtype == "http":
        version = f" by {options['httpVersion']}" if options.get("httpVersion") else ""
        redirects = ", redirects followed" if options.get("followRedirects") else ""
        return f"{asks['method']} {asks['url']}{version}{redirects}"
    if subtype == "tcp":
        return f"connection to {asks['host']}:{asks['port']}"
    if subtype == "dns":
        return f"{asks['host']} at {asks.get('dnsServer') or 'any server'}:{asks['dnsServerPort']}"
    if subtype == "icmp":
        return f"{asks['numberOfPackets']} echoes of {asks['host']}"
    if subtype == "grpc":
        return f"{asks['callType']} of {asks.get('service') or 'all'} at {asks['host']}:{asks['port']}"
    if subtype == "multi":
        return "its steps, one after the other"
    revoked = "" if options.get("checkCertificateRevocation") else ", revoked or not"
    return f"certificate of {asks['host']}:{asks['port']}{revoked}"


def _sent(inputs: Mapping[str, Any]) -> Iterator[str]:
    """What a request carries: its headers, and its body with what it is."""
    yield from (f"{name}: {value}" for name, value in sorted((inputs.get("requestHeaders") or {}).items()))
    if body := (inputs.get("requestDefinition") or {}).get("body"):
        yield f"{inputs['requestDefinition'].get('bodyType')} {body}"


def _assertion(assertion: Mapping[str, Any]) -> Iterator[str]:
    path, schema = assertion.get("targetjsonpath"), assertion.get("targetjsonschema")
    yield assertion["type"]
    if path:
        require(assertion["operator"] == "validatesJSONPath", "an assertion has a path that it does not use")
        first = path.get("elementsoperator") in (None, "firstElementMatches")
        require(first, "an assertion is not about the first value at its path")
        yield from (path["jsonpath"], path["operator"], path["targetvalue"] or '""')
    elif schema:
        require(assertion["operator"] == "validatesJSONSchema", "an assertion has a schema that it does not use")
        yield from (assertion["operator"], schema["metaschema"], schema["jsonschema"])
    else:
        yield from filter(None, (assertion.get("property"), assertion["operator"], assertion["target"]))
