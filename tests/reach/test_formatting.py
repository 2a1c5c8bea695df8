"""How lengths, instants and names are written for people."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitoring.oncall.clock import DAY, HOUR, MINUTE
from monitoring.reach.formatting import clock, day_of, either, exact_length, length, listed, local_and_utc, quoted
from tests.reach.ask import at

LENGTHS = [
    pytest.param(0, "0m", "0m", id="nothing"),
    pytest.param(1, "1s", "1s", id="a second"),
    pytest.param(MINUTE - 1, "59s", "59s", id="a second less than a minute"),
    pytest.param(MINUTE, "1m", "1m", id="a minute"),
    pytest.param(MINUTE + 30, "1m 30s", "1m 30s", id="a minute and a half"),
    pytest.param(HOUR, "1h", "1h", id="an hour"),
    pytest.param(HOUR + 59, "1h", "1h 59s", id="an hour and less than a minute"),
    pytest.param(2 * HOUR + 3 * MINUTE + 4, "2h 3m", "2h 3m 4s", id="hours, minutes and seconds"),
    pytest.param(DAY - 1, "23h 59m", "23h 59m 59s", id="a second less than a day"),
    pytest.param(DAY, "1d", "1d", id="a day"),
    pytest.param(DAY + MINUTE, "1d", "1d 1m", id="a day and a minute"),
    pytest.param(51 * HOUR, "2d 3h", "2d 3h", id="days and hours"),
]


@pytest.mark.parametrize(("seconds", "short", "exact"), LENGTHS)
def test_a_length_in_two_units_and_in_all(seconds: int, short: str, exact: str):
    assert (length(seconds), exact_length(seconds)) == (short, exact)


NAMES = [
    pytest.param(["ana"], "ana", '"ana"', '"ana"', "ana", id="alone"),
    pytest.param(["ana", "ben"], "ana and ben", '"ana" and "ben"', '"ana" or "ben"', "ana or ben", id="two"),
    pytest.param(
        ["ana", "ben", "kit"],
        "ana, ben and kit",
        '"ana", "ben" and "kit"',
        '"ana", "ben" or "kit"',
        "ana, ben or kit",
        id="three",
    ),
    pytest.param(
        ["ana", "ben", "kit", "zoe"],
        "ana, ben, kit and zoe",
        '"ana", "ben", "kit" and "zoe"',
        '"ana", "ben", "kit" or "zoe"',
        "ana, ben, kit or zoe",
        id="four",
    ),
]


@pytest.mark.parametrize(("names", "plain", "in_quotes", "one_of", "one_of_plain"), NAMES)
def test_names_in_a_sentence(names: Sequence[str], plain: str, in_quotes: str, one_of: str, one_of_plain: str):
    assert (listed(names), quoted(list(names))) == (plain, in_quotes)
    assert (either(names), either(names, marks=False)) == (one_of, one_of_plain)


INSTANTS = [
    pytest.param("2026-03-30 05:00", "Mon 2026-03-30 05:00", "Mon 2026-03-30 07:00", "Mon 30 Mar", id="summer"),
    pytest.param("2026-12-06 23:30", "Sun 2026-12-06 23:30", "Mon 2026-12-07 00:30", "Mon 7 Dec", id="the next day"),
    pytest.param(
        "2026-12-06 04:05:06", "Sun 2026-12-06 04:05:06", "Sun 2026-12-06 05:05:06", "Sun 6 Dec", id="with seconds"
    ),
]


@pytest.mark.parametrize(("moment", "in_utc", "in_berlin", "day"), INSTANTS)
def test_an_instant_in_utc_and_on_the_wall(moment: str, in_utc: str, in_berlin: str, day: str):
    assert clock(at(moment)) == f"{in_utc} UTC"
    assert local_and_utc(at(moment), "Europe/Berlin") == f"{in_berlin} Europe/Berlin ({in_utc[4:]} UTC)"
    assert day_of(at(moment), "Europe/Berlin") == day
