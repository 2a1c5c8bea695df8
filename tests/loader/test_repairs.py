"""What shows only once a mistake is mended is said together with it, and nothing that is only a consequence of it."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
from pydantic import BaseModel, ValidationError

from monitoring.loader import read_partly
from monitoring.loader.examples import example_of, value_of
from monitoring.model import oncall as oncall_model
from monitoring.model import platform as platform_model
from monitoring.model import recording, service, severity, signals
from monitoring.model.entry import Entry
from monitoring.model.references import Names
from tests.factories import texts
from tests.loader.broken.case import METRIC, Change, oncall, platform, shop, teams

TOGETHER: dict[str, tuple[tuple[Change, ...], tuple[str, ...]]] = {
    "a wrong time zone, and a person who is nobody in the same schedule": (
        (
            oncall("    time-zone: Europe/Berlin\n    layers", "    time-zone: IST\n    layers"),
            oncall("[ana, ben]", "[ana, bem]"),
        ),
        (
            'oncall.yaml:11: schedule "primary": time-zone: "IST" is not a time zone; write the name of a place, such as "Europe/Berlin" or "Asia/Kolkata" (shape)',
            'oncall.yaml:13: schedule "primary": layers.1.people.2: no person is called "bem"; take it out, or add it to people in oncall.yaml (shape)',
        ),
    ),
    "a misspelt word, and a flaw of the entry as a whole": (
        (
            shop("means: Customers cannot buy.", "meanz: Customers cannot buy."),
            shop(METRIC, METRIC.replace("above: 2s", "above: 2GB")),
        ),
        (
            'services/shop.yaml:10: rule "shop-failing": meanz: is an unknown field; did you mean "means"? (shape)',
            'services/shop.yaml:16: rule "shop-slow": metric.above: "2GB" is a size, and metric "trace.request" is a time; write a time, like 2s (shape)',
        ),
    ),
    "a missing word and an entry problem in the same rule": (
        (shop("    means: Pages take longer than people will wait.\n", ""), shop("above: 2s", "above: 2GB")),
        (
            'services/shop.yaml:12: rule "shop-slow": means: is missing; add it, for example means: Customers cannot buy. (shape)',
            'services/shop.yaml:15: rule "shop-slow": metric.above: "2GB" is a size, and metric "trace.request" is a time; write a time, like 2s (shape)',
        ),
    ),
    "a new metric with a tag and a unit": (
        (shop("p95: trace.request, where: {service: shop}", "max: queue.age, where: {queue: labels}, by: [shard]"),),
        (
            'services/shop.yaml:16: rule "shop-slow": metric.max: no metric is called "queue.age"; there is trace.request; declare it in platform.yaml under datadog.metrics, for example queue.age: {unit: s, kind: gauge, interval: 60s, sent-by: the application, tags: {env: {}, queue: {}, shard: {}}} (shape)',
        ),
    ),
    "new counts of a ratio": (
        (shop(METRIC, "ratio: {of: [{sum: orders.bad}], to: {sum: orders.all}, over: 10m, above: 5%}"),),
        (
            'services/shop.yaml:16: rule "shop-slow": ratio.of.1.sum: no metric is called "orders.bad"; there is trace.request; declare it in platform.yaml under datadog.metrics, for example orders.bad: {kind: count, interval: 60s, sent-by: the application, tags: {env: {}}} (shape)',
            'services/shop.yaml:16: rule "shop-slow": ratio.to.sum: no metric is called "orders.all"; there is trace.request; declare it in platform.yaml under datadog.metrics, for example orders.all: {kind: count, interval: 60s, sent-by: the application, tags: {env: {}}} (shape)',
        ),
    ),
    "a new metric of a relative change": (
        (shop(METRIC, "change: {avg: queue.age, over: 10m, against: 1d, relative: true, above: 50%}"),),
        (
            'services/shop.yaml:16: rule "shop-slow": change.avg: no metric is called "queue.age"; there is trace.request; declare it in platform.yaml under datadog.metrics, for example queue.age: {kind: gauge, interval: 60s, sent-by: the application, tags: {env: {}}} (shape)',
        ),
    ),
    "a metric's missing words, and the rule that uses it": (
        (platform("      sent-by: tracing\n", ""), shop("above: 2s", "above: 2GB")),
        (
            "platform.yaml:30: datadog.metrics.trace.request.sent-by: is missing; add it, for example sent-by: the application (shape)",
            'services/shop.yaml:16: rule "shop-slow": metric.above: "2GB" is a size, and metric "trace.request" is a time; write a time, like 2s (shape)',
        ),
    ),
    "people in an override's place": (
        (oncall("- {ask: [kit]", "- {ask: [kitt]"),),
        (
            'oncall.yaml:18: policy "critical": steps.2.ask.1: no schedule or person is called "kitt"; take it out, or add it to schedules or people in oncall.yaml (shape)',
        ),
    ),
    "an environment nearly right": (
        (
            platform(
                "environments: {prod: production, staging: staging}",
                "environments: {prd: production, staging: staging}",
            ),
        ),
        (
            'platform.yaml:18: sentry.projects.web.environments.prd: no environment is called "prd"; did you mean "prod"? (shape)',
        ),
    ),
    "a team without its email and with a policy nobody declared": (
        (teams("  email: oncall@youragency.com\n", ""), teams("P0: {page: critical", "P0: {page: nights")),
        (
            'teams.yaml:2: team "platform": email: is missing; add it, for example email: web@youragency.com (shape)',
            'teams.yaml:5: team "platform": routes.P0.page: no policy is called "nights"; there is critical; declare it in oncall.yaml under policies (shape)',
        ),
    ),
    "a format of before, and a mistake": (
        (platform("format: 1\n", ""), shop("more-than: 10", "more-than: many")),
        (
            "platform.yaml:1: format: this catalog has format 0, this tool reads 1; write format: 1 in the first line of platform.yaml; nothing else changes (format)",
            'services/shop.yaml:11: rule "shop-failing": errors.more-than: "many" is not a whole number; write digits only, at most 15 (shape)',
        ),
    ),
    "an environment whose title is missing and nobody owns": (
        (platform("title: Production, ", ""), platform(", owns-shared: true", "")),
        (
            "platform.yaml:4: environments: no environment owns what is shared, and exactly one must; write owns-shared: true in one of them (shape)",
            "platform.yaml:5: environments.prod.title: is missing; add it, for example title: Production (shape)",
        ),
    ),
    "an address in a list that is none, and nothing about the list": (
        (
            teams("email: oncall@youragency.com", "email: Oncall@youragency.com"),
            teams("P3: {slack: [alerts]}", "P3: {slack: [alerts], email: [Oncall@youragency.com]}"),
        ),
        (
            'teams.yaml:4: team "platform": email: "Oncall@youragency.com" is not an e-mail address in small letters; write it as ana@youragency.com (shape)',
            'teams.yaml:9: team "platform": routes.P3.email.1: "Oncall@youragency.com" is not an e-mail address in small letters; write it as ana@youragency.com (shape)',
        ),
    ),
    "a missing anchor and a second mistake": (
        (
            oncall('{anchor: "2026-01-05 09:00", turn: 1w,', "{turn: 1w,"),
            oncall("{ask: [primary], escalate-after: 5m}", "{ask: [primary, primary], escalate-after: 5m}"),
        ),
        (
            'oncall.yaml:13: schedule "primary": layers.1.anchor: is missing; add it, for example anchor: 2026-01-05 09:00 (shape)',
            'oncall.yaml:17: policy "critical": steps.1.ask: asks "primary" twice; name it once (shape)',
        ),
    ),
}


@pytest.mark.parametrize(("changes", "says"), TOGETHER.values(), ids=TOGETHER)
def test_all_of_it_is_said_in_one_round(changes: tuple[Change, ...], says: tuple[str, ...]) -> None:
    assert tuple(map(str, read_partly(texts(*changes)).problems)) == says


SIGNALS = [import_module(f"{signals.__name__}.{module.name}") for module in iter_modules(signals.__path__)]
ENTRIES = [
    entry
    for module in (oncall_model, platform_model, recording, service, severity, *SIGNALS)
    for entry in vars(module).values()
    if isinstance(entry, type) and issubclass(entry, BaseModel) and entry.__module__ == module.__name__
]


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.__name__ for entry in ENTRIES])
def test_each_field_that_cannot_be_left_out_has_an_example(entry: type[BaseModel]) -> None:
    required = [field.alias or name for name, field in entry.model_fields.items() if field.is_required()]
    lacking = [name for name in required if example_of(entry.__name__, name, Names()) is None]
    assert lacking in ([], ["schedules", "policies"])  # the whole of oncall.yaml, whose sections are read one by one


def entries_below(entry: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The classes of entries below one."""
    for inner in entry.__subclasses__():
        yield from (inner, *entries_below(inner))


KINDS = ("environment", "person", "policy", "project", "recording", "schedule", "service", "team")
EVERY_NAME = Names({kind: frozenset({"shop"}) for kind in KINDS})
EXAMPLES = {
    (entry, field.alias or name): example
    for entry in sorted(set(entries_below(Entry)), key=lambda entry: entry.__name__)
    if entry.__module__.startswith("monitoring.model.")
    for name, field in entry.model_fields.items()
    if (example := example_of(entry.__name__, field.alias or name, EVERY_NAME)) is not None
}


def test_there_are_examples_of_hundreds_of_fields() -> None:
    assert len(EXAMPLES) > 200


@pytest.mark.parametrize(("place", "example"), EXAMPLES.items(), ids=[f"{e.__name__}.{n}" for e, n in EXAMPLES])
def test_an_example_is_taken_where_it_is_put(place: tuple[type[BaseModel], str], example: str) -> None:
    entry, field = place
    try:
        entry.model_validate({field: value_of(example)})
    except ValidationError as refused:
        mistakes = [detail for detail in refused.errors() if detail["loc"][:1] == (field,)]
        assert [detail["msg"] for detail in mistakes if detail["type"] != "missing" or len(detail["loc"]) > 1] == []


ALONE = {
    "a text where a yes or no is asked": (
        platform("slack: alerts-staging, email: false", 'slack: alerts-staging, email: "false"'),
        'platform.yaml:6: environments.staging.email: "false" is neither true nor false; write one of them (shape)',
    ),
    "one address of a list": (
        teams("P3: {slack: [alerts]}", "P3: {slack: [alerts], email: [nobody]}"),
        'teams.yaml:9: team "platform": routes.P3.email.1: "nobody" is not an e-mail address in small letters; write it as ana@youragency.com (shape)',
    ),
}


@pytest.mark.parametrize(("change", "says"), ALONE.values(), ids=ALONE)
def test_a_mistake_is_said_once_and_no_example_is_called_one(change: Change, says: str) -> None:
    assert tuple(map(str, read_partly(texts(change)).problems)) == (says,)


@pytest.mark.parametrize("name", ["a: [", "{", "&a", '"', "%", "- x", "\u2028", "a" * 200], ids=repr)
def test_a_name_that_yaml_would_read_in_another_way_is_no_part_of_an_example(name: str) -> None:
    example = example_of("Rule", "team", Names({"team": frozenset({name})})) or ""
    assert value_of(example) == "NAME-OF-A-TEAM"


def test_what_a_reader_will_decide_is_named_so_that_no_check_judges_an_example() -> None:
    partial = read_partly(texts(shop("above: 2s", "above: 2s, ordre: x"), oncall("ask: [kit]", "ask: [kitt]")))
    assert partial.catalog is not None
    assert partial.guessed == {'person "kitt"'}


def test_an_example_is_a_word_of_its_own_signal() -> None:
    written = {
        ("ServiceCheck", "by"): "[host]",
        ("ServiceCheck", "check"): "http.can_connect",
        ("Trace", "measure"): "p95",
        ("SentryMetric", "measure"): "failure_rate",
        ("MetricForecast", "within"): "1w",
        ("Errors", "within"): "5m",
        ("Waking", "by"): "[phone]",
    }
    assert {at: example_of(*at, Names()) for at in written} == written


def test_a_catalog_is_read_on_only_where_each_remedy_says_what_to_write() -> None:
    assert read_partly(texts(shop("  - id: shop-slow\n    title", "  - title"))).catalog is None
