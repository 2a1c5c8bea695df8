"""What the check maintenance-matches finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case

CASES = [
    case(
        "a window over a service without rules on datadog is refused",
        ("maintenance.yaml", "services: [shop]", "services: [shop, stripe]"),
        says=[
            (
                'maintenance.yaml: maintenance "upgrade": no rule of "stripe" is on datadog there, so the window '
                "mutes nothing of it; take stripe out; sentry's rules keep waking people (maintenance-matches)"
            ),
        ],
    ),
    case(
        "a window in which nothing is muted is refused",
        ("maintenance.yaml", "services: [shop]", "services: [stripe]"),
        says=[
            (
                'maintenance.yaml: maintenance "upgrade": no rule of "stripe" is on datadog there, so the window '
                "mutes nothing of it; take stripe out; sentry's rules keep waking people (maintenance-matches)"
            ),
            (
                'maintenance.yaml: maintenance "upgrade": no rule of its services is on datadog in "prod"; take prod '
                "out (maintenance-matches)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_maintenance_matches(one: Case) -> None:
    assert one.found("maintenance-matches") == one.says
