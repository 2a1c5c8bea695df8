"""How much later than its window a query sees a failure, by the functions that it is made of."""

from __future__ import annotations

import pytest

from monitoring.queries import MonitorQuery, read_query

WAIT = "avg:shop.wait{env:prod}"
HOUR = 3_600
COMPARED = "its window is longer than the time to what it is compared with"

LATER = [
    (f"avg(last_5m):{WAIT}", 0),
    (f"avg(last_5m):{WAIT}.rollup(avg, 60)", 60),
    (f"avg(last_5m):{WAIT}.rollup(sum, hourly, 'Europe/Berlin')", HOUR),
    (f"avg(last_5m):{WAIT}.rollup(avg)", 0),
    (f"avg(last_5m):({WAIT} + {WAIT}).rollup(avg, 300)", 300),
    (f"avg(last_5m):timeshift({WAIT}, -3600)", HOUR),
    (f"avg(last_5m):timeshift(timeshift({WAIT}, -3600), -3600)", 2 * HOUR),
    (f"avg(last_5m):calendar_shift({WAIT}, '-1d', 'UTC')", 24 * HOUR),
    (f"avg(last_5m):hour_before({WAIT})", HOUR),
    (f"avg(last_5m):abs(hour_before({WAIT}))", HOUR),
    (f"avg(last_5m):hour_before({WAIT}) + day_before({WAIT})", 24 * HOUR),
    (f"avg(last_5m):{WAIT} - week_before({WAIT})", 0),
    (f"avg(last_5m):100 * {WAIT} / hour_before({WAIT})", 0),
    (f"avg(last_5m):moving_rollup({WAIT}, 7200, 'avg')", 2 * HOUR),
    (f"avg(last_5m):moving_rollup(hour_before({WAIT}), 7200, 'avg')", 3 * HOUR),
    (f"avg(last_5m):{WAIT} - moving_rollup({WAIT}, 7200, 'avg')", 2 * HOUR),
    (f"avg(last_5m):top({WAIT}, 5, 'mean', 'desc')", 0),
    (f"change(avg(last_5m),last_1h):{WAIT}", 0),
]


def known(text: str) -> MonitorQuery:
    query = read_query(text)
    assert isinstance(query, MonitorQuery), query
    return query


@pytest.mark.parametrize(("text", "seconds"), LATER, ids=[text for text, _ in LATER])
def test_it_is_known_how_much_later(text: str, seconds: int) -> None:
    assert (known(text).look_back.seconds, known(text).untimed) == (seconds, "")


UNTIMED = [
    (f"avg(last_5m):ewma_20({WAIT})", "ewma_20 counts values of a time that nobody knows"),
    (f"avg(last_5m):abs(cumsum({WAIT}))", "cumsum counts values of a time that nobody knows"),
    (f"avg(last_5m):{WAIT} / median_9({WAIT})", "median_9 counts values of a time that nobody knows"),
    (f"avg(last_5m):moving_rollup({WAIT}, 'avg')", "moving_rollup counts values of a time that nobody knows"),
    (f"avg(last_4h):{WAIT} - hour_before({WAIT})", COMPARED),
    (f"pct_change(avg(last_1h),last_5m):{WAIT}", COMPARED),
    (f"change(sum(last_2h),1h_ago):{WAIT}", COMPARED),
]


@pytest.mark.parametrize(("text", "why"), UNTIMED, ids=[text for text, _ in UNTIMED])
def test_it_is_not_known_how_much_later(text: str, why: str) -> None:
    assert known(text).untimed == why
