"""What the check window-days finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall


def written(only: str) -> tuple[str, str, str]:
    """The first layer, limited to these hours."""
    layer = '"2026-01-05 09:00", turn: 1w, people: [ana, ben]'
    return oncall(layer, f"{layer}, only: {only}")


def says(nights: str, rest: str) -> str:
    return f'oncall.yaml: schedule "primary": layer 1 has {nights}, and {rest} (window-days)'


CASES = [
    case(
        "nights from friday to monday read like a weekend",
        written('{days: fri-mon, from: "17:00", to: "09:00"}'),
        says=[
            says(
                "4 nights, fri 17:00 to sat 09:00, sat 17:00 to sun 09:00, sun 17:00 to mon 09:00, mon 17:00 to tue "
                "09:00",
                '"fri-mon" reads like fri 17:00 to mon 09:00; write days: "fri,sat,sun,mon" for the nights, or '
                "from: fri 17:00, to: mon 09:00 for one stretch",
            )
        ],
    ),
    case(
        "two nights read like a day and a half",
        written('{days: "tue,sat-sun", from: "20:00", to: "08:00"}'),
        says=[
            says(
                "2 nights, sat 20:00 to sun 08:00, sun 20:00 to mon 08:00",
                '"sat-sun" reads like sat 20:00 to sun 08:00; write days: "sat,sun" for the nights, or '
                "from: sat 20:00, to: sun 08:00 for one stretch",
            )
        ],
    ),
    case(
        "the second window of a list",
        written('[{days: wed}, {days: fri-sun, from: "22:00", to: "06:00"}]'),
        says=[
            says(
                "3 nights, fri 22:00 to sat 06:00, sat 22:00 to sun 06:00, sun 22:00 to mon 06:00",
                '"fri-sun" reads like fri 22:00 to sun 06:00; write days: "fri,sat,sun" for the nights, or '
                "from: fri 22:00, to: sun 06:00 for one stretch",
            )
        ],
    ),
    case("the same nights, day by day", written('{days: "fri,sat,sun,mon", from: "17:00", to: "09:00"}')),
    case("one stretch, from a day to a day", written("{from: fri 17:00, to: mon 09:00}")),
    case("nights of working days", written('{days: mon-thu, from: "18:00", to: "09:00"}')),
    case("every night", written('{days: mon-sun, from: "18:00", to: "09:00"}')),
    case("hours of the weekend by day", written('{days: sat-sun, from: "09:00", to: "18:00"}')),
    case("hours of the weekend until midnight", written('{days: sat-sun, from: "09:00", to: "00:00"}')),
    case("whole days", written("{days: fri-mon}")),
]


@pytest.mark.parametrize("example", CASES)
def test_window_days(example: Case) -> None:
    assert example.found("window-days") == example.says
