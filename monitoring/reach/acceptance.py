"""Which witnesses a waiver accepts: `check: reach`, and as finding a policy and a cause, optionally a rule.

The finding is the witness's key, `critical: nobody on call in primary`, for all rules that it concerns, or the key with
one rule behind it, `critical: nobody on call in primary: shop-failing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitoring.model.catalog import Catalog
from monitoring.model.platform import PROOF, Waiver
from monitoring.oncall.clock import DAY, midnight
from monitoring.reach.witness import Witness


@dataclass(frozen=True, slots=True)
class AcceptedWitness:
    """A witness, for the rules for which a waiver accepts it."""

    witness: Witness
    waiver: Waiver


@dataclass(frozen=True)
class Judged:
    """The witnesses that still speak against a promise, those that are accepted, and waivers that accept nothing."""

    witnesses: tuple[Witness, ...]
    accepted: tuple[AcceptedWitness, ...]
    unused: tuple[Waiver, ...]

    @property
    def by_rule(self) -> Mapping[str, Sequence[Witness]]:
        """The witnesses against each rule."""
        rules: defaultdict[str, list[Witness]] = defaultdict(list)
        for witness in self.witnesses:
            for rule in witness.rules:
                rules[rule].append(witness)
        return rules

    @property
    def accepted_by_rule(self) -> Mapping[str, Sequence[AcceptedWitness]]:
        """What is accepted for each rule."""
        rules: defaultdict[str, list[AcceptedWitness]] = defaultdict(list)
        for each in self.accepted:
            for rule in each.witness.rules:
                rules[rule].append(each)
        return rules


def waivers_in_force(catalog: Catalog, today: date) -> tuple[Waiver, ...]:
    """The waivers of witnesses that have not expired on a day."""
    return tuple(each for each in catalog.accepted.waivers if each.check == PROOF and today <= each.expires)


def accept(witnesses: Sequence[Witness], waivers: Sequence[Waiver]) -> Judged:
    """The witnesses, told apart by whether a waiver accepts them; one may be accepted for some of its rules."""
    by_finding = {waiver.finding: waiver for waiver in reversed(waivers)}
    left, accepted, used = list[Witness](), list[AcceptedWitness](), set[str]()
    for witness in witnesses:
        findings = {rule: _finding(witness, rule, by_finding) for rule in witness.rules}
        for finding in dict.fromkeys(finding for finding in findings.values() if finding):
            rules = tuple(rule for rule in witness.rules if findings[rule] == finding)
            accepted.append(AcceptedWitness(replace(witness, rules=rules), by_finding[finding]))
            used.add(finding)
        open_rules = tuple(rule for rule in witness.rules if not findings[rule])
        if open_rules:
            left.append(replace(witness, rules=open_rules))
    unused = tuple(waiver for waiver in waivers if waiver.finding not in used)
    return Judged(tuple(left), tuple(accepted), unused)


def _finding(witness: Witness, rule: str, waivers: Mapping[str, Waiver]) -> str:
    """The finding of the waiver that accepts a witness for a rule, empty where none does."""
    keys = (witness.key, f"{witness.key}: {rule}")
    return next((key for key in keys if key in waivers and _accepts(waivers[key], witness)), "")


def _accepts(waiver: Waiver, witness: Witness) -> bool:
    """Whether what a waiver names begins in its time: what only begins later is accepted by nobody yet."""
    return witness.is_acceptable_until(midnight(waiver.expires) + DAY)
