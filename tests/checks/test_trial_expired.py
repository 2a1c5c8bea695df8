"""What the check trial-expired finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, site

CASES = [
    case(
        "a trial that is over is refused",
        site("trial-until: 2026-12-24", "trial-until: 2026-11-23"),
        says=[
            (
                'services/site.yaml: rule "site-trial": its trial ended on 2026-11-23, and it acts as P1 again; take '
                "trial-until out, or decide on another day (trial-expired)"
            ),
        ],
    ),
    case("a trial until tomorrow is right", site("trial-until: 2026-12-24", "trial-until: 2026-11-24")),
    case("a trial of a year is right", site("trial-until: 2026-12-24", "trial-until: 2027-11-24")),
    case(
        "a trial of more than a year is refused",
        site("trial-until: 2026-12-24", "trial-until: 2027-11-25"),
        says=[
            (
                'services/site.yaml: rule "site-trial": its trial lasts until 2027-11-25, more than a year ahead, and '
                "it acts as P3 until then; write a nearer day, like 2027-02-21, or severity: P3 (trial-expired)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_trial_expired(one: Case) -> None:
    assert one.found("trial-expired") == one.says
