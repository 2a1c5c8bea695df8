"""A proof as problems, with the place of each, the gravest rule first."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.errors import Problem, Source
from monitoring.model.platform import PROOF
from monitoring.reach.proof import Proof
from monitoring.reach.witness import concerned


def proof_problems(proof: Proof) -> tuple[Problem, ...]:
    """A problem for each witness; one where the proof is of too few rules."""
    return tuple(_problems(proof))


def _problems(proof: Proof) -> Iterator[Problem]:
    ranks = {proved.path.rule: proved.path.severity.rank for proved in proof.rules}
    for witness in sorted(proof.witnesses, key=lambda witness: min(ranks.get(rule, 0) for rule in witness.rules)):
        where = f"{concerned(witness)} in {proof.environment}"
        yield Problem(witness.source, where, f"at the hop {witness.hop}: {witness.why}", witness.fix, PROOF)
    if not proof.counts.rules_to_prove:
        what, remedy = "no rule acts in it, so nothing is proved", "let a rule act in it, or take it out"
        yield Problem(Source("platform.yaml"), f"environment {proof.environment}", what, remedy, PROOF)
    elif not proof.whole:
        looked = f"{proof.counts.rules} of {proof.counts.rules_to_prove} rules looked at"
        yield Problem(Source("platform.yaml"), f"environment {proof.environment}", looked, "report this", PROOF)
