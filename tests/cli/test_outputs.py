"""Every option that names a file or a folder to write: where its parent is missing, one sentence and nothing made."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from monitoring.cli import application, main
from monitoring.errors import UsageError
from tests.platforms import AGENCY

AT = ("--catalog", str(AGENCY.catalog))
WRITES = {
    ("adopt", "--write"): ("adopt", "--write", "FILE", *AT),
    ("ci check", "--code-quality"): ("ci", "check", "--code-quality", "FILE", *AT),
    ("ci docs", "--code-quality"): ("ci", "docs", "--code-quality", "FILE", *AT),
    ("ci plan", "--code-quality"): ("ci", "plan", "--code-quality", "FILE", *AT),
    ("ci reach", "--code-quality"): ("ci", "reach", "--code-quality", "FILE", *AT),
    ("ci review", "--code-quality"): ("ci", "review", "HEAD", "--code-quality", "FILE", *AT),
    ("ci reviewed-plan", "FILE"): ("ci", "reviewed-plan", "FILE"),
    ("docs", "--out"): ("docs", "--out", "FILE", *AT),
    ("incident new", "--out"): ("incident", "new", "platform-outage", "--out", "FILE", *AT),
    ("init", "DIR"): ("init", "FILE"),
    ("plan compare", "--pulumi-plan"): ("plan", "compare", "plan.json", "--pulumi-plan", "FILE"),
    ("plan save", "--terraform-report"): ("plan", "save", "plan.json", "--terraform-report", "FILE"),
    ("plan save", "FILE"): ("plan", "save", "FILE"),
    ("schema", "--write"): ("schema", "--write", "FILE"),
    ("site", "--out"): ("site", "--out", "FILE", *AT),
}
READS = {"--catalog", "--cwd", "--from", "--plan", "--runbooks", "NOW"}
"""Options and arguments of whatever command that name something to read."""
COMPLETED = {
    ("adopt", "--write"): AT,
    ("check", "--runbooks"): AT,
    ("ci", "review", "--catalog"): ("HEAD",),
    ("ci", "review", "--code-quality"): ("HEAD", *AT),
    ("ci", "review", "--runbooks"): ("HEAD", *AT),
    ("incident", "new", "--out"): ("platform-outage", *AT),
}
"""What a command needs beside the path, where it looks at that first."""
ALSO_READ = {("plan compare", "FILE"), ("health serve", "FILE"), ("ci up", "--pulumi-plan"), ("site", "--previous")}


def paths(command: Any, *words: str) -> set[tuple[str, str]]:
    """Every option and argument that names a path, with its command."""
    own = {
        (" ".join(words), name if name.startswith("-") else parameter.metavar)
        for parameter in command.params
        for name in parameter.opts[:1]
        if parameter.type_descriptor.annotation is Path
    }
    inner = getattr(command, "commands", {}).items()
    return own.union(*(paths(inside, *words, name) for name, inside in inner))


def test_every_path_that_is_written_is_tried_below() -> None:
    named = paths(typer.main.get_command(application()))
    assert {(command, word) for command, word in named - ALSO_READ if word not in READS} == WRITES.keys()


PATHS = sorted((*command.split(), word) for command, word in paths(typer.main.get_command(application())))


@pytest.mark.parametrize("words", PATHS, ids=" ".join)
def test_a_path_that_no_system_takes_is_one_sentence(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    *command, named = words
    typed = [*command, *COMPLETED.get((*command, named), ()), *([named] if named.startswith("-") else []), "x" * 300]
    monkeypatch.setattr(sys, "argv", ["monitoring", *typed])
    with pytest.raises(SystemExit) as ended:
        main()
    answer = capsys.readouterr()
    assert (ended.value.code, answer.err.count("\n")) == (2, 1), answer
    assert answer.err.startswith("error: ")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(name)) for name, words in WRITES.items()])
def test_a_missing_parent_is_refused_before_anything_else(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(application(words[:1]), [word.replace("FILE", "nope/x.json") for word in words])
    assert isinstance(run.exception, UsageError)
    assert 'there is no folder "nope"; create it first' in str(run.exception)
    assert os.listdir(tmp_path) == []
