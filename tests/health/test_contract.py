"""The contract as data: whoever asserts on it can assert nothing that the endpoint never says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from monitoring.health import contract
from monitoring.health.contract import Component, Question, Status

COMPONENTS = (Component("database", critical=True), Component("auth", critical=True), Component("third-party"))


SAYS = [
    pytest.param(Question.LIVENESS, {200}, {"pass"}, set(), set(), id="liveness says pass of no component"),
    pytest.param(
        Question.READINESS,
        {200, 503},
        {"pass", "warn", "fail"},
        {"database", "auth"},
        {"database", "auth"},
        id="readiness speaks of the critical components only",
    ),
    pytest.param(
        Question.FULL,
        {200, 503},
        {"pass", "warn", "fail"},
        {"database", "auth", "third-party"},
        {"database", "auth"},
        id="full speaks of all, and a third party does not turn it red",
    ),
]


@pytest.mark.parametrize(("question", "statuses", "overall", "components", "red"), SAYS)
def test_says(question: Question, statuses: set[int], overall: set[str], components: set[str], red: set[str]) -> None:
    answer = contract.expected_answer(question, COMPONENTS)
    assert answer.statuses == statuses
    assert answer.overall == overall
    assert answer.component_paths.keys() == components
    assert answer.turns_red == red


def test_without_a_critical_component_full_never_fails() -> None:
    assert contract.expected_answer(Question.FULL, [Component("stripe")]).statuses == {200}


OVERALL = [
    pytest.param([], Status.PASS, id="nothing asked passes"),
    pytest.param([(True, "pass"), (False, "pass")], Status.PASS, id="all pass"),
    pytest.param([(True, "pass"), (False, "warn")], Status.WARN, id="a warning warns"),
    pytest.param([(True, "warn"), (False, "pass")], Status.WARN, id="a critical warning warns"),
    pytest.param([(True, "pass"), (False, "fail")], Status.WARN, id="a third party's fail only warns"),
    pytest.param([(True, "fail"), (False, "pass")], Status.FAIL, id="a critical fail fails"),
]


@pytest.mark.parametrize(("parts", "status"), OVERALL)
def test_overall(parts: list[tuple[bool, str]], status: Status) -> None:
    statuses = [(Component(f"part-{n}", critical), Status(word)) for n, (critical, word) in enumerate(parts)]
    assert contract.overall(statuses) is status


PATHS = [
    pytest.param("database", "$.checks.database[0].status", id="a plain name"),
    pytest.param("third-party", "$.checks['third-party'][0].status", id="a name with a hyphen is quoted"),
]


@pytest.mark.parametrize(("component", "path"), PATHS)
def test_json_path(component: str, path: str) -> None:
    assert contract.json_path(component) == path


def test_every_question_has_its_paths() -> None:
    assert contract.paths(Question.LIVENESS) == ("/api/health?type=liveness", "/livez")
    assert contract.paths(Question.READINESS) == ("/api/health?type=readiness", "/readyz", "/api/health")
    assert contract.paths(Question.FULL) == ("/api/health?type=full",)


def test_the_contract_needs_the_standard_library_only() -> None:
    code = (
        "import sys, monitoring.health.contract; print([m for m in ('starlette','httpx','anyio') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
