"""What the whole suite shares: the shipped catalog, and what it declares in each environment on one day."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, settings

from monitoring.collector import gc_paused
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from tests.platforms import AGENCY

# The day of the golden Plans, as `make golden` has it.
TODAY = date(2026, 11, 23)

# No example is failed for the time that it takes: the machine may be busy.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keeps the collector from walking through thousands of tests and the vendors' packages, which all stay."""
    with gc_paused(freeze=True):
        return (yield)


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    """The catalog that ships."""
    return load(AGENCY.catalog)


@pytest.fixture(scope="session")
def plans(shipped: Catalog) -> Mapping[str, Plan]:
    """What the program declares, by environment: captured once a session."""
    from monitoring.preview.run import preview

    return {name: preview(environment=name, today=TODAY, files=AGENCY) for name in shipped.platform.environments}


@pytest.fixture(scope="session")
def every() -> Plan:
    """What a small catalog with every signal declares in prod."""
    from tests.resources.every_signal import declared, every_signal

    return declared(every_signal())
