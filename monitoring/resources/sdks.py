"""The vendors' packages, imported while the collector is paused, and Datadog's only as far as it is used.

Importing all of pulumi_datadog makes some fifteen thousand classes, of which four hundred are needed here. A collection
over what is imported makes the import, and every declaration after it, slower; so it is frozen once, unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitoring.collector import gc_paused

with gc_paused(freeze=True):
    import pulumi

    from monitoring.pulumi_internals import import_submodules

    if TYPE_CHECKING:
        import pulumi_datadog as datadog
    else:
        datadog = import_submodules(
            "pulumi_datadog",
            "_inputs",
            "dashboard_json",
            "downtime_schedule",
            "monitor",
            "monitor_notification_rule",
            "service_level_objective",
            "synthetics_global_variable",
            "synthetics_test",
            "webhook",
            classes=("DowntimeSchedule", "Monitor", "ServiceLevelObjective", "Synthetics"),
        )

    import pulumi_datadog.ms as datadog_ms
    import pulumi_datadog.pagerduty as datadog_pagerduty
    import pulumi_datadog.slack as datadog_slack
    import pulumi_pagerduty as pagerduty
    import pulumi_sentry as sentry

__all__ = ["datadog", "datadog_ms", "datadog_pagerduty", "datadog_slack", "pagerduty", "pulumi", "sentry"]
