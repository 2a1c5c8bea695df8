"""A small Pulumi program that declares what `resources.json` beside it lists, in the SDKs' own words.

Each entry has `type`, `name`, `properties`, and optionally `outputs` that others use, `options` (`protect`,
`aliases`, `secrets`, `after`) and `look_up` in place of `type` for a look-up. A value {"$of": "name.output"} stands
for an output of an entry before it.
"""

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import pulumi

VERSIONS = {"datadog": "5.17.0", "pagerduty": "4.37.0"}
SENTRY = {"remote": {"url": "registry.opentofu.org/jianyuan/sentry", "version": "0.15.4"}}


class Declared(pulumi.CustomResource):
    """A resource of any type, with the outputs that others ask for."""


async def registered() -> Any:
    """The Sentry package, as the engine registers it."""
    value = base64.b64encode(json.dumps(SENTRY).encode()).decode()
    return await pulumi.runtime.register_package("terraform-provider", "1.2.0", "", "sentry", "0.15.4", value)


def sentry_package() -> Any:
    """The Sentry package, asked for once and awaited by everyone who needs it."""
    return asyncio.ensure_future(registered())


def resolved(value: Any, known: dict[str, Any]) -> Any:
    """A value with every reference replaced by what it stands for."""
    if isinstance(value, dict) and "$of" in value:
        name, _, output = value["$of"].rpartition(".")
        return reference(known[name], output)
    if isinstance(value, dict) and "$secret" in value:
        return pulumi.Output.secret(resolved(value["$secret"], known))
    if isinstance(value, dict):
        return {name: resolved(part, known) for name, part in value.items()}
    return [resolved(element, known) for element in value] if isinstance(value, list) else value


def reference(thing: Any, output: str) -> Any:
    """An output of a resource or of a look-up; `number` is the id as a number."""
    if isinstance(thing, dict):
        return thing[output]
    return thing.id.apply(int) if output == "number" else thing.id if output == "id" else pulumi.get(thing, output)


def options(entry: dict[str, Any], known: dict[str, Any], package: str) -> pulumi.ResourceOptions:
    """The options of one entry."""
    said = entry.get("options", {})
    return pulumi.ResourceOptions(
        version=VERSIONS.get(package),
        protect=said.get("protect"),
        aliases=[pulumi.Alias(name=name) for name in said.get("aliases", [])],
        additional_secret_outputs=said.get("secrets"),
        depends_on=[known[name] for name in said.get("after", [])],
    )


def declared(entry: dict[str, Any], known: dict[str, Any], package_ref: Any) -> Any:
    """The resource or the answer of one entry."""
    package = str(entry.get("type", entry.get("look_up"))).split(":", 1)[0]
    properties = resolved(entry["properties"], known)
    ref = package_ref if package == "sentry" else None
    if "look_up" in entry:
        how = pulumi.InvokeOptions(version=VERSIONS.get(package))
        return pulumi.runtime.invoke(entry["look_up"], properties, how, package_ref=ref).value
    wanted = {**dict.fromkeys(entry.get("outputs", [])), **properties}
    return Declared(entry["type"], entry["name"], wanted, options(entry, known, package), package_ref=ref)


def main() -> None:
    """Declare everything in its order."""
    entries = json.loads((Path.cwd() / "resources.json").read_text())
    known: dict[str, Any] = {}
    uses_sentry = any(str(entry.get("type", entry.get("look_up"))).startswith("sentry:") for entry in entries)
    package_ref = sentry_package() if uses_sentry else None
    for entry in entries:
        known[entry["name"]] = declared(entry, known, package_ref)


if __name__ == "__main__":
    main()
