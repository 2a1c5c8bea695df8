"""What the checks refuse of a change: problems that the new catalog has and the old one has not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitoring.checks import Reported, all_checks, examine
from monitoring.model.service import Rule
from monitoring.oncall.clock import utc
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.effects import Effect
from monitoring.review.risks import EffectKind

WAIVERS = "waivers"
"""The check that has to know what all others report."""
OF_NO_TEXT = frozenset(
    {"schedule", "role", "maintenance", "waiver", "retired", "expectation", "expected-policy"},
)
"""Kinds of entries of which nothing stands in a text that is sent for a rule."""
Runbooks = Mapping[str, str]


def check_effects(compared: ComparedCatalogs, old_runbooks: Runbooks, new_runbooks: Runbooks) -> Iterator[Effect]:
    """One for each problem that is new; both sides are looked at on the day of the change.

    Only the new side is looked at as a whole. What is sent for rules of which no word differs is left out, because it
    is what it was, and the old side is asked only by the checks that report something.
    """
    if not compared.differences and old_runbooks == new_runbooks:
        return
    reported = _reported(compared, new_runbooks)
    known = set(_known(compared, old_runbooks, {each.check for each in reported}))
    for each in sorted(reported, key=lambda each: each.problem):
        if (each.check, each.finding.key) not in known:
            yield _effect(each)


def _reported(compared: ComparedCatalogs, runbooks: Runbooks) -> tuple[Reported, ...]:
    today = utc(compared.at).date()
    rules = changed_texts(compared)
    reported = examine(compared.after, today, runbooks, text_rules=rules).unwaived
    if rules is not None and any(each.check == WAIVERS for each in reported):
        return examine(compared.after, today, runbooks).unwaived  # a waiver may be of a text that was left out
    return reported


def _known(compared: ComparedCatalogs, runbooks: Runbooks, names: set[str]) -> Iterator[tuple[str, str]]:
    """What these checks report of the old catalog, in the names of the new one."""
    checks = all_checks() if WAIVERS in names else [each for each in all_checks() if each.name in names]
    if checks and names:
        for each in examine(compared.before, utc(compared.at).date(), runbooks, checks).unwaived:
            name, colon, rest = each.finding.key.partition(": ")
            yield each.check, f"{_goes_on_as(compared, name)}{colon}{rest}"


def _goes_on_as(compared: ComparedCatalogs, name: str) -> str:
    return next((new for (_, old), new in compared.renamed.items() if old == name), name)


def changed_texts(compared: ComparedCatalogs) -> frozenset[str] | None:
    """The rules for which another text may be sent than before; None where it may be for all."""
    kinds = {each.place[0] for each in compared.differences} - OF_NO_TEXT
    if not kinds <= {"rule", "rule-service"}:
        return None
    changed = {each.place[1] for each in compared.differences if each.place[0] in kinds}
    rules = (rule for _, rule in compared.after.rules.values())
    return frozenset(changed | {rule.id for rule in rules if changed.intersection(_named_in(rule))})


def _named_in(rule: Rule) -> Iterable[str]:
    """The rules that a rule names, so that their words may stand in its texts."""
    return (*rule.same_symptom_as, *rule.signal.parts)


def _effect(reported: Reported) -> Effect:
    problem = reported.problem
    where = f"{problem.where}: " if problem.where else ""
    return Effect(
        kind=EffectKind.CHECK_FAILS,
        subject=f"{reported.check}: {reported.finding.key}",
        sentence=f"the check {reported.check} finds: {where}{problem.what}",
        source=problem.source,
    )
