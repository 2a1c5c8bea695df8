"""A service of PagerDuty's as a rule whose signal lives in another system."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.corpus import VendorObject, orchestrations, pagerduty
from tests.corpus.translation.losses import Loss, Translation
from tests.corpus.translation.oncall import closes_early, policy_of
from tests.corpus.translation.slugs import slug

SEVERITIES = {"high": "P1", "severity_based": "P1", "low": "P2"}
"""By the urgency; what the sender decides is heard as if it were high."""
PROMISED = "10m"
"""How late a sender is at worst; no list says it, and its author has to."""
MAIL = "generic_email_inbound_integration"
EVENTS_API_1 = "generic_events_api_inbound_integration"


def translated(service: VendorObject) -> Translation:
    """The rule of a service, and what is lost."""
    return Translation("service", service["name"], (rule(service),), frozenset(losses(service)))


def rule(service: VendorObject) -> dict[str, Any]:
    """The rule; its team has a route to the policy that the service needs."""
    urgency = service["incident_urgency_rule"]
    return {
        "id": slug(service["name"]),
        "title": service["name"],
        "severity": SEVERITIES[urgency.get("urgency", "low")],
        "means": service["description"],
        "elsewhere": {
            **sender(service),
            "fires-when": "its sender says so",
            "detects-within": PROMISED,
            **posted_for(service),
        },
        "team": team_of(service),
    }


def sender(service: VendorObject) -> dict[str, str]:
    """The way in for the one system that sends."""
    (way_in,) = service["integrations"]
    if way_in["type"] == MAIL:
        return {"email": way_in["integration_email"]}
    if way_in["vendor"]:
        return {"vendor": way_in["vendor"]["summary"]}
    return {"events-api": way_in["name"]}


def losses(service: VendorObject) -> Iterator[Loss]:
    """Everything of it that its rule does not say."""
    (way_in,) = service["integrations"]
    if connection := connection_of(service):
        yield from _of_connection(connection, service)
    if service["id"] in {row["parent"]["id"] for row in orchestrations()}:
        yield Loss.ORCHESTRATED
    if service["incident_urgency_rule"].get("urgency") == "severity_based":
        yield Loss.SEVERITY_OF_EVENT
    if service["alert_grouping_parameters"]["type"]:
        yield Loss.GROUPING
    if way_in["type"] == EVENTS_API_1:
        yield Loss.EVENTS_API_1
    if way_in.get("email_incident_creation") == "on_new_email_subject":
        yield Loss.SAME_SUBJECT
    if closes_early(service):
        yield Loss.CLOSES_EARLY


def _of_connection(connection: VendorObject, service: VendorObject) -> Iterator[Loss]:
    if _leaves_out(connection, service):
        yield Loss.URGENT_ALONE
    if connection["config"]["priorities"] != ["*"]:
        yield Loss.BY_PRIORITY


def _leaves_out(connection: VendorObject, service: VendorObject) -> bool:
    """Whether the channel does not hear of some incidents; a service of high urgency alone has no others."""
    wanted, rule = connection["config"]["urgency"], service["incident_urgency_rule"]
    return bool(wanted) and not (rule["type"] == "constant" and rule["urgency"] == wanted)


def connection_of(service: VendorObject) -> VendorObject | None:
    """How PagerDuty posts a service's incidents to Slack; None where it does not."""
    return next((row for row in pagerduty("slack_connections") if row["source_id"] == service["id"]), None)


def posted_for(service: VendorObject) -> dict[str, str]:
    """For whom its channel is, where that is nobody who responds."""
    connection = connection_of(service)
    reads_along = connection is not None and connection["notification_type"] == "stakeholder"
    return {"posted-for": "stakeholders"} if reads_along else {}


def team_of(service: VendorObject) -> str:
    """The team with the routes of a service: its policy's, or its channel's where PagerDuty posts to one."""
    connection = connection_of(service)
    return str(connection["channel_name"]) if connection else policy_of(service)[0]


def teams() -> dict[str, Any]:
    """A team for each policy and channel, since a team's routes say whom its rules page and where they are posted."""
    return {team_of(service): _team(service) for service in pagerduty("services")}


def _team(service: VendorObject) -> dict[str, Any]:
    key, connection = team_of(service), connection_of(service)
    policy, _ = policy_of(service)
    posted = {"slack": [connection["channel_name"]]} if connection else {}
    return {
        "title": key.replace("-", " ").capitalize(),
        "email": f"{key}@youragency.com",
        "routes": {
            "P0": {"page": "critical", **posted},
            "P1": {"page": policy, **posted},
            "P2": {"page": policy, **posted},
            "P3": posted or {"slack": ["alerts"]},
        },
    }
