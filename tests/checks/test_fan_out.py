"""What the check fan-out finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a page for each of many groups is refused",
        shop("title: Memory runs out\n    severity: P2", "title: Memory runs out\n    severity: P1"),
        shop("by: [function]", "by: [host]"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can wake people 20 times at once; group by less, list the '
                "tag's values, or filter, so that it is at most 10 (fan-out)"
            ),
        ],
    ),
    case(
        "more messages than anybody reads are refused",
        shop("by: [function]", "by: [function, host]"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": can send 80 messages at once; group by less, list the tag\'s '
                "values, or filter, so that it is at most 60 (fan-out)"
            ),
        ],
    ),
    case(
        "a page for each of too many customers is refused",
        ("tenants.yaml", "acme:", "".join(f"c{n}: {{title: C{n}, plan: enterprise}}\n" for n in range(10)) + "acme:"),
        says=[
            (
                'services/site.yaml: rule "site-trial": can wake people 12 times at once; group by less, list the '
                "tag's values, or filter, so that it is at most 10 (fan-out)"
            ),
        ],
    ),
    case("a filter bounds the groups", shop("by: [function]", "where: {host: [a, b]}, by: [function, host]")),
    case(
        "a page for each of many groups of a raw query is refused",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": can wake people 20 times at once; group by less, list the '
                "tag's values, or filter, so that it is at most 10 (fan-out)"
            ),
        ],
    ),
    case(
        "logs by a key that nobody lists are refused",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}"',
            """'logs("env:prod").rollup("count").by("@usr.id").last("5m")'""",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": can wake people 20 times at once; group by less, list the '
                "tag's values, or filter, so that it is at most 10 (fan-out)"
            ),
        ],
    ),
    case(
        "a raw query that nobody can read may group by anything",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        shop("by {page}", "by page"),
        says=[
            (
                'services/shop.yaml: rule "shop-queue": can wake people 20 times at once; group by less, list the '
                "tag's values, or filter, so that it is at most 10 (fan-out)"
            ),
        ],
    ),
    case(
        "a filter bounds the groups of a raw query",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        shop("{env:prod} by {page}", "{env:prod AND page IN (cart,pay)} by {page}"),
    ),
    case(
        "the values that a metric declares bound the groups of a raw query",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        shop("by {page}", "by {service}"),
    ),
    case(
        "a search bounds the groups of logs",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        shop(
            '"avg(last_5m):avg:trace.request{env:prod} by {page}"',
            """'logs("env:prod service:(cart OR site)").rollup("count").by("service").last("5m")'""",
        ),
    ),
    case(
        "groups that notify by fewer tags are counted by those",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        shop("by {page}", "by {service,page}"),
        shop("above: 3, when-silent", "above: 3, notifies-by: [service], when-silent"),
    ),
    case(
        "groups that are counted into one value fire once",
        shop("title: The queue is long\n    severity: P2", "title: The queue is long\n    severity: P1"),
        shop("avg:trace.request{env:prod} by {page}", "count_nonzero(avg:trace.request{env:prod} by {page})"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_fan_out(one: Case) -> None:
    assert one.found("fan-out") == one.says
