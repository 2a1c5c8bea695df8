"""The entries that expectations.yaml lacks, with every value left blank, as text that can be pasted into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from monitoring.expectations.comparing import Comparison
from monitoring.model.effective import EffectiveRule
from monitoring.model.expectation import Expectation, ExpectedPolicy
from monitoring.model.receivers import ReceiverKind
from monitoring.model.signals import (
    Composite,
    Cron,
    Elsewhere,
    Errors,
    Issues,
    SentryMetric,
    SentryUptime,
    Signal,
    Slo,
    Uptime,
)
from monitoring.model.signals.query_monitor import QueryMonitor

INDENT = "  "
Fields = Mapping[str, frozenset[str]]
# What a form leaves out, since another form of the same vendor has it.
VENDORS = frozenset({"sentry", "datadog", "pagerduty"})
SENTRY = frozenset({"metric-monitor", "cron-monitor", "uptime-monitor", "error-monitor"})
DATADOG = frozenset({"monitors", "tests", "slo"})


def forms(comparisons: Iterable[Comparison], owner: str) -> str:
    """Every form that is missing, under the words of the file beneath which it belongs; empty where none is."""
    comparisons = list(comparisons)
    return "\n".join([*_policy_forms(comparisons), *_rule_forms(comparisons, owner)])


def _policy_forms(comparisons: Iterable[Comparison]) -> Iterator[str]:
    names = sorted({name for comparison in comparisons for name in comparison.missing_policies})
    if names:
        yield "policies:"
    for name in names:
        yield f"{INDENT}{name}:"
        yield from _blank(ExpectedPolicy, 2, frozenset())


def _rule_forms(comparisons: Iterable[Comparison], owner: str) -> Iterator[str]:
    missing = {
        comparison.environment: comparison.missing_rules for comparison in comparisons if comparison.missing_rules
    }
    if owner in missing:
        yield "rules:"
        yield from _rules(missing.pop(owner), 1)
    if missing:
        yield "environments:"
    for environment, rules in missing.items():
        yield from (f"{INDENT}{environment}:", f"{INDENT * 2}rules:")
        yield from _rules(rules, 3)


def _rules(rules: Iterable[EffectiveRule], depth: int) -> Iterator[str]:
    for rule in rules:
        yield f"{INDENT * depth}{rule.id}:"
        yield from _blank(Expectation, depth + 1, _left_out(rule.rule.signal))


def _left_out(signal: Signal) -> frozenset[str]:
    """The words that have no place in the entry of a rule with this signal."""
    match signal:
        case Errors() | Issues() if signal.sends_events:
            return SENTRY - {"error-monitor"} | VENDORS - {"sentry"}
        case Errors() | Issues() | SentryMetric():
            return SENTRY - {"metric-monitor"} | VENDORS - {"sentry"}
        case Cron():
            return SENTRY - {"cron-monitor"} | VENDORS - {"sentry"}
        case SentryUptime():
            return SENTRY - {"uptime-monitor"} | VENDORS - {"sentry"}
        case Uptime():
            return DATADOG - {"tests"} | VENDORS - {"datadog"}
        case Slo():
            return frozenset({"tests"}) | VENDORS - {"datadog"}
        case QueryMonitor() | Composite():
            return DATADOG - {"monitors"} | VENDORS - {"datadog"}
        case Elsewhere():
            return frozenset(ReceiverKind) | VENDORS - {"pagerduty"}


def _blank(model: type[BaseModel], depth: int, left_out: frozenset[str]) -> Iterator[str]:
    """A line for each field, those of a model inside it indented, the first of a list's item behind its dash."""
    for name, field in model.model_fields.items():
        word = field.alias or name
        if word in left_out:
            continue
        yield f"{INDENT * depth}{word}:"
        inside, is_list = _inner(field.annotation)
        if inside is not None and is_list:
            yield from _item(list(_blank(inside, depth + 2, left_out)), depth + 1)
        elif inside is not None:
            yield from _blank(inside, depth + 1, left_out)


def _item(lines: list[str], depth: int) -> Iterator[str]:
    first, *others = lines
    yield f"{INDENT * depth}- {first.lstrip()}"
    yield from others


def _inner(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model inside an annotation, if there is one, and whether a list of it is meant."""
    if get_origin(annotation) in (Union, UnionType):
        return next((inner for arg in get_args(annotation) if (inner := _inner(arg))[0]), (None, False))
    if get_origin(annotation) is tuple:
        return _inner(get_args(annotation)[0])[0], True
    return (annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None), False
