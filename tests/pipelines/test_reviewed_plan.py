"""The plan that the merge queue saved: fetched from the queue's own run alone, and the token stays with GitHub."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from monitoring.errors import VendorError
from monitoring.pipelines.forge import github
from monitoring.pipelines.reviewed_plan import QueueRuns
from tests.pipelines.github_standin import REPOSITORY, TOKEN, GitHubStandIn, listening, patient_client

COMMIT = "5afd306"
PLAN = '{"version": 1, "stack": "prod", "operations": []}'


def queue_run(number: int = 1, **changed: Any) -> dict[str, Any]:
    """A run of the merge queue at the commit that is deployed, as GitHub lists it."""
    home = {"full_name": REPOSITORY}
    return {"id": number, "event": "merge_group", "head_sha": COMMIT, "head_repository": home, **changed}


def zipped(text: str = PLAN, name: str = "plan-prod.json") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return packed.getvalue()


class Store(GitHubStandIn):
    """The other host at which artifacts lie; whoever brings a token is refused, as a signed address does."""

    def answer(self, method: str, path: str, token: str, _: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """A stored file."""
        self.calls.append(f"{method} {path}")
        if token:
            return 400, {}, {"message": "a signed address takes no token"}
        content = self.stored[path[1:].removesuffix(".zip")][1]
        return 200, {}, content


@pytest.fixture
def forge() -> Iterator[GitHubStandIn]:
    """GitHub with one run of the queue that saved a plan, and the store in which it lies."""
    with listening(GitHubStandIn(runs=[queue_run()])) as standin, listening(Store()) as store:
        standin.stored = store.stored = {"plan-prod": (1, zipped())}
        standin.store = store.address
        yield standin


def fetched(forge: GitHubStandIn, commit: str = COMMIT, stack: str = "prod") -> str | None:
    async def plan() -> str | None:
        async with httpx.AsyncClient() as http:
            asking = github(patient_client(http), forge.address, TOKEN, "actions: read")
            return await QueueRuns(asking, REPOSITORY, "preview.yml").reviewed_plan(commit, stack)

    return asyncio.run(plan())


def test_the_plan_of_the_queue_s_run_is_fetched_and_the_store_gets_no_token(forge):
    assert fetched(forge) == PLAN


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(queue_run(event="pull_request"), id="a pull request's run"),
        pytest.param(queue_run(head_repository={"full_name": "eve/monitoring"}), id="a fork's run"),
        pytest.param(queue_run(head_repository=None), id="a run of a fork that was deleted"),
        pytest.param(queue_run(head_sha="another"), id="a run of another commit"),
    ],
)
def test_a_run_that_is_not_the_queue_s_is_never_believed(forge, run):
    forge.runs = [run]
    assert fetched(forge) is None


def test_a_stack_without_a_plan_has_none(forge):
    assert fetched(forge, stack="staging") is None


def test_a_plan_that_is_kept_no_longer_is_none(forge):
    forge.expired = ("plan-prod",)
    assert fetched(forge) is None


def test_the_latest_run_of_the_queue_counts(forge):
    forge.runs = [queue_run(1), queue_run(2)]
    later = PLAN.replace('"operations": []', '"operations":  []')
    forge.stored["plan-prod"] = (2, zipped(later))
    assert fetched(forge) == later


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"no zip", "no readable plan-prod.json", id="no zip"),
        pytest.param(zipped(name="other.json"), "no readable plan-prod.json", id="another file"),
        pytest.param(zipped()[:-30], "no readable plan-prod.json", id="half a zip"),
        pytest.param(zipped(" " * 9_000_000), "larger than 8,388,608 bytes", id="a few bytes that unpack to many"),
    ],
)
def test_what_cannot_be_unpacked_is_a_sentence(forge, content, says):
    forge.stored["plan-prod"] = (1, content)
    with pytest.raises(VendorError, match=says):
        fetched(forge)


def test_a_job_without_the_permission_is_a_sentence(forge):
    forge.raise_problems("GET", 403, message="Resource not accessible by integration")
    with pytest.raises(VendorError, match="give the job the permission actions: read"):
        fetched(forge)
