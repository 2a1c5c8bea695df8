"""The vendors that a new project can have beside PagerDuty."""

from __future__ import annotations

import pytest

RULES = {"datadog": "website-down", "sentry": "checkout-failing"}
"""The rule of each vendor."""
VENDORS = (("datadog",), ("sentry",), ("datadog", "sentry"))
VARIANTS = [pytest.param(vendors, id=" and ".join(vendors)) for vendors in VENDORS]
"""Each choice of vendors as a case."""
