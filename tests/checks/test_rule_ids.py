"""What the check rule-ids finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop, site

ALSO_FOR_EACH = """\
  - id: site
    title: A customer cannot search
    severity: P2
    means: One customer is affected.
    errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}
    for-each-tenant: {plan: enterprise}
"""

SECOND_TEST = """\
  - id: site-down-head
    title: The search does not answer
    severity: P2
    means: Nobody can search.
    uptime: {asks: {page: {path: /search}}, every: 5m, regions: [aws:eu-central-1, aws:us-east-1]}
"""

SEEN = "sentry-uptime: {project: web, path: /cart, every: 1m}"
CASES = [
    case(
        "a rule with the id of another's customer is refused",
        site("id: everything-down", "id: site-trial-acme"),
        ("maintenance.yaml", "everything-down", "site-trial-acme"),
        says=[
            (
                'services/site.yaml: rule "site-trial": unfolds to the id "site-trial-acme", which the rule '
                '"site-trial-acme" has too; give one of them another id (rule-ids)'
            ),
        ],
    ),
    case(
        "two rules that unfold to one id are refused, once for all environments",
        site("  - id: site-trial\n", f"{ALSO_FOR_EACH}  - id: site-trial\n"),
        files={"tenants": "acme: {title: Acme, plan: enterprise}\ntrial-acme: {title: Trial, plan: enterprise}\n"},
        says=[
            (
                'services/site.yaml: rule "site-trial": unfolds to the id "site-trial-acme", which the rule "site" has '
                "too; give one of them another id (rule-ids)"
            ),
        ],
    ),
    case(
        "a tenant with the name of those who are not listed is refused",
        files={"tenants": "acme: {title: Acme, plan: enterprise}\nothers: {title: Others, plan: enterprise}\n"},
        says=[
            (
                'services/site.yaml: rule "site-trial": unfolds to the id "site-trial-others", for a tenant of that '
                "name and for those who are not listed; give the tenant another key, and let the application send that"
                " (rule-ids)"
            ),
        ],
    ),
    case(
        "a title too long for sentry is refused",
        shop("title: The shop is failing", f"title: {'long ' * 40}"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its title becomes 227 characters, and Sentry takes 200; '
                "shorten the title (rule-ids)"
            ),
        ],
    ),
    case(
        "a title too long for a monitor by which sentry asks is refused",
        shop("title: The shop is failing", f"title: {'long ' * 22}"),
        shop("errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}", SEEN),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its title becomes 137 characters, and an uptime monitor of '
                "Sentry takes 128; shorten the title (rule-ids)"
            ),
        ],
    ),
    case(
        "a cron id too long for sentry is refused",
        shop("id: shop-nightly", f"id: shop-{'n' * 46}"),
        says=[
            (
                'services/shop.yaml: rule "shop-nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn": its id becomes 51 '
                "characters, and a cron monitor of Sentry takes 50; shorten the id (rule-ids)"
            ),
        ],
    ),
    case(
        "a rule with the name of another's second test is refused",
        site("within: 3s}}\n", "within: 3s}}\n      methods: [GET, HEAD]\n"),
        site("  - id: site-trial\n", f"{SECOND_TEST}  - id: site-trial\n"),
        says=[
            (
                'services/site.yaml: rule "site-down-head": becomes the SyntheticsTest "site-down-head", and so does '
                'the rule "site-down"; give one of them another name (rule-ids)'
            ),
        ],
    ),
    case("a cron id of exactly fifty characters is right", shop("id: shop-nightly", f"id: shop-{'n' * 45}")),
]


@pytest.mark.parametrize("one", CASES)
def test_rule_ids(one: Case) -> None:
    assert one.found("rule-ids") == one.says
