"""What every module of this package shares: type decorators, calls, the package reference, registration.

Written by hand; everything else in this package is generated.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast, dataclass_transform

import pulumi
import pulumi.runtime
import semver

from . import _package

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, field_specifiers=(pulumi.property,))
def input_type(cls: type[T]) -> type[T]:
    """The class as Pulumi's input type, with a signature that type checkers see."""
    return pulumi.input_type(cls)


@dataclass_transform(kw_only_default=True, field_specifiers=(pulumi.property,))
def output_type(cls: type[T]) -> type[T]:
    """The class as Pulumi's output type, with a signature that type checkers see."""
    return pulumi.output_type(cls)


def package_reference() -> Awaitable[str]:
    """The engine's handle of this parameterized package; the engine is asked once a deployment."""
    return pulumi.runtime.register_package(
        _package.BASE_PROVIDER, _package.BASE_VERSION, "", _package.NAME, _package.VERSION, _package.PARAMETER
    )


@dataclass(frozen=True)
class Call:
    """What a resource hands to Pulumi."""

    properties: Any
    options: pulumi.ResourceOptions
    package: Awaitable[str | None] | None


def call(
    args_type: type[T],
    positional: tuple[Any, ...],
    named: Mapping[str, Any],
    *,
    computed: Sequence[str],
    secrets: Mapping[str, str],
) -> Call:
    """A resource's call in either of its forms, as one; `secrets` is Python name -> wire name.

    Raises TypeError when a required property is missing, one is unknown, or the two forms are mixed.
    """
    args, opts, rest = _split(*positional, **named)
    options = pulumi.ResourceOptions.merge(pulumi.ResourceOptions(version=_package.VERSION), opts)
    exists = options.id is not None or options.urn is not None
    given = {} if exists and args is None and not rest else vars(_args(args_type, args, rest))
    hidden = pulumi.ResourceOptions(additional_secret_outputs=list(secrets.values()) or None)
    return Call(
        properties=_properties(args_type, given, computed, secrets),
        options=pulumi.ResourceOptions.merge(options, hidden),
        # A resource that is only looked at by its URN never awaits the reference.
        package=None if options.urn is not None else package_reference(),
    )


def _split(
    args: Any = None, opts: pulumi.ResourceOptions | None = None, **rest: Any
) -> tuple[Any, pulumi.ResourceOptions | None, Mapping[str, Any]]:
    if isinstance(args, pulumi.ResourceOptions):
        return None, args, rest
    return args, opts, rest


def _args(args_type: type[T], args: object, named: Mapping[str, Any]) -> T:
    if args is None:
        return args_type(**named)
    if not isinstance(args, args_type):
        raise TypeError(f"expected {args_type.__name__}, got {type(args).__name__}")
    if named:
        raise TypeError(f"{args_type.__name__} and properties by name together: {', '.join(sorted(named))}")
    return args


def _properties(args_type: type[T], given: Mapping[str, Any], computed: Sequence[str], secrets: Mapping[str, str]) -> T:
    # Pulumi makes an output for each key it is handed, so what is only computed is handed over as None.
    values = {**dict.fromkeys([*args_type.__annotations__, *computed]), **given}
    wrapped = {name: pulumi.Output.secret(given[name]) for name in secrets if given.get(name) is not None}
    bag = args_type.__new__(args_type)
    bag.__dict__.update(values | wrapped)
    return bag


def output(resource: pulumi.Resource, name: str) -> pulumi.Output[Any]:
    """The output of this name."""
    return cast("pulumi.Output[Any]", pulumi.get(resource, name))


def invoke(token: str, arguments: Mapping[str, Any], opts: pulumi.InvokeOptions | None, result: type[T]) -> T:
    """What the function answers, at once."""
    options = pulumi.InvokeOptions.merge(pulumi.InvokeOptions(version=_package.VERSION), opts)
    found = pulumi.runtime.invoke(token, arguments, opts=options, typ=result, package_ref=package_reference())
    return cast(T, found.value)


def invoke_output(
    token: str,
    arguments: Mapping[str, Any],
    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None,
    result: type[T],
) -> pulumi.Output[T]:
    """What the function answers, once its arguments are known."""
    options = pulumi.InvokeOutputOptions.merge(pulumi.InvokeOptions(version=_package.VERSION), opts)
    return pulumi.runtime.invoke_output(token, arguments, opts=options, typ=result, package_ref=package_reference())


class _Package(pulumi.runtime.ResourcePackage):
    def __init__(self, provider: type[pulumi.ProviderResource]) -> None:
        self._provider = provider

    def version(self) -> semver.Version:
        return semver.Version.parse(_package.VERSION)

    def construct_provider(self, name: str, typ: str, urn: str) -> pulumi.ProviderResource:
        if typ != f"pulumi:providers:{_package.NAME}":
            raise ValueError(f'unknown provider type "{typ}"')
        make = cast("Callable[..., pulumi.ProviderResource]", self._provider)
        return make(name, None, pulumi.ResourceOptions(urn=urn))


class _Module(pulumi.runtime.ResourceModule):
    def __init__(self, token: str, resource: type[pulumi.CustomResource]) -> None:
        self._token = token
        self._resource = resource

    def version(self) -> semver.Version:
        return semver.Version.parse(_package.VERSION)

    def construct(self, name: str, typ: str, urn: str) -> pulumi.Resource:
        if typ != self._token:
            raise ValueError(f'unknown resource type "{typ}"')
        make = cast("Callable[..., pulumi.Resource]", self._resource)
        return make(name, None, pulumi.ResourceOptions(urn=urn))


def register(*, provider: type[pulumi.ProviderResource], resources: Mapping[str, type[pulumi.CustomResource]]) -> None:
    """Tells Pulumi how to make this package's resources from a reference in a state."""
    pulumi.runtime.register_resource_package(_package.NAME, _Package(provider))
    for token, resource in resources.items():
        _, module, _ = token.split(":")
        pulumi.runtime.register_resource_module(_package.NAME, module, _Module(token, resource))
