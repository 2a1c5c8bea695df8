"""The program that somebody writes without this project: the same resources, one statement each, with the same SDKs.

It is made from a Plan, so that both declare the same; nothing in it reads, checks, proves or tunes anything.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

from monitoring.plan import Lookup, Plan, Resource, Value, references
from monitoring.pulumi_internals import input_type_py_to_pulumi_names

IMPORTS = "import pulumi\nimport pulumi_datadog\nimport pulumi_datadog.pagerduty\nimport pulumi_datadog.slack\n"
IMPORTS += "import pulumi_pagerduty\nimport pulumi_sentry\n\n"


def program(plan: Plan) -> str:
    """The text of a plain Pulumi program that declares a Plan."""
    variables = {resource.key: f"r{number}" for number, resource in enumerate(in_order(plan))}
    looked_up = {_lookup_key(one.token, one.arguments): f"l{number}" for number, one in enumerate(plan.lookups)}
    lines = [f"{looked_up[_lookup_key(one.token, one.arguments)]} = {_call(one)}" for one in plan.lookups]
    lines += [_statement(resource, variables, looked_up) for resource in in_order(plan)]
    return IMPORTS + "\n".join(lines) + "\n"


def in_order(plan: Plan) -> list[Resource]:
    """The resources, each after what it refers to or waits for."""
    before = {
        one.key: {reference["ref"] for reference in references(one.inputs)} | {f"{key}" for key in one.depends_on}
        for one in plan.resources
    }
    return [plan.by_key[key] for key in TopologicalSorter(before).static_order()]


def _lookup_key(token: str, arguments: Mapping[str, Value]) -> str:
    return f"{token} {sorted(arguments.items())}"


def _module(token: str) -> str:
    package, path, _ = token.split(":")
    inner = path.split("/")[0]
    return f"pulumi_{package}" + ("" if inner == "index" else f".{inner}")


def _call(one: Lookup) -> str:
    words = ", ".join(f"{_snake(name)}={value!r}" for name, value in one.arguments.items())
    return f"{_module(one.token)}.{_snake(one.token.rsplit(':', 1)[1])}_output({words})"


def _statement(resource: Resource, variables: Mapping[str, str], looked_up: Mapping[str, str]) -> str:
    name = f"{_module(resource.type)}.{resource.kind}"
    words = ", ".join(
        f"{word}={_value(resource.inputs[given], variables, looked_up)}" for word, given in _properties(resource)
    )
    options = ", ".join(_options(resource, variables))
    opts = f", opts=pulumi.ResourceOptions({options})" if options else ""
    return f"{variables[resource.key]} = {name}({resource.name!r}, {name}Args({words}){opts})"


def _properties(resource: Resource) -> Iterator[tuple[str, str]]:
    """The SDK's word for each property, and the provider's."""
    module = importlib.import_module(_module(resource.type))
    names = input_type_py_to_pulumi_names(getattr(module, f"{resource.kind}Args"))
    return ((word, given) for word, given in names.items() if given in resource.inputs)


def _options(resource: Resource, variables: Mapping[str, str]) -> Iterator[str]:
    if resource.protect:
        yield "protect=True"
    if resource.depends_on:
        yield f"depends_on=[{', '.join(variables[key] for key in resource.depends_on)}]"
    if resource.secret_outputs:
        yield f"additional_secret_outputs={list(resource.secret_outputs)!r}"
    if resource.replace_on_changes:
        yield f"replace_on_changes={list(resource.replace_on_changes)!r}"
    if resource.delete_before_replace:
        yield "delete_before_replace=True"
    if resource.aliases:
        yield f"aliases=[{', '.join(f'pulumi.Alias(name={name!r})' for name in resource.aliases)}]"


def _value(value: Value, variables: Mapping[str, str], looked_up: Mapping[str, str]) -> str:
    """A value as Python writes it."""

    def written(inner: Value) -> str:
        return _value(inner, variables, looked_up)

    match value:
        case {"ref": key}:
            return f"{variables[key]}.{_snake(value['output'])}"
        case {"lookup": token, "arguments": arguments}:
            return f"{looked_up[_lookup_key(token, arguments)]}.{_snake(value['output'])}"
        case {"format": parts}:
            return f"pulumi.Output.concat({', '.join(map(written, parts))})"
        case {"secret": inner}:
            return f"pulumi.Output.secret({written(inner)})"
        case dict():
            return f"{{{', '.join(f'{name!r}: {written(inner)}' for name, inner in value.items())}}}"
        case list():
            return f"[{', '.join(map(written, value))}]"
    return repr(value)


def _snake(word: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in word)


def as_declared(text: str) -> Any:
    """The program, compiled, as something to call."""
    code = compile(text, "plain", "exec")
    return lambda: exec(code, {})
