"""Lengths of time in prose are found as people write them, and nothing else is taken for one."""

import pytest

from monitoring.docs.lengths import lengths_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("every 30 minutes", [("30 minutes", 1_800)], id="a number and a word"),
        pytest.param("within 20 min.", [("20 min", 1_200)], id="a short word"),
        pytest.param("60m", [("60m", 3_600)], id="as the catalog writes it"),
        pytest.param("two hours", [("two hours", 7_200)], id="a number as a word"),
        pytest.param("forty-five minutes", [("forty-five minutes", 2_700)], id="a number of two words"),
        pytest.param("a 30-minute wait", [("30-minute", 1_800)], id="with a dash"),
        pytest.param("1.5 hours", [("1.5 hours", 5_400)], id="a part of a unit"),
        pytest.param("half an hour, or an hour", [("half an hour", 1_800), ("an hour", 3_600)], id="without a number"),
        pytest.param("a quarter of an hour", [("a quarter of an hour", 900)], id="a quarter"),
        pytest.param("every hour, hourly", [("every hour", 3_600), ("hourly", 3_600)], id="each"),
        pytest.param("5 business days", [("5 business days", 432_000)], id="days on which people work"),
        pytest.param("72 Hours", [("72 Hours", 259_200)], id="capitals"),
        pytest.param("10 seconds, then 1w", [("10 seconds", 10), ("1w", 604_800)], id="several"),
        pytest.param("a second human, the second one", [], id="an ordinal"),
        pytest.param("P0 and 33(1) and 2026-12-24 03:10", [], id="names and dates"),
        pytest.param("5 messages, 3 maintainers, 4 steps, 7 dashboards", [], id="words that begin as a unit does"),
        pytest.param("in a minute, one day it will, per minute", [("one day", 86_400)], id="a manner of speaking"),
        pytest.param("read /docs/5m-page and v1.5m", [], id="addresses and versions"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_length_is_what_people_mean(text: str, found: list[tuple[str, float]]) -> None:
    assert [(one.written, one.seconds) for one in lengths_in(text)] == found
