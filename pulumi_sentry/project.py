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

    @property
    @pulumi.getter(name="clientSecurity")
    def client_security(self) -> pulumi.Output[outputs.ProjectClientSecurity]:
        """Which origins may send events, and source fetching."""
        return _utilities.output(self, "client_security")

    @property
    @pulumi.getter(name="digestsMaxDelay")
    def digests_max_delay(self) -> pulumi.Output[float]:
        """Longest delay in seconds between digests."""
        return _utilities.output(self, "digests_max_delay")

    @property
    @pulumi.getter(name="digestsMinDelay")
    def digests_min_delay(self) -> pulumi.Output[float]:
        """Shortest delay in seconds between digests."""
        return _utilities.output(self, "digests_min_delay")

    @property
    @pulumi.getter
    def features(self) -> pulumi.Output[Sequence[str]]:
        """Features switched on for the project. A set."""
        return _utilities.output(self, "features")

    @property
    @pulumi.getter
    def filters(self) -> pulumi.Output[outputs.ProjectFilters]:
        """Inbound filters by address, release and message."""
        return _utilities.output(self, "filters")

    @property
    @pulumi.getter(name="fingerprintingRules")
    def fingerprinting_rules(self) -> pulumi.Output[str]:
        """Fingerprint rules, one per line; compared without surrounding white space."""
        return _utilities.output(self, "fingerprinting_rules")

    @property
    @pulumi.getter(name="groupingEnhancements")
    def grouping_enhancements(self) -> pulumi.Output[str]:
        """Stack trace rules, one per line; compared without surrounding white space."""
        return _utilities.output(self, "grouping_enhancements")

    @property
    @pulumi.getter(name="highlightTags")
    def highlight_tags(self) -> pulumi.Output[Sequence[str]]:
        """Tags shown first on issues. A set. Not sent at creation, only on a later update."""
        return _utilities.output(self, "highlight_tags")

    @property
    @pulumi.getter(name="internalId")
    def internal_id(self) -> pulumi.Output[str]:
        """Numeric project id."""
        return _utilities.output(self, "internal_id")

    @property
    @pulumi.getter
    def name(self) -> pulumi.Output[str]:
        """Display name."""
        return _utilities.output(self, "name")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Organisation slug; the API's slug is written back, so do not give an id. A change is NOT planned as a
        replacement."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter(name="resolveAge")
    def resolve_age(self) -> pulumi.Output[float]:
        """Hours without events after which an issue resolves by itself."""
        return _utilities.output(self, "resolve_age")

    @property
    @pulumi.getter
    def slug(self) -> pulumi.Output[str]:
        """Slug; derived from the name when left out. Renaming changes the Pulumi id in place."""
        return _utilities.output(self, "slug")

    @property
    @pulumi.getter
    def teams(self) -> pulumi.Output[Sequence[str]]:
        """Slugs of the teams that own the project. A set; slugs are written back, so do not give ids."""
        return _utilities.output(self, "teams")

    @property
    @pulumi.getter(name="defaultKey")
    def default_key(self) -> pulumi.Output[bool | None]:
        """Set to false to delete the key named Default right after creation. Only read at creation."""
        return _utilities.output(self, "default_key")

    @property
    @pulumi.getter(name="defaultRules")
    def default_rules(self) -> pulumi.Output[bool | None]:
        """Whether Sentry makes its default alert at creation. Only read at creation."""
        return _utilities.output(self, "default_rules")

    @property
    @pulumi.getter
    def platform(self) -> pulumi.Output[str | None]:
        """SDK platform."""
        return _utilities.output(self, "platform")

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
        call = _utilities.call(
            ProjectArgs,
            positional,
            named,
            computed=["features", "internal_id"],
            secrets={"client_security": "clientSecurity"},
        )
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
