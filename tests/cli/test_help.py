"""Each command explains itself under both names of the option."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer.main
from typer.testing import CliRunner

from monitoring.cli import application


def every_command(command: object, *path: str) -> Iterator[tuple[str, ...]]:
    """What is typed for each command, those that only hold others included."""
    yield path
    for name, inside in getattr(command, "commands", {}).items():
        yield from every_command(inside, *path, name)


COMMANDS = [
    pytest.param(words, id=" ".join(("monitoring", *words)))
    for words in every_command(typer.main.get_command(application()))
]


@pytest.mark.parametrize("words", COMMANDS)
def test_the_short_option_shows_the_help_of_the_long(words: tuple[str, ...]) -> None:
    short, long = (CliRunner().invoke(application(words), [*words, option]) for option in ("-h", "--help"))
    assert (short.exit_code, short.output) == (0, long.output)
    assert "Usage:" in short.output
