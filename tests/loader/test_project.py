"""Which catalog a command answers for, and where the rest of a platform lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from monitoring.errors import UsageError
from monitoring.loader import PlatformFiles, find_catalog

NOBODYS = "no catalog belongs to this folder; make one with monitoring init DIR, or name one with --catalog DIR"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a catalog, and a folder deep inside it."""
    (tmp_path / "here" / "catalog").mkdir(parents=True)
    (tmp_path / "here" / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "here" / "Pulumi.yaml").write_text("name: here\n")
    return tmp_path / "here"


def stack(project: Path, name: str, catalog: str | None) -> None:
    setting = f"  monitoring:catalog: {catalog}\n" if catalog else "  monitoring:environment: prod\n"
    (project / f"Pulumi.{name}.yaml").write_text(f"config:\n{setting}")
    (project / (catalog or "catalog")).mkdir(exist_ok=True)


@pytest.mark.parametrize(
    ("chosen", "environ", "stacks", "of_stack", "expected"),
    [
        pytest.param("a", {"MONITORING_CATALOG": "b"}, {}, None, "a", id="the command line comes first"),
        pytest.param(None, {"MONITORING_CATALOG": "b"}, {"prod": "c"}, None, "b", id="then the environment"),
        pytest.param(None, {"MONITORING_CATALOG": ""}, {}, None, "catalog", id="an empty variable names nothing"),
        pytest.param(None, {}, {"prod": "c"}, None, "c", id="then what all stacks say"),
        pytest.param(None, {}, {"prod": "c", "staging": None}, "prod", "c", id="or the stack that is named"),
        pytest.param(None, {}, {"prod": "c", "staging": None}, "staging", "catalog", id="which may say nothing"),
        pytest.param(None, {}, {"prod": None, "staging": None}, None, "catalog", id="then the project's own"),
        pytest.param(None, {}, {}, "preprod", "catalog", id="a stack without a file says nothing"),
    ],
)
def test_a_catalog_is_found(
    project: Path,
    chosen: str | None,
    environ: Mapping[str, str],
    stacks: Mapping[str, str | None],
    of_stack: str | None,
    expected: str,
) -> None:
    for name, catalog in stacks.items():
        stack(project, name, catalog)
    found = find_catalog(Path(chosen) if chosen else None, environ, project / "docs" / "deep", of_stack)
    assert found in (Path(expected), project / expected)


def test_a_folder_outside_of_any_project_has_no_catalog(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    with pytest.raises(UsageError) as refused:
        find_catalog(None, {}, tmp_path)
    assert str(refused.value) == NOBODYS


def test_a_project_without_a_catalog_has_none(project: Path) -> None:
    (project / "catalog").rmdir()
    with pytest.raises(UsageError) as refused:
        find_catalog(None, {}, project)
    assert str(refused.value) == NOBODYS


def test_stacks_with_different_catalogs_ask_which(project: Path) -> None:
    stack(project, "prod", "c")
    stack(project, "staging", None)
    with pytest.raises(UsageError) as refused:
        find_catalog(None, {}, project)
    assert str(refused.value) == (
        "the stacks have different catalogs (Pulumi.prod.yaml: c, Pulumi.staging.yaml: catalog); "
        "name one with --catalog DIR"
    )


@pytest.mark.parametrize("content", ["- a\n", "config: [\n", "config: 7\n", "\u0000"])
def test_a_stack_file_that_is_none_is_named(project: Path, content: str) -> None:
    (project / "Pulumi.prod.yaml").write_text(content)
    with pytest.raises(UsageError, match=r"Pulumi\.prod\.yaml\" cannot be read as a stack's configuration; mend it"):
        find_catalog(None, {}, project)


def test_the_rest_of_a_platform_lies_beside_its_catalog(project: Path) -> None:
    files = PlatformFiles(project / "catalog")
    (project / "docs" / "runbooks").mkdir()
    assert files.runbooks == project / "docs" / "runbooks"
    assert files.documents == project / "docs"
    assert files.program == project / "__main__.py"
    assert files.golden("prod") == project / "golden" / "prod.json"


def test_runbooks_may_lie_in_the_catalog(project: Path) -> None:
    (project / "catalog" / "runbooks").mkdir()
    assert PlatformFiles(project / "catalog").documents == project / "catalog"
