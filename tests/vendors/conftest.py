"""What the tests of the vendors' room share."""

from __future__ import annotations

import pytest

from tests.smoke.conftest import _no_proxy, anyio_backend

__all__ = ["_no_proxy", "anyio_backend"]


@pytest.fixture
def secrets() -> tuple[str, ...]:
    """What no message may show."""
    return ("hidden-sentry", "hidden-pagerduty", "hidden-api", "hidden-app")
