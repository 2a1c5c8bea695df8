"""The corpus, brought up on the real engine against the emulated accounts: all of it, and a sample for each change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from monitoring.loader import load
from tests.conftest import TODAY
from tests.corpus.translation.accepting import waivers_text
from tests.corpus.translation.company import catalog_texts, runbooks
from tests.corpus.translation.kinds import KINDS, translations
from tests.corpus.translation.losses import Translation
from tests.engine.small import workspace_of
from tests.engine.workspace import Workspace

SAMPLE = tuple(kind.translate(row) for kind in KINDS for number, row in enumerate(kind.objects) if number % 20 == 7)
"""Of each kind some, a test that carries a secret among them."""


def brought_up(objects: Sequence[Translation], room: Path, *, engine: Path) -> Workspace:
    """The program with objects of the corpus as a catalog, whose checks and proof it asks first, after its `up`."""
    folder = room / "catalog"
    books = {f"runbooks/{rule}.md": text for rule, text in runbooks(objects).items()}
    for name, text in (catalog_texts(objects, waivers_text(objects, TODAY)) | books).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    workspace = workspace_of(folder, room, engine=engine)
    workspace.account.seed_locations(*load(folder).platform.regions)
    workspace.up()
    return workspace


def test_nothing_differs_once_a_sample_of_each_kind_is_up(engine: Path, tmp_path: Path):
    assert brought_up(SAMPLE, tmp_path, engine=engine).preview("--expect-no-changes").changes == {}


@pytest.mark.full
def test_nothing_differs_once_all_of_it_is_up(engine: Path, tmp_path: Path):
    assert brought_up(translations(), tmp_path, engine=engine).preview("--expect-no-changes").changes == {}
