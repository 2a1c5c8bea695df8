"""Every check there is: one in each module of this package without a leading underscore."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from monitoring.checks._check import Check


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, sorted by name.

    Raises ImportError for a module that does not hold exactly the check of its name.
    """
    names = (module.name for module in iter_modules([str(Path(__file__).parent)]))
    modules = (import_module(f"{__package__}.{name}") for name in names if not name.startswith("_"))
    return tuple(sorted((check_in(module) for module in modules), key=lambda check: check.name))


def check_in(module: ModuleType) -> Check:
    """The check that a module holds; ImportError where there is none, another one, or several."""
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    own = [value for value in vars(module).values() if isinstance(value, Check)]
    if [check.name for check in own] != [name]:
        held = " and ".join(f'"{check.name}"' for check in own) or "no check"
        raise ImportError(
            f'{module.__file__}: holds {held}; decorate exactly one function with @rule_check("{name}", about=…) '
            f'or @catalog_check("{name}", about=…)'
        )
    return own[0]


@cache
def check_names() -> tuple[str, ...]:
    """The names of all checks, sorted."""
    return tuple(check.name for check in all_checks())
