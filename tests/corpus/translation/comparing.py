"""What a vendor's object says and our Plan does not: property by property, from the Plan back against its JSON.

It reads the vendor's words by itself, and not by the translation, so that a mistake there shows up here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from monitoring.plan import Resource
from tests.corpus import VendorObject
from tests.corpus.translation.queries import query_of
from tests.datadog_blocks import BLOCK, said_at

Inputs = Mapping[str, Any]
UNCOMPARED = {
    "id, org_id, created, created_at, modified, deleted, creator": "the vendor's own, new for a new object",
    "overall_state, overall_state_modified, matching_downtimes": "how it fares, and nothing that is declared",
    "multi": "follows from the query",
    "tags": "ours name the owner, service and severity; nothing reads the old ones but people",
    "restricted_roles": "nobody has any; who may change a monitor is no word of the catalog",
    "draft_status, assets": "every monitor is published, and ours link to a runbook",
    "locked, silenced, notify_audit": "of people who work by hand in Datadog's pages; what was changed is in git here",
    "include_tags": "ours repeat the group in the title wherever there are groups",
    "no_data_timeframe": "its successor on_missing_data takes none: a whole window without data is missing",
    "enable_logs_sample, groupby_simple_monitor": "how a notification of logs looks",
    "the time before an anomaly's own windows": "how much of the past its graph shows; one window is needed",
    "the runs that a service check looks at": "as many as its thresholds need; more of them change nothing",
    "thresholds.ok": "how many runs in a row recover a service check: one, as in all of these",
    "pagerduty-… among the receivers": "a handle's name is derived here; that there is one is compared",
    "receivers where a message names none": "whom it notifies was said elsewhere",
}
"""What is not compared, and why."""

_HANDLE = re.compile(r"(?:^|\s)@(\S+)")
_SPACE = re.compile(r"\s+")


def differences(monitor: VendorObject, ours: Sequence[Resource], handles: Mapping[str, Sequence[str]]) -> set[str]:
    """The names of the properties of a monitor that its resources, the critical one first, do not say as it does.

    `handles`: whom each of the resources notifies, by its name in the Plan.
    """
    levels = ("critical", "warning") if "warning" in monitor["options"]["thresholds"] else ("critical",)
    pairs = dict(zip(levels, ours, strict=False))
    missing = {"warn level"} if len(ours) < len(levels) else set()
    return (
        missing
        | {
            name
            for level, resource in pairs.items()
            for name, agrees in COMPARED.items()
            if not agrees(monitor, level, resource.inputs)
        }
        | {"receivers" for resource in ours if not _receivers_agree(monitor, handles[resource.name])}
    )


def plain_query(query: str) -> str:
    """A query without blanks, the terms of each filter and search in order, and no comparison."""
    without = _sorted_search(re.sub(r"\s*[<>]=?\s*-?[\d.]+$", "", query))
    ordered = re.sub(r"\{([^{}]*)\}", lambda braces: f"{{{','.join(sorted(_terms(braces[1])))}}}", without)
    return _SPACE.sub("", ordered)


def _sorted_search(query: str) -> str:
    """A query in which the terms of a search stand in order: all of them must hold."""
    return re.sub(
        r'^(logs|events)\("(.*?)"\)(?=\.)',
        lambda searched: f'{searched[1]}("{",".join(sorted(searched[2].split(" ")))}")',
        query,
    )


def _terms(text: str) -> Iterator[str]:
    yield from (term.strip() for term in text.split(","))


def same_query(ours: str, theirs: str) -> bool:
    """Whether two queries read the same; of an anomaly its words in any order, with those that Datadog assumes."""
    if theirs.endswith(".count_by_status()"):
        ours, theirs = (re.sub(r"\.last\(\d+\)", "", query) for query in (ours, theirs))
    if "anomalies(" not in theirs:
        return plain_query(ours) == plain_query(theirs)
    return _anomaly(ours) == _anomaly(theirs)


ASSUMED = {"direction": "both", "count_default_zero": "true"}
"""What an anomaly does where its query does not say it (DataDog/documentation, monitors/types/anomaly)."""


def _anomaly(query: str) -> tuple[str, dict[str, str]]:
    """The series with its algorithm and bounds, and the words behind them."""
    text = plain_query(query).partition(":anomalies(")[2]
    return re.sub(r",\w+='?\w+'?", "", text), ASSUMED | dict(re.findall(r"(\w+)='?(\w+)'?", text))


def comparison(query: str) -> str:
    """The comparison at a query's end; empty where there is none."""
    match = re.search(r"([<>]=?)\s*-?[\d.]+$", query)
    return match[1] if match else ""


def _limit(monitor: VendorObject, level: str, inputs: Inputs) -> bool:
    ours = inputs["monitorThresholds"]
    recovery = monitor["options"]["thresholds"].get(f"{level}_recovery")
    own = ours.get("criticalRecovery")
    limits_agree = float(ours["critical"]) == monitor["options"]["thresholds"][level]
    return bool(limits_agree and (None if own is None else float(own)) == recovery)


def _windows(given: Inputs) -> tuple[str | None, ...]:
    """The window to fire and the one to recover, in Datadog's spelling or in that of its SDK."""
    return tuple(
        given.get(ours) or given.get(theirs)
        for ours, theirs in (("triggerWindow", "trigger_window"), ("recoveryWindow", "recovery_window"))
    )


def _groups(query: str) -> bool:
    return " by {" in query or ".by(" in query


def _new_groups(monitor: VendorObject, _: str, inputs: Inputs) -> bool:
    """300 s is what Datadog does for hosts by itself (`new_host_delay` of its API); without groups nothing is new."""
    options = monitor["options"]
    delay = options.get("new_group_delay")
    if delay is None:
        delay = 0 if options.get("new_host_delay", 300) == 300 else options["new_host_delay"]
    return int(inputs.get("newGroupDelay", 0)) == (delay if _groups(monitor["query"]) else 0)


def _silence(monitor: VendorObject, _: str, inputs: Inputs) -> bool:
    options = monitor["options"]
    word = options.get("on_missing_data", "default")
    ours = inputs.get("onMissingData") == "show_and_notify_no_data" or bool(inputs.get("notifyNoData"))
    return ours == _tells_of_silence(monitor) and (word == "default" or inputs.get("onMissingData", word) == word)


def _reminders(monitor: VendorObject, level: str, inputs: Inputs) -> bool:
    options, state = monitor["options"], "warn" if level == "warning" else "alert"
    reminds = bool(options["renotify_interval"]) and state in options.get("renotify_statuses", ["alert"])
    theirs = (options["renotify_interval"], options.get("renotify_occurrences")) if reminds else (0, None)
    return (inputs.get("renotifyInterval", 0), inputs.get("renotifyOccurrences")) == theirs


def _reminder_text(monitor: VendorObject, _: str, inputs: Inputs) -> bool:
    """Its own, where it reminds at this level."""
    theirs = monitor["options"].get("escalation_message") if inputs.get("renotifyInterval") else None
    return (inputs.get("escalationMessage") or None) == (theirs or None)


def _text(monitor: VendorObject, level: str, inputs: Inputs) -> bool:
    """Every sentence that the monitor sends when it fires at this level, recovers, or has no data."""
    named = {"alert", "warning", "recovery", "no_data"}
    known = named.issuperset(block for block, _ in BLOCK.findall(monitor["message"]))
    return known and all(
        _sent(monitor["message"], moment) in _sent(inputs["message"], "alert" if moment == "warning" else moment)
        for moment in _moments(monitor, level)
    )


def _moments(monitor: VendorObject, level: str) -> Iterator[str]:
    """The transitions that it notifies of with a text of its own, as Datadog's blocks name them."""
    blocks = dict(BLOCK.findall(monitor["message"]))
    yield "warning" if level == "warning" and "warning" in blocks else "alert"
    yield from ({"recovery"} & blocks.keys())
    yield from ({"no_data"} & blocks.keys() if _tells_of_silence(monitor) else ())


def _sent(message: str, moment: str) -> str:
    """What a message says at a transition, in one line without its receivers."""
    return _SPACE.sub(" ", _HANDLE.sub(" ", said_at(moment, message))).strip()


def _tells_of_silence(monitor: VendorObject) -> bool:
    options = monitor["options"]
    return bool(options.get("notify_no_data")) or options.get("on_missing_data") == "show_and_notify_no_data"


def _priority(monitor: VendorObject, level: str, inputs: Inputs) -> bool:
    """Its own; a warn level has none, so that any below it is right."""
    priority, ours = monitor["priority"], int(inputs["priority"])
    return priority is None or (ours > priority if level == "warning" else ours == priority)


def _option(theirs: str, ours: str, nothing: Any) -> Callable[[VendorObject, str, Inputs], bool]:
    return lambda monitor, _, inputs: (inputs.get(ours) or nothing) == (monitor["options"].get(theirs) or nothing)


def _type(monitor: VendorObject, _: str, inputs: Inputs) -> bool:
    """A metric alert is a query alert by its older name (Datadog's API description, MonitorType)."""
    return bool(inputs["type"] == monitor["type"].replace("metric alert", "query alert"))


def _receivers_agree(monitor: VendorObject, ours: Sequence[str]) -> bool:
    theirs = _HANDLE.findall(monitor["message"])
    return not theirs or sorted(map(_kind, theirs)) == sorted(map(_kind, ours))


def _kind(handle: str) -> str:
    return "pagerduty" if handle.startswith("pagerduty-") else handle


COMPARED: Mapping[str, Callable[[VendorObject, str, Inputs], bool]] = {
    "type": _type,
    "name": lambda monitor, _, inputs: monitor["name"].removeprefix("[prod] ") in inputs["name"],
    "query": lambda monitor, _, inputs: same_query(inputs["query"], query_of(monitor)),
    "comparison": lambda monitor, _, inputs: comparison(inputs["query"]) == comparison(monitor["query"]),
    "threshold": _limit,
    "threshold_windows": lambda monitor, _, inputs: (
        _windows(inputs.get("monitorThresholdWindows") or {})
        == _windows(monitor["options"].get("threshold_windows", {}))
    ),
    "message": _text,
    "priority": _priority,
    "new_group_delay": _new_groups,
    "evaluation_delay": _option("evaluation_delay", "evaluationDelay", 0),
    "require_full_window": _option("require_full_window", "requireFullWindow", False),
    "timeout_h": _option("timeout_h", "timeoutH", 0),
    "notify_by": _option("notify_by", "notifyBies", []),
    "escalation_message": _reminder_text,
    "reminders": _reminders,
    "no data": _silence,
}
"""Each property that is compared, and whether a monitor of ours has it as the vendor's object does at a level."""
