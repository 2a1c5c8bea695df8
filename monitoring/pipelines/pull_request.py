"""A change at its forge beside its comments: one label of ours, and at GitHub who is asked to look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from monitoring.pipelines.forge import Forge, RefusedError

LABELS: Mapping[str, str] = {
    "high": "alerting: high risk",
    "medium": "alerting: medium risk",
    "low": "alerting: low risk",
    "none": "alerting: no effect",
}
"""The only labels that are ever set or taken away, by the gravest risk of a review."""


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request: its repository as OWNER/NAME, its number, and its author's login."""

    forge: Forge
    repository: str
    number: int
    author: str

    async def label(self, risk: str) -> str:
        """Lets exactly one of our labels stand there; other people's labels stay. Says in a sentence which."""
        path, wanted = f"/repos/{self.repository}/issues/{self.number}/labels", LABELS[risk]
        names = {entry["name"] for entry in await self.forge.pages(path)}
        for name in sorted(names & set(LABELS.values()) - {wanted}):
            await self._take_away(f"{path}/{quote(name, safe='')}")
        if wanted not in names:
            await self.forge.ask("POST", path, json={"labels": [wanted]})
        return f'labelled "{wanted}"'

    async def _take_away(self, path: str) -> None:
        """Takes a label away; another run may have done so a moment before."""
        try:
            await self.forge.ask("DELETE", path)
        except RefusedError as error:
            if error.status != 404:
                raise

    async def ask_for_reviews(self, logins: Sequence[str]) -> str:
        """Asks people for a review, one by one: GitHub refuses a whole list for a single one who is no collaborator.

        The author is not asked: nobody reviews a change of their own.
        """
        chosen = [login for login in logins if login.lower() != self.author.lower()]
        refused = [login for login in chosen if not await self._is_asked(login)]
        requested = [login for login in chosen if login not in refused]
        rest = f"; not asked, because they are no collaborators: {', '.join(refused)}" if refused else ""
        return f"asked for a review: {', '.join(requested) or 'nobody'}{rest}"

    async def _is_asked(self, login: str) -> bool:
        path = f"/repos/{self.repository}/pulls/{self.number}/requested_reviewers"
        try:
            await self.forge.ask("POST", path, json={"reviewers": [login]})
        except RefusedError as error:
            if error.status != 422:
                raise
            return False
        return True


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """A merge request at GitLab: its project's path or id, and its number in it."""

    forge: Forge
    project: str
    number: int

    async def label(self, risk: str) -> str:
        """Lets exactly one of our labels stand there; other people's labels stay. Says in a sentence which.

        One question adds and takes away, and passes over what is so already. GitLab lets a role from Developer on
        change a merge request, and Reporter only write notes, so a refusal is said and is no failure. Sources:
        docs.gitlab.com/api/merge_requests (add_labels, remove_labels), GitLab's app/policies/project_policy.rb
        (update_merge_request).
        """
        path = f"/projects/{quote(self.project, safe='')}/merge_requests/{self.number}"
        wanted, others = LABELS[risk], [label for key, label in LABELS.items() if key != risk]
        try:
            await self.forge.ask("PUT", path, json={"add_labels": wanted, "remove_labels": ",".join(others)})
        except RefusedError as error:
            if error.status != 403:
                raise
            return f'not labelled "{wanted}": GitLab refuses it; give {self.forge.token_variable} the role Developer'
        return f'labelled "{wanted}"'
