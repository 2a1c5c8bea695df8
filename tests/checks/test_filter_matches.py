"""What the check filter-matches finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a rule that acts nowhere is refused",
        shop("    cron: {project: jobs", "    environments: [staging]\n    cron: {project: jobs"),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": acts in no environment; name one that its project sends '
                "from (filter-matches)"
            ),
        ],
    ),
    case(
        "a rule of Datadog's that acts nowhere is refused, with an environment to write",
        shop("    metric: {max: memory.share", "    environments: []\n    metric: {max: memory.share"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": acts in no environment; write environments: [prod], or take '
                "environments out (filter-matches)"
            ),
        ],
    ),
    case(
        "a filter on the environment is refused",
        shop("where: {service: shop}", "where: {env: prod}"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": filters on "env", which the environment decides; take it out '
                "of where, and write environments (filter-matches)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_filter_matches(one: Case) -> None:
    assert one.found("filter-matches") == one.says
