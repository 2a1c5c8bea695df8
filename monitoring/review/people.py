"""What a change does to people: who can be woken by what, and whose shifts, nights and weekends are others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitoring.oncall.moved import NEAR, MovedShift, listed
from monitoring.reach.formatting import exact_length, wall_clock
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.effects import Effect
from monitoring.review.risks import EffectKind

MAX_NAMES = 8
"""Rules or people in one sentence; how many more there are is said behind them."""


@dataclass(frozen=True, slots=True)
class LoadChange:
    """What a change asks of one person: nights, weekends and seconds of twelve weeks, rules that can wake, shifts."""

    person: str
    nights: int
    weekends: int
    seconds: int
    rules_more: tuple[str, ...] = ()
    rules_fewer: tuple[str, ...] = ()
    old_nights: int = 0
    first_new: int | None = None

    @property
    def is_something(self) -> bool:
        """Whether anything is other than before."""
        load = self.nights or self.weekends or self.seconds
        return bool(load or self.rules_more or self.rules_fewer) or self.first_new is not None


def people_effects(compared: ComparedCatalogs) -> Iterator[Effect]:
    """Every effect on people."""
    yield from _now(compared)
    yield from _moved(compared)
    yield from _rules_that_wake(compared)
    yield from _woken(compared)


def load_changes(compared: ComparedCatalogs) -> tuple[LoadChange, ...]:
    """What changes for each person, the person who loses most sleep first; nobody for whom nothing does."""
    old, new = compared.loads
    more, fewer = _rules_by_person(compared)
    first_new = {shift.becomes: shift.start for _, shift in reversed(near_moved(compared))}
    changes = (
        LoadChange(
            person=name,
            nights=new[name].nights - old[name].nights,
            weekends=new[name].weekends - old[name].weekends,
            seconds=new[name].seconds - old[name].seconds,
            rules_more=more.get(name, ()),
            rules_fewer=fewer.get(name, ()),
            old_nights=old[name].nights,
            first_new=first_new.get(name),
        )
        for name in compared.homes
    )
    return tuple(sorted((each for each in changes if each.is_something), key=_most_first))


def _most_first(change: LoadChange) -> tuple[int, int, int, str]:
    return -len(change.rules_more), -change.nights, -abs(change.seconds), change.person


def near_moved(compared: ComparedCatalogs) -> tuple[tuple[str, MovedShift], ...]:
    """The moved shifts that begin within twelve weeks, each with its schedule, in order of time."""
    end = compared.at + NEAR
    shifts = ((name, shift) for name, moved in compared.moved.items() for shift in listed(moved, end))
    return tuple(sorted(shifts, key=lambda pair: (pair[1].start, pair[0])))


# --- shifts ----------------------------------------------------------------------------------------------------


def _now(compared: ComparedCatalogs) -> Iterator[Effect]:
    """Who is on call at the moment of the change and would not be any more."""
    for name, moved in compared.moved.items():
        shift = moved[0]
        if shift.start == compared.at:
            yield Effect(
                kind=EffectKind.ON_CALL_NOW,
                subject=name,
                sentence=_now_sentence(compared, name, shift),
                source=compared.schedule_source(name),
                gone=name not in compared.after.oncall.schedules,
                people=_people(shift.was, shift.becomes),
                before=shift.was or "nobody",
                after=shift.becomes or "nobody",
                explains=(("schedule", name),),
            )


def _now_sentence(compared: ComparedCatalogs, name: str, shift: MovedShift) -> str:
    until = wall_clock(shift.end, compared.schedules[name].time_zone)
    who = f'{shift.becomes or "nobody"} is on call in "{name}" at the moment of the change'
    return f"{who}, and not {shift.was or 'nobody'}, until {until}"


def _people(*names: str | None) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}))


def _moved(compared: ComparedCatalogs) -> Iterator[Effect]:
    """The moved shifts of each schedule as one effect; the table shows each of them."""
    for name, moved in compared.moved.items():
        near = [shift for schedule, shift in near_moved(compared) if schedule == name]
        shifts = near or list(moved)
        kind = EffectKind.SHIFTS_MOVE if near else EffectKind.SHIFTS_MOVE_LATER
        yield Effect(
            kind=kind,
            subject=name,
            sentence=_moved_sentence(compared, name, shifts),
            source=compared.schedule_source(name),
            gone=name not in compared.after.oncall.schedules,
            people=_people(*(person for shift in shifts for person in (shift.was, shift.becomes))),
            explains=(("schedule", name),),
        )


def _moved_sentence(compared: ComparedCatalogs, name: str, shifts: list[MovedShift]) -> str:
    how_many = "1 shift changes hands" if len(shifts) == 1 else f"{len(shifts)} shifts change hands"
    first = shifts[0]
    when = wall_clock(first.start, compared.schedules[name].time_zone)
    length = exact_length(sum(shift.end - shift.start for shift in shifts))
    who = f"from {first.was or 'nobody'} to {first.becomes or 'nobody'}"
    return f'{how_many} in "{name}", {length} in all; the first on {when}, {who}'


# --- rules that wake -------------------------------------------------------------------------------------------


Pairs = set[tuple[str, str]]
"""Rules and people: a rule can wake a person."""


def _pairs(compared: ComparedCatalogs) -> tuple[Pairs, Pairs]:
    """Which rule can wake whom, before and after, in any environment; by the rules' new ids."""
    old = {
        (compared.goes_on_as("rule", rule), person)
        for answer in compared.old_answers.values()
        for rule, people in answer.woken.items()
        for person in people
    }
    new = {
        (rule, person)
        for answer in compared.new_answers.values()
        for rule, people in answer.woken.items()
        for person in people
    }
    return old, new


def _rules_by_person(compared: ComparedCatalogs) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """By person: the rules that can wake them and could not before, and the other way round."""
    old, new = _pairs(compared)
    return _by_person(new - old), _by_person(old - new)


def _by_person(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    rules: defaultdict[str, list[str]] = defaultdict(list)
    for rule, person in sorted(pairs):
        rules[person].append(rule)
    return {person: tuple(names) for person, names in rules.items()}


def _woken(compared: ComparedCatalogs) -> Iterator[Effect]:
    """People whom the same rules can wake from now on, or wake no more, as one effect."""
    more, fewer = _rules_by_person(compared)
    for kind, rules_of, verbs in (
        (EffectKind.WOKEN_BY_MORE, more, ("can be woken by", "can be woken by")),
        (EffectKind.WOKEN_BY_FEWER, fewer, ("is not woken any more by", "are not woken any more by")),
    ):
        for rules, people in _people_by_rules(rules_of).items():
            yield Effect(
                kind=kind,
                subject=", ".join(people),
                sentence=f"{', '.join(people)} {verbs[len(people) > 1]} {few(rules)}",
                source=compared.person_source(people[0]),
                gone=people[0] not in compared.after.oncall.people,
                people=people,
            )


def _people_by_rules(rules_of: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    people: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for person in sorted(rules_of):
        people[rules_of[person]].append(person)
    return {rules: tuple(names) for rules, names in people.items()}


def few(names: Iterable[str]) -> str:
    """Names in quotes, the first ones where there are many, with a count of the others."""
    listed = [f'"{name}"' for name in names]
    shown, more = listed[:MAX_NAMES], len(listed) - MAX_NAMES
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _rules_that_wake(compared: ComparedCatalogs) -> Iterator[Effect]:
    """Rules of both catalogs that wake nobody any more, or somebody for the first time."""
    for environment in compared.environments:
        old = {
            compared.goes_on_as("rule", rule): people
            for rule, people in compared.old_answers[environment].woken.items()
        }
        new = compared.new_answers[environment].woken
        for rule in new:
            if rule in old and bool(old[rule]) != bool(new[rule]):
                yield _rule_that_wakes(compared, environment, rule, old[rule], new[rule])


def _rule_that_wakes(
    compared: ComparedCatalogs, environment: str, rule: str, old: frozenset[str], new: frozenset[str]
) -> Effect:
    kind = EffectKind.RULE_WAKES if new else EffectKind.RULE_SLEEPS
    people = tuple(sorted(new or old))
    verb = "can wake" if new else "wakes nobody any more; it could wake"
    return Effect(
        kind=kind,
        subject=rule,
        sentence=f'"{rule}" {verb} {", ".join(people)} in {environment}',
        source=compared.rule_source(rule),
        people=people,
        detail=environment,
    )
