# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""getOrganizationIntegration: Finds an installation by kind and exact name."""

from __future__ import annotations

from collections.abc import Generator

import pulumi

from . import _utilities

__all__ = [
    "AwaitableGetOrganizationIntegrationResult",
    "GetOrganizationIntegrationResult",
    "get_organization_integration",
    "get_organization_integration_output",
]


@_utilities.output_type
class GetOrganizationIntegrationResult:
    """What was found. Finds an installation by kind and exact name."""

    id: str = pulumi.property("id")
    """Installation id; goes into the integrationId properties."""

    internal_id: str = pulumi.property("internalId")
    """Deprecated; equals id."""

    name: str = pulumi.property("name")
    """Exact name of the installation (Slack workspace name, PagerDuty account name). None or several matches are an
    error."""

    organization: str = pulumi.property("organization")
    """Organisation slug or id."""

    provider_key: str = pulumi.property("providerKey")
    """Kind of integration, such as slack or pagerduty."""


class AwaitableGetOrganizationIntegrationResult(GetOrganizationIntegrationResult):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, GetOrganizationIntegrationResult]:
        yield from ()
        return GetOrganizationIntegrationResult(**vars(self))


def get_organization_integration(
    *,
    name: str,
    organization: str,
    provider_key: str,
    opts: pulumi.InvokeOptions | None = None,
) -> AwaitableGetOrganizationIntegrationResult:
    """Finds an installation by kind and exact name."""
    arguments = {
        "name": name,
        "organization": organization,
        "providerKey": provider_key,
    }
    found = _utilities.invoke("sentry:index/getOrganizationIntegration:getOrganizationIntegration", arguments, opts, GetOrganizationIntegrationResult)
    return AwaitableGetOrganizationIntegrationResult(**vars(found))


def get_organization_integration_output(
    *,
    name: pulumi.Input[str],
    organization: pulumi.Input[str],
    provider_key: pulumi.Input[str],
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[GetOrganizationIntegrationResult]:
    """Finds an installation by kind and exact name."""
    arguments = {
        "name": name,
        "organization": organization,
        "providerKey": provider_key,
    }
    return _utilities.invoke_output("sentry:index/getOrganizationIntegration:getOrganizationIntegration", arguments, opts, GetOrganizationIntegrationResult)
