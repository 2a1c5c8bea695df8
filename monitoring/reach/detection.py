"""How long a rule's signal takes, with the rules that it is made of."""

from __future__ import annotations

from collections.abc import Mapping

from monitoring.model.detection import MINUTE, Detection
from monitoring.model.references import MetricSender
from monitoring.model.service import Rule
from monitoring.model.signals import Composite
from monitoring.model.signals.base import LATER


def detection(rule: Rule, rules: Mapping[str, Rule], *, wakes: bool) -> Detection:
    """How long a rule's signal takes; `rules` are those that a composite may be made of.

    `wakes` says whether its severity does, because an SLO then burns by other windows.
    """
    parts = [rules[part] for part in rule.signal.parts if not isinstance(rules[part].signal, Composite)]
    return rule.signal.detection(wakes=wakes, parts=[detection(part, rules, wakes=wakes) for part in parts])


def faster(
    rule: Rule, rules: Mapping[str, Rule], metrics: Mapping[str, MetricSender], limit: int, *, wakes: bool
) -> str:
    """How to make a rule fire within a limit, in seconds: of a composite, how to make its slow parts do.

    A window holds one point of its metric at least, so that one which is sent more seldom leaves none.
    """
    parts = [rules[part] for part in rule.signal.parts if not isinstance(rules[part].signal, Composite)]
    left = limit - MINUTE
    slow = [part for part in parts if not detection(part, rules, wakes=wakes).is_within(left)]
    if slow:
        return "; ".join(f'in its part "{part.id}", {faster(part, rules, metrics, left, wakes=wakes)}' for part in slow)
    seldom = [name for name in rule.signal.metric_names if name in metrics and metrics[name].interval.seconds > left]
    if seldom:
        return f'send "{seldom[0]}" more often than every {metrics[seldom[0]].interval}, or {LATER}'
    return rule.signal.faster(limit)
