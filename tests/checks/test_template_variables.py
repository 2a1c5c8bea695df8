"""What the check template-variables finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a variable of a key that nothing groups by is refused",
        shop("means: A function is close to its limit.", 'means: "{{host.name}} is close to its limit."'),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": nothing fills "{{host.name}}"; write {{function.name}} '
                "(template-variables)"
            ),
        ],
    ),
    case(
        "a variable in a rule without groups is refused",
        shop("means: Customers cannot buy.", 'means: "{{feature.name}} fails."'),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": nothing fills "{{feature.name}}"; say it in words, or group'
                " a metric with by (template-variables)"
            ),
        ],
    ),
    case(
        "a variable of the group is right",
        shop("means: A function is close to its limit.", 'means: "{{function.name}} is close to its limit."'),
    ),
    case(
        "the value is filled in by a monitor on a metric",
        shop("means: A function is close to its limit.", 'means: "A function is at {{value}} of its limit."'),
        shop("means: Mails wait.", 'means: "Mails wait for {{ value }} seconds."'),
    ),
    case(
        "the value in a title is refused",
        shop("title: Memory runs out", 'title: "Memory is at {{value}}"'),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": its title holds "{{value}}", and it stands on pages where '
                "nothing has fired; write the value into means (template-variables)"
            ),
        ],
    ),
    case(
        "sentry fills in no value",
        shop("means: Customers cannot buy.", 'means: "{{value}} customers cannot buy."'),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": nothing fills "{{value}}"; say it in words, or group a '
                "metric with by (template-variables)"
            ),
        ],
    ),
    case(
        "a query of logs has no value of a metric",
        shop("means: Mails wait.", 'means: "{{value}} mails wait."'),
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}"', """'logs("env:prod").rollup("count").last("5m")'"""
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": nothing fills "{{value}}"; say it in words, or group a metric '
                "with by (template-variables)"
            ),
        ],
    ),
    case(
        "a key that is not notified by fills nothing",
        shop("means: A function is close to its limit.", 'means: "{{host.name}} is close to its limit."'),
        shop("by: [function], over: 15m", "by: [function, host], notifies-by: [function], over: 15m"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": nothing fills "{{host.name}}"; write {{function.name}} '
                "(template-variables)"
            ),
        ],
    ),
    case(
        "a group of a raw query fills its variable",
        shop("means: Mails wait.", 'means: "Mails of {{page.name}} wait."'),
    ),
    case(
        "a variable that a raw query does not group by is refused",
        shop("means: Mails wait.", 'means: "Mails of {{host.name}} wait."'),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": nothing fills "{{host.name}}"; write {{page.name}} '
                "(template-variables)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_template_variables(one: Case) -> None:
    assert one.found("template-variables") == one.says
