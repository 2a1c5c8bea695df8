"""The shipped catalog, and the Plan that the shipped program declares, each made once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from monitoring.loader import load
from monitoring.model.catalog import Catalog

ROOT = Path(__file__).parents[2]
PLAN_DAY = "2026-11-23"


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    return load()


@pytest.fixture(scope="session")
def plan_file(tmp_path_factory) -> Path:
    """What `monitoring preview` says of production; a process of its own, so that these tests never load pulumi."""
    command = [sys.executable, "-m", "monitoring", "preview", "--today", PLAN_DAY, "--format", "json"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert made.returncode == 0, made.stderr
    path: Path = tmp_path_factory.mktemp("plan") / "prod.json"
    path.write_text(made.stdout)
    return path
