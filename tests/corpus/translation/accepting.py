"""The waivers of the corpus: what checks and the proof find in what a company has, accepted as it is there today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from monitoring.checks import examine
from monitoring.model.catalog import Catalog
from monitoring.model.platform import PROOF
from monitoring.reach.proof import prove_catalog
from tests.corpus.translation.company import company, runbooks
from tests.corpus.translation.losses import Translation

NOTHING_ACCEPTED = "waivers: []\nretired: {}\n"
HEAD = (
    "# Written by `python -m tests.corpus`: what is found in the corpus by a check of a closed list, or by the proof.\n"
)
ACCEPTED = {
    "fan-out": "as its monitor does today, whose tags nobody can list",
    "detection-known": "as its monitor does today, whose author knows how often the check runs",
    "acknowledgement-expires": "as its service does today",
    "reminder-throttle": "as its alert does today",
    "same-symptom": "as its alert does today",
    "personal-data": "as its alert does today",
    "rate-traffic": "as its alert does today",
    "can-fire": "as its alert does today",
    "uptime-regions": "as its test does today",
    "certificate-watched": "as its test does today",
    "consecutive-steps": "as its schedules do today",
    PROOF: "as its policy does today",
}
"""The checks whose findings are accepted, and why; any other finding is a mistake of the translation."""


def waivers_text(objects: Iterable[Translation], today: date) -> str:
    """The whole of waivers.yaml."""
    translated = tuple(objects)
    return accepting(company(translated, NOTHING_ACCEPTED), runbooks(translated), today)


def accepting(catalog: Catalog, books: Mapping[str, str], today: date) -> str:
    """The same for any catalog that accepts nothing yet, with its runbooks."""
    found = sorted({*_found(catalog, books, today), *_unproved(catalog, today)})
    return "\n".join([f"{HEAD}waivers:", *(_waiver(*each) for each in found), "retired: {}", ""])


def _waiver(check: str, finding: str) -> str:
    why = f'reason: "{ACCEPTED[check]}", owner: platform, expires: 2026-12-31'
    return f'  - {{check: {check}, finding: "{finding}", {why}}}'


def _found(catalog: Catalog, books: Mapping[str, str], today: date) -> Iterator[tuple[str, str]]:
    reported = examine(catalog, today, books).unwaived
    yield from ((each.check, each.finding.key) for each in reported if each.check in ACCEPTED)


def _unproved(catalog: Catalog, today: date) -> Iterator[tuple[str, str]]:
    proof = prove_catalog(catalog, environment="prod", today=today)
    yield from ((PROOF, witness.key) for witness in proof.witnesses)
