"""Reads a Plan as the vendors would act on it: from a rule's alert or monitors, along every reference, to a policy.

Knows the vendors' fields only, and nothing of our builders. What it gives is named as in expectations.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from monitoring.expectations.datadog import datadog_row
from monitoring.expectations.paging import paged_row, receiver_row
from monitoring.expectations.references import ReadingError, Row, referred, require
from monitoring.expectations.sentry import sentry_row
from monitoring.naming.type_tokens import (
    ALERT,
    GET_USER,
    MONITOR,
    SCHEDULES,
    SERVICE,
    SERVICE_INTEGRATION,
    SYNTHETICS_TEST,
)
from monitoring.plan import Plan, Resource


def firing(plan: Plan) -> Mapping[str, tuple[Resource, ...]]:
    """What fires for each rule, by the id with which the rule acts: an alert of Sentry, or monitors and tests.

    What lives elsewhere arrives at an integration that bears its rule's id, as its service does.
    """
    rules: dict[str, tuple[Resource, ...]] = {alert.name: (alert,) for alert in plan.of_type(ALERT)}
    rules |= {way.name: (way,) for way in plan.of_type(SERVICE_INTEGRATION) if f"{SERVICE}::{way.name}" in plan.by_key}
    for resource in (*plan.of_type(MONITOR), *plan.of_type(SYNTHETICS_TEST)):
        if name := _tagged_rule(resource):
            rules[name] = (*rules.get(name, ()), resource)
    return rules


def _tagged_rule(resource: Resource) -> str:
    """The rule that a monitor's tags name; empty where they name none."""
    tags = {key: value for key, _, value in (tag.partition(":") for tag in resource.inputs.get("tags", ()))}
    return "-".join(tags[key] for key in ("rule", "tenant") if key in tags) if "rule" in tags else ""


def rule_row(plan: Plan, resources: Sequence[Resource], slack_account: str) -> Row:
    """Where a rule arrives and what its vendor watches; ReadingError where the vendor would do nothing of the kind.

    Datadog writes a channel as `slack-ACCOUNT-CHANNEL`, and both may have dashes; so the account is given.
    """
    try:
        if resources[0].type == ALERT:
            return sentry_row(plan, resources[0])
        if resources[0].type == SERVICE_INTEGRATION:
            return _elsewhere_row(plan, resources[0])
        return datadog_row(plan, resources, f"slack-{slack_account}-")
    except KeyError as missing:
        raise ReadingError(f"{missing} is missing on its way to a human") from None


def _elsewhere_row(plan: Plan, integration: Resource) -> Row:
    """An integration to which another system sends; of a mailbox, that each mail opens an incident."""
    inputs = integration.inputs
    vendor = inputs.get("vendor")
    if "integrationEmail" in inputs:
        swallows = inputs["emailIncidentCreation"] != "on_new_email" or inputs["emailFilterMode"] != "all-email"
        require(not swallows, "its mailbox does not open an incident for each mail")
    watched = {
        "type": inputs.get("type"),
        "vendor": vendor["arguments"]["name"] if vendor else None,
        "integration-email": inputs.get("integrationEmail"),
    }
    return {"page": paged_row(plan, integration), **receiver_row({}), "pagerduty": watched}


def policy_row(plan: Plan, policy: Resource) -> Row:
    """A policy: minutes and names of each step, and how often it begins again."""
    return {
        "steps": [
            {"minutes": step["escalationDelayInMinutes"], "ask": [_asked(plan, target) for target in step["targets"]]}
            for step in policy.inputs["rules"]
        ],
        "extra-rounds": policy.inputs["numLoops"],
    }


def _asked(plan: Plan, target: Mapping[str, Any]) -> str:
    if target["type"] == "schedule_reference":
        return referred(plan, target["id"], *SCHEDULES).name
    require(target["id"].get("lookup") == GET_USER, "a step notifies somebody who is not looked up")
    return str(target["id"]["arguments"]["email"])
