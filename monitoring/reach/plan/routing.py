"""From a declared signal to the PagerDuty services at which it arrives, by the vendors' own fields.

Datadog's routing goes by tags and transitions, its pager by service object and key, Sentry's by monitor ids, row and
key. Each way ends in a page, or in a hop at which it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    ESCALATION_POLICY,
    GET_PROJECT_ERROR_MONITOR,
    GET_VENDOR,
    METRIC_MONITOR,
    MONITOR,
    NOTIFICATION_RULE,
    SENTRY_ROW,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SYNTHETICS_TEST,
    SYNTHETICS_VARIABLE,
    UPTIME_MONITOR,
)
from monitoring.plan import Plan, Resource
from monitoring.reach.paths import PagedService
from monitoring.reach.plan.followed import unfollowed
from monitoring.reach.plan.oncall import listed, mapped, referred, texts, title, urgency_hours
from monitoring.reach.plan.timing import never_fires
from monitoring.reach.plan.unresolved import Unresolved

ALERTS, RECOVERS = "transition_type:is_alert", "transition_type:is_recovery"
PAGER = "pagerduty-"
OWN_KEYS = ("managed-by:", "env:")
"""The tags that say whose a monitor is, and of which environment; everything else of a filter tells our own apart."""
TESTS = ("api http", "api ssl", "api tcp", "api dns", "api icmp", "api grpc", "api multi", "browser")
DATASETS = {"error": "events", "trace_item_span": "events_analytics_platform"}
"""The data set in which a metric monitor finds events of a type (Sentry's provider 0.15.4, note of `dataset`)."""
AND = re.compile(r"\s+AND\s+")
EVENTS_API_V2, MAILBOX = "events_api_v2_inbound_integration", "generic_email_inbound_integration"
EACH_MAIL = {"emailIncidentCreation": "on_new_email", "emailFilterMode": "all-email"}
"""How a mailbox opens an incident for each mail (PagerDuty's API description, integrations)."""
BY_HOURS = {
    "type": "use_support_hours",
    "duringSupportHours": {"type": "constant", "urgency": "high"},
    "outsideSupportHours": {"type": "constant", "urgency": "low"},
}
MONITORS_OF_SENTRY = (METRIC_MONITOR, CRON_MONITOR, UPTIME_MONITOR)
COUNTS = frozenset({"eventFrequencyCount", "eventUniqueUserFrequencyCount"})
COUNTED = COUNTS | {"taggedEvent"}
"""The conditions of an alert that counts the events of each issue, or the people whom they meet."""
PAGERDUTYS_DEFAULT = {"type": "constant", "urgency": "high"}
Way = PagedService | Unresolved


def ways(plan: Plan, resource: Resource, rule: str) -> Iterator[Way]:
    """Every way from something that fires for a rule into PagerDuty, and everything that is wrong on it."""
    yield from unfollowed(resource)
    if resource.type == ALERT:
        yield from _from_sentry(plan, resource, rule)
    elif resource.type == SERVICE_INTEGRATION:
        yield from _from_another_system(plan, resource)
    else:
        yield from _from_datadog(plan, resource)


def tags(resource: Resource) -> set[str]:
    """The tags of a monitor or test."""
    return texts(resource.inputs.get("tags"))


# --- Datadog ---------------------------------------------------------------------------------------------------


def _from_datadog(plan: Plan, resource: Resource) -> Iterator[Way]:
    yield from _silent(plan, resource)
    carried = tags(resource)
    routes = [route for route in plan.of_type(NOTIFICATION_RULE) if _matches(route, carried)]
    alerted, recovered = (_handles(routes, resource, transition) for transition in (ALERTS, RECOVERS))
    for route in routes:
        if any(name.startswith(PAGER) for name in _texts_in(route.inputs)):
            yield from unfollowed(route)
            yield from _takes_others(route, carried)
    for handle in sorted(alerted):
        yield from _by_handle(plan, handle)
    for handle in sorted(alerted - recovered):
        why = f'"{handle}" is told of an alert of "{resource.name}" and never of its recovery'
        yield Unresolved("recovery", f"{why}, so the incident stays open", "tell it of recoveries too")


def _silent(plan: Plan, resource: Resource) -> Iterator[Unresolved]:
    if resource.type == SYNTHETICS_TEST and resource.inputs.get("status") != "live":
        why = f'the test "{resource.name}" is {resource.inputs.get("status") or "without status"}'
        yield Unresolved("signal", f"{why} and asks nothing", 'declare status "live"')
    if resource.type == SYNTHETICS_TEST:
        yield from never_fires(resource)
        yield from _another_sort(resource)
        variables = (resource.inputs.get(name) for name in ("configVariables", "browserVariables"))
        for row in (row for rows in variables for row in listed(rows)):
            if variable := referred(plan, row.get("id"), SYNTHETICS_VARIABLE):
                yield from unfollowed(variable)
    if resource.type == MONITOR and resource.inputs.get("draftStatus", "published") != "published":
        yield Unresolved("signal", f'the monitor "{resource.name}" is a draft and notifies nobody', "publish it")


def _another_sort(test: Resource) -> Iterator[Unresolved]:
    """A test that asks by steps of a phone or another protocol, none of which is declared."""
    sort = " ".join(str(test.inputs[name]) for name in ("type", "subtype") if test.inputs.get(name))
    if sort not in TESTS:
        why = f'the test "{test.name}" is of the type and subtype "{sort}", which this cannot follow'
        remedy = 'declare type "api" with a subtype of one request or "multi" with its steps, or "browser" with none'
        yield Unresolved("signal", why, remedy)
    for step in listed(test.inputs.get("apiSteps")):
        if step.get("subtype") != "http":
            why = f'a step of the test "{test.name}" is of the subtype "{step.get("subtype")}"'
            yield Unresolved("signal", f"{why}, which this cannot follow", 'declare subtype "http"')


def _handles(routes: Iterable[Resource], resource: Resource, transition: str) -> set[str]:
    """The pager handles that hear of a transition: by the notification rules that match, and in the message."""
    handles = set(re.findall(r"@(pagerduty-[\w.\-]+)", str(resource.inputs.get("message", ""))))
    options = mapped(resource.inputs.get("optionsList"))
    priority = str(resource.inputs.get("priority") or options.get("monitorPriority"))
    for route in routes:
        handles |= {name for name in _recipients(route, transition, priority) if name.startswith(PAGER)}
    return handles


def _texts_in(value: Any) -> Iterator[str]:
    """Every text in a notification rule's properties, among them all of its recipients."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)
    elif isinstance(value, str):
        yield value


def _takes_others(route: Resource, carried: set[str]) -> Iterator[Unresolved]:
    """A filter that does not say whose monitors it takes, or of which environment."""
    wanted = {tag for tag in carried if tag.startswith(OWN_KEYS)}
    filtered = mapped(route.inputs.get("filter"))
    missing = sorted(wanted - texts(filtered.get("tags")) - set(AND.split(str(filtered.get("scope") or ""))))
    if missing:
        why = f'the notification rule "{route.name}" also takes monitors without {" and ".join(missing)}'
        yield Unresolved("filter", f"{why}, so others wake people through it", "write the tag into its filter")


def _matches(rule: Resource, carried: set[str]) -> bool:
    """Whether a notification rule's filter takes a monitor: all of its tags, or a scope of tags with AND and NOT."""
    filtered = mapped(rule.inputs.get("filter"))
    if filtered.get("tags"):
        return texts(filtered["tags"]) <= carried
    terms = AND.split(str(filtered.get("scope") or ""))
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


def _by_handle(plan: Plan, handle: str) -> Iterator[Way]:
    name = handle.removeprefix(PAGER)
    objects = [known for known in plan.of_type(SERVICE_OBJECT) if known.inputs.get("serviceName") == name]
    if len(objects) > 1:
        why = f'Datadog has {len(objects)} PagerDuty services called "{name}"'
        yield Unresolved("handle", why, "declare one of them")
    elif not objects:
        yield Unresolved("handle", f'Datadog knows no PagerDuty service "{name}"', "declare its service object")
    else:
        yield from unfollowed(objects[0])
        yield from _by_key(plan, f'datadog\'s "{name}"', name, objects[0].inputs.get("serviceKey"), _speaks_datadog)


# --- Sentry ----------------------------------------------------------------------------------------------------


def _from_sentry(plan: Plan, alert: Resource, rule: str) -> Iterator[Way]:
    yield from _switched_off(alert)
    yield from _watched(plan, alert, rule)
    for filters in listed(alert.inputs.get("actionFilters")):
        if filters.get("logicType") != "all":
            why = f'the alert "{alert.name}" joins its conditions by "{filters.get("logicType")}"'
            yield Unresolved("filter", f"{why}, which this cannot follow", 'declare logicType "all"')
        for action in listed(filters.get("actions")):
            if "pagerduty" in action:
                yield from _by_row(plan, alert, mapped(action["pagerduty"]))


def _switched_off(resource: Resource) -> Iterator[Unresolved]:
    if resource.inputs.get("enabled", True) is not True:
        yield Unresolved("signal", f'sentry\'s {resource.kind} "{resource.name}" is switched off', "enable it")


def _watched(plan: Plan, alert: Resource, rule: str) -> Iterator[Unresolved]:
    watched = listed(alert.inputs.get("monitorIds"))
    if not watched:
        yield Unresolved("monitor", f'the alert "{alert.name}" watches no monitor', "give it the monitor's id")
    for value in watched:
        monitor = next(filter(None, (referred(plan, value, type_) for type_ in MONITORS_OF_SENTRY)), None)
        if monitor is not None:
            yield from _monitored(alert, monitor, rule)
        elif value.get("lookup") != GET_PROJECT_ERROR_MONITOR:
            yield Unresolved("monitor", f'the alert "{alert.name}" watches what is no monitor', "refer to a monitor")
        else:
            yield from _in_two_organizations(alert, "project", mapped(value.get("arguments")))
            yield from _counted_once(alert)


def _counted_once(alert: Resource) -> Iterator[Unresolved]:
    """A count of an issue's events that another condition holds back, or a trigger, which fires when it opens alone."""
    kinds = {kind for condition in _conditions(alert) for kind in condition}
    if not kinds & COUNTS:
        return
    if others := sorted(kinds - COUNTED):
        why = f'the alert "{alert.name}" counts events, and {" and ".join(others)} may hold back what it counts'
        yield Unresolved("filter", why, "take the condition out")
    if listed(alert.inputs.get("triggerConditions")):
        why = f'the alert "{alert.name}" counts events, and its trigger lets it look at the first of them alone'
        yield Unresolved("trigger", why, "take the triggers out")


def _conditions(alert: Resource) -> list[Mapping[str, Any]]:
    filters = listed(alert.inputs.get("actionFilters"))
    return [condition for group in filters for condition in listed(group.get("conditions"))]


def _monitored(alert: Resource, monitor: Resource, rule: str) -> Iterator[Unresolved]:
    yield from unfollowed(monitor)
    yield from _switched_off(monitor)
    yield from _in_two_organizations(alert, monitor.kind, monitor.inputs)
    if monitor.name != rule:
        why = f'the alert "{alert.name}" watches the monitor "{monitor.name}" of another rule'
        yield Unresolved("monitor", why, "refer to its own monitor")
    if monitor.type == METRIC_MONITOR:
        yield from _opens_and_closes(monitor)
        yield from _decides_alone(monitor)
        if alert.inputs.get("environment") is not None:
            why = f'the alert "{alert.name}" takes only events with its environment, and its monitor\'s may have none'
            yield Unresolved("environment", why, "leave the environment to the monitor")
    if _conditions(alert):
        why = f'a condition of the alert "{alert.name}" may hold back what its monitor has decided'
        yield Unresolved("filter", why, "take the condition out")
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


def _decides_alone(monitor: Resource) -> Iterator[Unresolved]:
    """Whether one level opens the issue by itself, over events that the data set holds."""
    how = mapped(monitor.inputs.get("issueDetection")).get("type")
    if how != "static":
        yield Unresolved("signal", f'the monitor "{monitor.name}" detects by "{how}", which has no level', "use static")
    types, dataset = texts(monitor.inputs.get("eventTypes")), monitor.inputs.get("dataset")
    if any(DATASETS.get(type_) != dataset for type_ in types):
        why = f'the monitor "{monitor.name}" counts {", ".join(sorted(types))} in the data set "{dataset}"'
        yield Unresolved("signal", f"{why}, which has none", "declare the data set that holds such events")


def _triggers(alert: Resource, name: str) -> bool:
    """Whether a trigger is there; an alert without any weighs every event."""
    triggers = listed(alert.inputs.get("triggerConditions"))
    return not triggers or any(name in condition for condition in triggers)


def _in_two_organizations(alert: Resource, kind: str, other: Mapping[str, Any]) -> Iterator[Unresolved]:
    names = [str(inputs.get("organization")) for inputs in (alert.inputs, other)]
    if names[0] != names[1]:
        why = f'the alert "{alert.name}" is of the organization "{names[0]}", and its {kind} of "{names[1]}"'
        yield Unresolved("organization", why, "declare both in one organization")


def _by_row(plan: Plan, alert: Resource, action: Mapping[str, Any]) -> Iterator[Way]:
    row = referred(plan, action.get("serviceId"), SENTRY_ROW)
    if row is None:
        yield Unresolved("row", f'the alert "{alert.name}" pages what is no row of sentry', "refer to the row's id")
        return
    yield from unfollowed(row)
    yield from _in_two_organizations(alert, row.kind, row.inputs)
    name = str(row.inputs.get("service"))
    if action.get("serviceName") != name:
        why = f'the alert "{alert.name}" names "{action.get("serviceName")}", and its row is "{name}"'
        yield Unresolved("row", why, "name the row's own service")
    elif action.get("integrationId") != row.inputs.get("integrationId"):
        why = f'the alert "{alert.name}" pages by another installation than that of its row "{name}"'
        yield Unresolved("row", why, "give both one integrationId")
    else:
        yield from _by_key(plan, f'sentry\'s "{name}"', name, row.inputs.get("integrationKey"), _speaks_events_api)


# --- PagerDuty -------------------------------------------------------------------------------------------------


def _by_key(plan: Plan, where: str, name: str, key: Any, speaks: Callable[[Resource], bool]) -> Iterator[Way]:
    integration = referred(plan, key, SERVICE_INTEGRATION, "integrationKey")
    service = referred(plan, integration.inputs.get("service"), SERVICE) if integration else None
    if integration is None or service is None:
        yield Unresolved("key", f"{where} has no key of a PagerDuty service in the plan", "refer to integrationKey")
    elif title(service) != name:
        why = f'{where} carries the key of the PagerDuty service "{title(service)}"'
        yield Unresolved("key", why, "give it the key of its own service")
    elif not speaks(integration):
        why = f'{where} carries a key that is not made for what it sends ("{integration.name}")'
        yield Unresolved("key", why, "give it the key of the integration that is made for its vendor")
    else:
        yield from unfollowed(integration)
        yield from _mail_words(integration)
        yield _page(plan, service)


def _speaks_datadog(integration: Resource) -> bool:
    """Whether an integration is the one that PagerDuty lists for Datadog."""
    vendor = mapped(integration.inputs.get("vendor"))
    return vendor.get("lookup") == GET_VENDOR and mapped(vendor.get("arguments")).get("name") == "Datadog"


def _speaks_events_api(integration: Resource) -> bool:
    """Whether an integration takes the Events API v2, by which Sentry pages."""
    return integration.inputs.get("type") == EVENTS_API_V2


def _from_another_system(plan: Plan, integration: Resource) -> Iterator[Way]:
    """An integration of a rule's own, to which another system sends."""
    service = referred(plan, integration.inputs.get("service"), SERVICE)
    if service is None:
        why = f'the integration "{integration.name}" is of no PagerDuty service in the plan'
        yield Unresolved("key", why, "refer to the id of its own service")
        return
    if service.name != integration.name:
        why = f'the integration "{integration.name}" opens the incidents of another service, "{service.name}"'
        yield Unresolved("key", why, "refer to the id of its own service")
    yield from _deaf(integration)
    yield _page(plan, service)


def _deaf(integration: Resource) -> Iterator[Unresolved]:
    """An integration that takes nothing of what is sent, or a mailbox that swallows some of it."""
    kind, vendor = integration.inputs.get("type"), mapped(integration.inputs.get("vendor"))
    if kind not in (EVENTS_API_V2, MAILBOX) and vendor.get("lookup") != GET_VENDOR:
        why = f'the integration "{integration.name}" is of the type "{kind}", which this cannot follow'
        yield Unresolved("key", why, f'declare the type "{EVENTS_API_V2}", or the vendor that sends')
    for name, value in EACH_MAIL.items() if kind == MAILBOX else ():
        if integration.inputs.get(name) != value:
            why = f'the mailbox "{integration.name}" has {name} "{integration.inputs.get(name)}", so a mail may be lost'
            yield Unresolved("key", why, f'declare {name} "{value}"')
    yield from _mail_words(integration)


def _mail_words(integration: Resource) -> Iterator[Unresolved]:
    """What only a mailbox can have, on an integration that is none: what PagerDuty makes of it is not known."""
    if integration.inputs.get("type") != MAILBOX:
        for name in {"integrationEmail", *EACH_MAIL} & integration.inputs.keys():
            why = f'the integration "{integration.name}" is no mailbox, and has {name}'
            yield Unresolved("key", why, f"take {name} out")


def _page(plan: Plan, service: Resource) -> Way:
    policy = referred(plan, service.inputs.get("escalationPolicy"), ESCALATION_POLICY)
    if policy is None:
        why = f'the policy of the PagerDuty service "{title(service)}" is not in this plan'
        return Unresolved("policy", why, "walk the plan of the environment that owns it")
    rule = mapped(service.inputs.get("incidentUrgencyRule", PAGERDUTYS_DEFAULT))
    if rule == BY_HOURS:
        return _by_hours(service, policy)
    if rule.get("type") != "constant" or rule.get("urgency") not in ("high", "low"):
        why = f'the PagerDuty service "{title(service)}" has an urgency that changes, which this cannot follow'
        return Unresolved("urgency", why, "give it a constant urgency, high or low")
    for name in ("supportHours", "scheduledActions"):
        if name in service.inputs:
            why = f'the PagerDuty service "{title(service)}" has {name} beside a constant urgency'
            return Unresolved("urgency", why, f"take {name} out, or let the urgency follow the hours")
    return PagedService(title(service), title(policy), str(rule["urgency"]))


def _by_hours(service: Resource, policy: Resource) -> Way:
    """A service whose incidents are of high urgency in its support hours and of low urgency outside of them."""
    try:
        hours = urgency_hours(mapped(service.inputs.get("supportHours")))
    except (KeyError, TypeError, ValueError) as error:
        why = f'the support hours of the PagerDuty service "{title(service)}" cannot be read: {error}'
        return Unresolved("urgency", why, "declare them as PagerDuty takes them")
    return PagedService(title(service), title(policy), "high", hours)
