"""A file for `monitoring drift --from` that holds something else: one sentence, and nothing of what it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitoring.cli.drift import drift
from monitoring.drift.answer import SAVE
from monitoring.errors import UsageError
from tests.platforms import AGENCY

SECRET = "hunter2"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="an empty file"),
        pytest.param(f"# {SECRET}\nDATABASE_URL={SECRET}\n", id="a page or a list of variables"),
        pytest.param(f"{{\n  {SECRET}: [", id="half a document"),
        pytest.param(json.dumps({"version": 1, "resources": [SECRET]}, indent=2), id="a Plan of ours"),
        pytest.param(json.dumps([SECRET]), id="a list"),
        pytest.param(json.dumps({"steps": [SECRET]}, indent=2), id="steps of another form"),
        pytest.param(json.dumps({"sequence": 1, "message": SECRET}) + f"\n{SECRET}\n", id="the log of another program"),
        pytest.param("{" * 1_000_000, id="a flood of braces"),
    ],
)
def test_another_file_is_one_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        drift(catalog=AGENCY.catalog, report=path)
    what = f'--from "{path}" is no answer of the engine\'s refresh'
    assert str(refused.value) == f"{what}; save one with {SAVE} > refresh.json"
