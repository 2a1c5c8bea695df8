# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""getOrganization: Looks an organisation up by slug."""

from __future__ import annotations

from collections.abc import Generator

import pulumi

from . import _utilities

__all__ = [
    "AwaitableGetOrganizationResult",
    "GetOrganizationResult",
    "get_organization",
    "get_organization_output",
]


@_utilities.output_type
class GetOrganizationResult:
    """What was found. Looks an organisation up by slug."""

    id: str = pulumi.property("id")
    """Deprecated; equals slug."""

    internal_id: str = pulumi.property("internalId")
    """Numeric organisation id."""

    name: str = pulumi.property("name")
    """Display name."""

    slug: str = pulumi.property("slug")
    """Organisation slug."""


class AwaitableGetOrganizationResult(GetOrganizationResult):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, GetOrganizationResult]:
        yield from ()
        return GetOrganizationResult(**vars(self))


def get_organization(
    *,
    slug: str,
    opts: pulumi.InvokeOptions | None = None,
) -> AwaitableGetOrganizationResult:
    """Looks an organisation up by slug."""
    arguments = {
        "slug": slug,
    }
    found = _utilities.invoke("sentry:index/getOrganization:getOrganization", arguments, opts, GetOrganizationResult)
    return AwaitableGetOrganizationResult(**vars(found))


def get_organization_output(
    *,
    slug: pulumi.Input[str],
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[GetOrganizationResult]:
    """Looks an organisation up by slug."""
    arguments = {
        "slug": slug,
    }
    return _utilities.invoke_output("sentry:index/getOrganization:getOrganization", arguments, opts, GetOrganizationResult)
