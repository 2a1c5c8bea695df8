"""schema: the shipped schemas are what the models say, and each failure is a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitoring.cli import schema
from monitoring.errors import CatalogError, UsageError
from monitoring.loader import SHIPPED


@pytest.mark.parametrize("name", schema.FILES)
def test_a_shipped_schema_is_what_the_models_say(name: str) -> None:
    """`make docs` writes them."""
    assert (SHIPPED / "schema" / f"{name}.json").read_text() == schema.text(name)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of fresh schemas in the place of the shipped one."""
    monkeypatch.setattr(schema, "SHIPPED", tmp_path)
    schema.schema(write_to=tmp_path / "schema")
    return tmp_path / "schema"


def test_what_was_just_written_is_not_stale(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema.schema(check=True)
    assert {path.stem for path in shipped.iterdir()} == schema.FILES.keys()
    assert capsys.readouterr().out == ""


def test_every_stale_schema_is_named(shipped: Path) -> None:
    (shipped / "teams.json").unlink()
    (shipped / "oncall.json").write_text(json.dumps({}))
    with pytest.raises(CatalogError) as refused:
        schema.schema(check=True)
    assert [str(problem) for problem in refused.value.problems] == [
        f"{shipped}/{name}.json: is not what the models say; run monitoring schema --write {shipped} (schema)"
        for name in ("oncall", "teams")
    ]


def test_a_folder_that_cannot_be_made_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match="name another with --write"):
        schema.schema(write_to=tmp_path / "taken" / "schema")


def test_a_schema_without_a_file_lists_them() -> None:
    with pytest.raises(UsageError, match="name a file of the catalog: platform, severities"):
        schema.schema()
