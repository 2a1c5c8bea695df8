"""What an outage does to people: every rule of a service, and of all that depends on it, fires at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitoring.model.catalog import Catalog
from monitoring.reach.drill import Drill, drill
from monitoring.reach.formatting import quoted
from monitoring.reach.paths import AlertPath, OnCallData

FIRST_MINUTES = 600
MANY = 5  # incidents in ten minutes: one every two, of which nobody can read each


@dataclass(frozen=True, slots=True)
class Workload:
    """What reaches one person at high urgency in the first ten minutes."""

    person: str
    incidents: int
    notifications: tuple[tuple[str, int], ...]

    @property
    def overloaded(self) -> bool:
        """Whether there are more incidents than can be told apart."""
        return self.incidents > MANY


@dataclass(frozen=True, slots=True)
class Redundant:
    """A rule that pages and tells nothing new, and why."""

    rule: str
    why: str


@dataclass(frozen=True)
class Outage:
    """Everything that fires, and what it asks of people."""

    service: str
    at: int
    failing: tuple[str, ...]
    drills: tuple[Drill, ...]
    workloads: tuple[Workload, ...]
    redundant: tuple[Redundant, ...]


def outage(catalog: Catalog, paths: Sequence[AlertPath], oncall_data: OnCallData, service: str, at: int) -> Outage:
    """The outage of a service at an instant, while nobody acknowledges.

    `oncall_data` must reach as far as `drill_duration` says.
    """
    failing = failing_with(catalog, service)
    fired = [path for path in paths if _service_of(catalog, path) in failing and _acts_at(path, at)]
    drills = tuple(drill(path, oncall_data, at) for path in fired)
    paging = {
        drilled.path.catalog_rule
        for drilled in drills
        if _is_high_urgency(drilled) and any(drilled.notified(FIRST_MINUTES))
    }
    return Outage(service, at, failing, drills, tuple(_workloads(drills)), tuple(_redundant(catalog, fired, paging)))


def failing_with(catalog: Catalog, service: str) -> tuple[str, ...]:
    """A service and everything that depends on it, near or far, in the order found."""
    failing = {service: None}
    queue = [service]
    while queue:
        failed = queue.pop(0)
        for name, service_ in catalog.services.items():
            if failed in service_.depends_on and name not in failing:
                failing[name] = None
                queue.append(name)
    return tuple(failing)


def _service_of(catalog: Catalog, path: AlertPath) -> str:
    service, _ = catalog.rules[path.catalog_rule]
    return service.service


def _acts_at(path: AlertPath, at: int) -> bool:
    return (path.since is None or path.since <= at) and (path.until is None or at < path.until)


def _workloads(drills: Iterable[Drill]) -> Iterator[Workload]:
    incidents: dict[str, int] = {}
    channels: dict[str, dict[str, int]] = {}
    for drilled in drills:
        notified = list(drilled.notified(FIRST_MINUTES)) if _is_high_urgency(drilled) else []
        for person in sorted({name for event in notified for name in event.people}):
            incidents[person] = incidents.get(person, 0) + 1
        for event in notified:
            by_channel = channels.setdefault(event.people[0], {})
            by_channel[event.channel] = by_channel.get(event.channel, 0) + 1
    for person in sorted(incidents, key=lambda name: (-incidents[name], name)):
        yield Workload(person, incidents[person], tuple(sorted(channels[person].items())))


def _is_high_urgency(drilled: Drill) -> bool:
    return any(page.urgency_at(drilled.at) == "high" for page in drilled.path.pages)


def _redundant(catalog: Catalog, fired: Iterable[AlertPath], paging: set[str]) -> Iterator[Redundant]:
    siblings: dict[str, list[str]] = {}
    for path in fired:
        siblings.setdefault(path.catalog_rule, []).append(path.rule)
    for name in siblings:
        if name not in paging:
            continue
        _, rule = catalog.rules[name]
        same = [other for other in rule.same_symptom_as if other in paging]
        if same:
            yield Redundant(name, f"it is marked same-symptom-as {quoted(same)}")
        for part in (part for part in rule.signal.parts if part in paging):
            yield Redundant(part, f'"{name}" pages as well, and is made of it')
        if len(siblings[name]) > 1:
            yield Redundant(name, f"it pages once for each of {len(siblings[name])} customers")
