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

    dsn: pulumi.Output[Mapping[str, str]] = pulumi.property("dsn")
    """DSNs by kind: public, secret, csp, security, minidump, nel, unreal, cdn, crons. A map marked secret as a
    whole."""

    dsn_csp: pulumi.Output[str] = pulumi.property("dsnCsp")
    """Deprecated; use dsn['csp']."""

    dsn_public: pulumi.Output[str] = pulumi.property("dsnPublic")
    """Deprecated; use dsn['public']."""

    dsn_secret: pulumi.Output[str] = pulumi.property("dsnSecret")
    """Deprecated; use dsn['secret']."""

    javascript_loader_script: pulumi.Output[outputs.KeyJavascriptLoaderScript] = pulumi.property("javascriptLoaderScript")
    """Settings of the loader script."""

    name: pulumi.Output[str] = pulumi.property("name")
    """Display name."""

    organization: pulumi.Output[str] = pulumi.property("organization")
    """Organisation slug. A change is NOT planned as a replacement (see notes)."""

    project: pulumi.Output[str] = pulumi.property("project")
    """Project slug. A change is NOT planned as a replacement (see notes)."""

    project_id: pulumi.Output[str] = pulumi.property("projectId")
    """Numeric project id."""

    public: pulumi.Output[str] = pulumi.property("public")
    """Public key."""

    rate_limit_count: pulumi.Output[float] = pulumi.property("rateLimitCount")
    """Events allowed per window."""

    rate_limit_window: pulumi.Output[float] = pulumi.property("rateLimitWindow")
    """Window of the rate limit in seconds."""

    secret: pulumi.Output[str] = pulumi.property("secret")
    """Secret key."""

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
        call = _utilities.call(type(self), KeyArgs, positional, named, secrets=("dsn", "dsnSecret", "secret"))
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
