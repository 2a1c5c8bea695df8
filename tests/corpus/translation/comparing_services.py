"""What a service of PagerDuty's says and our Plan does not; its policy and schedules too, as they are in the Plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from monitoring.naming.type_tokens import (
    ESCALATION_POLICY,
    SCHEDULE,
    SERVICE,
    SERVICE_INTEGRATION,
    SLACK_CONNECTION,
)
from monitoring.plan import Plan
from tests.corpus import VendorObject, orchestrations, pagerduty
from tests.corpus.translation.losses import Translation

Inputs = Mapping[str, Any]
UNCOMPARED = {
    "id, type, summary, self, html_url, created_at, updated_at": "the vendor's own, new for a new object",
    "status, last_incident_timestamp": "how it fares, and nothing that is declared",
    "addons, response_play, teams": "no service has any",
    "integration_key": "a new one, which people put into the system that sends",
    "integrations.name, email_parsers, email_filters": "a label, and lists that are empty in all of these",
    "acknowledgement, closing and support hours at the service": "of the policy here; compared at the service",
    "users.contact_methods, notification_rules": "looked up, never declared",
}
"""What is not compared, and why."""


def differences(service: VendorObject, translation: Translation, plan: Plan) -> set[str]:
    """The names of the properties of a service that its resources do not say as it does."""
    (rule,) = translation.rules
    ours = plan.by_key[f"{SERVICE}::{rule['id']}"].inputs
    way_in = plan.by_key[f"{SERVICE_INTEGRATION}::{rule['id']}"].inputs
    policy = plan.by_key[ours["escalationPolicy"]["ref"]].inputs
    named = {name for name, agrees in COMPARED.items() if not agrees(service, ours)}
    integration = {name for name, agrees in OF_INTEGRATION.items() if not agrees(service["integrations"][0], way_in)}
    asks_alike = _same_policy(service["escalation_policy"]["id"], policy, plan)
    return named | integration | _slack(service, rule["id"], plan) | (set() if asks_alike else {"escalation_policy"})


def _slack(service: VendorObject, rule: str, plan: Plan) -> set[str]:
    """The words of a connection to Slack that ours does not have as it does; a channel's id is known by its name."""
    theirs = [row for row in pagerduty("slack_connections") if row["source_id"] == service["id"]]
    service_key = f"{SERVICE}::{rule}"
    own = [
        resource.inputs
        for resource in plan.of_type(SLACK_CONNECTION)
        if resource.inputs["sourceId"]["ref"] == service_key
    ]
    if len(theirs) != len(own):
        return {"slack"}
    return {f"slack: {name}" for row, ours in zip(theirs, own, strict=True) for name in _unlike(row, service, ours)}


def _unlike(connection: VendorObject, service: VendorObject, ours: Inputs) -> Iterator[str]:
    (config,) = ours["configs"]
    theirs = connection["config"]
    if not ours["channelId"].endswith(f"-{connection['channel_name']}"):
        yield "channel"
    if connection["notification_type"] != ours["notificationType"]:
        yield "notification_type"
    if sorted(theirs["events"]) != sorted(config["events"]):
        yield "events"
    if theirs["priorities"] != config["priorities"]:
        yield "priorities"
    only = {"type": "constant", "urgency": theirs["urgency"]}  # then a filter by it leaves nothing out
    if theirs["urgency"] != config.get("urgency") and service["incident_urgency_rule"] != only:
        yield "urgency"


def _urgency(service: VendorObject, ours: Inputs) -> bool:
    theirs, own = service["incident_urgency_rule"], ours["incidentUrgencyRule"]
    if theirs["type"] == "constant":
        return bool(own == theirs)
    inside, outside = (own.get(name, {}).get("urgency") for name in ("duringSupportHours", "outsideSupportHours"))
    return (own["type"], inside, outside) == (
        theirs["type"],
        theirs["during_support_hours"]["urgency"],
        theirs["outside_support_hours"]["urgency"],
    )


def _support_hours(service: VendorObject, ours: Inputs) -> bool:
    theirs, own = service["support_hours"], ours.get("supportHours")
    if theirs is None or own is None:
        return theirs is own
    names = {"time_zone": "timeZone", "days_of_week": "daysOfWeeks", "start_time": "startTime", "end_time": "endTime"}
    return all(theirs[name] == own[word] for name, word in names.items())


def _scheduled(service: VendorObject, ours: Inputs) -> bool:
    theirs = [(row["to_urgency"], row["at"]["name"]) for row in service["scheduled_actions"]]
    return theirs == [(row["toUrgency"], row["ats"][0]["name"]) for row in ours.get("scheduledActions") or []]


def _timeout(theirs: str, own: str) -> Callable[[VendorObject, Inputs], bool]:
    return lambda service, ours: ours[own] == ("null" if service[theirs] is None else str(service[theirs]))


def _in_description(name: str) -> Callable[[VendorObject, Inputs], bool]:
    return lambda service, ours: service[name] in ours["description"]


COMPARED: Mapping[str, Callable[[VendorObject, Inputs], bool]] = {
    "name": _in_description("name"),
    "description": _in_description("description"),
    "alert_creation": lambda service, ours: service["alert_creation"] == ours["alertCreation"],
    "incident_urgency_rule": _urgency,
    "support_hours": _support_hours,
    "scheduled_actions": _scheduled,
    "acknowledgement_timeout": _timeout("acknowledgement_timeout", "acknowledgementTimeout"),
    "auto_resolve_timeout": _timeout("auto_resolve_timeout", "autoResolveTimeout"),
    "alert_grouping_parameters": lambda service, ours: (
        bool(service["alert_grouping_parameters"]["type"]) == bool(ours.get("alertGroupingParameters"))
    ),
    "auto_pause_notifications_parameters": lambda service, ours: (
        service["auto_pause_notifications_parameters"]["enabled"] == bool(ours.get("autoPauseNotificationsParameters"))
    ),
    "orchestration": lambda service, _: service["id"] not in {row["parent"]["id"] for row in orchestrations()},
}
"""Each property that is compared, and whether a service of ours has it as the vendor's object does."""


def _kind(way_in: VendorObject, ours: Inputs) -> bool:
    vendor = way_in["vendor"]
    looked_up = ours["vendor"]["arguments"]["name"] if "vendor" in ours else None
    if vendor:
        return bool(vendor["summary"] == looked_up)
    return looked_up is None and way_in["type"] == ours["type"]


def _mailbox(theirs: str, own: str) -> Callable[[VendorObject, Inputs], bool]:
    return lambda way_in, ours: way_in.get(theirs) == ours.get(own)


OF_INTEGRATION: Mapping[str, Callable[[VendorObject, Inputs], bool]] = {
    "integration": _kind,
    "integration_email": _mailbox("integration_email", "integrationEmail"),
    "email_incident_creation": _mailbox("email_incident_creation", "emailIncidentCreation"),
    "email_filter_mode": _mailbox("email_filter_mode", "emailFilterMode"),
}
"""The same of its one integration."""


# --- who is asked ----------------------------------------------------------------------------------------------


def _same_policy(id_: str, ours: Inputs, plan: Plan) -> bool:
    """Whether a policy asks the same people and schedules, as long and as often."""
    (row,) = (row for row in pagerduty("escalation_policies") if row["id"] == id_)
    theirs = [(rule["escalation_delay_in_minutes"], _targets(rule)) for rule in row["escalation_rules"]]
    own = [(rule["escalationDelayInMinutes"], _asked(rule["targets"], plan)) for rule in ours["rules"]]
    return bool((theirs, row["num_loops"]) == (own, ours["numLoops"]))


def _targets(rule: VendorObject) -> list[object]:
    schedules = {row["id"]: row for row in pagerduty("schedules")}
    emails = _emails()
    return [
        told_apart(schedules[target["id"]]) if target["id"] in schedules else emails[target["id"]]
        for target in rule["targets"]
    ]


def _asked(targets: Sequence[Inputs], plan: Plan) -> list[object]:
    return [
        declared_schedule(plan.by_key[target["id"]["ref"]].inputs)
        if target["type"] == "schedule_reference"
        else target["id"]["arguments"]["email"]
        for target in targets
    ]


def _emails() -> dict[str, str]:
    return {user["id"]: user["email"] for user in pagerduty("users")}


def told_apart(row: VendorObject) -> object:
    """Everything of a schedule by which it says who is on call: its zone, and its layers, the lowest first."""
    emails = _emails()
    layers = [
        (
            layer["name"],
            _instant(layer["start"]),
            _instant(layer["rotation_virtual_start"]),
            layer["end"],
            layer["rotation_turn_length_seconds"],
            [emails[member["user"]["id"]] for member in layer["users"]],
            sorted(_restricted(layer["restrictions"], *RESTRICTION)),
        )
        for layer in reversed(row["schedule_layers"])
    ]
    return row["time_zone"], layers


RESTRICTION = ("type", "start_day_of_week", "start_time_of_day", "duration_seconds")
OURS = ("type", "startDayOfWeek", "startTimeOfDay", "durationSeconds")


def declared_schedule(ours: Inputs) -> object:
    """The same of a schedule that is declared."""
    layers = [
        (
            layer["name"],
            _instant(layer["start"]),
            _instant(layer["rotationVirtualStart"]),
            layer.get("end"),
            layer["rotationTurnLengthSeconds"],
            [user["arguments"]["email"] for user in layer["users"]],
            sorted(_restricted(layer.get("restrictions") or [], *OURS)),
        )
        for layer in ours["layers"]
    ]
    return ours["timeZone"], layers


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _restricted(restrictions: Sequence[Inputs], *names: str) -> Iterator[tuple[object, ...]]:
    yield from (tuple(restriction.get(name) or 0 for name in names) for restriction in restrictions)


def schedules_differing(plan: Plan) -> set[str]:
    """The names of the schedules of which no schedule in the Plan says who is on call as they do."""
    declared = [declared_schedule(resource.inputs) for resource in plan.of_type(SCHEDULE)]
    return {row["name"] for row in pagerduty("schedules") if told_apart(row) not in declared}


def policies_differing(plan: Plan) -> set[str]:
    """The names of the escalation policies that none in the Plan is like."""
    declared = [resource.inputs for resource in plan.of_type(ESCALATION_POLICY)]
    return {
        row["name"]
        for row in pagerduty("escalation_policies")
        if not any(_same_policy(row["id"], ours, plan) for ours in declared)
    }
