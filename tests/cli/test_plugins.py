"""A catalog means the same whatever else is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.platforms import AGENCY

PLUGIN = """\
from pathlib import Path

Path(__file__).with_name("imported").touch()


class Plugin:
    def new_schema_validator(self, *given):
        return None, None, None


plugin = Plugin()
"""
USES_PYDANTIC = "import pydantic; pydantic.TypeAdapter(int)"


def with_plugin(folder: Path) -> dict[str, str]:
    """The environment of an interpreter that has a plugin of pydantic installed."""
    (folder / "meddler.py").write_text(PLUGIN)
    (folder / "meddler-1.0.dist-info").mkdir()
    (folder / "meddler-1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: meddler\nVersion: 1.0\n")
    (folder / "meddler-1.0.dist-info" / "entry_points.txt").write_text("[pydantic]\nmeddler = meddler:plugin\n")
    return os.environ | {"PYTHONPATH": str(folder)}


def test_a_plugin_of_pydantic_is_imported_where_nothing_keeps_it_out(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", USES_PYDANTIC], env=with_plugin(tmp_path), check=True)
    assert (tmp_path / "imported").exists()


def test_no_plugin_of_pydantic_looks_at_a_catalog(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "monitoring", "check", "--catalog", str(AGENCY.catalog)]
    subprocess.run(command, env=with_plugin(tmp_path), check=True)
    assert not (tmp_path / "imported").exists()


def test_the_search_for_plugins_is_left_out() -> None:
    started = "from monitoring.pydantic_internals import leave_out_plugins; leave_out_plugins()"
    searched = "import sys, monitoring.cli.check; print('importlib.metadata' in sys.modules)"
    answers = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        for code in (f"{started}; {searched}", searched)
    ]
    assert answers == ["False", "True"]
