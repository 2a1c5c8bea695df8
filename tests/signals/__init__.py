"""A module for each kind of signal, named after its word: all of its rows stand together, and a new kind adds one."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.signals.case import SignalCase

CASES: tuple[SignalCase, ...] = tuple(
    import_module(f"{__name__}.{module.name}").CASE
    for module in iter_modules(__path__)
    if module.name != "case" and not module.name.startswith("test_")
)
