"""Datadog's package is imported as far as it is used, and is whole for whoever asks for more."""

from __future__ import annotations

import subprocess
import sys

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
