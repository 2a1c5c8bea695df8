# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""CronMonitor: Expects check-ins on a schedule and opens an issue when they are late, missing or bad. Sends no
message itself: connect an Alert."""

from __future__ import annotations

from typing import Any, overload

import pulumi

from . import _inputs, _utilities, outputs

__all__ = [
    "CronMonitorArgs",
    "CronMonitor",
]


@_utilities.input_type
class CronMonitorArgs:
    """What is declared of the resource CronMonitor."""

    checkin_margin_minutes: pulumi.Input[float] = pulumi.property("checkinMarginMinutes")
    """Grace time before a check-in counts as missed."""

    failure_issue_threshold: pulumi.Input[float] = pulumi.property("failureIssueThreshold")
    """Bad check-ins in a row until an issue is opened."""

    max_runtime_minutes: pulumi.Input[float] = pulumi.property("maxRuntimeMinutes")
    """Longest run before an open check-in counts as timed out."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Slug (or internal id) of the Sentry organisation. A change replaces the object."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Slug (or internal id) of the project that owns the monitor. A change replaces the object. Not read back from
    the API."""

    recovery_threshold: pulumi.Input[float] = pulumi.property("recoveryThreshold")
    """Good check-ins in a row until the issue is resolved."""

    schedule: pulumi.Input[_inputs.CronMonitorScheduleArgs] = pulumi.property("schedule")
    """When a check-in is expected: either crontab, or intervalValue with intervalUnit."""

    description: pulumi.Input[str | None] = pulumi.property("description", default=None)
    """Free text that is carried into the issues opened."""

    enabled: pulumi.Input[bool | None] = pulumi.property("enabled", default=None)
    """Whether the monitor runs. Without a free monitor seat Sentry creates it disabled and it stays different from
    the wish."""

    name: pulumi.Input[str | None] = pulumi.property("name", default=None)
    """Display name; Sentry derives the check-in slug from it. The slug itself is neither an input nor an output."""

    owner: pulumi.Input[_inputs.CronMonitorOwnerArgs | None] = pulumi.property("owner", default=None)
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    timezone: pulumi.Input[str | None] = pulumi.property("timezone", default=None)
    """Time zone in which the schedule is read."""


@pulumi.type_token("sentry:index/cronMonitor:CronMonitor")
class CronMonitor(pulumi.CustomResource):
    """Expects check-ins on a schedule and opens an issue when they are late, missing or bad. Sends no message
    itself: connect an Alert."""

    @property
    @pulumi.getter(name="checkinMarginMinutes")
    def checkin_margin_minutes(self) -> pulumi.Output[float]:
        """Grace time before a check-in counts as missed."""
        return _utilities.output(self, "checkin_margin_minutes")

    @property
    @pulumi.getter
    def enabled(self) -> pulumi.Output[bool]:
        """Whether the monitor runs. Without a free monitor seat Sentry creates it disabled and it stays different
        from the wish."""
        return _utilities.output(self, "enabled")

    @property
    @pulumi.getter(name="failureIssueThreshold")
    def failure_issue_threshold(self) -> pulumi.Output[float]:
        """Bad check-ins in a row until an issue is opened."""
        return _utilities.output(self, "failure_issue_threshold")

    @property
    @pulumi.getter(name="maxRuntimeMinutes")
    def max_runtime_minutes(self) -> pulumi.Output[float]:
        """Longest run before an open check-in counts as timed out."""
        return _utilities.output(self, "max_runtime_minutes")

    @property
    @pulumi.getter
    def name(self) -> pulumi.Output[str]:
        """Display name; Sentry derives the check-in slug from it. The slug itself is neither an input nor an
        output."""
        return _utilities.output(self, "name")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Slug (or internal id) of the Sentry organisation. A change replaces the object."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter
    def project(self) -> pulumi.Output[str]:
        """Slug (or internal id) of the project that owns the monitor. A change replaces the object. Not read back
        from the API."""
        return _utilities.output(self, "project")

    @property
    @pulumi.getter(name="recoveryThreshold")
    def recovery_threshold(self) -> pulumi.Output[float]:
        """Good check-ins in a row until the issue is resolved."""
        return _utilities.output(self, "recovery_threshold")

    @property
    @pulumi.getter
    def schedule(self) -> pulumi.Output[outputs.CronMonitorSchedule]:
        """When a check-in is expected: either crontab, or intervalValue with intervalUnit."""
        return _utilities.output(self, "schedule")

    @property
    @pulumi.getter
    def timezone(self) -> pulumi.Output[str]:
        """Time zone in which the schedule is read."""
        return _utilities.output(self, "timezone")

    @property
    @pulumi.getter
    def description(self) -> pulumi.Output[str | None]:
        """Free text that is carried into the issues opened."""
        return _utilities.output(self, "description")

    @property
    @pulumi.getter
    def owner(self) -> pulumi.Output[outputs.CronMonitorOwner | None]:
        """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for
        no owner."""
        return _utilities.output(self, "owner")

    @overload
    def __init__(
        self, resource_name: str, args: CronMonitorArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        checkin_margin_minutes: pulumi.Input[float],
        failure_issue_threshold: pulumi.Input[float],
        max_runtime_minutes: pulumi.Input[float],
        organization: pulumi.Input[str],
        project: pulumi.Input[str],
        recovery_threshold: pulumi.Input[float],
        schedule: pulumi.Input[_inputs.CronMonitorScheduleArgs],
        description: pulumi.Input[str | None] = None,
        enabled: pulumi.Input[bool | None] = None,
        name: pulumi.Input[str | None] = None,
        owner: pulumi.Input[_inputs.CronMonitorOwnerArgs | None] = None,
        timezone: pulumi.Input[str | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            CronMonitorArgs,
            positional,
            named,
            computed=[],
            secrets={},
        )
        super().__init__(
            "sentry:index/cronMonitor:CronMonitor",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> CronMonitor:
        """The CronMonitor that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return CronMonitor(resource_name, None, found)
