"""Runs the checks over a catalog, subtracts what is waived, and makes sure that each check has looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from monitoring.checks._case import Case, Finding, Subjects, Watch
from monitoring.errors import CatalogError, Problem, Source
from monitoring.loader import uncollected
from monitoring.model.catalog import Catalog
from monitoring.model.platform import Waiver

LooksAt = Callable[[Case, Watch[Any]], Iterator[Finding]]
AT_HAND = 64
"""Rules that are looked at by every check before the next ones are: so many stay in a processor's cache."""
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


class _RuleByRule(NamedTuple):
    """The ids of the rules that checks are about, and what the checks found that look at one rule at a time."""

    rules: Mapping[Subjects, list[str]]
    findings: Mapping[str, list[Finding]]


def _examine(catalog: Catalog, today: date, runbooks: Mapping[str, str]) -> Report:
    case = Case(catalog, today, runbooks)
    seen = _rule_by_rule(case)
    examined = [_examined(name, case, seen) for name in check_names() if name != LAST]
    keys = {one.check: frozenset(finding.key for finding in one.findings) for one in examined}
    examined.append(_examined(LAST, replace(case, findings=keys), seen))
    return _judged(examined, _in_force(catalog, today))


def _rule_by_rule(case: Case) -> _RuleByRule:
    """Lets every check that can look at one rule at a time look at a few, and then at the next few.

    One check after the other over all rules would fetch each rule from memory as often as there are checks.
    """
    modules = {name: check_module(name) for name in check_names()}
    seen = _RuleByRule({one.ABOUT: [] for one in modules.values()}, {name: [] for name in modules})
    looking: dict[Subjects, list[tuple[LooksAt, list[Finding]]]] = {about: [] for about in seen.rules}
    for name, module in modules.items():
        if hasattr(module, "looks_at"):
            looking[module.ABOUT].append((module.looks_at, seen.findings[name]))
    for begin in range(0, len(case.watches), AT_HAND):
        some = case.watches[begin : begin + AT_HAND]
        for about, checks in looking.items():
            meant = [watch for watch in some if about.has(case, watch.rule)] if about.has else []
            seen.rules[about].extend(watch.rule.id for watch in meant)
            for looks_at, findings in checks:
                for watch in meant:
                    findings.extend(looks_at(case, watch))
    return seen


def _examined(name: str, case: Case, seen: _RuleByRule) -> Examined:
    module = check_module(name)
    about: Subjects = module.ABOUT
    looked_at: set[str] = set()
    findings = seen.findings[name]
    for one in module.looks(case) if hasattr(module, "looks") else ():
        if isinstance(one, Finding):
            findings.append(one)
        else:
            looked_at.add(one)
    names, rules = frozenset(about.names(case)), seen.rules[about]
    unseen = len(names - looked_at)
    if not hasattr(module, "looks_at"):
        unseen += len(frozenset(rules) - looked_at)
    there_are = len(names) + len(rules)
    return Examined(name, about.word, there_are, there_are - unseen, tuple(findings))


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


def require(catalog: Catalog, today: date, runbooks: Mapping[str, str]) -> Report:
    """The report on a catalog without problems; raises CatalogError with all of them where there are some."""
    report = examine(catalog, today, runbooks)
    if report.problems:
        raise CatalogError(report.problems)
    return report
