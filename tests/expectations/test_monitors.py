"""What a monitor's query does not say, read as Datadog keeps it: of service checks and of anomalies."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.expectations.references import ReadingError
from monitoring.model.expectation import ExpectedMonitor
from monitoring.plan import Plan
from tests.expectations.written import rows
from tests.preview.changes import ABSENT, changed
from tests.resources.every_signal import declared, every_signal


@pytest.fixture(scope="module")
def plan() -> Plan:
    return declared(every_signal())


def monitor(plan: Plan, rule: str) -> dict[str, Any]:
    (row,) = rows(plan)[rule]["datadog"]["monitors"]
    return dict(row)


READ = [
    ("shop-unreachable", "critical", 3),
    ("shop-unreachable", "ok", 5),
    ("shop-unreachable", "no-data-timeframe", 10),
    ("shop-agent", "critical", 1),
    ("shop-agent", "no-data-timeframe", None),
    ("shop-odd", "critical", None),
]


@pytest.mark.parametrize(("rule", "word", "expected"), READ)
def test_a_monitor_is_read_with_what_its_query_does_not_say(plan: Plan, rule: str, word: str, expected: object):
    assert monitor(plan, rule).get(word) == expected


CHANGED = [
    pytest.param("shop-unreachable", "monitorThresholds.critical", "4", {"critical"}, id="another number of failures"),
    pytest.param("shop-unreachable", "monitorThresholds.ok", "1", {"ok"}, id="a sooner recovery"),
    pytest.param("shop-unreachable", "noDataTimeframe", 60, {"no-data-timeframe"}, id="a longer silence"),
    pytest.param("shop-unreachable", "notifyNoData", False, {"no-data-timeframe"}, id="a silence that nobody hears"),
    pytest.param("shop-unreachable", "notifyNoData", ABSENT, {"no-data-timeframe"}, id="a silence left out"),
    pytest.param("shop-odd", "monitorThresholdWindows.triggerWindow", "last_1h", {"trigger-window"}, id="a window"),
    pytest.param("shop-odd", "monitorThresholdWindows.recoveryWindow", "last_1h", {"recovery-window"}, id="a recovery"),
]


@pytest.mark.parametrize(("rule", "path", "value", "words"), CHANGED)
def test_a_change_is_read(plan: Plan, rule: str, path: str, value: object, words: set[str]):
    before, after = monitor(plan, rule), monitor(changed(plan, f"Monitor {rule}", path, value), rule)
    assert {word for word in before | after if before.get(word) != after.get(word)} == words


def test_a_service_check_without_thresholds_is_not_read_as_if_it_had_some(plan: Plan):
    with pytest.raises(ReadingError, match="critical"):
        monitor(changed(plan, "Monitor shop-agent", "monitorThresholds.critical", ABSENT), "shop-agent")


@pytest.mark.parametrize("rule", ["shop-unreachable", "shop-odd"])
def test_what_is_read_can_be_typed_by_hand(plan: Plan, rule: str):
    typed = {key: tuple(value) if isinstance(value, list) else value for key, value in monitor(plan, rule).items()}
    assert ExpectedMonitor.model_validate(typed)
