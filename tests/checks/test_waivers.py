"""What the check waivers finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, Change, case, shop

SILENT = shop(", recovers-at: 1500ms, when-silent: alert", ", recovers-at: 1500ms")


def waived(check: str, finding: str, expires: str, times: int = 1) -> Change:
    """A waiver in waivers.yaml."""
    entry = f'  - {{check: {check}, finding: "{finding}", reason: known, owner: platform, expires: {expires}}}\n'
    return "waivers.yaml", "retired:", f"waivers:\n{entry * times}retired:"


CASES = [
    case(
        "a waiver of a year is right", SILENT, waived("no-data-decided", "shop-slow: silence undecided", "2027-11-24")
    ),
    *(
        case(
            f"a waiver of more than a year is refused, of {check}",
            SILENT,
            waived(check, finding, "2027-11-25"),
            says=[
                (
                    f'waivers.yaml: waiver of "{finding}": accepts it until 2027-11-25, more than a year ahead; write '
                    "a nearer day, like expires: 2027-02-21 (waivers)"
                ),
            ],
        )
        for check, finding in (
            ("no-data-decided", "shop-slow: silence undecided"),
            ("reach", "critical: nobody on call in primary"),
        )
    ),
    case(
        "a waiver of nothing is refused",
        waived("no-data-decided", "shop-slow: silence undecided", "2027-01-01"),
        says=[
            (
                'waivers.yaml: waiver of "shop-slow: silence undecided": no-data-decided finds no such thing; take '
                "the waiver out (waivers)"
            ),
        ],
    ),
    case(
        "a waiver of a check that does not exist is refused",
        waived("no-data-decide", "shop-slow: silence undecided", "2027-01-01"),
        says=[
            (
                'waivers.yaml: waiver of "shop-slow: silence undecided": no check is called "no-data-decide"; did you'
                ' mean "no-data-decided"? (waivers)'
            ),
        ],
    ),
    case(
        "an expired waiver is refused",
        SILENT,
        waived("no-data-decided", "shop-slow: silence undecided", "2026-11-22"),
        says=[
            (
                'waivers.yaml: waiver of "shop-slow: silence undecided": expired on 2026-11-22; mend the problem, or '
                "platform accepts it anew (waivers)"
            ),
        ],
    ),
    case(
        "a misspelt finding names the nearest",
        SILENT,
        waived("no-data-decided", "shop-slow: silence undecidd", "2027-01-01"),
        says=[
            (
                'waivers.yaml: waiver of "shop-slow: silence undecidd": no-data-decided finds no such thing; did you '
                'mean "shop-slow: silence undecided"? (waivers)'
            ),
        ],
    ),
    case(
        "a waiver that is defined twice is refused",
        SILENT,
        waived("no-data-decided", "shop-slow: silence undecided", "2027-01-01", times=2),
        says=[
            'waivers.yaml: waiver of "shop-slow: silence undecided": is defined twice; take one of them out (waivers)',
        ],
    ),
    case(
        "a waiver on its last day is right",
        SILENT,
        waived("no-data-decided", "shop-slow: silence undecided", "2026-11-23"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_waivers(one: Case) -> None:
    assert one.found("waivers") == one.says
