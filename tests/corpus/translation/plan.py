"""What a Plan holds of the corpus: the resource of each rule, and whom it notifies."""

from __future__ import annotations

from collections.abc import Mapping

from monitoring.naming.type_tokens import MONITOR, NOTIFICATION_RULE
from monitoring.plan import Plan, Resource


def monitors_of(plan: Plan) -> Mapping[str, Resource]:
    """Each monitor of a Plan, by the id of its rule."""
    return {resource.name: resource for resource in plan.of_type(MONITOR)}


def handles_of(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Whom each monitor notifies when it fires: the receivers of the notification rule whose tags it has."""
    routes = [resource.inputs for resource in plan.of_type(NOTIFICATION_RULE)]
    return {
        name: tuple(
            recipient
            for route in routes
            if set(route["filter"]["tags"]) <= set(monitor.inputs["tags"])
            for condition in route["conditionalRecipients"]["conditions"]
            for recipient in condition["recipients"]
        )
        for name, monitor in monitors_of(plan).items()
    }
