"""An alert of Sentry's as rules: on issues, on a value that Sentry computes, or on the jobs that it speaks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from monitoring.model.scalars import Length
from tests.corpus import VendorObject
from tests.corpus.translation import jobs
from tests.corpus.translation.jobs import minutes
from tests.corpus.translation.losses import Loss, Translation
from tests.corpus.translation.receivers import (
    detectors_of,
    mailed,
    owner,
    pages,
    project_of,
    team_of,
)
from tests.corpus.translation.slugs import slug

SEVERITIES = {"critical": "P0", "error": "P1", None: "P2"}
"""By PagerDuty's severity with which it pages."""
CHANGES = {"first_seen_event": "new", "regression_event": "regressed", "reappeared_event": "reappeared"}
BY_PRIORITY = {"new_high_priority_issue": "new", "existing_high_priority_issue": "regressed"}
LEVELS = {50: "fatal", 40: "error", 30: "warning", 20: "info", 10: "debug"}
INTERVALS = {"5min": "5m", "15min": "15m"}
UNITS = {"minute": "m", "hour": "h", "day": "d", "week": "w"}
HIGH, RESOLVED = 75, 0


def translated(alert: VendorObject) -> Translation:
    """The rules of an alert, none where it cannot be said, and what is lost."""
    lost = frozenset(losses(alert))
    return Translation("alert", alert["name"], () if lost & INEXPRESSIBLE else tuple(rules(alert)), lost)


INEXPRESSIBLE = {Loss.COMPARED_COUNT, Loss.BELOW_AT_SENTRY}


def kind_of(alert: VendorObject) -> str:
    """The type of the detectors that it speaks for."""
    (kind,) = {detector["type"] for detector in detectors_of(alert)}
    return str(kind)


def rules(alert: VendorObject) -> Iterator[dict[str, Any]]:
    """Its rules; of jobs one for each of them."""
    match kind_of(alert):
        case "error":
            yield _rule(alert, *of_issues(alert))
        case "metric_issue":
            yield from of_metric(alert)
        case _:
            yield from (rule for job in detectors_of(alert) for rule in jobs.translated(job).rules)


def _rule(alert: VendorObject, word: str, signal: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "id": slug(alert["name"]),
        "title": alert["name"],
        "severity": SEVERITIES[pages(alert)],
        "means": alert["name"],
        word: signal,
        "team": team_of(alert),
        "reminds-every": minutes(alert["config"]["frequency"]),
        **more,
    }


# --- issues ----------------------------------------------------------------------------------------------------


def conditions_of(alert: VendorObject) -> Mapping[str, Any]:
    """What must hold of an issue, by the conditions' types; no type comes twice here."""
    (part,) = alert["actionFilters"]
    return {condition["type"]: condition["comparison"] for condition in part["conditions"]}


def triggers_of(alert: VendorObject) -> list[str]:
    """What makes Sentry look at an issue."""
    return [condition["type"] for condition in alert["triggers"]["conditions"]]


def of_issues(alert: VendorObject) -> tuple[str, dict[str, Any]]:
    """The word of its signal, and the signal: a count for each issue, or what happens to one."""
    (detector,) = detectors_of(alert)
    conditions = conditions_of(alert)
    tagged = conditions.get("tagged_event")
    shared = {"project": project_of(detector), **({"where": {tagged["key"]: tagged["value"]}} if tagged else {})}
    for type_, counting in COUNTED.items():
        if counted := conditions.get(type_):
            within = INTERVALS.get(counted["interval"], counted["interval"])
            return "errors", {**shared, "per-issue": True, "more-than": counted["value"], "within": within, **counting}
    when = dict.fromkeys((CHANGES | BY_PRIORITY)[trigger] for trigger in triggers_of(alert))
    words = {word: say(conditions[type_]) for type_, (word, say) in NARROWED.items() if type_ in conditions}
    high = {"priority": "high"} if BY_PRIORITY.keys() & set(triggers_of(alert)) else {}
    return "issues", {**shared, "when": list(when), **words, **high}


COUNTED: Mapping[str, dict[str, str]] = {
    "event_frequency_count": {},
    "event_unique_user_frequency_count": {"counting": "people"},
}
NARROWED: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "level": ("level", lambda comparison: LEVELS[comparison["level"]]),
    "issue_occurrences": ("seen-at-least", lambda comparison: comparison["value"]),
    "age_comparison": ("older-than", lambda comparison: f"{comparison['value']}{UNITS[comparison['timeUnit']]}"),
    "assigned_to": ("assigned-to", lambda _: "team"),
    "latest_release": ("latest-release", lambda _: True),
}


# --- values that Sentry computes -------------------------------------------------------------------------------


def of_metric(alert: VendorObject) -> Iterator[dict[str, Any]]:
    """One rule for each level of its detector; the lower one is the same symptom."""
    (detector,) = detectors_of(alert)
    for level in levels(detector):
        critical = level["conditionResult"] == HIGH
        rule = _rule(alert, *_measured(detector, level["comparison"]))
        yield (
            rule
            if critical
            else {
                **rule,
                "id": f"{rule['id']}-warns",
                "title": f"{rule['title']}, first level",
                "severity": "P3",
                "same-symptom-as": [rule["id"]],
            }
        )


def levels(detector: VendorObject) -> list[VendorObject]:
    """The conditions at which it opens an issue, the gravest first."""
    opening = [row for row in detector["conditionGroup"]["conditions"] if row["conditionResult"] != RESOLVED]
    return sorted(opening, key=lambda row: -int(row["conditionResult"]))


def recovery(detector: VendorObject) -> VendorObject:
    """The condition at which it resolves."""
    (row,) = (row for row in detector["conditionGroup"]["conditions"] if row["conditionResult"] == RESOLVED)
    condition: VendorObject = row
    return condition


def query_of(detector: VendorObject) -> VendorObject:
    """What it computes, and over which time."""
    (source,) = detector["dataSources"]
    query: VendorObject = source["queryObj"]["snubaQuery"]
    return query


def _measured(detector: VendorObject, limit: float) -> tuple[str, dict[str, Any]]:
    query = query_of(detector)
    where, window = searched(query["query"]), str(Length(query["timeWindow"]))
    shared = {"project": project_of(detector), **({"where": where} if where else {})}
    if query["dataset"] == "events":
        return "errors", {**shared, "more-than": limit, "within": window}
    measure = query["aggregate"].partition("(")[0]
    return "sentry-metric", {**shared, "measure": measure, "over": window, "above": ABOVE[measure](limit)}


ABOVE: Mapping[str, Callable[[float], str]] = {
    "failure_rate": lambda limit: f"{limit:.0%}",
    "p95": lambda limit: f"{limit:g}ms",
}


def searched(query: str) -> dict[str, list[str]]:
    """The tags of a search and their values, without the word that leaves spans out."""
    terms = [term.partition(":") for term in query.split() if term != "is_transaction:true"]
    return {key: value.strip("[]").split(",") for key, _, value in terms}


# --- what is lost ----------------------------------------------------------------------------------------------


def losses(alert: VendorObject) -> Iterator[Loss]:
    """Everything of it that its rules do not say."""
    conditions = conditions_of(alert)
    yield from (loss for type_, loss in UNSAID.items() if type_ in conditions)
    if BY_PRIORITY.keys() & set(triggers_of(alert)):
        yield Loss.PRIORITY_TRIGGER
    if kind_of(alert) == "metric_issue":
        (detector,) = detectors_of(alert)
        yield from _of_detector(alert, detector)
    if any(not jobs.translated(job).rules for job in detectors_of(alert) if kind_of(alert) not in OWN):
        yield Loss.INTERVAL


OWN = ("error", "metric_issue")
UNSAID = {
    "event_frequency_percent": Loss.COMPARED_COUNT,
}


def _of_detector(alert: VendorObject, detector: VendorObject) -> Iterator[Loss]:
    gravest = levels(detector)[0]
    if gravest["type"] == "lt":
        yield Loss.BELOW_AT_SENTRY
        return
    if gravest["conditionResult"] == HIGH and not pages(alert):
        yield Loss.WAKES_NOBODY
    if recovery(detector)["comparison"] != gravest["comparison"]:
        yield Loss.RECOVERS_LOWER
    if mailed(alert) and owner(alert) != detector["owner"]["id"]:
        yield Loss.OTHER_OWNER
