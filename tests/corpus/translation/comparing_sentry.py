"""What an alert or a job of Sentry's says and our Plan does not: property by property, from the Plan back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from monitoring.naming.type_tokens import ALERT, CRON_MONITOR, METRIC_MONITOR
from monitoring.plan import Plan, Resource
from tests.corpus import VendorObject, detectors, rows, workflows
from tests.corpus.translation.losses import Translation

Inputs = Mapping[str, Any]
UNCOMPARED_OF_ALERTS = {
    "id, organizationId, createdBy, dateCreated, dateUpdated, lastTriggered": "the vendor's own, new for a new object",
    "owner of an alert": "no alert has any",
    "the name of an alert for several detectors": "here each of them has an alert of its own, by its own name",
    "the name of a detector beside that of its alert": "one title serves both here",
    "notes at Slack": "none there; ours say what to do",
    "the PagerDuty service that is paged": "derived here; that there is one is compared, and its severity",
    "extrapolationMode, subscription, status": "how the value is stored",
}
UNCOMPARED_OF_JOBS = {
    "id, organizationId, createdBy, dateCreated, dateUpdated": "the vendor's own, new for a new object",
    "environments, isMuted, isUpserting": "how it fares, and nothing that is declared",
    "conditionGroup, latestGroup, alert_rule_id": "empty in all of these",
}
"""What is not compared, and why."""


def differences_of_alert(alert: VendorObject, translation: Translation, plan: Plan) -> set[str]:
    """The names of the properties of an alert that the resources of its rules do not say as it does."""
    ours = [plan.by_key[f"{ALERT}::{rule['id']}"] for rule in translation.rules]
    monitors = [plan.by_key.get(f"{METRIC_MONITOR}::{rule['id']}") for rule in translation.rules]
    metrics = [monitor.inputs for monitor in monitors if monitor is not None]
    named = {name for resource in ours for name in _of_alert(alert, resource)}
    unwatched = {"detectors"} if len(ours) < len(alert["detectorIds"]) else set()
    return named | unwatched | set(_of_metric(_detector(alert), metrics))


def _of_alert(alert: VendorObject, ours: Resource) -> Iterator[str]:
    yield from (name for name, agrees in COMPARED.items() if not agrees(alert, ours.inputs))


def _detector(alert: VendorObject) -> VendorObject:
    return next(detector for detector in detectors() if detector["id"] in alert["detectorIds"])


def _environment(alert: VendorObject, ours: Inputs) -> bool:
    """None is every environment, which is the same where its projects send from one alone."""
    own = ours.get("environment")
    if alert["environment"] == own:
        return True
    of = {detector["projectId"] for detector in detectors() if detector["id"] in alert["detectorIds"]}
    sent = [row["environments"] for row in rows("sentry/projects.json") if row["id"] in of]
    return alert["environment"] is None and all(environments == [own] for environments in sent)


def _triggers(alert: VendorObject, ours: Inputs) -> bool:
    own = {_snake(word) for trigger in ours["triggerConditions"] for word in trigger}
    return {condition["type"] for condition in alert["triggers"]["conditions"]} == own


def _snake(word: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", word)


def _conditions(alert: VendorObject, ours: Inputs) -> bool:
    (theirs,), (own,) = alert["actionFilters"], ours["actionFilters"]
    conditions = {_condition(condition["type"], condition["comparison"]) for condition in theirs["conditions"]}
    declared = {
        _condition(_snake(word), {_snake(name): value for name, value in inner.items()})
        for condition in own["conditions"]
        for word, inner in condition.items()
    }
    return conditions == declared


WORDS = {"comparison_type": "comparisonType", "time": "timeUnit", "target_type": "targetType"}
INTERVALS = {"5min": "5m", "15min": "15m"}


def _condition(type_: str, comparison: Any) -> tuple[str, str]:
    """A condition in one spelling; nothing is graver than fatal, so that equal to it is the same as at least it."""
    if not comparison or comparison is True:
        return type_, "as it is"
    said = {WORDS.get(name, name): value for name, value in comparison.items()}
    if type_ == "level" and said["level"] == 50:
        said["match"] = "gte"
    if said.get("interval") in INTERVALS:
        said["interval"] = INTERVALS[said["interval"]]
    target = said.pop("targetIdentifier", None) or said.pop("target_id", None)
    if target is not None:
        said["target"] = _team(target)
    return type_, str(sorted((name, str(value)) for name, value in said.items()))


def _team(target: Any) -> str:
    """Sentry's id of a team, which ours look up by its slug."""
    if not isinstance(target, Mapping):
        return str(target)
    return str(next(row["id"] for row in rows("sentry/teams.json") if row["slug"] == target["arguments"]["slug"]))


def _actions(alert: VendorObject, ours: Inputs) -> bool:
    (theirs,), (own,) = alert["actionFilters"], ours["actionFilters"]
    actions = sorted(_action(action) for action in theirs["actions"])
    return actions == sorted(_own_action(word, inner) for action in own["actions"] for word, inner in action.items())


def _action(action: VendorObject) -> tuple[str, ...]:
    config, data = action["config"], action["data"]
    match action["type"]:
        case "slack":
            return "slack", config["targetDisplay"].removeprefix("#"), ",".join(sorted(data["tags"].split(",")))
        case "pagerduty":
            return "pagerduty", data["priority"]
        case _:
            return "email", config["targetType"], str(config["targetIdentifier"] or data.get("fallthroughType"))


def _own_action(word: str, inner: Inputs) -> tuple[str, ...]:
    match word:
        case "slack":
            return "slack", inner["channelName"], ",".join(sorted(inner["tags"].split(",")))
        case "pagerduty":
            return "pagerduty", inner["severity"]
        case _:
            target = _team(inner["targetId"]) if "targetId" in inner else str(inner.get("fallthroughType"))
            return word, inner["targetType"], target


def _name(alert: VendorObject, ours: Inputs) -> bool:
    return len(alert["detectorIds"]) > 1 or alert["name"] in ours["name"]


COMPARED: Mapping[str, Callable[[VendorObject, Inputs], bool]] = {
    "name": _name,
    "enabled": lambda alert, ours: alert["enabled"] == ours["enabled"],
    "environment": _environment,
    "frequency": lambda alert, ours: alert["config"]["frequency"] == ours["frequencyMinutes"],
    "triggers": _triggers,
    "logicType": lambda alert, ours: alert["actionFilters"][0]["logicType"] == ours["actionFilters"][0]["logicType"],
    "conditions": _conditions,
    "actions": _actions,
}
"""Each property that is compared, and whether an alert of ours has it as the vendor's object does."""


# --- the detector of a value -----------------------------------------------------------------------------------


def _of_metric(detector: VendorObject, ours: Sequence[Inputs]) -> Iterator[str]:
    """The names of the properties of a detector that its monitors, the gravest first, do not say; of others none is."""
    if (detector["type"] == "metric_issue") != bool(ours):
        yield "type"
    if detector["type"] != "metric_issue" or not ours:
        return
    yield from (name for name, agrees in OF_METRIC.items() if not all(agrees(detector, own) for own in ours))
    yield from _levels(detector, ours)


def _levels(detector: VendorObject, ours: Sequence[Inputs]) -> Iterator[str]:
    """The same of the values at which it opens an issue, and of the one at which it resolves."""
    theirs = detector["conditionGroup"]["conditions"]
    opening = sorted((row for row in theirs if row["conditionResult"]), key=lambda row: -int(row["conditionResult"]))
    (resolving,) = (row for row in theirs if not row["conditionResult"])
    if len(opening) != len(ours):
        yield "levels"
    for row, own in zip(opening, (own["conditionGroup"]["conditions"] for own in ours), strict=False):
        fires, recovers = own
        if (row["type"], row["comparison"]) != (fires["type"], fires["comparison"]):
            yield "threshold"
        if row["conditionResult"] != fires["conditionResult"]:
            yield "priority"
        if (resolving["type"], resolving["comparison"]) != (recovers["type"], recovers["comparison"]):
            yield "recovery"


def _query(name: str) -> Callable[[VendorObject], Any]:
    return lambda detector: detector["dataSources"][0]["queryObj"]["snubaQuery"][name]


def _like(theirs: Callable[[VendorObject], Any], own: str) -> Callable[[VendorObject, Inputs], bool]:
    return lambda detector, ours: theirs(detector) == ours[own]


def _owner(detector: VendorObject, ours: Inputs) -> bool:
    return bool(detector["owner"]["id"] == _team(ours["owner"]["teamId"]))


def _project(detector: VendorObject, ours: Inputs) -> bool:
    (project,) = (row for row in rows("sentry/projects.json") if row["id"] == detector["projectId"])
    return bool(project["slug"] == ours["project"])


OF_METRIC: Mapping[str, Callable[[VendorObject, Inputs], bool]] = {
    "detector's enabled": lambda detector, ours: ours["enabled"] == detector["enabled"],
    "project": _project,
    "dataset": _like(_query("dataset"), "dataset"),
    "query": _like(_query("query"), "query"),
    "aggregate": _like(_query("aggregate"), "aggregate"),
    "timeWindow": _like(_query("timeWindow"), "timeWindowSeconds"),
    "eventTypes": _like(_query("eventTypes"), "eventTypes"),
    "detector's environment": _like(_query("environment"), "environment"),
    "detectionType": lambda detector, ours: (
        detector["config"]["detectionType"] == ours["issueDetection"]["type"]
        and detector["config"]["comparisonDelta"] is None
    ),
    "owner": _owner,
}


# --- jobs ------------------------------------------------------------------------------------------------------


def differences_of_job(job: VendorObject, translation: Translation, plan: Plan) -> set[str]:
    """The names of the properties of a job that its monitor and its alert do not say as it does."""
    (rule,) = translation.rules
    ours = plan.by_key[f"{CRON_MONITOR}::{rule['id']}"].inputs
    (alert,) = (row for row in workflows() if row["id"] in job["workflowIds"])
    own = {name for name, agrees in OF_JOB.items() if not agrees(job, ours)}
    return own | set(_of_alert(alert, plan.by_key[f"{ALERT}::{rule['id']}"]))


def _config(name: str, own: str) -> Callable[[VendorObject, Inputs], bool]:
    return lambda job, ours: job["dataSources"][0]["queryObj"]["config"][name] == ours[own]


OF_JOB: Mapping[str, Callable[[VendorObject, Inputs], bool]] = {
    "slug": lambda job, ours: job["dataSources"][0]["queryObj"]["slug"] == ours["name"],
    "enabled": lambda job, ours: job["enabled"] == ours["enabled"],
    "project": _project,
    "owner": _owner,
    "schedule": lambda job, ours: (
        job["dataSources"][0]["queryObj"]["config"]["schedule"] == ours["schedule"].get("crontab")
    ),
    "timezone": _config("timezone", "timezone"),
    "checkin_margin": _config("checkin_margin", "checkinMarginMinutes"),
    "max_runtime": _config("max_runtime", "maxRuntimeMinutes"),
    "failure_issue_threshold": _config("failure_issue_threshold", "failureIssueThreshold"),
    "recovery_threshold": _config("recovery_threshold", "recoveryThreshold"),
}
