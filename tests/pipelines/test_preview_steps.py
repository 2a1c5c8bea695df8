"""The steps of preview.yml, run in their order on a clean checkout: green for a good change, red at the right step."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from monitoring.cli.ci.review import with_plans
from monitoring.cli.drill import moment
from monitoring.pipelines.pull_request import LABELS
from monitoring.preview import apart
from monitoring.review.comment import comment, markdown
from monitoring.review.reviewing import review_of
from monitoring.review.sides import review_sides
from tests.git import commit, git
from tests.pipelines.checkouts import checkout, rewrite
from tests.pipelines.github_standin import CHANGE, LOGIN, REPOSITORY, TOKEN, GitHubStandIn, listening
from tests.pipelines.test_workflows import GITLAB
from tests.pipelines.workflows import KEPT, Runner, StepRun, steps

TINY = {"LINTED": "monitoring/errors.py", "PYTEST_ADDOPTS": "tests/test_incidents_page.py"}
"""What keeps the two steps of the job `suite` short: the linters look at one file, pytest runs one file of tests."""
SERVICES = Path("catalog/services")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A clean checkout."""
    return checkout(tmp_path / "checkout")


def outcomes(runs: list[StepRun]) -> dict[str, str]:
    return {run.step.name: run.outcome for run in runs}


def run_of(runs: list[StepRun], name: str) -> StepRun:
    return next(run for run in runs if run.step.name == name)


def test_a_good_change_from_a_fork_is_green_at_every_step_and_reads_what_was_skipped(clean):
    runbook = clean / "docs" / "runbooks" / "high-memory.md"
    runbook.write_text(runbook.read_text() + "\nLook at the last deployment first.\n")
    runner = Runner(clean, environ={**TINY, "GITHUB_EVENT_PATH": str(fork_event(clean))})
    runs = [*runner.job("preview.yml", "judge"), *runner.job("preview.yml", "suite")]
    assert {run.outcome for run in runs} == {"success"}, [run.out + run.err for run in runs if run.outcome != "success"]
    assert outcomes(runs).keys() >= {"Check the catalog", "Prove who is woken", "Compare the golden Plans", "Test"}
    assert "0 problems" in run_of(runs, "Check the catalog").summary
    assert "every promise holds" in run_of(runs, "Prove who is woken").summary
    assert "comes from a fork" in run_of(runs, "Compare the golden Plans").summary
    assert re.search(r"\d+ passed", run_of(runs, "Test").out)
    assert [run.annotations for run in runs if run.annotations] == []


def fork_event(folder: Path) -> Path:
    """The event of a pull request from a fork, as GitHub leaves it beside a job."""
    return event(folder, "eve/monitoring", "eve")


def event(folder: Path, home: str, author: str) -> Path:
    """The event of a pull request from a repository by somebody."""
    head, base = ({"repo": {"full_name": name}} for name in (home, REPOSITORY))
    request = {"number": CHANGE, "head": head, "base": base, "user": {"login": author}}
    path = folder / ".event.json"
    path.write_text(json.dumps({"pull_request": request}))
    return path


# --- the review ------------------------------------------------------------------------------------------------

API = "catalog/services/api.yaml"


@pytest.fixture
def base(clean: Path) -> Path:
    """A clean checkout under version control, in which everybody on call has a login; the base of a change."""
    people = clean / "catalog" / "oncall.yaml"
    people.write_text(re.sub(r"(email: (\w+)@youragency\.com\n)", r"\1    login: \2\n", people.read_text()))
    git(clean, "init", "--quiet")
    commit(clean)
    return clean


def reviewed(folder: Path, github: GitHubStandIn, *, home: str = REPOSITORY, workflow: str = "preview.yml") -> StepRun:
    """The step that reviews, in a pull request from a repository."""
    environ = {"GITHUB_EVENT_PATH": str(event(folder, home, "eve")), "GITHUB_API_URL": github.address}
    job = "comment" if workflow == "fork-comment.yml" else "review"
    environ |= {"GITHUB_EVENT_NAME": "pull_request_target"} if job == "comment" else {}
    (step,) = (step for step in steps(workflow, job) if "monitoring ci review" in step.run)
    return Runner(folder, values={"token": TOKEN}, environ=environ).step(step)


def test_a_change_gets_one_comment_a_label_and_reviewers_and_the_comment_follows_it(base):
    with listening(GitHubStandIn(labels=["bug"], collaborators=("fay",))) as github:
        leave_the_rotation(base)
        commit(base)
        first = reviewed(base, github)
        assert first.outcome == "success", first.out + first.err
        (comment,) = github.comments
        assert comment["body"].startswith("<!-- monitoring:review -->\n\n#### ")
        assert comment["body"].strip() == first.summary.strip()
        assert "<details><summary>At the vendors: " in comment["body"]
        assert len(github.labels) == 2
        assert github.reviewers == ["fay"]

        (base / "README.md").write_text("Another page.\n")
        commit(base)
        later = reviewed(base, github)
        assert later.outcome == "success", later.out + later.err
        assert "comment 1 is changed" in later.out
        assert github.labels == ["bug", LABELS["none"]]
    assert len(github.comments) == 1


def leave_the_rotation(folder: Path) -> None:
    """Takes eve out of a rotation of two by hand, so that fay has all its nights."""
    path = folder / "catalog" / "oncall.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("turn: 1w, people: [eve, fay]}", "turn: 1w, people: [fay]}")
    assert changed != text
    path.write_text(changed, encoding="utf-8")


@pytest.mark.parametrize(
    ("home", "token", "says"),
    [
        pytest.param("eve/monitoring", TOKEN, "comes from a fork, to which GitHub gives no token", id="a fork"),
        pytest.param(REPOSITORY, "", "the step has no GITHUB_TOKEN in its env", id="a step without a token"),
    ],
)
def test_without_a_token_that_may_write_the_summary_is_all(base, home, token, says):
    leave_the_rotation(base)
    commit(base)
    with listening(GitHubStandIn()) as github:
        environ = {"GITHUB_EVENT_PATH": str(event(base, home, "eve")), "GITHUB_API_URL": github.address}
        (step,) = (step for step in steps("preview.yml", "review") if "ci review" in step.run)
        run = Runner(base, values={"token": token}, environ=environ).step(step)
    assert (run.outcome, github.calls) == ("success", []), run.out + run.err
    assert says in run.out
    assert "#### " in run.summary


def test_a_fork_s_change_is_read_as_objects_by_the_base_s_code_and_gets_its_comment(base):
    """Everything that the fork's commit would run, if anybody ran it, leaves a trace."""
    git(base, "checkout", "--quiet", "-b", "fork")
    leave_the_rotation(base)
    trap = "from pathlib import Path\nPath('trace').touch()\n"
    for name in ("__main__.py", "sitecustomize.py", "monitoring/__init__.py"):
        (base / name).write_text(trap + ((base / name).read_text() if (base / name).exists() else ""))
    commit(base)
    git(base, "update-ref", "refs/review/change", "HEAD")
    git(base, "checkout", "--quiet", "-")
    with listening(GitHubStandIn()) as github:
        run = reviewed(base, github, home="eve/monitoring", workflow="fork-comment.yml")
        assert run.outcome == "success", run.out + run.err
    assert len(github.comments) == 1
    assert "code changed, its effect is not judged" in github.comments[0]["body"]
    assert "at the vendors: by both Plans, no account asked" in github.comments[0]["body"]
    assert (github.reviewers, (base / "trace").exists()) == ([], False)


def test_a_change_that_cannot_be_read_is_red_with_one_sentence(base):
    (base / API).write_text("not: [a, catalog\n")
    commit(base)
    with listening(GitHubStandIn()) as github:
        run = reviewed(base, github)
    assert (run.outcome, github.calls) == ("failure", [])
    assert "the change cannot be reviewed: " in run.err
    assert "Traceback" not in run.err


def test_a_merge_request_at_gitlab_gets_the_note_the_label_and_the_report(base):
    leave_the_rotation(base)
    commit(base)
    (line,) = (line for line in GITLAB["review"]["script"] if "ci review" in line)
    with listening(GitHubStandIn(labels=["bug", LABELS["none"]])) as gitlab:
        ours = {
            "CI_API_V4_URL": gitlab.address, "CI_PROJECT_ID": REPOSITORY, "CI_MERGE_REQUEST_IID": str(CHANGE),
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^1", "GITLAB_TOKEN": TOKEN, "PYTHONPATH": str(base),
        }  # fmt: skip
        environ = {name: os.environ[name] for name in KEPT if name in os.environ} | ours
        run = subprocess.run(["bash", "-e", "-c", line], cwd=base, env=environ, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert [note["user"]["login"] for note in gitlab.comments] == [LOGIN]
    assert "<details><summary>At the vendors: " in gitlab.comments[0]["body"]
    (label,) = set(gitlab.labels) - {"bug"}
    assert f'labelled "{label}"' in run.stdout
    found = json.loads((base / "gl-review.json").read_text())
    assert "review-resource-updated" in {each["check_name"] for each in found}


def test_a_change_whose_plans_cannot_be_made_is_reviewed_and_says_why(base, monkeypatch):
    leave_the_rotation(base)
    commit(base)
    old, new = review_sides("HEAD^1", "HEAD", lambda: base / "catalog")
    answer = review_of(old, new, moment("2026-11-26 09:00", "Etc/UTC"))
    monkeypatch.setattr(apart, "MAX_SECONDS", 0.0)
    unasked = with_plans(answer, old, new)
    assert (unasked.vendors, unasked.effects) == (None, answer.effects)
    last = comment(unasked, old.label, new.label).splitlines()[-1]
    reason = markdown(f"the Plan of {old.label} takes longer than 0 s to make")
    assert last.endswith(f"at the vendors: not asked, because {reason}</sub>")


STILL_WAKES = ("catalog/maintenance.yaml", 3)
"""One of the rules that are spoiled is named in a window, which is wrong then, too."""


def test_fifteen_bad_rules_are_red_where_the_catalog_is_checked_and_ten_annotations_stand_at_their_lines(clean):
    places = spoil(clean, 15)
    runs = Runner(clean).job("preview.yml", "judge")
    assert outcomes(runs) == {
        "Install the program": "success",
        "Check the catalog": "failure",
        "Prove who is woken": "skipped",
        "Compare the documents": "skipped",
        "Compare the golden Plans": "skipped",
    }
    red = run_of(runs, "Check the catalog")
    assert len(red.annotations) == 10
    shown = [re.match(r"::error file=(.+),line=(\d+),", line) for line in red.annotations[:9]]
    assert [(place[1], int(place[2])) for place in shown if place] == places[:9]
    assert "… and 7 more; the whole list is in the job's summary" in red.annotations[9]
    listed = re.findall(r"^(\S+):(\d+): ", red.summary, re.MULTILINE)
    assert [(file, int(line)) for file, line in listed] == [*places, STILL_WAKES]


def spoil(folder: Path, number: int) -> list[tuple[str, int]]:
    """Gives so many rules a severity that does not exist; where each stands, in the order of the files."""
    places: list[tuple[str, int]] = []
    for path in sorted((folder / SERVICES).glob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for at, line in enumerate(lines):
            if re.match(r"    severity: P\d$", line) and len(places) < number:
                lines[at] = "    severity: P9\n"
                places.append((path.relative_to(folder).as_posix(), at + 1))
        path.write_text("".join(lines), encoding="utf-8")
    assert len(places) == number
    return places


def test_a_stale_document_is_red_at_its_line(clean):
    pages = clean / "docs" / "alert-rules.md"
    text = pages.read_text(encoding="utf-8")
    line = text[: text.index("\n### high-memory\n")].count("\n") + 2
    pages.write_text(text.replace("\n### high-memory\n", "\n### memory\n"), encoding="utf-8")
    runs = Runner(clean).job("preview.yml", "judge", before="Compare the golden Plans")
    assert [name for name, outcome in outcomes(runs).items() if outcome != "success"] == ["Compare the documents"]
    (annotation,) = run_of(runs, "Compare the documents").annotations
    assert annotation.startswith(f"::error file=docs/alert-rules.md,line={line},title=docs::")
    assert "run monitoring docs" in annotation


def test_a_signal_that_comes_too_late_is_green_where_the_catalog_is_checked_and_red_where_it_is_proved(clean):
    slow = "catalog/services/api.yaml"
    rewrite(clean, slow, "      over: 10m\n      above: 2s", "      over: 30m\n      above: 2s")
    runs = Runner(clean).job("preview.yml", "judge", before="Compare the documents")
    assert outcomes(runs)["Check the catalog"] == "success"
    assert outcomes(runs)["Prove who is woken"] == "failure"
    red = run_of(runs, "Prove who is woken")
    assert all(line.startswith(f"::error file={slow},line=") for line in red.annotations)
    assert 'rule "performance-degradation" in prod: at the hop signal' in red.annotations[0]
    assert "Witness 1: performance-degradation" in red.summary
