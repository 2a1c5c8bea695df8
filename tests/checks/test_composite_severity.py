"""What the check composite-severity finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, site

CASES = [
    case(
        "a composite as severe as its part is refused",
        site("severity: P0", "severity: P1"),
        says=[
            (
                'services/site.yaml: rule "everything-down": is P1, and its part "shop-ready" wakes people as P1 '
                "already; make the composite more severe, or its parts less (composite-severity)"
            ),
        ],
    ),
    case("a composite that wakes nobody is right", site("severity: P0", "severity: P2")),
    case(
        "parts that wake nobody are right",
        site("severity: P0", "severity: P1"),
        shop("title: The shop is not ready\n    severity: P1", "title: The shop is not ready\n    severity: P2"),
        site("title: The site does not answer\n    severity: P1", "title: The site does not answer\n    severity: P2"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_composite_severity(one: Case) -> None:
    assert one.found("composite-severity") == one.says
