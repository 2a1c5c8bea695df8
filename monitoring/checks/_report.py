"""Runs the checks over a catalog, subtracts what is waived, and makes sure that each check has looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from monitoring.checks._check import Check
from monitoring.checks._context import Context, Finding
from monitoring.checks._registry import all_checks
from monitoring.collector import gc_paused
from monitoring.errors import CatalogError, Problem, Source
from monitoring.loader import PartialCatalog, is_about
from monitoring.model.catalog import Catalog
from monitoring.model.platform import Waiver

RUNS_LAST = "waivers"
"""The check that needs to know what the others report."""
UNUSED = "unused"
"""The check that needs to know every entry."""


class Reported(NamedTuple):
    """A finding with the check that made it."""

    check: str
    finding: Finding

    @property
    def problem(self) -> Problem:
        """As a problem, ready to be printed."""
        return self.finding.problem(self.check)


class Examined(NamedTuple):
    """What one check was about, how many of it there are, how many of these it looked at, and what it found.

    `uncounted` is how many it looked at that are none of these.
    """

    check: str
    word: str
    there_are: int
    looked_at: int
    uncounted: int
    findings: tuple[Finding, ...]

    def coverage_problems(self) -> Iterator[Reported]:
        """A problem where the check looked at fewer than it counts, and one where it counts fewer than it looked at."""
        if self.looked_at < self.there_are:
            what = f"looked at {self.looked_at} of {self.there_are} {self.word}"
            yield self._coverage("blind", what, "mend the check, so that it looks at each")
        if self.uncounted:
            what = f"counts {self.there_are} {self.word}, and looked at {self.uncounted} that are none of these"
            yield self._coverage("uncounted", what, "mend the count, so that it names each")

    def _coverage(self, key: str, what: str, remedy: str) -> Reported:
        return Reported(self.check, Finding(key, Source("catalog"), f'check "{self.check}"', what, remedy))


@dataclass(frozen=True)
class CheckReport:
    """The answer of all checks: what is wrong, what is accepted, and how much was looked at."""

    examined: tuple[Examined, ...]
    unwaived: tuple[Reported, ...]
    waived: tuple[tuple[Reported, Waiver], ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong and not accepted, sorted by place."""
        return tuple(sorted({reported.problem for reported in self.unwaived}))


def examine(
    catalog: Catalog,
    today: date,
    runbooks: Mapping[str, str],
    checks: Sequence[Check] | None = None,
    text_rules: frozenset[str] | None = None,
) -> CheckReport:
    """What every check, or each of those given, says of a catalog on a day.

    Where `text_rules` are given, the texts that are sent for other rules are not made, and so not looked at.
    """
    with gc_paused():
        context = Context(catalog, today, runbooks, text_rules=text_rules)
        examined = _examined(all_checks() if checks is None else checks, context)
        return _report(examined, _in_force(catalog, today))


def _examined(checks: Sequence[Check], context: Context) -> tuple[Examined, ...]:
    names = {about: frozenset(about.names(context)) for about in {check.about for check in checks}}
    first = [_answer(check, context, names[check.about]) for check in checks if check.name != RUNS_LAST]
    keys = {answer.check: frozenset(finding.key for finding in answer.findings) for answer in first}
    knowing = replace(context, reported=keys)
    last = [_answer(check, knowing, names[check.about]) for check in checks if check.name == RUNS_LAST]
    return (*first, *last)


def _answer(check: Check, context: Context, names: frozenset[str]) -> Examined:
    subjects: set[str] = set()
    findings: list[Finding] = []
    for subject_or_finding in check.look(context):
        if isinstance(subject_or_finding, Finding):
            findings.append(subject_or_finding)
        else:
            subjects.add(subject_or_finding)
    return Examined(
        check=check.name,
        word=check.about.word,
        there_are=len(names),
        looked_at=len(names & subjects),
        uncounted=len(subjects - names),
        findings=tuple(findings),
    )


def _in_force(catalog: Catalog, today: date) -> Mapping[tuple[str, str], Waiver]:
    waivers = catalog.accepted.waivers
    return {
        (waiver.check, waiver.finding): waiver
        for waiver in waivers
        if today <= waiver.expires and waiver.check != RUNS_LAST
    }


def _report(examined: tuple[Examined, ...], waivers: Mapping[tuple[str, str], Waiver]) -> CheckReport:
    unwaived: list[Reported] = []
    waived: list[tuple[Reported, Waiver]] = []
    for answer in examined:
        unwaived.extend(answer.coverage_problems())
        for finding in answer.findings:
            reported, waiver = Reported(answer.check, finding), waivers.get((answer.check, finding.key))
            if waiver:
                waived.append((reported, waiver))
            else:
                unwaived.append(reported)
    return CheckReport(examined, tuple(unwaived), tuple(waived))


def foreseen_problems(partial: PartialCatalog, today: date, runbooks: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is wrong with a catalog that has mistakes, and what the checks will say once these are mended.

    Nothing is said of an entry in which an example stands for what the reader will write, and of no other entry that
    nothing uses it: what is written there may.
    """
    if partial.catalog is None:
        return partial.problems
    later = [each for each in examine(partial.catalog, today, runbooks).problems if not is_about(each, partial.guessed)]
    known = [problem for problem in later if problem.check != UNUSED or not partial.guessed]
    return (*partial.problems, *known)


def require_no_problems(catalog: Catalog, today: date, runbooks: Mapping[str, str]) -> CheckReport:
    """The report on a catalog without problems; raises CatalogError with all of them where there are some."""
    report = examine(catalog, today, runbooks)
    if report.problems:
        raise CatalogError(report.problems)
    return report
