# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""getProject: Looks a project up."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import pulumi

from . import _utilities, outputs

__all__ = [
    "AwaitableGetProjectResult",
    "GetProjectResult",
    "get_project",
    "get_project_output",
]


@_utilities.output_type
class GetProjectResult:
    """What was found. Looks a project up."""

    color: str = pulumi.property("color")
    """Colour."""

    date_created: str = pulumi.property("dateCreated")
    """Time of creation."""

    features: Sequence[str] = pulumi.property("features")
    """Features. A set."""

    id: str = pulumi.property("id")
    """Deprecated; equals slug."""

    internal_id: str = pulumi.property("internalId")
    """Numeric project id."""

    is_public: bool = pulumi.property("isPublic")
    """Whether public."""

    name: str = pulumi.property("name")
    """Display name."""

    organization: str = pulumi.property("organization")
    """Organisation slug."""

    platform: str = pulumi.property("platform")
    """SDK platform."""

    slug: str = pulumi.property("slug")
    """Project slug."""

    subject_template: str = pulumi.property("subjectTemplate")
    """Template of mail subjects."""

    teams: Sequence[outputs.GetProjectTeamResult] = pulumi.property("teams")
    """Owning teams. A set."""


class AwaitableGetProjectResult(GetProjectResult):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, GetProjectResult]:
        yield from ()
        return GetProjectResult(**vars(self))


def get_project(
    *,
    organization: str,
    slug: str,
    opts: pulumi.InvokeOptions | None = None,
) -> AwaitableGetProjectResult:
    """Looks a project up."""
    arguments = {
        "organization": organization,
        "slug": slug,
    }
    found = _utilities.invoke("sentry:index/getProject:getProject", arguments, opts, GetProjectResult)
    return AwaitableGetProjectResult(**vars(found))


def get_project_output(
    *,
    organization: pulumi.Input[str],
    slug: pulumi.Input[str],
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[GetProjectResult]:
    """Looks a project up."""
    arguments = {
        "organization": organization,
        "slug": slug,
    }
    return _utilities.invoke_output("sentry:index/getProject:getProject", arguments, opts, GetProjectResult)
