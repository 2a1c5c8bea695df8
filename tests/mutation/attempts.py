"""Every damage with the first guard that finds it: of the catalog, of what was typed by hand, of the Plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from monitoring.plan import dumps
from tests.mutation.chain import CHECKS, GUARDS, LOADER, NOBODY, PROOF, WRITTEN_BY_A_COMMAND, Undamaged
from tests.mutation.guards import red
from tests.mutation.kinds import REVIEW, Damage, damages
from tests.mutation.properties import PlanDamage, property_damages
from tests.mutation.reasons import reason_for
from tests.mutation.tree import shipped
from tests.mutation.words import agency, every_kind_of_signal, guard_of_typed, guard_of_word, typed, words
from tests.reach.plan_damage import DAMAGE, Damaged

BY_HAND, EACH_WORD, TYPED = "catalog, by hand", "catalog, each word", "expectations, each word"
PLAN_BY_HAND, EACH_PROPERTY = "Plan, by hand", "Plan, each property"


@dataclass(frozen=True)
class Attempt:
    """One damage that is to be done: where it belongs, what it is, and who finds it first."""

    area: str
    kind: str
    name: str
    guard: Callable[[], str]


@dataclass(frozen=True)
class Result:
    """What came of an attempt: the first guard, and what is wrong with that."""

    attempt: Attempt
    guard: str

    @property
    def survived(self) -> bool:
        """Whether nobody found it."""
        return self.guard == NOBODY

    @property
    def is_file_only(self) -> bool:
        """Whether only a file that a command writes shows it, which is no proof."""
        return self.guard in WRITTEN_BY_A_COMMAND

    @property
    def reason(self) -> str:
        """Why it is enough that a file shows it; empty where nobody has said so."""
        return reason_for(self.attempt.kind) if self.is_file_only else ""


def attempts() -> Iterator[Attempt]:
    """Every damage of every area, in a fixed order."""
    yield from _by_hand()
    for word in words():
        yield Attempt(EACH_WORD, f"change {word}", word, partial(guard_of_word, word))
    for typed_word in typed():
        yield Attempt(TYPED, typed_word.kind, typed_word.name, partial(guard_of_typed, typed_word))
    yield from _plan_by_hand()
    for undamaged in (agency(), every_kind_of_signal()):
        yield from _properties(undamaged)


def tried(attempt: Attempt) -> Result:
    """An attempt with the guard that found it first."""
    return Result(attempt, attempt.guard())


# --- the catalog -----------------------------------------------------------------------------------------------


def _by_hand() -> Iterator[Attempt]:
    for damage in damages(shipped()):
        yield Attempt(BY_HAND, damage.kind.name, damage.name, partial(_guard_of_damage, damage))


def _guard_of_damage(damage: Damage) -> str:
    """The first guard of those that the kind names; of a kind for review, the first after all of them."""
    tree = shipped()
    damage.apply(tree)
    if damage.kind.guards == {REVIEW}:
        return agency().guard_of_texts(tree.texts())
    stages = {_stage(guard) for guard in red(tree) & damage.kind.guards}
    return min(stages, key=GUARDS.index, default=NOBODY)


def _stage(guard: str) -> str:
    return guard if guard in (LOADER, PROOF) else CHECKS


# --- the Plan --------------------------------------------------------------------------------------------------


def _plan_by_hand() -> Iterator[Attempt]:
    for case in DAMAGE:
        change = case.values[0]
        yield Attempt(PLAN_BY_HAND, str(case.id), str(case.id), partial(_guard_of_change, change))


def _guard_of_change(change: Callable[[Damaged], None]) -> str:
    plan = Damaged(dumps(agency().plans["prod"]))
    change(plan)
    return agency().guard_of_plan(plan.read(), "prod")


def _properties(undamaged: Undamaged) -> Iterator[Attempt]:
    for damage in property_damages(undamaged.plans["prod"]):
        area = f"{EACH_PROPERTY}: {damage.about.partition('.')[0].partition(' option')[0]}"
        yield Attempt(area, damage.kind, damage.name, partial(_guard_of_property, undamaged, damage))


def _guard_of_property(undamaged: Undamaged, damage: PlanDamage) -> str:
    return undamaged.guard_of_plan(damage.plan, "prod")
