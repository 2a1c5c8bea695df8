"""A copy of the tree, in which files may be changed; the tree itself is only read."""

from __future__ import annotations

import compileall
import shutil
import subprocess
from pathlib import Path
from py_compile import PycInvalidationMode

from tests.mutation_code.mutants import digest

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "mutation-code"


def copied(target: Path) -> str:
    """Copies all that git knows or would take, over what stands there, and returns the hash of it.

    The tool's bytecode is checked against its source's hash, since a change may keep a file's size and its second.
    """
    shutil.rmtree(target, ignore_errors=True)
    words = []
    for name in _files():
        source, copy = ROOT / name, target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, copy, follow_symlinks=False)
        words += [name, digest(source.read_bytes().hex())]
    compileall.compile_dir(target / "monitoring", quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return digest(*words)


def _files() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in names.split("\0") if name and (ROOT / name).is_file())
