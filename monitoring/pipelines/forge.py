"""GitHub's and GitLab's REST APIs, as far as a pipeline writes there: patient, bounded, and silent about the token.

Sources: docs.github.com/en/rest (issues, comments, labels, review requests), docs.gitlab.com/api/notes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitoring.errors import UsageError, VendorError
from monitoring.vendors.access import Vendor
from monitoring.vendors.client import Client, WholeAnswer, asked_again, endless, fetched
from monitoring.vendors.origin import require_private

VERSION = "2022-11-28"
PER_PAGE = 100
"""The most that GitHub and GitLab give in one page."""
MAX_WORDS = 200
"""Characters of a forge's own reason that a message repeats."""
REMEDIES: Mapping[int, str] = {
    401: "give the job a valid token in {token}",
    403: "give the job the permission {permission}",
    404: "see that the address is right and that the token may read it",
    410: "switch this on in the repository's settings",
    422: "see that the repository takes this from the token",
}
REDIRECTED = "it answers with another address, to which no token is sent; correct the repository's name"


class RefusedError(VendorError):
    """A forge refuses; `status` is its answer's."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


class LostAnswerError(VendorError):
    """Nobody knows whether a forge did what it was asked once."""


@dataclass(frozen=True, slots=True)
class Forge:
    """A place that hosts repositories: who asks it, the variable that holds the token, and the permission needed."""

    client: Client
    vendor: Vendor
    token_variable: str
    permission: str

    async def pages(self, path: str, **query: str) -> list[Mapping[str, Any]]:
        """Every entry of a list, over all its pages. Raises VendorError where it does not end."""
        entries: list[Mapping[str, Any]] = []
        for number in range(1, self.client.patience.pages + 1):
            page = await self.ask("GET", path, params={**query, "per_page": PER_PAGE, "page": number})
            entries.extend(page)
            if len(page) < PER_PAGE:
                return entries
        raise endless(self.vendor, path, self.client.patience)

    async def ask(self, method: str, path: str, **request: Any) -> Any:
        """The JSON of an answer to what may be asked again. Raises VendorError where it is refused or does not come."""
        answer = await asked_again(self.client, self.vendor, method, f"{self.vendor.address}{path}", **request)
        return self._accepted(method, path, answer)

    async def download(self, path: str) -> bytes:
        """What lies at the one address that an answer sends on to, which gets no token."""
        answer = await fetched(self.client, self.vendor, f"{self.vendor.address}{path}")
        if not 300 <= answer.status < 400:
            raise RefusedError(self._refusal("GET", path, answer), answer.status)
        address = str(answer.url.join(answer.headers.get("location", "")))
        stored = await fetched(self.client, Vendor(f"{self.vendor.name}'s store", address, {}), address)
        if stored.status != 200:
            raise VendorError(f"{self.vendor.name}'s store: answered {stored.status}; run this again")
        return stored.content

    async def create_once(self, path: str, body: Mapping[str, Any]) -> Any:
        """The JSON of what is created, asked once. Raises LostAnswerError where nobody knows whether it was."""
        once = replace(self.client, patience=replace(self.client.patience, attempts=1))
        try:
            answer = await asked_again(once, self.vendor, "POST", f"{self.vendor.address}{path}", json=body)
        except VendorError as error:
            raise LostAnswerError(str(error)) from None
        return self._accepted("POST", path, answer)

    def _accepted(self, method: str, path: str, answer: WholeAnswer) -> Any:
        if not 200 <= answer.status < 300:
            raise RefusedError(self._refusal(method, path, answer), answer.status)
        try:
            return json.loads(answer.content or b"null")
        except (ValueError, RecursionError):
            raise VendorError(f"{self.vendor.name}: the answer is not JSON; look at its status page") from None

    def _refusal(self, method: str, path: str, answer: WholeAnswer) -> str:
        status = answer.status
        remedy = REMEDIES.get(status, "look at its status page")
        if 300 <= status < 400:
            remedy = REDIRECTED
        remedy = remedy.format(token=self.token_variable, permission=self.permission)
        return f"{self.vendor.name} refuses {method} {path}: {status} {self._reason(answer)}; {remedy}"

    def _reason(self, answer: WholeAnswer) -> str:
        """The forge's own words on one line, without the token, whoever put it there."""
        try:
            words = str(json.loads(answer.content)["message"])
        except (ValueError, KeyError, TypeError, RecursionError):
            words = "without a reason"
        for value in self.vendor.headers.values():
            words = words.replace(value.removeprefix("Bearer "), "[token]")
        return f'"{" ".join(words.split())[:MAX_WORDS]}"'


def github_address() -> str:
    """Where GitHub's API answers: GitHub names its own server to each job."""
    return os.environ.get("GITHUB_API_URL") or "https://api.github.com"


def github(client: Client, address: str, token: str, permission: str) -> Forge:
    """GitHub's API at an address; UsageError for one that no token is sent to."""
    require_private(address, named_by="GITHUB_API_URL")
    headers = {
        "authorization": f"Bearer {_sendable(token, 'GITHUB_TOKEN')}",
        "accept": "application/vnd.github+json",
        "x-github-api-version": VERSION,
    }
    return Forge(client, Vendor("GitHub", address.rstrip("/"), headers), "GITHUB_TOKEN", permission)


def gitlab(client: Client, address: str, token: str) -> Forge:
    """GitLab's API at an address; UsageError for one that no token is sent to."""
    require_private(address, named_by="CI_API_V4_URL")
    headers = {"private-token": _sendable(token, "GITLAB_TOKEN")}
    return Forge(client, Vendor("GitLab", address.rstrip("/"), headers), "GITLAB_TOKEN", "api")


def _sendable(token: str, variable: str) -> str:
    """The token itself; UsageError for one that no header can carry."""
    if not token.isascii() or not token.isprintable() or token != token.strip():
        raise UsageError(f"{variable} has a character that no token has; copy the token again")
    return token
