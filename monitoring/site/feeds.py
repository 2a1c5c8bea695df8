"""Calendar files to subscribe to: one for each schedule and one for each person, of the year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitoring.model.oncall import Policy
from monitoring.oncall.calendar_event import EventLines, FeedEvent, cancelled, event_lines, revised
from monitoring.oncall.calendar_file import calendar_text, turn_event
from monitoring.oncall.published_calendar import ends_at
from monitoring.oncall.turns import HeldTurn, held_turns
from monitoring.reach.formatting import length
from monitoring.site.addresses import feed_file, person_page, schedule_page
from monitoring.site.data import SiteData
from monitoring.site.roads import WakingRoad, waking_roads
from monitoring.site.years import drill_link

PublishedFeeds = Mapping[str, Mapping[str, EventLines]]
"""The events of each calendar file that was published before, by the file's name and theirs."""


@dataclass(frozen=True, slots=True)
class FeedSources:
    """What the events of one site are made from: the turns of each schedule, their roles, the roads to each person."""

    data: SiteData
    address: str
    turns: Mapping[str, tuple[HeldTurn, ...]]
    roles: Mapping[str, str]
    roads: Mapping[str, tuple[WakingRoad, ...]]

    def event(self, schedule: str, turn: HeldTurn, *, is_own: bool) -> FeedEvent:
        """A turn as an event; in the person's own file the title leaves the person out."""
        people, roads = self.data.catalog.oncall.people, self.roads.get(turn.person, ())
        instead = f"In place of {people[turn.instead_of].name}.\n" if turn.instead_of else ""
        link = drill_link(self.data, max(turn.start, self.data.proof.start), schedule, roads)
        return turn_event(
            self.data.catalog,
            schedule,
            turn,
            is_own=is_own,
            description=f"{instead}{self.roles[schedule]}",
            url=f"{self.address}/{link}" if link else "",
        )


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A calendar file: its name, the zone in which it shows times, and its events as they are now."""

    name: str
    zone: str
    events: tuple[FeedEvent, ...]
    is_gone: bool = False


def feeds(data: SiteData, before: PublishedFeeds | None = None, address: str = "") -> Mapping[str, str]:
    """Every calendar file by its name; the same bytes for the same catalog, day and files before.

    `address` is where the site is served; events link to their drill where it is known. A file whose person or schedule
    is gone stays as long as something in it is still to be taken out of calendars.
    """
    published = before or {}
    files = {file.name: file for file in _files(_sources(data, address.rstrip("/")))}
    gone = {name: FeedFile(name, "Etc/UTC", (), is_gone=True) for name in published if name not in files}
    texts = ((name, _text(data, file, published.get(name, {}))) for name, file in {**files, **gone}.items())
    return {name: text for name, text in texts if text}


def _sources(data: SiteData, address: str) -> FeedSources:
    oncall, within = data.catalog.oncall, (data.proof.start, data.proof.end)
    return FeedSources(
        data=data,
        address=address,
        turns={name: held_turns(schedule, *within) for name, schedule in oncall.schedules.items()},
        roles={name: "\n".join(_roles(oncall.policies, name)) for name in oncall.schedules},
        roads={person: waking_roads(data, person) for person in oncall.people} if address else {},
    )


def _roles(policies: Mapping[str, Policy], schedule: str) -> Iterator[str]:
    """What a schedule is asked for: the steps of policies, and how long after a rule fires each begins."""
    for name, policy in policies.items():
        begins = 0
        for number, step in enumerate(policy.steps, start=1):
            if schedule in step.ask:
                yield f"{policy.title or name}: step {number}, {f'after {length(begins)}' if begins else 'at once'}"
            begins += step.escalate_after.seconds


def _files(sources: FeedSources) -> Iterator[FeedFile]:
    oncall = sources.data.catalog.oncall
    for name, schedule in oncall.schedules.items():
        events = (sources.event(name, turn, is_own=False) for turn in sources.turns[name])
        yield FeedFile(feed_file(schedule_page(name)), schedule.time_zone, tuple(events))
    own: dict[str, list[FeedEvent]] = {person: [] for person in oncall.people}
    for name, turns in sources.turns.items():
        for turn in turns:
            own[turn.person].append(sources.event(name, turn, is_own=True))
    for person, held in own.items():
        yield FeedFile(feed_file(person_page(person)), oncall.people[person].time_zone, tuple(held))


def _text(data: SiteData, file: FeedFile, before: Mapping[str, EventLines]) -> str:
    """A file after the one that was published before; empty for one that is gone and in which nothing lies ahead."""
    lines = (event_lines(event, file.zone, data.today) for event in file.events)
    now = {event[0]: event for event in lines}
    shown = [revised(before.get(uid), event, data.today) for uid, event in now.items()]
    gone = [old for uid, old in before.items() if uid not in now and ends_at(old) > data.proof.start]
    events = [*shown, *(cancelled(old, data.today) for old in gone)]
    if file.is_gone and not events:
        return ""
    title, within = f"On call, {data.catalog.platform.title}", (data.proof.start, data.proof.end)
    return calendar_text(title, file.zone, within, events)
