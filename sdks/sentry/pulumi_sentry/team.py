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

    has_access: pulumi.Output[bool] = pulumi.property("hasAccess")
    """Whether the token's user has access."""

    internal_id: pulumi.Output[str] = pulumi.property("internalId")
    """Numeric team id; goes into owner.teamId and email.targetId."""

    is_member: pulumi.Output[bool] = pulumi.property("isMember")
    """Whether the token's user is a member."""

    is_pending: pulumi.Output[bool] = pulumi.property("isPending")
    """Whether access is pending."""

    name: pulumi.Output[str] = pulumi.property("name")
    """Display name."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement."""

    sentry_team_id: pulumi.Output[str] = pulumi.property("sentryTeamId")
    """Terraform's id, the team slug. The generated SDK also lists it as an input, but setting it is refused
    ('Invalid or unknown key', confirmed). Do not offer it."""

    slug: pulumi.Output[str] = pulumi.property("slug")
    """Slug; derived from the name when left out. Renaming changes the Pulumi id in place."""

    team_id: pulumi.Output[str] = pulumi.property("teamId")
    """Deprecated; the same as internalId."""

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
        call = _utilities.call(type(self), TeamArgs, positional, named, secrets=())
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
