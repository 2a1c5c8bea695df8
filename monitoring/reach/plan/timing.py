"""What a vendor's own settings do to time: how long a signal takes as declared, and what holds an incident back.

Fields as the providers name them; where one is left out, the vendor's default counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from monitoring.model.browser_steps import SECRET_LENGTH, USUAL_STEP_SECONDS, typing_seconds
from monitoring.model.detection import (
    seconds_of_monitor,
    seconds_of_sentry_uptime,
    seconds_of_test,
    seconds_of_window,
    sentry_evaluates,
)
from monitoring.naming.type_tokens import (
    ALERT,
    METRIC_MONITOR,
    MONITOR,
    SERVICE_INTEGRATION,
    SLACK_CONNECTION,
    SYNTHETICS_TEST,
    UPTIME_MONITOR,
)
from monitoring.plan import Plan, Resource
from monitoring.queries import MonitorQuery, read_query
from monitoring.reach.escalation import EscalationPolicy
from monitoring.reach.formatting import length
from monitoring.reach.paths import AlertPath
from monitoring.reach.plan.followed import unfollowed
from monitoring.reach.plan.oncall import listed, mapped, referred, texts, title, whole
from monitoring.reach.plan.unresolved import Unresolved

OFF, BROWSER = "null", "browser"
SECONDS = re.compile("[0-9]{1,9}", re.ASCII)
MAX_TEST_TIMEOUT = 900
"""Seconds that a test without a timeout of its own is taken to wait; Datadog's description names no default."""
DOWNTIME_THRESHOLD = 3
"""The failures in a row of an uptime monitor that names none (the default of Sentry's provider 0.15.4)."""
ACKNOWLEDGED_FOR, OPEN_FOR = "1800", "14400"  # defaults of the provider's Service, acknowledgement and auto-resolve


# --- signals ---------------------------------------------------------------------------------------------------


def detection_seconds(plan: Plan, resource: Resource) -> int | None:
    """How many seconds a signal takes as declared, at worst; None where its fields do not tell."""
    if resource.type == SYNTHETICS_TEST:
        return _test_seconds(resource)
    if resource.type == MONITOR:
        return _monitor_seconds(resource)
    seconds = [
        of_monitor(monitor)
        for value in listed(resource.inputs.get("monitorIds"))
        for type_, of_monitor in SENTRY_SECONDS.items()
        if (monitor := referred(plan, value, type_))
    ]
    return max(seconds, default=None)


def _test_seconds(test: Resource) -> int | None:
    options = mapped(test.inputs.get("optionsList"))
    if test.inputs.get("subtype") == "ssl":
        return None
    retry = mapped(options.get("retry"))
    timeout = _run_seconds(test)
    again = whole(retry.get("count")) * (whole(retry.get("interval")) // 1_000 + timeout)
    return seconds_of_test(whole(options.get("tickEvery")), timeout + again, whole(options.get("minFailureDuration")))


def _run_seconds(test: Resource) -> int:
    """How long a run takes at most: each request until it counts as silent, or a browser's start and all its steps."""
    options = mapped(test.inputs.get("optionsList"))
    if test.inputs.get("type") == BROWSER:
        start = whole(options.get("initialNavigationTimeout")) or MAX_TEST_TIMEOUT
        return start + sum(map(_step_seconds, listed(test.inputs.get("browserSteps"))))
    requests = listed(test.inputs.get("apiSteps")) or [test.inputs]
    return sum(
        whole(mapped(request.get("requestDefinition")).get("timeout")) or MAX_TEST_TIMEOUT for request in requests
    )


def _step_seconds(step: Mapping[str, Any]) -> int:
    """How long a step tries, with what it waits where that is what it does, and the pauses between its keys."""
    params = mapped(step.get("params"))
    value = str(params.get("value", ""))
    waits = int(value) if step.get("type") == "wait" and SECONDS.fullmatch(value) else 0
    characters = SECRET_LENGTH if "{{" in value else len(value)
    typing = typing_seconds(characters, whole(params.get("delay")))
    return (whole(step.get("timeout")) or USUAL_STEP_SECONDS) + waits + typing


def _monitor_seconds(monitor: Resource) -> int | None:
    text = str(monitor.inputs.get("query", ""))
    query, window = read_query(text), seconds_of_window(text)
    known = query if isinstance(query, MonitorQuery) else None
    if window is None or (known and (known.form.unproved or known.untimed)):
        return None
    delays = (whole(monitor.inputs.get(name)) for name in ("newGroupDelay", "evaluationDelay"))
    earlier = known.look_back.seconds if known else 0
    return seconds_of_monitor(window, *delays) + (earlier or 0)


def _metric_monitor_seconds(monitor: Resource) -> int:
    window = whole(monitor.inputs.get("timeWindowSeconds"))
    return sentry_evaluates(window) + (0 if _one_event_is_enough(monitor) else window)


def _uptime_monitor_seconds(monitor: Resource) -> int:
    """Where it says neither, three failures in a row (the provider's default)."""
    failures = whole(monitor.inputs.get("downtimeThreshold", DOWNTIME_THRESHOLD))
    timeout = whole(monitor.inputs.get("timeoutMs")) // 1_000
    return seconds_of_sentry_uptime(whole(monitor.inputs.get("intervalSeconds")), failures, timeout)


SENTRY_SECONDS: Mapping[str, Callable[[Resource], int]] = {
    METRIC_MONITOR: _metric_monitor_seconds,
    UPTIME_MONITOR: _uptime_monitor_seconds,
}


def _one_event_is_enough(monitor: Resource) -> bool:
    """Whether it counts events, and opens its issue above none."""
    conditions = listed(mapped(monitor.inputs.get("conditionGroup")).get("conditions"))
    opens = [condition for condition in conditions if condition.get("conditionResult") != 0]
    above_none = all(condition.get("type") == "gt" and condition.get("comparison") == 0 for condition in opens)
    return monitor.inputs.get("aggregate") == "count()" and above_none


def never_fires(test: Resource) -> Iterator[Unresolved]:
    """A test that asks from nowhere, must fail in more regions than it asks from, or is failed by none of its steps."""
    regions = len(texts(test.inputs.get("locations")))
    wanted = whole(mapped(test.inputs.get("optionsList")).get("minLocationFailed")) or 1
    if regions < wanted:
        why = f'the test "{test.name}" must fail in {wanted} regions and asks from {regions}'
        yield Unresolved("signal", why, "declare as many locations as have to fail, or more")
    is_browser = test.inputs.get("type") == BROWSER
    steps = listed(test.inputs.get("browserSteps" if is_browser else "apiSteps"))
    if (is_browser or test.inputs.get("subtype") == "multi") and not any(map(_fails_its_test, steps)):
        why = f'the test "{test.name}" has no step whose failure counts'
        yield Unresolved("signal", why, "declare a step that is critical")


def _fails_its_test(step: Mapping[str, Any]) -> bool:
    """Whether a step's failure fails its test: it ends it, or is critical all the same."""
    return not step.get("allowFailure") or bool(step.get("isCritical"))


# --- reminders -------------------------------------------------------------------------------------------------

NOTIFYING_STATES = {"onMissingData": "show_and_notify_no_data", "notifyNoData": True}


def reminders_unlike(resource: Resource, path: AlertPath) -> Iterator[Unresolved]:
    """A monitor, test or alert that notifies again at other times than promised, or not as often, or not in each state.

    An incident that somebody resolved by hand is opened again by a reminder alone.
    """
    promised, at_most = path.reminds_every, path.reminds_at_most
    declared = _reminder_minutes(resource) * 60
    if declared != promised:
        why = f'"{resource.name}" notifies again {_every(declared)}, and the catalog says {_every(promised)}'
        yield Unresolved("reminder", why, "declare the interval of reminds-every")
    if (times := _reminders_of(resource).get("renotifyOccurrences")) != at_most:
        why = f'"{resource.name}" notifies again {_times(times)}, and the catalog says {_times(at_most)}'
        yield Unresolved("reminder", why, "declare what reminds-at-most says")
    states = resource.inputs.get("renotifyStatuses")
    if resource.type == MONITOR and promised and states is not None:
        silent = {"no data"} if _notifies_of_silence(resource) else set()
        missing = sorted(({"alert"} | silent) - texts(states))
        if missing:
            why = f'"{resource.name}" does not notify again in the state {" and ".join(missing)}'
            yield Unresolved("reminder", why, "add the state to renotifyStatuses")


def _reminder_minutes(resource: Resource) -> int:
    return whole(_reminders_of(resource).get("frequencyMinutes" if resource.type == ALERT else "renotifyInterval"))


def _reminders_of(resource: Resource) -> Mapping[str, Any]:
    """The properties among which a vendor has the words for reminders: a test has its monitor's options inside."""
    if resource.type == SYNTHETICS_TEST:
        return mapped(mapped(resource.inputs.get("optionsList")).get("monitorOptions"))
    return resource.inputs


def _times(number: Any) -> str:
    return "without an end" if number is None else f"{number} times at most"


def _notifies_of_silence(monitor: Resource) -> bool:
    return any(monitor.inputs.get(name) == value for name, value in NOTIFYING_STATES.items())


def _every(seconds: int) -> str:
    return f"every {length(seconds)}" if seconds else "never"


# --- PagerDuty's services --------------------------------------------------------------------------------------


def delaying_settings(plan: Plan, service: Resource, policy: EscalationPolicy) -> Iterator[Unresolved]:
    """Whatever makes a service tell people later, once, or not at all, against what the catalog's policy says."""
    yield from unfollowed(service)
    name, settings = f'the PagerDuty service "{title(service)}"', service.inputs
    pause = mapped(settings.get("autoPauseNotificationsParameters"))
    if pause.get("enabled"):
        why = f"{name} pauses notifications for {length(whole(pause.get('timeout')))}"
        yield Unresolved("service", f"{why}, so people are told later", "leave the pause out")
    if mapped(settings.get("alertGroupingParameters")).get("type") or settings.get("alertGrouping"):
        why = f"{name} groups alerts, so an open incident swallows the next one"
        yield Unresolved("service", why, "leave the grouping out")
    resolves, closes = _timeout(policy.resolves_after), settings.get("autoResolveTimeout", OPEN_FOR)
    if closes != resolves:
        promise = "though their cause may last" if resolves == OFF else f"and the catalog says {_spelled(resolves)}"
        why = f"{name} closes incidents by itself {_spelled(closes)}, {promise}"
        yield Unresolved("service", why, f'declare autoResolveTimeout "{resolves}"')
    promised = _timeout(policy.acknowledgement_expires)
    declared = settings.get("acknowledgementTimeout", ACKNOWLEDGED_FOR)
    if declared != promised:
        why = f"an acknowledgement on {name} expires {_spelled(declared)}, and the catalog says {_spelled(promised)}"
        yield Unresolved("service", why, "declare the policy's acknowledgement-expires")
    yield from _acted_upon(plan, service)


def _timeout(seconds: int | None) -> str:
    return OFF if seconds is None else str(seconds)


def _spelled(timeout: Any) -> str:
    if timeout == OFF:
        return "never"
    known = isinstance(timeout, str) and timeout.isdecimal() and len(timeout) < 10
    return f"after {length(int(timeout))}" if known else f'after "{timeout}"'


BESIDE_A_SERVICE = frozenset({SERVICE_INTEGRATION, SLACK_CONNECTION})
"""What refers to a service and changes nothing of who is paged; who acknowledges in Slack is a human all the same."""


def _acted_upon(plan: Plan, service: Resource) -> Iterator[Unresolved]:
    """Anything else of PagerDuty's that refers to a service: a maintenance window, event rules, an orchestration."""
    for resource in plan.resources:
        if (
            resource.vendor == "pagerduty"
            and resource.type not in BESIDE_A_SERVICE
            and _refers(resource.inputs, service.key)
        ):
            why = f'the {resource.kind} "{resource.name}" acts on the PagerDuty service "{title(service)}"'
            yield Unresolved("service", f"{why}, which this cannot follow", "take it away")


def _refers(value: Any, key: str) -> bool:
    if isinstance(value, Mapping):
        return value.get("ref") == key or any(_refers(inner, key) for inner in value.values())
    return isinstance(value, list | tuple) and any(_refers(inner, key) for inner in value)
