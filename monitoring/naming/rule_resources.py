"""What a rule becomes at the vendor that watches it, as types and names."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.burn_rates import PAGE, TICKET
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
from monitoring.naming.names import burn_name, test_name
from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    METRIC_MONITOR,
    MONITOR,
    SERVICE,
    SERVICE_INTEGRATION,
    SLO,
    SYNTHETICS_TEST,
    UPTIME_MONITOR,
)


def rule_resources(acting_id: str, signal: Signal) -> Iterator[tuple[str, str]]:
    """Type and name of each resource of a rule; of an SLO the monitors of every window, paging or not."""
    match signal:
        case Errors(per_issue=True) | Issues():
            yield ALERT, acting_id
        case Errors() | SentryMetric():
            yield from ((ALERT, acting_id), (METRIC_MONITOR, acting_id))
        case Cron():
            yield from ((ALERT, acting_id), (CRON_MONITOR, acting_id))
        case SentryUptime():
            yield from ((ALERT, acting_id), (UPTIME_MONITOR, acting_id))
        case QueryMonitor() | Composite():
            yield MONITOR, acting_id
        case Uptime():
            yield from ((SYNTHETICS_TEST, test_name(acting_id, signal, method)) for method in signal.methods)
        case Slo():
            yield SLO, acting_id
            yield from ((MONITOR, burn_name(acting_id, rate)) for rate in (*PAGE, *TICKET))
        case Elsewhere():
            yield from ((SERVICE, acting_id), (SERVICE_INTEGRATION, acting_id))
