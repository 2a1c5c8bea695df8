"""Runs the checks over a catalog, subtracts what is waived, and makes sure that each check has looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from monitoring.checks._case import Case, Finding
from monitoring.checks._runbooks import read_runbooks, runbooks_near
from monitoring.errors import CatalogError, Problem, Source
from monitoring.loader import uncollected
from monitoring.model.catalog import Catalog
from monitoring.model.platform import Waiver

LAST = "waivers"
"""The check that needs to know what the others have found."""


@cache
def check_names() -> tuple[str, ...]:
    """The names of all checks, sorted: one for each module of this package without a leading underscore."""
    stems = (path.stem for path in Path(__file__).parent.glob("*.py"))
    return tuple(sorted(stem.replace("_", "-") for stem in stems if not stem.startswith("_")))


@cache
def check_module(name: str) -> ModuleType:
    """The module of a check."""
    return import_module(f"monitoring.checks.{name.replace('-', '_')}")


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the check that made it."""

    check: str
    finding: Finding

    @property
    def problem(self) -> Problem:
        """As a problem, ready to be printed."""
        return self.finding.problem(self.check)


@dataclass(frozen=True, slots=True)
class Examined:
    """What one check was about, how many of it there are, how many it looked at, and what it found."""

    check: str
    word: str
    there_are: int
    looked_at: int
    findings: tuple[Finding, ...]

    def blindness(self) -> Iterator[Judged]:
        """A problem where the check looked at fewer than there are."""
        if self.looked_at < self.there_are:
            what = f"looked at {self.looked_at} of {self.there_are} {self.word}"
            remedy = "mend the check, so that it looks at each"
            yield Judged(self.check, Finding("blind", Source("catalog"), f'check "{self.check}"', what, remedy))


@dataclass(frozen=True)
class Report:
    """The answer of all checks: what is wrong, what is accepted, and how much was looked at."""

    examined: tuple[Examined, ...]
    unwaived: tuple[Judged, ...]
    waived: tuple[tuple[Judged, Waiver], ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong and not accepted, sorted by place."""
        return tuple(sorted({judged.problem for judged in self.unwaived}))


def examine(catalog: Catalog, today: date, runbooks: Mapping[str, str]) -> Report:
    """What every check says of a catalog on a day."""
    with uncollected():
        return _examine(catalog, today, runbooks)


def _examine(catalog: Catalog, today: date, runbooks: Mapping[str, str]) -> Report:
    case = Case(catalog, today, runbooks)
    examined = [_examined(name, case) for name in check_names() if name != LAST]
    keys = {one.check: frozenset(finding.key for finding in one.findings) for one in examined}
    examined.append(_examined(LAST, replace(case, findings=keys)))
    return _judged(examined, _in_force(catalog, today))


def _examined(name: str, case: Case) -> Examined:
    module = check_module(name)
    there_are = case.subjects(module.ABOUT)
    looked_at: set[str] = set()
    findings: list[Finding] = []
    for seen in module.looks(case):
        if isinstance(seen, Finding):
            findings.append(seen)
        else:
            looked_at.add(seen)
    return Examined(name, module.ABOUT.word, len(there_are), len(there_are & looked_at), tuple(findings))


def _in_force(catalog: Catalog, today: date) -> Mapping[tuple[str, str], Waiver]:
    waivers = catalog.accepted.waivers
    return {(one.check, one.finding): one for one in waivers if today <= one.expires and one.check != LAST}


def _judged(examined: list[Examined], waivers: Mapping[tuple[str, str], Waiver]) -> Report:
    unwaived: list[Judged] = []
    waived: list[tuple[Judged, Waiver]] = []
    for one in examined:
        unwaived.extend(one.blindness())
        for finding in one.findings:
            judged, waiver = Judged(one.check, finding), waivers.get((one.check, finding.key))
            if waiver:
                waived.append((judged, waiver))
            else:
                unwaived.append(judged)
    return Report(tuple(examined), tuple(unwaived), tuple(waived))


def require(catalog: Catalog, today: date, runbooks: Mapping[str, str] | None = None) -> Report:
    """The report on a catalog without problems; raises CatalogError with all of them where there are some.

    Without runbooks it reads those of the shipped catalog.
    """
    report = examine(catalog, today, read_runbooks(runbooks_near()) if runbooks is None else runbooks)
    if report.problems:
        raise CatalogError(report.problems)
    return report
