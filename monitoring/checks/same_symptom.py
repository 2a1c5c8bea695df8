"""Two rules that wake people for one symptom say so, or one failure is two pages that look like two failures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import rules_with
from monitoring.model.service import Rule
from monitoring.model.signals import Errors, MetricSignal, SentryMetric, Signal, Uptime

ABOUT = rules_with("rules that wake", "id", only=lambda case, rule: case.catalog.severities[rule.severity].wakes)
MOST_PICKS = 64
"""Combinations of a filter's values that are compared; a filter with more is compared by its keys' first values."""

Pick = frozenset[tuple[str, str]]


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each rule that wakes; finds pairs that fire together and neither of which names the other.

    Two rules watch one symptom where one's filter is a part of the other's on the same data, where they ask for the
    same component of the health endpoint, or where one counts the errors of a service whose component the other asks.
    """
    rules = {watch.rule.id: watch for watch in case.watches if case.rule_wakes(watch.rule)}
    yield from rules
    said = {frozenset((rule.id, other)) for rule in case.written["same_symptom_as"] for other in rule.same_symptom_as}
    pairs = {**_same_data(rules), **_same_component(case, rules)}
    for pair, why in sorted(pairs.items(), key=lambda item: sorted(item[0])):
        one, other = (rules[name].rule for name in sorted(pair))
        if pair not in said and not _apart(one, other):
            yield _finding(case, rules, pair, why)


def _apart(one: Rule, other: Rule) -> bool:
    """Whether two rules never act in one environment."""
    return bool(one.environments and other.environments and not set(one.environments) & set(other.environments))


def _finding(case: Case, rules: Mapping[str, Watch[Signal]], pair: frozenset[str], why: str) -> Finding:
    one, other = sorted(pair, key=list(rules).index)
    what = f'wakes people for the same symptom as "{other}": {why}'
    remedy = f"write same-symptom-as: [{other}], or narrow one of them"
    return found(case, "rule", one, "id", key=f"symptom of {other}", what=what, remedy=remedy)


def _same_data(rules: Mapping[str, Watch[Signal]]) -> dict[frozenset[str], str]:
    exact: dict[tuple[str, Pick], set[str]] = {}
    picks = [
        (name, data, pick)
        for name, watch in rules.items()
        if (data := _data(watch.signal))
        for pick in _picks(watch.signal)
    ]
    for name, data, pick in picks:
        exact.setdefault((data, pick), set()).add(name)
    return {
        frozenset((name, wider)): "both watch the same data"
        for name, data, pick in picks
        for part in _parts(pick)
        for wider in exact.get((data, part), ())
        if wider != name
    }


def _data(signal: Signal) -> str:
    match signal:
        case Errors():
            which = "single errors" if signal.one_is_enough else "errors"
            return f"{which} of {signal.project}"
        case SentryMetric():
            return f"{signal.measure} of {signal.project}"
        case MetricSignal():
            side = "above" if signal.above is not None else "below"
            return f"{signal.name} {side}"
        case _:
            return ""


def _picks(signal: Signal) -> Iterator[Pick]:
    where = getattr(signal, "where", {})
    several = [[(key, value) for value in values] for key, values in sorted(where.items())]
    size = 1
    for values in several:
        size *= len(values)
    if size > MOST_PICKS:
        several = [values[:1] for values in several]
    return (frozenset(pick) for pick in product(*several))


def _parts(pick: Pick) -> Iterator[Pick]:
    items = sorted(pick)
    return (frozenset(part) for size in range(len(items) + 1) for part in combinations(items, size))


def _same_component(case: Case, rules: Mapping[str, Watch[Signal]]) -> dict[frozenset[str], str]:
    asking: dict[str, list[str]] = {}
    for _, rule, signal in case.watching(Uptime):
        for component in signal.asks.health.components if signal.asks.health and rule.id in rules else ():
            asking.setdefault(component, []).append(rule.id)
    services = case.catalog.services.values()
    counting = {one.health: _error_rules(rules, one.rules) for one in services if one.health in asking}
    return {
        frozenset(pair): f'the failure of the component "{component}"'
        for component, askers in asking.items()
        for pair in (*combinations(askers, 2), *product(askers, counting.get(component, ())))
        if len(set(pair)) == 2
    }


def _error_rules(rules: Mapping[str, Watch[Signal]], own: tuple[Rule, ...]) -> list[str]:
    return [rule.id for rule in own if rule.id in rules and rule.errors and not rule.errors.one_is_enough]
