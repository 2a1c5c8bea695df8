"""What no refresh sees, each with the source of that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Where at which vendor, why it is not seen there, how that is known, and which properties of resources it is."""

    where: str
    why: str
    source: str
    properties: tuple[str, ...] = ()


def blind_spots(vendors: Collection[str]) -> tuple[BlindSpot, ...]:
    """What no refresh sees at these vendors."""
    return tuple(spot for spot in BLIND_SPOTS if spot.where.partition(",")[0].lower() in vendors)


BLIND_SPOTS = (
    BlindSpot(
        "Datadog, pagerduty.ServiceObject.serviceKey",
        "the key is never read back; a key that died sends no page",
        "Datadog's API, GET integration/pagerduty/configuration/services/NAME answers service_name only",
        ("ServiceObject.serviceKey",),
    ),
    BlindSpot(
        "Datadog, SyntheticsGlobalVariable.value",
        "a secure value is never read back; a test that sends a dead one fails",
        "Datadog's API description, SyntheticsGlobalVariableValue",
        ("SyntheticsGlobalVariable.value",),
    ),
    BlindSpot(
        "Datadog, SyntheticsTest.browserSteps[].params.element",
        "the provider keeps what was declared of a recorded element, whatever Datadog holds",
        "terraform-provider-datadog, resource_datadog_synthetics_test_.go: updateSyntheticsBrowserTestLocalState",
        ("SyntheticsTest.browserSteps[].params.element",),
    ),
    BlindSpot(
        "Datadog, Monitor.noDataTimeframe",
        "ignored while notifyNoData is off, when it has no effect",
        "terraform-provider-datadog, resource_datadog_monitor.go: no_data_timeframe",
        ("Monitor.noDataTimeframe",),
    ),
    BlindSpot(
        "Datadog, Monitor.restrictedRoles",
        "nobody declares who may edit, so the provider takes what Datadog holds",
        "terraform-provider-datadog, resource_datadog_monitor.go: restricted_roles",
        ("Monitor.restrictedRoles",),
    ),
    BlindSpot(
        "Datadog, the dashboard's is_read_only",
        "ignored where restricted_roles is a list, which then says who may edit",
        "terraform-provider-datadog, resource_datadog_dashboard_json.go",
        ("DashboardJson.dashboard.is_read_only",),
    ),
    BlindSpot(
        "Datadog, ServiceLevelObjective.warningThreshold",
        "nobody declares a warning, so the provider takes what Datadog holds",
        "terraform-provider-datadog, resource_datadog_service_level_objective.go: warning_threshold",
        ("ServiceLevelObjective.warningThreshold",),
    ),
    BlindSpot(
        "Datadog, whatever else the account holds, such as a mute made by hand",
        "only what the stack's state holds is asked for",
        "Pulumi's documentation of `pulumi refresh`: it compares the stack's state",
    ),
    BlindSpot(
        "Datadog, Slack and PagerDuty installations",
        "made by hand; only what uses them is declared",
        "what this program declares",
    ),
    BlindSpot(
        "PagerDuty, whether it still takes an integration key",
        "Sentry shows the key that it holds, and nobody asks PagerDuty about it; send a test event",
        "terraform-provider-sentry 0.15.4, resource_integration_pagerduty.go",
        ("ServiceIntegration.integrationKey",),
    ),
    BlindSpot(
        "PagerDuty, Schedule.layers[].start",
        "any two instants in the past count as equal",
        "terraform-provider-pagerduty, resource_pagerduty_schedule.go",
        ("Schedule.layers[].start",),
    ),
    BlindSpot(
        "PagerDuty, Schedulev2.rotations[].events[].effectiveSince",
        "PagerDuty answers when the event was made, so the provider keeps what was declared",
        "terraform-provider-pagerduty, resource_pagerduty_schedulev2.go: flattenScheduleV3",
        ("Schedulev2.rotations[].events[].effectiveSince",),
    ),
    BlindSpot(
        "PagerDuty, Service.alertCreation",
        "differences are ignored",
        "terraform-provider-pagerduty, resource_pagerduty_service.go",
        ("Service.alertCreation",),
    ),
    BlindSpot(
        "PagerDuty, Team.defaultRole",
        "nobody declares it, so the provider takes what PagerDuty holds",
        "terraform-provider-pagerduty, resource_pagerduty_team.go",
        ("Team.defaultRole",),
    ),
    BlindSpot(
        "PagerDuty, a SlackConnection that was removed by hand",
        "the refresh ends with an error for it, and does not say that it is gone",
        "terraform-provider-pagerduty, resource_pagerduty_slack_connection.go: read",
    ),
    BlindSpot(
        "PagerDuty, people",
        "their contact methods and notification rules belong to them and are not declared",
        "what this program declares",
    ),
    BlindSpot(
        "PagerDuty, whatever else the account holds, such as an override or a maintenance window to come",
        "only what the stack's state holds is asked for",
        "Pulumi's documentation of `pulumi refresh`: it compares the stack's state",
    ),
    BlindSpot(
        "Sentry, project of MetricMonitor, CronMonitor and UptimeMonitor",
        "not read back",
        "terraform-provider-sentry 0.15.4, the Fill functions of these resources",
        ("MetricMonitor.project", "CronMonitor.project", "UptimeMonitor.project"),
    ),
    BlindSpot(
        "Sentry, MetricMonitor.queryType",
        "Sentry takes it and never answers it",
        "terraform-provider-sentry 0.15.4, resource_metric_monitor_gen.go: Fill; seen with the real provider",
        ("MetricMonitor.queryType",),
    ),
    BlindSpot(
        "Sentry, a cron monitor's environment that is muted",
        "Sentry mutes it by itself after 28 days of failures, and no property says so",
        "docs.sentry.io, crons, troubleshooting; terraform-provider-sentry 0.15.4, sentry_cron_monitor",
    ),
    BlindSpot(
        "Sentry, an issue that is archived",
        "it notifies nobody until it reappears; only monitors and alerts are asked for",
        "docs.sentry.io, issue states",
    ),
    BlindSpot(
        "Sentry, who owns an issue, and how each person is told of it",
        "ownership rules, digests and notification settings belong to projects and people and are not declared",
        "what this program declares",
    ),
    BlindSpot(
        "Sentry, whatever else the account holds, such as an alert made by hand",
        "only what the stack's state holds is asked for",
        "Pulumi's documentation of `pulumi refresh`: it compares the stack's state",
    ),
)
