# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""Project: A project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import pulumi

from . import _inputs, _utilities, outputs

__all__ = [
    "ProjectArgs",
    "Project",
]


@_utilities.input_type
class ProjectArgs:
    """What is declared of the resource Project."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug; the API's slug is written back, so do not give an id. A change is NOT planned as a
    replacement."""

    teams: pulumi.Input[Sequence[pulumi.Input[str]]] = pulumi.property("teams")
    """Slugs of the teams that own the project. A set; slugs are written back, so do not give ids."""

    client_security: pulumi.Input[_inputs.ProjectClientSecurityArgs | None] = pulumi.property("clientSecurity", default=None)
    """Which origins may send events, and source fetching."""

    default_key: pulumi.Input[bool | None] = pulumi.property("defaultKey", default=None)
    """Set to false to delete the key named Default right after creation. Only read at creation."""

    default_rules: pulumi.Input[bool | None] = pulumi.property("defaultRules", default=None)
    """Whether Sentry makes its default alert at creation. Only read at creation."""

    digests_max_delay: pulumi.Input[float | None] = pulumi.property("digestsMaxDelay", default=None)
    """Longest delay in seconds between digests."""

    digests_min_delay: pulumi.Input[float | None] = pulumi.property("digestsMinDelay", default=None)
    """Shortest delay in seconds between digests."""

    filters: pulumi.Input[_inputs.ProjectFiltersArgs | None] = pulumi.property("filters", default=None)
    """Inbound filters by address, release and message."""

    fingerprinting_rules: pulumi.Input[str | None] = pulumi.property("fingerprintingRules", default=None)
    """Fingerprint rules, one per line; compared without surrounding white space."""

    grouping_enhancements: pulumi.Input[str | None] = pulumi.property("groupingEnhancements", default=None)
    """Stack trace rules, one per line; compared without surrounding white space."""

    highlight_tags: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("highlightTags", default=None)
    """Tags shown first on issues. A set. Not sent at creation, only on a later update."""

    name: pulumi.Input[str | None] = pulumi.property("name", default=None)
    """Display name."""

    platform: pulumi.Input[str | None] = pulumi.property("platform", default=None)
    """SDK platform."""

    resolve_age: pulumi.Input[float | None] = pulumi.property("resolveAge", default=None)
    """Hours without events after which an issue resolves by itself."""

    slug: pulumi.Input[str | None] = pulumi.property("slug", default=None)
    """Slug; derived from the name when left out. Renaming changes the Pulumi id in place."""


@pulumi.type_token("sentry:index/project:Project")
class Project(pulumi.CustomResource):
    """A project."""

    client_security: pulumi.Output[outputs.ProjectClientSecurity] = pulumi.property("clientSecurity")
    """Which origins may send events, and source fetching."""

    digests_max_delay: pulumi.Output[float] = pulumi.property("digestsMaxDelay")
    """Longest delay in seconds between digests."""

    digests_min_delay: pulumi.Output[float] = pulumi.property("digestsMinDelay")
    """Shortest delay in seconds between digests."""

    features: pulumi.Output[Sequence[str]] = pulumi.property("features")
    """Features switched on for the project. A set."""

    filters: pulumi.Output[outputs.ProjectFilters] = pulumi.property("filters")
    """Inbound filters by address, release and message."""

    fingerprinting_rules: pulumi.Output[str] = pulumi.property("fingerprintingRules")
    """Fingerprint rules, one per line; compared without surrounding white space."""

    grouping_enhancements: pulumi.Output[str] = pulumi.property("groupingEnhancements")
    """Stack trace rules, one per line; compared without surrounding white space."""

    highlight_tags: pulumi.Output[Sequence[str]] = pulumi.property("highlightTags")
    """Tags shown first on issues. A set. Not sent at creation, only on a later update."""

    internal_id: pulumi.Output[str] = pulumi.property("internalId")
    """Numeric project id."""

    name: pulumi.Output[str] = pulumi.property("name")
    """Display name."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Organisation slug; the API's slug is written back, so do not give an id. A change is NOT planned as a
    replacement."""

    resolve_age: pulumi.Output[float] = pulumi.property("resolveAge")
    """Hours without events after which an issue resolves by itself."""

    slug: pulumi.Output[str] = pulumi.property("slug")
    """Slug; derived from the name when left out. Renaming changes the Pulumi id in place."""

    teams: pulumi.Output[Sequence[str]] = pulumi.property("teams")
    """Slugs of the teams that own the project. A set; slugs are written back, so do not give ids."""

    default_key: pulumi.Output[bool | None] = pulumi.property("defaultKey")
    """Set to false to delete the key named Default right after creation. Only read at creation."""

    default_rules: pulumi.Output[bool | None] = pulumi.property("defaultRules")
    """Whether Sentry makes its default alert at creation. Only read at creation."""

    platform: pulumi.Output[str | None] = pulumi.property("platform")
    """SDK platform."""

    @overload
    def __init__(
        self, resource_name: str, args: ProjectArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        organization: pulumi.Input[str],
        teams: pulumi.Input[Sequence[pulumi.Input[str]]],
        client_security: pulumi.Input[_inputs.ProjectClientSecurityArgs | None] = None,
        default_key: pulumi.Input[bool | None] = None,
        default_rules: pulumi.Input[bool | None] = None,
        digests_max_delay: pulumi.Input[float | None] = None,
        digests_min_delay: pulumi.Input[float | None] = None,
        filters: pulumi.Input[_inputs.ProjectFiltersArgs | None] = None,
        fingerprinting_rules: pulumi.Input[str | None] = None,
        grouping_enhancements: pulumi.Input[str | None] = None,
        highlight_tags: pulumi.Input[Sequence[pulumi.Input[str]] | None] = None,
        name: pulumi.Input[str | None] = None,
        platform: pulumi.Input[str | None] = None,
        resolve_age: pulumi.Input[float | None] = None,
        slug: pulumi.Input[str | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(type(self), ProjectArgs, positional, named, secrets=("clientSecurity",))
        super().__init__(
            "sentry:index/project:Project",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Project:
        """The Project that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return Project(resource_name, None, found)
