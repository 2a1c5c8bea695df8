# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""getKey: Reads a client key of a project."""

from __future__ import annotations

from collections.abc import Generator, Mapping

import pulumi

from . import _utilities, outputs

__all__ = [
    "AwaitableGetKeyResult",
    "GetKeyResult",
    "get_key",
    "get_key_output",
]


@_utilities.output_type
class GetKeyResult:
    """What was found. Reads a client key of a project."""

    dsn: Mapping[str, str] = pulumi.property("dsn")
    """DSNs by kind: public, secret, csp, security, minidump, nel, unreal, cdn, crons. A map marked secret as a
    whole."""

    dsn_csp: str = pulumi.property("dsnCsp")
    """Deprecated; use dsn['csp']."""

    dsn_public: str = pulumi.property("dsnPublic")
    """Deprecated; use dsn['public']."""

    dsn_secret: str = pulumi.property("dsnSecret")
    """Deprecated; use dsn['secret']."""

    javascript_loader_script: outputs.GetKeyJavascriptLoaderScriptResult = pulumi.property("javascriptLoaderScript")
    """Settings of the loader script."""

    organization: str = pulumi.property("organization")
    """Organisation slug."""

    project: str = pulumi.property("project")
    """Project slug."""

    project_id: str = pulumi.property("projectId")
    """Numeric project id."""

    public: str = pulumi.property("public")
    """Public key."""

    rate_limit_count: float = pulumi.property("rateLimitCount")
    """Events allowed per window."""

    rate_limit_window: float = pulumi.property("rateLimitWindow")
    """Window of the rate limit in seconds."""

    secret: str = pulumi.property("secret")
    """Secret key."""

    first: bool | None = pulumi.property("first")
    """Set to true to take the oldest of several keys."""

    id: str | None = pulumi.property("id")
    """Key id to look up."""

    name: str | None = pulumi.property("name")
    """Key name to look up."""


class AwaitableGetKeyResult(GetKeyResult):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, GetKeyResult]:
        yield from ()
        return GetKeyResult(**vars(self))


def get_key(
    *,
    organization: str,
    project: str,
    first: bool | None = None,
    id: str | None = None,
    name: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> AwaitableGetKeyResult:
    """Reads a client key of a project."""
    arguments = {
        "organization": organization,
        "project": project,
        "first": first,
        "id": id,
        "name": name,
    }
    found = _utilities.invoke("sentry:index/getKey:getKey", arguments, opts, GetKeyResult)
    return AwaitableGetKeyResult(**vars(found))


def get_key_output(
    *,
    organization: pulumi.Input[str],
    project: pulumi.Input[str],
    first: pulumi.Input[bool | None] = None,
    id: pulumi.Input[str | None] = None,
    name: pulumi.Input[str | None] = None,
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[GetKeyResult]:
    """Reads a client key of a project."""
    arguments = {
        "organization": organization,
        "project": project,
        "first": first,
        "id": id,
        "name": name,
    }
    return _utilities.invoke_output("sentry:index/getKey:getKey", arguments, opts, GetKeyResult)
