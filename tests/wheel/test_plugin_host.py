"""Pulumi finds the three providers' plugins, Sentry's with its parameter, wherever the distribution is installed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from pulumi_sentry import _package

from tests.wheel.installing import Environment, pip
from tests.wheel.plugin_host import RequiredPlugin, required_plugins

SENTRY = RequiredPlugin(
    _package.BASE_PROVIDER, _package.BASE_VERSION, (_package.NAME, _package.VERSION, _package.PARAMETER)
)
PROVIDERS = [RequiredPlugin("datadog", "5.17.0"), RequiredPlugin("pagerduty", "4.37.0"), SENTRY]


def plugins_of(environment: Environment) -> list[RequiredPlugin]:
    plugins = required_plugins(json.loads(pip(environment, "list", "-v", "--format", "json")))
    return sorted(plugins, key=lambda plugin: plugin.name)


def test_an_environment_with_the_wheel_has_the_three_providers(installed: Environment) -> None:
    assert plugins_of(installed) == PROVIDERS


def test_an_editable_installation_has_them_too() -> None:
    assert plugins_of(Environment(Path(sys.prefix))) == PROVIDERS


def test_the_wheel_alone_has_sentrys(bare: Environment) -> None:
    assert plugins_of(bare) == [SENTRY]


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        pytest.param("wakeproof", None, [], id="without the file nothing is found under this name"),
        pytest.param("pulumi-acme", None, [RequiredPlugin("acme", "1.0")], id="pulumi's prefix is enough"),
        pytest.param("pulumi-policy", None, [], id="a package that is known to have no plugin"),
        pytest.param("pulumi-acme", {"resource": False}, [], id="the file says that there is none"),
        pytest.param("ac-me", {"resource": True}, [RequiredPlugin("ac-me", "1.0")], id="a dash is an underscore"),
        pytest.param(
            "acme", {"resource": True, "name": "x", "version": "2.0"}, [RequiredPlugin("x", "2.0")], id="its own words"
        ),
    ],
)
def test_the_rule(tmp_path: Path, name: str, file: object, expected: list[RequiredPlugin]) -> None:
    if file is not None:
        (tmp_path / name.replace("-", "_")).mkdir()
        (tmp_path / name.replace("-", "_") / "pulumi-plugin.json").write_text(json.dumps(file))
    assert required_plugins([{"name": name, "version": "1.0", "location": str(tmp_path)}]) == expected
