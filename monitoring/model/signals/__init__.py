"""What a rule watches: one module a kind of signal, in the catalog's words, with no vendor's shape in it."""

from __future__ import annotations

from monitoring.model.signals.anomaly import MetricAnomaly
from monitoring.model.signals.change import MetricChange
from monitoring.model.signals.composite import Composite
from monitoring.model.signals.cron import Cron
from monitoring.model.signals.elsewhere import Elsewhere
from monitoring.model.signals.errors import Errors
from monitoring.model.signals.events import EventSearch
from monitoring.model.signals.forecast import MetricForecast
from monitoring.model.signals.issues import Issues
from monitoring.model.signals.logs import LogSearch
from monitoring.model.signals.metric import MetricSignal
from monitoring.model.signals.outlier import MetricOutlier
from monitoring.model.signals.query import RawQuery
from monitoring.model.signals.ratio import MetricRatio
from monitoring.model.signals.sentry_metric import SentryMetric
from monitoring.model.signals.sentry_uptime import SentryUptime
from monitoring.model.signals.service_check import ServiceCheck
from monitoring.model.signals.slo import Slo
from monitoring.model.signals.total import MetricTotal
from monitoring.model.signals.trace import Trace
from monitoring.model.signals.uptime import Uptime

__all__ = [
    "Composite",
    "Cron",
    "Elsewhere",
    "Errors",
    "EventSearch",
    "EventSignal",
    "Issues",
    "LogSearch",
    "MetricAnomaly",
    "MetricChange",
    "MetricForecast",
    "MetricOutlier",
    "MetricRatio",
    "MetricSignal",
    "MetricTotal",
    "RawQuery",
    "SentryMetric",
    "SentrySignal",
    "SentryUptime",
    "ServiceCheck",
    "Signal",
    "Slo",
    "Trace",
    "Uptime",
]

EventSignal = Errors | Issues | SentryMetric
"""What looks at a Sentry project's events and their tags."""
SentrySignal = EventSignal | Cron | SentryUptime
Signal = (
    SentrySignal
    | Uptime
    | MetricSignal
    | MetricAnomaly
    | MetricForecast
    | MetricOutlier
    | MetricChange
    | MetricRatio
    | MetricTotal
    | Trace
    | LogSearch
    | EventSearch
    | ServiceCheck
    | RawQuery
    | Composite
    | Slo
    | Elsewhere
)
