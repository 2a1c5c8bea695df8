"""What the wheel holds: both packages, the pages of the checks, Pulumi's plugin file; nobody's catalog, no test."""

from __future__ import annotations

import subprocess
import tarfile
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from monitoring import __version__
from tests.wheel.installing import ROOT, build

INFORMATION = f"wakeproof-{__version__}.dist-info"
NOT_SHIPPED = {"pulumi_sentry/README.md"}
PLUGIN_FILE = "pulumi_sentry/pulumi-plugin.json"


def files_of(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tracked(*folders: str) -> set[str]:
    """The files in folders of this checkout that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *folders]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return {name for name in names if (ROOT / name).is_file()}


def origins() -> dict[str, Path]:
    """Where each file of the wheel comes from, but for what describes the distribution."""
    packages = {name: ROOT / name for name in tracked("monitoring", "pulumi_sentry") - NOT_SHIPPED - {PLUGIN_FILE}}
    pages = {
        name.replace("manual/checks/", "monitoring/checks/pages/"): ROOT / name for name in tracked("manual/checks")
    }
    lock = {"monitoring/scaffold/requirements.txt": ROOT / "requirements.txt"}
    return packages | pages | lock | {"wakeproof/pulumi-plugin.json": ROOT / PLUGIN_FILE}


def test_the_wheel_holds_just_the_files_that_the_checkout_has_for_it(wheel: Path) -> None:
    files = {name: text for name, text in files_of(wheel).items() if not name.startswith(INFORMATION)}
    assert files == {name: path.read_bytes() for name, path in origins().items()}


def test_the_rest_describes_the_distribution(wheel: Path) -> None:
    described = {name.removeprefix(f"{INFORMATION}/") for name in files_of(wheel) if name.startswith(INFORMATION)}
    assert described == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


@pytest.mark.parametrize("package", ["monitoring", "pulumi_sentry"])
def test_type_checkers_read_the_package(wheel: Path, package: str) -> None:
    assert f"{package}/py.typed" in files_of(wheel)


def test_no_file_names_the_folder_that_it_was_built_in(wheel: Path) -> None:
    assert [name for name, text in files_of(wheel).items() if str(ROOT).encode() in text] == []


def test_the_version_is_one_fact(wheel: Path, installed) -> None:
    known = Distribution.at(installed.site / INFORMATION)
    assert (known.version, wheel.name) == (__version__, f"wakeproof-{__version__}-py3-none-any.whl")
    assert installed.run("monitoring", "--version", cwd=installed.folder).stdout == f"monitoring {__version__}\n"


def test_a_second_build_has_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert build("wheel", tmp_path).read_bytes() == wheel.read_bytes()


def test_the_wheel_of_the_sdist_has_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert build("wheel", tmp_path / "dist", source=source).read_bytes() == wheel.read_bytes()


def test_no_index_takes_the_wheel_before_its_name_is_registered(installed) -> None:
    known = Distribution.at(installed.site / INFORMATION)
    assert "Private :: Do Not Upload" in known.metadata.get_all("Classifier", [])
