"""What no command takes is one plain sentence: no word of the parser's and none of pydantic's, exit code 2."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import typer.main

from monitoring.cli import application
from tests.cli.story import Story, play

FOREIGN = re.compile(r"Usage:|Invalid|Value error|Input should|Error|unable|parse|requires|Got |No such|Missing|[╭╰│]")


def commands(command: Any, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    inner = getattr(command, "commands", {})
    if not inner:
        yield words, command
    for name, inside in inner.items():
        yield from commands(inside, *words, name)


def wrong_words(parameters: list[Any]) -> Iterator[tuple[str, ...]]:
    """Wrong words for a command: a value of each closed word and number, an option without one, a flag with one."""
    yield ("--no-such-option",)
    for parameter in parameters:
        option, kind = str(parameter.opts[0]), parameter.type_descriptor.annotation
        if not option.startswith("--") or option in ("--help", "--version"):
            continue
        if kind is bool:
            yield (f"{option}=1",)
            continue
        yield (option,)
        if kind in (int, float) or (isinstance(kind, type) and issubclass(kind, Enum)):
            yield (option, "x")


CASES = [
    " ".join((*words, *mistake))
    for words, command in commands(typer.main.get_command(application()))
    for mistake in wrong_words(command.params)
]


def answer(words: str, folder: Path) -> str:
    """What is said on standard error; fails unless it is one plain sentence."""
    given = play(Story("", f"monitoring {words}", 2, {}), folder, {})
    assert (given.exit, given.stdout, given.stderr.count("\n")) == (2, "", 1), given
    assert given.stderr.startswith("error: ")
    assert not FOREIGN.search(given.stderr), given.stderr
    return given.stderr.removeprefix("error: ").rstrip("\n")


EMPTY = [
    (*words, option, "")
    for words, command in commands(typer.main.get_command(application()))
    for option in (str(parameter.opts[0]) for parameter in command.params)
    if option.startswith("--") and option not in ("--help", "--version")
]


@pytest.mark.parametrize("words", EMPTY, ids=[" ".join(words).strip() for words in EMPTY])
def test_an_option_whose_value_is_empty_is_never_left_out(words: tuple[str, ...], tmp_path: Path) -> None:
    remedy = "is empty; write a value, or leave it out (a variable of the shell may not be set)"
    assert answer(shlex.join(words), tmp_path) == f"{words[-2]} {remedy}"
    assert answer(f"{shlex.join(words[:-1])}=", tmp_path) == f"{words[-2]} {remedy}"


@pytest.mark.parametrize("words", ["show ''", "init ''", "plan save ''", "schedule '' swap ana ben --from 2027-01-04"])
def test_an_empty_word_is_no_name_and_no_folder(words: str, tmp_path: Path) -> None:
    assert answer(words, tmp_path).startswith("a word is empty; write a value")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", CASES)
def test_a_wrong_word_is_one_plain_sentence(words: str, tmp_path: Path) -> None:
    assert "; " in answer(words, tmp_path)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(
            "check --format pdf",
            '--format: "pdf" is not one of text, json, github; write it like --format text',
            id="a value that is none of some",
        ),
        pytest.param(
            "schedule primary swap ana --from 2027-01-04 --layer x",
            '--layer: "x" is not a whole number; write it like --layer 2',
            id="a word for a number",
        ),
        pytest.param(
            "reach --without sentry --without slak",
            '--without: "slak" is not one of sentry, datadog, pagerduty, slack; write it like --without sentry',
            id="one of several values that is none of some",
        ),
        pytest.param(
            "schedule primary exchange ana --from 2027-01-04",
            'ACTION: "exchange" is not one of add, remove, reorder, swap, cover; write it like add',
            id="an argument that is none of some",
        ),
        pytest.param(
            "ci review",
            "monitoring ci review needs BASE (the revision that the change goes to: HEAD^1); "
            "monitoring ci review --help shows what it takes",
            id="a word too few",
        ),
        pytest.param(
            "oncall prod",
            'monitoring oncall takes no further word, and "prod" is one; monitoring oncall --help shows what it takes',
            id="a word too many",
        ),
        pytest.param("lst", 'monitoring has no command "lst"; did you mean "list"?', id="a command with a slip"),
        pytest.param("plan saved", 'monitoring plan has no command "saved"; did you mean "save"?', id="one below"),
        pytest.param(
            "drill --outag api", 'monitoring drill has no option "--outag"; did you mean "--outage"?', id="an option"
        ),
        pytest.param(
            "ci up --limit soon", '--limit: "soon" is not a length of time; write it like 20m', id="no length of time"
        ),
    ],
)
def test_the_sentence_says_what_to_write(words: str, sentence: str, tmp_path: Path) -> None:
    assert answer(words, tmp_path) == sentence
