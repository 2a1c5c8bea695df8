"""A vendor's fact is one everywhere: in the checks and the model, in the preview, and in the emulated accounts.

The limits stand in two files on purpose, and their agreement is tested here. Those of the emulated accounts are read in
the providers' sources: they say at which moment something is refused, and cover what the program never declares. Those
of the preview are what the wheel carries. An account that read the tool's own file would take whatever the tool
believes, and a limit that was mistyped once could be seen by no test on the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from monitoring.model import monitor_options, reminders
from monitoring.model.scalars import parse_duration
from monitoring.model.signals import sentry_uptime, sentry_windows, uptime
from monitoring.naming import names
from monitoring.naming.type_tokens import MONITOR, SLO, SYNTHETICS_TEST
from monitoring.naming.type_tokens import UPTIME_MONITOR as UPTIME
from monitoring.preview.facts import demands
from monitoring.resources.datadog import WHEN_SILENT
from tests.engine.accounts.facts import VENDORS, facts

Row = tuple[str, str, str]
LIMITS = ("enum", "min", "max", "minLength", "maxLength")
CRON, METRIC, ALERT = (
    f"sentry:index/{name}" for name in ("cronMonitor:CronMonitor", "metricMonitor:MetricMonitor", "alert:Alert")
)
# The provider takes more words than the API does, and the account judges by both in turn.
BOTH_JUDGE = {(METRIC, "conditionGroup.logicType", "enum")}


def kept(token: str) -> Iterator[tuple[Row, Any]]:
    """Each unconditional limit of a type that the preview knows."""
    for rule in demands(token).rules:
        if not rule.conditions:
            path = ".".join(rule.path).replace(".[]", "[]")
            yield from (((token, path, word), rule.words[word]) for word in LIMITS if word in rule.words)


def emulated(vendor: str) -> Iterator[tuple[Row, Any]]:
    """Each unconditional limit of an emulated account's types."""
    known = facts(vendor)
    for token, kind in known.kinds.items():
        for rule in kind.rules:
            if not rule.get("if"):
                limits = ((word, rule[word]) for word in LIMITS if word in rule)
                yield from (
                    ((token, str(rule["property"]), word), listed(known.enums, limit)) for word, limit in limits
                )


def listed(enums: Mapping[str, Any], limit: Any) -> Any:
    """A limit, or the list that it refers to."""
    return enums[limit["$ref"].rpartition("/")[2]] if isinstance(limit, dict) else limit


def in_order(limit: Any) -> Any:
    return sorted(map(str, limit)) if isinstance(limit, list | tuple) else limit


@pytest.mark.parametrize("vendor", VENDORS)
def test_preview_and_emulated_account_know_the_same_limits(vendor: str):
    preview = {row: limit for token in facts(vendor).kinds for row, limit in kept(token)}
    account = dict(emulated(vendor))
    shared = (preview.keys() & account.keys()) - BOTH_JUDGE
    assert len(shared) > 10
    assert {row: in_order(account[row]) for row in shared} == {row: in_order(preview[row]) for row in shared}


CONSTANTS = [
    pytest.param(
        (SYNTHETICS_TEST, "optionsList.monitorOptions.renotifyInterval", "enum"), reminders.TEST_MINUTES,
        id="reminders of a test",
    ),
    pytest.param((ALERT, "frequencyMinutes", "enum"), reminders.SENTRY_MINUTES, id="reminders of an alert"),
    pytest.param((SYNTHETICS_TEST, "optionsList.tickEvery", "min"), uptime.TICK_SECONDS[0], id="the quickest test"),
    pytest.param((SYNTHETICS_TEST, "optionsList.tickEvery", "max"), uptime.TICK_SECONDS[-1], id="the slowest test"),
    pytest.param((SYNTHETICS_TEST, "optionsList.retry.count", "max"), uptime.RETRY_COUNTS[-1], id="retries"),
    pytest.param(
        (SYNTHETICS_TEST, "optionsList.retry.interval", "max"), uptime.RETRY_GAP_SECONDS[-1] * 1_000, id="retry gap"
    ),
    pytest.param(
        (ALERT, "actionFilters[].conditions[].eventFrequencyCount.interval", "enum"), sentry_windows.SENTRY_INTERVALS,
        id="windows of one issue",
    ),
    pytest.param((CRON, "failureIssueThreshold", "max"), 720, id="failures of a job"),
    pytest.param(
        (UPTIME, "intervalSeconds", "enum"), [parse_duration(pace).seconds for pace in sentry_uptime.PACES],
        id="paces of an uptime monitor",
    ),
    pytest.param((UPTIME, "url", "maxLength"), sentry_uptime.MAX_URL, id="the address of an uptime monitor"),
    pytest.param((UPTIME, "name", "maxLength"), names.MAX_SENTRY_UPTIME, id="the name of an uptime monitor"),
    pytest.param((CRON, "checkinMarginMinutes", "max"), 40_320, id="the margin of a job"),
    pytest.param((METRIC, "name", "maxLength"), names.MAX_SENTRY_MONITOR, id="the name of a monitor"),
    pytest.param((MONITOR, "evaluationDelay", "max"), monitor_options.DELAY_SECONDS[-1], id="how late data may come"),
    pytest.param((SLO, "thresholds[].timeframe", "enum"), ("7d", "30d", "90d"), id="periods of an objective"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "constant"), CONSTANTS)
def test_a_constant_of_the_model_is_the_fact_of_the_preview(row: Row, constant: Any):
    assert in_order(dict(kept(row[0]))[row]) == in_order(constant)


def test_our_words_for_silence_are_words_of_datadog():
    assert set(WHEN_SILENT.values()) <= set(dict(kept(MONITOR))[MONITOR, "onMissingData", "enum"])
