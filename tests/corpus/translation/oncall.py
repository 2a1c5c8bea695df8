"""PagerDuty's people, schedules and escalation policies as the catalog's oncall.yaml.

A policy says here what is each service's own there: when an acknowledgement expires and an incident closes, and its
support hours. So one policy of PagerDuty's becomes as many as its services differ in that.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from monitoring.model.scalars import Length
from tests.corpus import VendorObject, pagerduty
from tests.corpus.translation.slugs import slug

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CONTACT = {"high": {"push": "0m", "phone": "2m"}, "low": {"email": "0m"}}
"""What each person is taken to have at PagerDuty; the lists say nothing of it."""
ROTATION = "%Y-%m-%d %H:%M"


def oncall(typed: Mapping[str, Any], used: Container[str]) -> dict[str, Any]:
    """The whole of oncall.yaml: what was typed by hand, the policies at PagerDuty that are used, and whom they ask."""
    at_pagerduty = {key: policy for key, policy in map(policy_of, pagerduty("services")) if key in used}
    policies = typed["policies"] | at_pagerduty
    duties = {name for policy in policies.values() for step in policy["steps"] for name in step["ask"]}
    named = typed["schedules"] | {slug(row["name"]): schedule(row) for row in pagerduty("schedules")}
    schedules = {key: own for key, own in named.items() if key in duties}
    on_call = {name for own in schedules.values() for layer in own["layers"] for name in layer["people"]}
    return {
        "people": {key: person for key, person in people().items() if key in duties | on_call},
        "schedules": schedules,
        "policies": policies,
    }


def key_of(user: VendorObject) -> str:
    """A person's key: what stands before the @."""
    return str(user["email"]).partition("@")[0]


def people() -> dict[str, Any]:
    """Everybody who has a user."""
    return {
        key_of(user): {
            "name": user["name"],
            "email": user["email"],
            "time-zone": user["time_zone"],
            "contact": CONTACT,
        }
        for user in pagerduty("users")
    }


def _keys() -> dict[str, str]:
    """The catalog's key of each person and schedule, by its id."""
    users = {user["id"]: key_of(user) for user in pagerduty("users")}
    return users | {row["id"]: slug(row["name"]) for row in pagerduty("schedules")}


def schedule(row: VendorObject) -> dict[str, Any]:
    """A schedule; its API lists the layer that wins first, and the catalog last."""
    zone = row["time_zone"]
    return {
        "title": row["name"],
        "time-zone": zone,
        "layers": [_layer(layer, zone) for layer in reversed(row["schedule_layers"])],
    }


def _layer(layer: VendorObject, zone: str) -> dict[str, Any]:
    anchor = datetime.fromisoformat(layer["rotation_virtual_start"]).astimezone(ZoneInfo(zone))
    windows = [_window(restriction) for restriction in layer["restrictions"]]
    keys = _keys()
    return {
        "anchor": anchor.strftime(ROTATION),
        "turn": str(Length(layer["rotation_turn_length_seconds"])),
        "people": [keys[member["user"]["id"]] for member in layer["users"]],
        **({"only": windows} if windows else {}),
    }


def _window(restriction: VendorObject) -> dict[str, str]:
    day = restriction.get("start_day_of_week")
    start = datetime.fromisoformat(f"2026-01-{5 if day is None else 4 + day:02}T{restriction['start_time_of_day']}")
    end = start + timedelta(seconds=restriction["duration_seconds"])
    if day is None:
        return {"from": f"{start:%H:%M}", "to": f"{end:%H:%M}"}
    return {"from": f"{DAYS[start.weekday()]} {start:%H:%M}", "to": f"{DAYS[end.weekday()]} {end:%H:%M}"}


# --- policies --------------------------------------------------------------------------------------------------


def policy_of(service: VendorObject) -> tuple[str, dict[str, Any]]:
    """The key of the policy that a service needs, and the policy."""
    (row,) = (row for row in pagerduty("escalation_policies") if row["id"] == service["escalation_policy"]["id"])
    words = dict(_of_service(service, row))
    parts = [f"{name}-{words[word]}" for word, name in SHORT.items() if word in words]
    key = "-".join([slug(row["name"]), *parts, *(["hours"] if "support-hours" in words else [])])
    own = {"title": ", ".join([row["name"], *map(_spoken, parts)]), "steps": steps(row)}
    return key, {**own, "extra-rounds": row["num_loops"], **words}


SHORT = {"acknowledgement-expires": "ack", "resolves-after": "closes"}


def _spoken(part: str) -> str:
    return part.replace("-", " ")


def steps(row: VendorObject) -> list[dict[str, Any]]:
    """Whom a policy asks, and how long each step waits."""
    keys = _keys()
    return [
        {
            "ask": [keys[target["id"]] for target in rule["targets"]],
            "escalate-after": f"{rule['escalation_delay_in_minutes']}m",
        }
        for rule in row["escalation_rules"]
    ]


def _of_service(service: VendorObject, row: VendorObject) -> Iterator[tuple[str, Any]]:
    acknowledged, closes = service["acknowledgement_timeout"], closing(service, row)
    yield "acknowledgement-expires", str(Length(acknowledged)) if acknowledged else "never"
    yield "resolves-after", str(Length(closes)) if closes else "never"
    if hours := service["support_hours"]:
        yield "support-hours", _support_hours(hours)


def closing(service: VendorObject, row: VendorObject) -> int | None:
    """When an open incident closes by itself, in seconds: at the earliest once everybody was asked."""
    closes: int | None = service["auto_resolve_timeout"]
    return None if closes is None else max(closes, asking(row))


def asking(row: VendorObject) -> int:
    """For how many seconds a policy asks people."""
    once = sum(int(rule["escalation_delay_in_minutes"]) for rule in row["escalation_rules"])
    return 60 * once * (1 + int(row["num_loops"]))


def closes_early(service: VendorObject) -> bool:
    """Whether a service closes incidents while its policy still asks people."""
    (row,) = (row for row in pagerduty("escalation_policies") if row["id"] == service["escalation_policy"]["id"])
    return bool(closing(service, row) != service["auto_resolve_timeout"])


def _support_hours(hours: VendorObject) -> dict[str, str]:
    days = sorted(hours["days_of_week"])
    return {
        "time-zone": hours["time_zone"],
        "days": f"{DAYS[days[0] - 1]}-{DAYS[days[-1] - 1]}",
        "from": hours["start_time"][:5],
        "to": hours["end_time"][:5],
    }
