"""The generated pages: every rule is told of in full, and what changes in the catalog changes on the page."""

import pytest

from monitoring.docs import alert_rules, pages, runbook_index
from monitoring.loader import load
from tests.factories import a_catalog
from tests.platforms import AGENCY

FAILING = "services/shop.yaml"
SECTION = """### shop-failing

**The shop is failing.**
Customers cannot buy.

- Fires when: more than 10 errors within 5m in web where feature is checkout
- Arrives at: a page (policy critical), Slack #alerts
- Who is notified: first primary, after 5m a person named in PagerDuty; 1 more round
- Within what time: a first person is woken within 5m, a second within 15m, by phone
- Reminds: every 5m while it lasts
- Belongs to: Shop, team Platform
- Runbook: [The shop is failing](runbooks/shop-failing.md)
"""


def test_a_rule_is_told_of_in_full() -> None:
    assert SECTION in alert_rules(a_catalog())


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(
            (FAILING, "more-than: 10", "more-than: 12"),
            "- Fires when: more than 12 errors within 5m in web where feature is checkout",
            id="another threshold",
        ),
        pytest.param(
            (FAILING, "severity: P0", "severity: P3"),
            "| [`shop-failing`](#shop-failing) | P3 | The shop is failing | Shop | Slack #alerts "
            "| [runbook](runbooks/shop-failing.md) |",
            id="another severity arrives elsewhere",
        ),
        pytest.param(
            (FAILING, "severity: P0", "severity: P2"),
            "- Arrives at: an incident that wakes nobody (policy critical), Slack #alerts",
            id="a quiet severity opens a quiet incident",
        ),
        pytest.param(
            (
                FAILING,
                "means: Pages take longer than people will wait.",
                "means: M.\n    recovery-text: Pages are *fast*.",
            ),
            r"- Says when it recovers: Pages are \*fast\*.",
            id="a text for a recovery",
        ),
        pytest.param(
            ("severities.yaml", "first-human-within: 5m", "first-human-within: 4m"),
            "- Within what time: a first person is woken within 4m, a second within 15m, by phone",
            id="another promise",
        ),
        pytest.param(
            (FAILING, "title: The shop is failing", "title: The *shop* | fails"),
            r"**The \*shop\* \| fails.**",
            id="a title with marks in it stays a title",
        ),
        pytest.param(
            (FAILING, "means: Customers cannot buy.", "means: Customers cannot buy.\n    trial-until: 2030-01-01"),
            "- On trial: until 2030-01-01 it acts as P3",
            id="a trial is told with its end",
        ),
        pytest.param(
            (FAILING, "means: Customers cannot buy.", "means: Customers cannot buy.\n    reminds-every: 30m"),
            "- Reminds: every 30m while it lasts",
            id="a rule's own reminder",
        ),
        pytest.param(
            (FAILING, "means: Customers cannot buy.", "means: No buying.\n    same-symptom-as: [shop-slow]"),
            "- Same symptom as: [`shop-slow`](#shop-slow)",
            id="a sibling with the same symptom is linked",
        ),
        pytest.param(
            ("waivers.yaml", "retired: {}", "retired: {shop-closed: {on: 2026-02-01, reason: It never closes}}"),
            "| `shop-closed` | 2026-02-01 | It never closes |",
            id="a rule that is gone is remembered",
        ),
        pytest.param(
            ("platform.yaml", "slack: alerts-staging, email: false", "slack: quiet"),
            "- Staging (`staging`) has 2 rules: none of them pages, and all messages go to #quiet.",
            id="another environment is as loud as it is",
        ),
    ],
)
def test_a_change_is_on_the_page(change: tuple[str, str, str], line: str) -> None:
    assert line not in alert_rules(a_catalog()).splitlines()
    assert line in alert_rules(a_catalog(change)).splitlines()


def test_a_rule_for_each_customer_has_a_row_for_each() -> None:
    for_each = "means: Customers cannot buy.\n    for-each-tenant: {plan: enterprise, except: {acme: {more-than: 3}}}"
    page = alert_rules(a_catalog((FAILING, "means: Customers cannot buy.", for_each)))
    where = "within 5m in web where feature is checkout, counted for"
    assert f"| Acme Stores | `shop-failing-acme` | more than 3 errors {where} Acme Stores |" in page
    other = "any other enterprise customer"
    assert f"| {other} | `shop-failing-others` | more than 10 errors {where} {other} |" in page
    assert page.count("### shop-failing\n") == 1


def test_the_index_leads_to_each_runbook_and_to_the_status_pages_of_others() -> None:
    bought = (
        "service: pay\ntitle: Pay\nteam: platform\ntier: critical\nkind: external\nstatus-page: https://s.pay.com\n"
    )
    depends = (FAILING, "tier: critical\n", "tier: critical\ndepends-on: [pay]\n")
    index = runbook_index(a_catalog(depends, services_pay=bought))
    assert "| [The shop is failing](shop-failing.md) | `shop-failing` | Shop |" in index
    assert "| [Pay](https://s.pay.com) | Shop |" in index


def test_every_rule_that_ships_is_on_both_pages() -> None:
    catalog = load(AGENCY.catalog)
    made = pages(catalog)
    assert catalog.rules
    for rule in catalog.rules:
        assert f"\n### {rule}\n" in made["alert-rules.md"]
        assert f"]({rule}.md) | `{rule}` |" in made["runbooks/README.md"]
