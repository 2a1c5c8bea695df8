"""What a rule watches: one module a kind of signal, in the catalog's words, with no vendor's shape in it."""

from __future__ import annotations

from monitoring.model.signals.composite import Composite
from monitoring.model.signals.cron import Cron
from monitoring.model.signals.elsewhere import Elsewhere
from monitoring.model.signals.errors import Errors
from monitoring.model.signals.issues import Issues
from monitoring.model.signals.metric import MetricSignal
from monitoring.model.signals.query import RawQuery
from monitoring.model.signals.sentry_metric import SentryMetric
from monitoring.model.signals.slo import Slo
from monitoring.model.signals.uptime import Uptime

__all__ = [
    "Composite",
    "Cron",
    "Elsewhere",
    "Errors",
    "EventSignal",
    "Issues",
    "MetricSignal",
    "RawQuery",
    "SentryMetric",
    "SentrySignal",
    "Signal",
    "Slo",
    "Uptime",
]

EventSignal = Errors | Issues | SentryMetric
"""What looks at a Sentry project's events and their tags."""
SentrySignal = EventSignal | Cron
Signal = SentrySignal | Uptime | MetricSignal | RawQuery | Composite | Slo | Elsewhere
