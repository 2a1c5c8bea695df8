"""The first minutes of each severity, until a second person is woken, as the drill has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from monitoring.docs.markdown import code, inert, plain, table
from monitoring.docs.rule_facts import channel_name, public_promise, titles, within
from monitoring.model.catalog import Catalog
from monitoring.model.reminders import paced
from monitoring.model.severity import Severity
from monitoring.reach.drill import Event, drill
from monitoring.reach.escalation import outcomes
from monitoring.reach.formatting import length
from monitoring.reach.paths import MAX_SPAN, AlertPath, OnCallData, alert_paths, oncall_without_calendar
from monitoring.reach.proof import waking_channels


@dataclass(frozen=True, slots=True)
class FirstMinutes:
    """The part of a page that tells the first minutes of one severity."""

    severity: Severity

    def __call__(self, catalog: Catalog, _: str) -> str:
        """For each policy that rules of the severity page: what happens until a second person is woken."""
        matching = [path for path in _paths_after_trials(catalog) if path.severity is self.severity]
        if not matching:
            return f"No rule is {self.severity} now."
        duties, promise = oncall_without_calendar(catalog), catalog.severities[self.severity]
        tables = [_minutes(catalog, duties, policy, group) for policy, group in _by_policy(matching).items()]
        return "\n\n".join([*tables, f"Promised: {within(promise)}; {public_promise(promise)}."])


def _paths_after_trials(catalog: Catalog) -> Iterable[AlertPath]:
    """Every rule's path once all trials are over, so that a page changes with the catalog and not with the day."""
    return alert_paths(catalog, catalog.shared_environment, date.max)


def _by_policy(matching: Iterable[AlertPath]) -> Mapping[str, list[AlertPath]]:
    """The paths by the policy that they page; nobody is paged under an empty name."""
    groups: dict[str, list[AlertPath]] = {}
    for path in matching:
        groups.setdefault(path.pages[0].policy if path.pages else "", []).append(path)
    return groups


def _minutes(catalog: Catalog, duties: OnCallData, policy: str, group: list[AlertPath]) -> str:
    others = tuple(dict.fromkeys(other for path in group for other in path.others))
    alike = group[0]._replace(others=others, mutes=())
    words = catalog.oncall.policies.get(policy)
    paged = f"**Policy {plain(words.title or policy)}**" if words else "**Nobody is paged**"
    rules = ", ".join(map(code, dict.fromkeys(path.catalog_rule for path in group)))
    return f"{paged}, for {rules}:\n\n{table(['at the latest', 'what happens'], _rows(catalog, duties, alike))}"


def _rows(catalog: Catalog, duties: OnCallData, path: AlertPath) -> Iterator[list[str]]:
    """A row for each minute at which anything happens."""
    enough = _second_human(duties, path)
    events = (event for event in drill(path, duties, 0).events if event.after <= enough)
    for after, together in groupby(events, key=lambda event: event.after):
        kinds = groupby(together, key=lambda event: (event.what, event.channel))
        yield [length(after), "; ".join(_happens(catalog, path, list(alike)) for _, alike in kinds)]


def _second_human(duties: OnCallData, path: AlertPath) -> int:
    """The seconds until a second duty is woken at the latest; the whole drill where nobody has to be woken.

    Two duties are two humans only where the proof says so, which judges every instant with the people of the calendar.
    """
    if not path.pages or path.waking is None:
        return MAX_SPAN
    policy = duties.policies[path.pages[0].policy]
    reached = outcomes(policy, duties.people, waking_channels([path.waking]), 0, 1)[0]
    return reached.second.after if reached.second else policy.longest


def _happens(catalog: Catalog, path: AlertPath, alike: list[Event]) -> str:
    """What events of one kind at one time say together."""
    event, who = alike[0], titles(catalog, (name for each in alike for name in each.people))
    match event.what:
        case "fires":
            return "the rule fires"
        case "posts":
            return f"{plain(', '.join(map(str, path.others)))} notified"
        case "incident":
            return "PagerDuty opens an incident"
        case "asks":
            return f"asks {who}"
        case "notifies":
            return f"**{channel_name(event.channel)}** to {who}"
        case "escalates":
            return "nobody has acknowledged, so the next step begins"
        case "repeats":
            return f"the channels are notified again, and then {_pace(path)} while it lasts"
        case "passes" | "is silent" | "is not muted" | "no incident" | "acknowledges" | "expires" | "rests":
            return inert(event.text)
        case "gives up" | "closes":
            return inert(event.text)


def _pace(path: AlertPath) -> str:
    return paced(length(path.reminds_every), path.reminds_at_most)
