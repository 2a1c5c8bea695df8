"""Two rules that wake people for one symptom say so, or one failure is two pages that look like two failures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations, product

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import rules_with
from monitoring.model.service import Rule
from monitoring.model.signals import SentryUptime, Signal, Uptime

SUBJECTS = rules_with(
    "rules that wake", "id", only=lambda context, rule: context.catalog.severities[rule.severity].wakes
)
MAX_PICKS = 64
"""Combinations of a filter's values that are compared; a filter with more is compared by its keys' first values."""

Pick = frozenset[tuple[str, str]]


@catalog_check("same-symptom", about=SUBJECTS)
def same_symptom(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule that wakes; finds pairs that fire together and neither of which names the other.

    Two rules watch one symptom where one's filter is a part of the other's on the same data, where they ask for the
    same component of the health endpoint, where Datadog and Sentry ask for the same address, or where one counts the
    errors of a service whose component the other asks.
    """
    rules = {watched.rule.id: watched for watched in context.rules if context.rule_wakes(watched.rule)}
    yield from rules
    declared = {frozenset((rule.id, other)) for _, rule, _ in context.rules for other in rule.same_symptom_as}
    pairs = {
        pair: why
        for pair, why in {**_same_data(rules), **_same_component(context, rules), **_same_address(rules)}.items()
        if pair not in declared and not _apart(*(rules[name].rule for name in pair))
    }
    for name, others in _gathered(pairs, list(rules)):
        yield _finding(context, name, {other: pairs[frozenset((name, other))] for other in others})


def _gathered(pairs: Collection[frozenset[str]], order: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Few rules by which all pairs can be said, each with the others of its pairs: a new rule, not its neighbours."""
    paired: dict[str, set[str]] = {name: set() for name in order}
    for first, second in pairs:
        paired[first].add(second)
        paired[second].add(first)
    while any(paired.values()):
        name = max(order, key=lambda name: len(paired[name]))
        others, paired[name] = paired[name], set()
        for other in others:
            paired[other].remove(name)
        yield name, [other for other in order if other in others]


def _apart(first: Rule, second: Rule) -> bool:
    """Whether two rules never act in one environment."""
    return bool(first.environments and second.environments and not set(first.environments) & set(second.environments))


def _finding(context: Context, name: str, reasons: Mapping[str, str]) -> Finding:
    listed, quoted = ", ".join(reasons), " and ".join(f'"{other}"' for other in reasons)
    what = f"wakes people for the same symptom as {quoted}: {', '.join(dict.fromkeys(reasons.values()))}"
    remedy = f"write same-symptom-as: [{listed}], or narrow one of them"
    return context.finding("rule", name, "id", key=f"symptom of {listed}", what=what, remedy=remedy)


def _same_data(rules: Mapping[str, WatchedRule[Signal]]) -> dict[frozenset[str], str]:
    exact: dict[tuple[str, Pick], set[str]] = {}
    picks = [
        (name, data, pick)
        for name, watched in rules.items()
        if (data := watched.signal.symptom)
        for pick in _picks(watched.signal)
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


def _picks(signal: Signal) -> Iterator[Pick]:
    where = getattr(signal, "where", {})
    several = [[(key, value) for value in values] for key, values in sorted(where.items())]
    size = 1
    for values in several:
        size *= len(values)
    if size > MAX_PICKS:
        several = [values[:1] for values in several]
    return (frozenset(pick) for pick in product(*several))


def _parts(pick: Pick) -> Iterator[Pick]:
    items = sorted(pick)
    return (frozenset(part) for size in range(len(items) + 1) for part in combinations(items, size))


def _same_component(context: Context, rules: Mapping[str, WatchedRule[Signal]]) -> dict[frozenset[str], str]:
    asking: dict[str, list[str]] = {}
    for _, rule, signal in context.rules:
        for component in signal.health_question.components if signal.health_question and rule.id in rules else ():
            asking.setdefault(component, []).append(rule.id)
    services = context.catalog.services.values()
    counting = {service.health: _error_rules(rules, service.rules) for service in services if service.health in asking}
    return {
        frozenset(pair): f'the failure of the component "{component}"'
        for component, askers in asking.items()
        for pair in (*combinations(askers, 2), *product(askers, counting.get(component, ())))
        if len(set(pair)) == 2
    }


def _same_address(rules: Mapping[str, WatchedRule[Signal]]) -> dict[frozenset[str], str]:
    """Pairs of a test of Datadog's and a monitor of Sentry's that ask the same."""
    addresses = {name: (watched.signal.watcher, _address(watched.signal)) for name, watched in rules.items()}
    by_address: dict[str, list[str]] = {}
    for name, (_, address) in addresses.items():
        by_address.setdefault(address, []).append(name)
    return {
        frozenset(pair): f"no answer from {address}"
        for address, names in by_address.items()
        for pair in (combinations(names, 2) if address else ())
        if addresses[pair[0]][0] != addresses[pair[1]][0]
    }


def _address(signal: Signal) -> str:
    """The address that a rule asks from outside; empty where it asks none."""
    if question := signal.health_question:
        return f"the {question.health} question"
    match signal:
        case Uptime() if page := signal.asks.page:
            return page.url or page.path or ""
        case SentryUptime():
            return signal.url or signal.path or ""
        case _:
            return ""


def _error_rules(rules: Mapping[str, WatchedRule[Signal]], own: tuple[Rule, ...]) -> list[str]:
    return [rule.id for rule in own if rule.id in rules and rule.errors and not rule.errors.one_is_enough]
