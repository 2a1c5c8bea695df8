"""Writes the typed Sentry package in pulumi_sentry from the facts in monitoring/preview/sentry-0.15.4.json.

Run it after the facts have changed; `--check` writes nothing and fails when the package is stale.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / "monitoring" / "preview" / "sentry-0.15.4.json"
PACKAGE = ROOT / "pulumi_sentry"
BANNER = "# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.\n"
MAX_ENUM_IN_A_DOCSTRING = 24

Spec = dict[str, Any]
Side = Literal["input", "output", "result"]


@dataclass(frozen=True)
class Property:
    """A property as Python sees it; `type` is source text."""

    name: str
    wire: str
    type: str
    required: bool
    doc: str


@dataclass(frozen=True)
class Nested:
    """An object inside a property, which becomes a class of its own."""

    name: str
    properties: tuple[Property, ...]
    doc: str


def snake(camel: str) -> str:
    """The Python name of a wire name."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", camel).lower()


def last(token: str) -> str:
    """The last word of a token: the resource's or function's own name."""
    return token.rsplit(":", 1)[-1]


def pascal(camel: str) -> str:
    """A wire name as a part of a class name."""
    return camel[0].upper() + camel[1:]


def singular(path: str) -> str:
    """The class name of an element of the list that `path` names: the bridge drops the plural."""
    if not path.endswith("s"):
        raise ValueError(f'"{path}": a list whose name is not a plural has no element name; name it here')
    return path.removesuffix("s")


def class_name(path: str, side: Side) -> str:
    """The class of the object at `path`: Args for inputs, Result for what a function returns."""
    return path + {"input": "Args", "output": "", "result": "Result"}[side]


def element_path(spec: Spec, path: str) -> str:
    """The path of a container's elements."""
    return singular(path) if spec["type"] == "array" else path


def plain_type(spec: Spec, path: str, side: Side, module: str = "") -> str:
    """The type of a value as source text; `module` is the prefix of nested classes, with its dot."""
    match spec["type"]:
        case "string":
            return "str"
        case "integer" | "number":
            return "float"
        case "boolean":
            return "bool"
        case "object":
            return module + class_name(path, side)
        case "array" | "map" as container:
            element = plain_type(spec["items"], element_path(spec, path), side, module)
            of = f"pulumi.Input[{element}]" if side == "input" else element
            return f"Sequence[{of}]" if container == "array" else f"Mapping[str, {of}]"
        case other:
            raise ValueError(f'"{path}": unknown type "{other}" in {FACTS.name}')


def value_type(spec: Spec, path: str, side: Side, required: bool, module: str = "") -> str:
    """The type of a property as source text, with Input and None as its side needs them."""
    plain = plain_type(spec, path, side, module)
    maybe = plain if required else f"{plain} | None"
    return f"pulumi.Input[{maybe}]" if side == "input" else maybe


def values_sentence(spec: Spec) -> str:
    """The words a property takes, as a sentence; empty where the set is open or too long to read."""
    words = spec.get("enum") or spec.get("api", {}).get("enum") or []
    if not 0 < len(words) <= MAX_ENUM_IN_A_DOCSTRING:
        return ""
    return f" One of: {', '.join(str(word) for word in words)}."


def doc(spec: Spec) -> str:
    """What a property or object is, in a sentence or two."""
    description: str = spec.get("description", "")
    return (description + values_sentence(spec)).strip()


def is_required(name: str, spec: Spec, required: list[str], side: Side) -> bool:
    """Whether a property is never None: for outputs the bridge counts what is computed as present."""
    return name in required or (side != "input" and bool(spec.get("computed") or spec.get("autonamed")))


def properties(specs: Spec, required: list[str], path: str, side: Side, module: str = "") -> tuple[Property, ...]:
    """The properties of an object, the required ones first."""

    def one(name: str, spec: Spec) -> Property:
        needed = is_required(name, spec, required, side)
        typ = value_type(spec, path + pascal(name), side, needed, module)
        return Property(snake(name), name, typ, needed, doc(spec))

    every = [one(name, specs[name]) for name in sorted(specs)]
    return tuple(sorted(every, key=lambda each: not each.required))


def nested(spec: Spec, path: str, side: Side) -> Iterator[Nested]:
    """The classes below a property, inner ones first."""
    if "items" in spec:
        yield from nested(spec["items"], element_path(spec, path), side)
    if "properties" in spec:
        inner = spec["properties"]
        for name in sorted(inner):
            yield from nested(inner[name], path + pascal(name), side)
        members = properties(inner, spec.get("required", []), path, side)
        yield Nested(class_name(path, side), members, doc(spec) or f"An element of {path}.")


def nested_of(owners: Spec, group: str, side: Side) -> Iterator[tuple[Nested, Side]]:
    """The classes below one group of properties of every resource or function, with their side."""
    for token, owner in owners.items():
        for name in sorted(owner[group]):
            path = pascal(last(token)) + pascal(name)
            yield from ((each, side) for each in nested(owner[group][name], path, side))


def docstring(text: str, indent: int = 4) -> str:
    """A docstring of lines that fit the page."""
    margin = " " * indent
    quoted = f'"""{text}"""'
    return textwrap.fill(quoted, 116, initial_indent=margin, subsequent_indent=margin, break_long_words=False) + "\n"


def member(each: Property, *, defaults: bool = True) -> str:
    """The line that declares a property of an Args or of a result, and its docstring."""
    default = ", default=None" if defaults and not each.required else ""
    line = f'    {each.name}: {each.type} = pulumi.property("{each.wire}"{default})\n'
    return line + (docstring(each.doc) if each.doc else "")


def class_text(each: Nested, side: Side) -> str:
    """The source of a nested class."""
    decorator, base = ("input_type", "") if side == "input" else ("output_type", "(dict[str, Any])")
    head = f"@_utilities.{decorator}\nclass {each.name}{base}:\n" + docstring(each.doc)
    return head + "".join("\n" + member(one) for one in each.properties)


def module_text(title: str, imports: list[str], names: list[str], body: list[str]) -> str:
    """The source of a module: banner, docstring, imports, `__all__`, classes."""
    listed = "".join(f'    "{name}",\n' for name in names)
    head = BANNER + docstring(title, 0) + "\nfrom __future__ import annotations\n\n" + "\n".join(imports) + "\n"
    return head + f"\n__all__ = [\n{listed}]\n\n\n" + "\n\n".join(body)


def imports_for(body: list[str], *ours: str) -> list[str]:
    """The imports that the text of a module needs."""
    text = "\n".join(body)
    words = {
        "collections.abc": [w for w in ("Generator", "Mapping", "Sequence") if f"{w}[" in text],
        "typing": [w for w in ("Any", "overload") if re.search(rf"\b{w}\b", text)],
    }
    standard = [f"from {module} import {', '.join(found)}" for module, found in words.items() if found]
    package = [name for name in ours if f"{name}." in text]
    return [*standard, "", "import pulumi", "", f"from . import {', '.join(package)}"]


def nested_module(title: str, classes: list[tuple[Nested, Side]]) -> str:
    """The source of `_inputs` or `outputs`."""
    body = [class_text(each, side) for each, side in classes]
    names = sorted(each.name for each, _ in classes)
    return module_text(title, imports_for(body, "_utilities"), names, body)


def args_text(name: str, members: tuple[Property, ...]) -> str:
    """The source of a resource's Args."""
    title = docstring(f"What is declared of the resource {name}.")
    return f"@_utilities.input_type\nclass {name}Args:\n{title}" + "".join("\n" + member(one) for one in members)


def keywords(members: tuple[Property, ...], indent: int) -> str:
    """Properties as the keywords of a signature, one a line."""
    margin = " " * indent
    return "".join(f"{margin}{one.name}: {one.type}{'' if one.required else ' = None'},\n" for one in members)


def literal(value: object) -> str:
    """A list or dict of strings as source text."""
    return json.dumps(value)


def secret_names(resource: Spec) -> dict[str, str]:
    """The top-level properties that hold a secret, marked by the provider or not: Python name -> wire name."""
    paths = [*resource["sensitive"], *resource.get("secretButNotMarked", [])]
    tops = sorted({path.split(".")[0] for path in paths})
    return {snake(top): top for top in tops}


def getter(each: Property) -> str:
    """The source of an output property of a resource."""
    wire = "" if each.wire == each.name else f'(name="{each.wire}")'
    head = f"    @property\n    @pulumi.getter{wire}\n    def {each.name}(self) -> pulumi.Output[{each.type}]:\n"
    return f'\n{head}{docstring(each.doc, 8)}        return _utilities.output(self, "{each.name}")\n'


INIT = """\
    @overload
    def __init__(
        self, resource_name: str, args: {name}Args | None, opts: pulumi.ResourceOptions | None = None
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
{keywords}    ) -> None: ...

    def __init__(self, resource_name: str, *positional: Any, **named: Any) -> None:
        call = _utilities.call(
            {name}Args,
            positional,
            named,
            computed={computed},
            secrets={secrets},
        )
        super().__init__(
            "{token}",
            resource_name,
            call.properties,
            call.options,
            package_ref=call.package,
        )
"""

GET = '''
    @staticmethod
    def get(
        resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> {name}:
        """The {name} that has this id already: read, never changed."""
        found = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        return {name}(resource_name, None, found)
'''


def init_text(name: str, token: str, resource: Spec, inputs: tuple[Property, ...]) -> str:
    """The source of a resource's constructor."""
    computed = sorted(snake(wire) for wire in resource["outputs"] if wire != "id")
    return INIT.format(
        name=name,
        token=token,
        keywords=keywords(inputs, 8),
        computed=literal(computed),
        secrets=literal(secret_names(resource)),
    )


def class_head(name: str, token: str, description: str) -> str:
    """The first lines of a resource class; the provider's own class has the package's name for a token."""
    kind = "CustomResource" if ":" in token else "ProviderResource"
    full = token if ":" in token else f"pulumi:providers:{token}"
    return f'@pulumi.type_token("{full}")\nclass {name}(pulumi.{kind}):\n' + docstring(description)


def resource_module(token: str, resource: Spec) -> str:
    """The source of the module of one resource."""
    name, required = last(token) if ":" in token else "Provider", resource["requiredInputs"]
    inputs = properties(resource["inputs"], required, name, "input", "_inputs.")
    outputs = properties({**resource["inputs"], **resource["outputs"]}, required, name, "output", "outputs.")
    parts = [
        class_head(name, token, resource["description"]),
        *(getter(each) for each in outputs if each.name != "id"),
        "\n" + init_text(name, token, resource, inputs),
        GET.format(name=name) if ":" in token else "",
    ]
    body = [args_text(name, inputs), "".join(parts)]
    imports = imports_for(body, "_inputs", "_utilities", "outputs")
    return module_text(f"{name}: {resource['description']}", imports, [f"{name}Args", name], body)


FUNCTION = '''\
class Awaitable{result}({result}):
    """The same, for programs that await it."""

    def __await__(self) -> Generator[None, None, {result}]:
        yield from ()
        return {result}(**vars(self))


def {function}(
    *,
{plain}    opts: pulumi.InvokeOptions | None = None,
) -> Awaitable{result}:
{doc}    arguments = {{
{arguments}    }}
    found = _utilities.invoke("{token}", arguments, opts, {result})
    return Awaitable{result}(**vars(found))


def {function}_output(
    *,
{inputs}    opts: pulumi.InvokeOptions | pulumi.InvokeOutputOptions | None = None,
) -> pulumi.Output[{result}]:
{doc}    arguments = {{
{arguments}    }}
    return _utilities.invoke_output("{token}", arguments, opts, {result})
'''


def function_text(token: str, function: Spec) -> str:
    """The source of a look-up in both its forms."""
    camel = last(token)
    specs, required = function["inputs"], function["requiredInputs"]
    inputs = properties(specs, required, pascal(camel), "input")
    return FUNCTION.format(
        result=pascal(camel) + "Result",
        function=snake(camel),
        token=token,
        doc=docstring(function["description"]),
        plain=keywords(properties(specs, required, pascal(camel), "output"), 4),
        inputs=keywords(inputs, 4),
        arguments="".join(f'        "{each.wire}": {each.name},\n' for each in inputs),
    )


def result_text(name: str, function: Spec) -> str:
    """The source of what a look-up returns."""
    specs = {**function["inputs"], **function["outputs"]}
    members = properties(specs, function["requiredInputs"], name, "result", "outputs.")
    head = f"@_utilities.output_type\nclass {name}Result:\n" + docstring(f"What was found. {function['description']}")
    return head + "".join("\n" + member(one, defaults=False) for one in members)


def function_module(token: str, function: Spec) -> str:
    """The source of the module of one look-up."""
    camel = last(token)
    name = pascal(camel)
    body = [result_text(name, function), function_text(token, function)]
    names = [f"Awaitable{name}Result", f"{name}Result", snake(camel), f"{snake(camel)}_output"]
    imports = imports_for(body, "_utilities", "outputs")
    return module_text(f"{camel}: {function['description']}", imports, names, body)


def parameter(facts: Spec) -> str:
    """The parameterization value, as the engine wants it: compact JSON in base 64."""
    value = json.dumps(facts["parameterization"]["value"], separators=(",", ":"))
    return base64.b64encode(value.encode()).decode()


def plugin_json(facts: Spec) -> str:
    """pulumi-plugin.json, from which the engine learns which plugin to load and how to parameterize it."""
    base = facts["parameterization"]
    plugin = {
        "resource": True,
        "name": base["baseProvider"],
        "version": base["baseVersion"],
        "parameterization": {"name": facts["package"], "version": facts["version"], "value": parameter(facts)},
    }
    return json.dumps(plugin, indent=2) + "\n"


def package_module(facts: Spec) -> str:
    """The source of `_package`: which package this is, for the engine."""
    base = facts["parameterization"]
    constants = {
        "BASE_PROVIDER": base["baseProvider"],
        "BASE_VERSION": base["baseVersion"],
        "NAME": facts["package"],
        "VERSION": facts["version"],
        "PARAMETER": parameter(facts),
    }
    lines = "".join(f'{name} = "{value}"\n' for name, value in constants.items())
    title = '"""Which package this is: what the engine is told before it serves a resource of it."""'
    return f"{BANNER}{title}\n\n{lines}"


def provider_facts(facts: Spec) -> Spec:
    """The provider as if it were a resource."""
    config = facts["provider"]["config"]
    return {
        "description": "Which Sentry is asked, and with which token; without one the stack's configuration decides.",
        "inputs": config,
        "requiredInputs": facts["provider"]["required"],
        "outputs": {},
        "sensitive": [name for name, spec in config.items() if spec.get("secret")],
    }


def init_module(facts: Spec) -> str:
    """The source of the package's front: all names, and the classes by token."""
    resources = [last(token) for token in facts["resources"]]
    modules = [snake(last(token)) for token in [*facts["resources"], *facts["functions"]]]
    stars = "".join(f"from .{module} import *\n" for module in sorted([*modules, "_inputs", "provider"]))
    rows = "".join(f'        "{token}": {name},\n' for token, name in zip(facts["resources"], resources, strict=True))
    title = f'"""Sentry for Pulumi: the resources of the Terraform provider {facts["terraformProvider"]}, typed."""'
    register = f"_utilities.register(\n    provider=Provider,\n    resources={{\n{rows}    }},\n)\n"
    return f"{BANNER}{title}\n\nfrom . import _utilities, outputs\n{stars}\n{register}"


def package_files(facts: Spec) -> dict[str, str]:
    """Every generated file of the package: name -> text."""
    resources, functions = facts["resources"], facts["functions"]
    inputs = nested_of(resources, "inputs", "input")
    outputs = [*nested_of(resources, "inputs", "output"), *nested_of(functions, "outputs", "result")]
    return {
        "__init__.py": init_module(facts),
        "_package.py": package_module(facts),
        "_inputs.py": nested_module("The objects inside what resources are declared with.", [*inputs]),
        "outputs.py": nested_module("The objects inside what resources and look-ups answer.", outputs),
        "provider.py": resource_module(facts["package"], provider_facts(facts)),
        "pulumi-plugin.json": plugin_json(facts),
        **{f"{snake(last(token))}.py": resource_module(token, spec) for token, spec in resources.items()},
        **{f"{snake(last(token))}.py": function_module(token, spec) for token, spec in functions.items()},
    }


def stale(files: dict[str, str]) -> list[str]:
    """The names of the files whose text on disk differs."""
    on_disk = {name: (PACKAGE / name).read_text("utf-8") for name in files if (PACKAGE / name).exists()}
    return sorted(name for name, text in files.items() if on_disk.get(name) != text)


def main(arguments: list[str]) -> int:
    """Writes the package, or with --check only says what is stale: exit 0 fine, 1 stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the package is stale")
    only_check = parser.parse_args(arguments).check
    files = package_files(json.loads(FACTS.read_text("utf-8")))
    changed = stale(files)
    if only_check and changed:
        print(f"pulumi_sentry: stale: {', '.join(changed)}; run tools/sentry_sdk/generate.py", file=sys.stderr)
        return 1
    for name in changed:
        (PACKAGE / name).write_text(files[name], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
