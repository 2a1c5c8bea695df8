"""`monitoring incident new`: a review is a new file, whole, and no file that is there already is touched."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from monitoring.cli.files import write_new
from monitoring.cli.incident import MAX_IN_A_DAY, written
from monitoring.errors import UsageError
from tests.docs.occasions import occasion
from tests.factories import a_catalog

FIRED = occasion(a_catalog(), "shop-failing", None)
NAME = "2026-12-24-shop-failing"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("there", "name"),
    [
        pytest.param([], f"{NAME}.md", id="the first one of a day"),
        pytest.param([f"{NAME}.md"], f"{NAME}-2.md", id="the second one of a day"),
        pytest.param([f"{NAME}.md", f"{NAME}-2.md"], f"{NAME}-3.md", id="the third one of a day"),
        pytest.param([f"{NAME}-2.md"], f"{NAME}.md", id="a first one that was taken away"),
        pytest.param(["2026-12-23-shop-failing.md"], f"{NAME}.md", id="another day's"),
    ],
)
def test_a_review_never_takes_the_place_of_another(tmp_path: Path, there: list[str], name: str) -> None:
    for other in there:
        (tmp_path / other).write_text("theirs")
    assert written(tmp_path, FIRED, "# Review\n") == tmp_path / name
    assert (tmp_path / name).read_text() == "# Review\n"
    assert {(tmp_path / other).read_text() for other in there} <= {"theirs"}
    assert names(tmp_path) == sorted([*there, name])


def test_a_link_that_leads_nowhere_is_a_file_too(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.md").symlink_to(tmp_path / "gone")
    assert written(tmp_path, FIRED, "# Review\n").name == f"{NAME}-2.md"
    assert not (tmp_path / "gone").exists()


def test_many_at_once_each_get_a_file_of_their_own(tmp_path: Path) -> None:
    texts = [f"# Review {number}\n" for number in range(16)]
    threads = [threading.Thread(target=written, args=(tmp_path, FIRED, text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == sorted(texts)


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "hardlink_to", interrupted)
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, FIRED, "# Review\n")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("folder", "says"),
    [
        pytest.param("file", '"{folder}" is no folder; name another with --out', id="a file"),
        pytest.param("file/below", '/file" is no folder; name another with --out', id="below a file"),
        pytest.param("nowhere/below", '/nowhere"; create it first, or name another with --out', id="below nothing"),
        pytest.param("x" * 300, "cannot be written: file name too long; name another with --out", id="a name too long"),
    ],
)
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, folder: str, says: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as wrong:
        written(tmp_path / folder, FIRED, "# Review\n")
    assert says.format(folder=tmp_path / folder) in str(wrong.value)


def test_a_day_with_too_many_reviews_is_one_sentence(tmp_path: Path) -> None:
    for number in range(1, MAX_IN_A_DAY + 1):
        (tmp_path / (f"{NAME}-{number}.md" if number > 1 else f"{NAME}.md")).write_text("")
    with pytest.raises(UsageError, match=f"holds {MAX_IN_A_DAY} reviews of this day and rule"):
        written(tmp_path, FIRED, "# Review\n")


def test_what_is_new_is_written_once(tmp_path: Path) -> None:
    assert write_new(tmp_path / "a.md", "one", "--out")
    assert not write_new(tmp_path / "a.md", "two", "--out")
    assert (tmp_path / "a.md").read_text() == "one"
