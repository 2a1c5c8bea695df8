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
    burdens: tuple[Workload, ...]
    redundant: tuple[Redundant, ...]


def outage(catalog: Catalog, chains: Sequence[AlertPath], oncall_data: OnCallData, service: str, at: int) -> Outage:
    """The outage of a service at an instant, nobody acknowledging; the roster must reach as far as a drill needs."""
    failing = failing_with(catalog, service)
    fired = [chain for chain in chains if _service_of(catalog, chain) in failing and _acts_at(chain, at)]
    drills = tuple(drill(chain, oncall_data, at) for chain in fired)
    paging = {one.chain.catalog_rule for one in drills if _is_loud(one) and any(one.notified(FIRST_MINUTES))}
    return Outage(service, at, failing, drills, tuple(_burdens(drills)), tuple(_redundant(catalog, fired, paging)))


def failing_with(catalog: Catalog, service: str) -> tuple[str, ...]:
    """A service and everything that depends on it, near or far, in the order found."""
    found = {service: None}
    queue = [service]
    while queue:
        broken = queue.pop(0)
        for name, other in catalog.services.items():
            if broken in other.depends_on and name not in found:
                found[name] = None
                queue.append(name)
    return tuple(found)


def _service_of(catalog: Catalog, chain: AlertPath) -> str:
    service, _ = catalog.rules[chain.catalog_rule]
    return service.service


def _acts_at(chain: AlertPath, at: int) -> bool:
    return (chain.since is None or chain.since <= at) and (chain.until is None or at < chain.until)


def _burdens(drills: Iterable[Drill]) -> Iterator[Workload]:
    incidents: dict[str, int] = {}
    ways: dict[str, dict[str, int]] = {}
    for one in drills:
        told = list(one.notified(FIRST_MINUTES)) if _is_loud(one) else []
        for person in sorted({name for event in told for name in event.people}):
            incidents[person] = incidents.get(person, 0) + 1
        for event in told:
            counted = ways.setdefault(event.people[0], {})
            counted[event.channel] = counted.get(event.channel, 0) + 1
    for person in sorted(incidents, key=lambda name: (-incidents[name], name)):
        yield Workload(person, incidents[person], tuple(sorted(ways[person].items())))


def _is_loud(one: Drill) -> bool:
    return any(page.urgency == "high" for page in one.chain.pages)


def _redundant(catalog: Catalog, fired: Iterable[AlertPath], paging: set[str]) -> Iterator[Redundant]:
    siblings: dict[str, list[str]] = {}
    for chain in fired:
        siblings.setdefault(chain.catalog_rule, []).append(chain.rule)
    for name in siblings:
        if name not in paging:
            continue
        _, rule = catalog.rules[name]
        same = [other for other in rule.same_symptom_as if other in paging]
        if same:
            yield Redundant(name, f"it says itself that it is the same symptom as {quoted(same)}")
        parts = [part for part in rule.composite.parts if part in paging] if rule.composite else []
        for part in parts:
            yield Redundant(part, f'"{name}" pages as well, and is made of it')
        if len(siblings[name]) > 1:
            yield Redundant(name, f"it pages once for each of {len(siblings[name])} customers")
