"""One sentence for the whole change, of at most 120 characters: people first, then the worst minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from monitoring.model.scalars import many
from monitoring.oncall.clock import in_zone
from monitoring.review.effects import Effect
from monitoring.review.people import LoadChange
from monitoring.review.plans import vendor_headline, worst_at_vendors
from monitoring.review.promises import AnswerChange
from monitoring.review.reviewing import Review
from monitoring.review.risks import EffectKind, Risk
from monitoring.review.vendor_effects import is_about_vendors

MAX_HEADLINE = 120
NO_EFFECT = "No effect on anybody"
PEOPLE_BEFORE_ANSWER = 2
"""Parts about people that come before the worst minute; the others come behind it."""
MAX_NAME = 40
"""Characters of a name in the headline."""


def headline(review: Review) -> str:
    """What a reader has to know if they read nothing else."""
    vendors, worst = vendor_headline(review.vendors or ()), worst_at_vendors(review.vendors or ())
    on_people = [each for each in review.effects if not is_about_vendors(each)]
    if not on_people:
        return "; ".join(_chosen([NO_EFFECT, vendors], vendors, worst))
    parts = list(_parts(review, vendors if worst else "")) or [on_people[0].sentence]
    counts = [_count(review)] if len(review.effects) > 1 else []
    return "; ".join(_chosen([*parts, "" if worst else vendors, *counts], vendors, worst)) or _count(review)


def _chosen(parts: Sequence[str], vendors: str, worst: str) -> list[str]:
    """As many parts from the first as fit, and the worst at the vendors in short where all about them does not fit."""
    chosen: list[str] = []
    for part in filter(None, parts):
        kept = [worst] if worst and chosen and vendors not in (*chosen, part) else []
        if _fits(*chosen, part, *kept):
            chosen.append(part)
    is_missing = worst and vendors not in chosen and _fits(*chosen, worst)
    return [*chosen, worst] if is_missing else chosen


def _fits(*parts: str) -> bool:
    return len("; ".join(parts)) <= MAX_HEADLINE


def _parts(review: Review, worst_at_vendors: str) -> Iterator[str]:
    """Parts of the sentence, the most important first."""
    by_kind = {kind: [each for each in review.effects if each.kind is kind] for kind in EffectKind}
    yield from _dangers(by_kind)
    yield from filter(None, [worst_at_vendors])
    people = list(_people(review.people))
    yield from people[:PEOPLE_BEFORE_ANSWER]
    yield from _answers(review.answers)
    if review.shifts:
        yield f"{many(len(review.shifts), 'shift')} change{'s' * (len(review.shifts) == 1)} hands"
    yield from _not_judged(len(by_kind[EffectKind.UNEXPLAINED]), code=bool(by_kind[EffectKind.CODE_CHANGED]))
    yield from people[PEOPLE_BEFORE_ANSWER:]


def _dangers(by_kind: Mapping[EffectKind, list[Effect]]) -> Iterator[str]:
    """Whoever is on call now and would not be, when nobody is, what fails, what wakes nobody any more."""
    yield from (
        f"{_short(each.after)} is on call now, not {_short(each.before)}" for each in by_kind[EffectKind.ON_CALL_NOW]
    )
    for hole in by_kind[EffectKind.HOLE_OPENED]:
        yield f"nobody is on call in {_short(hole.subject)} for {hole.after} of the year"
    if broken := len(by_kind[EffectKind.PROMISE_BROKEN]):
        yield f"{many(broken, 'promise')} fail{'s' * (broken == 1)}"
    sleeping = list(dict.fromkeys(each.subject for each in by_kind[EffectKind.RULE_SLEEPS]))
    yield from _rules(sleeping, "wakes nobody any more", "wake nobody any more")
    yield from _rules([each.subject for each in by_kind[EffectKind.RULE_REMOVED]], "is gone", "are gone")


def _not_judged(unexplained: int, *, code: bool) -> Iterator[str]:
    if unexplained:
        yield f"unexplained: {many(unexplained, 'difference')}"
    if code:
        yield "code changed and is not judged"


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 3]}..."


def _rules(names: list[str], singular: str, plural: str) -> Iterator[str]:
    if names:
        yield f"{_short(names[0])} {singular}" if len(names) == 1 else f"{len(names)} rules {plural}"


def _people(changes: Iterable[LoadChange]) -> Iterator[str]:
    """For each person what changes most."""
    for change in changes:
        name = _short(change.person)
        if change.rules_more:
            yield f"{name} can be woken by {many(len(change.rules_more), 'rule')} more"
        if change.nights > 0:
            yield f"{name} gets {many(change.nights, 'night')}"
        if change.nights < 0:
            yield f"{name} loses {many(-change.nights, 'night')}"
        if change.rules_fewer and not change.rules_more:
            yield f"{name} is woken by {many(len(change.rules_fewer), 'rule')} fewer"


def _answers(answers: Iterable[AnswerChange]) -> Iterator[str]:
    """The longest wait that grew most, with its minute."""
    later = [each for each in answers if each.is_later]
    if later:
        worst = max(later, key=lambda each: (each.which == "first", each.after is None, each.after or 0))
        yield f"worst {worst.which} answer {worst.lengths} ({_minute(worst)})"


def _minute(change: AnswerChange) -> str:
    moment = in_zone(change.at, change.zone)
    return f"{moment:%a} {moment.day} {moment:%b} {moment:%H:%M}"


def _count(review: Review) -> str:
    counted = [f"{number} {risk}" for risk, number in review.by_risk.items() if number and risk is not Risk.NONE]
    return f"effects: {', '.join(counted)}" if counted else "only what people read, or what is better than before"
