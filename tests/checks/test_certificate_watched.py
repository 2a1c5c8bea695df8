"""What the check certificate-watched finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, site

CASES = [
    case(
        "a second host without a certificate rule is refused",
        site("page: {path: /, within: 3s}", "page: {url: https://pay.youragency.com/, within: 3s}"),
        says=[
            (
                'services/site.yaml: rule "site-down": asks "pay.youragency.com", and no rule watches the '
                "certificate of that host; write a rule with asks: {certificate: {host: pay.youragency.com, "
                "valid-for: 21d}} (certificate-watched)"
            ),
        ],
    ),
    case(
        "a second host that a step asks is refused",
        site("page: {path: /, within: 3s}", "steps: [{name: Pay, page: {url: https://pay.youragency.com/}}]"),
        says=[
            (
                'services/site.yaml: rule "site-down": asks "pay.youragency.com", and no rule watches the '
                "certificate of that host; write a rule with asks: {certificate: {host: pay.youragency.com, "
                "valid-for: 21d}} (certificate-watched)"
            ),
        ],
    ),
    case(
        "a second host with a certificate rule is right",
        site("page: {path: /, within: 3s}", "page: {url: https://pay.youragency.com/, within: 3s}"),
        site("{certificate: {valid-for: 21d}}", "{certificate: {host: pay.youragency.com, valid-for: 21d}}"),
    ),
    case(
        "a certificate rule at another port watches another certificate",
        site("page: {path: /, within: 3s}", "page: {url: https://pay.youragency.com/, within: 3s}"),
        site("{certificate: {valid-for: 21d}}", "{certificate: {host: pay.youragency.com, port: 465, valid-for: 21d}}"),
        says=[
            (
                'services/site.yaml: rule "site-down": asks "pay.youragency.com", and no rule watches the '
                "certificate of that host; write a rule with asks: {certificate: {host: pay.youragency.com, "
                "valid-for: 21d}} (certificate-watched)"
            ),
        ],
    ),
    case(
        "a host in capital letters is the host of its certificate rule",
        site("page: {path: /, within: 3s}", "page: {url: https://Pay.YourAgency.com/, within: 3s}"),
        site("{certificate: {valid-for: 21d}}", "{certificate: {host: PAY.youragency.com, valid-for: 21d}}"),
    ),
    case(
        "others watch their own certificates",
        site("page: {path: /, within: 3s}", "page: {url: https://status.stripe.com/, within: 3s}"),
    ),
    case(
        "an environment's own host is right",
        site("page: {path: /, within: 3s}", "page: {url: https://app.youragency.com/x, within: 3s}"),
    ),
]


@pytest.mark.parametrize("example", CASES)
def test_certificate_watched(example: Case) -> None:
    assert example.found("certificate-watched") == example.says
