"""The `monitoring` command: one module a command, each of which registers itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from monitoring import __version__
from monitoring.cli.console import complain, say
from monitoring.cli.panels import put_into_panels
from monitoring.cli.streams import reliable
from monitoring.collector import gc_paused
from monitoring.errors import CatalogError, MonitoringError, UsageError
from monitoring.file_reading import reason_of
from monitoring.model.scalars import quoted

PROBLEMS_FOUND = 1
USED_WRONGLY = 2
HEALTH_PACKAGES = frozenset(
    {"anyio", "h11", "prometheus_client", "psutil", "psycopg", "psycopg_pool", "starlette", "uvicorn"}
)
"""What the health endpoint imports; every other package that can be missing is one that the vendors' packages need."""


PROBE_PACKAGES = {"pymysql": "mysql", "redis": "redis"}
"""What single probes of it import, each with the extra that brings it."""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command line; where the first word names a command, only that command's module is imported."""
    app = typer.Typer(
        name="monitoring",
        help="Alerting as code, with a proof that each rule that must wake somebody does.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_options)
    names = {module.name.replace("_", "-"): module.name for module in iter_modules(__path__)}
    chosen = [names[word] for word in arguments[:1] if word in names]
    for name in chosen or sorted(names.values()):
        register = getattr(import_module(f"{__name__}.{name}"), "register", None)
        if register:
            register(app)
    put_into_panels(app)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"monitoring {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """The options that belong to no command."""


def absent(package: str) -> str:
    """What a command says that lacks a package of an extra; the wheel is a file, because its name is not registered."""
    extra = PROBE_PACKAGES.get(package) or ("health" if package in HEALTH_PACKAGES else "pulumi")
    wheel = f"./wakeproof-{__version__}-py3-none-any.whl"
    return f'this needs the extra "{extra}" ("{package}" is missing); install it with pip install "{wheel}[{extra}]"'


def _run() -> int:
    """Runs the command that is typed; its exit code."""
    _require_words(sys.argv[1:])
    with gc_paused(freeze=True):
        app = application(sys.argv[1:])
    code = app(standalone_mode=False)
    return code if isinstance(code, int) else 0


def _require_words(words: Sequence[str]) -> None:
    """Raises UsageError where a word is empty."""
    if any(not word or word.endswith("=") for word in words):
        from monitoring.cli.wrong_usage import empty_word

        if sentence := empty_word(words):
            raise UsageError(sentence)


def system_refuses(error: OSError) -> str:
    """What the system says of a file where nothing else was expected of it."""
    what = quoted(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else "what the command needs"
    return f"{what} cannot be used: {reason_of(error)}; see that the path is right and yours to use"


def _refuse_usage(error: TyperException) -> NoReturn:
    """Says what was typed that no command takes, or shows the help of one that waits for words."""
    from monitoring.cli.wrong_usage import usage_sentence  # only whoever mistypes waits for it

    if sentence := usage_sentence(error):
        say(f"error: {sentence}", err=True)
    sys.exit(USED_WRONGLY)


def main() -> None:
    """Runs the command line; a user's mistake is a message and an exit code, never a traceback."""
    if sys.stdout is sys.__stdout__ and sys.stdout is not None:
        sys.stdout = reliable(sys.stdout)
    if sys.stderr is sys.__stderr__ and sys.stderr is not None:
        sys.stderr = reliable(sys.stderr)
    try:
        sys.exit(_run())
    except TyperException as error:
        _refuse_usage(error)
    except CatalogError as error:
        complain(error.problems)
        sys.exit(PROBLEMS_FOUND)
    except (MonitoringError, OSError) as error:
        say(f"error: {system_refuses(error) if isinstance(error, OSError) else error}", err=True)
        sys.exit(USED_WRONGLY)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package == "monitoring":
            raise
        say(f"error: {absent(package)}", err=True)
        sys.exit(USED_WRONGLY)
