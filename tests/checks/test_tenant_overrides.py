"""What the check tenant-overrides finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, site

CASES = [
    case(
        "an exception for a customer of another plan is refused",
        ("tenants.yaml", "plan: enterprise", "plan: starter"),
        says=[
            (
                'services/site.yaml: rule "site-trial": "acme" is of the plan "starter", so its exception is never '
                "used; take acme out of except (tenant-overrides)"
            ),
        ],
    ),
    case(
        "an exception that changes nothing is refused",
        site("{more-than: 5}", "{}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": the exception for "acme" changes nothing; write what it has '
                "of its own (tenant-overrides)"
            ),
        ],
    ),
    case(
        "an exception with everybody's value is refused",
        site("{more-than: 5}", "{more-than: 10}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": "acme" has the same more-than as everybody; take more-than '
                "out (tenant-overrides)"
            ),
        ],
    ),
    case(
        "an exception of a field that the signal lacks is refused",
        site("{more-than: 5}", "{above: 5%}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": "acme" has its own above, and the signal has none; take above'
                " out (tenant-overrides)"
            ),
        ],
    ),
    case(
        "an exception with a window that sentry does not take is refused",
        site("{more-than: 5}", "{within: 7m}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": "7m" for "acme" is not a window that Sentry takes for errors;'
                " it is one of 1m, 5m, 10m, 15m, 30m, 1h, 2h, 4h, 1d (tenant-overrides)"
            ),
        ],
    ),
    case(
        "an exception in another unit is refused",
        site(
            "errors: {project: web, where: {feature: search}, more-than: 10, within: 5m}",
            "sentry-metric: {project: web, measure: p95, over: 10m, above: 5s}",
        ),
        site("{more-than: 5}", "{above: 5%}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": "5%" for "acme" is not the kind of value that "5s" is; write '
                "the same unit (tenant-overrides)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_tenant_overrides(one: Case) -> None:
    assert one.found("tenant-overrides") == one.says
