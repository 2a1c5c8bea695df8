"""By which roads a person can be woken: the policies, the steps in them, and the contacts that reach the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.reach.escalation import NotificationRule, soonest
from monitoring.reach.paths import notification_rules
from monitoring.reach.proof import RuleProof
from monitoring.site.data import SiteData


@dataclass(frozen=True, slots=True)
class WakingRoad:
    """A step of a policy that can wake a person; None where no contact of the person's own comes before the next step.

    `duty` is the schedule by which the step asks the person, or the person. `begins` are the seconds after which the
    step begins in the first round, when nobody is missing before it.
    """

    policy: str
    step: int
    duty: str
    begins: int
    contact: NotificationRule | None
    rules: tuple[RuleProof, ...]

    @property
    def earliest(self) -> int | None:
        """The seconds after which the person is reached in the first round."""
        return None if self.contact is None else self.begins + self.contact.after


def waking_roads(data: SiteData, person: str) -> tuple[WakingRoad, ...]:
    """Every road by which rules can wake a person, the soonest first."""
    roads = (road for name in data.catalog.oncall.policies for road in _of_policy(data, person, name))
    return tuple(sorted(roads, key=lambda road: (road.earliest is None, road.earliest or 0, road.policy, road.step)))


def _of_policy(data: SiteData, person: str, name: str) -> Iterator[WakingRoad]:
    waking = tuple(
        proved
        for proved in data.by_policy[name]
        if proved.promised == "wakes" and any(page.policy == name and page.can_be_high for page in proved.path.pages)
    )
    if not waking:
        return
    by = frozenset(kind.value for proved in waking if proved.path.waking for kind in proved.path.waking.by)
    own = notification_rules(data.catalog.oncall.people[person])
    policy, begins = data.catalog.oncall.policies[name], 0
    for number, step in enumerate(policy.steps, start=1):
        delay = step.escalate_after.seconds
        for duty in step.ask:
            if duty == person or duty in data.schedules_of(person):
                yield WakingRoad(name, number, duty, begins, soonest(own, by, delay), waking)
        begins += delay
