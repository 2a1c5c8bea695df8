"""One story of the command line, told in one text file: what is typed, what lies there, what is answered.

    A sentence on what the story shows.
    $ monitoring check --catalog catalog
    exit 1
    -- stdout --
    what is expected there; [..] stands for anything in a line, a line [...] for any lines
    -- catalog/teams.yaml --
    a file that lies there before

ENDPOINT stands for a health endpoint that listens (tests/cli/listening.py), AGENCY for a large platform's catalog.
A file that begins with #! is a program that the command may run, such as an engine in .pulumi/bin/pulumi.
`catalog/` holds the small catalog of tests/factories.py, as far as the story brings no file of its own. A part that is
not there is empty. `python -m tests.cli.story` writes what is answered now into every story.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from monitoring.cli import main
from tests.cli.listening import endpoint
from tests.factories import TEXTS
from tests.platforms import AGENCY

STORIES = Path(__file__).parent / "stories"
SMALL_CATALOG = {f"catalog/{name}": text for name, text in TEXTS.items()}
TERMINAL = {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
KEPT = ("HOME", "PATH", "LANG", "VIRTUAL_ENV")  # and nothing else: a token here would ask a vendor
_PART = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Story:
    """What a file tells."""

    about: str
    command: str
    exit: int
    parts: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    exit: int
    stdout: str
    stderr: str


def read(path: Path) -> Story:
    """The story in a file."""
    head, *parts = _PART.split(path.read_text(encoding="utf-8"))
    about, command, code = head.strip().rsplit("\n", 2)
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    return Story(about, command.removeprefix("$ "), int(code.removeprefix("exit ")), texts)


def play(story: Story, folder: Path, lying_there: Mapping[str, str] = SMALL_CATALOG) -> Answer:
    """What the story's command answers in a folder with the story's files."""
    texts = dict(lying_there) | dict(story.parts)
    for name in texts.keys() - {"stdout", "stderr"}:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(texts[name], encoding="utf-8")
        (folder / name).chmod(0o755 if texts[name].startswith("#!") else 0o644)
    program, *arguments = shlex.split(story.command)
    assert program == "monitoring"
    arguments = [str(AGENCY.catalog) if word == "AGENCY" else word for word in arguments]
    environ = {name: os.environ[name] for name in KEPT if name in os.environ} | TERMINAL
    with mock.patch.dict(os.environ, environ, clear=True), contextlib.ExitStack() as stack:
        if "ENDPOINT" in arguments:
            url = stack.enter_context(endpoint())
            arguments = [url if one == "ENDPOINT" else one for one in arguments]
        answer = _here(arguments, folder)
    return Answer(answer.exit, _tidy(answer.stdout), _tidy(answer.stderr))


def _here(arguments: list[str], folder: Path) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with (
        contextlib.chdir(folder),
        mock.patch.object(sys, "argv", ["monitoring", *arguments]),
        mock.patch.object(sys.modules["__main__"], "__package__", None),  # else the usage line names pytest
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int)
    return Answer(code, out.getvalue(), err.getvalue())


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in _STYLE.sub("", text).strip("\n").splitlines()]
    return "".join(f"{line}\n" for line in lines)


def agrees(expected: str, text: str) -> bool:
    """Whether a text is the one expected, where `[..]` and `[...]` stand for what may be anything."""
    pattern = re.escape(expected).replace(re.escape("[...]\n"), r"(?:.*\n)*").replace(re.escape("[..]"), ".*")
    return re.fullmatch(pattern, text) is not None


def written(story: Story, answer: Answer) -> str:
    """The story's file with another answer; a part that agrees, or that was written with gaps, stays as it is."""
    parts = dict(story.parts)
    for name, text in (("stderr", answer.stderr), ("stdout", answer.stdout)):
        expected = parts.pop(name, "")
        kept = bool(expected) and ("[.." in expected or agrees(expected, text))
        if kept or text:
            parts = {name: expected if kept else _anywhere(text)} | parts
    told = "".join(f"-- {name} --\n{text}" for name, text in parts.items())
    return f"{story.about}\n$ {story.command}\nexit {answer.exit}\n{told}"


def _anywhere(text: str) -> str:
    """An answer with a gap where this machine's folders stand in it."""
    return text.replace(f"{AGENCY.root.parent}/", "[..]")


def write() -> None:
    """Writes into every story what is answered now, and names those that somebody has to correct by hand."""
    for path in sorted(STORIES.glob("*.txt")):
        with tempfile.TemporaryDirectory() as folder:
            answer = play(read(path), Path(folder))
        path.write_text(written(read(path), answer), encoding="utf-8")
        story = read(path)
        if not all(agrees(story.parts.get(name, ""), getattr(answer, name)) for name in ("stdout", "stderr")):
            print(f"{path}: what is expected has gaps; correct it by hand")


if __name__ == "__main__":
    write()
