"""What a rule watches: one module a kind of signal, in the catalog's words, with no vendor's shape in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from monitoring.model.entry import Entry
from monitoring.model.signals.composite import Composite
from monitoring.model.signals.cron import Cron
from monitoring.model.signals.elsewhere import Elsewhere
from monitoring.model.signals.errors import Errors
from monitoring.model.signals.metric import MetricSignal
from monitoring.model.signals.query import RawQuery
from monitoring.model.signals.sentry_metric import SentryMetric
from monitoring.model.signals.slo import Slo
from monitoring.model.signals.uptime import Uptime

__all__ = [
    "WATCHERS",
    "Composite",
    "Cron",
    "DatadogSignal",
    "Elsewhere",
    "Errors",
    "MetricSignal",
    "RawQuery",
    "SentryMetric",
    "SentrySignal",
    "Signal",
    "Slo",
    "Uptime",
    "Watcher",
]

# By the vendor that watches; what another system watches is seen by PagerDuty first.
SentrySignal = Errors | SentryMetric | Cron
DatadogSignal = Uptime | MetricSignal | RawQuery | Composite | Slo
PagerDutySignal = Elsewhere
Signal = SentrySignal | DatadogSignal | PagerDutySignal
Watcher = Literal["sentry", "datadog", "pagerduty"]
WATCHERS: Mapping[type[Entry], Watcher] = {
    **dict.fromkeys(get_args(SentrySignal), "sentry"),
    **dict.fromkeys(get_args(DatadogSignal), "datadog"),
    PagerDutySignal: "pagerduty",
}
"""Whose each signal is: the vendor at which it is declared."""
