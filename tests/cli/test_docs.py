"""`monitoring docs`: a page is written whole or not at all, and a stale one is found at its line."""

from pathlib import Path

import pytest

from monitoring.cli.docs import stale_pages
from monitoring.cli.documents import documents_folder
from monitoring.cli.files import write
from monitoring.errors import UsageError
from monitoring.loader import PlatformFiles
from tests.platforms import AGENCY

MADE = {"alert-rules.md": "# Rules\n\none\n", "runbooks/README.md": "# Runbooks\n"}


def written(folder: Path) -> Path:
    for name, text in MADE.items():
        write(folder / name, text, "--out", folder=folder)
    return folder


def test_what_was_just_written_is_not_stale(tmp_path: Path) -> None:
    assert list(stale_pages(MADE, written(tmp_path), "monitoring docs")) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"# Rules\n\ntwo\n", 3, id="the line that differs"),
        pytest.param(b"# Rules\n", 2, id="the end of a page that stops too early"),
        pytest.param(b"# Rules\n\none\nmore\n", 4, id="the first line too many"),
        pytest.param(b"# Rules\r\n\r\none\r\n", 1, id="other line breaks alone"),
        pytest.param(b"\xff\xfe", 1, id="bytes that are no text"),
        pytest.param(b"", 1, id="an empty file"),
    ],
)
def test_a_stale_page_is_found_at_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    page = written(tmp_path) / "alert-rules.md"
    page.write_bytes(content)
    (problem,) = stale_pages(MADE, tmp_path, "monitoring docs")
    assert str(problem) == f"{page}:{line}: is not what the catalog says; run monitoring docs (docs)"


def test_a_missing_page_is_a_problem(tmp_path: Path) -> None:
    (written(tmp_path) / "runbooks" / "README.md").unlink()
    (problem,) = stale_pages(MADE, tmp_path, "monitoring docs")
    assert str(problem) == f"{tmp_path}/runbooks/README.md: is missing; run monitoring docs (docs)"


def test_a_page_that_is_right_is_left_alone(tmp_path: Path) -> None:
    page = written(tmp_path) / "alert-rules.md"
    before = page.stat()
    assert not write(page, MADE["alert-rules.md"], "--out")
    assert page.stat().st_ino == before.st_ino
    assert write(page, "# Other\n", "--out")
    assert page.stat().st_ino != before.st_ino


def test_an_interrupted_write_leaves_the_old_page_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = written(tmp_path) / "alert-rules.md"

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(page, "# Other\n", "--out")
    assert page.read_text() == MADE["alert-rules.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alert-rules.md", "runbooks"]


@pytest.mark.parametrize("name", ["alert-rules.md", "runbooks/README.md"])
def test_a_folder_in_the_place_of_a_page_is_a_message(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir(parents=True)
    with pytest.raises(UsageError, match="cannot be read: is a directory; name another with --out"):
        write(tmp_path / name, "# Rules\n", "--out")


def test_a_file_in_the_place_of_a_folder_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "runbooks").write_text("")
    with pytest.raises(UsageError, match="name another with --out"):
        write(tmp_path / "runbooks" / "README.md", "# Runbooks\n", "--out")


def test_the_documents_of_a_platform_are_found() -> None:
    assert documents_folder(AGENCY) == AGENCY.root / "docs"


def test_a_catalog_without_documents_asks_for_a_folder(tmp_path: Path) -> None:
    catalog = tmp_path / "a" / "catalog"
    catalog.mkdir(parents=True)
    with pytest.raises(UsageError, match="yet; name a folder with --out"):
        documents_folder(PlatformFiles(catalog))
