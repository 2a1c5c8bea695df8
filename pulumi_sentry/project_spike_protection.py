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

    @property
    @pulumi.getter
    def enabled(self) -> pulumi.Output[bool]:
        """Whether spike protection is on."""
        return _utilities.output(self, "enabled")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Organisation slug; the API's slug is written back. A change is NOT planned as a replacement."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter
    def project(self) -> pulumi.Output[str]:
        """Project slug; the API's slug is written back. A change is NOT planned as a replacement: the old project
        keeps its setting."""
        return _utilities.output(self, "project")

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
        call = _utilities.call(
            ProjectSpikeProtectionArgs,
            positional,
            named,
            computed=[],
            secrets={},
        )
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
