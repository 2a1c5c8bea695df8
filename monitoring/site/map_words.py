"""What the map says of the entry that is chosen: what can wake a person and by which road, what stops, who is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitoring.model.scalars import many
from monitoring.reach.formatting import length
from monitoring.reach.paths import AlertPath
from monitoring.reach.proof import RuleProof
from monitoring.reach.verdicts import verdict, wait_in_words
from monitoring.site import names
from monitoring.site.data import SiteData
from monitoring.site.roads import WakingRoad, waking_roads


def rules_in_words(paths: Sequence[AlertPath]) -> str:
    """How many rules there are, and how many of them wake somebody."""
    waking = sum(path.wakes for path in paths)
    return f"{many(len(paths), 'rule')}, {waking} of them waking somebody"


def rule_in_words(proofs: Sequence[RuleProof]) -> str:
    """How late the first person is reached at worst, and what the proof says."""
    if not proofs:
        return "nothing is proved of it"
    proved = proofs[0]
    late, when = wait_in_words(proved.first, proved)
    worst = " ".join(part for part in (f"first person at worst {late}", when) if part)
    return f"{worst}; its promise {verdict(proved)}"


def policy_in_words(data: SiteData, name: str) -> str:
    """Whom its steps ask, in order."""
    steps = data.catalog.oncall.policies[name].steps
    duties = (" and ".join(names.duty(data.catalog, duty).text for duty in step.ask) for step in steps)
    return f"{many(len(data.by_policy[name]), 'rule')}; asks {', then '.join(duties)}"


def schedule_in_words(data: SiteData, name: str) -> str:
    """Which policies ask it, and who takes turns."""
    policies = [
        names.policy(data.catalog, policy).text
        for policy, words in data.catalog.oncall.policies.items()
        if any(name in step.ask for step in words.steps)
    ]
    return (
        f"{many(len(data.catalog.oncall.schedules[name].people), 'person', 'people')}; asked by {_or_nobody(policies)}"
    )


def woken_in_words(roads: Sequence[WakingRoad]) -> str:
    """How many rules can wake a person, and how soon at best."""
    if not roads:
        return "no rule can wake this person"
    rules = {proved.path.rule for road in roads for proved in road.rules}
    soonest = roads[0].earliest
    when = "" if soonest is None else f", the soonest {length(soonest)} after it fires"
    return f"{many(len(rules), 'rule')} can wake this person{when}"


def person_in_words(data: SiteData, name: str) -> str:
    """What can wake a person, and by which roads."""
    roads = waking_roads(data, name)
    return ": ".join([woken_in_words(roads), *(["; ".join(_road(data, road) for road in roads)] if roads else [])])


def _road(data: SiteData, road: WakingRoad) -> str:
    own = road.duty in data.catalog.oncall.people
    role = "by name" if own else f"as {names.duty(data.catalog, road.duty).text}"
    where = f"{names.policy(data.catalog, road.policy).text} step {road.step} {role}"
    if road.contact is None:
        return f"{where}, but not before the next step"
    return f"{where}, by {road.contact.channel} after {length(road.begins + road.contact.after)}"


def _or_nobody(texts: Iterable[str]) -> str:
    return ", ".join(texts) or "nobody"
