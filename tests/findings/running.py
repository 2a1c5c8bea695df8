"""A command in this process, as the command line runs it: its exit code and everything that it writes."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO

import typer
from typer.main import get_command

from monitoring.cli import PROBLEMS_FOUND, USED_WRONGLY, application
from monitoring.cli.console import complain
from monitoring.errors import CatalogError, MonitoringError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command wrote on both streams, and its exit code."""

    code: int
    text: str


@cache
def _command(name: str) -> typer.core.TyperGroup:
    command = get_command(application([name]))
    assert isinstance(command, typer.core.TyperGroup)
    return command


def run(*words: str) -> Answer:
    """The answer of `monitoring WORDS`; what is no mistake of a user's comes out as it would there, as a traceback."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = _code(words)
    return Answer(code, out.getvalue())


def _code(words: tuple[str, ...]) -> int:
    try:
        _command(words[0]).main(list(words), standalone_mode=True)
    except SystemExit as ended:
        return int(ended.code or 0)
    except CatalogError as refused:
        complain(refused.problems)
        return PROBLEMS_FOUND
    except MonitoringError as refused:
        print(f"error: {refused}")
        return USED_WRONGLY
    return 0
