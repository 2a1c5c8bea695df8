"""The tool and the platform that ships are two things: another company's platform in its place, and all is green."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.platforms import PARCELS

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "tools" / "replaced.py"


@pytest.mark.full
def test_another_platform_in_the_place_of_the_one_that_ships_is_green() -> None:
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("Parcel desk (catalog)")
    assert "Everything holds." in done.stdout
    assert "passed" in done.stdout


def test_nothing_of_the_replaced_platform_stays(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(SCRIPT.parent)!r})\n"
        "from pathlib import Path\n"
        "import replaced\n"
        f"tree = Path({str(tmp_path)!r})\n"
        "replaced.copied(tree)\n"
        "replaced.replace(tree, replaced.OTHER)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
    for name in ("catalog", "golden", "docs"):
        here = {path.relative_to(PARCELS.root / name) for path in (PARCELS.root / name).rglob("*")}
        assert {path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*")} == here
    assert (tmp_path / "monitoring" / "verify" / "parts.py").is_file()
