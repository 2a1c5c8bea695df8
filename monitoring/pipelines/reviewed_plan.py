"""The saved plan that the merge queue made of a commit, fetched from its run; a run of a fork is never believed.

Sources: docs.github.com/en/rest/actions: workflow-runs (event, head_sha), artifacts (name, expired, zip by a redirect).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitoring.errors import VendorError
from monitoring.pipelines.forge import PER_PAGE, Forge

QUEUE = "merge_group"
MAX_PLAN_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class QueueRuns:
    """The runs of one workflow's file in a repository."""

    forge: Forge
    repository: str
    workflow: str

    async def reviewed_plan(self, commit: str, stack: str) -> str | None:
        """The text of the plan that the queue saved for a stack at a commit; None where there is none.

        A pull request from a fork can store files under any name, so only runs of the queue in this repository count.
        """
        name = f"plan-{stack}"
        for run in await self._of_queue(commit):
            if (artifact := await self._artifact(run, name)) is not None:
                content = await self.forge.download(f"/repos/{self.repository}/actions/artifacts/{artifact}/zip")
                return unpacked(content, f"{name}.json")
        return None

    async def _of_queue(self, commit: str) -> list[int]:
        path = f"/repos/{self.repository}/actions/workflows/{self.workflow}/runs"
        answer = await self.forge.ask("GET", path, params={"event": QUEUE, "head_sha": commit, "per_page": PER_PAGE})
        return sorted((run["id"] for run in answer["workflow_runs"] if self._counts(run, commit)), reverse=True)

    def _counts(self, run: Mapping[str, Any], commit: str) -> bool:
        home = (run["head_repository"] or {}).get("full_name")
        return (run["event"], run["head_sha"], home) == (QUEUE, commit, self.repository)

    async def _artifact(self, run: int, name: str) -> int | None:
        path = f"/repos/{self.repository}/actions/runs/{run}/artifacts"
        answer = await self.forge.ask("GET", path, params={"name": name, "per_page": PER_PAGE})
        kept = [entry["id"] for entry in answer["artifacts"] if entry["name"] == name and not entry["expired"]]
        return max(kept, default=None)


def unpacked(content: bytes, name: str) -> str:
    """The text of a file in a zip; VendorError where it is not there, or larger than any plan."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(name) as file:
            text = file.read(MAX_PLAN_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError):
        raise VendorError(f"GitHub: the stored plan holds no readable {name}; look at the queue's run") from None
    if len(text) > MAX_PLAN_BYTES:
        raise VendorError(f"GitHub: the stored {name} is larger than {MAX_PLAN_BYTES:,} bytes; look at the queue's run")
    return text.decode(errors="replace")
