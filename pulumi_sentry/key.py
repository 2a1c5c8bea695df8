# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""Key: A client key (DSN) of a project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

import pulumi

from . import _inputs, _utilities, outputs

__all__ = [
    "KeyArgs",
    "Key",
]


@_utilities.input_type
class KeyArgs:
    """What is declared of the resource Key."""

    organization: pulumi.Input[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement (see notes)."""

    project: pulumi.Input[str] = pulumi.property("project")
    """Project slug. A change is NOT planned as a replacement (see notes)."""

    javascript_loader_script: pulumi.Input[_inputs.KeyJavascriptLoaderScriptArgs | None] = pulumi.property("javascriptLoaderScript", default=None)
    """Settings of the loader script."""

    name: pulumi.Input[str | None] = pulumi.property("name", default=None)
    """Display name."""

    rate_limit_count: pulumi.Input[float | None] = pulumi.property("rateLimitCount", default=None)
    """Events allowed per window."""

    rate_limit_window: pulumi.Input[float | None] = pulumi.property("rateLimitWindow", default=None)
    """Window of the rate limit in seconds."""


@pulumi.type_token("sentry:index/key:Key")
class Key(pulumi.CustomResource):
    """A client key (DSN) of a project."""

    @property
    @pulumi.getter
    def dsn(self) -> pulumi.Output[Mapping[str, str]]:
        """DSNs by kind: public, secret, csp, security, minidump, nel, unreal, cdn, crons. A map marked secret as a
        whole."""
        return _utilities.output(self, "dsn")

    @property
    @pulumi.getter(name="dsnCsp")
    def dsn_csp(self) -> pulumi.Output[str]:
        """Deprecated; use dsn['csp']."""
        return _utilities.output(self, "dsn_csp")

    @property
    @pulumi.getter(name="dsnPublic")
    def dsn_public(self) -> pulumi.Output[str]:
        """Deprecated; use dsn['public']."""
        return _utilities.output(self, "dsn_public")

    @property
    @pulumi.getter(name="dsnSecret")
    def dsn_secret(self) -> pulumi.Output[str]:
        """Deprecated; use dsn['secret']."""
        return _utilities.output(self, "dsn_secret")

    @property
    @pulumi.getter(name="javascriptLoaderScript")
    def javascript_loader_script(self) -> pulumi.Output[outputs.KeyJavascriptLoaderScript]:
        """Settings of the loader script."""
        return _utilities.output(self, "javascript_loader_script")

    @property
    @pulumi.getter
    def name(self) -> pulumi.Output[str]:
        """Display name."""
        return _utilities.output(self, "name")

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
    @pulumi.getter(name="projectId")
    def project_id(self) -> pulumi.Output[str]:
        """Numeric project id."""
        return _utilities.output(self, "project_id")

    @property
    @pulumi.getter
    def public(self) -> pulumi.Output[str]:
        """Public key."""
        return _utilities.output(self, "public")

    @property
    @pulumi.getter(name="rateLimitCount")
    def rate_limit_count(self) -> pulumi.Output[float]:
        """Events allowed per window."""
        return _utilities.output(self, "rate_limit_count")

    @property
    @pulumi.getter(name="rateLimitWindow")
    def rate_limit_window(self) -> pulumi.Output[float]:
        """Window of the rate limit in seconds."""
        return _utilities.output(self, "rate_limit_window")

    @property
    @pulumi.getter
    def secret(self) -> pulumi.Output[str]:
        """Secret key."""
        return _utilities.output(self, "secret")

    @overload
    def __init__(
        self, resource_name: str, args: KeyArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        organization: pulumi.Input[str],
        project: pulumi.Input[str],
        javascript_loader_script: pulumi.Input[_inputs.KeyJavascriptLoaderScriptArgs | None] = None,
        name: pulumi.Input[str | None] = None,
        rate_limit_count: pulumi.Input[float | None] = None,
        rate_limit_window: pulumi.Input[float | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            KeyArgs,
            positional,
            named,
            computed=["dsn", "dsn_csp", "dsn_public", "dsn_secret", "project_id", "public", "secret"],
            secrets={"dsn": "dsn", "dsn_secret": "dsnSecret", "secret": "secret"},
        )
        super().__init__(
            "sentry:index/key:Key",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )

    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Key:
        """The Key that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return Key(resource_name, None, found)
