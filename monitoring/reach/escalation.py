"""PagerDuty's time, as pure functions: who is told when, from the moment an incident begins.

What is taken as true of PagerDuty, and from where:
- a step escalates when nobody has acknowledged for its delay, and the delay is a whole number of minutes, at least one
  (API description and provider: `escalation_delay_in_minutes`);
- on each step the person on call at that instant is asked, everybody of a step at once, and a first step on which
  nobody is on call is passed at once (PagerDuty's documentation, escalation policy basics);
- whether a later step on which nobody is on call is passed at once too, or waits for its delay, is documented nowhere:
  both readings are swept, and the worse one counts (`EmptyStep`);
- when nobody is on call in the whole policy, no incident is made (the same documentation, incidents: one is triggered
  when someone is on call);
- a person's own rules start when that person is asked, and end when the incident goes to the next step; a rule due at
  the very minute of the escalation is taken not to happen, also on the last step of the last round, where it might: the
  proof holds under both readings;
- after the last step the policy begins again as often as it has extra rounds (`num_loops`, 0 to 9);
- at low urgency nothing escalates, and the person's low-urgency rules count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from monitoring.model.oncall import least_delay
from monitoring.oncall.timeline import Timeline


@dataclass(frozen=True, slots=True)
class NotificationRule:
    """A way to reach a person, and how many seconds after the person was asked."""

    channel: str
    after: int


@dataclass(frozen=True, slots=True)
class NotificationRules:
    """A person's own notification rules, sorted by time."""

    high: tuple[NotificationRule, ...]
    low: tuple[NotificationRule, ...] = ()


People = Mapping[str, NotificationRules]


@dataclass(frozen=True, slots=True)
class Target:
    """A schedule or a person that a step asks, and who that is when."""

    name: str
    timeline: Timeline


class EmptyStep(StrEnum):
    """What becomes of a later step on which nobody is on call; an empty first step is always passed at once."""

    PASSED = "passed at once"
    WAITED_OUT = "waited out"

    def delay_of(self, step: EscalationStep, group: tuple[str, ...], visit: int) -> int:
        """Seconds until the step after this one; `visit` counts the steps that the incident has come to, from 0."""
        waits = group or (self is EmptyStep.WAITED_OUT and visit > 0)
        return step.delay if waits else 0


class Group(NamedTuple):
    """From `start` to just before `end`, the same people are asked together."""

    start: int
    end: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Who is asked together when: what several timelines say at once."""

    starts: tuple[int, ...]
    people: tuple[tuple[str, ...], ...]
    end: int

    def at(self, moment: int) -> tuple[str, ...]:
        """Who is asked at an instant."""
        return self.people[bisect_right(self.starts, moment) - 1]

    def between(self, start: int, end: int) -> Iterator[Group]:
        """The groups of a span, cut to it."""
        starts, people = self.starts, self.people
        index, last = bisect_right(starts, start), len(starts)
        while index < last and starts[index] < end:
            yield Group(start, starts[index], people[index - 1])
            start, index = starts[index], index + 1
        yield Group(start, end, people[index - 1])


def groups(timelines: Iterable[Timeline]) -> Groups:
    """Several timelines of one span as one: everybody on call, each once, in order; ValueError for none."""
    lines = list(timelines)
    if len(lines) == 1:
        alone = tuple(() if person is None else (person,) for person in lines[0].people)
        return Groups(lines[0].starts, alone, lines[0].end)
    starts, people = list[int](), list[tuple[str, ...]]()
    for moment in sorted({start for line in lines for start in line.starts}):
        present = tuple(dict.fromkeys(person for line in lines if (person := line.at(moment)) is not None))
        if not people or people[-1] != present:
            starts.append(moment)
            people.append(present)
    return Groups(tuple(starts), tuple(people), min(line.end for line in lines))


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who is asked together, and the seconds after which the next step follows."""

    targets: tuple[Target, ...]
    delay: int
    groups: Groups = field(repr=False)

    @property
    def least_delay(self) -> int:
        """The seconds that PagerDuty takes at least for so many targets."""
        return least_delay(len(self.targets)).seconds


def step(targets: tuple[Target, ...], delay: int) -> EscalationStep:
    """A step; ValueError where it asks nobody."""
    return EscalationStep(targets, delay, groups(target.timeline for target in targets))


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """Steps in order, how often they are gone through, and when an acknowledgement expires, in seconds.

    `resolves_after`: when an open incident closes by itself; the model holds it beyond `longest`.
    """

    name: str
    steps: tuple[EscalationStep, ...]
    rounds: int
    acknowledgement_expires: int | None = None
    resolves_after: int | None = None

    @property
    def longest(self) -> int:
        """The seconds after which it has given up at the latest."""
        return self.rounds * sum(step.delay for step in self.steps)

    def visits(self) -> Iterator[tuple[int, EscalationStep]]:
        """Every step of every round, in order, with its number in the policy."""
        for _ in range(self.rounds):
            yield from enumerate(self.steps)

    @property
    def readings(self) -> tuple[EmptyStep, ...]:
        """The readings that can differ: both where somebody can be absent from some step."""
        has_empty_step = any(not people for step in self.steps for people in step.groups.people)
        return tuple(EmptyStep) if has_empty_step else (EmptyStep.PASSED,)

    def on_call_at(self, moment: int) -> tuple[str, ...]:
        """Everybody who is on call anywhere in the policy at an instant."""
        return tuple(dict.fromkeys(person for each in self.steps for person in each.groups.at(moment)))


class Notification(NamedTuple):
    """A human is reached: how many seconds after the incident began, who, how, and on which step (from 0)."""

    after: int
    person: str
    channel: str
    step: int


class Reachability(NamedTuple):
    """Whatever instant of the span an incident begins at, the first human and a second, different one are these."""

    start: int
    end: int
    first: Notification | None
    second: Notification | None
    incident: bool = True


class _Open(NamedTuple):
    start: int
    end: int
    offset: int
    first: Notification | None


def soonest(person: NotificationRules, by: frozenset[str], before: int) -> NotificationRule | None:
    """The first contact by one of these channels before a step escalates."""
    return next((rule for rule in person.high if rule.channel in by and rule.after < before), None)


def reached(
    people: People, group: Iterable[str], by: frozenset[str], delay: int, number: int
) -> tuple[Notification, ...]:
    """Whom a step reaches of those that it asks, the soonest first; seconds count from the asking."""
    soonest_rules = ((name, soonest(people[name], by, delay)) for name in group)
    return tuple(
        sorted(Notification(rule.after, name, rule.channel, number) for name, rule in soonest_rules if rule is not None)
    )


def outcomes(
    policy: EscalationPolicy,
    people: People,
    by: frozenset[str],
    start: int,
    end: int,
    empty_step: EmptyStep = EmptyStep.PASSED,
) -> tuple[Reachability, ...]:
    """For every instant from `start` to just before `end`: whom an incident that begins then reaches, and when.

    Nothing is sampled. Between two instants at which any visited step's people change, counted back by the delays that
    lie before that step, the answer is the same; so the span is cut exactly there, and the cost follows the handoffs.
    The timelines must reach `policy.longest` beyond `end`.
    """
    open_, done = _begun(policy, start, end)
    for visit, (number, visited) in enumerate(policy.visits()):
        if not open_:
            break
        reach = _StepReach(visited, number, people, by, empty_delay=empty_step.delay_of(visited, (), visit))
        open_ = _after_step(reach, open_, done)
    done.extend(Reachability(span.start, span.end, span.first, None) for span in open_)
    return _merged(sorted(done, key=lambda outcome: outcome.start))


@dataclass(frozen=True, slots=True)
class _StepReach:
    """A visit of a step, whom it can reach, and the seconds that it takes where nobody is on call."""

    step: EscalationStep
    number: int
    people: People
    by: frozenset[str]
    empty_delay: int

    def reached(self, group: tuple[str, ...]) -> tuple[Notification, ...]:
        return reached(self.people, group, self.by, self.step.delay, self.number)


def _begun(policy: EscalationPolicy, start: int, end: int) -> tuple[list[_Open], list[Reachability]]:
    """The spans in which an incident begins, and those in which none does because nobody at all is on call."""
    spans, none = [(start, end)], list[tuple[int, int]]()
    for each in policy.steps:
        grouped = [group for begin, finish in spans for group in each.groups.between(begin, finish)]
        spans = [(group.start, group.end) for group in grouped if not group.people]
    none.extend(spans)
    done = [Reachability(begin, finish, None, None, incident=False) for begin, finish in none]
    return [_Open(begin, finish, 0, None) for begin, finish in _without(start, end, none)], done


def _without(start: int, end: int, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for begin, finish in taken:
        if begin > start:
            yield start, begin
        start = finish
    if start < end:
        yield start, end


def _after_step(reach: _StepReach, open_: list[_Open], done: list[Reachability]) -> list[_Open]:
    """What is still open after a step; what is decided by it goes to `done`."""
    still_open: list[_Open] = []
    decided: dict[
        tuple[tuple[str, ...], int, Notification | None], tuple[Notification | None, Notification | None]
    ] = {}
    for begin, finish, offset, first in open_:
        for opened, closed, group in reach.step.groups.between(begin + offset, finish + offset):
            key = (group, offset, first)
            if key not in decided:
                decided[key] = _two_of(first, reach.reached(group), offset)
            first_human, second_human = decided[key]
            if second_human is not None:
                done.append(Reachability(opened - offset, closed - offset, first_human, second_human))
            else:
                after = offset + (reach.step.delay if group else reach.empty_delay)
                still_open.append(_Open(opened - offset, closed - offset, after, first_human))
    return still_open


def _two_of(
    first: Notification | None, notifications: Iterable[Notification], offset: int
) -> tuple[Notification | None, Notification | None]:
    """The first human, and the first who is somebody else, after a step that began at `offset`."""
    for notification in notifications:
        since_firing = notification._replace(after=notification.after + offset)
        if first is None:
            first = since_firing
        elif notification.person != first.person:
            return first, since_firing
    return first, None


def _merged(pieces: Iterable[Reachability]) -> tuple[Reachability, ...]:
    merged: list[Reachability] = []
    for piece in pieces:
        if merged and merged[-1].end == piece.start and merged[-1][2:] == piece[2:]:
            merged[-1] = merged[-1]._replace(end=piece.end)
        else:
            merged.append(piece)
    return tuple(merged)
