# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""Alert: Connects monitors with actions: when an issue of one of the monitors meets a trigger and a group of
conditions, the actions of that group run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import pulumi

from . import _inputs, _utilities, outputs

__all__ = [
    "AlertArgs",
    "Alert",
]


@_utilities.input_type
class AlertArgs:
    """What is declared of the resource Alert."""

    action_filters: pulumi.Input[Sequence[pulumi.Input[_inputs.AlertActionFilterArgs]]] = pulumi.property("actionFilters")
    """The 'if' and 'then' part: each element is a group of conditions with the actions to run when the group
    holds."""

    frequency_minutes: pulumi.Input[float] = pulumi.property("frequencyMinutes")
    """Shortest time, in minutes, between two firings for one issue. One of: 0, 5, 10, 30, 60, 180, 720, 1440."""

    monitor_ids: pulumi.Input[Sequence[pulumi.Input[str]]] = pulumi.property("monitorIds")
    """Ids of the monitors whose issues the alert reacts to: ids of metric, uptime and cron monitor resources and of
    the two default-monitor data sources may be mixed. A set of numeric strings."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Slug (or internal id) of the Sentry organisation. A change replaces the object."""

    enabled: pulumi.Input[bool | None] = pulumi.property("enabled", default=None)
    """Whether the alert runs."""

    environment: pulumi.Input[str | None] = pulumi.property("environment", default=None)
    """Only react to events of this environment; left out it covers every environment."""

    legacy_trigger_conditions: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("legacyTriggerConditions", default=None)
    """Names of trigger kinds that the provider cannot express as objects (for instance new_high_priority_issue,
    existing_high_priority_issue, issue_resolution_change). Left out, such triggers are removed on the next
    update."""

    name: pulumi.Input[str | None] = pulumi.property("name", default=None)
    """Display name of the alert."""

    trigger_conditions: pulumi.Input[Sequence[pulumi.Input[_inputs.AlertTriggerConditionArgs]] | None] = pulumi.property("triggerConditions", default=None)
    """The 'when' part: issue events that start an evaluation, combined with 'any' (the provider always sends any-
    short). Each element names exactly one kind. Left out or empty: the provider sends an empty list."""


@pulumi.type_token("sentry:index/alert:Alert")
class Alert(pulumi.CustomResource):
    """Connects monitors with actions: when an issue of one of the monitors meets a trigger and a group of
    conditions, the actions of that group run."""

    @property
    @pulumi.getter(name="actionFilters")
    def action_filters(self) -> pulumi.Output[Sequence[outputs.AlertActionFilter]]:
        """The 'if' and 'then' part: each element is a group of conditions with the actions to run when the group
        holds."""
        return _utilities.output(self, "action_filters")

    @property
    @pulumi.getter
    def enabled(self) -> pulumi.Output[bool]:
        """Whether the alert runs."""
        return _utilities.output(self, "enabled")

    @property
    @pulumi.getter(name="frequencyMinutes")
    def frequency_minutes(self) -> pulumi.Output[float]:
        """Shortest time, in minutes, between two firings for one issue. One of: 0, 5, 10, 30, 60, 180, 720,
        1440."""
        return _utilities.output(self, "frequency_minutes")

    @property
    @pulumi.getter(name="monitorIds")
    def monitor_ids(self) -> pulumi.Output[Sequence[str]]:
        """Ids of the monitors whose issues the alert reacts to: ids of metric, uptime and cron monitor resources
        and of the two default-monitor data sources may be mixed. A set of numeric strings."""
        return _utilities.output(self, "monitor_ids")

    @property
    @pulumi.getter
    def name(self) -> pulumi.Output[str]:
        """Display name of the alert."""
        return _utilities.output(self, "name")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Slug (or internal id) of the Sentry organisation. A change replaces the object."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter(name="triggerConditions")
    def trigger_conditions(self) -> pulumi.Output[Sequence[outputs.AlertTriggerCondition]]:
        """The 'when' part: issue events that start an evaluation, combined with 'any' (the provider always sends
        any-short). Each element names exactly one kind. Left out or empty: the provider sends an empty list."""
        return _utilities.output(self, "trigger_conditions")

    @property
    @pulumi.getter
    def environment(self) -> pulumi.Output[str | None]:
        """Only react to events of this environment; left out it covers every environment."""
        return _utilities.output(self, "environment")

    @property
    @pulumi.getter(name="legacyTriggerConditions")
    def legacy_trigger_conditions(self) -> pulumi.Output[Sequence[str] | None]:
        """Names of trigger kinds that the provider cannot express as objects (for instance new_high_priority_issue,
        existing_high_priority_issue, issue_resolution_change). Left out, such triggers are removed on the next
        update."""
        return _utilities.output(self, "legacy_trigger_conditions")

    @overload
    def __init__(
        self, resource_name: str, args: AlertArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        action_filters: pulumi.Input[Sequence[pulumi.Input[_inputs.AlertActionFilterArgs]]],
        frequency_minutes: pulumi.Input[float],
        monitor_ids: pulumi.Input[Sequence[pulumi.Input[str]]],
        organization: pulumi.Input[str],
        enabled: pulumi.Input[bool | None] = None,
        environment: pulumi.Input[str | None] = None,
        legacy_trigger_conditions: pulumi.Input[Sequence[pulumi.Input[str]] | None] = None,
        name: pulumi.Input[str | None] = None,
        trigger_conditions: pulumi.Input[Sequence[pulumi.Input[_inputs.AlertTriggerConditionArgs]] | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            AlertArgs,
            positional,
            named,
            computed=[],
            secrets={},
        )
        super().__init__(
            "sentry:index/alert:Alert",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Alert:
        """The Alert that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return Alert(resource_name, None, found)
