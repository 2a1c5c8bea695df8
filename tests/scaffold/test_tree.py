"""The files of a new project: what each vendor brings, and that the shipped procedures and pipelines are the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml

from monitoring import __version__
from monitoring.loader import PlatformFiles, load
from monitoring.scaffold import Installed, Starter, installed, tree
from monitoring.scaffold.tree import FILES, NO_HASH
from tests.pipelines.test_workflows import LINTERS, against_schema
from tests.platforms import AGENCY
from tests.scaffold.variants import RULES, VENDORS

ROOT = Path(__file__).parents[2]
TOOL = Installed(lock="a==1 --hash=sha256:00\n", sha256="ab" * 32)
VARIANTS = [pytest.param(vendors, id=" and ".join(vendors)) for vendors in VENDORS]
TOKENS = {"datadog": {"DD_API_KEY", "DD_APP_KEY"}, "sentry": {"SENTRY_AUTH_TOKEN"}}
BOTH = tree(Starter("acme", ("datadog", "sentry")), TOOL)


def made(vendors: tuple[str, ...]) -> Mapping[str, str]:
    return tree(Starter("acme", vendors), TOOL)


def content(texts: Mapping[str, str], name: str) -> Any:
    return yaml.safe_load(texts[name])


# --- vendors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vendors", VARIANTS)
def test_there_is_one_rule_at_each_vendor_with_its_runbook_and_its_expectation(vendors: tuple[str, ...]) -> None:
    texts, rules = made(vendors), [RULES[vendor] for vendor in vendors]
    assert [rule["id"] for rule in content(texts, "catalog/services/website.yaml")["rules"]] == rules
    assert [*content(texts, "catalog/expectations.yaml")["rules"]] == rules
    assert {Path(name).stem for name in texts if name.startswith("docs/runbooks/")} == {*rules}


@pytest.mark.parametrize("vendors", VARIANTS)
def test_a_vendor_that_is_not_there_is_not_named_in_catalog_or_pipelines(vendors: tuple[str, ...]) -> None:
    texts = made(vendors)
    platform = content(texts, "catalog/platform.yaml")
    assert platform.keys() & {"pagerduty", *RULES} == {"pagerduty", *vendors}
    workflows = "".join(text for name, text in texts.items() if name.startswith(".github/"))
    named = {token for tokens in TOKENS.values() for token in tokens if token in workflows}
    assert named == {token for vendor in vendors for token in TOKENS[vendor]}
    assert ("datadog:apiUrl" in texts["Pulumi.prod.yaml"]) == ("datadog" in vendors)


# --- files -----------------------------------------------------------------------------------------------------


def test_every_placeholder_is_filled() -> None:
    ours = re.compile(r"\$\{(NAME|TITLE|WHEEL|LOCK|HASH|PROJECT|DESCRIPTION)\}|dot-")
    assert [name for name, text in BOTH.items() if ours.search(name + text)] == []


def test_the_program_has_three_lines() -> None:
    assert BOTH["__main__.py"] == "from monitoring.program import run\n\nrun()\n"


def test_pulumi_reads_it_as_a_project_and_as_a_template() -> None:
    project = content(BOTH, "Pulumi.yaml")
    assert project["name"] == content(BOTH, "catalog/platform.yaml")["name"] == "acme"
    assert project["template"]["config"]["monitoring:environment"]["default"] == "prod"
    assert project["runtime"] == yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["runtime"]


def test_the_tool_is_a_file_that_is_held_to_its_hash() -> None:
    lock = f"wakeproof-{__version__}.txt"
    assert BOTH[lock] == TOOL.lock
    assert BOTH["requirements.txt"].splitlines()[1:] == [
        f"-r {lock}",
        f"./wakeproof-{__version__}-py3-none-any.whl --hash=sha256:{'ab' * 32}",
    ]


def test_without_a_wheel_the_hash_is_left_to_be_written() -> None:
    texts = tree(Starter("acme", ("sentry",)), Installed(lock="", sha256=None))
    assert texts["requirements.txt"].endswith(f"--hash=sha256:{NO_HASH}\n")


def test_the_lock_of_a_checkout_is_its_own() -> None:
    assert installed().lock == (ROOT / "requirements.txt").read_text()


# --- procedures ------------------------------------------------------------------------------------------------

PART = re.compile(r"(<!-- monitoring docs: ([\w-]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)
OWN = re.compile(r"(<!-- what is this platform's own -->\n).*?(<!-- up to here -->)", re.DOTALL)
PROCEDURES = FILES / "all" / "docs" / "operations"


def everybodys(text: str) -> str:
    """A page without its generated parts, and without what is one platform's own."""
    return OWN.sub(r"\1\2", PART.sub(r"\1\3", text))


def platforms() -> Iterator[PlatformFiles]:
    """The tests' own platform, and the shipped one as long as it is the same."""
    yield AGENCY
    shipped = PlatformFiles(ROOT / "catalog")
    if load(shipped.catalog).platform.name == load(AGENCY.catalog).platform.name:
        yield shipped


@pytest.mark.parametrize("files", [pytest.param(files, id=files.root.name) for files in platforms()])
def test_the_procedures_are_the_same_texts_everywhere(files: PlatformFiles) -> None:
    there, ours = files.documents / "operations", [*PROCEDURES.rglob("*.md")]
    assert {path.relative_to(there) for path in there.rglob("*.md")} == {path.relative_to(PROCEDURES) for path in ours}
    for path in ours:
        text = (there / path.relative_to(PROCEDURES)).read_text(encoding="utf-8")
        assert everybodys(text) == everybodys(path.read_text(encoding="utf-8")), path.name


def test_the_procedures_name_nobodys_rules() -> None:
    catalog = load(AGENCY.catalog)
    names = "|".join([*catalog.rules, *(name for name, each in catalog.services.items() if each.kind == "external")])
    lines = (
        f"{path.name}: {line}" for path in PROCEDURES.rglob("*.md") for line in path.read_text("utf-8").splitlines()
    )
    assert [line for line in lines if re.search(rf"\b({names})\b", line)] == []


# --- pipelines -------------------------------------------------------------------------------------------------

WORKFLOWS = ("deploy.yml", "drift.yml", "fork-comment.yml", "preview.yml", "site.yml")
COMMAND = re.compile(r"\.venv/bin/(monitoring (?:ci|plan|adopt|site|test-alerting) ?[^\n]*)")
Linter = Callable[[Path], CompletedProcess[str]]
USED = re.compile(r"uses: (\S+ # v\S+)")
ENGINE = re.compile(r"(?:pulumi/pulumi-python-3\.12:|pulumi-version: )(\d+\.\d+\.\d+)")
INSTALLS_THE_ENGINE = "pulumi/actions@8e5e406f4007fca908480587cb9893c07090f58d # v7.0.0"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_runs_the_commands_of_the_shipped_one_with_the_same_actions(name: str) -> None:
    shipped, ours = (ROOT / ".github/workflows" / name).read_text(), BOTH[f".github/workflows/{name}"]
    of_make = ["monitoring ci plan"] if name == "preview.yml" else []  # which the shipped one runs by make
    ordered = sorted(COMMAND.findall(shipped)) + of_make
    assert sorted(COMMAND.findall(ours)) == sorted(ordered)
    assert {*USED.findall(ours)} - {INSTALLS_THE_ENGINE} <= {*USED.findall(shipped)}


def test_every_pipeline_installs_by_hashes_and_runs_no_make() -> None:
    pipelines = [text for name, text in BOTH.items() if name.endswith(".yml")]
    assert len(pipelines) == len(WORKFLOWS) + 1
    for text in pipelines:
        assert "--require-hashes -r requirements.txt" in text
        assert re.search(r"\bmake\b", text) is None


def test_every_job_with_the_engine_has_the_engine_of_this_version() -> None:
    versions = {version for text in BOTH.values() for version in ENGINE.findall(text)}
    assert versions == {*ENGINE.findall((ROOT / ".gitlab-ci.yml").read_text())}


@pytest.mark.parametrize("vendors", VARIANTS)
@pytest.mark.parametrize("linter", LINTERS)
def test_a_linter_finds_nothing_in_the_workflows(linter: Linter, vendors: tuple[str, ...], tmp_path: Path) -> None:
    for name in WORKFLOWS:
        path = tmp_path / ".github" / "workflows" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made(vendors)[f".github/workflows/{name}"], encoding="utf-8")
    run = linter(tmp_path / ".github")
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_file_for_gitlab_is_what_its_schema_allows(tmp_path: Path) -> None:
    (tmp_path / ".gitlab-ci.yml").write_text(BOTH[".gitlab-ci.yml"], encoding="utf-8")
    run = against_schema("vendor.gitlab-ci", tmp_path / ".gitlab-ci.yml")
    assert run.returncode == 0, run.stdout + run.stderr


def test_it_is_for_the_pythons_of_the_tool() -> None:
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    (python,) = {*re.findall(r'python-version: "([\d.]+)"', BOTH[".github/workflows/preview.yml"])}
    assert tuple(map(int, python.split("."))) >= tuple(map(int, oldest.split(".")))
