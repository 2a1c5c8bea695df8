"""The windows of an anomaly monitor: which of them Datadog refuses, since it could fire and recover at once.

Source: DataDog/documentation, monitors/types/anomaly; what is refused at the deployment, datadog-api-client-typescript,
issue 754.
"""

from __future__ import annotations

import re

from monitoring.queries.reading import seconds_of_span

_ALERT_WINDOW = re.compile(r"""alert_window\s*=\s*['"](last_\w+)['"]""")
MINUTE = 60


def shortest_recovery(trigger: int, fires_at: float, recovers_at: float) -> int:
    """The shortest window to recover, in seconds, beside one to fire; both shares are parts of 1.

    Of the points to fire, all before the window to recover may be anomalous, and the share `recovers_at` inside of it;
    Datadog names the formula for a recovery at 0, a minute longer than where both could hold.
    """
    both = round(trigger * (1 - fires_at) / (1 - recovers_at), 6)
    return int(both // MINUTE) * MINUTE + MINUTE


def fault_of_windows(query: str, trigger: str, recover: str, fires_at: float, recovers_at: float) -> str:
    """What is wrong with the windows beside a query, as Datadog spells them; empty where both are taken."""
    alert = _ALERT_WINDOW.search(query)
    if alert and alert[1] != trigger:
        return f"{trigger} is not the alert_window in the query, {alert[1]}"
    to_fire, to_recover = seconds_of_span(trigger), seconds_of_span(recover)
    if to_fire is None or to_recover is None or not recovers_at < fires_at:
        return ""
    shortest = shortest_recovery(to_fire, fires_at, recovers_at)
    return "" if shortest <= to_recover <= to_fire else f"with {recover} it could fire and recover at once"
