"""The workflows as files: pinned, with the least permissions, no stranger's text in a shell, clean for every linter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.pipelines.workflows import CONDITIONS, ROOT, WORKFLOWS, JobStep, every_step, jobs, names, steps, workflow

BIN = Path(sys.executable).parent
ACTIONLINT = ROOT / ".cache" / "bin" / "actionlint"
PAGE = (ROOT / "manual" / "pipelines.md").read_text(encoding="utf-8")
PINNED = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<commit>[0-9a-f]{40}) # (?P<version>v\d+\.\d+\.\d+)$", re.MULTILINE)
IGNORE = re.compile(r"zizmor: *ignore|actionlint-ignore|ignore\[")
VENDORS = {"SENTRY_AUTH_TOKEN", "PAGERDUTY_TOKEN", "DD_API_KEY", "DD_APP_KEY"}
TOKENS = VENDORS | {"PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"}
READS = {"contents": "read", "id-token": "write"}
NAMES_KEY = "SITE_NAMES_KEY"
COMMENTS = {"contents": "read", "pull-requests": "write"}

REVIEW = ".venv/bin/monitoring ci review"
TRIGGERS = {"pull_request", "merge_group", "push", "schedule", "workflow_dispatch"}
FOR_FORKS = "pull_request_target"

JOBS = [pytest.param(name, job, id=f"{name}: {job}") for name in names() for job in jobs(name)]


def cases(chosen: Iterable[JobStep]) -> list[object]:
    return [pytest.param(step, id=f"{step.workflow}: {step.job}: {step.name}") for step in chosen]


STEPS = cases(every_step())
RUNS = cases(step for step in every_step() if step.run)


def test_the_workflows_are_there() -> None:
    assert names() == ["deploy.yml", "drift.yml", "fork-comment.yml", "preview.yml", "site.yml"]


@pytest.mark.parametrize("name", names())
def test_a_workflow_gives_nothing_unless_a_job_asks_for_it(name: str) -> None:
    assert workflow(name)["permissions"] == {}


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_job_is_bounded_and_says_why_it_has_each_permission(name: str, job: str) -> None:
    content = jobs(name)[job]
    assert 0 < content["timeout-minutes"] <= 60
    text = (WORKFLOWS / name).read_text(encoding="utf-8")
    for permission, level in content["permissions"].items():
        assert re.search(rf"^      {permission}: {level} # \w+", text, re.MULTILINE), permission


@pytest.mark.parametrize(
    ("name", "permissions"),
    [
        pytest.param("preview.yml", {**READS, "pull-requests": "write"}, id="a review writes one comment"),
        pytest.param("fork-comment.yml", COMMENTS, id="a review of a fork's change writes one comment"),
        pytest.param("deploy.yml", {**READS, "actions": "read"}, id="a deployment writes nothing at GitHub"),
        pytest.param("drift.yml", {**READS, "issues": "write"}, id="drift writes one issue"),
        pytest.param("site.yml", {**READS, "pages": "write"}, id="the site is published, and nothing else is written"),
    ],
)
def test_no_job_may_do_more(name: str, permissions: dict[str, str]) -> None:
    assert {key: level for job in jobs(name).values() for key, level in job["permissions"].items()} == permissions


def test_the_triggers_are_known_and_one_workflow_alone_runs_beside_a_fork_s_change_with_our_rights() -> None:
    triggers = {trigger: name for name in names() for trigger in workflow(name)[True]}
    assert triggers.keys() == TRIGGERS | {FOR_FORKS}
    assert workflow("fork-comment.yml")[True].keys() == {FOR_FORKS}


FETCH = 'git fetch --no-tags origin "+refs/pull/$NUMBER/head:refs/review/change"'


def test_what_runs_beside_a_fork_s_change_is_off_at_first_and_never_touches_its_files() -> None:
    """The base is checked out, the change is fetched as objects, and one command reads them."""
    (job,) = jobs("fork-comment.yml").values()
    assert job["if"].startswith("vars.FORK_COMMENT == 'on' && ")
    checkout, *others = steps("fork-comment.yml", "comment")
    assert checkout.content["with"] == {"persist-credentials": False, "fetch-depth": 0}, "no ref: the base"
    after = [step for step in others if step.run]
    assert [step.run for step in after] == ["make .venv/run", FETCH, f"{REVIEW} HEAD refs/review/change"]
    assert [step.content.get("env", {}) for step in after] == [
        {},
        {"NUMBER": "${{ github.event.pull_request.number }}"},
        {"GITHUB_TOKEN": "${{ github.token }}"},
    ]


def test_a_token_that_may_write_is_beside_the_review_and_the_fetching_of_the_plan_alone() -> None:
    holders = [step for step in every_step() if "GITHUB_TOKEN" in step.content.get("env", {})]
    assert {command(step.run).split(" ")[2] for step in holders} == {"review", "drift", "reviewed-plan"}


def test_an_update_does_what_was_approved_or_nothing() -> None:
    """The comparison comes between the approval and the update; another failure than its own stops as well."""
    runs = [step.run for step in steps("deploy.yml", "up") if step.run.startswith((".venv", "exec"))]
    compare, up = (next(at for at, run in enumerate(runs) if word in run) for word in ("plan compare", "ci up"))
    assert compare + 1 == up
    assert jobs("deploy.yml")["up"]["needs"] == "plan"
    assert jobs("deploy.yml")["plan"]["environment"] == "preview"


def test_pages_with_names_are_kept_in_a_private_repository_alone_and_published_nowhere() -> None:
    keep, publish = jobs("site.yml")["keep"], jobs("site.yml")["publish"]
    assert (keep["if"], keep["permissions"]) == ("github.event.repository.private", {"contents": "read"})
    assert publish["if"] == "vars.PUBLIC_SITE == 'on'"
    actions = {
        job: {step.uses.partition("@")[0] for step in steps("site.yml", job) if step.uses}
        for job in ("keep", "publish")
    }
    assert actions["publish"] - actions["keep"] == {"actions/upload-pages-artifact", "actions/deploy-pages"}
    assert "actions/upload-artifact" not in actions["publish"]


def test_what_everybody_can_read_has_no_names_at_either_forge() -> None:
    (written,) = (step for step in steps("site.yml", "publish") if "monitoring site" in step.run)
    assert written.run == ".venv/bin/monitoring site --opaque"
    assert written.content["env"] == {NAMES_KEY: "${{ secrets.SITE_NAMES_KEY }}"}
    published = [name for name, job in GITLAB.items() if isinstance(job, dict) and "pages" in job]
    assert published == ["pages"]
    assert GITLAB["pages"]["script"][-1] == written.run
    assert all('$PUBLIC_SITE == "on"' in rule["if"] for rule in GITLAB["pages"]["rules"])
    assert {GITLAB[job]["artifacts"]["access"] for job in ("site", "pages")} == {"developer"}


HELD = re.compile(r'--pulumi-plan ("pulumi-plan-\$STACK\.json")')


@pytest.mark.parametrize("file", [ROOT / ".gitlab-ci.yml", WORKFLOWS / "deploy.yml"], ids=["GitLab", "GitHub"])
def test_an_update_is_held_to_pulumi_s_plan_of_the_last_comparison_which_is_stored_nowhere(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    compare, up = (line for line in lines if HELD.search(line))
    assert ("plan compare" in compare, "ci up" in up) == (True, True)
    assert [line for line in lines if "pulumi-plan-" in line and not HELD.search(line)] == []


@pytest.mark.parametrize("step", RUNS)
def test_a_command_is_one_line_without_a_template(step: JobStep) -> None:
    assert "\n" not in step.run.strip()
    assert "${{" not in step.run
    assert step.run == FETCH or step.run.removeprefix("exec ").split()[0] in ("make", ".venv/bin/monitoring")


@pytest.mark.parametrize("step", RUNS)
def test_a_condition_of_a_command_is_known_to_the_runner(step: JobStep) -> None:
    assert step.content.get("if") in (None, *CONDITIONS)


@pytest.mark.parametrize("step", STEPS)
def test_tokens_are_there_only_where_the_program_runs(step: JobStep) -> None:
    given = TOKENS & step.content.get("env", {}).keys()
    without_engine = "test-alerting" in step.run or "reviewed-plan" in step.run
    assert given in (set(), VENDORS if without_engine else TOKENS)
    assert not given or step.run.removeprefix("exec ").startswith(".venv/bin/monitoring ")


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_job_with_tokens_has_an_environment(name: str, job: str) -> None:
    secrets = TOKENS | {NAMES_KEY}
    has_tokens = any(secrets & step.content.get("env", {}).keys() for step in steps(name, job))
    assert has_tokens is ("environment" in jobs(name)[job])


def test_a_checkout_leaves_no_credential_behind() -> None:
    options = [step.content["with"] for step in every_step() if step.uses.startswith("actions/checkout@")]
    assert options
    assert {option["persist-credentials"] for option in options} == {False}
    assert {key for option in options for key in option} == {"persist-credentials", "fetch-depth"}


def test_a_deployment_is_serial_and_never_cancelled() -> None:
    assert workflow("deploy.yml")["concurrency"] == {"group": "deploy", "cancel-in-progress": False}
    assert jobs("deploy.yml")["up"]["strategy"]["max-parallel"] == 1
    assert workflow("drift.yml")["concurrency"]["group"] != "deploy"


def test_an_update_ends_before_its_job_does() -> None:
    (up,) = (step for step in steps("deploy.yml", "up") if step.id == "up")
    limit = re.search(r"--limit (\d+)m$", up.run)
    assert limit
    assert int(limit[1]) + 2 + 10 < jobs("deploy.yml")["up"]["timeout-minutes"]


# --- pins ------------------------------------------------------------------------------------------------------


def pins() -> set[tuple[str, str, str]]:
    """Action, commit and version of every `uses:`."""
    texts = [(WORKFLOWS / name).read_text(encoding="utf-8") for name in names()]
    return {(pin["action"], pin["commit"], pin["version"]) for text in texts for pin in PINNED.finditer(text)}


def test_every_action_is_pinned_by_a_commit_with_its_version() -> None:
    used = {step.uses for step in every_step() if step.uses}
    assert used == {f"{action}@{commit}" for action, commit, _ in pins()}


def test_an_action_has_one_commit_everywhere() -> None:
    assert len({action for action, _, _ in pins()}) == len(pins()) == 9


@pytest.mark.parametrize(("action", "commit", "version"), sorted(pins()))
def test_where_a_pin_was_looked_up_stands_in_the_page(action: str, commit: str, version: str) -> None:
    (row,) = (line for line in PAGE.splitlines() if line.startswith(f"| `{action}` |"))
    assert f"| {version} | `{commit}` |" in row
    places = row.rstrip(" |").rpartition("| ")[2]
    assert len(places.split("; ")) >= 2


# --- linters ---------------------------------------------------------------------------------------------------


ZIZMOR = [str(BIN / "zizmor"), "--offline", "--persona", "auditor"]
CHECKOUT = "@3d3c42e5aac5ba805825da76410c181273ba90b1 #"


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    return ran([*ZIZMOR, "--strict-collection", str(folder)])


def actionlint(folder: Path) -> subprocess.CompletedProcess[str]:
    if not ACTIONLINT.exists():
        raise_problems: Callable[[str], None] = pytest.fail if os.environ.get("CI") else pytest.skip
        raise_problems("no actionlint; run make actionlint, which needs Go")
    files = sorted(map(str, (folder / "workflows").glob("*.yml")))
    return ran([str(ACTIONLINT), "-no-color", "-shellcheck=", "-pyflakes=", *files])


def against_schema(name: str, *files: Path) -> subprocess.CompletedProcess[str]:
    return ran([str(BIN / "check-jsonschema"), "--builtin-schema", name, *map(str, files)])


def github_schema(folder: Path) -> subprocess.CompletedProcess[str]:
    return against_schema("vendor.github-workflows", *sorted((folder / "workflows").glob("*.yml")))


def ran(command: list[str]) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("GH_", "GITHUB_"))}
    return subprocess.run(command, capture_output=True, text=True, env=environ)


LINTERS = [
    pytest.param(zizmor, id="zizmor"),
    pytest.param(actionlint, id="actionlint"),
    pytest.param(github_schema, id="GitHub's schema"),
]


@pytest.mark.parametrize("linter", LINTERS)
def test_a_linter_finds_nothing(linter: Callable[[Path], subprocess.CompletedProcess[str]]) -> None:
    run = linter(ROOT / ".github")
    assert run.returncode == 0, run.stdout + run.stderr


DAMAGES = {
    "a kept credential": (zizmor, "preview.yml", "persist-credentials: false", "fetch-depth: 1", "artipacked"),
    "a dangerous trigger": (zizmor, "preview.yml", " pull_request:", " pull_request_target:", "dangerous-triggers"),
    "a tag for a commit": (zizmor, "deploy.yml", CHECKOUT, "@v7 #", "unpinned-uses"),
    "a branch's name in a shell": (zizmor, "preview.yml", "make lint", "${{ github.head_ref }}", "template-injection"),
    "all rights": (zizmor, "drift.yml", "permissions: {}", "permissions: write-all", "excessive-permissions"),
    "tokens for every job": (zizmor, "deploy.yml", "    environment: ", "    # ", "secrets-outside-env"),
    "a step that is not there": (actionlint, "deploy.yml", "steps.up.", "steps.upp.", "upp"),
    "an hour that does not exist": (actionlint, "drift.yml", '"17 4 * * *"', '"17 25 * * *"', "CRON"),
    "an unknown key": (github_schema, "preview.yml", "timeout-minutes: 15", "timeout: 15", "timeout"),
}


@pytest.mark.parametrize(
    ("linter", "file", "old", "new", "says"), [pytest.param(*case, id=id_) for id_, case in DAMAGES.items()]
)
def test_a_linter_finds_what_it_is_there_for(tmp_path, linter, file, old, new, says):
    folder = shutil.copytree(ROOT / ".github", tmp_path / ".github")
    path = folder / "workflows" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    run = linter(folder)
    assert run.returncode != 0
    assert says in run.stdout + run.stderr


def ignores() -> Iterator[str]:
    for path in sorted((ROOT / ".github").rglob("*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from (f"{path.name}:{number}: {line}" for number, line in enumerate(lines, 1) if IGNORE.search(line))


def test_there_is_one_ignore_with_its_reason_and_no_configuration_that_could_hold_more() -> None:
    (ignore,) = ignores()
    assert re.fullmatch(
        r"fork-comment\.yml:\d+:   pull_request_target: # zizmor: ignore\[dangerous-triggers\] \w.+", ignore
    )
    assert [path for name in ("zizmor.y*ml", "actionlint.y*ml") for path in ROOT.glob(f"**/.github/{name}")] == []
    assert not (ROOT / "zizmor.yml").exists()


def test_the_page_names_every_audit_that_offline_leaves_out() -> None:
    run = ran([*ZIZMOR, "-vv", str(ROOT / ".github")])
    skipped = set(re.findall(r"skipping ([\w-]+): can't run without", run.stderr))
    assert skipped
    section = PAGE.partition("## What the linters do not look at")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE)) == skipped


# --- the other files -------------------------------------------------------------------------------------------


def test_updates_of_every_pinned_thing_wait_for_a_week() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "pip", "gomod"}
    assert {update["cooldown"]["default-days"] for update in updates} == {7}
    run = ran(
        [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.dependabot", str(ROOT / ".github/dependabot.yml")]
    )
    assert run.returncode == 0, run.stdout


SCRIPTS = ("before_script", "script", "after_script")
GITLAB_FILE = ROOT / ".gitlab-ci.yml"
GITLAB = yaml.safe_load(GITLAB_FILE.read_text(encoding="utf-8"))


def test_the_file_for_gitlab_is_what_its_schema_allows() -> None:
    run = against_schema("vendor.gitlab-ci", GITLAB_FILE)
    assert run.returncode == 0, run.stdout


AT_GITHUB_ALONE = {
    "monitoring adopt --write adopt.json",
    FETCH,
    "monitoring ci reviewed-plan reviewed.json",
    'monitoring plan compare reviewed.json "plan-$STACK.json" --allow-none --allow-done',
}
"""The last step after a cut, which GitLab leaves to a person; its forks are projects, and it has no merge queue."""


def test_gitlab_types_the_same_commands() -> None:
    ours = {command(step.run) for step in every_step() if step.run}
    scripts = [job.get(part, []) for job in GITLAB.values() if isinstance(job, dict) for part in SCRIPTS]
    assert {command(line) for lines in scripts for line in lines} == ours - AT_GITHUB_ALONE


def command(line: str) -> str:
    """A command line without its options but those that change what it does."""
    plain = re.sub(r"(?<= ci review) .*", "", line)
    plain = re.sub(
        r" --code-quality \S+| --terraform-report \S+| QUALITY=\S+|^exec | engine$|\.venv/bin/(?=monitoring)", "", plain
    )
    return plain.replace(' --stack "$STACK"', "")


def test_gitlab_runs_one_update_at_a_time_and_interrupts_none() -> None:
    up = GITLAB[".up"]
    assert (up["resource_group"], up["interruptible"]) == ("deploy", False)
    assert GITLAB["up-staging"]["needs"] == ["up-prod", "save-plan"]


def test_gitlab_s_image_has_the_engine_that_the_tool_wants() -> None:
    wanted = re.search(r"github.com/pulumi/pulumi/pkg/v3 v(\S+)", (ROOT / "tools" / "pulumi" / "go.mod").read_text())
    assert wanted
    images = [job["image"] for job in GITLAB.values() if isinstance(job, dict) and "pulumi/" in job.get("image", "")]
    assert {image.rpartition(":")[2] for image in images} == {wanted[1]}
