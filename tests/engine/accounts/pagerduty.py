"""The emulated PagerDuty account: what the facts cannot say in data."""

from __future__ import annotations

import hashlib
import re
import zoneinfo
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.engine.accounts.facts import Kind, facts
from tests.engine.accounts.faults import VendorError
from tests.engine.accounts.rules import Refusal
from tests.engine.accounts.shifts import kept_shift_schedule, shift_refusals
from tests.engine.accounts.store import Store, Stored
from tests.engine.accounts.values import UNKNOWN, Properties, is_empty, values_at
from tests.engine.accounts.vendor import Vendor

USER = "pagerduty:index/user:User"
VENDORS = "pagerduty:index/vendor:Vendor"
TEAM = "pagerduty:index/team:Team"
MEMBERSHIP = "pagerduty:index/teamMembership:TeamMembership"
SCHEDULE = "pagerduty:index/schedule:Schedule"
SHIFT_BASED = "pagerduty:index/schedulev2:Schedulev2"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
SERVICE = "pagerduty:index/service:Service"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"

TARGETS = {"user_reference": (USER,), "schedule_reference": (SCHEDULE, SHIFT_BASED)}
FINAL_SCHEDULE = {"name": "Final Schedule", "renderedCoveragePercentage": ""}
CREATED_AT = "2026-01-05T09:00:00Z"


def plan(_store: Store, _kind: Kind, _inputs: Properties) -> Iterator[Refusal]:
    """A preview asks PagerDuty nothing."""
    return iter(())


def admit(store: Store, kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """What the API itself refuses."""
    if kind.token == POLICY:
        for rule in inputs["rules"]:
            yield from (refusal for target in rule["targets"] for refusal in target_refusals(store, target))
    if kind.token == INTEGRATION and not {"type", "vendor"} & set(inputs):
        yield Refusal("type", "one of type and vendor is needed")
    if kind.token == SERVICE:
        yield from urgency_refusals(inputs)
    if kind.token == SHIFT_BASED:
        yield from shift_refusals(inputs)


def target_refusals(store: Store, target: Mapping[str, Any]) -> Iterator[Refusal]:
    """A target of an escalation step that does not exist, or is not what it is said to be."""
    type_ = target.get("type", "user_reference")
    if not any(store.get(kind, target["id"]) for kind in TARGETS[type_]):
        yield Refusal("rules[].targets[].id", f"no {type_.removesuffix('_reference')} has the id {target['id']!r}")


def urgency_refusals(inputs: Properties) -> Iterator[Refusal]:
    """Scheduled actions go with support hours, and only with them."""
    by_hours = inputs.get("incidentUrgencyRule", {}).get("type") == "use_support_hours"
    if by_hours != bool(inputs.get("scheduledActions")):
        yield Refusal("scheduledActions", "required with use_support_hours and forbidden with constant")


def keep(_store: Store, kind: Kind, body: Properties, old: Stored | None) -> Properties:
    """What the account stores and answers for a request."""
    match kind.token:
        case "pagerduty:index/schedule:Schedule":
            return kept_schedule(body, old)
        case "pagerduty:index/schedulev2:Schedulev2":
            return kept_shift_schedule(body, old)
        case "pagerduty:index/escalationPolicy:EscalationPolicy":
            return {**body, "rules": [kept_step(rule) for rule in numbered(body["rules"], prefix="R")]}
        case "pagerduty:index/team:Team":
            return {"defaultRole": "manager", **body}
        case "pagerduty:index/service:Service":
            return kept_service(body)
        case "pagerduty:index/serviceIntegration:ServiceIntegration":
            return kept_integration(body)
        case _:
            return body


def numbered(parts: list[Properties], *, prefix: str) -> list[Properties]:
    """Parts of an object with the ids that the account gives them."""
    return [{**part, "id": part.get("id") or f"{prefix}{index:06d}"} for index, part in enumerate(parts, start=1)]


def kept_step(rule: Properties) -> Properties:
    """One step of a policy as the API answers it."""
    return {"escalationRuleAssignmentStrategy": {"type": "assign_to_everyone"}, **rule}


def kept_schedule(body: Properties, old: Stored | None) -> Properties:
    """A schedule as the API answers it.

    Past starts become the time of the update, virtual starts come in the schedule's offset, ended layers are left
    out, a layer that is no longer sent is ended (providers' facts on Schedule).
    """
    zone = zoneinfo.ZoneInfo(body["timeZone"])
    now = datetime.now(UTC)
    sent = [in_words_of_go(instant(layer["rotationVirtualStart"])) for layer in body["layers"]]
    numbers = zip(numbered(body["layers"], prefix="L"), sent, strict=True)
    layers = [kept_layer(layer, begins, zone=zone, now=now) for layer, begins in numbers]
    before = len(old.body["layers"]) if old else 0
    ended = (old.body.get("_ended", 0) if old else 0) + max(0, before - len(layers))
    running = [layer for layer in layers if not layer.get("end") or instant(layer["end"]) > now]
    return {**body, "layers": running, "_ended": ended, "_sent": sent, "finalSchedules": [FINAL_SCHEDULE]}


def kept_layer(layer: Properties, begins: str, *, zone: zoneinfo.ZoneInfo, now: datetime) -> Properties:
    """One layer as the API answers it; its rotation begins as it was sent."""
    start = max(instant(layer["start"]), now.replace(microsecond=0))
    virtual = datetime.strptime(begins, GO_TIME).astimezone(zone).isoformat()
    times = {"start": start.astimezone(zone).isoformat(), "rotationVirtualStart": virtual}
    name = layer.get("name") or f"Layer {layer['id'].removeprefix('L').lstrip('0')}"
    left_out = {"end": "", "restrictions": []}
    return {**left_out, **layer, **times, "name": name, "renderedCoveragePercentage": ""}


GO_TIME = "%Y-%m-%d %H:%M:%S %z UTC"


def in_words_of_go(moment: datetime) -> str:
    """An instant as the provider sends it where it converts no time to text itself."""
    return moment.astimezone(UTC).strftime(GO_TIME)


def instant(text: str) -> datetime:
    """The instant that an RFC 3339 text names."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def kept_service(body: Properties) -> Properties:
    """A service as the API answers it: a timeout of 0 is none, the urgency is high unless said otherwise."""
    timeouts = ("autoResolveTimeout", "acknowledgementTimeout")
    off = {name: "null" for name in timeouts if body.get(name) == "0"}
    urgency = {"incidentUrgencyRule": {"type": "constant", "urgency": "high"}}
    number = body.get("_id") or body["htmlUrl"].rsplit("/", 1)[1]
    said = {"createdAt": CREATED_AT, "type": "service", "status": "active", "htmlUrl": f"/service-directory/{number}"}
    own = {"autoPauseNotificationsParameters": {"enabled": False, "timeout": 120.0}, "alertGroupingTimeout": "null"}
    return {**urgency, **own, **body, **off, **said}


def kept_integration(body: Properties) -> Properties:
    """An integration with the key that PagerDuty makes for it."""
    number = body.get("_id", "")
    key = body.get("integrationKey") or hashlib.sha256(f"key of {number}".encode()).hexdigest()[:32]
    url = body.get("htmlUrl") or f"/service-directory/{body['service']}/integrations/{number}"
    return {**body, "integrationKey": key, "htmlUrl": url, "_sent": sent_integration(body)}


def sent_integration(body: Properties) -> Properties:
    """What the provider sends of an integration's sort: by its own type, or as one of a vendor's."""
    if "vendor" not in body:
        return {"type": body["type"]}
    return {"type": "service_integration", "vendor": {"id": body["vendor"], "type": "vendor"}}


SAME_INSTANTS = (
    "layers[].end",
    "layers[].rotationVirtualStart",
    "rotations[].events[].startTime",
    "rotations[].events[].endTime",
)


def same(_token: str, path: str, old: Any, new: Any) -> bool:
    """Differences that the provider treats as none."""
    if not (isinstance(old, str) and isinstance(new, str)) or UNKNOWN in (old, new):
        return False
    if path == "layers[].start":
        now = datetime.now(UTC)
        return instant(old) == instant(new) or max(instant(old), instant(new)) <= now
    if path in SAME_INSTANTS:
        return not is_empty(old) and not is_empty(new) and instant(old) == instant(new)
    return path == "alertCreation"


def farewell(store: Store, kind: Kind, stored: Stored) -> None:
    """What deletion means here. Raises `VendorError` where it is refused.

    A schedule is silently taken out of policies and their empty steps go with it, unless it is a policy's only
    target; a member stays while a policy of the team asks them (providers' facts on Schedule, TeamMembership).
    """
    if kind.token == SCHEDULE:
        leave_policies(store, stored.id)
    if kind.token == MEMBERSHIP:
        for policy in store.objects(POLICY):
            asked = stored.body["userId"] in values_at(dict(policy.body), "rules[].targets[].id")
            if asked and policy.body.get("teams") == stored.body["teamId"]:
                raise VendorError(400, f"user {stored.body['userId']} is still asked by EscalationPolicy {policy.id}")


def leave_policies(store: Store, schedule: str) -> None:
    """Take a schedule out of every policy. Raises `VendorError` when a policy would have no target left."""
    changed = [(policy, without_target(policy, schedule)) for policy in store.objects(POLICY) if asks(policy, schedule)]
    for policy, rules in changed:
        if not rules:
            raise VendorError(400, f"Schedule {schedule} is the only target of EscalationPolicy {policy.id}")
    for policy, rules in changed:
        store.put(POLICY, policy.id, {**policy.body, "rules": rules})


def asks(policy: Stored, target: str) -> bool:
    """Whether a policy names a target in any of its steps."""
    return target in values_at(dict(policy.body), "rules[].targets[].id")


def without_target(policy: Stored, target: str) -> list[Properties]:
    """A policy's steps without one target and without the steps that it leaves empty."""
    rules = policy.body["rules"]
    left = [{**rule, "targets": [one for one in rule["targets"] if one["id"] != target]} for rule in rules]
    return [rule for rule in left if rule["targets"]]


def one_by_name(store: Store, type_: str, name: str) -> Stored:
    """The object of a name, exact and case-sensitive. Raises `VendorError` when there is none."""
    for stored in store.objects(type_):
        if stored.body["name"] == name:
            return stored
    raise VendorError(0, f"Unable to locate any {type_.rsplit(':', 1)[1]} with the name: {name}")


def get_user(store: Store, arguments: Properties) -> Properties:
    """Look a person up; addresses are stored in lower case and compared as they are."""
    for stored in store.objects(USER):
        if stored.body["email"] == arguments["email"]:
            return {**stored.visible, "id": stored.id}
    raise VendorError(0, f"Unable to locate any user with the email: {arguments['email']}")


def get_vendor(store: Store, arguments: Properties) -> Properties:
    """Look a vendor of integrations up: the whole name in any case, else the name as a regular expression."""
    vendors = store.objects(VENDORS)
    exact = [one for one in vendors if one.body["name"].lower() == arguments["name"].lower()]
    partial = [one for one in vendors if re.search(arguments["name"], one.body["name"], re.IGNORECASE)]
    if not exact and not partial:
        raise VendorError(0, f"Unable to locate any vendor with the name: {arguments['name']}")
    first = (exact or partial)[0]
    return {**first.visible, "id": first.id}


def by_name(type_: str) -> Any:
    """A look-up by exact name of one type."""

    def look_up(store: Store, arguments: Properties) -> Properties:
        found = one_by_name(store, type_, arguments["name"])
        return {**found.visible, "id": found.id}

    return look_up


VENDOR = Vendor(
    facts=facts("pagerduty"),
    plan=plan,
    admit=admit,
    keep=keep,
    farewell=farewell,
    same=same,
    functions={
        "pagerduty:index/getUser:getUser": get_user,
        "pagerduty:index/getVendor:getVendor": get_vendor,
        "pagerduty:index/getTeam:getTeam": by_name(TEAM),
        "pagerduty:index/getSchedule:getSchedule": by_name(SCHEDULE),
        "pagerduty:index/getEscalationPolicy:getEscalationPolicy": by_name(POLICY),
        "pagerduty:index/getService:getService": by_name(SERVICE),
    },
)
