"""The whole corpus, brought up on the real engine against the emulated accounts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from monitoring.loader import load
from tests.corpus.translation.company import CATALOG, runbooks
from tests.corpus.translation.kinds import translations
from tests.engine.small import workspace_of
from tests.engine.workspace import Workspace


@pytest.fixture(scope="module")
def corpus(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Everything that the company has, as a catalog of checks without a problem, brought up."""
    room = tmp_path_factory.mktemp("corpus")
    folder = Path(shutil.copytree(CATALOG, room / "catalog"))
    (folder / "runbooks").mkdir()
    for rule, text in runbooks(translations()).items():
        (folder / "runbooks" / f"{rule}.md").write_text(text)
    workspace = workspace_of(folder, room, engine=engine)
    workspace.account.seed_locations(*load(CATALOG).platform.regions)
    workspace.up()
    return workspace


@pytest.mark.full
def test_nothing_differs_once_the_corpus_is_up(corpus: Workspace):
    assert corpus.preview("--expect-no-changes").changes == {}
