"""What the engine prints of a refresh that changes nothing: as a stream of events, and as its digest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

STACK = "pulumi:pulumi:Stack::monitoring-prod"
MONITOR = "datadog:index/monitor:Monitor::performance-degradation"
ALERT = "sentry:index/alert:Alert::auth-system-down"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy::critical"
HANDLE = "datadog:pagerduty/serviceObject:ServiceObject::auth-critical-high"
CHANNEL = "datadog:slack/channel:Channel::alerts-critical"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty::auth-critical-high"
BOARD = "datadog:index/dashboardJson:DashboardJson::agency"
PROVIDER = "pulumi:providers:sentry::default_0_15_4"
NO_SUCH = 'Unable to read, got status code 404: {"detail": "The requested resource does not exist"}'
GONE = f"Client Error: {NO_SUCH}"
GONE_LOGGED = f"[ERROR] {NO_SUCH}: Client Error"

Event = Mapping[str, Any]


def urn(key: str) -> str:
    """The URN of a TYPE::NAME."""
    return f"urn:pulumi:prod::monitoring::{key}"


def state(**outputs: Any) -> Mapping[str, Any]:
    """A resource's state that was declared as the vendor answers it."""
    return {"inputs": outputs, "outputs": outputs}


def came_of(key: str, op: str = "same", **more: Any) -> Event:
    """What came of one resource."""
    return {"resOutputsEvent": {"metadata": {"op": op, "urn": urn(key), "old": state(), "new": state(), **more}}}


def changed(key: str, before: Mapping[str, Any], now: Mapping[str, Any], *paths: str, names: Any = None) -> Event:
    """A resource of which the vendor holds something else, with the paths or with the names of properties only."""
    given = {"detailedDiff": {path: {"diffKind": "update"} for path in paths} or None}
    return came_of(
        key, "update", old=state(**before), new=state(**now), diffs=[*now] if names is None else names, **given
    )


def complaint(key: str, *messages: str) -> list[Event]:
    """Errors about one resource, as its provider logs them and the engine repeats them; without a key about the run."""
    about = {"urn": urn(key)} if key else {}
    return [
        {"diagnosticEvent": {**about, "prefix": "error: ", "message": f"{text}\n", "severity": "error"}}
        for text in messages
    ]


def stream(
    *events: Event, summary: Mapping[str, int] | None = None, begun: tuple[str, ...] = (), result: str = "succeeded"
) -> str:
    """The stream of a run that asked about all that its events speak of and about the stack, with a true summary."""
    everything = [came_of(STACK), *events]
    outcomes = [event["resOutputsEvent"]["metadata"] for event in everything if "resOutputsEvent" in event]
    urns = {outcome["urn"] for outcome in outcomes} | {urn(key) for key in begun}
    urns |= {event["diagnosticEvent"].get("urn", urn(STACK)) for event in everything if "diagnosticEvent" in event}
    started = [{"resourcePreEvent": {"metadata": {"op": "refresh", "urn": name}}} for name in sorted(urns)]
    counts = Counter(outcome["op"] for outcome in outcomes) if summary is None else summary
    end = {"summaryEvent": {"resourceChanges": counts, "result": result}}
    lines = [*started, *everything, end, {"cancelEvent": {}}]
    return "".join(json.dumps({"sequence": number, **line}) + "\n" for number, line in enumerate(lines))


def digest(*events: Event, summary: Mapping[str, int]) -> str:
    """The digest of the same run, in which `refresh` stands for whatever the digest takes for the same."""
    steps = [step(event["resOutputsEvent"]["metadata"]) for event in (came_of(STACK), *events)]
    return json.dumps({"steps": steps, "changeSummary": summary}, indent=4)


def step(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    """An outcome as the digest shows it."""
    seen = metadata["op"] == "delete" or metadata.get("detailedDiff")
    return {
        "op": metadata["op"] if seen else "refresh",
        "urn": metadata["urn"],
        "oldState": metadata["old"],
        "newState": metadata["new"],
        "diffReasons": metadata.get("diffs"),
        "detailedDiff": metadata.get("detailedDiff"),
    }
