"""Damages the shipped catalog and says which damage survives its guards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.kinds import REVIEW, Damage
from tests.mutation.tree import Tree

SURVIVORS = Path(__file__).with_name("survivors.txt")
HEADING = "# Damage that no guard finds. This list may only shrink; `make mutation` takes out what is found now.\n"


@dataclass(frozen=True)
class Outcome:
    """What the guards said of one damage."""

    damage: Damage
    red: frozenset[str]

    @property
    def survived(self) -> bool:
        """Whether none of the guards that had to turn red did."""
        return self.damage.kind.guards != {REVIEW} and not self.red & self.damage.kind.guards

    @property
    def misfiled(self) -> bool:
        """Whether a damage that is for review alone turned a guard red."""
        return self.damage.kind.guards == {REVIEW} and bool(self.red)


def damaged(whole: Tree, damage: Damage) -> Tree:
    """A copy with the damage done."""
    copy = whole.copy()
    damage.apply(copy)
    return copy


def known_survivors() -> set[str]:
    """The list in git."""
    lines = SURVIVORS.read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def written(names: Iterable[str]) -> str:
    """The list as it stands in git."""
    return HEADING + "".join(f"{name}\n" for name in names)
