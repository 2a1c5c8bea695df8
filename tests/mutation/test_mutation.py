"""Do the guards guard? One place of each kind of damage here, all of them in `make mutation`."""

from __future__ import annotations

from itertools import groupby

import pytest

from monitoring.checks import check_names
from tests.mutation.guards import LOADER, PROOF, red
from tests.mutation.kinds import KINDS, REVIEW, Damage, damages
from tests.mutation.run import Outcome, damaged, known_survivors
from tests.mutation.tree import shipped

WHOLE = shipped()
EVERY = list(damages(WHOLE))
SAMPLE = [next(own) for _, own in groupby(EVERY, key=lambda damage: damage.kind.name)]


def test_the_shipped_catalog_turns_no_guard_red() -> None:
    assert red(WHOLE) == frozenset()


@pytest.mark.parametrize("damage", [pytest.param(one, id=one.name) for one in SAMPLE])
def test_a_damage_turns_its_guard_red(damage: Damage) -> None:
    outcome = Outcome(damage, red(damaged(WHOLE, damage)))
    assert not outcome.misfiled, f"found by {sorted(outcome.red)}, so it is not for review"
    assert not outcome.survived or damage.name in known_survivors(), f"only {sorted(outcome.red)} turned red"


@pytest.mark.full
@pytest.mark.parametrize("damage", [pytest.param(one, id=one.name) for one in EVERY if one not in SAMPLE])
def test_a_damage_turns_its_guard_red_everywhere(damage: Damage) -> None:
    outcome = Outcome(damage, red(damaged(WHOLE, damage)))
    assert not outcome.misfiled
    assert not outcome.survived or damage.name in known_survivors()


def test_every_damage_changes_the_catalog() -> None:
    assert [one.name for one in EVERY if damaged(WHOLE, one).files == WHOLE.files] == []


def test_every_kind_names_guards_that_exist() -> None:
    known = {LOADER, PROOF, REVIEW, *check_names()}
    assert [(one.name, sorted(one.guards - known)) for one in KINDS if one.guards - known] == []


def test_there_are_many_kinds_each_with_a_name_and_a_place_of_its_own() -> None:
    names = [one.name for one in EVERY]
    assert len({one.name for one in KINDS}) == len(KINDS) >= 40
    assert len(SAMPLE) == len(KINDS)
    assert len(set(names)) == len(names)


def test_the_list_of_survivors_names_damages_that_exist() -> None:
    assert known_survivors() <= {one.name for one in EVERY}
