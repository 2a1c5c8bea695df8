"""The vendors' packages, imported with the garbage collector at rest.

Importing pulumi_datadog makes some ten thousand classes; collecting over them takes two thirds of the time of the
import and of every declaration after it. So they are frozen once, unseen:
a last collection over them would cost half a second, and the collector runs less often afterwards.
"""

from __future__ import annotations

import gc

_was_on = gc.isenabled()
gc.disable()

import pulumi  # noqa: E402
import pulumi_datadog as datadog  # noqa: E402
import pulumi_datadog.pagerduty as datadog_pagerduty  # noqa: E402
import pulumi_datadog.slack as datadog_slack  # noqa: E402
import pulumi_pagerduty as pagerduty  # noqa: E402
import pulumi_sentry as sentry  # noqa: E402

gc.freeze()
gc.set_threshold(200_000, 20, 100)
if _was_on:
    gc.enable()

__all__ = ["datadog", "datadog_pagerduty", "datadog_slack", "pagerduty", "pulumi", "sentry"]
