"""Whatever a catalog or an answer says is shown and never obeyed; an answer that is lost is no answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.console import json_text, say, table_console
from monitoring.literal import literal
from tests.factories import texts

HOSTILE = "[red]x :bomb: [conceal]"
MONITORING = [sys.executable, "-m", "monitoring"]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A catalog whose titles are made to be obeyed."""
    changes = (
        ("services/shop.yaml", "title: The shop is failing", f'title: "{HOSTILE}"'),
        ("oncall.yaml", "  primary:\n", f'  primary:\n    title: "{HOSTILE}"\n'),
        ("services/shop.yaml", "title: Shop\n", f'title: "{HOSTILE}"\n'),
    )
    return written(tmp_path, texts(*changes))


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def controls(text: str) -> set[str]:
    """The characters that a terminal obeys or hides, beside line breaks and the styles of a terminal."""
    return {letter for letter in text if not letter.isprintable()} - {"\n", "\t"}


TEXT_COMMANDS = [
    ("list",),
    ("show", "shop-failing"),
    ("drill", "shop-failing", "--at", "2026-11-26 03:00"),
    ("drill", "--outage", "shop"),
    ("reach",),
    ("check",),
]


@pytest.mark.parametrize("command", TEXT_COMMANDS, ids=" ".join)
def test_no_title_is_obeyed(hostile: Path, command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(application(command), [*command, "--catalog", str(hostile)])
    assert result.exit_code in (0, 1), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert controls(result.output) == set()


def test_a_title_is_shown_as_it_is_written(hostile: Path) -> None:
    result = CliRunner().invoke(application(["list"]), ["list", "--catalog", str(hostile)])
    assert f"wakes {HOSTILE}" in result.output


@pytest.mark.parametrize("command", ["list", "check", "reach"])
def test_json_holds_the_very_text_and_shows_it_as_escapes(hostile: Path, command: str) -> None:
    words = [command, "--format", "json", "--catalog", str(hostile)]
    printed = CliRunner().invoke(application(words), words).stdout
    assert controls(printed) == set()
    assert json.loads(printed)["platform"] == "Agency platform"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\tb\nc", "a\tb\nc", id="tabs and line breaks stay"),
        pytest.param("\x1b[31m", "\\x1b[31m", id="an escape sequence is shown"),
        pytest.param("a\rb", "a\\rb", id="a carriage return does not overwrite the line"),
        pytest.param("\x9b2J", "\\x9b2J", id="nor does the one-byte form of an escape"),
        pytest.param("\u202eabc", "\\u202eabc", id="a mark that turns the direction is shown"),
        pytest.param("\udcff", "\\udcff", id="half a character is shown"),
        pytest.param("Zoë – 世界 👩‍💻", "Zoë – 世界 👩‍💻", id="every language and every emoji stays"),
    ],
)
def test_literal(text: str, expected: str) -> None:
    assert literal(text) == expected


@pytest.mark.parametrize("text", ["\x1b", "\x9b", "\u202e", "\udcff", "é\n"])
def test_json_is_read_back_as_it_was(text: str) -> None:
    assert json.loads(json_text({"text": text})) == {"text": text}


def test_a_console_takes_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    table_console().print("[/] [bold]x[/] :bomb:")
    say("[bold]")
    assert capsys.readouterr().out == "[/] [bold]x[/] :bomb:\n[bold]\n"


# --- answers that are lost --------------------------------------------------------------------------------------


def test_a_full_disk_is_wrong_usage_and_no_problem(tmp_path: Path) -> None:
    folder = written(tmp_path, texts())
    for command in ("list", "check", "reach"):
        with open("/dev/full", "wb") as full:
            run = subprocess.run([*MONITORING, command, "--catalog", str(folder)], stdout=full, stderr=subprocess.PIPE)
        assert run.stderr == b"error: the answer cannot be written to standard output: no space left on device\n"
        assert run.returncode == 2


def test_a_closed_standard_output_changes_no_exit_code(tmp_path: Path) -> None:
    folder = written(tmp_path, texts())
    command = f'exec "{sys.executable}" -m monitoring list --catalog "{folder}" >&-'
    run = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE)
    assert (run.returncode, run.stderr) == (0, b"")


def test_whoever_reads_the_errors_may_leave(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with subprocess.Popen([*MONITORING, "list", "--catalog", str(tmp_path / "none")], stderr=theirs) as process:
        os.close(theirs)
    assert process.returncode == 2


def test_an_encoding_without_the_letters_gets_escapes(tmp_path: Path) -> None:
    folder = written(tmp_path, texts(("services/shop.yaml", "title: The shop is failing", "title: Größe")))
    environ = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [*MONITORING, "show", "shop-failing", "--catalog", str(folder)]
    run = subprocess.run(command, capture_output=True, env=environ, check=True)
    assert b"Gr\\xf6\\xdfe" in run.stdout
