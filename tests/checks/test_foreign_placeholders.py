"""What the check foreign-placeholders finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

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
        "a share and a price are right",
        shop("means: A function is close to its limit.", 'means: "It is at 90% or costs $5."'),
    ),
]


@pytest.mark.parametrize("example", CASES)
def test_foreign_placeholders(example: Case) -> None:
    assert example.found("foreign-placeholders") == example.says
