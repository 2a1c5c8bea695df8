"""Small changes of a shipped catalog, each with what a command answers to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.findings.changes import Change, apply
from tests.findings.running import Answer, run

TODAY = ("--today", "2026-11-23")
THURSDAY = ("oncall", "--at", "2026-11-26 12:00")
API, PAYMENTS = "catalog/services/api.yaml", "catalog/services/payments.yaml"
ONCALL, PLATFORM = "catalog/oncall.yaml", "catalog/platform.yaml"
PRIMARY, SECONDARY = "people: [ana, ben, chi, dee]}", "people: [chi, dee, ana, ben]}"
MAX = "  max:\n    name: Max New\n    email: max@youragency.com\n    time-zone: Europe/Berlin\n    contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}\n"  # noqa: E501
LOU = "  lou:\n    name: Lou Example\n"
SLOW, SLOWER = "      over: 10m\n      above: 2s\n", "      over: 30m\n      above: 2s\n"
DAYS_LEFT = """  metrics:
    synthetics.ssl.days_left:
      {unit: "", kind: gauge, interval: 60s, sent-by: somebody told me so, tags: {env: {values: [prod, staging]}}}
"""
A_JOB = 'cron: {project: web, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}'
A_CERTIFICATE = "metric: {min: synthetics.ssl.days_left, over: 10m, below: 14, when-silent: resolve}"
RUNBOOK = "# Something new\n\n## Meaning\n\nm\n\n## Impact\n\ni\n\n## Diagnosis\n\nd\n\n## Mitigation\n\nm\n"


class Question(NamedTuple):
    """Changes, a command, its exit code, and what its answer says, line breaks aside."""

    changes: tuple[Change, ...]
    command: tuple[str, ...]
    code: int
    says: str


def a_rule(severity: str, signal: str, file: str) -> tuple[Change, Change]:
    """A new rule with its runbook."""
    text = (
        f"\n  - id: new-one\n    title: Something new\n    severity: {severity}\n    means: It fails.\n    {signal}\n"
    )
    return Change(file, "", text), Change("docs/runbooks/new-one.md", "", RUNBOOK)


def ask(root: Path, question: Question) -> Answer:
    apply(root, question.changes)
    command, *words = question.command
    today = () if command in ("oncall", "docs") else TODAY
    return run(command, "--catalog", str(root / "catalog"), *words, *today)


HIRED = (
    Change(ONCALL, LOU, MAX + LOU),
    Change(ONCALL, PRIMARY, "people: [ana, ben, chi, dee, max]}"),
    Change(ONCALL, SECONDARY, "people: [chi, dee, max, ana, ben]}"),
)
BEGUN = (
    Change(ONCALL, LOU, MAX + LOU),
    Change(
        ONCALL,
        f'      - {{anchor: "2026-01-05 09:00", turn: 1w, {PRIMARY}\n',
        f'      - {{anchor: "2026-01-05 09:00", turn: 1w, {PRIMARY.replace("}", "")}, until: "2026-11-30 09:00"}}\n'
        '      - {anchor: "2026-11-30 09:00", turn: 1w, people: [dee, max, ana, ben, chi]}\n',
    ),
)
TURNED = (
    Change(ONCALL, PRIMARY, "people: [ben, chi, dee, ana]}"),
    Change(ONCALL, SECONDARY, "people: [dee, ana, ben, chi]}"),
)
THIRD = "- {ask: [secondary], escalate-after: 10m}\n      - {ask: [lead], escalate-after: 15m}"
TITLE = "    title: Primary\n"

ANSWERS = {
    "slow-signal": Question((Change(API, SLOW, SLOWER),), ("preview",), 1, "up to 31m (30m of values, evaluated every"),
    "slow-signal, of the proof": Question((Change(API, SLOW, SLOWER),), ("reach",), 1, "write over: 10m"),
    "a signal at the edge of its promise": Question(
        (Change(API, SLOW, "      over: 14m\n      above: 2s\n"),), ("reach",), 0, "18 of 18 rules looked at"
    ),
    "hire-naive": Question(HIRED, THURSDAY, 0, "primary ben Mon 2026-11-30 09:00 CET chi"),
    "a hire from a date on": Question(BEGUN, THURSDAY, 0, "primary chi Mon 2026-11-30 09:00 CET dee"),
    "rotation-reordered": Question(TURNED, THURSDAY, 0, "primary dee Mon 2026-11-30 09:00 CET ana"),
    "as it was before": Question((), THURSDAY, 0, "primary chi Mon 2026-11-30 09:00 CET dee"),
    "target-no-team-member": Question(
        (Change(ONCALL, THIRD, THIRD.replace("lead", "eve")),), ("reach",), 0, "18 of 18 rules looked at"
    ),
    "a target who is nobody": Question(
        (Change(ONCALL, THIRD, THIRD.replace("lead", "zoe")),), ("check",), 1, 'no schedule or person is called "zoe"'
    ),
    "rich-schedule-title": Question(
        (Change(ONCALL, TITLE, "    title: 'Primary [/]'\n"),), ("list",), 1, 'write "Primary [ ]"'
    ),
    "a title with a colour": Question(
        (Change(ONCALL, TITLE, "    title: '[red]Primary'\n"),), ("list",), 0, "[red]Primary"
    ),
    "cron-in-the-skipped-hour": Question(
        a_rule("P3", f"{A_JOB}\n    environments: [prod]", PAYMENTS), ("check",), 0, "0 problems, 0 waived"
    ),
    "declared-metric-that-nobody-sends": Question(
        (Change(PLATFORM, "  metrics:\n", DAYS_LEFT), *a_rule("P2", A_CERTIFICATE, API)), ("check",), 0, "0 problems"
    ),
}


@pytest.mark.parametrize("question", ANSWERS.values(), ids=ANSWERS)
def test_the_command_answers(root: Path, question: Question) -> None:
    answer = ask(root, question)
    assert question.says in " ".join(answer.text.split())
    assert answer.code == question.code


MEANS = "    means: A function is close to the limit at which Vercel ends it in the middle of a request.\n"
HEADINGS = {
    "means-md-heading": "# Big heading",
    "a line under the sentence before": "--- Big heading",
    "a list of one": "1. Big heading",
}


@pytest.mark.parametrize("means", HEADINGS.values(), ids=HEADINGS)
def test_a_sentence_on_a_page_stays_a_sentence(root: Path, means: str) -> None:
    written = ask(root, Question((Change(API, MEANS, f"    means: '{means}'\n"),), ("docs",), 0, ""))
    pages = [page.read_text(encoding="utf-8") for page in root.rglob("docs/**/*.md")]
    lines = [line for page in pages for line in page.splitlines() if "Big heading" in line]
    assert written.code == 0
    assert lines
    assert [line for line in lines if re.match(r"\s{0,3}(#|---|1\.)", line)] == []
