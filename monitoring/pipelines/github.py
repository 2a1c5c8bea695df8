"""The issues of a repository at GitHub, as far as one issue needs them: list, create, change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitoring.pipelines.forge import Forge


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue that is open."""

    number: int
    title: str
    body: str
    author: str


@dataclass(frozen=True, slots=True)
class IssueTracker:
    """The issues of one repository."""

    forge: Forge
    repository: str

    async def open_by(self, author: str) -> list[OpenIssue]:
        """Every open issue of an author, over all pages; a pull request is none."""
        entries = await self.forge.pages(self._path, state="open")
        issues = [_issue(entry) for entry in entries if "pull_request" not in entry]
        return [issue for issue in issues if issue.author == author]

    async def create(self, title: str, body: str) -> OpenIssue:
        """A new issue; where an answer was lost on the way there may be two."""
        return _issue(await self.forge.ask("POST", self._path, json={"title": title, "body": body}))

    async def change(self, number: int, **fields: str) -> None:
        """Changes an issue's title, body, state or the reason of its state."""
        await self.forge.ask("PATCH", f"{self._path}/{number}", json=fields)

    @property
    def _path(self) -> str:
        return f"/repos/{self.repository}/issues"


def _issue(entry: Mapping[str, Any]) -> OpenIssue:
    return OpenIssue(entry["number"], entry["title"], entry["body"] or "", entry["user"]["login"])
