"""Whom a workflow of Sentry's tells, as a team of the catalog with such routes; and where a detector belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tests.corpus import VendorObject, detectors, rows, workflows

DEFAULT_OWNER = "5001"
"""Sentry's id of the team that has what nobody owns."""


def actions_of(workflow: VendorObject) -> Sequence[VendorObject]:
    """Everything that a workflow does, in its one filter."""
    (part,) = workflow["actionFilters"]
    actions: Sequence[VendorObject] = part["actions"]
    return actions


def pages(workflow: VendorObject) -> str | None:
    """PagerDuty's severity with which a workflow pages; None where it pages nobody."""
    priorities = [action["data"]["priority"] for action in actions_of(workflow) if action["type"] == "pagerduty"]
    return priorities[0] if priorities else None


def channels(workflow: VendorObject) -> list[str]:
    """The Slack channels that a workflow writes to."""
    shown = [action["config"]["targetDisplay"] for action in actions_of(workflow) if action["type"] == "slack"]
    return [channel.removeprefix("#") for channel in shown]


def mailed(workflow: VendorObject) -> list[str]:
    """Sentry's ids of the teams that a workflow mails."""
    configs = [action["config"] for action in actions_of(workflow) if action["type"] == "email"]
    return [config["targetIdentifier"] for config in configs if config["targetType"] == "team"]


def owners_told(workflow: VendorObject) -> str | None:
    """Whom Sentry tells of an issue without an owner, where a workflow tells the owners; else None."""
    owners = (action for action in actions_of(workflow) if action["config"]["targetType"] == "issue_owners")
    return next((FALLBACKS[action["data"]["fallthroughType"]] for action in owners), None)


FALLBACKS = {"AllMembers": "all-members", "ActiveMembers": "active-members", "NoOne": "nobody"}


def detectors_of(workflow: VendorObject) -> list[VendorObject]:
    """The detectors that a workflow speaks for."""
    return [detector for detector in detectors() if detector["id"] in workflow["detectorIds"]]


def owner(workflow: VendorObject) -> str:
    """Sentry's id of the team that has the rule: the one that is mailed, or whose its detectors are."""
    owners = [detector["owner"]["id"] for detector in detectors_of(workflow) if detector["owner"]]
    return str([*mailed(workflow), *owners, DEFAULT_OWNER][0])


def slugs() -> dict[str, str]:
    """The slug of each of Sentry's teams, by its id."""
    return {row["id"]: row["slug"] for row in rows("sentry/teams.json")}


def project_of(detector: VendorObject) -> str:
    """The slug of a detector's project."""
    return str(next(row["slug"] for row in rows("sentry/projects.json") if row["id"] == detector["projectId"]))


def team_of(workflow: VendorObject) -> str:
    """The catalog's team with the routes of a workflow: Sentry's team, and whom it tells."""
    return "-".join(_parts(workflow))


def _parts(workflow: VendorObject) -> Iterator[str]:
    yield slugs()[owner(workflow)]
    yield "errors"
    yield from (["paged"] if pages(workflow) else [])
    yield from channels(workflow)
    yield from (["mailed"] if mailed(workflow) else [])
    yield from (["owners"] if owners_told(workflow) else [])


def teams() -> dict[str, Any]:
    """A team for each set of receivers that a workflow has."""
    return {team_of(workflow): _team(workflow) for workflow in workflows()}


def at_sentry() -> dict[str, str]:
    """Sentry's slug of each of these teams."""
    return {team_of(workflow): slugs()[owner(workflow)] for workflow in workflows()}


def _team(workflow: VendorObject) -> dict[str, Any]:
    """What pages does so at P0 and P1."""
    address, owners = f"{slugs()[owner(workflow)]}@youragency.com", owners_told(workflow)
    receivers: dict[str, Any] = {
        **({"slack": channels(workflow)} if channels(workflow) else {}),
        **({"email": [address]} if mailed(workflow) else {}),
        **({"issue-owners": owners} if owners else {}),
    }
    return {
        "title": team_of(workflow).replace("-", " ").capitalize(),
        "email": address,
        "routes": {
            "P0": {"page": "critical", **receivers},
            "P1": {"page": "platform", **receivers},
            "P2": receivers or {"page": "platform"},
            "P3": receivers or {"page": "platform"},
        },
    }
