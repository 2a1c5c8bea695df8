"""One sentence for the whole change, of at most 120 characters: people first, then the worst minute, then the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from monitoring.model.scalars import many
from monitoring.oncall.clock import in_zone
from monitoring.review.effects import Effect
from monitoring.review.people import LoadChange
from monitoring.review.plans import vendor_headline, worst_at_vendors
from monitoring.review.reviewing import Review
from monitoring.review.risks import EffectKind, Risk
from monitoring.review.short_forms import MAX_PERSON, SHOWN_NAMES, cut, joined, name_of, short_form, subject_of
from monitoring.review.vendor_effects import is_about_vendors

MAX_HEADLINE = 120
NO_EFFECT = "No effect on anybody"
PEOPLE_BEFORE_ANSWER = 2
"""Parts about people that come before the worst minute; the others come behind it."""
BY_PEOPLE = frozenset({EffectKind.RULE_WAKES, EffectKind.WOKEN_BY_MORE, EffectKind.WOKEN_BY_FEWER})
MOVES = frozenset({EffectKind.SHIFTS_MOVE, EffectKind.SHIFTS_MOVE_LATER})
GRAVE = frozenset({Risk.HIGH, Risk.MEDIUM})
LAST = frozenset({EffectKind.UNEXPLAINED, EffectKind.CODE_CHANGED})
"""What nobody can judge; it comes behind what is known to happen to people."""
TOLD_BY_PEOPLE = BY_PEOPLE | MOVES | LAST | {EffectKind.ANSWER_LATER}
"""Kinds that parts of their own tell, with people's names."""


class HeadlinePart(NamedTuple):
    """A part of the sentence, in words of which the first that fit are taken; `about` are the effects it speaks of."""

    words: tuple[str, ...]
    about: frozenset[str] = frozenset()


def headline(review: Review) -> str:
    """What a reader has to know if they read nothing else."""
    at_vendors = _ids(each for each in review.effects if is_about_vendors(each))
    unsaid = _ids(review.effects)
    worst = worst_at_vendors(review.vendors or ())
    chosen = [] if unsaid - at_vendors else [NO_EFFECT]
    for part in _parts(review, _vendors(review, at_vendors), is_grave=bool(worst)):
        left = unsaid - part.about
        kept = [worst] if worst and left & at_vendors else []
        words = next((words for words in part.words if words in chosen or _fits([*chosen, words, *kept], left)), None)
        if words is not None and (left < unsaid or not part.about):
            chosen, unsaid = list(dict.fromkeys([*chosen, words])), left
    return _sentence(chosen, unsaid)


def _fits(chosen: Iterable[str], unsaid: Collection[str]) -> bool:
    return len(_sentence(chosen, unsaid)) <= MAX_HEADLINE


def _sentence(chosen: Iterable[str], unsaid: Collection[str]) -> str:
    """The parts, and how many effects none of them speaks of."""
    return "; ".join([*chosen, *([f"{many(len(unsaid), 'effect')} more"] if unsaid else [])])


def _parts(whole: Review, vendors: list[HeadlinePart], *, is_grave: bool) -> Iterator[HeadlinePart]:
    """Parts of the sentence, the most important first; each effect is spoken of by one of them at least."""
    review = replace(whole, effects=tuple(each for each in whole.effects if not is_about_vendors(each)))
    people = list(_people(review))
    yield from _dangers(review)
    yield from vendors if is_grave else []
    yield from (_lead(each) for each in review.effects[:1] if each.kind not in TOLD_BY_PEOPLE)
    yield from people[:PEOPLE_BEFORE_ANSWER]
    yield from _answers(review, is_first=not people)
    yield from _shifts(review, is_first=not people)
    yield from _not_judged(review)
    yield from sorted(people[PEOPLE_BEFORE_ANSWER:], key=lambda part: not part.about)
    yield from (_lead(each) for each in review.effects if each.risk in GRAVE or each is review.effects[0])
    yield from [] if is_grave else vendors


def _vendors(review: Review, about: frozenset[str]) -> list[HeadlinePart]:
    """What the vendors will be asked to do; where it does not fit, that history is lost or the update stops."""
    changes = review.vendors or ()
    words = tuple(filter(None, (vendor_headline(changes), worst_at_vendors(changes))))
    return [HeadlinePart(words, about)] if words else []


def _lead(effect: Effect) -> HeadlinePart:
    return HeadlinePart((effect.sentence, short_form(effect)), frozenset({effect.id}))


def _short(effect: Effect) -> HeadlinePart:
    return HeadlinePart((short_form(effect),), frozenset({effect.id}))


def _of(review: Review, *kinds: EffectKind) -> list[Effect]:
    return [each for each in review.effects if each.kind in kinds]


def _ids(effects: Iterable[Effect]) -> frozenset[str]:
    return frozenset(each.id for each in effects)


# --- dangers ---------------------------------------------------------------------------------------------------


def _dangers(review: Review) -> Iterator[HeadlinePart]:
    """Whoever is on call now and would not be, when nobody is, what fails, what wakes nobody; then all of high risk."""
    yield from map(_short, _of(review, EffectKind.ON_CALL_NOW))
    refused = _of(review, EffectKind.CHECK_FAILS)
    yield from _together(refused, "check finds a problem of {}", "check finds problems of {}", _ids(refused))
    yield from map(_short, _of(review, EffectKind.HOLE_OPENED))
    broken = _of(review, EffectKind.PROMISE_BROKEN)
    yield from _together(broken, "a promise of {} fails", "promises of {} fail", _ids(broken))
    asleep = _of(review, EffectKind.RULE_SLEEPS)
    if len(asleep) == 1:
        words = short_form(asleep[0])
        yield HeadlinePart((f"{words}; it could wake {joined(asleep[0].people)}", words), _with_sleep(review, asleep))
    yield from _together(asleep, "{} wakes nobody any more", "{} wake nobody any more", _with_sleep(review, asleep))
    removed = _of(review, EffectKind.RULE_REMOVED)
    yield from _together(removed, "{} is gone", "{} are gone", _with_sleep(review, removed))
    yield from (_lead(each) for each in review.effects if each.risk is Risk.HIGH and each.kind not in LAST)


def _together(effects: list[Effect], singular: str, plural: str, about: frozenset[str]) -> Iterator[HeadlinePart]:
    """One part for effects of one kind: as many names as fit, one at least."""
    names = list({subject_of(each): name_of(each) for each in effects}.values())
    if names:
        form = singular if len(names) == 1 else plural
        shorter = [] if len(names) == 1 else [f"{names[0]} and {len(names) - 1} more"]
        yield HeadlinePart(tuple(form.format(text) for text in (joined(names), *shorter)), about)


def _with_sleep(review: Review, quiet: list[Effect]) -> frozenset[str]:
    """Effects by which rules wake nobody, why that is, and that people are woken by fewer because of nothing else."""
    rules = {each.subject for each in quiet}
    reasons = (EffectKind.SEVERITY_LOWERED, EffectKind.TRIAL_BEGINS)
    relieved = {each.person for each in review.people if each.rules_fewer and rules.issuperset(each.rules_fewer)}
    why = (each for each in _of(review, *reasons) if each.subject in rules)
    fewer = (each for each in _of(review, EffectKind.WOKEN_BY_FEWER) if relieved.issuperset(each.people))
    return _ids((*quiet, *why, *fewer))


def _not_judged(review: Review) -> Iterator[HeadlinePart]:
    unexplained = _of(review, EffectKind.UNEXPLAINED)
    if len(unexplained) > 1:
        yield HeadlinePart((f"unexplained: {many(len(unexplained), 'difference')}",), _ids(unexplained))
    yield from map(_short, _of(review, *LAST))


# --- people ----------------------------------------------------------------------------------------------------


def _people(review: Review) -> Iterator[HeadlinePart]:
    """What changes most for each person; people for whom the same changes stand together."""
    wakes = _grouped(review.people, lambda change: change.rules_more)
    nights = _grouped(review.people, lambda change: change.nights)
    sleeps = _grouped(review.people, lambda change: () if change.rules_more else change.rules_fewer)
    parts = [
        *((group[0], _woken(review, group)) for group in wakes),
        *((group[0], _nights(group)) for group in nights),
        *((group[0], _not_woken(review, group)) for group in sleeps),
    ]
    order = [each.person for each in review.people]
    yield from (part for _, part in sorted(parts, key=lambda pair: order.index(pair[0].person)))


def _grouped(changes: Iterable[LoadChange], key: Callable[[LoadChange], Hashable]) -> list[list[LoadChange]]:
    """Changes of which something is the same, where it is not nothing."""
    groups: defaultdict[Hashable, list[LoadChange]] = defaultdict(list)
    for change in changes:
        if key(change):
            groups[key(change)].append(change)
    return list(groups.values())


def _who(group: list[LoadChange]) -> list[str]:
    """Whom it is about: by names, or how many where there are more than a sentence names."""
    names = joined([each.person for each in group])
    return [names, f"{len(group)} people"] if len(group) > SHOWN_NAMES else [names]


def _woken(review: Review, group: list[LoadChange]) -> HeadlinePart:
    rules = group[0].rules_more
    named = [cut(rules[0])] if len(rules) == 1 else []
    waking = (each for each in _of(review, EffectKind.RULE_WAKES) if each.subject in rules)
    about = (*waking, *_concerning(review, EffectKind.WOKEN_BY_MORE, group))
    causes = (*named, f"{many(len(rules), 'rule')} more")
    words = tuple(f"{who} can be woken by {cause}" for cause in causes for who in _who(group))
    return HeadlinePart(words, _ids(about))


def _not_woken(review: Review, group: list[LoadChange]) -> HeadlinePart:
    rules, are = group[0].rules_fewer, "is" if len(group) == 1 else "are"
    what = f"not woken any more by {cut(rules[0])}" if len(rules) == 1 else f"woken by {len(rules)} rules fewer"
    about = _concerning(review, EffectKind.WOKEN_BY_FEWER, group)
    return HeadlinePart(tuple(f"{who} {are} {what}" for who in _who(group)), _ids(about))


def _concerning(review: Review, kind: EffectKind, group: list[LoadChange]) -> list[Effect]:
    people = {each.person for each in group}
    return [each for each in _of(review, kind) if people.intersection(each.people)]


def _nights(group: list[LoadChange]) -> HeadlinePart:
    nights, is_alone = group[0].nights, len(group) == 1
    verb = ("gets" if is_alone else "get") if nights > 0 else ("loses" if is_alone else "lose")
    what = f"{many(abs(nights), 'night')}{'' if is_alone else ' each'}"
    return HeadlinePart(tuple(f"{who} {verb} {what}" for who in _who(group)))


# --- waits and shifts ------------------------------------------------------------------------------------------


def _answers(review: Review, *, is_first: bool) -> Iterator[HeadlinePart]:
    """The longest wait that grew most, with its minute; with a rule where nobody is named."""
    later = [each for each in review.answers if each.is_later]
    if later:
        worst = max(later, key=lambda each: (each.which == "first", each.after is None, each.after or 0))
        rules = f", for {cut(worst.rules[0])}" if is_first and worst.rules else ""
        words = f"worst {worst.which} answer {worst.lengths} ({_wall(worst.at, worst.zone)})"
        yield HeadlinePart((words + rules, words), _ids(_of(review, EffectKind.ANSWER_LATER)))


def _wall(at: int, zone: str) -> str:
    moment = in_zone(at, zone)
    return f"{moment:%a} {moment.day} {moment:%b} {moment:%H:%M}"


def _shifts(review: Review, *, is_first: bool) -> Iterator[HeadlinePart]:
    """How many shifts change hands; where nobody is named, the first of them."""
    if review.shifts:
        change = f"change{'s' * (len(review.shifts) == 1)} hands"
        words = f"{many(len(review.shifts), 'shift')} {change}"
        longer = [f"{words}, {_first(review)}"] if is_first else []
        yield HeadlinePart((*longer, words), _ids(_of(review, *MOVES)))


def _first(review: Review) -> str:
    """The first shift that changes hands, and in which schedule."""
    schedule, shift = review.shifts[0]
    was, becomes = (cut(person or "nobody", MAX_PERSON) for person in (shift.was, shift.becomes))
    when = _wall(shift.start, review.schedule_zones[schedule])
    return f"the first in {cut(schedule)} on {when} from {was} to {becomes}"
