# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""getProjectErrorMonitor: The monitor that Sentry makes for every project and that stands for its grouped
errors."""

from __future__ import annotations

from collections.abc import Generator

import pulumi

from . import _utilities, outputs

__all__ = [
    "AwaitableGetProjectErrorMonitorResult",
    "GetProjectErrorMonitorResult",
    "get_project_error_monitor",
    "get_project_error_monitor_output",
]


@_utilities.output_type
class GetProjectErrorMonitorResult:
    """What was found. The monitor that Sentry makes for every project and that stands for its grouped errors."""

    description: str = pulumi.property("description")
    """Free text."""

    enabled: bool = pulumi.property("enabled")
    """Whether the monitor runs."""

    id: str = pulumi.property("id")
    """Numeric monitor id; goes into Alert.monitorIds."""

    name: str = pulumi.property("name")
    """Display name."""

    organization: str = pulumi.property("organization")
    """Organisation slug or id."""

    owner: outputs.GetProjectErrorMonitorOwnerResult = pulumi.property("owner")
    """Assignee of new issues; null when there is none."""

    project: str = pulumi.property("project")
    """Project slug or id (the numeric id is looked up first)."""

    first: bool | None = pulumi.property("first")
    """Set to true to take the first when several are found; left out, several are an error."""


class AwaitableGetProjectErrorMonitorResult(GetProjectErrorMonitorResult):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, GetProjectErrorMonitorResult]:
        yield from ()
        return GetProjectErrorMonitorResult(**vars(self))


def get_project_error_monitor(
    *,
    organization: str,
    project: str,
    first: bool | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> AwaitableGetProjectErrorMonitorResult:
    """The monitor that Sentry makes for every project and that stands for its grouped errors."""
    arguments = {
        "organization": organization,
        "project": project,
        "first": first,
    }
    found = _utilities.invoke("sentry:index/getProjectErrorMonitor:getProjectErrorMonitor", arguments, opts, GetProjectErrorMonitorResult)
    return AwaitableGetProjectErrorMonitorResult(**vars(found))


def get_project_error_monitor_output(
    *,
    organization: pulumi.Input[str],
    project: pulumi.Input[str],
    first: pulumi.Input[bool | None] = None,
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[GetProjectErrorMonitorResult]:
    """The monitor that Sentry makes for every project and that stands for its grouped errors."""
    arguments = {
        "organization": organization,
        "project": project,
        "first": first,
    }
    return _utilities.invoke_output("sentry:index/getProjectErrorMonitor:getProjectErrorMonitor", arguments, opts, GetProjectErrorMonitorResult)
