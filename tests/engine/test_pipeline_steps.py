"""The steps of deploy.yml and drift.yml, run in their order on the real engine against emulated accounts."""

from __future__ import annotations

import dataclasses
import json
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitoring.pipelines.update import UpdateMark, mark_of
from tests.engine import declarations as d
from tests.engine import small
from tests.engine.accounts.faults import Fault
from tests.engine.accounts.http import served
from tests.engine.conftest import copied
from tests.engine.ours import TODAY, configure
from tests.engine.workspace import Workspace
from tests.pipelines.checkouts import checkout, rewrite
from tests.pipelines.github_standin import REPOSITORY, TOKEN, GitHubStandIn, listening
from tests.pipelines.test_reviewed_plan import COMMIT, Store, queue_run, zipped
from tests.pipelines.workflows import Runner, StepRun, steps

MONITOR = "datadog:index/monitor:Monitor"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
ENGINE = (
    "PULUMI_HOME", "PULUMI_SKIP_UPDATE_CHECK", "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "PULUMI_CREDENTIAL_STORE",
    "PULUMI_DISABLE_REGISTRY_RESOLVE", "ACCOUNTS", "PATH",
)  # fmt: skip
"""What a run needs of a workspace beside the values that the workflow names."""
BEGAN = datetime(2026, 11, 26, 3, tzinfo=UTC)
CALLS = 39
"""How many calls a preview of the small catalog makes, and its first update too; two previews come before that."""
ASK = "Ask whether the alerting works"
COMPARE, STOP = "Compare it with what was reviewed", "Stop unless it would still do exactly that"
ADOPT, UP = "Find what stands there already", "Update, bounded in time"
RECOVER = "Release the lock of an update that was cut short"
ADOPT_AGAIN, SETTLED = "Find what such an update made without the state", "See that nothing is left to change"


@pytest.fixture(scope="module")
def small_once(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The project's own program with the small catalog, before its first `up`; only for copying."""
    return small.small_workspace(tmp_path_factory.mktemp("small"), engine=engine)


@pytest.fixture
def place(small_once: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """A clean checkout with the small catalog as its own, whose vendors are the emulated accounts."""
    workspace = copied(small_once, tmp_path / "room")
    folder = checkout(tmp_path / "checkout")
    shutil.rmtree(folder / "catalog")
    shutil.copytree(workspace.room / "catalog", folder / "catalog")
    configure(folder / "Pulumi.prod.yaml", {"monitoring:today": TODAY})
    with served(workspace.account.store) as address:
        addresses(folder, address)
        yield dataclasses.replace(workspace, program=folder)


def addresses(folder: Path, address: str) -> None:
    """Let `monitoring adopt` of a checkout ask the accounts at an address of this machine, by the stack alone."""
    keys = ("datadog:apiUrl", "pagerduty:apiUrlOverride", "sentry:baseUrl")
    configure(folder / "Pulumi.prod.yaml", dict.fromkeys(keys, address))


def runner(place: Workspace, **environ: str) -> Runner:
    """Runs the steps of a job for prod. The step that asks a deployed platform only says what it would ask."""
    known = place.environment
    return Runner(
        place.program,
        values={**known, "stack": "prod", "PLATFORM_URL": "https://app.youragency.com", "token": TOKEN},
        environ={**{name: known[name] for name in ENGINE}, **environ},
        instead={ASK: 'monitoring test-alerting "$PLATFORM_URL" --environment "$STACK" --dry-run'},
    )


def deploy(place: Workspace, queue: GitHubStandIn | None = None) -> dict[str, StepRun]:
    """Both jobs; the artifact that carries the approved plan from the first to the second is a file of the checkout."""
    with listening(queue or GitHubStandIn()) as github:
        environ = {"GITHUB_REPOSITORY": REPOSITORY, "GITHUB_API_URL": github.address, "GITHUB_SHA": COMMIT}
        planned = runner(place, **environ).job("deploy.yml", "plan")
    failed = any(run.outcome == "failure" for run in planned)
    return {run.step.name: run for run in [*planned, *([] if failed else runner(place).job("deploy.yml", "up"))]}


def outcomes(runs: dict[str, StepRun], *names: str) -> list[str]:
    return [runs[name].outcome for name in names]


def everything(runs: dict[str, StepRun]) -> str:
    return "".join(f"{name}: {run.outcome}\n{run.out}{run.err}\n" for name, run in runs.items())


def test_a_deployment_stops_at_a_twin_survives_a_kill_and_changes_nothing_the_second_time(place):
    twin = place.account.make_by_hand(MONITOR, **d.a_monitor(name="[P0] The shop is slow (shop-slow)"))
    stopped = deploy(place)
    assert outcomes(stopped, ADOPT, UP, RECOVER) == ["failure", "skipped", "skipped"], everything(stopped)
    assert "Datadog has" in stopped[ADOPT].out
    assert list(place.account.objects(MONITOR)) == [twin.id], "nothing was made"
    place.account.remove(twin)

    place.account.cause(Fault.KILL_ENGINE_AFTER, nth=2 * CALLS + 25)
    killed = deploy(place)
    place.account.end_faults()
    assert outcomes(killed, ADOPT, UP, RECOVER) == ["success", "failure", "success"], everything(killed)
    assert outcomes(killed, ASK, SETTLED) == ["skipped", "skipped"]
    assert "its own lock is released" in killed[RECOVER].out
    assert "The update was interrupted" in killed[UP].summary
    assert not place.locked()

    take_over(place, killed[ADOPT_AGAIN])
    before = place.account.everything()
    done = deploy(place)
    assert outcomes(done, COMPARE, ADOPT, STOP, UP, ASK, SETTLED) == ["success"] * 6, everything(done)
    assert "nothing was compared" in done[COMPARE].summary, "there was no merge queue"
    assert "Every operation is the reviewed one" in done[STOP].summary
    assert outcomes(done, RECOVER, ADOPT_AGAIN) == ["skipped", "skipped"]
    assert "Nothing would change" in done[SETTLED].summary
    assert small.differences_from_declared(place) == []
    after = place.account.everything()
    assert all(objects.items() <= after[kind].items() for kind, objects in before.items()), (
        "what stood there is as it was"
    )


THRESHOLD = ("catalog/services/shop.yaml", "over: 5m, above: 2s", "over: 5m, above: 3s")


def test_a_deployment_stops_at_what_was_not_reviewed_and_at_what_was_not_approved(place):
    before = place.account.everything()
    with listening(Store(stored={"plan-prod": (1, zipped(saved_by_the_queue(place)))})) as store:
        queue = GitHubStandIn(runs=[queue_run()], stored=store.stored, store=store.address)
        rewrite(place.program, *THRESHOLD)
        other = deploy(place, queue)
    assert outcomes(other, COMPARE) == ["failure"], everything(other)
    assert "now sends other values than the reviewed plan" in other[COMPARE].summary
    assert UP not in other

    approved = saved_by_the_queue(place)
    file, old, new = THRESHOLD
    rewrite(place.program, file, new, old)
    (place.program / "plan-prod.json").write_text(approved)
    late = {run.step.name: run for run in runner(place).job("deploy.yml", "up")}
    assert outcomes(late, STOP, UP, RECOVER) == ["failure", "skipped", "skipped"], everything(late)
    assert place.account.everything() == before


def saved_by_the_queue(place: Workspace) -> str:
    """The plan that the step of the merge queue saves of the checkout as it is now."""
    (step,) = (step for step in steps("preview.yml", "pulumi") if step.name == "Save the plan of the merge queue")
    ran = runner(place).step(step)
    assert ran.outcome == "success", ran.out + ran.err
    return (place.program / "plan-prod.json").read_text(encoding="utf-8")


def take_over(place: Workspace, printed: StepRun) -> None:
    """Does what the last step printed, as the page tells a person to."""
    for line in printed.out.splitlines():
        if line.startswith("  pulumi "):
            words = [word for word in shlex.split(line)[1:] if word not in ("--stack", "prod")]
            place.must(*words, *(["--yes", "--skip-preview"] if words[0] == "up" else []))


def alone(place: Workspace, name: str, **environ: str) -> StepRun:
    """A step of a deployment alone."""
    (step,) = (step for step in steps("deploy.yml", "up") if step.name == name)
    return runner(place, **environ).step(step)


def hold(place: Workspace, pid: int, host: str) -> Path:
    """A lock as the engine writes it."""
    path = place.room / "backend" / ".pulumi" / "locks" / "organization" / "monitoring" / "prod" / "1.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"pid": pid, "username": "ana", "hostname": host, "timestamp": "2026-11-26T03:00:00Z"}))
    return path


def test_a_strangers_lock_stops_an_update_and_is_never_taken_away(place):
    lock = hold(place, 7, "box")
    assert alone(place, UP).outcome == "failure"
    nothing = alone(place, RECOVER)
    assert (nothing.outcome, "no update was cut short here" in nothing.out) == ("success", True)
    mark = mark_of(place.program, "prod")
    mark.write_text(UpdateMark(stack="prod", pid=8, host="box", began=BEGAN).model_dump_json())
    refused = alone(place, RECOVER)
    assert (refused.outcome, "ana@box (process 7)" in refused.out) == ("failure", True), refused.out + refused.err
    assert lock.exists()
    assert mark.exists()


# --- every night -----------------------------------------------------------------------------------------------


def night(place: Workspace, github: GitHubStandIn) -> StepRun:
    """The step that compares, with GitHub's API at an address of this machine."""
    environ = {"GITHUB_REPOSITORY": REPOSITORY, "GITHUB_API_URL": github.address, "GITHUB_RUN_ID": "7"}
    (step,) = (step for step in steps("drift.yml", "compare") if step.run.startswith(".venv/bin/monitoring"))
    return runner(place, **environ, GITHUB_SERVER_URL="https://github.com").step(step)


def test_a_drifted_account_opens_one_issue_that_is_closed_when_it_is_mended(place):
    place.up()
    urn = next(urn for urn in place.state() if urn.endswith(f"::{POLICY}::critical"))
    stored = place.account.store.get(POLICY, place.state()[urn]["id"])
    assert stored
    with listening(GitHubStandIn()) as github:
        place.account.edit(stored, numLoops=0.0)
        first = night(place, github)
        assert (first.outcome, github.open()) == ("failure", [1]), first.out + first.err
        body = github.issue(1)["body"]
        assert 'policy "critical": numLoops of its EscalationPolicy' in body
        assert f"https://github.com/{REPOSITORY}/actions/runs/7" in body
        assert "Drift of prod: 1 difference" in first.summary

        place.account.expect_credential("PAGERDUTY_TOKEN", "another one")
        unknown = night(place, github)
        assert (unknown.outcome, github.open()) == ("failure", [1])
        assert github.issue(1)["title"] == "Drift of prod is not known"
        place.account.expect_credential("PAGERDUTY_TOKEN", place.environment["PAGERDUTY_TOKEN"])

        place.up("--refresh")
        last = night(place, github)
        assert (last.outcome, github.open()) == ("success", []), last.out + last.err
