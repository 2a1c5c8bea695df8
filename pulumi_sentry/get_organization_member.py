# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""getOrganizationMember: Finds a member by e-mail address."""

from __future__ import annotations

from collections.abc import Generator

import pulumi

from . import _utilities

__all__ = [
    "AwaitableGetOrganizationMemberResult",
    "GetOrganizationMemberResult",
    "get_organization_member",
    "get_organization_member_output",
]


@_utilities.output_type
class GetOrganizationMemberResult:
    """What was found. Finds a member by e-mail address."""

    email: str = pulumi.property("email")
    """Exact e-mail address of the member."""

    id: str = pulumi.property("id")
    """Organisation member id; goes into TeamMember.memberId."""

    internal_id: str = pulumi.property("internalId")
    """User id; goes into owner.userId and email.targetId."""

    organization: str = pulumi.property("organization")
    """Organisation slug or id."""

    role: str = pulumi.property("role")
    """Organisation role."""


class AwaitableGetOrganizationMemberResult(GetOrganizationMemberResult):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, GetOrganizationMemberResult]:
        yield from ()
        return GetOrganizationMemberResult(**vars(self))


def get_organization_member(
    *,
    email: str,
    organization: str,
    opts: pulumi.InvokeOptions | None = None,
) -> AwaitableGetOrganizationMemberResult:
    """Finds a member by e-mail address."""
    arguments = {
        "email": email,
        "organization": organization,
    }
    found = _utilities.invoke("sentry:index/getOrganizationMember:getOrganizationMember", arguments, opts, GetOrganizationMemberResult)
    return AwaitableGetOrganizationMemberResult(**vars(found))


def get_organization_member_output(
    *,
    email: pulumi.Input[str],
    organization: pulumi.Input[str],
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[GetOrganizationMemberResult]:
    """Finds a member by e-mail address."""
    arguments = {
        "email": email,
        "organization": organization,
    }
    return _utilities.invoke_output("sentry:index/getOrganizationMember:getOrganizationMember", arguments, opts, GetOrganizationMemberResult)
