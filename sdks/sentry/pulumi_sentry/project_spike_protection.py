# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""ProjectSpikeProtection: Switches spike protection of a project. Deleting it switches protection off."""

from __future__ import annotations

from typing import Any, overload

import pulumi

from . import _utilities

__all__ = [
    "ProjectSpikeProtectionArgs",
    "ProjectSpikeProtection",
]


@_utilities.input_type
class ProjectSpikeProtectionArgs:
    """What is declared of the resource ProjectSpikeProtection."""

    enabled: pulumi.Input[bool] = pulumi.property("enabled")
    """Whether spike protection is on."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug; the API's slug is written back. A change is NOT planned as a replacement."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Project slug; the API's slug is written back. A change is NOT planned as a replacement: the old project keeps
    its setting."""


@pulumi.type_token("sentry:index/projectSpikeProtection:ProjectSpikeProtection")
class ProjectSpikeProtection(pulumi.CustomResource):
    """Switches spike protection of a project. Deleting it switches protection off."""

    enabled: pulumi.Output[bool] = pulumi.property("enabled")
    """Whether spike protection is on."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Organisation slug; the API's slug is written back. A change is NOT planned as a replacement."""

    project: pulumi.Output[str] = pulumi.property("project")
    """Project slug; the API's slug is written back. A change is NOT planned as a replacement: the old project keeps
    its setting."""

    @overload
    def __init__(
        self, resource_name: str, args: ProjectSpikeProtectionArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        enabled: pulumi.Input[bool],
        organization: pulumi.Input[str],
        project: pulumi.Input[str],
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(type(self), ProjectSpikeProtectionArgs, positional, named, secrets=())
        super().__init__(
            "sentry:index/projectSpikeProtection:ProjectSpikeProtection",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> ProjectSpikeProtection:
        """The ProjectSpikeProtection that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return ProjectSpikeProtection(resource_name, None, found)
