"""What the check fairness finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

TURNS = """primary:
    title: First line
    time-zone: Europe/Berlin
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}
"""
WEEKEND = 'people: [ana, ben]}\n      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana], only: {days: sat-sun}}'


SEAM = (
    'people: [ana, ben], until: "2027-03-01 09:00"}\n'
    '      - {anchor: "2027-03-01 09:00", turn: 1w, people: [ana, kit, ben]}'
)
ALL_OTHERS = (
    'people: [ana, kit], until: "2027-03-01 09:00"}\n      - {anchor: "2027-03-01 09:00", turn: 1w, people: [ben]}'
)


def agreed(bounds: str, turns: str = "people: [ana, ben]}", *, cover: str = "") -> tuple[str, str, str]:
    """The first line's schedule with a bound, with other layers, with a cover."""
    words = TURNS.replace("people: [ana, ben]}", turns)
    return oncall(TURNS, f"{words}    fairness: {bounds}\n{cover}")


def living_in(region: str, name: str) -> tuple[str, str, str]:
    return oncall(f"name: {name} Example", f"name: {name} Example\n    region: {region}")


def said(where: str, remedy: str) -> str:
    return f'oncall.yaml: schedule "primary": {where}; {remedy} (fairness)'


YEAR = "in the year from 2026-11-23 on"
CASES = [
    case("a week more or less is always possible", agreed("{nights: 7, weekends: 1, hours: 168}")),
    case(
        "somebody with every weekend",
        agreed("{weekends: 2}", WEEKEND),
        says=[
            said(
                f'{YEAR} "ana" has 52 weekends and "ben" 0, 52 more, and fairness allows 2 more',
                'let "ben" cover some turns of "ana", or write weekends: 52 if that is fair',
            )
        ],
    ),
    case(
        "what has no bound may be as it is",
        agreed("{holidays: 60}", WEEKEND),
        living_in("PT", "Ana"),
        living_in("PT", "Ben"),
    ),
    case(
        "two measures are two findings",
        agreed("{weekends: 51, hours: 2400}", WEEKEND),
        says=[
            said(
                f'{YEAR} "ana" has 52 weekends and "ben" 0, 52 more, and fairness allows 51 more',
                'let "ben" cover some turns of "ana", or write weekends: 52 if that is fair',
            ),
            said(
                f'{YEAR} "ana" has 5656 hours and "ben" 3128, 2528 more, and fairness allows 2400 more',
                'let "ben" cover some turns of "ana", or write hours: 2528 if that is fair',
            ),
        ],
    ),
    case(
        "a cover that makes it unfair",
        agreed(
            "{nights: 7}",
            cover='    cover: [{who: ben, instead-of: ana, from: "2027-01-04 09:00", to: "2027-03-01 09:00"}]\n',
        ),
        says=[
            said(
                f'{YEAR} "ben" has 211 nights and "ana" 156, 55 more, and fairness allows 7 more',
                'let "ana" cover some turns of "ben", or write nights: 55 if that is fair',
            )
        ],
    ),
    case("somebody who joins within the year is not compared", agreed("{nights: 14}", SEAM)),
    case("where nobody stays for the year there is nobody to compare", agreed("{nights: 1}", ALL_OTHERS)),
    case(
        "a schedule that begins later is looked at from then on",
        agreed("{nights: 1}"),
        oncall(
            'primary:\n    title: First line\n    time-zone: Europe/Berlin\n    layers:\n      - {anchor: "2026-01-05',
            'primary:\n    title: First line\n    time-zone: Europe/Berlin\n    layers:\n      - {anchor: "2026-11-30',
        ),
        says=[
            said(
                'in the year from 2026-11-30 on "ana" has 184 nights and "ben" 182, 2 more, and fairness allows 1 more',
                'let "ben" cover some turns of "ana", or write nights: 2 if that is fair',
            )
        ],
    ),
    case(
        "holidays of somebody whose region nobody wrote",
        agreed("{holidays: 3}"),
        living_in("PT", "Ana"),
        says=[
            said(
                'counts the holidays of "ben", who has no region',
                "write one in people, like ben: {region: DE-BE}, or take holidays out",
            )
        ],
    ),
    case(
        "holidays that fall to one person",
        agreed("{holidays: 3}"),
        living_in("PT", "Ana"),
        living_in("DE-BE", "Ben"),
        says=[],
    ),
]


@pytest.mark.parametrize("example", CASES)
def test_fairness(example: Case) -> None:
    assert example.found("fairness") == example.says
