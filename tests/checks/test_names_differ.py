"""What the check names-differ finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall, platform, shop

CASES = [
    case(
        "two rules with one title are refused",
        shop("title: Requests fail", "title: the SHOP is failing"),
        says=[
            (
                'services/shop.yaml: rule "shop-error-rate": its title "the SHOP is failing" is that of '
                '"shop-failing", apart from case; give one of them another title (names-differ)'
            ),
        ],
    ),
    case(
        "two policies with one title are refused",
        oncall("title: Standard", "title: CRITICAL"),
        says=[
            (
                'oncall.yaml: policy "standard": its title "CRITICAL" is that of "critical", apart from case; give '
                "one of them another title (names-differ)"
            ),
        ],
    ),
    case(
        "two people with one address are refused",
        oncall("email: ben@youragency.com", "email: ana@youragency.com"),
        says=[
            (
                'oncall.yaml: person "ben": its email "ana@youragency.com" is that of "ana", apart from case; give '
                "one of them another email (names-differ)"
            ),
        ],
    ),
    case(
        "two people with one login are refused",
        oncall("    email: ana@youragency.com", "    login: ana-youragency\n    email: ana@youragency.com"),
        oncall("    email: ben@youragency.com", "    login: Ana-youragency\n    email: ben@youragency.com"),
        says=[
            (
                'oncall.yaml: person "ben": its login "Ana-youragency" is that of "ana", apart from case; give '
                "one of them another login (names-differ)"
            ),
        ],
    ),
    case(
        "two tags that differ in case are refused",
        platform("feature: {values: [checkout, search]}", "feature: {values: [checkout, search]}\n        Feature: {}"),
        says=[
            (
                'platform.yaml: project "web": the tag "Feature" is "feature", apart from case; declare it once, as '
                "it is sent (names-differ)"
            ),
        ],
    ),
    case(
        "two values of a tag that differ in case are refused",
        platform("feature: {values: [checkout, search]}", "feature: {values: [checkout, search, Search]}"),
        says=[
            (
                'platform.yaml: project "web": the value "Search" of the tag "feature" is "search", apart from case; '
                "declare it once, as it is sent (names-differ)"
            ),
        ],
    ),
    case(
        "two environments at one address are refused",
        platform("https://staging.youragency.com", "https://app.youragency.com"),
        says=[
            (
                'platform.yaml: environment "staging": its url "https://app.youragency.com" is that of "prod", apart '
                "from case; give one of them another url (names-differ)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_names_differ(one: Case) -> None:
    assert one.found("names-differ") == one.says
