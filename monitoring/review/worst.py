"""Who is asked and called when, at the instant of the longest wait: the drill before and after a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from monitoring.model.catalog import Catalog
from monitoring.reach.drill import Event, drill
from monitoring.reach.paths import AlertPath, oncall_data
from monitoring.review.compared import ComparedCatalogs, EnvironmentAnswer
from monitoring.review.promises import AnswerChange

MAX_DRILLS = 5
MAX_MINUTES = 12

Told = Mapping[int, tuple[str, ...]]
"""What happens, by the seconds after the rule fired."""


class DrillMinute(NamedTuple):
    """What happens so many seconds after a rule fired, before and after a change."""

    after: int
    before: tuple[str, ...]
    becomes: tuple[str, ...]


class DrillChange(NamedTuple):
    """The drill of one rule at the instant of its longest wait after a change, until both sides have reached people."""

    change: AnswerChange
    minutes: tuple[DrillMinute, ...]


def worst_drills(compared: ComparedCatalogs, changes: Iterable[AnswerChange]) -> tuple[DrillChange, ...]:
    """The drills of the first few waits that are others than before, those that are longer first."""
    chosen = sorted(changes, key=lambda change: not change.is_later)[:MAX_DRILLS]
    return tuple(DrillChange(change, tuple(_minutes(compared, change))) for change in chosen)


def _minutes(compared: ComparedCatalogs, change: AnswerChange) -> Iterator[DrillMinute]:
    rule, environment = change.rules[0], change.environment
    old_answer, new_answer = compared.old_answers[environment], compared.new_answers[environment]
    old = _told(compared.before, old_answer, compared.old_name("rule", rule), change.at)
    new = _told(compared.after, new_answer, rule, change.at)
    times = sorted({*old, *new})
    if change.before is not None and change.after is not None:
        times = [each for each in times if each <= max(change.before, change.after)]
    yield from (DrillMinute(each, old.get(each, ()), new.get(each, ())) for each in times[:MAX_MINUTES])


def _told(catalog: Catalog, answer: EnvironmentAnswer, rule: str, at: int) -> Told:
    """Who is asked, and who is reached by a channel that wakes, when a rule fires at an instant."""
    path = next((each.path for each in answer.proof.rules if each.path.rule == rule and each.first is not None), None)
    if path is None:
        return {}
    data = oncall_data(catalog, at, at + 1, sorted({page.policy for page in path.pages}))
    told: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    for event in drill(path, data, at).events:
        if verb := _verb(path, event):
            told[event.after].setdefault(verb, []).extend(event.people)
    return {after: tuple(f"{verb} {_names(people)}" for verb, people in by.items()) for after, by in told.items()}


def _verb(path: AlertPath, event: Event) -> str:
    by = {kind.value for kind in path.waking.by} if path.waking else set()
    if event.what == "asks":
        return "asks"
    return f"{event.channel} to" if event.what == "notifies" and event.channel in by else ""


def _names(people: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(people))
