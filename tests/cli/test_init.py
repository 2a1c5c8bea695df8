"""`monitoring init` overwrites nothing, and leaves nothing behind where it cannot finish."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.cli.init import put, require_free, staging
from monitoring.errors import UsageError


def nothing(_: Path) -> None:
    """Nothing is there."""


def empty(folder: Path) -> None:
    folder.mkdir()


def repository(folder: Path) -> None:
    (folder / ".git").mkdir(parents=True)


@pytest.mark.parametrize("prepare", [nothing, empty, repository])
def test_a_project_can_be_put_where_nothing_lies(tmp_path: Path, prepare) -> None:
    target = tmp_path / "acme"
    prepare(target)
    require_free(target)
    with staging(target) as stage:
        (stage / "catalog").mkdir(parents=True)
        (stage / "README.md").write_text("new")
        put(stage, target)
    assert {path.name for path in target.iterdir()} - {".git"} == {"catalog", "README.md"}
    assert [path.name for path in tmp_path.iterdir()] == ["acme"]


@pytest.mark.parametrize(
    ("there", "target", "message"),
    [
        pytest.param(["acme/a"], "acme", '"{}" holds a; name a new or empty folder, for example acme', id="a file"),
        pytest.param(
            ["acme/.git/x", "acme/.env"],
            "acme",
            '"{}" holds .env; name a new or empty folder, for example acme',
            id="a hidden file beside .git",
        ),
        pytest.param(
            [f"acme/{name}" for name in "edcba"],
            "acme",
            '"{}" holds a, b, c and 2 more; name a new or empty folder, for example acme',
            id="many files",
        ),
        pytest.param(["acme"], "acme", '"{}" is a file; name a new folder, for example acme', id="a file in its place"),
    ],
)
def test_what_is_in_the_way_is_named_and_stays(tmp_path: Path, there: list[str], target: str, message: str) -> None:
    for name in there:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    with pytest.raises(UsageError) as refused:
        require_free(tmp_path / target)
    assert str(refused.value) == message.format(tmp_path / target)
    assert {(tmp_path / name).read_text() for name in there} == {"mine"}


def test_a_folder_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="create it first"):
        require_free(tmp_path / "a" / "b")


def interrupted(target: Path) -> None:
    """Begins to make a project, and is interrupted."""
    with staging(target) as stage:
        (stage / "catalog").mkdir(parents=True)
        raise KeyboardInterrupt


@pytest.mark.parametrize("prepare", [nothing, empty, repository])
def test_whatever_ends_it_nothing_half_written_stays(tmp_path: Path, prepare) -> None:
    target = tmp_path / "acme"
    prepare(target)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(KeyboardInterrupt):
        interrupted(target)
    assert sorted(tmp_path.rglob("*")) == before


def overtaken(target: Path, came: str) -> None:
    """Makes a project, while somebody else puts a file into the target."""
    with staging(target) as stage:
        (stage / "catalog").mkdir(parents=True)
        (stage / ".gitignore").write_text("new")
        (stage / "README.md").write_text("new")
        (target / came).parent.mkdir(exist_ok=True)
        (target / came).write_text("mine")
        put(stage, target)


@pytest.mark.parametrize(
    "came",
    [
        pytest.param("README.md", id="a file"),
        pytest.param("catalog/mine.yaml", id="a folder with something in it"),
    ],
)
def test_what_came_in_the_way_meanwhile_stays_and_everything_else_goes_again(tmp_path: Path, came: str) -> None:
    target = tmp_path / "acme"
    target.mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        overtaken(target, came)
    assert [path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()] == [came]
    assert (target / came).read_text() == "mine"
