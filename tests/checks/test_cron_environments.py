"""What the check cron-environments finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop

EVERYWHERE = platform("environments: {prod: production}", "environments: {prod: production, staging: staging}")
NIGHTLY = "  - id: shop-nightly\n"
UNWATCHED = (
    'services/shop.yaml: rule "shop-nightly": its job is watched in "prod" alone, and not in "staging": Sentry has one '
    "monitor for all of them; write environments: [prod] (cron-environments)"
)

CASES = [
    case("a job that runs everywhere is watched in one environment", EVERYWHERE, says=[UNWATCHED]),
    case(
        "a rule that names an environment in which it is not watched is refused",
        EVERYWHERE,
        shop(NIGHTLY, f"{NIGHTLY}    environments: [prod, staging]\n"),
        says=[UNWATCHED],
    ),
    case(
        "a rule that names where it acts is right",
        EVERYWHERE,
        shop(NIGHTLY, f"{NIGHTLY}    environments: [prod]\n"),
    ),
    case(
        "a rule of another environment's own is watched there",
        EVERYWHERE,
        shop(NIGHTLY, f"{NIGHTLY}    environments: [staging]\n"),
    ),
    case("a project that sends from one environment needs no word", shop("late-after: 10m", "late-after: 20m")),
]


@pytest.mark.parametrize("example", CASES)
def test_cron_environments(example: Case) -> None:
    assert example.found("cron-environments") == example.says
