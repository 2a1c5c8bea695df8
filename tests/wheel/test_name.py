"""Nothing installs the tool by its name, which anybody could register; and every file name has today's version."""

from __future__ import annotations

import re

import pytest

from monitoring import __version__
from tests.wheel.installing import ROOT
from tests.wheel.test_content import tracked

BY_NAME = re.compile(
    r"""(pip3?|uv|pipx|poetry)\b.*\b(install|add|run)\b.*(?<![./\w-])(wakeproof|monitoring)(?![\w/.-])"""
)
FILE_NAME = re.compile(r"wakeproof-(\d[^-\s`]*?)(?=-py3|\.txt)")


def texts() -> dict[str, str]:
    """Every document and every line of code that speaks to users, by file."""
    names = tracked("*.md", "*.yaml", "*.yml", "monitoring/*.py")
    return {name: (ROOT / name).read_text() for name in names}


def test_nothing_installs_it_by_its_name() -> None:
    lines = (f"{name}: {line}" for name, text in texts().items() for line in text.splitlines())
    assert [line for line in lines if BY_NAME.search(line)] == []


def test_every_file_name_has_the_version() -> None:
    versions = {name: set(FILE_NAME.findall(text)) for name, text in texts().items() if name.endswith(".md")}
    assert {name: others for name, named in versions.items() if (others := named - {__version__})} == {}
    assert versions["README.md"] == versions["manual/releasing.md"] == {__version__}


@pytest.mark.parametrize(
    ("line", "by_name"),
    [
        pytest.param("pip install wakeproof", True, id="by its name"),
        pytest.param('pip install "wakeproof[pulumi]"', True, id="by its name, with an extra"),
        pytest.param('pip install "monitoring[health]"', True, id="by the package's name, which is another project"),
        pytest.param("uv add wakeproof==0.1.0", True, id="by its name and a version"),
        pytest.param("pip install ./wakeproof-0.1.0-py3-none-any.whl", False, id="a file"),
        pytest.param("pip install --require-hashes -r requirements.txt", False, id="by hashes"),
    ],
)
def test_the_test_sees(line: str, by_name: bool) -> None:
    assert bool(BY_NAME.search(line)) == by_name
