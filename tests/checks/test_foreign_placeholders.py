"""What the check foreign-placeholders finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

ERRORS = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
ELSEWHERE = 'elsewhere: {events-api: its webhook, fires-when: "the alarm {alarm} is on", detects-within: 5m}'

CASES = [
    case(
        "braces of python are refused",
        shop("means: A function is close to its limit.", 'means: "The function {function} is close to its limit."'),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": its means holds the placeholder "{function}", which '
                "nothing fills; say it in words; a datadog rule by a tag can say {{TAG.name}} "
                "(foreign-placeholders)"
            ),
        ],
    ),
    case(
        "a variable of a shell is refused",
        shop("title: Memory runs out", 'title: "Memory of ${FUNCTION} runs out"'),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": its title holds the placeholder "${FUNCTION}", which '
                "nothing fills; say it in words; a datadog rule by a tag can say {{TAG.name}} "
                "(foreign-placeholders)"
            ),
        ],
    ),
    case(
        "a letter of printf is refused",
        shop("title: Memory runs out", 'title: "Memory of %s runs out"'),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": its title holds the placeholder "%s", which nothing '
                "fills; say it in words; a datadog rule by a tag can say {{TAG.name}} (foreign-placeholders)"
            ),
        ],
    ),
    case(
        "a template of ruby is refused",
        shop("title: Memory runs out", 'title: "Memory of <%= name %> runs out"'),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": its title holds the placeholder "<%= name %>", which '
                "nothing fills; say it in words; a datadog rule by a tag can say {{TAG.name}} "
                "(foreign-placeholders)"
            ),
        ],
    ),
    case(
        "a placeholder in a service is refused",
        shop("title: Shop\n", 'title: "Shop {name}"\n'),
        says=[
            (
                'services/shop.yaml: service "shop": its title holds the placeholder "{name}", which nothing '
                "fills; say it in words; a datadog rule by a tag can say {{TAG.name}} (foreign-placeholders)"
            ),
        ],
    ),
    case(
        "a variable of datadog is right",
        shop("means: A function is close to its limit.", 'means: "{{function.name}} is close to its limit."'),
    ),
    case(
        "a share, a price, a comparison and a filter are right",
        shop(
            "means: A function is close to its limit.",
            'means: "It is at 90% or costs $5 to $1,000, or a < b and c > d, of {env:prod}, 100% due to {a, b}."',
        ),
    ),
    case(
        "a placeholder in what another system sees is refused",
        shop(ERRORS, ELSEWHERE),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its elsewhere.fires-when holds the placeholder "{alarm}", '
                "which nothing fills; say it in words; a datadog rule by a tag can say {{TAG.name}} "
                "(foreign-placeholders)"
            ),
        ],
    ),
]
PLACEHOLDERS = (
    "{}",
    "{0}",
    "{host.name}",
    "{host!r}",
    "{hosts[0]}",
    "{share:.2f}",
    "{% host %}",
    "$host.name",
    "$(host)",
    "${HOST:-none}",
    "%d",
    "%v",
    "%.1f",
    "%(host)s",
    "%HOST%",
    "[[host]]",
    "<host>",
    "<%= host %>",
)


@pytest.mark.parametrize("example", CASES)
def test_foreign_placeholders(example: Case) -> None:
    assert example.found("foreign-placeholders") == example.says


@pytest.mark.parametrize("placeholder", PLACEHOLDERS)
def test_each_placeholder_of_another_language_is_found(placeholder: str) -> None:
    change = shop("title: Memory runs out", f"title: 'Memory of {placeholder} runs out'")
    (the_case,) = case("a placeholder", change).values
    assert isinstance(the_case, Case)
    (found,) = the_case.found("foreign-placeholders")
    assert f'its title holds the placeholder "{placeholder}", which' in found
