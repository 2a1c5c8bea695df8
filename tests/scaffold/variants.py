"""The vendors that a new project can have beside PagerDuty, as far as the catalog may lack the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from monitoring.model.platform import Platform
from monitoring.scaffold.starter import SIGNALLING

RULES = {"datadog": "website-down", "sentry": "checkout-failing"}
"""The rule of each vendor."""
VENDORS = (("datadog",), ("sentry",), ("datadog", "sentry"))


def _is_possible(vendors: tuple[str, ...]) -> bool:
    return not any(Platform.model_fields[vendor].is_required() for vendor in SIGNALLING if vendor not in vendors)


def _cases() -> Iterator[object]:
    for vendors in VENDORS:
        skip = pytest.mark.skipif(not _is_possible(vendors), reason="platform.yaml has to have every vendor's section")
        yield pytest.param(vendors, id=" and ".join(vendors), marks=skip)


VARIANTS = [*_cases()]
"""Each choice of vendors as a case."""
