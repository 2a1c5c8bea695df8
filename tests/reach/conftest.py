"""The Plan of production that is kept in git, from the day on which it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.platforms import AGENCY

PLAN_DAY = "2026-11-23"


@pytest.fixture(scope="session")
def plan_file() -> Path:
    """What the shipped program declares in prod; tests/platforms keeps it."""
    return AGENCY.golden("prod")
