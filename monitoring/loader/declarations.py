"""How to declare what rules take for granted and nobody has declared: Datadog's metrics and Sentry's projects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from monitoring.loader.examples import flow, is_plain
from monitoring.model.signals.selector import AGGREGATIONS, PERCENTILES
from monitoring.model.threshold_word import ThresholdWord

Declared = Mapping[tuple[str, str], str]
Selector = Mapping[str, Any]


def declarations(rules: Iterable[Any], environments: Iterable[str]) -> Declared:
    """An entry, as YAML, for each metric and project that rules name, by its kind and name."""
    metrics, projects = defaultdict[str, list[Selector]](list), defaultdict[str, list[Selector]](list)
    for selector in _selectors(rules):
        for word in AGGREGATIONS:
            if isinstance(name := selector.get(word), str):
                metrics[name].append(selector)
        if isinstance(name := selector.get("project"), str):
            projects[name].append(selector)
    names = tuple(environments)
    return {("metric", name): flow(_metric(uses)) for name, uses in metrics.items()} | {
        ("project", name): flow(_project(uses, names)) for name, uses in projects.items()
    }


def _selectors(rules: Iterable[Any]) -> Iterator[Selector]:
    """What rules watch, as far as it is a mapping, and the counts of an objective or a ratio, also in lists."""
    for rule in rules:
        for signal in rule.values() if isinstance(rule, dict) else ():
            for part in (signal, *signal.values()) if isinstance(signal, dict) else ():
                yield from (each for each in (part if isinstance(part, tuple) else (part,)) if isinstance(each, dict))


def _metric(uses: list[Selector]) -> Mapping[str, Any]:
    """With the tags that its rules filter on and split by, and a unit in which their thresholds can be written."""
    units = {unit for use in uses if not use.get("relative") and (unit := _unit(_threshold(use)))}
    measured = {"unit": min(units)} if units else {}
    return {
        **measured,
        "kind": _kind(uses),
        "interval": "60s",
        "sent-by": "the application",
        "tags": {"env": {}, **_tags(uses)},
    }


def _kind(uses: list[Selector]) -> str:
    """What percentiles are of, and what is added up to be compared with something else than a threshold."""
    if any(word in use for use in uses for word in PERCENTILES):
        return "distribution"
    return "count" if all("sum" in use and _threshold(use) is None for use in uses) else "gauge"


def _threshold(use: Selector) -> Any:
    return next((use[word] for word in ThresholdWord if word in use), None)


def _project(uses: list[Selector], environments: tuple[str, ...]) -> Mapping[str, Any]:
    names = {name: name for name in environments if is_plain(name)}
    return {"environments": names, "tags": _tags(uses)}


def _tags(uses: list[Selector]) -> dict[str, Mapping[str, Any]]:
    wheres = (use.get("where") for use in uses)
    groups = (use.get("by") for use in uses)
    keys = [key for where in wheres if isinstance(where, dict) for key in where]
    keys += [key for group in groups if isinstance(group, tuple) for key in group]
    return {key: {} for key in keys if isinstance(key, str) and is_plain(key)}


def _unit(threshold: Any) -> str:
    """The unit of a threshold; for a long time the second, in which programs send it."""
    match = re.fullmatch(r"-?[\d.]+ *([A-Za-z%]+)", threshold) if isinstance(threshold, str) else None
    unit = match[1] if match else ""
    return "s" if unit in {"m", "h", "d"} else unit
