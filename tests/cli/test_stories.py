"""Every story of the command line comes true."""

import gc
from pathlib import Path

import pytest

from tests.cli.story import STORIES, agrees, play, read

FILES = sorted(STORIES.glob("*.txt"))


@pytest.mark.parametrize("path", [pytest.param(path, id=read(path).about) for path in FILES])
def test_story(path: Path, tmp_path: Path) -> None:
    story = read(path)
    answer = play(story, tmp_path)
    for name, text in (("stdout", answer.stdout), ("stderr", answer.stderr)):
        expected = story.parts.get(name, "")
        assert expected == text or agrees(expected, text), f"{name} of {path.name}; python -m tests.cli.story writes it"
    assert answer.exit == story.exit
    assert gc.isenabled(), "a process that goes on would keep everything from now on"
