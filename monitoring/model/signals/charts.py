"""What a chart of Datadog draws of a signal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_SERIES = re.compile(r"[a-z0-9]+:[^{}]+\{[^{}]*\}(?: by \{[^{}]*\})?(?:\.as_count\(\))?")


@dataclass(frozen=True)
class SignalChart:
    """The series of a chart, each by the name that stands for it, and what is computed of them."""

    series: Mapping[str, str]
    formula: str
    shows_threshold: bool
    """Whether what is drawn is what is compared with the threshold."""


def chart_of(query: str, *, shows_threshold: bool) -> SignalChart:
    """The chart of a query, without its window: `sum(last_5m):default_zero(sum:A{…}) / sum:B{…}` is of a by b.

    Datadog wants each series by itself, and names of them in a formula (API description, TimeseriesWidgetRequest).
    """
    calculation = query.partition("):")[2]
    found = dict.fromkeys(match[0] for match in _SERIES.finditer(calculation))
    names = {series: f"series{number}" for number, series in enumerate(found, 1)}
    formula = _SERIES.sub(lambda match: names[match[0]], calculation)
    return SignalChart({name: series for series, name in names.items()}, formula, shows_threshold)
