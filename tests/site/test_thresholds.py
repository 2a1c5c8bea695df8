"""Thresholds as drawings: the side that fires, where it recovers, and the same in words; what is typed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.model.scalars import Quantity
from monitoring.model.signals import RawQuery
from monitoring.model.threshold_word import ThresholdWord
from monitoring.site.blocks import ThresholdBlock
from monitoring.site.expected import expectation_block
from monitoring.site.thresholds import Limit, in_words, limit_of, threshold_block
from tests.site.building import agency, agency_pages


def raw(**words: Any) -> ThresholdBlock:
    block = threshold_block(RawQuery.model_construct(query="avg(last_5m):avg:a{*}", **words), {})
    assert block
    return block


@pytest.mark.parametrize(
    ("words", "upward", "order"),
    [
        pytest.param({"above": 10.0, "recovers_at": 5.0}, True, ["recovery", "limit"], id="high values fire"),
        pytest.param({"below": 5.0, "recovers_at": 10.0}, False, ["limit", "recovery"], id="low values fire"),
        pytest.param({"at_least": -1.0, "recovers_at": -2.0}, True, ["recovery", "limit"], id="below zero"),
        pytest.param({"above": 0.0}, True, ["limit"], id="zero"),
        pytest.param({"above": 0.0, "recovers_at": -3.0}, True, ["recovery", "limit"], id="zero, and below it"),
    ],
)
def test_the_line_shows_the_values_in_order(words: dict[str, float], upward: bool, order: list[str]) -> None:
    block = raw(**words)
    places = {name: mark.place for name in ("limit", "recovery") if (mark := getattr(block, name))}
    assert block.fires_upward is upward
    assert sorted(places, key=lambda name: places[name]) == order
    assert all(0 < place < 1 or (place in (0, 1) and 0 in words.values()) for place in places.values())


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        pytest.param(
            Limit(Quantity(90, "%"), ThresholdWord.AT_LEAST, Quantity(80, "%")),
            "Fires at or above 90%; recovers at 80%.",
            id="with a recovery",
        ),
        pytest.param(
            Limit(Quantity(3), ThresholdWord.BELOW), "Fires below 3; recovers as soon as that is over.", id="without"
        ),
    ],
)
def test_the_drawing_in_words(limit: Limit, text: str) -> None:
    assert in_words(limit) == text


def test_a_rule_is_drawn_where_it_compares_a_number() -> None:
    metrics = agency().catalog.platform.metrics
    for rule in agency().rules:
        page = agency_pages()[f"rule-{rule.id}.html"]
        drawings = [tag for tag, _ in page.elements if tag == "figure"]
        assert len(drawings) == (limit_of(rule.rule.signal, metrics) is not None), rule.id


def test_what_is_typed_by_hand_stands_on_the_page() -> None:
    text = agency_pages()["rule-database-failure.html"].text
    for words in ("feature:database", "page, policy", "critical", "count()"):
        assert words in text


def test_a_rule_without_an_expectation_says_so() -> None:
    assert "Nobody has typed" in str(expectation_block(None))
