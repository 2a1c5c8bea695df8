# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""MetricMonitor: Watches an aggregate over events and opens or resolves an issue at thresholds. Sends no message
itself: connect an Alert."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import pulumi

from . import _inputs, _utilities, outputs

__all__ = [
    "MetricMonitorArgs",
    "MetricMonitor",
]


@_utilities.input_type
class MetricMonitorArgs:
    """What is declared of the resource MetricMonitor."""

    aggregate: pulumi.Input[str] = pulumi.property("aggregate")
    """Aggregate function to watch, such as count() or p95(span.duration)."""

    condition_group: pulumi.Input[_inputs.MetricMonitorConditionGroupArgs] = pulumi.property("conditionGroup")
    """When to open or resolve an issue, and at which priority."""

    dataset: pulumi.Input[str] = pulumi.property("dataset")
    """Data set that the aggregate runs on. One of: events, transactions, discover, outcomes, outcomes_raw,
    sessions, metrics, generic_metrics, replays, profiles, search_issues, functions, spans,
    events_analytics_platform."""

    event_types: pulumi.Input[Sequence[pulumi.Input[str]]] = pulumi.property("eventTypes")
    """Event types to include. A set."""

    issue_detection: pulumi.Input[_inputs.MetricMonitorIssueDetectionArgs] = pulumi.property("issueDetection")
    """Which kind of monitor this is."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Slug (or internal id) of the Sentry organisation. A change replaces the object."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Slug (or internal id) of the project that owns the monitor. A change replaces the object. Not read back from
    the API."""

    description: pulumi.Input[str | None] = pulumi.property("description", default=None)
    """Free text that is carried into the issues opened."""

    enabled: pulumi.Input[bool | None] = pulumi.property("enabled", default=None)
    """Whether the monitor runs."""

    environment: pulumi.Input[str | None] = pulumi.property("environment", default=None)
    """Only count events of this environment."""

    extrapolation_mode: pulumi.Input[str | None] = pulumi.property("extrapolationMode", default=None)
    """How sampled data are scaled up. One of: unknown, none, client_and_server_weighted, server_weighted."""

    name: pulumi.Input[str | None] = pulumi.property("name", default=None)
    """Display name."""

    owner: pulumi.Input[_inputs.MetricMonitorOwnerArgs | None] = pulumi.property("owner", default=None)
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    query: pulumi.Input[str | None] = pulumi.property("query", default=None)
    """Search query that narrows the events. May be an empty string."""

    query_type: pulumi.Input[str | None] = pulumi.property("queryType", default=None)
    """Kind of query; the API derives it from the data set when left out. Must fit the data set. One of: error,
    performance, crash_rate."""

    time_window_seconds: pulumi.Input[float | None] = pulumi.property("timeWindowSeconds", default=None)
    """Length of the window the aggregate covers. Optional for the provider, but left out it sends 0 (confirmed):
    treat it as required."""


@pulumi.type_token("sentry:index/metricMonitor:MetricMonitor")
class MetricMonitor(pulumi.CustomResource):
    """Watches an aggregate over events and opens or resolves an issue at thresholds. Sends no message itself:
    connect an Alert."""

    @property
    @pulumi.getter
    def aggregate(self) -> pulumi.Output[str]:
        """Aggregate function to watch, such as count() or p95(span.duration)."""
        return _utilities.output(self, "aggregate")

    @property
    @pulumi.getter(name="conditionGroup")
    def condition_group(self) -> pulumi.Output[outputs.MetricMonitorConditionGroup]:
        """When to open or resolve an issue, and at which priority."""
        return _utilities.output(self, "condition_group")

    @property
    @pulumi.getter
    def dataset(self) -> pulumi.Output[str]:
        """Data set that the aggregate runs on. One of: events, transactions, discover, outcomes, outcomes_raw,
        sessions, metrics, generic_metrics, replays, profiles, search_issues, functions, spans,
        events_analytics_platform."""
        return _utilities.output(self, "dataset")

    @property
    @pulumi.getter
    def enabled(self) -> pulumi.Output[bool]:
        """Whether the monitor runs."""
        return _utilities.output(self, "enabled")

    @property
    @pulumi.getter(name="eventTypes")
    def event_types(self) -> pulumi.Output[Sequence[str]]:
        """Event types to include. A set."""
        return _utilities.output(self, "event_types")

    @property
    @pulumi.getter(name="extrapolationMode")
    def extrapolation_mode(self) -> pulumi.Output[str]:
        """How sampled data are scaled up. One of: unknown, none, client_and_server_weighted, server_weighted."""
        return _utilities.output(self, "extrapolation_mode")

    @property
    @pulumi.getter(name="issueDetection")
    def issue_detection(self) -> pulumi.Output[outputs.MetricMonitorIssueDetection]:
        """Which kind of monitor this is."""
        return _utilities.output(self, "issue_detection")

    @property
    @pulumi.getter
    def name(self) -> pulumi.Output[str]:
        """Display name."""
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
    @pulumi.getter
    def query(self) -> pulumi.Output[str]:
        """Search query that narrows the events. May be an empty string."""
        return _utilities.output(self, "query")

    @property
    @pulumi.getter(name="queryType")
    def query_type(self) -> pulumi.Output[str]:
        """Kind of query; the API derives it from the data set when left out. Must fit the data set. One of: error,
        performance, crash_rate."""
        return _utilities.output(self, "query_type")

    @property
    @pulumi.getter(name="timeWindowSeconds")
    def time_window_seconds(self) -> pulumi.Output[float]:
        """Length of the window the aggregate covers. Optional for the provider, but left out it sends 0
        (confirmed): treat it as required."""
        return _utilities.output(self, "time_window_seconds")

    @property
    @pulumi.getter
    def description(self) -> pulumi.Output[str | None]:
        """Free text that is carried into the issues opened."""
        return _utilities.output(self, "description")

    @property
    @pulumi.getter
    def environment(self) -> pulumi.Output[str | None]:
        """Only count events of this environment."""
        return _utilities.output(self, "environment")

    @property
    @pulumi.getter
    def owner(self) -> pulumi.Output[outputs.MetricMonitorOwner | None]:
        """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for
        no owner."""
        return _utilities.output(self, "owner")

    @overload
    def __init__(
        self, resource_name: str, args: MetricMonitorArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        aggregate: pulumi.Input[str],
        condition_group: pulumi.Input[_inputs.MetricMonitorConditionGroupArgs],
        dataset: pulumi.Input[str],
        event_types: pulumi.Input[Sequence[pulumi.Input[str]]],
        issue_detection: pulumi.Input[_inputs.MetricMonitorIssueDetectionArgs],
        organization: pulumi.Input[str],
        project: pulumi.Input[str],
        description: pulumi.Input[str | None] = None,
        enabled: pulumi.Input[bool | None] = None,
        environment: pulumi.Input[str | None] = None,
        extrapolation_mode: pulumi.Input[str | None] = None,
        name: pulumi.Input[str | None] = None,
        owner: pulumi.Input[_inputs.MetricMonitorOwnerArgs | None] = None,
        query: pulumi.Input[str | None] = None,
        query_type: pulumi.Input[str | None] = None,
        time_window_seconds: pulumi.Input[float | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            MetricMonitorArgs,
            positional,
            named,
            computed=[],
            secrets={},
        )
        super().__init__(
            "sentry:index/metricMonitor:MetricMonitor",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> MetricMonitor:
        """The MetricMonitor that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return MetricMonitor(resource_name, None, found)
