"""The review: two catalogs and the instant at which one takes the other's place, and every effect of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from monitoring.collector import gc_paused
from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.oncall.clock import DAY
from monitoring.oncall.moved import MovedShift
from monitoring.reach.proof import YEAR
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.direct import direct_effects
from monitoring.review.effects import Effect, Place
from monitoring.review.explaining import effect, from_to
from monitoring.review.people import LoadChange, few, load_changes, near_moved, people_effects
from monitoring.review.plans import VendorChange
from monitoring.review.promises import AnswerChange, answer_changes, promise_effects
from monitoring.review.refused import check_effects
from monitoring.review.risks import EffectKind, Risk
from monitoring.review.sides import ReviewSide
from monitoring.review.worst import DrillChange, worst_drills


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """What was looked at: the rules, schedules and people of both sides, and the days of the proof."""

    rules: int
    schedules: int
    people: int
    days: int = YEAR // DAY


@dataclass(frozen=True)
class Review:
    """What a change does, the gravest first; who is concerned, and the shifts of twelve weeks that change hands.

    `rewritten` are the files that are other bytes and say the same; `zones` are those of people and of schedules;
    `vendors` is None where nobody asked what they will have to do; `not_asked` is why, where somebody wanted to.
    """

    at: int
    effects: tuple[Effect, ...]
    counts: ReviewCounts
    people: tuple[LoadChange, ...] = ()
    shifts: tuple[tuple[str, MovedShift], ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    drills: tuple[DrillChange, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    schedule_zones: Mapping[str, str] = field(default_factory=dict)
    rewritten: tuple[str, ...] = ()
    vendors: tuple[VendorChange, ...] | None = None
    not_asked: str = ""

    @property
    def worst(self) -> Risk:
        """The gravest risk; none where nothing has an effect."""
        return self.effects[0].risk if self.effects else Risk.NONE

    @property
    def by_risk(self) -> Mapping[Risk, int]:
        """How many effects there are of each risk."""
        counted = Counter(each.risk for each in self.effects)
        return {risk: counted[risk] for risk in Risk}


def review_of(old: ReviewSide, new: ReviewSide, at: int) -> Review:
    """What it does that one side takes the other one's place at an instant; UsageError where one cannot be read."""
    compared = ComparedCatalogs(old.catalog, new.catalog, at)
    with gc_paused():
        reviewed = _review(compared)
        refused = tuple(check_effects(compared, old.runbooks, new.runbooks))
    effects = tuple(sorted((*reviewed.effects, *refused, *code_effects(old, new)), key=lambda each: each.order))
    return replace(reviewed, effects=effects, rewritten=tuple(_rewritten(old, new, compared)))


def code_effects(old: ReviewSide, new: ReviewSide) -> Iterator[Effect]:
    """Files of code that differ, as one effect that nobody can judge here; nothing where a side's code is not known."""
    if old.code is None or new.code is None:
        return
    was, becomes = old.code, new.code
    changed = sorted(name for name in {*was, *becomes} if was.get(name) != becomes.get(name))
    if changed:
        how_many = "1 file of code" if len(changed) == 1 else f"{len(changed)} files of code"
        yield Effect(
            kind=EffectKind.CODE_CHANGED,
            subject="code",
            sentence=f"code changed, its effect is not judged: {how_many} ({few(changed)})",
            source=Source(changed[0]),
            gone=changed[0] not in becomes,
        )


def _rewritten(old: ReviewSide, new: ReviewSide, compared: ComparedCatalogs) -> Iterator[str]:
    """The files that differ, and of which no difference is about anything that they say."""
    about = {
        compared.source(each.place, gone=gone).file
        for each in compared.differences
        for gone, value in ((True, each.before), (False, each.after))
        if value is not None
    }
    for name in sorted({*old.files, *new.files}):
        if old.files.get(name) != new.files.get(name) and name not in about:
            yield name


def review(before: Catalog, after: Catalog, at: int) -> Review:
    """What it does that one catalog takes another one's place at an instant."""
    return _review(ComparedCatalogs(before, after, at))


def _review(compared: ComparedCatalogs) -> Review:
    counts = ReviewCounts(
        rules=len({*compared.before.rules, *compared.after.rules}),
        schedules=len(compared.schedules),
        people=len(compared.homes),
    )
    if not compared.differences:
        return Review(compared.at, (), counts)
    answers = answer_changes(compared)
    return Review(
        at=compared.at,
        effects=all_effects(compared),
        counts=counts,
        people=load_changes(compared),
        shifts=near_moved(compared),
        answers=answers,
        drills=worst_drills(compared, answers),
        zones={name: home.time_zone for name, home in compared.homes.items()},
        schedule_zones={name: each.time_zone for name, each in compared.schedules.items()},
    )


def all_effects(compared: ComparedCatalogs) -> tuple[Effect, ...]:
    """Every effect once, the gravest first; a difference that none of them explains is an effect itself."""
    known = [*direct_effects(compared), *people_effects(compared), *promise_effects(compared)]
    unexplained = unexplained_effects(compared, known)
    by_id = {each.id: each for each in reversed([*known, *unexplained])}
    return tuple(sorted(by_id.values(), key=lambda each: each.order))


def unexplained_effects(compared: ComparedCatalogs, known: Iterable[Effect]) -> Iterator[Effect]:
    """One for each difference that no effect explains."""
    explained = {place for each in known for place in each.explains} | frozenset(said_elsewhere(compared))
    for difference in compared.differences:
        if not any(difference.place[:length] in explained for length in range(2, len(difference.place) + 1)):
            yield _unexplained(compared, difference)


def said_elsewhere(compared: ComparedCatalogs) -> Iterator[Place]:
    """Places whose difference is part of one that is explained at another place."""
    for place in (each.place for each in compared.differences):
        match place:
            case ("rule-service", name) if None in compared.rule(name):
                yield place  # a rule that is new or gone
            case ("rule", name, "formerly") if ("rule", name) in compared.old_names:
                yield place  # its new id
            case ("rule", name, "errors", "more-than" | "within") if ("rule", name, "errors", "each-event") in (
                each.place for each in compared.differences
            ):
                yield place


def _unexplained(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    kind, name, *words = difference.place
    values = from_to(difference.before, difference.after)
    sentence = f'{kind} "{name}" differs, and what that does is not known: {" ".join(words)} {values}'
    return effect(compared, difference, EffectKind.UNEXPLAINED, sentence, detail=".".join((kind, *words)))
