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

    @property
    @pulumi.getter(name="downtimeThreshold")
    def downtime_threshold(self) -> pulumi.Output[float]:
        """Failed checks in a row until the monitor counts as down."""
        return _utilities.output(self, "downtime_threshold")

    @property
    @pulumi.getter
    def enabled(self) -> pulumi.Output[bool]:
        """Whether the monitor runs."""
        return _utilities.output(self, "enabled")

    @property
    @pulumi.getter
    def environment(self) -> pulumi.Output[str]:
        """Environment in which issues are opened."""
        return _utilities.output(self, "environment")

    @property
    @pulumi.getter
    def headers(self) -> pulumi.Output[Mapping[str, str]]:
        """Request headers. Left out, the API's answer is taken."""
        return _utilities.output(self, "headers")

    @property
    @pulumi.getter(name="intervalSeconds")
    def interval_seconds(self) -> pulumi.Output[float]:
        """Time between two checks. One of: 60, 300, 600, 1200, 1800, 3600."""
        return _utilities.output(self, "interval_seconds")

    @property
    @pulumi.getter
    def method(self) -> pulumi.Output[str]:
        """HTTP method. One of: GET, POST, HEAD, PUT, DELETE, PATCH, OPTIONS."""
        return _utilities.output(self, "method")

    @property
    @pulumi.getter
    def name(self) -> pulumi.Output[str]:
        """Display name."""
        return _utilities.output(self, "name")

    @property
    @pulumi.getter
    def organization(self) -> pulumi.Output[str]:
        """Slug (or internal id) of the Sentry organisation. A change replaces the object."""
        return _utilities.output(self, "organization")

    @property
    @pulumi.getter
    def project(self) -> pulumi.Output[str]:
        """Slug (or internal id) of the project that owns the monitor. A change replaces the object. Not read back
        from the API."""
        return _utilities.output(self, "project")

    @property
    @pulumi.getter(name="recoveryThreshold")
    def recovery_threshold(self) -> pulumi.Output[float]:
        """Successful checks in a row until it counts as recovered."""
        return _utilities.output(self, "recovery_threshold")

    @property
    @pulumi.getter(name="timeoutMs")
    def timeout_ms(self) -> pulumi.Output[float]:
        """Time limit of one request in milliseconds."""
        return _utilities.output(self, "timeout_ms")

    @property
    @pulumi.getter
    def url(self) -> pulumi.Output[str]:
        """Address to request."""
        return _utilities.output(self, "url")

    @property
    @pulumi.getter(name="assertionJson")
    def assertion_json(self) -> pulumi.Output[str | None]:
        """JSON text with a single member root, a tree of checks on the answer (see the functions assertion and
        op*). Left out: no assertion is sent (null). The resource only checks that the text is JSON."""
        return _utilities.output(self, "assertion_json")

    @property
    @pulumi.getter
    def body(self) -> pulumi.Output[str | None]:
        """Request body; compared without surrounding white space."""
        return _utilities.output(self, "body")

    @property
    @pulumi.getter
    def description(self) -> pulumi.Output[str | None]:
        """Free text that is carried into the issues opened."""
        return _utilities.output(self, "description")

    @property
    @pulumi.getter
    def owner(self) -> pulumi.Output[outputs.UptimeMonitorOwner | None]:
        """Who newly opened issues are assigned to: exactly one of teamId and userId. Leave the whole object out for
        no owner."""
        return _utilities.output(self, "owner")

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
        call = _utilities.call(
            UptimeMonitorArgs,
            positional,
            named,
            computed=[],
            secrets={},
        )
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
