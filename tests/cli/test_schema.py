"""schema: the shipped schemas are what the models say, and each failure is a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitoring.cli import schema
from monitoring.errors import CatalogError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of fresh schemas in a catalog."""
    schema.schema(write_to=tmp_path / "schema")
    return tmp_path / "schema"


def test_what_was_just_written_is_not_stale(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema.schema(check=True, catalog=folder.parent)
    assert {path.stem for path in folder.iterdir()} == schema.FILES.keys()
    assert capsys.readouterr().out == ""


def test_every_stale_schema_is_named(folder: Path) -> None:
    (folder / "teams.json").unlink()
    (folder / "oncall.json").write_text(json.dumps({}))
    with pytest.raises(CatalogError) as refused:
        schema.schema(check=True, catalog=folder.parent)
    assert [str(problem) for problem in refused.value.problems] == [
        f"{folder}/{name}.json: {what}; run monitoring schema --write {folder} (schema)"
        for name, what in (("oncall", "is not what the models say"), ("teams", "is missing"))
    ]


def test_a_folder_that_cannot_be_made_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match="name another with --write"):
        schema.schema(write_to=tmp_path / "taken" / "schema")


def test_a_schema_without_a_file_lists_them() -> None:
    with pytest.raises(UsageError, match="name a file of the catalog: platform, severities"):
        schema.schema()
