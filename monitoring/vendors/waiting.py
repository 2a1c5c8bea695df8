"""How long to wait before a vendor is asked again."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

FIRST_WAIT = 1.0
"""Seconds before the second attempt where the vendor says nothing; each further one waits twice as long."""
YEAR = 365 * 86_400.0
"""More seconds than anybody asks to wait: a larger number is an instant, in seconds since 1970."""


def _seconds(text: str, _: float) -> float:
    return float(text)


def _instant(text: str, now: float) -> float:
    return float(text) - now


def _seconds_or_instant(text: str, now: float) -> float:
    return float(text) - now if float(text) > YEAR else float(text)


def _seconds_or_date(text: str, now: float) -> float:
    return float(text) if text.strip().isdigit() else parsedate_to_datetime(text).timestamp() - now


# What each header holds. Sources: RFC 9110, section 10.2.3; docs.sentry.io/api/ratelimits;
# support.pagerduty.com/docs/rest-api-rate-limits; docs.datadoghq.com/api/latest/rate-limits, in seconds;
# docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api, the same header as an instant.
HEADERS: Mapping[str, Callable[[str, float], float]] = {
    "retry-after": _seconds_or_date,
    "x-sentry-rate-limit-reset": _instant,
    "ratelimit-reset": _seconds,
    "x-ratelimit-reset": _seconds_or_instant,
}


def wait_before(attempt: int, headers: Mapping[str, str], *, now: float) -> float:
    """Seconds to wait before an attempt (the second is 2): the vendor's own time, else twice as long each time.

    `now` is in seconds since 1970.
    """
    waits = (_read(how, headers[name], now) for name, how in HEADERS.items() if name in headers)
    named = next((wait for wait in waits if wait is not None), None)
    return FIRST_WAIT * 2.0 ** (attempt - 2) if named is None else named


def _read(how: Callable[[str, float], float], text: str, now: float) -> float | None:
    """The seconds that a header asks to wait, never fewer than none; None where it cannot be read."""
    try:
        wait = how(text, now)
    except (ValueError, OverflowError):
        return None
    return max(0.0, wait) if math.isfinite(wait) else None
