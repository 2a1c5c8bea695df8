# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""NotificationAction: A spike-protection notification. Not needed for alerts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import pulumi

from . import _utilities

__all__ = [
    "NotificationActionArgs",
    "NotificationAction",
]


@_utilities.input_type
class NotificationActionArgs:
    """What is declared of the resource NotificationAction."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement (see notes)."""

    projects: pulumi.Input[Sequence[pulumi.Input[str]]] = pulumi.property("projects")
    """Project slugs. A LIST, so the order matters; slugs are looked up again from ids on every read."""

    service_type: pulumi.Input[str] = pulumi.property("serviceType")
    """Service used for the message. One of: email, slack, sentry_notification, pagerduty, opsgenie."""

    trigger_type: pulumi.Input[str] = pulumi.property("triggerType")
    """What sets the action off. One of: spike-protection."""

    integration_id: pulumi.Input[str | None] = pulumi.property("integrationId", default=None)
    """Id of the installation; needed by the API for slack, pagerduty and opsgenie, not checked by the provider."""

    target_display: pulumi.Input[str | None] = pulumi.property("targetDisplay", default=None)
    """Target's name; needed by the API for slack and opsgenie."""

    target_identifier: pulumi.Input[str | None] = pulumi.property("targetIdentifier", default=None)
    """Target, such as a Slack channel id; needed by the API for slack and opsgenie."""


@pulumi.type_token("sentry:index/notificationAction:NotificationAction")
class NotificationAction(pulumi.CustomResource):
    """A spike-protection notification. Not needed for alerts."""

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Organisation slug. A change is NOT planned as a replacement (see notes)."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter
    def projects(self) -> pulumi.Output[Sequence[str]]:
        """Project slugs. A LIST, so the order matters; slugs are looked up again from ids on every read."""
        return _utilities.output(self, "projects")

    @property
    @pulumi.getter(name="serviceType")
    def service_type(self) -> pulumi.Output[str]:
        """Service used for the message. One of: email, slack, sentry_notification, pagerduty, opsgenie."""
        return _utilities.output(self, "service_type")

    @property
    @pulumi.getter(name="triggerType")
    def trigger_type(self) -> pulumi.Output[str]:
        """What sets the action off. One of: spike-protection."""
        return _utilities.output(self, "trigger_type")

    @property
    @pulumi.getter(name="integrationId")
    def integration_id(self) -> pulumi.Output[str | None]:
        """Id of the installation; needed by the API for slack, pagerduty and opsgenie, not checked by the
        provider."""
        return _utilities.output(self, "integration_id")

    @property
    @pulumi.getter(name="targetDisplay")
    def target_display(self) -> pulumi.Output[str | None]:
        """Target's name; needed by the API for slack and opsgenie."""
        return _utilities.output(self, "target_display")

    @property
    @pulumi.getter(name="targetIdentifier")
    def target_identifier(self) -> pulumi.Output[str | None]:
        """Target, such as a Slack channel id; needed by the API for slack and opsgenie."""
        return _utilities.output(self, "target_identifier")

    @overload
    def __init__(
        self, resource_name: str, args: NotificationActionArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        organization: pulumi.Input[str],
        projects: pulumi.Input[Sequence[pulumi.Input[str]]],
        service_type: pulumi.Input[str],
        trigger_type: pulumi.Input[str],
        integration_id: pulumi.Input[str | None] = None,
        target_display: pulumi.Input[str | None] = None,
        target_identifier: pulumi.Input[str | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            NotificationActionArgs,
            positional,
            named,
            computed=[],
            secrets={},
        )
        super().__init__(
            "sentry:index/notificationAction:NotificationAction",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> NotificationAction:
        """The NotificationAction that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return NotificationAction(resource_name, None, found)
