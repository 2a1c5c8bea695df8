"""The runner of the stories: a story that does not come true is seen."""

from pathlib import Path

import pytest

from tests.cli.story import STORIES, Answer, Story, agrees, play, read, written


@pytest.mark.parametrize(
    ("expected", "text", "same"),
    [
        pytest.param("one\n", "one\n", True, id="the same text"),
        pytest.param("one\n", "two\n", False, id="another text"),
        pytest.param("one\n", "one\ntwo\n", False, id="a line more"),
        pytest.param("one\n", "", False, id="nothing where something is expected"),
        pytest.param("", "one\n", False, id="something where nothing is expected"),
        pytest.param("took [..] ms\n", "took 12 ms\n", True, id="a gap in a line"),
        pytest.param("took [..] ms\n", "took 12\n ms\n", False, id="a gap ends with its line"),
        pytest.param("one\n[...]\nfour\n", "one\ntwo\nthree\nfour\n", True, id="a gap of lines"),
        pytest.param("one\n[...]\nfour\n", "one\nfour\n", True, id="a gap of no line"),
        pytest.param("one\n[...]\nfour\n", "one\ntwo\n", False, id="a gap does not swallow what follows"),
        pytest.param("a.c\n", "abc\n", False, id="a dot is a dot"),
    ],
)
def test_agrees(expected: str, text: str, same: bool) -> None:
    assert agrees(expected, text) is same


def test_a_story_is_played_in_its_folder_and_with_its_files(tmp_path: Path) -> None:
    bare = Story("", "monitoring list --catalog catalog --today 2026-11-23", 0, {})
    assert play(bare, tmp_path / "one").exit == 0
    broken = Story("", bare.command, 0, {"catalog/tenants.yaml": "acme: 3\n"})
    answer = play(broken, tmp_path / "two")
    assert answer.exit == 1
    assert answer.stderr.startswith('tenants.yaml:1: tenant "acme": ')


@pytest.mark.parametrize(
    ("expected", "text", "told"),
    [
        pytest.param("old\n", "new\n", "-- stdout --\nnew\n", id="an answer that changed is written"),
        pytest.param("o[..]d\n", "new\n", "-- stdout --\no[..]d\n", id="what has gaps is left to a human"),
        pytest.param("old\n", "", "", id="a part that became empty goes"),
    ],
)
def test_what_is_answered_now_is_written(expected: str, text: str, told: str) -> None:
    story = Story("About.", "monitoring list", 0, {"stdout": expected, "empty.yaml": ""})
    assert written(story, Answer(1, text, "")) == f"About.\n$ monitoring list\nexit 1\n{told}-- empty.yaml --\n"


def test_every_story_is_written_as_the_runner_writes_it() -> None:
    for path in STORIES.glob("*.txt"):
        story = read(path)
        answer = Answer(story.exit, story.parts.get("stdout", ""), story.parts.get("stderr", ""))
        assert written(story, answer) == path.read_text(encoding="utf-8"), path.name
