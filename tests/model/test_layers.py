"""What `monitoring show` lists of a rule: each value that plays a part, and none that does not."""

from __future__ import annotations

import pytest

from monitoring.model.effective import effective_rules
from monitoring.model.layers import settings
from tests.conftest import TODAY
from tests.resources.every_signal import every_signal

CATALOG = every_signal()
UPTIME = [(rule, uptime) for rule in effective_rules(CATALOG, "prod", TODAY) if (uptime := rule.rule.uptime)]


@pytest.mark.parametrize(("rule", "uptime"), [pytest.param(*each, id=each[0].id) for each in UPTIME])
def test_methods_are_listed_where_something_is_asked_by_them(rule, uptime):
    names = {setting.name for setting in settings(CATALOG, rule)}
    assert "uptime.every" in names
    assert ("uptime.methods" in names) is uptime.asks.takes_methods


def test_both_sorts_of_tests_were_looked_at():
    assert {uptime.asks.takes_methods for _, uptime in UPTIME} == {True, False}
