"""Each command explains itself under both names of the option."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer.main
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.panels import PANELS


def every_command(command: object, *path: str) -> Iterator[tuple[str, ...]]:
    """What is typed for each command, those that only hold others included."""
    yield path
    for name, inside in getattr(command, "commands", {}).items():
        yield from every_command(inside, *path, name)


COMMANDS = [
    pytest.param(words, id=" ".join(("monitoring", *words)))
    for words in every_command(typer.main.get_command(application()))
]


def test_every_command_has_its_place_in_the_help() -> None:
    assert {words[0] for words in every_command(typer.main.get_command(application())) if words} <= {
        name for names in PANELS.values() for name in names
    }


def test_the_help_names_each_job_in_order_and_fits_into_a_terminal() -> None:
    shown = CliRunner().invoke(application(), ["--help"], env={"COLUMNS": "80"}).output
    assert [panel for panel in PANELS if f"─ {panel} ─" in shown] == list(PANELS)
    assert [shown.index(f"─ {panel} ─") for panel in PANELS] == sorted(shown.index(f"─ {panel} ─") for panel in PANELS)
    assert "─ Commands ─" not in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("words", COMMANDS)
def test_the_short_option_shows_the_help_of_the_long(words: tuple[str, ...]) -> None:
    short, long = (CliRunner().invoke(application(words), [*words, option]) for option in ("-h", "--help"))
    assert (short.exit_code, short.output) == (0, long.output)
    assert "Usage:" in short.output
