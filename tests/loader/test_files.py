"""A catalog's directory may hold anything; what cannot be read is told, and nothing blocks the reader."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from monitoring.errors import CatalogError, UsageError
from monitoring.file_reading import MAX_BYTES
from monitoring.loader import load, read_files
from tests.factories import texts
from tests.platforms import AGENCY


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """The catalog that offends nobody, as files."""
    for name, content in texts().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_a_folder_with_more_than_any_catalog_is_left_soon(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitoring.loader.files.MAX_NAMES", 50)
    for number in range(60):
        (directory / f"{number}").mkdir()
    _, problems = read_files(directory)
    says = ".: more than 50 files and folders lie here; name the folder of a catalog with --catalog (file)"
    assert list(map(str, problems)) == [says]


def a_loop(path: Path) -> None:
    path.symlink_to(path.name)


def a_dead_end(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def a_directory(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_giant(path: Path) -> None:
    path.write_bytes(b"# x\n" * (MAX_BYTES // 4 + 1))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(
            a_loop, "is a link that leads nowhere or to itself; put a readable file there", id="a link to itself"
        ),
        pytest.param(
            a_dead_end, "is a link that leads nowhere or to itself; put a readable file there", id="a link to nowhere"
        ),
        pytest.param(
            a_directory, "is a directory; put a file there, or give the directory another name", id="a directory"
        ),
        pytest.param(a_pipe, "is not a regular file; put a readable file there", id="a pipe that nobody writes to"),
        pytest.param(a_giant, "is larger than 1000000 bytes; split it", id="a file beyond the limit"),
    ],
)
def test_in_place_of_a_file(make: Callable[[Path], None], says: str, directory: Path) -> None:
    make(directory / "services" / "more.yaml")
    with pytest.raises(CatalogError) as refused:
        load(directory)
    assert str(refused.value) == f"services/more.yaml: {says} (file)"


def test_a_file_that_may_not_be_read_is_told(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if path.endswith("teams.yaml"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CatalogError) as refused:
        load(directory)
    assert str(refused.value) == "teams.yaml: cannot be read: permission denied; put a readable file there (file)"


def test_a_directory_that_may_not_be_listed_is_told(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def raise_problems(path: str) -> object:
        if str(path).endswith("services"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", raise_problems)
    with pytest.raises(CatalogError) as refused:
        load(directory)
    assert str(refused.value) == "services: cannot be read: permission denied; put a readable file there (file)"


def test_a_link_to_a_directory_above_is_not_followed(directory: Path) -> None:
    (directory / "services" / "again").symlink_to(directory)
    files, problems = read_files(directory)
    assert sorted(files) == sorted(texts())
    assert problems == []


def test_a_file_whose_name_ends_in_capitals_is_not_left_out_in_silence(directory: Path) -> None:
    (directory / "services" / "cart.YAML").write_text("{}\n")
    with pytest.raises(CatalogError) as refused:
        load(directory)
    assert str(refused.value).startswith("services/cart.YAML: is no file of a catalog; services go to services/NAME")


def test_a_link_to_a_file_is_read(directory: Path) -> None:
    (directory / "teams.yaml").rename(directory / "kept.txt")
    (directory / "teams.yaml").symlink_to("kept.txt")
    assert "platform" in load(directory).teams


def test_a_file_whose_name_is_not_unicode_is_told_printably(directory: Path) -> None:
    try:
        Path(os.fsdecode(bytes(directory) + b"/services/\xff.yaml")).write_bytes(b"[]\n")
    except OSError:
        pytest.skip("this file system takes only names in Unicode")
    with pytest.raises(CatalogError) as refused:
        load(directory)
    assert str(refused.value).startswith("services/\\udcff.yaml:1: a list stands where a mapping is expected")
    str(refused.value).encode()


def test_hidden_files_and_other_kinds_of_files_are_left_alone(directory: Path) -> None:
    (directory / ".draft.yaml").write_text("[")
    (directory / "notes.md").write_text("[")
    assert load(directory).rules


def test_a_directory_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no catalog directory"):
        load(tmp_path / "none")


def test_an_empty_directory_lacks_each_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as refused:
        load(tmp_path)
    told = [str(problem) for problem in refused.value.problems]
    needed = ("oncall", "platform", "severities", "teams")
    assert told == [f"{name}.yaml: is missing; a catalog needs it (file)" for name in needed]


def test_the_shipped_catalog_has_its_thirteen_rules_and_more() -> None:
    assert len(load(AGENCY.catalog).rules) >= 13


RECORDING = b'{"steps": [{"name": "Go on", "type": "refresh"}]}'


def test_a_recording_that_leads_out_of_the_catalog_is_not_read(
    directory: Path, tmp_path_factory: pytest.TempPathFactory
):
    outside = tmp_path_factory.mktemp("outside") / "order.json"
    outside.write_bytes(RECORDING)
    (directory / "recordings").mkdir()
    (directory / "recordings" / "order.json").symlink_to(outside)
    with pytest.raises(CatalogError) as refused:
        load(directory)
    says = "leads out of its folder; put the file itself there, not a link"
    assert str(refused.value) == f"recordings/order.json: {says} (file)"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(a_pipe, "is not a regular file; put a readable file there", id="a pipe that nobody writes to"),
        pytest.param(a_giant, "is larger than 1000000 bytes; split it", id="a file beyond the limit"),
    ],
)
def test_in_place_of_a_recording(make: Callable[[Path], None], says: str, directory: Path):
    (directory / "recordings").mkdir()
    make(directory / "recordings" / "order.json")
    with pytest.raises(CatalogError) as refused:
        load(directory)
    assert str(refused.value) == f"recordings/order.json: {says} (file)"


def test_a_folder_of_recordings_that_is_a_link_is_told(directory: Path, tmp_path_factory: pytest.TempPathFactory):
    (directory / "recordings").symlink_to(tmp_path_factory.mktemp("outside"))
    with pytest.raises(CatalogError) as refused:
        load(directory)
    assert str(refused.value) == "recordings: is a link; put the folder itself there (file)"


def test_json_elsewhere_and_a_hidden_recording_are_no_files_of_a_catalog(directory: Path):
    (directory / "recordings").mkdir()
    for name in ("order.json", "recordings/.order.json", "recordings/order.txt"):
        (directory / name).write_bytes(b"no JSON")
    assert set(read_files(directory)[0]) == set(texts())
