# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""IntegrationPagerduty: One service row (name and integration key) in the organisation's PagerDuty installation.
The installation itself is made by hand in Sentry."""

from __future__ import annotations

from typing import Any, overload

import pulumi

from . import _utilities

__all__ = [
    "IntegrationPagerdutyArgs",
    "IntegrationPagerduty",
]


@_utilities.input_type
class IntegrationPagerdutyArgs:
    """What is declared of the resource IntegrationPagerduty."""

    integration_id: pulumi.Input[str] = pulumi.property("integrationId")
    """Id of the organisation's PagerDuty installation. A change is NOT planned as a replacement and then fails."""

    integration_key: pulumi.Input[str] = pulumi.property("integrationKey")
    """Events v2 integration key of the PagerDuty service. A secret that neither Terraform nor Pulumi marks as
    one."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement (see notes)."""

    service: pulumi.Input[str] = pulumi.property("service")
    """Name under which the service is listed."""


@pulumi.type_token("sentry:index/integrationPagerduty:IntegrationPagerduty")
class IntegrationPagerduty(pulumi.CustomResource):
    """One service row (name and integration key) in the organisation's PagerDuty installation. The installation
    itself is made by hand in Sentry."""

    @property
    @pulumi.getter(name="integrationId")
    def integration_id(self) -> pulumi.Output[str]:
        """Id of the organisation's PagerDuty installation. A change is NOT planned as a replacement and then
        fails."""
        return _utilities.output(self, "integration_id")

    @property
    @pulumi.getter(name="integrationKey")
    def integration_key(self) -> pulumi.Output[str]:
        """Events v2 integration key of the PagerDuty service. A secret that neither Terraform nor Pulumi marks as
        one."""
        return _utilities.output(self, "integration_key")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Organisation slug. A change is NOT planned as a replacement (see notes)."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter
    def service(self) -> pulumi.Output[str]:
        """Name under which the service is listed."""
        return _utilities.output(self, "service")

    @overload
    def __init__(
        self, resource_name: str, args: IntegrationPagerdutyArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        integration_id: pulumi.Input[str],
        integration_key: pulumi.Input[str],
        organization: pulumi.Input[str],
        service: pulumi.Input[str],
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            IntegrationPagerdutyArgs,
            positional,
            named,
            computed=[],
            secrets={"integration_key": "integrationKey"},
        )
        super().__init__(
            "sentry:index/integrationPagerduty:IntegrationPagerduty",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> IntegrationPagerduty:
        """The IntegrationPagerduty that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return IntegrationPagerduty(resource_name, None, found)
