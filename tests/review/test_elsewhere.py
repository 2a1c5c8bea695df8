"""What a change of a rule does whose signal lives in another system: forwards and backwards."""

from __future__ import annotations

import pytest

from monitoring.review.reviewing import review
from tests.review.pairs import AT, ids, whole_catalog

SHOP = "services/shop.yaml"
SENT = """  - id: shop-sent
    title: The shop's broker complains
    severity: P1
    means: Orders wait.
    elsewhere: {events-api: the broker, fires-when: its queue is long, detects-within: 10m}
  - id: shop-both
"""
WITH_IT = (SHOP, "  - id: shop-both\n", SENT)
WAY_IN = ["high way-in-changed: shop-sent: elsewhere.events-api", "high way-in-changed: shop-sent: elsewhere.vendor"]

PAIRS = [
    pytest.param(
        ("detects-within: 10m}", "detects-within: 12m}"),
        ["medium condition-loosened: shop-sent: elsewhere.detects-within"],
        ["low condition-tightened: shop-sent: elsewhere.detects-within"],
        id="it is promised to be slower",
    ),
    pytest.param(
        ("events-api: the broker", "events-api: the new broker"),
        ["none text-changed: shop-sent: elsewhere.events-api"],
        ["none text-changed: shop-sent: elsewhere.events-api"],
        id="its sender gets another name",
    ),
    pytest.param(
        ("events-api: the broker", "vendor: Amazon CloudWatch"), WAY_IN, WAY_IN, id="its sender needs another key"
    ),
    pytest.param(
        ("fires-when: its queue is long", "fires-when: its queue is very long"),
        ["medium condition-changed: shop-sent: elsewhere.fires-when"],
        ["medium condition-changed: shop-sent: elsewhere.fires-when"],
        id="its sender sends at other times",
    ),
    pytest.param(
        ("detects-within: 10m}", "detects-within: 10m, posted-for: stakeholders}"),
        ["low rule-changed: shop-sent: elsewhere.posted-for"],
        ["low rule-changed: shop-sent: elsewhere.posted-for"],
        id="others read of it in Slack",
    ),
]


@pytest.mark.parametrize(("change", "done", "taken_back"), PAIRS)
def test_a_change_and_its_undoing(change: tuple[str, str], done: list[str], taken_back: list[str]) -> None:
    before, after = whole_catalog(WITH_IT), whole_catalog(WITH_IT, (SHOP, *change))
    assert ids(review(before, after, AT)) == done
    assert ids(review(after, before, AT)) == taken_back


def test_an_environment_that_pages_nobody_any_more_loses_it() -> None:
    after = whole_catalog(WITH_IT, ("platform.yaml", "owns-shared: true", "owns-shared: true, pages: false"))
    effects = ids(review(whole_catalog(WITH_IT), after, AT))
    assert "high environment-lost: shop-sent: prod" in effects
