"""Every option that names a file or a folder to write: where its parent is missing, one sentence and nothing made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from monitoring.cli import application
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


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(name)) for name, words in WRITES.items()])
def test_a_missing_parent_is_refused_before_anything_else(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(application(words[:1]), [word.replace("FILE", "nope/x.json") for word in words])
    assert isinstance(run.exception, UsageError)
    assert 'there is no folder "nope"; create it first' in str(run.exception)
    assert os.listdir(tmp_path) == []
