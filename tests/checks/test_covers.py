"""What the check covers finds, and what it lets pass. Ana has the week of 23 November, ben the one after it."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

LAYER = '- {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}\n'


def covered(*covers: str) -> tuple[str, str, str]:
    """The first schedule with these covers."""
    return oncall(LAYER, f"{LAYER}    cover: [{', '.join(covers)}]\n")


def kit_for_ana(begins: str, ends: str) -> str:
    return f'{{who: kit, instead-of: ana, from: "{begins}", to: "{ends}"}}'


def says(rest: str) -> list[str]:
    return [f'oncall.yaml: schedule "primary": "kit" covers "ana" {rest} (covers)']


CASES = [
    case(
        "a cover that is over is to go",
        covered(kit_for_ana("2026-11-09 09:00", "2026-11-16 09:00")),
        says=says("until 2026-11-16 09:00, which is over; take the cover out"),
    ),
    case(
        "a cover of somebody who is not on call does nothing",
        covered(kit_for_ana("2026-11-30 09:00", "2026-12-02 09:00")),
        says=says(
            'from 2026-11-30 09:00 to 2026-12-02 09:00, when "ana" is not on call; take the cover out, or write the '
            "times of a turn; the next one begins on 2026-12-07 09:00"
        ),
    ),
    case("a cover that ends today is not over", covered(kit_for_ana("2026-11-16 09:00", "2026-11-23 09:30"))),
    case("a cover of some days of a turn", covered(kit_for_ana("2026-12-08 09:00", "2026-12-10 18:00"))),
    case("a cover that begins before the turn", covered(kit_for_ana("2026-12-05 09:00", "2026-12-08 09:00"))),
]


@pytest.mark.parametrize("example", CASES)
def test_covers(example: Case) -> None:
    assert example.found("covers") == example.says


def test_a_cover_that_puts_one_person_on_two_steps_is_found_by_the_steps() -> None:
    (values,) = case(
        "ben has the second step of standard in ana's week",
        covered('{who: ben, instead-of: ana, from: "2026-12-07 09:00", to: "2026-12-14 09:00"}'),
    ).values
    assert isinstance(values, Case)
    (problem,) = values.found("consecutive-steps")
    assert "step 2 asks only whom step 1 has asked, as on 2026-12-07 08:00 UTC" in problem
