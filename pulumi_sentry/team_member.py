# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""TeamMember: Puts an organisation member into a team."""

from __future__ import annotations

from typing import Any, overload

import pulumi

from . import _utilities

__all__ = [
    "TeamMemberArgs",
    "TeamMember",
]


@_utilities.input_type
class TeamMemberArgs:
    """What is declared of the resource TeamMember."""

    member_id: pulumi.Input[str] = pulumi.property("memberId")
    """Organisation member id (getOrganizationMember.id, not internalId). A change replaces the object."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement (see notes)."""

    team: pulumi.Input[str] = pulumi.property("team")
    """Team slug. A change replaces the object."""

    role: pulumi.Input[str | None] = pulumi.property("role", default=None)
    """Role in the team; left out, the lowest that the organisation role grants. Not read back from the API. One of:
    contributor, admin."""


@pulumi.type_token("sentry:index/teamMember:TeamMember")
class TeamMember(pulumi.CustomResource):
    """Puts an organisation member into a team."""

    @property
    @pulumi.getter(name="effectiveRole")
    def effective_role(self) -> pulumi.Output[str]:
        """Role that results from organisation and team role."""
        return _utilities.output(self, "effective_role")

    @property
    @pulumi.getter(name="memberId")
    def member_id(self) -> pulumi.Output[str]:
        """Organisation member id (getOrganizationMember.id, not internalId). A change replaces the object."""
        return _utilities.output(self, "member_id")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Organisation slug. A change is NOT planned as a replacement (see notes)."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter
    def team(self) -> pulumi.Output[str]:
        """Team slug. A change replaces the object."""
        return _utilities.output(self, "team")

    @property
    @pulumi.getter
    def role(self) -> pulumi.Output[str | None]:
        """Role in the team; left out, the lowest that the organisation role grants. Not read back from the API. One
        of: contributor, admin."""
        return _utilities.output(self, "role")

    @overload
    def __init__(
        self, resource_name: str, args: TeamMemberArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        member_id: pulumi.Input[str],
        organization: pulumi.Input[str],
        team: pulumi.Input[str],
        role: pulumi.Input[str | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            TeamMemberArgs,
            positional,
            named,
            computed=["effective_role"],
            secrets={},
        )
        super().__init__(
            "sentry:index/teamMember:TeamMember",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> TeamMember:
        """The TeamMember that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return TeamMember(resource_name, None, found)
