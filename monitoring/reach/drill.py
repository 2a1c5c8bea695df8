"""A simulated incident with a clock: who is told when and how, what escalates, what repeats, and when it gives up."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.receivers import Receiver, ReceiverKind
from monitoring.model.reminders import paced
from monitoring.oncall.clock import DAY
from monitoring.reach.escalation import EscalationPolicy, EscalationStep, NotificationRule, NotificationRules, Target
from monitoring.reach.formatting import length, listed, quoted, wall_clock
from monitoring.reach.mutes import MutedWindow, open_at
from monitoring.reach.paths import MAX_SPAN, AlertPath, OnCallData, PagedService, StaticOnCall, oncall_data

AROUND = 35 * DAY
"""How far before and after a drill turns are known, so that it can say where they begin and end."""

What = Literal[
    "fires",
    "posts",
    "is silent",
    "is not muted",
    "incident",
    "no incident",
    "asks",
    "notifies",
    "passes",
    "escalates",
    "acknowledges",
    "expires",
    "rests",
    "gives up",
    "closes",
    "repeats",
]


class Ack(NamedTuple):
    """Somebody acknowledges, so many seconds after the rule fired."""

    after: int
    person: str


class Event(NamedTuple):
    """What happens, how many seconds after the rule fired, whom it concerns, and where that is written."""

    after: int
    what: What
    text: str
    people: tuple[str, ...] = ()
    channel: str = ""
    source: Source | None = None
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """One incident of one rule, from the instant that it fires."""

    path: AlertPath
    at: int
    events: tuple[Event, ...]

    def notified(self, before: int) -> Iterator[Event]:
        """Every time that somebody is notified before so many seconds have passed."""
        return (event for event in self.events if event.what == "notifies" and event.after < before)


def drill_duration(policies: Iterable[EscalationPolicy], acks: Sequence[Ack]) -> int:
    """How many seconds a drill may take, so that timelines can reach as far."""
    expiry = max((policy.acknowledgement_expires or 0 for policy in policies), default=0)
    longest = max((policy.longest for policy in policies), default=0)
    seconds = (1 + len(acks)) * (longest + expiry) + max((ack.after for ack in acks), default=0) + 1
    return min(seconds, MAX_SPAN)


def oncall_around(
    catalog: Catalog, paths: Iterable[AlertPath], at: int, acks: Sequence[Ack] = (), static: StaticOnCall | None = None
) -> OnCallData:
    """Who can be asked during a drill, and some weeks before and after it, so that turns show where they begin."""
    paged = sorted({page.policy for path in paths for page in path.pages})
    near = oncall_data(catalog, at, at + 1, paged, static)
    last = at + drill_duration(near.policies.values(), acks)
    return oncall_data(catalog, at - AROUND, last + AROUND, paged, static)


_AFTER = attrgetter("after")


def drill(path: AlertPath, oncall_data: OnCallData, at: int, acks: Sequence[Ack] = ()) -> Drill:
    """What happens when the rule fires at an instant, in the year after it.

    `oncall_data` must reach as far as `drill_duration` says.
    """
    muted = open_at(path.mutes, at)
    if muted is not None and at < muted.sure_end:
        event = Event(0, "is silent", f'maintenance "{muted.name}" mutes it for {length(muted.end - at)} more')
        return Drill(path, at, (event,))
    events = [*_announced(path), *_not_muted(path, muted, at)]
    for page in path.pages:
        events.extend(_paged(page, oncall_data, at, sorted(acks)))
    if path.others and path.repeats:
        are = "is" if len(path.others) == 1 else "are"
        pace = paced(length(path.reminds_every), path.reminds_at_most)
        again = f"notified again {pace} until it resolves"
        text = f"{', '.join(map(str, path.others))} {are} {again}"
        events.append(Event(path.reminds_every, "repeats", text))
    within_span = sorted((event for event in events if event.after <= MAX_SPAN), key=_AFTER)
    return Drill(path, at, tuple(within_span))


def _not_muted(path: AlertPath, muted: MutedWindow | None, at: int) -> Iterator[Event]:
    """That it fires during a window which is about it, and why."""
    if muted is not None:
        what = f"mutes {muted.only} of it alone" if muted.only else "may mute it, since the clock changes in it,"
        text = f'maintenance "{muted.name}" {what} for {length(muted.end - at)} more'
        yield Event(0, "is not muted", text)
    for spared in path.spared:
        if open_at((spared,), at):
            yield Event(0, "is not muted", f'maintenance "{spared.name}" does not mute it: {spared.why}')


def _announced(path: AlertPath) -> Iterator[Event]:
    known = path.detection.seconds
    how = f", up to {length(known)} after its condition held" if known else ""
    yield Event(0, "fires", f"{path.rule} fires as {path.severity}{how}", source=path.source)
    for other in path.others:
        yield Event(0, "posts", posted(other))
    if not path.pages:
        yield Event(0, "rests", "nobody is paged", source=path.source)


def posted(receiver: Receiver) -> str:
    """What is said of a receiver beside the page when a rule fires."""
    caveat = f"; {receiver.kind.caveat}" if receiver.kind.caveat else ""
    return f"{receiver} {'are' if receiver.kind is ReceiverKind.ISSUE_OWNERS else 'is'} notified{caveat}"


def _paged(page: PagedService, oncall_data: OnCallData, at: int, acks: Sequence[Ack]) -> Iterator[Event]:
    policy = oncall_data.policies[page.policy]
    source = oncall_data.sources.get(("policy", page.policy))
    if not policy.on_call_at(at):
        text = f'nobody is on call in the whole policy "{policy.name}": PagerDuty opens no incident'
        yield Event(0, "no incident", text, source=source)
        return
    urgency = page.urgency_at(at)
    text = f'PagerDuty opens an incident on "{page.service}" at {urgency} urgency'
    yield Event(0, "incident", text, source=source)
    events = _asked_once(policy, oncall_data, at) if urgency == "low" else _escalated(policy, oncall_data, at, acks)
    if acks:
        events = _with_strange_acks(events)
    yield from events if policy.resolves_after is None else _until_closed(events, policy.resolves_after, source)


def _until_closed(events: Iterable[Event], resolves_after: int, source: Source | None) -> Iterator[Event]:
    """What happens before an incident closes by itself, and that it does."""
    yield from (event for event in events if event.after < resolves_after)
    text = f"still open after {length(resolves_after)}: the incident closes by itself, and nobody is asked again"
    yield Event(resolves_after, "closes", text, source=source)


def _with_strange_acks(events: Iterable[Event]) -> Iterator[Event]:
    """The events, of which an acknowledgement says where its person is not notified just then, or never was."""
    before, now = set[str](), set[str]()
    for event in events:
        if event.what in ("asks", "expires"):
            before, now = before | now, set(event.people)
        if event.what == "acknowledges" and not now.issuperset(event.people):
            why = "no longer notified" if before.issuperset(event.people) else "not notified"
            event = event._replace(text=f"{event.text}, though {why}")
        yield event


def _asked_once(policy: EscalationPolicy, oncall_data: OnCallData, at: int) -> Iterator[Event]:
    """Low urgency: the first step with somebody on call is asked, by low-urgency contacts, and nothing follows."""
    for number, step in enumerate(policy.steps):
        group = step.groups.at(at)
        if group:
            yield _asks(policy, oncall_data, number, step, group, at, 0)
            for name in group:
                yield from _notified(name, oncall_data.people[name].low, 0, None)
            yield Event(0, "rests", "low urgency: nobody else is notified")
            return
        yield _passes(policy, oncall_data, number, step, 0)


def _escalated(policy: EscalationPolicy, oncall_data: OnCallData, at: int, acks: Sequence[Ack]) -> Iterator[Event]:
    waiting, now = list(acks), 0
    visits = list(policy.visits())
    for index, (number, step) in enumerate(visits):
        group = step.groups.at(at + now)
        if not group:
            yield _passes(policy, oncall_data, number, step, now)
            continue
        yield _asks(policy, oncall_data, number, step, group, at, now)
        over = yield from _until_escalation(policy, oncall_data, step, group, at, now, waiting)
        if over is None:
            return
        now = over
        if index + 1 < len(visits):
            text = f"unacknowledged for {length(step.delay)}"
            yield Event(now, "escalates", text, source=_step(policy, oncall_data, number))
    times = "once" if policy.rounds == 1 else f"{policy.rounds} times"
    text = f'policy "{policy.name}" ran {times}; nobody else is notified'
    yield Event(now, "gives up", text)


def _until_escalation(
    policy: EscalationPolicy,
    oncall_data: OnCallData,
    step: EscalationStep,
    group: tuple[str, ...],
    at: int,
    now: int,
    waiting: list[Ack],
) -> Generator[Event, None, int | None]:
    """What happens while a step waits; returns when it escalates, or None where an acknowledgement ends it all."""
    while (ack := _next_ack(waiting, now, now + step.delay)) is not None:
        yield from _contacts(oncall_data, group, step, now, ack.after)
        yield Event(ack.after, "acknowledges", f"{ack.person} acknowledges", (ack.person,))
        if policy.acknowledgement_expires is None:
            yield Event(ack.after, "rests", "acknowledgements do not expire: nothing more is sent")
            return None
        now = ack.after + policy.acknowledgement_expires
        group = _asked_again(step, ack, at, now)
        yield _expired(policy, oncall_data, ack, now, group)
    yield from _contacts(oncall_data, group, step, now, None)
    return now + step.delay


def _asked_again(step: EscalationStep, ack: Ack, at: int, now: int) -> tuple[str, ...]:
    """Whoever acknowledged, and those of the step whose turn has begun since (PagerDuty, acknowledgement timeouts)."""
    before = {ack.person, *step.groups.at(at + ack.after)}
    return (ack.person, *(name for name in step.groups.at(at + now) if name not in before))


def _next_ack(waiting: list[Ack], now: int, before: int) -> Ack | None:
    while waiting and waiting[0].after < now:
        waiting.pop(0)
    return waiting.pop(0) if waiting and waiting[0].after < before else None


def _step(policy: EscalationPolicy, oncall_data: OnCallData, number: int) -> Source | None:
    return oncall_data.sources.get(("step", f"{policy.name} {number}"))


def _passes(policy: EscalationPolicy, oncall_data: OnCallData, number: int, step: EscalationStep, now: int) -> Event:
    targets = quoted([target.name for target in step.targets])
    text = f"step {number + 1} notifies {targets}, where nobody is on call, so the next step begins at once"
    return Event(now, "passes", text, source=_step(policy, oncall_data, number))


def _asks(
    policy: EscalationPolicy,
    oncall_data: OnCallData,
    number: int,
    step: EscalationStep,
    group: tuple[str, ...],
    at: int,
    now: int,
) -> Event:
    text = f"step {number + 1} notifies {quoted([target.name for target in step.targets])}: {', '.join(group)}"
    because = tuple(_because(oncall_data, target, at + now) for target in step.targets)
    return Event(now, "asks", text, group, source=_step(policy, oncall_data, number), because=because)


def _because(oncall_data: OnCallData, target: Target, moment: int) -> str:
    """Why a schedule or a person stands for whom: since when and until when, as far as `oncall_data` reaches."""
    if target.timeline.people == (target.name,):
        return f'"{target.name}" is notified by name ({oncall_data.sources.get(("person", target.name))})'
    source = oncall_data.sources.get(("schedule", target.name))
    begin, end, person = target.timeline.shift(moment) if moment < target.timeline.end else (0, 0, None)
    since = f" since {wall_clock(begin, oncall_data.zones[target.name])}" if begin > target.timeline.start else ""
    until = f" until {wall_clock(end, oncall_data.zones[target.name])}" if end < target.timeline.end else ""
    return f'"{target.name}" has {person or "nobody"}{since}{until} ({source})'


def _contacts(
    oncall_data: OnCallData, group: Iterable[str], step: EscalationStep, now: int, acked: int | None
) -> Iterator[Event]:
    """What people's own rules send before the step escalates, or until somebody has acknowledged."""
    for name in group:
        due = _due(oncall_data.people[name], step.delay)
        yield from _notified(name, due, now, acked, oncall_data.sources.get(("person", name)))


def _due(person: NotificationRules, delay: int) -> tuple[NotificationRule, ...]:
    return tuple(contact for contact in person.high if contact.after < delay)


def _notified(
    name: str, contacts: Iterable[NotificationRule], now: int, acked: int | None, source: Source | None = None
) -> Iterator[Event]:
    for contact in contacts:
        if acked is None or now + contact.after <= acked:
            text = f"{name} is notified by {contact.channel}"
            yield Event(now + contact.after, "notifies", text, (name,), contact.channel, source)


def _expired(policy: EscalationPolicy, oncall_data: OnCallData, ack: Ack, now: int, group: tuple[str, ...]) -> Event:
    text = f"the acknowledgement has expired after {length(now - ack.after)}: {ack.person} is notified again"
    if group[1:]:
        text += f", and {listed(group[1:])}, whose turn it is now"
    return Event(now, "expires", text, group, source=oncall_data.sources.get(("policy", policy.name)))
