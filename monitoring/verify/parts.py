"""The parts of a verification, made from the answers of the rooms that know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitoring.checks import CheckReport, check_names
from monitoring.errors import Problem
from monitoring.expectations import Comparison, forms
from monitoring.model.catalog import Catalog
from monitoring.reach.problems import proof_problems
from monitoring.reach.proof import Proof

NOTHING = "there is none, and nothing can be said of nothing"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: how many things it looked at, how many there are (counted apart), and what is wrong.

    `note` says more of what was looked at, `form` is text to be filled in, `unasked` says why nothing was looked at.
    """

    name: str
    looked_at: int
    there_are: int
    of: str
    problems: tuple[Problem, ...] = ()
    note: str = ""
    form: str = ""
    unasked: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong, and everything there is was looked at, and there is something."""
        return not self.problems and self.looked_at == self.there_are > 0

    @property
    def remark(self) -> str:
        """What is said beside the numbers: why nothing was looked at, else what else was counted."""
        return self.unasked or (self.note if self.there_are else NOTHING)


def unasked(name: str, there_are: int, of: str, why: str) -> Part:
    """A part that could not be looked at."""
    return Part(name, 0, there_are, of, unasked=why)


def checks_part(report: CheckReport, catalog: Catalog) -> Part:
    """Every check; one that looked at fewer than there are is a problem already."""
    whole = sum(examined.looked_at == examined.there_are for examined in report.examined)
    note = f"rules {len(catalog.rules)}, services {len(catalog.services)}, waived findings {len(report.waived)}"
    return Part("checks", whole, len(check_names()), "checks", report.problems, note)


def proof_part(proof: Proof, of_what: str) -> Part:
    """The proof over the catalog or over the Plan of one environment."""
    counts = proof.counts
    problems = tuple(sorted(proof_problems(proof)))
    note = f"{counts.wake} wake somebody; every instant of {(proof.end - proof.start) // 86_400} days"
    return Part(_proof_name(of_what, proof.environment), counts.rules, counts.rules_to_prove, "rules", problems, note)


def _proof_name(of_what: str, environment: str) -> str:
    return f"proof over the {of_what}, {environment}"


def golden_part(compared: int, environments: int, problems: Iterable[Problem]) -> Part:
    """The golden Plans, one for each environment."""
    return Part("golden Plans", compared, environments, "environments", tuple(problems))


def documents_part(looked_at: int, there_are: int, made: str, problems: Iterable[Problem]) -> Part:
    """The generated pages, parts of pages and templates, and the runbook of each rule."""
    note = f"{made}, the runbooks"
    return Part("documents", looked_at, there_are, "pages", tuple(problems), note)


def schemas_part(looked_at: int, there_are: int, problems: Iterable[Problem]) -> Part:
    """The JSON Schema of each kind of file."""
    return Part("schemas", looked_at, there_are, "schemas", tuple(problems))


def expectations_part(comparisons: Sequence[Comparison], catalog: Catalog) -> Part:
    """What was typed by hand: each rule that wakes somebody in some environment, and whatever else has an entry."""
    return Part(
        "expectations",
        sum(comparison.required_compared for comparison in comparisons),
        sum(comparison.required for comparison in comparisons),
        "rules that wake somebody",
        tuple(sorted(problem for comparison in comparisons for problem in comparison.problems)),
        note=f"{sum(comparison.compared for comparison in comparisons)} entries compared in all",
        form=forms(comparisons, catalog.shared_environment),
    )
