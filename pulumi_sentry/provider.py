# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""Provider: Which Sentry is asked, and with which token; without one the stack's configuration decides."""

from __future__ import annotations

from typing import Any, overload

import pulumi

from . import _utilities

__all__ = [
    "ProviderArgs",
    "Provider",
]


@_utilities.input_type
class ProviderArgs:
    """What is declared of the resource Provider."""

    base_url: pulumi.Input[str | None] = pulumi.property("baseUrl", default=None)
    """Base address of the API, ending in /api/. Needed for self-hosted and region hosts."""

    token: pulumi.Input[str | None] = pulumi.property("token", default=None)
    """Authentication token. Organisation tokens of an internal integration suffice, except for inviting or removing
    members."""


@pulumi.type_token("pulumi:providers:sentry")
class Provider(pulumi.ProviderResource):
    """Which Sentry is asked, and with which token; without one the stack's configuration decides."""

    @property
    @pulumi.getter(name="baseUrl")
    def base_url(self) -> pulumi.Output[str | None]:
        """Base address of the API, ending in /api/. Needed for self-hosted and region hosts."""
        return _utilities.output(self, "base_url")

    @property
    @pulumi.getter
    def token(self) -> pulumi.Output[str | None]:
        """Authentication token. Organisation tokens of an internal integration suffice, except for inviting or
        removing members."""
        return _utilities.output(self, "token")

    @overload
    def __init__(
        self, resource_name: str, args: ProviderArgs | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        base_url: pulumi.Input[str | None] = None,
        token: pulumi.Input[str | None] = None,
    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            ProviderArgs,
            positional,
            named,
            computed=[],
            secrets={"token": "token"},
        )
        super().__init__(
            "sentry",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )
