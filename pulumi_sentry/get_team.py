# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""getTeam: Looks a team up."""

from __future__ import annotations

from collections.abc import Generator

import pulumi

from . import _utilities

__all__ = [
    "AwaitableGetTeamResult",
    "GetTeamResult",
    "get_team",
    "get_team_output",
]


@_utilities.output_type
class GetTeamResult:
    """What was found. Looks a team up."""

    has_access: bool = pulumi.property("hasAccess")
    """Deprecated."""

    id: str = pulumi.property("id")
    """Deprecated; equals slug."""

    internal_id: str = pulumi.property("internalId")
    """Numeric team id."""

    is_member: bool = pulumi.property("isMember")
    """Deprecated."""

    is_pending: bool = pulumi.property("isPending")
    """Deprecated."""

    name: str = pulumi.property("name")
    """Display name."""

    organization: str = pulumi.property("organization")
    """Organisation slug or id."""

    slug: str = pulumi.property("slug")
    """Team slug."""


class AwaitableGetTeamResult(GetTeamResult):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, GetTeamResult]:
        yield from ()
        return GetTeamResult(**vars(self))


def get_team(
    *,
    organization: str,
    slug: str,
    opts: pulumi.InvokeOptions | None = None,
) -> AwaitableGetTeamResult:
    """Looks a team up."""
    arguments = {
        "organization": organization,
        "slug": slug,
    }
    found = _utilities.invoke("sentry:index/getTeam:getTeam", arguments, opts, GetTeamResult)
    return AwaitableGetTeamResult(**vars(found))


def get_team_output(
    *,
    organization: pulumi.Input[str],
    slug: pulumi.Input[str],
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[GetTeamResult]:
    """Looks a team up."""
    arguments = {
        "organization": organization,
        "slug": slug,
    }
    return _utilities.invoke_output("sentry:index/getTeam:getTeam", arguments, opts, GetTeamResult)
