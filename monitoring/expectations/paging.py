"""Whom PagerDuty asks for what arrives at an integration, and who hears of it beside the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitoring.expectations.references import Row, referred, require
from monitoring.model.receivers import ReceiverKind
from monitoring.naming.type_tokens import ESCALATION_POLICY, SERVICE, SERVICE_INTEGRATION
from monitoring.plan import Plan, Resource


def page_row(plan: Plan, key: Mapping[str, Any]) -> Row:
    """Whom a vendor pages with an integration's key: the service's policy and urgency."""
    return paged_row(plan, referred(plan, key["secret"], SERVICE_INTEGRATION, output="integrationKey"))


def paged_row(plan: Plan, integration: Resource) -> Row:
    """Whom an integration's service asks, and how urgently."""
    service = referred(plan, integration.inputs["service"], SERVICE)
    urgency = service.inputs["incidentUrgencyRule"]
    policy = referred(plan, service.inputs["escalationPolicy"], ESCALATION_POLICY)
    if urgency["type"] == "constant":
        return {"policy": policy.name, "urgency": urgency["urgency"], "support-hours": None}
    parts = [urgency[part] for part in ("duringSupportHours", "outsideSupportHours")]
    high_then_low = parts == [{"type": "constant", "urgency": each} for each in ("high", "low")]
    require(high_then_low, f'the service "{service.name}" is not high in support hours and low outside of them')
    return {"policy": policy.name, "urgency": urgency["type"], "support-hours": _hours(service.inputs["supportHours"])}


def _hours(hours: Mapping[str, Any]) -> str:
    """Support hours as one text: the weekdays as numbers from Monday on, the times, the zone."""
    days = ",".join(map(str, hours["daysOfWeeks"]))
    return f"{days} {hours['startTime']}-{hours['endTime']} {hours['timeZone']}"


def receiver_row(named: Mapping[ReceiverKind, list[str]]) -> Row:
    """A field for each kind of receiver beside the page."""
    return {kind.value: named.get(kind, []) for kind in ReceiverKind}
