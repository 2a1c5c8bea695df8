# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""Team: A team."""

from __future__ import annotations

from typing import Any, overload

import pulumi

from . import _utilities

__all__ = [
    "TeamArgs",
    "Team",
]


@_utilities.input_type
class TeamArgs:
    """What is declared of the resource Team."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement."""

    name: pulumi.Input[str | None] = pulumi.property("name", default=None)
    """Display name."""

    slug: pulumi.Input[str | None] = pulumi.property("slug", default=None)
    """Slug; derived from the name when left out. Renaming changes the Pulumi id in place."""


@pulumi.type_token("sentry:index/team:Team")
class Team(pulumi.CustomResource):
    """A team."""

    @property
    @pulumi.getter(name="hasAccess")
    def has_access(self) -> pulumi.Output[bool]:
        """Whether the token's user has access."""
        return _utilities.output(self, "has_access")

    @property
    @pulumi.getter(name="internalId")
    def internal_id(self) -> pulumi.Output[str]:
        """Numeric team id; goes into owner.teamId and email.targetId."""
        return _utilities.output(self, "internal_id")

    @property
    @pulumi.getter(name="isMember")
    def is_member(self) -> pulumi.Output[bool]:
        """Whether the token's user is a member."""
        return _utilities.output(self, "is_member")

    @property
    @pulumi.getter(name="isPending")
    def is_pending(self) -> pulumi.Output[bool]:
        """Whether access is pending."""
        return _utilities.output(self, "is_pending")

    @property
    @pulumi.getter
    def name(self) -> pulumi.Output[str]:
        """Display name."""
        return _utilities.output(self, "name")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Organisation slug. A change is NOT planned as a replacement."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter(name="sentryTeamId")
    def sentry_team_id(self) -> pulumi.Output[str]:
        """Terraform's id, the team slug. The generated SDK also lists it as an input, but setting it is refused
        ('Invalid or unknown key', confirmed). Do not offer it."""
        return _utilities.output(self, "sentry_team_id")

    @property
    @pulumi.getter
    def slug(self) -> pulumi.Output[str]:
        """Slug; derived from the name when left out. Renaming changes the Pulumi id in place."""
        return _utilities.output(self, "slug")

    @property
    @pulumi.getter(name="teamId")
    def team_id(self) -> pulumi.Output[str]:
        """Deprecated; the same as internalId."""
        return _utilities.output(self, "team_id")

    @overload
    def __init__(
        self, resource_name: str, args: TeamArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        organization: pulumi.Input[str],
        name: pulumi.Input[str | None] = None,
        slug: pulumi.Input[str | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            TeamArgs,
            positional,
            named,
            computed=["has_access", "internal_id", "is_member", "is_pending", "sentry_team_id", "team_id"],
            secrets={},
        )
        super().__init__(
            "sentry:index/team:Team",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Team:
        """The Team that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return Team(resource_name, None, found)
