"""What the check composite-parts finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, site

COMPOSITE = """  - id: worse
    title: Worse than everything
    severity: P2
    means: Nothing answers.
    composite: {any-of: [everything-down, site-down]}
"""

CASES = [
    case(
        "a part on sentry is refused",
        site("all-of: [shop-ready, site-down]", "all-of: [shop-failing, site-down]"),
        says=[
            (
                'services/site.yaml: rule "everything-down": combines "shop-failing", which watches errors and is no '
                "single monitor of datadog; combine rules that one monitor of datadog watches, such as uptime or "
                "metric (composite-parts)"
            ),
        ],
    ),
    case(
        "a part that is a composite is refused",
        site("  - id: site-certificate", COMPOSITE + "  - id: site-certificate"),
        says=[
            (
                'services/site.yaml: rule "worse": combines "everything-down", which watches composite and is no '
                "single monitor of datadog; combine rules that one monitor of datadog watches, such as uptime or "
                "metric (composite-parts)"
            ),
        ],
    ),
    case(
        "a part that does not act there is refused",
        site(
            "    composite: {all-of: [shop-ready, site-down]}",
            "    composite: {all-of: [shop-ready, site-down], none-of: [shop-queue]}",
        ),
        says=[
            (
                'services/site.yaml: rule "everything-down": acts in "staging", where its part "shop-queue" does not;'
                " give both the same environments (composite-parts)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_composite_parts(one: Case) -> None:
    assert one.found("composite-parts") == one.says
