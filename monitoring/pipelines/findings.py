"""Findings as a pipeline shows them: beside the lines of a change, in the job's summary, in GitLab's report."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from monitoring.errors import Problem, Source

MAX_ANNOTATIONS = 10
"""GitHub shows ten errors of a step and drops the others without a word (actions/toolkit issue 734)."""
MAX_SUMMARY_BYTES = 900_000
"""GitHub takes a summary of 1 MiB from a step; the rest is room for a heading."""


def annotated(problems: Sequence[Problem], *, rest: str) -> list[str]:
    """The workflow commands that GitHub shows beside the lines of a change, ten at most.

    Where there are more problems, the first nine and a tenth line that counts the others; `rest` says where they are.
    The paths of the problems are those of the repository.
    """
    if len(problems) <= MAX_ANNOTATIONS:
        return [_annotation(problem) for problem in problems]
    shown = problems[: MAX_ANNOTATIONS - 1]
    more = len(problems) - len(shown)
    return [*map(_annotation, shown), f"::error title=more problems::{_data(f'… and {more} more; {rest}')}"]


def notice(sentence: str) -> str:
    """The workflow command that shows a sentence without a line."""
    return f"::notice::{_data(sentence)}"


def summary(title: str, sentence: str, text: str = "") -> str:
    """A section of a job's summary as Markdown: a heading, one sentence, and a text of any length as it is."""
    block = f"\n{fenced(text)}" if text else ""
    return f"## {title}\n\n{sentence}\n{block}\n"


def fenced(text: str, *, limit: int = MAX_SUMMARY_BYTES) -> str:
    """A text as a block of Markdown in which nothing is interpreted; whole lines are left out where it is too long."""
    kept, left_out = _kept(text.splitlines(), limit)
    longest = max((len(run) for line in kept for run in re.findall(r"`{3,}", line)), default=2)
    fence = "`" * (longest + 1)
    more = f"\n… and {left_out} more lines.\n" if left_out else ""
    return "\n".join([f"{fence}text", *kept, fence]) + f"\n{more}"


class LineFinding(NamedTuple):
    """What GitLab shows beside one line of a merge request; `identity` is the text by which it knows it again.

    Source of the form and of `severity`: docs.gitlab.com/ci/testing/code_quality.
    """

    text: str
    check: str
    severity: str
    source: Source
    identity: str


def quality_report(issues: Iterable[LineFinding]) -> str:
    """The report from which GitLab shows issues beside the lines of a merge request, as JSON."""
    return json.dumps([_entry(issue) for issue in issues], indent=1, ensure_ascii=False) + "\n"


def code_quality(problems: Iterable[Problem]) -> str:
    """GitLab's report of problems."""
    return quality_report(map(_issue, problems))


def message(problem: Problem) -> str:
    """What is wrong and what to do, without the place."""
    text = "; ".join(part for part in (problem.what, problem.remedy) if part)
    return f"{problem.where}: {text}" if problem.where else text


def _kept(lines: Sequence[str], limit: int) -> tuple[list[str], int]:
    kept, size = [], 0
    for line in lines:
        size += len(line.encode()) + 1
        if size > limit:
            break
        kept.append(line)
    return kept, len(lines) - len(kept)


def _annotation(problem: Problem) -> str:
    line = f",line={problem.source.line}" if problem.source.line else ""
    place = f"file={_property(problem.source.file)}{line}"
    return f"::error {place},title={_property(problem.check)}::{_data(message(problem))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _issue(problem: Problem) -> LineFinding:
    text = message(problem)
    return LineFinding(
        text=text,
        check=problem.check,
        severity="major",
        source=problem.source,
        identity=f"{problem.source.file}\n{problem.check}\n{text}",
    )


def _entry(issue: LineFinding) -> dict[str, object]:
    return {
        "description": issue.text,
        "check_name": issue.check,
        "fingerprint": hashlib.sha256(issue.identity.encode()).hexdigest(),
        "severity": issue.severity,
        "location": {"path": issue.source.file, "lines": {"begin": max(issue.source.line, 1)}},
    }
