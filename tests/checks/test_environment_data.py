"""What the check environment-data finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop

CASES = [
    case(
        "two environments under one word of sentry are refused",
        platform("{prod: production, staging: staging}", "{prod: production, staging: production}"),
        says=[
            (
                'platform.yaml: project "web": sends "production" from both prod and staging, so their events cannot '
                "be told apart; let the application send another environment there (environment-data)"
            ),
        ],
    ),
    case(
        "a metric that does not say its environment is refused",
        platform("tags: {env: {values: [prod, staging]}, function:", "tags: {function:"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": acts in prod and staging, and metric "memory.share" has no '
                'tag "env", so all environments look the same; add it to its tags in platform.yaml, or write '
                "environments: [prod] (environment-data)"
            ),
        ],
    ),
    case(
        "a raw query that acts in two environments is refused",
        shop("    environments: [prod]\n    query:", "    query:"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": acts in prod and staging, and a raw query is the same in '
                "each; write environments: [prod] (environment-data)"
            ),
        ],
    ),
    case(
        "a metric without environment is right where a rule acts in one",
        platform("tags: {env: {values: [prod, staging]}, function:", "tags: {function:"),
        shop("    metric: {max:", "    environments: [prod]\n    metric: {max:"),
    ),
    case(
        "a raw query on another environment is refused",
        shop("{env:prod} by", "{env:staging} by"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": acts in prod, and its query filters env on "staging"; write '
                "env:prod in the query, or the rule's environments (environment-data)"
            ),
        ],
    ),
    case(
        "a raw query that leaves its own environment out is refused",
        shop("{env:prod} by", "{!env:prod} by"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": acts in prod, and its query leaves "prod" out; write '
                "env:prod in the query, or the rule's environments (environment-data)"
            ),
        ],
    ),
    case(
        "logs of another environment are refused",
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}"',
            """'logs("env:staging status:error").rollup("count").last("5m")'""",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": acts in prod, and its query filters env on "staging"; write '
                "env:prod in the query, or the rule's environments (environment-data)"
            ),
        ],
    ),
    case(
        "a raw query over the data of every environment is refused",
        shop("{env:prod} by", "{*} by"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": its query takes "trace.request" from every environment; filter'
                " on env, like {env:prod} (environment-data)"
            ),
        ],
    ),
    case("several environments with the right one among them are right", shop("{env:prod}", "{env IN (prod,staging)}")),
    case("two alternatives with the right one among them are right", shop("{env:prod}", "{env:staging OR env:prod}")),
    case("a pattern may match the environment", shop("{env:prod}", "{env:pro*}")),
    case(
        "another environment's data that come by an alternative are refused",
        shop("{env:prod}", "{env:prod AND page:cart OR page:start}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": acts in prod, and its query takes data of staging as well; '
                "write env:prod AND (…), with all else inside the brackets (environment-data)"
            ),
        ],
    ),
    case("an alternative inside of brackets is right", shop("{env:prod}", "{env:prod AND (page:cart OR page:start)}")),
    case(
        "a pattern that matches every environment is refused",
        shop("{env:prod}", "{env:*}"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": acts in prod, and its query takes data of staging as well; '
                "write env:prod AND (…), with all else inside the brackets (environment-data)"
            ),
        ],
    ),
    case("leaving another environment out is right", shop("{env:prod}", "{!env:staging}")),
    case(
        "a metric that is never sent from an environment is refused",
        platform("tags: {env: {values: [prod, staging]}, function:", "tags: {env: {values: [prod]}, function:"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": metric "memory.share" is never sent with env "staging", so '
                "it matches nothing there; add staging to the tag's values, or take the rule out of staging "
                "(environment-data)"
            ),
        ],
    ),
    case(
        "an objective over a metric that is never sent there is refused",
        platform(
            "the till\n      tags: {env: {values: [prod, staging]}}", "the till\n      tags: {env: {values: [prod]}}"
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": metric "orders.all" is never sent with env "staging", so it '
                "matches nothing there; add staging to the tag's values, or take the rule out of staging "
                "(environment-data)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_environment_data(one: Case) -> None:
    assert one.found("environment-data") == one.says
