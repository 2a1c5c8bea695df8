"""What the check uptime-patience finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import SHOP, Case, Change, case, shop

ASKS = "asks: {health: {health: readiness, components: [shop]}}"
QUICK = """
  - id: shop-quick
    title: The shop is slow to answer
    severity: P2
    means: The shop answers, and late.
    same-symptom-as: [shop-ready]
    uptime:
      asks: {health: {health: readiness, within: 1s}}
      every: 5m
      regions: [aws:eu-central-1, aws:us-east-1]
      failing-in: 2
      retry: {times: 1, after: 5s}
"""
ALONE = (
    'services/shop.yaml: rule "shop-quick": waits 1s only, and no rule as severe asks the same and waits 3s; write '
    "within: 3s, or add the patient rule (uptime-patience)"
)
PATIENT_ONE = "severity: P1\n    means: The shop does not"
MILDER = "severity: P3\n    means: The shop does not"
FAILING = "    same-symptom-as: [shop-failing]\n"
READY = "    same-symptom-as: [shop-ready]\n"
STAGING = "    environments: [staging]\n"


def quick(old: str = "P2", new: str = "P2") -> dict[str, str]:
    """The shop with a rule on how fast it answers, after one change of that rule."""
    assert QUICK.count(old) == 1
    return {"services_shop": SHOP + QUICK.replace(old, new).lstrip("\n")}


def in_everything(old: str, new: str) -> Change:
    """A change of the composite that is P0."""
    return "services/site.yaml", old, new


CASES = [
    case("a rule of its own may ask how fast the answer comes", files=quick()),
    case("it may page, where the patient rule does", files=quick("P2", "P1")),
    case(
        "a rule that pages for the outage and waits a second is refused",
        shop(ASKS, ASKS.replace("[shop]", "[shop], within: 2s")),
        says=[
            (
                'services/shop.yaml: rule "shop-ready": waits 2s only, and "everything-down" is P0 by it; write '
                "within: 3s, or leave it out there (uptime-patience)"
            ),
            (
                'services/shop.yaml: rule "shop-ready": waits 2s only, and no rule as severe asks the same and waits '
                "3s; write within: 3s, or add the patient rule (uptime-patience)"
            ),
        ],
    ),
    case(
        "a P0 that asks how fast the answer comes is refused, also beside a patient rule",
        files=quick("P2", "P0"),
        says=[
            (
                'services/shop.yaml: rule "shop-quick": is P0, and waits 1s only; write within: 3s, or a milder rule '
                "(uptime-patience)"
            ),
        ],
    ),
    case(
        "a P0 made of it is refused",
        in_everything("all-of: [shop-ready, site-down]", "all-of: [shop-quick, site-down]"),
        files=quick(),
        says=[
            (
                'services/shop.yaml: rule "shop-quick": waits 1s only, and "everything-down" is P0 by it; write '
                "within: 3s, or leave it out there (uptime-patience)"
            ),
        ],
    ),
    case(
        "a P0 that it can only silence is right",
        in_everything("all-of: [shop-ready, site-down]", "all-of: [shop-ready, site-down], none-of: [shop-quick]"),
        files=quick(),
    ),
    case("a patient rule of another question is none", files=quick("readiness", "full"), says=[ALONE]),
    case("a patient rule that is milder is none", shop(PATIENT_ONE, MILDER), files=quick(), says=[ALONE]),
    case(
        "a patient rule in another environment is none",
        shop(FAILING, f"{STAGING}{FAILING}"),
        files=quick(),
        says=[ALONE],
    ),
    case(
        "a patient rule in the same environment is one",
        shop(FAILING, f"{STAGING}{FAILING}"),
        files=quick(READY, f"{READY}{STAGING}"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_uptime_patience(one: Case) -> None:
    assert one.found("uptime-patience") == tuple(one.says)
