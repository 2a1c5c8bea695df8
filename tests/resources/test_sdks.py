"""Datadog's package is imported as far as it is used, and is whole for whoever asks for more."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAD = "import sys; from monitoring.resources.sdks import datadog; "


def said(program: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", HEAD + program], capture_output=True, text=True, check=True).stdout


def test_what_is_used_is_there_and_what_is_not_is_not_imported():
    unused = "'pulumi_datadog.dashboard' in sys.modules"
    assert (
        said(f"print(datadog.Monitor.__name__, datadog.MonitorArgs.__name__, {unused})")
        == "Monitor MonitorArgs False\n"
    )


def test_the_first_word_that_is_lacking_makes_the_package_whole():
    same = "kept = datadog.Monitor; datadog.Dashboard; import pulumi_datadog; "
    assert said(f"{same} print(pulumi_datadog is datadog, datadog.Monitor is kept, datadog.Provider.__name__)") == (
        "True True Provider\n"
    )


def test_a_word_that_the_package_does_not_have_is_an_error_as_ever():
    assert said("print(hasattr(datadog, 'Nothing'), hasattr(datadog, '__wrapped__'))") == "False False\n"


def test_an_import_that_came_before_is_left_as_it_is():
    program = "import pulumi_datadog; from monitoring.resources.sdks import datadog; print(datadog is pulumi_datadog)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "True\n"


def test_only_the_classes_that_are_used_are_made():
    program = "print([word for name in ('_inputs', 'outputs') for word in vars(sys.modules[f'pulumi_datadog.{name}'])"
    assert said(f"{program} if word.startswith('Dashboard')])") == "[]\n"


NAMED = """
from monitoring.pulumi_internals import input_type_types, is_input_type, resource_types
kept = [module for name, module in list(sys.modules.items()) if name.startswith('pulumi_datadog')]
classes = {made for module in kept for made in vars(module).values() if isinstance(made, type)}
arguments = [made for made in classes if is_input_type(made)]
resources = [made for made in classes if issubclass(made, sys.modules['pulumi'].Resource)]
print(len(arguments) > 100, all(map(input_type_types, arguments)))
print(len(resources) > 10, all(map(resource_types, resources)))
print(callable(vars(sys.modules['pulumi_datadog._inputs']).get('__getattr__')))
"""


def test_every_class_that_those_name_is_made_too():
    assert said(NAMED) == "True True\nTrue True\nTrue\n"


@pytest.mark.parametrize(
    "asks",
    [
        pytest.param(
            "import pulumi_datadog.dashboard as asked", id="a module of the package that is imported by itself"
        ),
        pytest.param("asked = sys.modules['pulumi_datadog._inputs']", id="the module of the classes"),
        pytest.param("from pulumi_datadog import DashboardWidgetArgs; asked = datadog", id="the package"),
    ],
)
def test_whoever_asks_for_another_class_has_it_and_the_others_stay(asks: str):
    program = f"kept = datadog.MonitorVariablesArgs; {asks}; print(asked.DashboardWidgetArgs.__name__, "
    same = "datadog.MonitorVariablesArgs is kept is sys.modules['pulumi_datadog._inputs'].MonitorVariablesArgs)"
    assert said(program + same) == "DashboardWidgetArgs True\n"
