"""Sides that are read from git objects, the working tree and folders, and those that are refused with one sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from monitoring.errors import UsageError
from monitoring.review.reviewing import Review, review_of
from monitoring.review.risks import EffectKind
from monitoring.review.sides import is_code, review_sides
from tests.factories import Change, texts
from tests.git import commit, git
from tests.resources.recorded import a_step, recording
from tests.review.pairs import AT

RAISED: Change = ("services/shop.yaml", "more-than: 10", "more-than: 20")
HIRED: Change = ("oncall.yaml", "people: [ana, ben]", "people: [ana, ben, kit]")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose catalog is committed on the branch main."""
    root = tmp_path / "project"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    write(root, texts())
    commit(root, "begin")
    return root


def write(root: Path, files: Mapping[str, bytes], folder: str = "catalog") -> None:
    for name, content in files.items():
        place = root / folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def reviewed(root: Path, base: str, head: str | None = None) -> Review:
    return review_of(*review_sides(base, head, lambda: root / "catalog"), AT)


def kinds(answer: Review) -> list[str]:
    return [str(each.kind) for each in answer.effects]


def test_the_working_tree_is_compared_with_a_revision(project: Path) -> None:
    write(project, texts(RAISED))
    assert kinds(reviewed(project, "main")) == ["condition-loosened"]


def test_a_branch_is_compared_with_where_it_left(project: Path) -> None:
    git(project, "checkout", "--quiet", "-b", "change")
    write(project, texts(RAISED))
    commit(project, "raise")
    git(project, "checkout", "--quiet", "main")
    write(project, texts(HIRED))
    commit(project, "hire")
    assert kinds(reviewed(project, "main", "change")) == ["condition-loosened"]
    git(project, "checkout", "--quiet", "change")
    assert kinds(reviewed(project, "main")) == ["condition-loosened"]


def test_a_change_that_is_undone_shows_what_that_does(project: Path) -> None:
    write(project, texts(RAISED))
    commit(project, "raise")
    assert kinds(reviewed(project, "main", "main~1")) == ["condition-tightened"]


def test_two_folders_need_no_repository(tmp_path: Path) -> None:
    write(tmp_path, texts(), "old")
    write(tmp_path, texts(RAISED), "new")
    sides = review_sides(str(tmp_path / "old"), str(tmp_path / "new"), _no_catalog)
    assert kinds(review_of(*sides, AT)) == ["condition-loosened"]


def _no_catalog() -> Path:
    raise UsageError("no catalog belongs to this folder")


def test_a_project_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    write(tmp_path, texts(), "parts/alerts/catalog")
    (tmp_path / "parts" / "alerts" / "__main__.py").write_text("print(1)\n")
    commit(tmp_path, "begin")
    (tmp_path / "other.py").write_text("print(2)\n")
    write(tmp_path, texts(RAISED), "parts/alerts/catalog")
    assert kinds(reviewed(tmp_path / "parts" / "alerts", "main")) == ["condition-loosened"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("__main__.py", "print(1)\n", ["code-changed"], id="the program"),
        pytest.param("monitoring/facts.json", "{}\n", ["code-changed"], id="the tool's own data"),
        pytest.param("requirements.txt", "wakeproof==1\n", ["code-changed"], id="what is installed"),
        pytest.param("Pulumi.prod.yaml", "config: {}\n", ["code-changed"], id="a stack's configuration"),
        pytest.param("tests/test_it.py", "print(1)\n", [], id="a test decides nothing"),
        pytest.param("docs/page.md", "# Page\n", [], id="a page decides nothing"),
    ],
)
def test_changed_code_is_not_judged(project: Path, name: str, content: str, expected: list[str]) -> None:
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text(content)
    assert kinds(reviewed(project, "main")) == expected
    commit(project, "change")
    assert kinds(reviewed(project, "HEAD~1", "HEAD")) == expected


def test_ignored_files_are_no_code(project: Path) -> None:
    (project / ".gitignore").write_text("venv/\n")
    (project / "venv").mkdir()
    (project / "venv" / "module.py").write_text("print(1)\n")
    assert kinds(reviewed(project, "main")) == []


def test_code_that_is_gone_is_changed(project: Path) -> None:
    (project / "__main__.py").write_text("print(1)\n")
    commit(project, "program")
    (project / "__main__.py").unlink()
    [effect] = reviewed(project, "main").effects
    assert (effect.kind, effect.gone) == (EffectKind.CODE_CHANGED, True)


def test_a_link_inside_the_catalog_is_followed(project: Path) -> None:
    (project / "catalog" / "services" / "again.yaml").symlink_to("../tenants.yaml")
    commit(project, "link")
    with pytest.raises(UsageError, match=r"the catalog of main \(\w+\) cannot be read: services/again.yaml"):
        reviewed(project, "main", "main")


def _link_out(root: Path) -> None:
    (root / "catalog" / "tenants.yaml").unlink()
    (root / "catalog" / "tenants.yaml").symlink_to("../../secret.yaml")


def _link_loop(root: Path) -> None:
    (root / "catalog" / "tenants.yaml").unlink()
    (root / "catalog" / "tenants.yaml").symlink_to("tenants.yaml")


def _link_services(root: Path) -> None:
    (root / "catalog" / "services").rename(root / "moved")
    (root / "catalog" / "services").symlink_to("../moved")


def _huge(root: Path) -> None:
    (root / "catalog" / "tenants.yaml").write_bytes(b"# " + b"x" * 1_000_000)


def _not_utf8(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root / "catalog" / "services") + b"/th\xe9.yaml")).write_bytes(b"service: tea\n")


def _broken(root: Path) -> None:
    write(root, texts() | {"teams.yaml": b"platform: {title: Platform}\n"})


def _gone(root: Path) -> None:
    (root / "catalog").rename(root / "alerts")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(_link_out, 'a link in main .* that does not lead to a file below "catalog"', id="a link out"),
        pytest.param(_link_loop, 'that does not lead to a file below "catalog"', id="a link to itself"),
        pytest.param(_link_services, '"catalog/services" is a link in main', id="a folder that is a link"),
        pytest.param(
            _huge, '"catalog/tenants.yaml" in main .* is larger than 1000000 bytes; split it', id="a huge file"
        ),
        pytest.param(_not_utf8, "has a name that is not UTF-8; rename it", id="a name that is not UTF-8"),
        pytest.param(_broken, r"the catalog of main .* cannot be read: teams.yaml:1", id="a catalog with mistakes"),
        pytest.param(_gone, 'there is no folder "catalog" in main', id="a catalog that lies elsewhere"),
    ],
)
def test_a_revision_that_is_refused(project: Path, spoil: Callable[[Path], None], sentence: str) -> None:
    spoil(project)
    commit(project, "spoil")
    with pytest.raises(UsageError, match=sentence) as refused:
        reviewed(project, "main", "main")
    assert "\n" not in str(refused.value)


BROWSER = (
    "services/shop.yaml",
    "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}",
    "uptime: {asks: {browser: {recording: order, path: /}}, every: 1h, regions: [aws:eu-central-1]}",
)
OPENED, LOOKED = (a_step(name, "goToUrl", {"value": "/"}) for name in ("Open", "Look"))


def test_a_recording_is_read_from_a_revision_and_from_the_working_tree(project: Path) -> None:
    write(project, texts(BROWSER) | {"recordings/order.json": recording(OPENED)})
    commit(project, "record")
    write(project, {"recordings/order.json": recording(OPENED, LOOKED)})
    (effect,) = reviewed(project, "main").effects
    assert (effect.kind, effect.detail) == (EffectKind.CONDITION_CHANGED, "uptime.asks.browser.recording.Look")
    commit(project, "look")
    assert reviewed(project, "main~1", "main").effects == (effect,)


@pytest.mark.parametrize(
    ("place", "target", "sentence"),
    [
        pytest.param("recordings", "..", '"catalog/recordings" is a link', id="the folder is a link"),
        pytest.param(
            "recordings/order.json", "../../README.md", "that does not lead to a file below", id="a recording leads out"
        ),
    ],
)
def test_a_recording_that_is_a_link_is_refused(project: Path, place: str, target: str, sentence: str) -> None:
    link = project / "catalog" / place
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(target)
    commit(project, "link")
    with pytest.raises(UsageError, match=sentence):
        reviewed(project, "main")


def test_a_submodule_is_refused(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    head = commit(other, "begin", "--allow-empty")
    git(project, "update-index", "--add", "--cacheinfo", f"160000,{head},catalog/services/more")
    git(project, "commit", "--quiet", "--message", "submodule")
    with pytest.raises(UsageError, match='"catalog/services/more" is a submodule in main'):
        reviewed(project, "main", "main")


@pytest.mark.parametrize(
    ("base", "head", "sentence"),
    [
        pytest.param("nowhere", None, '"nowhere" is no folder .* and no revision', id="a branch that does not exist"),
        pytest.param("main", "nowhere", '"nowhere" is no folder .* and no revision', id="the second one"),
        pytest.param("--help", None, '"--help" is no folder', id="what looks like an option of git"),
        pytest.param("main:catalog", None, '"main:catalog" is no folder', id="what is no commit"),
        pytest.param("", None, '"" is no folder', id="nothing"),
        pytest.param("main", "", '"" is no folder', id="nothing for the second one"),
    ],
)
def test_a_revision_that_is_not_there(project: Path, base: str, head: str | None, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        reviewed(project, base, head)


def test_commits_without_a_common_one(project: Path) -> None:
    git(project, "checkout", "--quiet", "--orphan", "apart")
    commit(project, "apart")
    with pytest.raises(UsageError, match="have no commit in common; review two folders instead"):
        reviewed(project, "main", "apart")


def test_a_shallow_clone_says_what_to_fetch(project: Path, tmp_path: Path) -> None:
    first = git(project, "rev-parse", "HEAD")
    commit(project, "second", "--allow-empty")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{project}", "shallow")
    with pytest.raises(UsageError, match="only its newest commits; run git fetch --unshallow"):
        reviewed(tmp_path / "shallow", first)


def test_outside_of_any_repository(tmp_path: Path) -> None:
    write(tmp_path, texts())
    with pytest.raises(UsageError, match="lies in no git repository; review two folders instead"):
        reviewed(tmp_path, "main")


def test_nothing_that_a_repository_configures_is_run(project: Path, tmp_path: Path) -> None:
    write(project, texts(RAISED))
    trap, sprung = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\ncat\n")
    trap.chmod(0o755)
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-commit"):
        place = project / ".git" / "hooks" / hook
        place.parent.mkdir(exist_ok=True)
        place.write_text(trap.read_text())
        place.chmod(0o755)
    (project / ".gitattributes").write_text("*.yaml filter=trap diff=trap\n")
    for key in ("core.fsmonitor", "filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv", "diff.external"):
        git(project, "config", key, str(trap))
    for key in ("core.pager", "core.sshCommand", "core.askPass", "core.editor", "credential.helper"):
        git(project, "config", key, str(trap))
    assert kinds(reviewed(project, "main")) == ["condition-loosened"]
    assert kinds(reviewed(project, "main", "HEAD")) == []
    assert not sprung.exists()


def test_a_missing_object_is_not_fetched(project: Path, tmp_path: Path) -> None:
    git(project, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{project}", "partial")
    with pytest.raises(UsageError, match="git ls-tree cannot be run: fatal: could not fetch"):
        reviewed(tmp_path / "partial", "HEAD", "HEAD")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("__main__.py", True, id="the program"),
        pytest.param("alerts/helpers.py", True, id="what the program may import"),
        pytest.param("tests/test_alerts.py", False, id="a test"),
        pytest.param(".github/scripts/run.py", False, id="what is hidden"),
        pytest.param("catalog/platform.yaml", False, id="the catalog"),
        pytest.param("Pulumi.yaml", True, id="the project's file"),
    ],
)
def test_what_is_code(name: str, expected: bool) -> None:
    assert is_code(name) is expected
