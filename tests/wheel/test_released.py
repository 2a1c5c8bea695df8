"""The released tool in somebody else's repository: by the composite action and by pre-commit, held to its hash.

The wheel is installed by pip from its file and its hash. What it runs on is taken from the suite's own environment, as
elsewhere in this folder; that an index serves those files is tested by `make` alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from tests.git import commit, git
from tests.pipelines.test_workflows import ZIZMOR, against_schema, ran
from tests.platforms import AGENCY
from tests.wheel.installing import ROOT

RELEASED = ROOT / "tools" / "released.py"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The user's cache, in which the tests find what an earlier one installed."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def theirs(wheel: Path, cache: Path, tmp_path: Path) -> Path:
    """A repository with a catalog, the wheel, and the file that names it with its hash."""
    folder = tmp_path / "theirs"
    shutil.copytree(AGENCY.root, folder)
    (tmp_path / "cache").symlink_to(cache)
    shutil.copy(wheel, folder)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "wakeproof-lock.txt").write_text("")
    (folder / "requirements.txt").write_text(f"-r wakeproof-lock.txt\n./{wheel.name} --hash=sha256:{digest}\n")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def environ(folder: Path) -> dict[str, str]:
    """No index, no configuration of the user's, and a cache of the test's own."""
    return {
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "HOME": str(folder.parent),
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "TERM": "dumb",
    }


def released(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(RELEASED), *words]
    return subprocess.run(command, cwd=folder, env=environ(folder), capture_output=True, text=True)


def environments(folder: Path) -> list[Path]:
    """The environments that are whole."""
    return [path.parent for path in (folder.parent / "cache").glob("wakeproof/*/complete")]


def test_the_wheel_is_installed_once_and_answers_for_their_catalog(theirs: Path) -> None:
    before = environments(theirs)
    first = released(theirs, "check", "--catalog", "catalog")
    assert (first.returncode, "0 problems" in first.stdout) == (0, True), first.stdout + first.stderr
    (made,) = set(environments(theirs)) - set(before) or before
    stamp = (made / "complete").stat().st_mtime_ns
    assert released(theirs, "check", "--catalog", "catalog").stdout == first.stdout
    assert (made / "complete").stat().st_mtime_ns == stamp


def test_an_environment_that_was_left_half_made_is_made_anew(theirs: Path) -> None:
    released(theirs, "check", "--catalog", "catalog")
    (made,) = environments(theirs)
    (made / "complete").unlink()
    shutil.rmtree(next(made.glob("lib/python*/site-packages/monitoring")))
    again = released(theirs, "check", "--catalog", "catalog")
    assert again.returncode == 0, again.stderr


def test_another_wheel_than_the_one_with_the_hash_is_refused(theirs: Path, wheel: Path) -> None:
    with (theirs / wheel.name).open("ab") as file:
        file.write(b"changed")
    with (theirs / "requirements.txt").open("a") as file:
        file.write("# what is kept in the cache is not taken for it\n")
    refused = released(theirs, "check", "--catalog", "catalog")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert re.match(
        r'error: "requirements\.txt" cannot be installed: .*THESE PACKAGES DO NOT MATCH', refused.stderr, re.S
    )


def test_a_wheel_without_a_hash_is_refused(theirs: Path, wheel: Path) -> None:
    (theirs / "requirements.txt").write_text(f"./{wheel.name}\n")
    refused = released(theirs, "check", "--catalog", "catalog")
    assert (refused.returncode, "hash" in refused.stderr.lower()) == (2, True)


@pytest.mark.parametrize("text", [None, "-r other.txt\n"], ids=["no file", "a file that names one that is not there"])
def test_a_file_that_is_missing_is_one_sentence(theirs: Path, text: str | None) -> None:
    path = theirs / "requirements.txt"
    path.unlink() if text is None else path.write_text(text)
    refused = released(theirs, "check", "--catalog", "catalog")
    assert refused.returncode == 2
    assert re.fullmatch(
        r'error: there is no file "(requirements|other)\.txt"; write the two lines .*\n', refused.stderr
    )


# --- the action ------------------------------------------------------------------------------------------------


def test_the_action_is_one_that_github_takes_and_that_the_linter_likes() -> None:
    run = against_schema("vendor.github-actions", ROOT / "action.yml")
    assert run.returncode == 0, run.stdout
    run = ran([*ZIZMOR, "--strict-collection", str(ROOT / "action.yml")])
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_action_pins_what_the_workflows_pin() -> None:
    used = {step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step}
    preview = (ROOT / ".github" / "workflows" / "preview.yml").read_text(encoding="utf-8")
    assert all(action in preview for action in used)


@pytest.mark.parametrize("name", ["Check the catalog", "Prove who is woken"])
def test_a_step_of_the_action_judges_their_catalog(theirs: Path, name: str) -> None:
    done = act(theirs, name)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = (theirs / "summary").read_text(encoding="utf-8")
    assert ("0 problems" if name == "Check the catalog" else "every promise holds") in summary


def act(folder: Path, name: str, **values: str) -> subprocess.CompletedProcess[str]:
    """A step of the action, with the values of its inputs in their places, as GitHub's runner puts them there."""
    (step,) = (step for step in ACTION["runs"]["steps"] if step["name"] == name)
    inputs = {key: given["default"] for key, given in ACTION["inputs"].items()} | values
    own = {
        key: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda at: inputs[at[1]], value) for key, value in step["env"].items()
    }
    github = {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "summary")}
    assert step["shell"] == "bash"
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=folder, env=environ(folder) | github | own, capture_output=True, text=True)


# --- pre-commit ------------------------------------------------------------------------------------------------


def test_the_hooks_are_ones_that_pre_commit_takes() -> None:
    run = ran([str(BIN / "pre-commit"), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")])
    assert run.returncode == 0, run.stdout


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """A repository that holds what pre-commit takes of this one."""
    folder = tmp_path / "hooks"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    shutil.copy(RELEASED, folder / "tools")
    git(folder, "init", "--quiet")
    commit(folder, "Hooks")
    return folder


@pytest.mark.parametrize("hook", HOOKS)
def test_pre_commit_runs_each_hook_in_their_repository(theirs: Path, hooks: Path, hook: str) -> None:
    done = try_hook(theirs, hooks, hook)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_a_hook_is_red_where_their_catalog_has_a_problem(theirs: Path, hooks: Path) -> None:
    path = theirs / "catalog" / "services" / "api.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("severity: P1", "severity: P9"), encoding="utf-8")
    git(theirs, "add", "--all")
    done = try_hook(theirs, hooks, "monitoring-check")
    assert done.returncode == 1
    assert '"P9" is not a severity' in done.stdout


def try_hook(folder: Path, hooks: Path, hook: str) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / "pre-commit"), "try-repo", str(hooks), hook, "--all-files", "--verbose"]
    return subprocess.run(command, cwd=folder, env=environ(folder), capture_output=True, text=True)
