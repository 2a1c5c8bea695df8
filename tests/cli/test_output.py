"""How answers are written: whole values for a pipe, whole words for a terminal, no failure when a reader leaves."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from monitoring.cli.console import PIPED_WIDTH, wrapped
from tests.factories import texts
from tests.platforms import AGENCY

MONITORING = [sys.executable, "-m", "monitoring"]
NIGHT = ("--at", "2026-12-24 03:00")
COLUMNS = 80


def piped(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MONITORING, *words, "--catalog", str(AGENCY.catalog)], capture_output=True, text=True)


def in_a_terminal(*words: str) -> list[str]:
    """The lines that a command writes into a terminal of 80 columns, without colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    environ = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"TERM": "xterm"}
    command = [*MONITORING, *words, "--catalog", str(AGENCY.catalog)]
    with subprocess.Popen(command, stdout=theirs, env=environ) as process:
        os.close(theirs)
        text = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert process.returncode == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", text.decode()).split("\r\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # what Linux says at the end of a terminal
        return b""


def left_at_once(*words: str) -> int:
    """The exit code of a command whose reader has closed the pipe before it writes."""
    ours, theirs = os.pipe()
    os.close(ours)
    with subprocess.Popen([*MONITORING, *words], stdout=theirs, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        _, errors = process.communicate()
    assert errors == b""
    return process.returncode


@pytest.mark.parametrize("command", [("drill", "database-failure", *NIGHT), ("reach",), ("show", "database-failure")])
def test_an_answer_whose_reader_leaves_ends_as_without_a_pipe(command: tuple[str, ...]) -> None:
    assert left_at_once(*command, "--catalog", str(AGENCY.catalog)) == 0


def test_problems_stay_problems_when_the_reader_leaves(tmp_path: Path) -> None:
    for name, content in texts(("services/shop.yaml", "tier: critical", "tier: vital")).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert left_at_once("check", "--catalog", str(tmp_path)) == 1


@pytest.mark.parametrize(
    ("command", "value"),
    [
        pytest.param(("show", "database-failure"), "  oncall@youragency.com  ", id="an address in a table"),
        pytest.param(("show", "database-failure"), "Fires when: more than 10 errors within 5m", id="a line of a page"),
        pytest.param(("list",), "security-team@youragency.com", id="an address in a list"),
        pytest.param(("reach",), "performance-degradation  ", id="a rule in a table"),
    ],
)
def test_a_pipe_gets_every_value_whole(command: tuple[str, ...], value: str) -> None:
    assert value in piped(*command).stdout


@pytest.mark.parametrize("command", [("list",), ("reach",), ("oncall",), ("show", "database-failure"), ("preview",)])
def test_no_line_in_a_pipe_ends_with_a_blank(command: tuple[str, ...]) -> None:
    lines = piped(*command).stdout.splitlines()
    assert len(lines) > 5
    assert [line for line in lines if line.endswith(" ")] == []


def test_sentences_in_a_pipe_are_as_long_as_somebody_reads() -> None:
    *_, sentences = piped("reach").stdout.partition("rules looked at")
    assert max(len(line) for line in sentences.splitlines()) <= PIPED_WIDTH


@pytest.mark.parametrize("command", [("reach",), ("drill", "database-failure", *NIGHT, "--explain")])
def test_a_terminal_never_breaks_a_word(command: tuple[str, ...]) -> None:
    lines = in_a_terminal(*command)
    words = {word for line in piped(*command).stdout.splitlines() for word in line.split()}
    assert max(len(line) for line in lines) <= COLUMNS
    assert [word for word in " ".join(lines).split() if word.isalpha() and len(word) > 12 and word not in words] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("", "", id="an empty line stays"),
        pytest.param("one two three", "one two\nthree", id="a sentence goes on at the margin"),
        pytest.param(" 1. one two", " 1. one\n    two", id="an item goes on under its text"),
        pytest.param(" a: one two", " a: one\n    two", id="what is named goes on behind its name"),
        pytest.param("5m  one two", "5m  one\n    two", id="an event goes on behind its time"),
        pytest.param("https://youragency.com x", "https://youragency.com\nx", id="an address is never broken"),
        pytest.param("2026-11-26 x", "2026-11-26\nx", id="nor is a date"),
        pytest.param("a wide column  xx y", "a wide\ncolumn\nxx y", id="a column too wide for it indents nothing"),
    ],
)
def test_wrapping(line: str, expected: str) -> None:
    assert wrapped(line, 9) == expected
