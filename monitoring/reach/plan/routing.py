"""From a declared signal to the PagerDuty services at which it arrives, by the vendors' own fields.

Datadog's routing goes by tags and transitions, its pager by service object and key, Sentry's by monitor ids, row and
key. Each way ends in a page, or in a hop at which it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    ESCALATION_POLICY,
    GET_PROJECT_ERROR_MONITOR,
    METRIC_MONITOR,
    MONITOR,
    NOTIFICATION_RULE,
    SENTRY_ROW,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SYNTHETICS_TEST,
)
from monitoring.plan import Plan, Resource
from monitoring.reach.paths import PagedService
from monitoring.reach.plan.oncall import Unresolved, listed, mapped, referred, texts, title
from monitoring.reach.plan.timing import never_fires

ALERTS, RECOVERS = "transition_type:is_alert", "transition_type:is_recovery"
PAGERDUTYS_DEFAULT = {"type": "constant", "urgency": "high"}
Way = PagedService | Unresolved


def ways(plan: Plan, resource: Resource, rule: str) -> Iterator[Way]:
    """Every way from something that fires for a rule into PagerDuty, and everything that is wrong on it."""
    if resource.type == ALERT:
        yield from _from_sentry(plan, resource, rule)
    else:
        yield from _from_datadog(plan, resource)


def tags(resource: Resource) -> set[str]:
    """The tags of a monitor or test."""
    return texts(resource.inputs.get("tags"))


# --- Datadog ---------------------------------------------------------------------------------------------------


def _from_datadog(plan: Plan, resource: Resource) -> Iterator[Way]:
    yield from _silent(resource)
    alerted, recovered = (_handles(plan, resource, transition) for transition in (ALERTS, RECOVERS))
    yield from (_by_handle(plan, handle) for handle in sorted(alerted))
    for handle in sorted(alerted - recovered):
        why = f'"{handle}" is told of an alert of "{resource.name}" and never of its recovery'
        yield Unresolved("recovery", f"{why}, so the incident stays open", "tell it of recoveries too")


def _silent(resource: Resource) -> Iterator[Unresolved]:
    if resource.type == SYNTHETICS_TEST and resource.inputs.get("status") != "live":
        why = f'the test "{resource.name}" is {resource.inputs.get("status") or "without status"}'
        yield Unresolved("signal", f"{why} and asks nothing", 'declare status "live"')
    if resource.type == SYNTHETICS_TEST:
        yield from never_fires(resource)
    if resource.type == MONITOR and resource.inputs.get("draftStatus", "published") != "published":
        yield Unresolved("signal", f'the monitor "{resource.name}" is a draft and notifies nobody', "publish it")


def _handles(plan: Plan, resource: Resource, transition: str) -> set[str]:
    """The pager handles that hear of a transition: by every notification rule that matches, and in the message."""
    handles = set(re.findall(r"@(pagerduty-[\w.\-]+)", str(resource.inputs.get("message", ""))))
    options = mapped(resource.inputs.get("optionsList"))
    priority = str(resource.inputs.get("priority") or options.get("monitorPriority"))
    for rule in plan.of_type(NOTIFICATION_RULE):
        if _matches(rule, tags(resource)):
            handles |= {name for name in _recipients(rule, transition, priority) if name.startswith("pagerduty-")}
    return handles


def _matches(rule: Resource, carried: set[str]) -> bool:
    """Whether a notification rule's filter takes a monitor: all of its tags, or a scope of tags with AND and NOT."""
    filtered = mapped(rule.inputs.get("filter"))
    if filtered.get("tags"):
        return texts(filtered["tags"]) <= carried
    terms = re.split(r"\s+AND\s+", str(filtered.get("scope") or ""))
    return any(terms) and all(
        term.removeprefix("NOT ") not in carried if term.startswith("NOT ") else term in carried for term in terms
    )


def _recipients(rule: Resource, transition: str, priority: str) -> set[str]:
    """Who hears of a transition: the recipients of each condition that it meets, else the fallback's."""
    conditional = rule.inputs.get("conditionalRecipients")
    if not isinstance(conditional, Mapping):
        return texts(rule.inputs.get("recipients"))
    met = [
        texts(condition.get("recipients"))
        for condition in listed(conditional.get("conditions"))
        if condition.get("scope") in (transition, f"priority:p{priority}")
    ]
    return set[str]().union(*met) if met else texts(conditional.get("fallbackRecipients"))


def _by_handle(plan: Plan, handle: str) -> Way:
    name = handle.removeprefix("pagerduty-")
    objects = [known for known in plan.of_type(SERVICE_OBJECT) if known.inputs.get("serviceName") == name]
    if len(objects) > 1:
        return Unresolved(
            "handle", f'Datadog has {len(objects)} PagerDuty services called "{name}"', "declare one of them"
        )
    if not objects:
        return Unresolved("handle", f'Datadog knows no PagerDuty service "{name}"', "declare its service object")
    return _by_key(plan, f'datadog\'s "{name}"', name, objects[0].inputs.get("serviceKey"))


# --- Sentry ----------------------------------------------------------------------------------------------------


def _from_sentry(plan: Plan, alert: Resource, rule: str) -> Iterator[Way]:
    yield from _switched_off(alert)
    yield from _watched(plan, alert, rule)
    for filters in listed(alert.inputs.get("actionFilters")):
        for action in listed(filters.get("actions")):
            if "pagerduty" in action:
                yield _by_row(plan, alert, mapped(action["pagerduty"]))


def _switched_off(resource: Resource) -> Iterator[Unresolved]:
    if resource.inputs.get("enabled", True) is not True:
        yield Unresolved("signal", f'sentry\'s {resource.kind} "{resource.name}" is switched off', "enable it")


def _watched(plan: Plan, alert: Resource, rule: str) -> Iterator[Unresolved]:
    watched = listed(alert.inputs.get("monitorIds"))
    if not watched:
        yield Unresolved("monitor", f'the alert "{alert.name}" watches no monitor', "give it the monitor's id")
    for value in watched:
        monitor = referred(plan, value, METRIC_MONITOR) or referred(plan, value, CRON_MONITOR)
        if monitor is not None:
            yield from _monitored(alert, monitor, rule)
        elif value.get("lookup") != GET_PROJECT_ERROR_MONITOR:
            yield Unresolved("monitor", f'the alert "{alert.name}" watches what is no monitor', "refer to a monitor")


def _monitored(alert: Resource, monitor: Resource, rule: str) -> Iterator[Unresolved]:
    yield from _switched_off(monitor)
    if monitor.name != rule:
        why = f'the alert "{alert.name}" watches the monitor "{monitor.name}" of another rule'
        yield Unresolved("monitor", why, "refer to its own monitor")
    if monitor.type == METRIC_MONITOR:
        yield from _opens_and_closes(monitor)
        if alert.inputs.get("environment") is not None:
            why = f'the alert "{alert.name}" takes only events with its environment, and its monitor\'s may have none'
            yield Unresolved("environment", why, "leave the environment to the monitor")
    missing = [name for name in ("firstSeenEvent", "regressionEvent") if not _triggers(alert, name)]
    if missing:
        why = f'the alert "{alert.name}" has no trigger {" and ".join(missing)}'
        yield Unresolved("trigger", f"{why}, so an issue that opens or opens again is not told", "add the trigger")


def _opens_and_closes(monitor: Resource) -> Iterator[Unresolved]:
    group = mapped(monitor.inputs.get("conditionGroup"))
    results = [condition.get("conditionResult") for condition in listed(group.get("conditions"))]
    if not any(isinstance(result, int | float) and result > 0 for result in results):
        yield Unresolved("signal", f'the monitor "{monitor.name}" has no level that opens an issue', "give it one")
    if 0 not in results:
        why = f'the monitor "{monitor.name}" has no level that resolves its issue'
        yield Unresolved("recovery", f"{why}, so it fires once and never again", "add its recovery")


def _triggers(alert: Resource, name: str) -> bool:
    """Whether a trigger is there; an alert without any weighs every event."""
    triggers = listed(alert.inputs.get("triggerConditions"))
    return not triggers or any(name in condition for condition in triggers)


def _by_row(plan: Plan, alert: Resource, action: Mapping[str, Any]) -> Way:
    row = referred(plan, action.get("serviceId"), SENTRY_ROW)
    if row is None:
        return Unresolved("row", f'the alert "{alert.name}" pages what is no row of sentry', "refer to the row's id")
    name = str(row.inputs.get("service"))
    if action.get("serviceName") != name:
        why = f'the alert "{alert.name}" names "{action.get("serviceName")}", and its row is "{name}"'
        return Unresolved("row", why, "name the row's own service")
    return _by_key(plan, f'sentry\'s "{name}"', name, row.inputs.get("integrationKey"))


# --- PagerDuty -------------------------------------------------------------------------------------------------


def _by_key(plan: Plan, where: str, name: str, key: Any) -> Way:
    integration = referred(plan, key, SERVICE_INTEGRATION, "integrationKey")
    service = referred(plan, integration.inputs.get("service"), SERVICE) if integration else None
    if service is None:
        return Unresolved("key", f"{where} has no key of a PagerDuty service in the plan", "refer to integrationKey")
    if title(service) != name:
        why = f'{where} carries the key of the PagerDuty service "{title(service)}"'
        return Unresolved("key", why, "give it the key of its own service")
    return _page(plan, service)


def _page(plan: Plan, service: Resource) -> Way:
    policy = referred(plan, service.inputs.get("escalationPolicy"), ESCALATION_POLICY)
    if policy is None:
        why = f'the policy of the PagerDuty service "{title(service)}" is not in this plan'
        return Unresolved("policy", why, "walk the plan of the environment that owns it")
    rule = mapped(service.inputs.get("incidentUrgencyRule", PAGERDUTYS_DEFAULT))
    if rule.get("type") != "constant" or rule.get("urgency") not in ("high", "low"):
        why = f'the PagerDuty service "{title(service)}" has an urgency that changes, which this cannot follow'
        return Unresolved("urgency", why, "give it a constant urgency, high or low")
    return PagedService(title(service), title(policy), str(rule["urgency"]))
