"""What a company has at its vendors, as their lists answer it: invented, in the forms that real configurations have.

Shapes: Datadog's Monitor and SyntheticsTestDetails (DataDog/datadog-api-client-python, v1 of 2026-08-21), PagerDuty's
Service with its integrations, EscalationPolicy, Schedule, User (PagerDuty/api-schema of 2026-08-14) and Slack
connections (its app's API), Sentry's workflows and detectors (getsentry/sentry-api-schema of 2026-08-16).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VendorObject = dict[str, Any]


def rows(file: str, key: str = "") -> Sequence[VendorObject]:
    """The objects of a file, which lie under a key or are the whole of it."""
    answer = json.loads((HERE / file).read_text(encoding="utf-8"))
    objects: list[VendorObject] = answer[key] if key else answer
    return objects


def monitors() -> Sequence[VendorObject]:
    """Datadog's monitors, as GET /api/v1/monitor lists them."""
    return rows("datadog/monitors.json")


def synthetic_tests() -> Sequence[VendorObject]:
    """Datadog's synthetic tests, as GET /api/v1/synthetics/tests lists them, each with its steps."""
    return rows("datadog/synthetics.json", "tests")


def pagerduty(kind: str) -> Sequence[VendorObject]:
    """PagerDuty's objects of a kind: services, escalation_policies, schedules, users, slack_connections."""
    return rows(f"pagerduty/{kind}.json", kind)


def orchestrations() -> Sequence[VendorObject]:
    """The event orchestrations of PagerDuty's services that have one."""
    return [row["orchestration_path"] for row in rows("pagerduty/service_orchestrations.json")]


def workflows() -> Sequence[VendorObject]:
    """Sentry's alerts, which its API calls workflows."""
    return rows("sentry/workflows.json")


def detectors() -> Sequence[VendorObject]:
    """Sentry's monitors, which its API calls detectors: of errors, of metrics, of jobs."""
    return rows("sentry/detectors.json")
