"""A copy of the tree, to be changed and judged: what its suite and mypy say of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py)(?:::(\w+))?", re.MULTILINE)
_ERROR = re.compile(r"^(\S+?\.py):\d+: error: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class TreeCopy:
    """The copy, by its root."""

    root: Path

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Writes a file, over what stands there."""
        (self.root / path).write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Puts text in place of one that stands in a file once."""
        before = self.read(path)
        assert before.count(old) == 1, f"{path} holds {before.count(old)} times {old!r}"
        self.write(path, before.replace(old, new))

    def failures(self, tests: Iterable[str]) -> dict[str, set[str]]:
        """The test functions that fail, by their file; a file that cannot be collected has none."""
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", *tests]
        environ = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # none of these tests needs one
        answer = subprocess.run(command, cwd=self.root, env=environ, capture_output=True, text=True, check=False)
        assert answer.returncode in (0, 1, 2), answer.stdout + answer.stderr
        failures: dict[str, set[str]] = {}
        for file, name in _FAILED.findall(answer.stdout):
            failures.setdefault(file, set()).update({name} - {""})
        assert bool(failures) == bool(answer.returncode), answer.stdout + answer.stderr
        return failures

    def type_errors(self, *paths: str) -> list[tuple[str, str]]:
        """What mypy says of some files: the file, and its sentence.

        The vendors' packages are not followed, which takes most of its time; what that alone makes wrong is said of the
        unchanged tree as well.
        """
        options = ["--cache-dir", str(self.root / ".mypy_cache"), "--config-file", str(self.root / "pyproject.toml")]
        command = [sys.executable, "-m", "mypy", *options, *paths]
        answer = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        assert answer.returncode in (0, 1), answer.stdout + answer.stderr
        return _ERROR.findall(answer.stdout)


def tree_copy(root: Path) -> TreeCopy:
    """A copy of the tree below a directory that does not exist yet, for mypy without the vendors' packages.

    What Python has compiled comes with it: a module keeps its time, so that it counts until the module is changed.
    """
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(".*", "build", "*.egg-info"))
    copy = TreeCopy(root)
    copy.write("pyproject.toml", copy.read("pyproject.toml") + UNFOLLOWED)
    return copy


UNFOLLOWED = """
[[tool.mypy.overrides]]
module = ["pulumi.*", "pulumi_datadog.*", "pulumi_pagerduty.*", "pulumi_sentry.*"]
follow_imports = "skip"
"""
