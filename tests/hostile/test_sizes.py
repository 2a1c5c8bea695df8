"""Files as large as they may be, and larger: each is answered with a sentence, in little memory."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from shutil import copytree

import pytest

import monitoring.resources.sdks  # noqa: F401  the imports that every preview needs are not counted
from monitoring.file_reading import MAX_BYTES
from tests.findings.running import run
from tests.hostile.containment import Outcome, printable_lines
from tests.platforms import PARCELS

MAX_MEMORY = 100_000_000
"""In bytes, above what the imports need."""


def filled(unit: str) -> str:
    """So many of a line that the file is as large as it may be."""
    return unit * (MAX_BYTES // len(unit.encode()))


def numbered(unit: str) -> str:
    return "".join(unit.format(n=number) for number in range(MAX_BYTES // (len(unit) + 5)))


LARGE = {
    "empty lists": "a:\n" + filled("- []\n"),
    "nested lists": "a:\n" + filled("- [[[[[[[[[[]]]]]]]]]]\n"),
    "empty mappings": numbered("k{n}: {{}}\n"),
    "unknown words": numbered("k{n}: 1\n"),
    "tenants": numbered("t{n}: {{title: T, plan: x}}\n"),
    "one key again and again": filled("a: 1\n"),
    "a text of many lines": "a: '" + filled("a@b. \n")[:-10] + "'\n",
    "an address of many parts": "a: " + "a." * 4_900 + "\n",
    "open brackets": filled("["),
    "open braces": filled("{a: "),
    "colons": filled(": "),
    "anchors": "a: &a [1]\n" + filled("b: [*a, *a]\n"),
    "tags": filled("!a "),
    "comments": filled("# x\n"),
    "blank lines": filled("\n"),
    "documents": filled("---\n"),
    "quotes": filled('"'),
    "tabs": filled("\t"),
    "one line": filled("x"),
    "more than a file may hold": filled("# x\n") * 2,
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(copytree(PARCELS.root, tmp_path / "parcels"))
    (folder / "Pulumi.yaml").write_text("name: parcels\nruntime: python\n")
    monkeypatch.chdir(folder)
    return folder


def memory(field: str) -> int:
    """What the kernel says of this process's memory, in bytes: VmRSS now, VmHWM at most."""
    found = re.search(rf"^{field}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) * 1024


@pytest.fixture
def least() -> int:
    """The memory before anything is read; from here on the kernel notes the most."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux says how much memory a process had at most")
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


@pytest.mark.parametrize("file", ["tenants.yaml", "services/more.yaml"])
@pytest.mark.parametrize("content", LARGE.values(), ids=LARGE)
def test_a_large_file_is_answered_with_sentences(project: Path, content: str, file: str, least: int) -> None:
    (project / "catalog" / file).write_text(content)
    answer = run("check")
    assert answer.code == 1
    assert file.removeprefix("services/") in answer.text
    assert list(printable_lines(Outcome({"check": answer}, {}, None))) == []
    assert memory("VmHWM") - least <= MAX_MEMORY
