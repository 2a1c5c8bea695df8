"""When a rule was last changed: followed through real commits, also where lines move, and where git knows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitoring.loader import load
from monitoring.review.history import CUT_OFF, NO_GIT, UNCOMMITTED, commits_of, last_changes
from tests.factories import TEXTS
from tests.git import commit, git
from tests.resources.recorded import a_step, recording

SHOP = "services/shop.yaml"
TODAY = datetime.now(UTC).date().isoformat()
ANOTHER = """  - id: shop-stopped
    title: The shop has stopped
    severity: P1
    means: Nobody can buy.
    errors: {project: web, more-than: 100, within: 5m}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog in a repository, with a first commit."""
    git(tmp_path, "init", "--quiet")
    folder = written(tmp_path / "catalog")
    commit(tmp_path, "Begin")
    return folder


def written(folder: Path) -> Path:
    """The files of a catalog in a folder."""
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def replaced(catalog: Path, old: str, new: str) -> None:
    """A change of the shop's rules in the working tree."""
    text = (catalog / SHOP).read_text(encoding="utf-8")
    assert old in text
    (catalog / SHOP).write_text(text.replace(old, new, 1), encoding="utf-8")


def changed(catalog: Path) -> dict[str, str]:
    """The answer for the catalog as it stands now."""
    return last_changes(load(catalog), catalog)


def words(revision: str) -> str:
    return f"{TODAY}, by revision {revision[:10]}"


Edit = Callable[[Path], None]


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        pytest.param("title: The shop is failing", "title: The shop fails", {"shop-failing"}, id="a line is changed"),
        pytest.param("    means: Customers cannot buy.\n", "    means: >\n      Customers\n      cannot buy.\n",
                     {"shop-failing"}, id="a line becomes three, and the rule below moves"),
        pytest.param("title: Shop\n", "title: Shop\n# the shop\n", set(), id="lines above all rules"),
        pytest.param("  - id: shop-slow", f"{ANOTHER}  - id: shop-slow", {"shop-stopped"}, id="a rule between two"),
    ],
)  # fmt: skip
def test_a_change_is_of_the_rules_that_it_touches(catalog: Path, old: str, new: str, touched: set[str]) -> None:
    first = git(catalog, "rev-parse", "HEAD")
    replaced(catalog, old, new)
    second = commit(catalog.parent, "Change")
    expected = {name: words(second if name in touched else first) for name in load(catalog).rules}
    assert changed(catalog) == expected
    assert touched <= expected.keys()


def test_a_rule_that_is_gone_changes_no_other(catalog: Path) -> None:
    first = git(catalog, "rev-parse", "HEAD")
    replaced(catalog, "  - id: shop-slow", f"{ANOTHER}  - id: shop-slow")
    commit(catalog.parent, "Add")
    replaced(catalog, ANOTHER, "")
    commit(catalog.parent, "Take away")
    assert set(changed(catalog).values()) == {words(first)}


RECORDED = """  - id: shop-order
    title: A visitor cannot order
    severity: P3
    means: Nobody can order.
    uptime: {asks: {browser: {recording: order, path: /}}, every: 6h, regions: [aws:eu-central-1]}
"""


@pytest.fixture
def recorded(catalog: Path) -> Path:
    """The same catalog with a rule in a browser, and its recording, in a second commit."""
    (catalog / "recordings").mkdir()
    (catalog / "recordings" / "order.json").write_bytes(recording(a_step("Go on", "refresh")))
    replaced(catalog, "  - id: shop-slow", f"{RECORDED}  - id: shop-slow")
    commit(catalog.parent, "Record")
    return catalog


def test_a_changed_recording_is_a_change_of_its_rule(recorded: Path) -> None:
    before = changed(recorded)
    (recorded / "recordings" / "order.json").write_bytes(recording(a_step("Go on", "refresh", timeout=20)))
    assert changed(recorded) == before | {"shop-order": UNCOMMITTED}
    second = commit(recorded.parent, "Try for less")
    assert changed(recorded) == before | {"shop-order": words(second)}


def test_a_rule_that_changed_after_its_recording_changed_then(recorded: Path) -> None:
    before = changed(recorded)
    replaced(recorded, "every: 6h", "every: 4h")
    second = commit(recorded.parent, "Look more often")
    assert changed(recorded) == before | {"shop-order": words(second)}


def test_what_is_not_committed_says_so(catalog: Path) -> None:
    replaced(catalog, "title: The shop is failing", "title: The shop fails")
    assert changed(catalog)["shop-failing"] == UNCOMMITTED
    assert changed(catalog)["shop-slow"] != UNCOMMITTED


def test_a_merge_is_the_change_of_the_branch(catalog: Path) -> None:
    root = catalog.parent
    git(root, "checkout", "--quiet", "-b", "topic")
    replaced(catalog, "title: The shop is failing", "title: The shop fails")
    commit(root, "Change")
    git(root, "checkout", "--quiet", "-")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "topic")
    assert changed(catalog)["shop-failing"] == words(git(root, "rev-parse", "HEAD"))


def test_no_name_and_no_address_of_a_person_is_in_it(catalog: Path) -> None:
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d, by revision [0-9a-f]{10}", text) for text in changed(catalog).values())


def test_a_clone_of_the_newest_commit_says_what_it_does_not_know(catalog: Path, tmp_path: Path) -> None:
    replaced(catalog, "title: The shop is failing", "title: The shop fails")
    commit(catalog.parent, "Change")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{catalog.parent}", str(clone))
    assert set(changed(clone / "catalog").values()) == {CUT_OFF}


@pytest.mark.parametrize(
    "begins",
    [pytest.param((), id="no repository"), pytest.param(("init", "--quiet"), id="a repository without a commit")],
)
def test_where_git_knows_nothing_it_is_said(tmp_path: Path, begins: tuple[str, ...]) -> None:
    if begins:
        git(tmp_path, *begins)
    assert set(changed(written(tmp_path)).values()) == {NO_GIT}


def test_no_program_of_a_configuration_is_run(catalog: Path, tmp_path: Path) -> None:
    trap, seen = tmp_path / "trap.sh", tmp_path / "seen"
    trap.write_text(f"#!/bin/sh\ntouch {seen}\n")
    trap.chmod(0o755)
    for name in ("diff.external", "diff.yaml.textconv", "diff.yaml.command", "gpg.program"):
        git(catalog.parent, "config", name, str(trap))
    git(catalog.parent, "config", "log.showSignature", "true")
    (catalog.parent / ".gitattributes").write_text("*.yaml diff=yaml\n")
    commit(catalog.parent, "Attributes")
    assert changed(catalog)
    assert not seen.exists()


def test_a_zero_byte_in_an_old_file_ends_no_commit() -> None:
    name = "a" * 40
    log = f"\0{name} 1764201600 {name}\n+++ b/x.yaml\n@@ -1 +1 @@\n-one\n+two\0{name} 1 {name}\n"
    (only,) = commits_of(log)
    assert [hunk.begin for hunk in only.hunks["x.yaml"]] == [1]
