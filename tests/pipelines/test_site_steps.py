"""The steps of site.yml on a clean checkout: pages with names where the repository is private, else none."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.loader import load
from tests.pipelines.checkouts import checkout
from tests.pipelines.workflows import Runner


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A clean checkout."""
    return checkout(tmp_path / "checkout")


def test_the_pages_of_a_private_repository_lie_where_they_are_kept_from(clean: Path) -> None:
    runs = Runner(clean).job("site.yml", "keep")
    assert [run.outcome for run in runs] == ["success", "success"], [run.err for run in runs]
    assert (clean / "site" / "index.html").is_file()


def test_nothing_is_written_for_everybody_without_the_key_that_makes_names(clean: Path) -> None:
    """The step is red, and no page lies there to be published."""
    runs = {run.step.name: run.outcome for run in Runner(clean).job("site.yml", "publish")}
    assert runs["Write the pages, without names"] == "failure"
    assert not (clean / "site").exists()


def test_what_is_published_names_nobody(clean: Path) -> None:
    runs = Runner(clean, values={"SITE_NAMES_KEY": "k" * 32}).job("site.yml", "publish")
    assert [run.outcome for run in runs] == ["success", "success"], [run.err for run in runs]
    pages = "".join(path.read_text(encoding="utf-8") for path in (clean / "site").iterdir())
    people = load(clean / "catalog").oncall.people.values()
    assert [person.name for person in people if person.name in pages or person.email in pages] == []
