"""What the check personal-data finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop

CASES = [
    case(
        "an e-mail address in a text is refused",
        shop("means: Customers cannot buy.", "means: Ask boss@youragency.com first."),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its means holds the e-mail address "boss@youragency.com"; '
                "say it without; who is asked stands in the page anyway (personal-data)"
            ),
        ],
    ),
    case(
        "a telephone number in a title is refused",
        shop("title: The shop is failing", "title: Call +49 30 1234567"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its title holds the telephone number "+49 30 1234567"; say '
                "it without; who is asked stands in the page anyway (personal-data)"
            ),
        ],
    ),
    case(
        "a person's name in a text is refused",
        shop("means: Customers cannot buy.", "means: Wake ana example."),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its means holds the person\'s name "ana example"; say it '
                "without; who is asked stands in the page anyway (personal-data)"
            ),
        ],
    ),
    case(
        "a filter on a personal tag is refused",
        shop("where: {feature: checkout}", "where: {user: kim}"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": uses the personal tag "user"; filter and group by something'
                " that is not about a person (personal-data)"
            ),
        ],
    ),
    case(
        "a personal tag that is forwarded is refused",
        platform("forwards: [feature]", "forwards: [feature, user]"),
        says=[
            (
                'platform.yaml: project "web": forwards the personal tag "user" to pages; take it out of forwards '
                "(personal-data)"
            ),
        ],
    ),
    case(
        "a tag about people that is not marked is refused",
        platform("user: {personal: true}", "user: {}"),
        says=[
            'platform.yaml: project "web": the tag "user" is about a person; mark it personal: true (personal-data)',
        ],
    ),
    case(
        "a metric's tag about people that is not marked is refused",
        platform("page: {}}", "page: {}, client_ip: {}, email: {}}"),
        says=[
            (
                'platform.yaml: metric "trace.request": the tag "client_ip" is about a person; mark it personal: true'
                " (personal-data)"
            ),
            (
                'platform.yaml: metric "trace.request": the tag "email" is about a person; mark it personal: true '
                "(personal-data)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_personal_data(one: Case) -> None:
    assert one.found("personal-data") == one.says
