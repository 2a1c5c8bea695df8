# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""ProjectInboundDataFilter: Switches one inbound filter of a project. Deleting it switches the filter off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import pulumi

from . import _utilities

__all__ = [
    "ProjectInboundDataFilterArgs",
    "ProjectInboundDataFilter",
]


@_utilities.input_type
class ProjectInboundDataFilterArgs:
    """What is declared of the resource ProjectInboundDataFilter."""

    filter_id: pulumi.Input[str] = pulumi.property("filterId")
    """Which filter. The provider takes any string. A change replaces the object. One of: browser-extensions,
    localhost, filtered-transaction, web-crawlers, legacy-browser."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement (see notes)."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Project slug. A change is NOT planned as a replacement (see notes)."""

    active: pulumi.Input[bool | None] = pulumi.property("active", default=None)
    """On or off; for every filter but legacy browsers."""

    subfilters: pulumi.Input[Sequence[pulumi.Input[str]] | None] = pulumi.property("subfilters", default=None)
    """Legacy browser families to drop. A set; an empty set is not sent. One of: ie, edge, safari, firefox, chrome,
    opera, android, opera_mini, ie_pre_9, ie9, ie10, ie11, opera_pre_15, android_pre_4, safari_pre_6,
    opera_mini_pre_8, edge_pre_79."""


@pulumi.type_token("sentry:index/projectInboundDataFilter:ProjectInboundDataFilter")
class ProjectInboundDataFilter(pulumi.CustomResource):
    """Switches one inbound filter of a project. Deleting it switches the filter off."""

    @property
    @pulumi.getter(name="filterId")
    def filter_id(self) -> pulumi.Output[str]:
        """Which filter. The provider takes any string. A change replaces the object. One of: browser-extensions,
        localhost, filtered-transaction, web-crawlers, legacy-browser."""
        return _utilities.output(self, "filter_id")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Organisation slug. A change is NOT planned as a replacement (see notes)."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter
    def project(self) -> pulumi.Output[str]:
        """Project slug. A change is NOT planned as a replacement (see notes)."""
        return _utilities.output(self, "project")

    @property
    @pulumi.getter
    def active(self) -> pulumi.Output[bool | None]:
        """On or off; for every filter but legacy browsers."""
        return _utilities.output(self, "active")

    @property
    @pulumi.getter
    def subfilters(self) -> pulumi.Output[Sequence[str] | None]:
        """Legacy browser families to drop. A set; an empty set is not sent. One of: ie, edge, safari, firefox,
        chrome, opera, android, opera_mini, ie_pre_9, ie9, ie10, ie11, opera_pre_15, android_pre_4, safari_pre_6,
        opera_mini_pre_8, edge_pre_79."""
        return _utilities.output(self, "subfilters")

    @overload
    def __init__(
        self, resource_name: str, args: ProjectInboundDataFilterArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        filter_id: pulumi.Input[str],
        organization: pulumi.Input[str],
        project: pulumi.Input[str],
        active: pulumi.Input[bool | None] = None,
        subfilters: pulumi.Input[Sequence[pulumi.Input[str]] | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            ProjectInboundDataFilterArgs,
            positional,
            named,
            computed=[],
            secrets={},
        )
        super().__init__(
            "sentry:index/projectInboundDataFilter:ProjectInboundDataFilter",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> ProjectInboundDataFilter:
        """The ProjectInboundDataFilter that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return ProjectInboundDataFilter(resource_name, None, found)
