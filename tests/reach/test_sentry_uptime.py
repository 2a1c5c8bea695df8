"""An uptime monitor of Sentry's in a Plan: what is damaged about it is found at its hop."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.plan import Plan
from monitoring.reach.plan.walk import prove_plan
from tests.preview.changes import changed
from tests.reach.plan_damage import TODAY
from tests.resources.every_signal import every_signal

MONITOR = "UptimeMonitor shop-seen"
DAMAGED = [
    pytest.param("enabled", False, "signal", id="it is switched off"),
    pytest.param("intervalSeconds", 3600, "signal", id="it asks each hour"),
    pytest.param("downtimeThreshold", 60, "signal", id="it waits for an hour of failures"),
    pytest.param("environment", "staging", "environment", id="its issue belongs to another environment"),
    pytest.param("url", "https://staging.youragency.com/cart", "environment", id="it asks another environment"),
    pytest.param("assertionJson", '{"root": {}}', "property", id="it asserts something"),
    pytest.param("organization", "another", "organization", id="it is another organisation's"),
]


@pytest.mark.parametrize(("path", "value", "hop"), DAMAGED)
def test_a_damaged_monitor_is_found(every: Plan, path: str, value: Any, hop: str):
    catalog = every_signal()
    proof = prove_plan(changed(every, MONITOR, path, value), catalog, environment="prod", today=TODAY)
    assert hop in {witness.hop for witness in proof.witnesses if "shop-seen" in witness.rules}


def test_an_undamaged_monitor_holds(every: Plan):
    proof = prove_plan(every, every_signal(), environment="prod", today=TODAY)
    (seen,) = (rule for rule in proof.rules if rule.path.rule == "shop-seen")
    assert seen.holds
    assert seen.path.detection.seconds == 4 * 60 + 10
