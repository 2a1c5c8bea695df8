"""A copy of the agency's platform, for a test to change."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from tests.platforms import AGENCY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(copytree(AGENCY.root, tmp_path / "agency"))
