"""What the check tenancy-tags finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, site

CASES = [
    case(
        "a project that does not say whose events they are is refused",
        platform("        tenant: {}\n", ""),
        says=[
            (
                'services/site.yaml: rule "site-trial": project "web" sends no tag "tenant", so no event is '
                "anybody's; declare the tag once the application sends it (tenancy-tags)"
            ),
        ],
    ),
    case(
        "a project that does not say the plan is refused",
        platform("        plan: {values: [enterprise, starter]}\n", ""),
        says=[
            (
                'services/site.yaml: rule "site-trial": project "web" sends no tag "plan", so no event is anybody\'s; '
                "declare the tag once the application sends it (tenancy-tags)"
            ),
        ],
    ),
    case(
        "a plan that is never sent is refused",
        platform("plan: {values: [enterprise, starter]}", "plan: {values: [starter]}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": the tag "plan" of project "web" is never "enterprise"; add '
                "the plan to the tag's values (tenancy-tags)"
            ),
        ],
    ),
    case(
        "a filter on the tenant is refused",
        site("where: {feature: search}", "where: {feature: search, tenant: acme}"),
        says=[
            (
                'services/site.yaml: rule "site-trial": filters on "tenant", which for-each-tenant does already; take'
                " tenant out of where (tenancy-tags)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_tenancy_tags(one: Case) -> None:
    assert one.found("tenancy-tags") == one.says
