"""Whether the tool stands by itself: the tree with another company's platform in place of the one that ships.

Copies what git knows of this tree, replaces catalog, golden Plans and documents, and runs there
`monitoring verify` and the tests that read the tree; `--all` runs the whole suite but for the real engine.

    python tools/replaced.py [PLATFORM] [--all]

PLATFORM is a folder with `catalog`, `golden` and `docs`; without one it is the tests' company "parcels".
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
OTHER = ROOT / "tests" / "platforms" / "parcels"
REPLACED = ("catalog", "golden", "docs")
READING_TESTS = (
    "tests/test_docs.py",
    "tests/test_layers.py",
    "tests/test_incidents_page.py",
    "tests/smoke",
    "tests/reach/test_cli.py",
)
DAY = "2026-11-23"  # that of the tests' golden Plans


def copied(to: Path) -> None:
    """Every file that git knows, or would take, as it stands now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def replace(tree: Path, platform: Path) -> None:
    """Puts the platform in the place of the one that ships; nothing of that one stays."""
    for name in REPLACED:
        _remove(tree / name)
        if (platform / name).is_dir():
            shutil.copytree(platform / name, tree / name)
        else:
            shutil.copy2(platform / name, tree / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def commands(everything: bool) -> Iterator[Sequence[str]]:
    """What has to be green in the changed tree."""
    yield ("-m", "monitoring", "verify", "--today", DAY)
    tests = ("-n", "2", "-m", "not full and not engine") if everything else READING_TESTS
    yield ("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)


def run(platform: Path, *, everything: bool) -> int:
    """The exit code of the first command that fails, or 0."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        copied(tree)
        replace(tree, platform)
        environ = {**os.environ, "PYTHONPATH": str(tree)}
        for words in commands(everything):
            code = subprocess.run([sys.executable, *words], cwd=tree, env=environ, check=False).returncode
            if code:
                return code
    return 0


def main(arguments: Sequence[str]) -> int:
    """Runs it for the platform that is named."""
    folders = [word for word in arguments if not word.startswith("--")]
    return run(Path(folders[0]).resolve() if folders else OTHER, everything="--all" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
