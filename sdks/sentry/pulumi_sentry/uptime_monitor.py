# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""UptimeMonitor: Requests an address at intervals and opens an issue when it fails. Sends no message itself:
connect an Alert."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

import pulumi

from . import _inputs, _utilities, outputs

__all__ = [
    "UptimeMonitorArgs",
    "UptimeMonitor",
]


@_utilities.input_type
class UptimeMonitorArgs:
    """What is declared of the resource UptimeMonitor."""

    environment: pulumi.Input[str] = pulumi.property("environment")
    """Environment in which issues are opened."""

    interval_seconds: pulumi.Input[float] = pulumi.property("intervalSeconds")
    """Time between two checks. One of: 60, 300, 600, 1200, 1800, 3600."""

    method: pulumi.Input[str] = pulumi.property("method")
    """HTTP method. One of: GET, POST, HEAD, PUT, DELETE, PATCH, OPTIONS."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Slug (or internal id) of the Sentry organisation. A change replaces the object."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Slug (or internal id) of the project that owns the monitor. A change replaces the object. Not read back from
    the API."""

    timeout_ms: pulumi.Input[float] = pulumi.property("timeoutMs")
    """Time limit of one request in milliseconds."""

    url: pulumi.Input[str] = pulumi.property("url")
    """Address to request."""

    assertion_json: pulumi.Input[str | None] = pulumi.property("assertionJson", default=None)
    """JSON text with a single member root, a tree of checks on the answer (see the functions assertion and op*).
    Left out: no assertion is sent (null). The resource only checks that the text is JSON."""

    body: pulumi.Input[str | None] = pulumi.property("body", default=None)
    """Request body; compared without surrounding white space."""

    description: pulumi.Input[str | None] = pulumi.property("description", default=None)
    """Free text that is carried into the issues opened."""

    downtime_threshold: pulumi.Input[float | None] = pulumi.property("downtimeThreshold", default=None)
    """Failed checks in a row until the monitor counts as down."""

    enabled: pulumi.Input[bool | None] = pulumi.property("enabled", default=None)
    """Whether the monitor runs."""

    headers: pulumi.Input[Mapping[str, pulumi.Input[str]] | None] = pulumi.property("headers", default=None)
    """Request headers. Left out, the API's answer is taken."""

    name: pulumi.Input[str | None] = pulumi.property("name", default=None)
    """Display name."""

    owner: pulumi.Input[_inputs.UptimeMonitorOwnerArgs | None] = pulumi.property("owner", default=None)
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    recovery_threshold: pulumi.Input[float | None] = pulumi.property("recoveryThreshold", default=None)
    """Successful checks in a row until it counts as recovered."""


@pulumi.type_token("sentry:index/uptimeMonitor:UptimeMonitor")
class UptimeMonitor(pulumi.CustomResource):
    """Requests an address at intervals and opens an issue when it fails. Sends no message itself: connect an
    Alert."""

    downtime_threshold: pulumi.Output[float] = pulumi.property("downtimeThreshold")
    """Failed checks in a row until the monitor counts as down."""

    enabled: pulumi.Output[bool] = pulumi.property("enabled")
    """Whether the monitor runs."""

    environment: pulumi.Output[str] = pulumi.property("environment")
    """Environment in which issues are opened."""

    headers: pulumi.Output[Mapping[str, str]] = pulumi.property("headers")
    """Request headers. Left out, the API's answer is taken."""

    interval_seconds: pulumi.Output[float] = pulumi.property("intervalSeconds")
    """Time between two checks. One of: 60, 300, 600, 1200, 1800, 3600."""

    method: pulumi.Output[str] = pulumi.property("method")
    """HTTP method. One of: GET, POST, HEAD, PUT, DELETE, PATCH, OPTIONS."""

    name: pulumi.Output[str] = pulumi.property("name")
    """Display name."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Slug (or internal id) of the Sentry organisation. A change replaces the object."""

    project: pulumi.Output[str] = pulumi.property("project")
    """Slug (or internal id) of the project that owns the monitor. A change replaces the object. Not read back from
    the API."""

    recovery_threshold: pulumi.Output[float] = pulumi.property("recoveryThreshold")
    """Successful checks in a row until it counts as recovered."""

    timeout_ms: pulumi.Output[float] = pulumi.property("timeoutMs")
    """Time limit of one request in milliseconds."""

    url: pulumi.Output[str] = pulumi.property("url")
    """Address to request."""

    assertion_json: pulumi.Output[str | None] = pulumi.property("assertionJson")
    """JSON text with a single member root, a tree of checks on the answer (see the functions assertion and op*).
    Left out: no assertion is sent (null). The resource only checks that the text is JSON."""

    body: pulumi.Output[str | None] = pulumi.property("body")
    """Request body; compared without surrounding white space."""

    description: pulumi.Output[str | None] = pulumi.property("description")
    """Free text that is carried into the issues opened."""

    owner: pulumi.Output[outputs.UptimeMonitorOwner | None] = pulumi.property("owner")
    """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for no
    owner."""

    @overload
    def __init__(
        self, resource_name: str, args: UptimeMonitorArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        environment: pulumi.Input[str],
        interval_seconds: pulumi.Input[float],
        method: pulumi.Input[str],
        organization: pulumi.Input[str],
        project: pulumi.Input[str],
        timeout_ms: pulumi.Input[float],
        url: pulumi.Input[str],
        assertion_json: pulumi.Input[str | None] = None,
        body: pulumi.Input[str | None] = None,
        description: pulumi.Input[str | None] = None,
        downtime_threshold: pulumi.Input[float | None] = None,
        enabled: pulumi.Input[bool | None] = None,
        headers: pulumi.Input[Mapping[str, pulumi.Input[str]] | None] = None,
        name: pulumi.Input[str | None] = None,
        owner: pulumi.Input[_inputs.UptimeMonitorOwnerArgs | None] = None,
        recovery_threshold: pulumi.Input[float | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(type(self), UptimeMonitorArgs, positional, named, secrets=())
        super().__init__(
            "sentry:index/uptimeMonitor:UptimeMonitor",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> UptimeMonitor:
        """The UptimeMonitor that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return UptimeMonitor(resource_name, None, found)
