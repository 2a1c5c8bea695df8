"""What the check threshold-order finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, Change, case, shop, site

SLOWER = """  - id: shop-slower
    title: The shop is slower
    severity: P2
    means: Pages take long.
    metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 1s, when-silent: alert}
"""
ERRORS = """  - id: shop-some-errors
    title: Some errors
    severity: P2
    means: Some customers cannot buy.
    errors: {project: web, where: {feature: checkout}, more-than: 20, within: 5m}
"""
CERTIFICATE = """  - id: site-certificate-soon
    title: The certificate expires soon
    severity: P2
    means: Renewal has failed.
    uptime:
      asks: {certificate: {valid-for: 30d}}
      every: 12h
      regions: [aws:eu-central-1]
"""


def another(severity: str, above: str, where: str = "service: shop") -> Change:
    """A second rule on the shop's latency."""
    rule = SLOWER.replace("severity: P2", severity).replace("above: 1s", above).replace("service: shop", where)
    return shop("  - id: shop-memory", rule + "  - id: shop-memory")


def beside_the_queue(limit: str) -> Change:
    """A P1 rule on the query of which a P2 rule wants more than 3; or, below a limit, less than 3."""
    query = """query: {query: "avg(last_5m):avg:trace.request{env:prod} by {page}", above: 3, when-silent: resolve}"""
    rule = f"""  - id: shop-queue-worse
    title: The queue is longer
    severity: P1
    means: Mails wait longer.
    environments: [prod]
    {query.replace("above: 3", limit)}
"""
    return shop(f"    {query}\n", f"    {query.replace('above', limit.split(':')[0])}\n{rule}")


def no_worse(limit: str, other: str) -> str:
    return (
        f'services/shop.yaml: rule "shop-queue-worse": is P1 and fires at "{limit}", no worse than the P2 rule '
        f'"shop-queue" at "{other}"; let the more severe rule fire at the worse value (threshold-order)'
    )


def beside_each_event(more_than: int) -> Change:
    """A P2 rule that counts the errors of which a P0 rule wants each."""
    rule = ERRORS.replace("more-than: 20", f"more-than: {more_than}").replace("checkout", "search")
    each = rule.replace("shop-some-errors", "shop-leak").replace("severity: P2", "severity: P0")
    each = each.replace(f"more-than: {more_than}, within: 5m", "each-event: true")
    return shop("  - id: shop-memory", f"{each}{rule}  - id: shop-memory")


CASES = [
    case("reaching a value is milder than exceeding it", another("severity: P2", "at-least: 2s")),
    case(
        "exceeding a value at a milder severity than reaching it is the wrong order",
        shop("above: 2s, recovers-at: 1500ms", "at-least: 2s, recovers-at: 1500ms"),
        another("severity: P2", "above: 2s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": is P1 and fires at "at or above 2s", no worse than the P2 rule '
                '"shop-slower" at "above 2s"; let the more severe rule fire at the worse value (threshold-order)'
            ),
        ],
    ),
    case(
        "a more severe raw query at the lower value is refused where it fires above",
        beside_the_queue("above: 2"),
        says=[no_worse("above 2", "above 3")],
    ),
    case("a more severe raw query at the higher value is right where it fires above", beside_the_queue("above: 9")),
    case(
        "a more severe raw query at the higher value is refused where it fires below",
        beside_the_queue("below: 9"),
        says=[no_worse("below 9", "below 3")],
    ),
    case("a more severe raw query at the lower value is right where it fires below", beside_the_queue("below: 2")),
    case(
        "each event at a severity above a count of the same is refused",
        beside_each_event(20),
        says=[
            (
                'services/shop.yaml: rule "shop-leak": is P0 and fires at "more than 0", no worse than the P2 rule '
                '"shop-some-errors" at "more than 20"; let the more severe rule fire at the worse value '
                "(threshold-order)"
            ),
        ],
    ),
    case(
        "a more severe rule at the milder value is refused",
        another("severity: P2", "above: 3s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": is P1 and fires at "above 2s", no worse than the P2 rule '
                '"shop-slower" at "above 3s"; let the more severe rule fire at the worse value (threshold-order)'
            ),
        ],
    ),
    case(
        "the same value at two severities is refused",
        another("severity: P2", "above: 2000ms"),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": is P1 and fires at "above 2s", no worse than the P2 rule '
                '"shop-slower" at "above 2000ms"; let the more severe rule fire at the worse value (threshold-order)'
            ),
        ],
    ),
    case(
        "two rules on one thing at one severity are refused",
        another("severity: P1", "above: 5s"),
        says=[
            (
                'services/shop.yaml: rule "shop-slower": watches the same thing as "shop-slow", at the same severity;'
                " keep one of the two (threshold-order)"
            ),
        ],
    ),
    case("a milder rule at the milder value is right", another("severity: P2", "above: 1s")),
    case("another filter is another thing", another("severity: P2", "above: 3s", "service: site")),
    case(
        "errors are ordered too",
        shop("  - id: shop-slow", ERRORS + "  - id: shop-slow"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": is P0 and fires at "more than 10", no worse than the P2 '
                'rule "shop-some-errors" at "more than 20"; let the more severe rule fire at the worse value '
                "(threshold-order)"
            ),
        ],
    ),
    case(
        "certificates are worse with fewer days left",
        site("  - id: site-trial", CERTIFICATE + "  - id: site-trial"),
        says=[
            (
                'services/site.yaml: rule "site-certificate-soon": is P2 and fires at "less than 30d left", no worse '
                'than the P3 rule "site-certificate" at "less than 3w left"; let the more severe rule fire at the '
                "worse value (threshold-order)"
            ),
        ],
    ),
    case(
        "a host in capital letters is the same host",
        site("{certificate: {valid-for: 21d}}", "{certificate: {host: pay.youragency.com, valid-for: 21d}}"),
        site(
            "  - id: site-trial",
            CERTIFICATE.replace("{valid-for: 30d}", "{host: PAY.YourAgency.com, valid-for: 30d}")
            + "  - id: site-trial",
        ),
        says=[
            (
                'services/site.yaml: rule "site-certificate-soon": is P2 and fires at "less than 30d left", no worse '
                'than the P3 rule "site-certificate" at "less than 3w left"; let the more severe rule fire at the '
                "worse value (threshold-order)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_threshold_order(one: Case) -> None:
    assert one.found("threshold-order") == one.says
