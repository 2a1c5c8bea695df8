"""The vendors' packages, imported while the collector is paused, and Datadog's only as far as it is used.

Importing pulumi_datadog makes some ten thousand classes; collecting over them takes two thirds of the time of the
import and of every declaration after it. So they are frozen once, unseen: a last collection over them would cost half a
second.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

from monitoring.collector import gc_paused


def import_submodules(package: str, *parts: str) -> ModuleType:
    """A package with some of its modules, as its own name from now on; the first word that they lack makes it whole.

    pulumi_datadog's own `__init__` imports all of its two hundred and fifty, a quarter of the time for nothing.
    Raises ImportError where there is no such package.
    """
    if package in sys.modules:
        return sys.modules[package]
    spec = find_spec(package)
    if spec is None or spec.loader is None:
        raise ImportError(f"no package {package} is installed")
    made, loader = module_from_spec(spec), spec.loader

    def lacking(word: str) -> Any:
        if word.startswith("__"):
            raise AttributeError(word)
        if find_spec(f"{package}.{word}"):
            return import_module(f"{package}.{word}")
        vars(made).pop("__getattr__", None)
        loader.exec_module(made)
        return getattr(made, word)

    vars(made)["__getattr__"] = lacking
    sys.modules[package] = made
    for part in parts:
        module = import_module(f"{package}.{part}")
        vars(made).update((word, getattr(module, word)) for word in module.__all__)
    return made


with gc_paused(freeze=True):
    import pulumi

    if TYPE_CHECKING:
        import pulumi_datadog as datadog
    else:
        datadog = import_submodules(
            "pulumi_datadog",
            "_inputs",
            "dashboard_json",
            "downtime_schedule",
            "monitor",
            "monitor_notification_rule",
            "service_level_objective",
            "synthetics_test",
        )

    import pulumi_datadog.pagerduty as datadog_pagerduty
    import pulumi_datadog.slack as datadog_slack
    import pulumi_pagerduty as pagerduty
    import pulumi_sentry as sentry

__all__ = ["datadog", "datadog_pagerduty", "datadog_slack", "pagerduty", "pulumi", "sentry"]
