"""How long a rule's signal takes, with the rules that it is made of."""

from __future__ import annotations

from collections.abc import Mapping

from monitoring.model.detection import Detection
from monitoring.model.service import Rule
from monitoring.model.signals import Composite


def detection(rule: Rule, rules: Mapping[str, Rule], *, wakes: bool) -> Detection:
    """How long a rule's signal takes; `rules` are those that a composite may be made of.

    `wakes` says whether its severity does, because an SLO then burns by other windows.
    """
    parts = [rules[part] for part in rule.signal.parts if not isinstance(rules[part].signal, Composite)]
    return rule.signal.detection(wakes=wakes, parts=[detection(part, rules, wakes=wakes) for part in parts])
