"""Catalogs that people wrote and that passed once: each is refused with its reason, or taken where it is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitoring.checks import CheckReport, examine
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.reminders import reminder_minutes
from monitoring.wording import condition
from tests.checks.good import RUNBOOK
from tests.findings.changes import Change
from tests.platforms import AGENCY

TODAY = date(2026, 11, 23)


def files() -> dict[str, str]:
    paths = [path for path in sorted(AGENCY.catalog.rglob("*.yaml")) if path.name != "expectations.yaml"]
    return {str(path.relative_to(AGENCY.catalog)): path.read_text("utf-8") for path in paths}


def changed(*changes: Change) -> Catalog:
    texts = files()
    for file, old, new in changes:
        text = texts.get(file, "")
        assert old in text
        texts[file] = text.replace(old, new, 1) if old else text + new
    return load_texts({name: text.encode() for name, text in texts.items()})


def report(*changes: Change) -> CheckReport:
    catalog = changed(*changes)
    return examine(catalog, TODAY, dict.fromkeys(catalog.rules, RUNBOOK))


def a_rule(signal: str, *, severity: str = "P2", means: str = "People notice it.", file: str = "api") -> Change:
    """A new rule in a service's file, which acts in prod."""
    text = f"""
  - id: new-one
    title: Something new
    severity: {severity}
    means: "{means}"
    environments: [prod]
    {signal}
"""
    return Change(f"services/{file}.yaml", "", text)


def a_query(text: str, limit: str = "above: 0.9, when-silent: show", **words: str) -> Change:
    """A new rule with a raw query."""
    return a_rule(f'query: {{query: "{text}", {limit}}}', **words)


USED = "vercel.function.memory.used_share"
ANOMALY = (
    "avg(last_4h):anomalies(avg:trace.next.request{env:prod}, 'agile', 2, direction='both', interval=60, "
    "alert_window='last_15m', count_default_zero='true', seasonality='weekly')"
)
FORECAST = f"max(next_1w):forecast(avg:{USED}{{env:prod}}, 'linear', 1, interval='60m', history='1w', model='default')"
ORDERS = """    shop.orders:
      {unit: "", kind: count, interval: 10s, sent-by: the shop, tags: {env: {values: [prod, staging]}}}
"""
METRICS = "  metrics:\n"
DAILY = (ORDERS + ORDERS.replace("shop.orders", "shop.orders.ok")).replace("10s", "1d")
SLO = "slo: {good: {sum: shop.orders.ok}, total: {sum: shop.orders}, objective: 99.9%, over: 30d}"

FOUND: list[Any] = [
    pytest.param([a_query(ANOMALY, "above: 0.5, when-silent: show")], "raw-query", "form", id="anomalies"),
    pytest.param(
        [a_query(f"max(last_5m):max:{USED}{{env:prod}} by {{function}}", severity="P1")],
        "fan-out", "too many pages", id="raw-group-fan-out",
    ),
    pytest.param(
        [a_query("avg(last_5m):avg:trace.next.request{env:staging}", "above: 3, when-silent: show")],
        "environment-data", "not prod", id="a raw query on staging in a rule for prod",
    ),
    pytest.param(
        [a_query("avg(last_5m):avg:trace.next.request{env:prod} > 0 || avg(last_5m):avg:trace.next.request{env:prod}")],
        "raw-query", "combines", id="two queries with an or between them",
    ),
    pytest.param(
        [a_query(f"max(last_15m):default_zero(max:{USED}{{env:prod}})", "below: 0.01, when-silent: resolve")],
        "raw-query", "silence is filled", id="default-zero-resolve",
    ),
    pytest.param(
        [a_rule("metric: {p95: trace.next.request, over: 15m, above: 4s, when-silent: alert}", severity="P3")],
        "no-data-decided", "silence unheard", id="no-data-to-nobody",
    ),
    pytest.param(
        [
            Change("platform.yaml", METRICS, METRICS + ORDERS),
            a_rule("metric: {sum: shop.orders, over: 10m, below: 1, when-silent: resolve}", severity="P1"),
        ],
        "can-fire", "silent at none", id="nobody-orders",
    ),
    pytest.param(
        [Change("services/database.yaml", "more-than: 10, within: 5m", "more-than: 999999999999999, within: 5m")],
        "can-fire", "beyond reason", id="num-more-than-15d",
    ),
    pytest.param(
        [a_rule("metric: {p95: trace.next.request, over: 15m, above: 4s, when-silent: show}", means="In {function}.")],
        "foreign-placeholders", "placeholder {function} in means", id="single-braces",
    ),
    pytest.param(
        [Change("teams.yaml", "slack: [alerts-errors]", "slack: [alerts-erors]")],
        "spelled-alike", "alerts-erors like alerts-errors", id="channel-typo",
    ),
    pytest.param(
        [Change("platform.yaml", METRICS, METRICS + DAILY), a_rule(SLO)],
        "metric-window", "good without data", id="slo-metric-once-a-day",
    ),
    pytest.param(
        [
            Change("platform.yaml", METRICS, METRICS + DAILY),
            a_query("sum(last_1h):sum:shop.orders{env:prod}.as_count()"),
        ],
        "metric-window", "shop.orders without data", id="a raw query of a metric that is sent once a day",
    ),
    pytest.param(
        [Change("oncall.yaml", "acknowledgement-expires: 30m", "acknowledgement-expires: never")],
        "acknowledgement-expires", "never expires", id="a page that is acknowledged for ever",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "check", "key"), FOUND)
def test_a_mistake_is_found(changes: list[Change], check: str, key: str):
    keys = {(reported.check, reported.finding.key.partition(": ")[2]) for reported in report(*changes).unwaived}
    assert (check, key) in keys


TAKEN = [
    pytest.param([a_query("pct_change(avg(last_5m),last_4h):avg:trace.next.request{env:prod}")], id="change"),
    pytest.param([a_query("change(avg(last_5m),last_5m):avg:trace.next.request{env:prod}")], id="change in its window"),
    pytest.param([a_query(FORECAST)], id="forecast"),
    pytest.param(
        [
            a_rule(
                """query: {query: '"http.can_connect".over("env:prod").by("url").last(4).count_by_status()', """
                "above: 2, when-silent: show}"
            )
        ],
        id="a service check",
    ),
    pytest.param(
        [
            a_query(
                f"max(last_5m):max:{USED}{{env:prod}} by {{function}}",
                means="The function {{function.name}} is close to its limit.",
            )
        ],
        id="raw-group-variable",
    ),
    pytest.param(
        [
            a_rule(
                'cron: {project: web, schedule: "* * * * *", time-zone: Etc/UTC, late-after: 5m, at-most: 5m, '
                "failures: 5}",
                severity="P3",
            )
        ],
        id="real-sentry-crons",
    ),
]


@pytest.mark.parametrize("changes", TAKEN)
def test_what_is_right_is_taken(changes: list[Change]):
    assert report(*changes).problems == ()


def test_per_issue_where():
    """The page promised a filter that Sentry's count does not know: it says what is counted."""
    signal = "errors: {project: web, where: {feature: payments}, more-than: 50, within: 1h, per-issue: true}"
    catalog = changed(a_rule(signal, file="payments"))
    rule = next(rule for rule in effective_rules(catalog, "prod", TODAY) if rule.id == "new-one")
    assert "within 1h in web, whatever their tags, and the latest of them where feature is" in condition(catalog, rule)


def test_reminds_every_does_nothing():
    """5m and 10m gave one Plan."""
    old = "severity: P1\n    means: One request in twenty takes longer than people will wait.\n"
    catalogs = [changed(Change("services/api.yaml", old, f"{old}    reminds-every: {n}m\n")) for n in (5, 11)]
    rules = [effective_rules(catalog, "prod", TODAY) for catalog in catalogs]
    assert [{reminder_minutes(rule) for rule in each if rule.rule.reminds_every} for each in rules] == [{5}, {11}]


def test_symptom_messages():
    """One new rule gave four findings, three of them at other people's rules: it is one, at the new rule."""
    signal = "errors: {project: web, where: {feature: payments, page: checkout}, more-than: 1, within: 5m}"
    unwaived = report(a_rule(signal, severity="P1", file="payments")).unwaived
    symptoms = [reported.finding for reported in unwaived if reported.check == "same-symptom"]
    assert [finding.where for finding in symptoms] == ['rule "new-one"']


def test_the_catalogs_are_the_shipped_one_of_the_tests_and_good_before_they_are_changed():
    assert Path(AGENCY.catalog, "teams.yaml").is_file()
    assert report().problems == ()
