"""The corpus, brought up on the real engine against the emulated accounts: all of it, and a sample for each change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from monitoring.loader import load
from monitoring.model.catalog import Catalog
from tests.conftest import TODAY
from tests.corpus.translation.accepting import waivers_text
from tests.corpus.translation.company import catalog_texts, runbooks
from tests.corpus.translation.kinds import KINDS, translations
from tests.corpus.translation.losses import Translation
from tests.engine.ours import configure
from tests.engine.small import give_secrets, workspace_of
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
    workspace = replace(workspace_of(folder, room, engine=engine), extra={"PAGERDUTY_USER_TOKEN": "u+example"})
    set_up(workspace, load(folder))
    workspace.up()
    return workspace


def set_up(workspace: Workspace, catalog: Catalog) -> None:
    """What people set up beside the catalog: locations, the ids of Slack's channels, and secrets."""
    workspace.account.seed_locations(*catalog.platform.regions)
    channels = {channel for team in catalog.teams.values() for route in team.routes.values() for channel in route.slack}
    ids = {name: f"C{number:08}" for number, name in enumerate(sorted(channels))}
    stack = workspace.program / f"Pulumi.{workspace.stack}.yaml"
    configure(stack, {"monitoring:slack": {"workspace": "T024BE7LD", "channels": ids}})
    give_secrets(workspace, catalog)


def test_nothing_differs_once_a_sample_of_each_kind_is_up(engine: Path, tmp_path: Path):
    assert brought_up(SAMPLE, tmp_path, engine=engine).preview("--expect-no-changes").changes == {}


@pytest.mark.full
def test_nothing_differs_once_all_of_it_is_up(engine: Path, tmp_path: Path):
    assert brought_up(translations(), tmp_path, engine=engine).preview("--expect-no-changes").changes == {}
