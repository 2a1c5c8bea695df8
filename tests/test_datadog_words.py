"""The words of a Datadog monitor: what each becomes, what the proof says of it, and what is refused, as its page says.

A rule with each word stands in one table; the page's own examples are loaded and checked, those that pass and those
that fail.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from monitoring import wording
from monitoring.expectations import reading
from monitoring.model.catalog import Catalog
from monitoring.model.monitor_options import MonitorOptions
from monitoring.naming.type_tokens import MONITOR
from monitoring.oncall.clock import midnight
from monitoring.plan import Plan, Resource
from monitoring.preview.queries import query_problems
from monitoring.reach.detection import detection
from monitoring.reach.drill import drill
from monitoring.reach.paths import alert_paths, oncall_data
from monitoring.reach.plan.walk import prove_plan
from tests.factories import a_catalog
from tests.preview.changes import ABSENT, changed, resource
from tests.resources.every_signal import declared
from tests.resources.spoken import the_rule
from tests.signal_page import table_rows, what_is_said

TODAY = date(2026, 11, 23)
PAGE = Path(__file__).parents[1] / "manual" / "datadog-words.md"
OLD = "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}"
METRIC = "metric: {max: trace.request, by: [env, service], over: 10m, above: 2s, when-silent: show, WORDS}"
QUERY = (
    "query: {query: 'max(last_10m):max:trace.request{env:prod} by {env,service}', above: 2, when-silent: show, WORDS}"
)
WINDOW = 660
"""The window of these rules, and the time between two evaluations."""


def written(signal: str, words: str) -> Catalog:
    """A catalog whose slow rule is this signal with these words."""
    new = signal.replace("WORDS", words) if words else signal.replace(", WORDS", "")
    return a_catalog(("services/shop.yaml", OLD, new))


def monitor(plan: Plan) -> Resource:
    """The monitor of the slow rule."""
    (resource,) = (each for each in plan.of_type(MONITOR) if each.name == "shop-slow")
    return resource


def takes(catalog: Catalog) -> int | None:
    """How long the slow rule's signal takes at worst, in seconds."""
    return detection(catalog.rules["shop-slow"][1], {}, wakes=True).seconds


# --- what each word becomes ------------------------------------------------------------------------------------


class Word(NamedTuple):
    """A word, the properties that it becomes, how long the signal then takes in seconds, and what a page says of it."""

    written: str
    properties: dict[str, Any]
    seconds: int
    sentence: str

    @property
    def name(self) -> str:
        return self.written.partition(":")[0]


WORDS = [
    Word("new-groups-after: 5m", {"newGroupDelay": 300}, WINDOW, "a new group not before 5m"),
    Word("new-groups-after: 20m", {"newGroupDelay": 1200}, 1260, "a new group not before 20m"),
    Word("arrives-after: 15m", {"evaluationDelay": 900}, WINDOW + 900, "looked at 15m later"),
    Word("resolves-after: 2h", {"timeoutH": 2}, WINDOW, "resolved after 2h without data"),
    Word("notifies-by: [env]", {"notifyBies": ["env"]}, WINDOW, "notified once for each env"),
    Word("full-window: true", {"requireFullWindow": True}, WINDOW, "once it has no gap"),
]
CASES = [
    pytest.param(signal, word, id=f"{word.written} of a {signal.partition(':')[0]}")
    for signal in (METRIC, QUERY)
    for word in WORDS
]


@pytest.mark.parametrize(("signal", "word"), CASES)
def test_a_word_becomes_its_properties_and_nothing_else(signal: str, word: Word):
    plain, inputs = (monitor(declared(written(signal, given))).inputs for given in ("", word.written))
    differing = {name for name in plain.keys() | inputs.keys() if plain.get(name) != inputs.get(name)}
    assert {name: inputs[name] for name in word.properties} == word.properties
    assert differing - {"message"} == word.properties.keys()


@pytest.mark.parametrize(("signal", "word"), CASES)
def test_the_proof_counts_a_word(signal: str, word: Word):
    assert takes(written(signal, word.written)) == word.seconds


@pytest.mark.parametrize(("signal", "word"), CASES)
def test_a_page_says_a_word(signal: str, word: Word):
    catalog = written(signal, word.written)
    assert word.sentence in wording.message(catalog, the_rule(catalog, "shop-slow"))


def test_every_word_has_its_row():
    assert {word.name for word in WORDS} == {field.alias for field in MonitorOptions.model_fields.values()} - {
        "when-silent"
    }


# --- thresholds ------------------------------------------------------------------------------------------------

THRESHOLDS = [
    pytest.param("above", "> 2", "above {{threshold}}", "1s", "1", id="above"),
    pytest.param("at-least", ">= 2", "at or above {{threshold}}", "1s", "1", id="at or above"),
    pytest.param("below", "< 2", "below {{threshold}}", "3s", "3", id="below"),
    pytest.param("at-most", "<= 2", "at or below {{threshold}}", "3s", "3", id="at or below"),
]


@pytest.mark.parametrize("signal", [METRIC, QUERY], ids=["metric", "query"])
@pytest.mark.parametrize(("word", "comparison", "sentence", "recovery", "number"), THRESHOLDS)
def test_a_threshold_is_compared_as_its_word_says(
    signal: str, word: str, comparison: str, sentence: str, recovery: str, number: str
):
    recovers = recovery if signal is METRIC else number
    catalog = written(signal.replace("above:", f"{word}:"), f"recovers-at: {recovers}")
    inputs = monitor(declared(catalog)).inputs
    assert inputs["query"].endswith(comparison)
    assert inputs["monitorThresholds"] == {"critical": "2", "criticalRecovery": number}
    assert sentence in inputs["message"]
    plan = declared(catalog)
    assert broken(plan, catalog) == []
    assert not list(query_problems(monitor(plan), plan))


# --- reminders -------------------------------------------------------------------------------------------------

UPTIME = "uptime: {asks: {page: {path: /}}, every: 1m, regions: [aws:eu-central-1, aws:us-east-1]}"
REMINDED = [
    pytest.param(METRIC.replace(", WORDS", ""), "Monitor", "renotifyOccurrences", id="a monitor"),
    pytest.param(
        UPTIME, "SyntheticsTest", "optionsList.monitorOptions.renotifyOccurrences", id="the monitor of a test"
    ),
]


@pytest.mark.parametrize(("signal", "kind", "path"), REMINDED)
def test_reminders_end_where_the_rule_says(signal: str, kind: str, path: str):
    catalog = written(f"{signal}\n    reminds-at-most: 3", "")
    plan = declared(catalog)
    value: Any = resource(plan, f"{kind} shop-slow").inputs
    for step in path.split("."):
        value = value[step]
    assert value == 3
    assert broken(plan, catalog) == []
    for other in (ABSENT, 2):
        (why,) = broken(changed(plan, f"{kind} shop-slow", path, other), catalog)
        assert "the catalog says 3 times at most" in why


def test_a_drill_says_when_reminders_end():
    catalog = written(f"{METRIC}\n    reminds-at-most: 3", "")
    start = midnight(TODAY)
    (path,) = (path for path in alert_paths(catalog, "prod", TODAY) if path.rule == "shop-slow")
    events = drill(path, oncall_data(catalog, start, start + 86_400, ["critical"]), start, []).events
    (text,) = (event.text for event in events if event.what == "repeats")
    assert "notified again every 10m, 3 times at most until it resolves" in text


# --- the walk over a Plan --------------------------------------------------------------------------------------


def broken(plan: Plan, catalog: Catalog) -> list[str]:
    """The hops at which the slow rule breaks in a Plan."""
    proof = prove_plan(plan, catalog, environment="prod", today=TODAY)
    (found,) = (each for each in proof.rules if each.path.rule == "shop-slow")
    return [f"{hop.why}; {hop.fix}" for hop in found.path.breaks]


def expected_of(plan: Plan) -> Any:
    """What somebody can expect of the slow rule's monitor."""
    return reading.rule_row(plan, reading.firing(plan)["shop-slow"], "youragency")["datadog"]


PROPERTIES = [
    pytest.param(word.written, name, id=f"{name}, which {word.written} becomes")
    for word in WORDS
    for name in word.properties
]


@pytest.mark.parametrize(("words", "name"), PROPERTIES)
def test_a_plan_that_lacks_an_option_or_has_another_breaks(words: str, name: str):
    catalog = written(METRIC, words)
    plan = declared(catalog)
    assert broken(plan, catalog) == []
    for value in (ABSENT, 7):
        (why,) = broken(changed(plan, "Monitor shop-slow", name, value), catalog)
        assert name in why
    assert name in " ".join(broken(plan, written(METRIC, ""))), "the catalog does not ask for it"


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.written)
def test_an_expectation_has_the_option(word: Word):
    with_word, without = (expected_of(declared(written(METRIC, given))) for given in (word.written, ""))
    assert with_word != without


# --- the page --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signal", [row[1] for row in table_rows(PAGE, "Written like this")])
def test_an_example_passes(signal: str):
    assert what_is_said(signal) == []


@pytest.mark.parametrize(("signal", "answer"), table_rows(PAGE, "What is refused"))
def test_an_example_is_refused(signal: str, answer: str):
    (line,) = what_is_said(signal)
    assert answer in line


def test_the_page_explains_every_word():
    explained = {row[0].strip("`").partition(":")[0] for row in table_rows(PAGE, "What each word does")}
    assert explained == {word.name for word in WORDS}
