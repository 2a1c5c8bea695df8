"""Which plugins Pulumi's Python host asks for, from what is installed: its rule, written anew in Python.

The host in these tests runs programs and is asked for no plugins, so the rule is tested here by itself.
Source: pulumi/pulumi, sdk/python/cmd/pulumi-language-python/main.go (`isPulumiPackage`, `readPulumiPluginJSON`,
`determinePackageDependency`) and sdk/python/toolchain/pip.go (`ListPackages`), read in 2026-11.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WITHOUT_PLUGINS = {"pulumi-policy", "pulumi_policy", "pulumi-esc-sdk", "pulumi_esc_sdk"}


@dataclass(frozen=True)
class RequiredPlugin:
    """A plugin that the engine installs before it runs the program."""

    name: str
    version: str
    parameter: tuple[str, str, str] | None = None
    """Name, version and value of the package that the plugin becomes."""


def required_plugins(listing: Iterable[Mapping[str, Any]]) -> list[RequiredPlugin]:
    """The plugins of what `pip list -v --format json` names, in its order.

    A distribution's file is LOCATION/NAME/pulumi-plugin.json, with its name's dashes as underscores; without one only
    a distribution whose name begins with pulumi- or pulumi_ counts.
    """
    plugins = (required_plugin(installed) for installed in listing if installed["name"] not in WITHOUT_PLUGINS)
    return [plugin for plugin in plugins if plugin is not None]


def required_plugin(installed: Mapping[str, Any]) -> RequiredPlugin | None:
    """The plugin of one installed distribution; None where it has none."""
    name, version = installed["name"], installed["version"]
    file = Path(installed["location"]) / name.replace("-", "_") / "pulumi-plugin.json"
    if not file.is_file():
        by_name = name.startswith(("pulumi-", "pulumi_"))
        return RequiredPlugin(name.removeprefix("pulumi-"), version) if by_name else None
    plugin = json.loads(file.read_text())
    if not plugin.get("resource"):
        return None
    package = plugin.get("parameterization")
    parameter = (package["name"], package["version"], package["value"]) if package else None
    return RequiredPlugin(
        plugin.get("name") or name.removeprefix("pulumi-"), plugin.get("version") or version, parameter
    )
