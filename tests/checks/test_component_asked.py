"""What the check component-asked finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a component of readiness that no rule asks for is refused",
        shop("{health: readiness, components: [shop]}", "{health: liveness}"),
        says=[
            (
                'services/shop.yaml: service "shop": no uptime rule that wakes asks for its component "shop"; add it '
                "to the components of the readiness question (component-asked)"
            ),
        ],
    ),
    case(
        "a component that only a daylight rule asks for is refused",
        shop("title: The shop is not ready\n    severity: P1", "title: The shop is not ready\n    severity: P2"),
        says=[
            (
                'services/shop.yaml: service "shop": no uptime rule that wakes asks for its component "shop"; add it '
                "to the components of the readiness question (component-asked)"
            ),
        ],
    ),
    case(
        "the readiness question without names is right",
        shop("{health: readiness, components: [shop]}", "{health: readiness}"),
    ),
    case("a component that does not decide readiness may be left to daylight", shop("readiness: true\n", "")),
]


@pytest.mark.parametrize("one", CASES)
def test_component_asked(one: Case) -> None:
    assert one.found("component-asked") == one.says
