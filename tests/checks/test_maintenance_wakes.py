"""What the check maintenance-wakes finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case

FILE = "maintenance.yaml"


WAKES = "  still-wakes: [shop-failing, everything-down]\n"

CASES = [
    case(
        "a rule of sentry's in a muted service is named, and a composite of what is muted",
        (FILE, WAKES, ""),
        says=[
            'maintenance.yaml: maintenance "upgrade": "shop-failing", "everything-down" still wake somebody during '
            "it, and it does not say so; write still-wakes: [shop-failing, everything-down], and put who does the work "
            "on call then with a cover (maintenance-wakes)"
        ],
    ),
    case(
        "a window that is over is left alone",
        (FILE, WAKES, ""),
        (FILE, '"2026-12-06 04:00"', '"2026-11-06 04:00"'),
        (FILE, '"2026-12-06 05:00"', '"2026-11-06 05:00"'),
    ),
    case(
        "a rule that is muted does not wake",
        (FILE, "[shop-failing, ", "[shop-failing, shop-slow, "),
        says=[
            'maintenance.yaml: maintenance "upgrade": "shop-slow" wakes nobody during it, or is muted; take shop-slow '
            "out (maintenance-wakes)"
        ],
    ),
    case(
        "a window of one rule wakes nobody by the others of its service",
        (FILE, "services: [shop]", "rules: [shop-slow]"),
        (FILE, WAKES, ""),
    ),
]


@pytest.mark.parametrize("example", CASES)
def test_maintenance_wakes(example: Case) -> None:
    assert example.found("maintenance-wakes") == example.says
