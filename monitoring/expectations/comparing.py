"""What was typed by hand, compared with what a Plan declares; each difference is a problem at its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from monitoring.errors import Problem, Source, printable
from monitoring.expectations.reading import firing, policy_row, rule_row
from monitoring.expectations.references import ReadingError, Row
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.expectation import EXPECTATIONS_FILE, Expectation
from monitoring.model.references import nearest
from monitoring.model.scalars import quoted
from monitoring.naming.type_tokens import ESCALATION_POLICY
from monitoring.plan import Plan, Resource

CHECK = "expectations"
REMEDY = "mend the one that is wrong"
FieldPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of one environment; `required` is counted over the catalog, the rest over what was compared."""

    environment: str
    rules: int
    required: int
    compared: int
    required_compared: int
    problems: tuple[Problem, ...]
    missing_rules: tuple[EffectiveRule, ...] = ()
    missing_policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Subject:
    """The Plan of an environment, and the catalog that says what it must be."""

    catalog: Catalog
    plan: Plan
    environment: str

    @property
    def expected(self) -> Mapping[str, Expectation]:
        """The entries of this environment."""
        return self.catalog.expected(self.environment)

    def path(self, rule: str) -> FieldPath:
        """Where a rule's entry stands, or would stand, in the file."""
        is_owner = self.environment == self.catalog.shared_environment
        return ("rules", rule) if is_owner else ("environments", self.environment, "rules", rule)

    def where(self, rule: str) -> str:
        """How messages name a rule."""
        own = f"rule {quoted(rule)}"
        return own if self.environment == self.catalog.shared_environment else f"{own} in {self.environment}"

    def problem(self, path: FieldPath, where: str, what: str, remedy: str = REMEDY) -> Problem:
        """A mistake at a place of the file."""
        known = self.catalog.at("expectations", "", *path)
        source = known if known.file == EXPECTATIONS_FILE else Source(EXPECTATIONS_FILE)
        return Problem(source, printable(where), what, remedy, CHECK)


def compare(catalog: Catalog, plan: Plan, environment: str, today: date) -> Comparison:
    """Every entry of an environment against its Plan, and each rule that wakes somebody against the entries."""
    subject = _Subject(catalog, plan, environment)
    rules = {rule.id: rule for rule in effective_rules(catalog, environment, today)}
    required = {name: rule for name, rule in rules.items() if rule.wakes}
    compared = subject.expected.keys() & rules.keys()
    missing = tuple(rule for name, rule in required.items() if name not in compared)
    paged = {rule.route.page for rule in required.values() if rule.route.page}
    policies = tuple(sorted(paged - catalog.expectations.policies.keys()))
    problems = (*_misplaced(subject), *_compared(subject, rules), *_missing(subject, missing, policies))
    return Comparison(
        environment,
        rules=len(rules),
        required=len(required),
        compared=len(compared),
        required_compared=len(compared & required.keys()),
        problems=tuple(sorted(problems)),
        missing_rules=missing,
        missing_policies=policies,
    )


def _compared(subject: _Subject, rules: Mapping[str, EffectiveRule]) -> Iterator[Problem]:
    yield from _rule_problems(subject, rules)
    yield from _policy_problems(subject)


def _misplaced(subject: _Subject) -> Iterator[Problem]:
    if subject.environment == subject.catalog.shared_environment in subject.catalog.expectations.environments:
        path, where = ("environments", subject.environment), f"environment {quoted(subject.environment)}"
        yield subject.problem(path, where, "owns what is shared", "move its entries to the rules at the top")


# --- rules -----------------------------------------------------------------------------------------------------


def _rule_problems(subject: _Subject, rules: Mapping[str, EffectiveRule]) -> Iterator[Problem]:
    resources = firing(subject.plan)
    for name, expectation in subject.expected.items():
        if name not in rules:
            what, remedy = "no such rule acts there", f"take the entry out, or mend its name: {nearest(name, rules)}"
            yield subject.problem(subject.path(name), subject.where(name), what, remedy)
        else:
            yield from _one_rule(subject, rules[name], expectation, resources.get(name, ()))


def _one_rule(
    subject: _Subject, rule: EffectiveRule, expectation: Expectation, resources: tuple[Resource, ...]
) -> Iterator[Problem]:
    path, where = subject.path(rule.id), subject.where(rule.id)
    if not resources:
        yield subject.problem(path, where, "the program declares nothing that fires for it")
        return
    try:
        declared = rule_row(subject.plan, resources, subject.catalog.platform.slack_account)
    except ReadingError as reason:
        yield subject.problem(path, where, f"what the program declares does not work: {reason}")
        return
    expected = _plain(expectation)
    if expectation.expects_to_wake and not rule.wakes:
        what = f"is expected to wake somebody, and as {rule.severity} it wakes nobody"
        yield subject.problem((*path, "page"), where, what, "change the entry, or the rule's severity or route")
        expected["page"] = declared["page"]  # said already
    yield from _differences(subject, path, where, expected, declared)


def _plain(entry: BaseModel) -> Row:
    return entry.model_dump(mode="python", by_alias=True)


def _differences(subject: _Subject, path: FieldPath, where: str, expected: Row, declared: Row) -> Iterator[Problem]:
    for inner, wanted, given in _unlike(expected, declared):
        what = f"{_shown(wanted)} is expected, and the program declares {_shown(given)}"
        spelled = ".".join(str(part + 1) if isinstance(part, int) else part for part in inner)
        yield subject.problem((*path, *inner), f"{where}: {spelled}", what)


def _unlike(expected: Any, declared: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any, Any]]:
    """Each place at which two values differ, with both; the order of plain texts in a list says nothing."""
    match expected, declared:
        case dict(), dict():
            for key in {**expected, **declared}:
                yield from _unlike(expected.get(key), declared.get(key), (*path, key))
        case (list() | tuple(), list() | tuple()) if _is_of_mappings(expected) and len(expected) == len(declared):
            for number, (wanted, given) in enumerate(zip(expected, declared, strict=True)):
                yield from _unlike(wanted, given, (*path, number))
        case (list() | tuple(), list() | tuple()) if not _is_of_mappings(expected) and not _is_of_mappings(declared):
            if sorted(expected) != sorted(declared):
                yield path, expected, declared
        case _:
            if expected != declared:
                yield path, expected, declared


def _is_of_mappings(values: list[Any] | tuple[Any, ...]) -> bool:
    return any(isinstance(value, dict) for value in values)


def _shown(value: Any) -> str:
    """A value as a message shows it, whole: two long queries may differ at their end."""
    if value is None or value in ([], ()):
        return "nothing"
    return printable(json.dumps(_simplest(value), ensure_ascii=False))


def _simplest(value: Any) -> Any:
    """The same without what is empty, and whole numbers as such."""
    if isinstance(value, dict):
        return {key: _simplest(inner) for key, inner in value.items() if inner not in (None, [], ())}
    if isinstance(value, list | tuple):
        return [_simplest(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


# --- policies --------------------------------------------------------------------------------------------------


def _policy_problems(subject: _Subject) -> Iterator[Problem]:
    """Differences of policies, in the environment whose Plan declares them."""
    if subject.environment != subject.catalog.shared_environment:
        return
    declared = {policy.name: policy for policy in subject.plan.of_type(ESCALATION_POLICY)}
    for name, expected in subject.catalog.expectations.policies.items():
        path, where = ("policies", name), f"policy {quoted(name)}"
        if name not in declared:
            yield subject.problem(path, where, "the program does not declare it")
            continue
        try:
            yield from _differences(subject, path, where, _plain(expected), policy_row(subject.plan, declared[name]))
        except ReadingError as reason:
            yield subject.problem(path, where, f"what the program declares does not work: {reason}")


# --- what nobody typed -----------------------------------------------------------------------------------------


def _missing(subject: _Subject, rules: tuple[EffectiveRule, ...], policies: tuple[str, ...]) -> Iterator[Problem]:
    remedy = "fill in its form from what you want, since an answer copied from the tool proves nothing"
    for rule in rules:
        path = subject.path(rule.id)
        yield subject.problem(path[:-1], subject.where(rule.id), "wakes somebody and has no entry", remedy)
    if subject.environment == subject.catalog.shared_environment:
        for name in policies:
            what = "is asked by a rule that wakes somebody and has no entry"
            yield subject.problem(("policies",), f"policy {quoted(name)}", what, remedy)
