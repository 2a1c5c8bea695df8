"""What no refresh sees, each with the source of that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Where at which vendor, why it is not seen there, and how that is known."""

    where: str
    why: str
    source: str


def blind_spots(vendors: Collection[str]) -> tuple[BlindSpot, ...]:
    """What no refresh sees at these vendors."""
    return tuple(spot for spot in BLIND_SPOTS if spot.where.partition(",")[0].lower() in vendors)


BLIND_SPOTS = (
    BlindSpot(
        "Datadog, pagerduty.ServiceObject.serviceKey",
        "the key is never read back; a key that died sends no page",
        "Datadog's API, GET integration/pagerduty/configuration/services/NAME answers service_name only",
    ),
    BlindSpot(
        "PagerDuty, whether it still takes an integration key",
        "Sentry shows the key that it holds, and nobody asks PagerDuty about it; send a test event",
        "terraform-provider-sentry 0.15.4, resource_integration_pagerduty.go",
    ),
    BlindSpot(
        "Sentry, MetricMonitor and CronMonitor.project",
        "not read back",
        "terraform-provider-sentry 0.15.4, the Fill functions of both resources",
    ),
    BlindSpot(
        "PagerDuty, Schedule.layers[].start",
        "any two instants in the past count as equal",
        "terraform-provider-pagerduty, resource_pagerduty_schedule.go",
    ),
    BlindSpot(
        "PagerDuty, Service.alertCreation",
        "differences are ignored",
        "terraform-provider-pagerduty, resource_pagerduty_service.go",
    ),
    BlindSpot(
        "PagerDuty, people",
        "their contact methods and notification rules belong to them and are not declared",
        "what this program declares",
    ),
    BlindSpot(
        "PagerDuty, overrides and maintenance windows",
        "made by hand, they are no part of a declared resource",
        "what this program declares",
    ),
    BlindSpot(
        "Datadog, a mute or downtime made by hand",
        "it is another object, which no declared resource shows",
        "what this program declares",
    ),
    BlindSpot(
        "Datadog, Slack and PagerDuty installations",
        "made by hand; only what uses them is declared",
        "what this program declares",
    ),
)
