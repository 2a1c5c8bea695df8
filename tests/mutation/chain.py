"""What a user has against a damage, in the order in which it is met; the first guard that finds something is named.

A review says what a change of the catalog does to people. A golden Plan and a generated page are written by a command,
so a change of them alone is no proof: who writes them anew without reading has lost it. They are asked last, and what
only they find is counted apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from monitoring.checks import examine
from monitoring.docs import pages
from monitoring.errors import CatalogError
from monitoring.expectations import compare
from monitoring.expectations.reading import firing, policy_row, rule_row
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.model.expectation import Expectations
from monitoring.naming.type_tokens import ESCALATION_POLICY
from monitoring.oncall.clock import midnight
from monitoring.plan import Plan
from monitoring.preview.verify import verify
from monitoring.reach.plan.walk import prove_plan
from monitoring.reach.proof import Proof, prove_catalog
from monitoring.review.reviewing import review
from monitoring.review.risks import Risk
from tests.resources.every_signal import declared

TODAY = date(2026, 11, 23)
LOADER, CHECKS, PROOF = "loader", "checks", "reach"
FACTS, PLAN_PROOF, EXPECTED = "vendors' facts", "reach --plan", "expectations"
REVIEWED, PAGES, GOLDEN = "review", "documents", "golden"
GUARDS = (LOADER, CHECKS, PROOF, FACTS, PLAN_PROOF, EXPECTED, REVIEWED, PAGES, GOLDEN)
WRITTEN_BY_A_COMMAND = frozenset({PAGES, GOLDEN})
NOBODY = ""

Found = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Undamaged:
    """A catalog, its runbooks, and everything that is said of it; only what a damage adds to that is a finding."""

    catalog: Catalog
    runbooks: Mapping[str, str]

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """Every environment."""
        return tuple(self.catalog.platform.environments)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """What is declared, by environment."""
        return {name: declared(self.catalog, name, TODAY) for name in self.environments}

    @cached_property
    def expectations(self) -> Expectations:
        """What somebody has typed who expects of each rule and policy exactly what the undamaged Plans declare."""
        rows = {name: _rule_rows(self.catalog, plan) for name, plan in self.plans.items()}
        owner = self.catalog.shared_environment
        policies = {
            policy.name: policy_row(self.plans[owner], policy)
            for policy in self.plans[owner].of_type(ESCALATION_POLICY)
        }
        elsewhere = {name: {"rules": own} for name, own in rows.items() if name != owner}
        typed = {"policies": policies, "rules": rows[owner], "environments": elsewhere}
        return Expectations.model_validate_json(json.dumps(typed))

    # --- a damaged catalog -----------------------------------------------------------------------------------

    def guard_of_texts(self, texts: Mapping[str, bytes]) -> str:
        """The first guard that finds something in a catalog's files."""
        try:
            damaged = load_texts(texts)
        except CatalogError:
            return LOADER
        return self.guard_of_catalog(damaged)

    def guard_of_catalog(self, damaged: Catalog) -> str:
        """The first guard after the loader that finds something in a catalog, or in what is declared of it."""
        if _findings(damaged, self.runbooks) - self._findings:
            return CHECKS
        if self._unproved(damaged):
            return PROOF
        later = [self._guard_of_declared(damaged, name) for name in damaged.platform.environments]
        earliest = min(later, key=_place)
        if earliest not in WRITTEN_BY_A_COMMAND and earliest:
            return earliest
        if review(self.catalog, damaged, midnight(TODAY)).worst is not Risk.NONE:
            return REVIEWED
        return PAGES if dict(pages(damaged)) != self._pages else earliest

    @cached_property
    def _findings(self) -> Found:
        return _findings(self.catalog, self.runbooks)

    @cached_property
    def _witnessed(self) -> Mapping[str, Found]:
        proofs = {name: prove_catalog(self.catalog, environment=name, today=TODAY) for name in self.environments}
        return {name: _witnessed(proof) for name, proof in proofs.items()}

    @cached_property
    def _witnessed_in_plans(self) -> Mapping[str, Found]:
        return {
            name: _witnessed(prove_plan(plan, self.catalog, environment=name, today=TODAY))
            for name, plan in self.plans.items()
        }

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        return dict(pages(self.catalog))

    def _unproved(self, damaged: Catalog) -> bool:
        return any(
            _witnessed(prove_catalog(damaged, environment=name, today=TODAY)) - self._witnessed.get(name, frozenset())
            for name in damaged.platform.environments
        )

    def _guard_of_declared(self, damaged: Catalog, environment: str) -> str:
        return self.guard_of_plan(declared(damaged, environment, TODAY), environment, damaged)

    # --- a damaged Plan --------------------------------------------------------------------------------------

    def guard_of_plan(self, plan: Plan, environment: str, promised: Catalog | None = None) -> str:
        """The first guard that finds something in a Plan that is to keep what a catalog promises."""
        catalog = promised or self.catalog
        if verify(plan):
            return FACTS
        proof = prove_plan(plan, catalog, environment=environment, today=TODAY)
        if _witnessed(proof) - self._witnessed_in_plans.get(environment, frozenset()):
            return PLAN_PROOF
        if compare(replace(catalog, expectations=self.expectations), plan, environment, TODAY).problems:
            return EXPECTED
        return GOLDEN if plan != self.plans.get(environment) else NOBODY


def _place(guard: str) -> int:
    """Where a guard stands in the order; nobody stands last."""
    return GUARDS.index(guard) if guard else len(GUARDS)


def _rule_rows(catalog: Catalog, plan: Plan) -> Mapping[str, object]:
    account = catalog.platform.slack_account
    return {name: rule_row(plan, resources, account) for name, resources in firing(plan).items()}


def _findings(catalog: Catalog, runbooks: Mapping[str, str]) -> Found:
    report = examine(catalog, TODAY, runbooks)
    return frozenset((judged.check, judged.finding.key) for judged in report.unwaived)


def _witnessed(proof: Proof) -> Found:
    return frozenset((f"{witness.hop}: {witness.why}", rule) for witness in proof.witnesses for rule in witness.rules)
