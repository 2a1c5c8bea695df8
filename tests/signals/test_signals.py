"""Each kind of signal is known wherever one has to be: a new one turns these red until it is whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

import pytest

from monitoring import wording
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.service import SIGNAL_KINDS
from monitoring.model.signals import Signal
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.plan import Plan
from tests.checks.good import report
from tests.conftest import TODAY
from tests.loader.test_broken import CASES as BROKEN
from tests.resources.every_signal import declared, every_signal
from tests.signals import CASES
from tests.signals.case import SignalCase, SuspectSignal

WORDS = [pytest.param(word, id=word) for word in SIGNAL_KINDS]
OF_ONE_QUERY = [word for word, kind in SIGNAL_KINDS.items() if issubclass(kind, QueryMonitor)]
QUEUE = 'query: {query: "avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3, when-silent: resolve}'


def rows(pick: Callable[[SignalCase], dict[str, Any]]) -> list[Any]:
    """Each key and value of a table of every case, with the key as the name of the test."""
    return [pytest.param(key, value, id=key) for case in CASES for key, value in pick(case).items()]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """A catalog with every signal."""
    return every_signal()


@pytest.fixture(scope="module")
def plan(catalog: Catalog) -> Plan:
    """What it declares in production."""
    return declared(catalog)


def test_a_rule_has_a_field_for_each_signal():
    assert set(SIGNAL_KINDS.values()) == set(get_args(Signal))


@pytest.mark.parametrize("word", WORDS)
def test_nothing_is_left_for_a_signal_to_answer(word: str):
    kind = SIGNAL_KINDS[word]
    assert not getattr(kind, "__abstractmethods__", ())
    assert getattr(kind, "__final__", False), "then mypy names each answer that is missing"
    assert hasattr(kind, "watcher")


@pytest.mark.parametrize("word", WORDS)
def test_a_signal_has_a_rule_among_those_of_every_signal(word: str, catalog: Catalog):
    assert word in {rule.signal_word for _, rule in catalog.each_rule()}


@pytest.mark.parametrize("word", WORDS)
def test_a_signal_is_refused_where_it_is_broken(word: str):
    assert any(re.search(rf'": {word}[.:]', case.says) for case in BROKEN)


@pytest.mark.parametrize("word", OF_ONE_QUERY)
def test_a_signal_over_one_query_has_a_module_of_its_rows(word: str):
    (case,) = (case for case in CASES if case.word == word)
    assert all([case.rules, case.queries, case.sentences, case.detected, case.broken, case.suspect])


@pytest.mark.parametrize(("name", "query"), rows(lambda case: dict(case.queries)))
def test_a_signal_becomes_a_monitor_over_this_query(name: str, query: str, plan: Plan):
    (monitor,) = (resource for resource in plan.resources if resource.name == name and resource.kind == "Monitor")
    assert monitor.inputs["query"] == query


@pytest.mark.parametrize(("name", "sentence"), rows(lambda case: dict(case.sentences)))
def test_a_signal_says_when_it_fires(name: str, sentence: str, catalog: Catalog):
    (rule,) = (rule for rule in effective_rules(catalog, "prod", TODAY) if rule.id == name)
    assert wording.condition(catalog, rule) == sentence


@pytest.mark.parametrize(
    "suspect", [pytest.param(suspect, id=suspect.about) for case in CASES for suspect in case.suspect]
)
def test_a_check_finds_a_signal_that_is_suspect(suspect: SuspectSignal):
    problems = report(("services/shop.yaml", QUEUE, suspect.words)).problems
    assert [(problem.check, f"{problem.what}; {problem.remedy}") for problem in problems] == [
        (suspect.check, suspect.says)
    ]
