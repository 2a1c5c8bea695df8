"""GitHub's REST API, as far as one issue needs it: list, create, change; patient where GitHub asks for patience."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from monitoring.errors import UsageError

VERSION = "2022-11-28"
PER_PAGE = 100
"""The most that GitHub gives in one page."""
ATTEMPTS = 4
MAX_PAUSE_SECONDS = 60.0
"""The longest pause between two attempts; whoever asks for more gets the next nightly run."""
REMEDIES: Mapping[int, str] = {
    401: "give the job a token in GITHUB_TOKEN",
    403: "give the job the permission issues: write",
    404: "see that the repository exists and that the token may read it",
    410: "switch issues on in the repository's settings",
    422: "see that the repository takes issues from this token",
}


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue that is open."""

    number: int
    title: str
    body: str
    author: str


@dataclass(frozen=True, slots=True)
class IssueTracker:
    """The issues of one repository; `wait` gets seconds."""

    client: httpx.Client
    repository: str
    wait: Callable[[float], None]

    def open_by(self, author: str) -> Iterator[OpenIssue]:
        """Every open issue of an author, over all pages; a pull request is none."""
        for number in count(1):
            page = self._ask("GET", "", params={"state": "open", "per_page": PER_PAGE, "page": number})
            issues = (_issue(entry) for entry in page if "pull_request" not in entry)
            yield from (issue for issue in issues if issue.author == author)
            if len(page) < PER_PAGE:
                return

    def create(self, title: str, body: str) -> OpenIssue:
        """A new issue."""
        return _issue(self._ask("POST", "", json={"title": title, "body": body}))

    def change(self, number: int, **fields: str) -> None:
        """Changes an issue's title, body, state or the reason of its state."""
        self._ask("PATCH", f"/{number}", json=fields)

    def _ask(self, method: str, path: str, **words: Any) -> Any:
        """What GitHub answers, as data. Raises UsageError where it refuses, or does not answer after some attempts."""
        for attempt in range(1, ATTEMPTS + 1):
            answer = self._once(method, f"/repos/{self.repository}/issues{path}", **words)
            if isinstance(answer, httpx.Response) and not _passes(answer):
                return _accepted(answer)
            if attempt < ATTEMPTS:
                self.wait(_pause(answer, attempt))
        raise UsageError(f"GitHub did not answer {ATTEMPTS} times: {_reason(answer)}; run this again later")

    def _once(self, method: str, path: str, **words: Any) -> httpx.Response | httpx.TransportError:
        try:
            return self.client.request(method, path, **words)
        except httpx.TransportError as error:
            return error


def client(address: str, token: str) -> httpx.Client:
    """A client for GitHub's API at an address."""
    headers = {
        "authorization": f"Bearer {token}",
        "accept": "application/vnd.github+json",
        "x-github-api-version": VERSION,
    }
    return httpx.Client(base_url=address, headers=headers, timeout=30.0)


def _passes(answer: httpx.Response) -> bool:
    """Whether waiting helps: GitHub is ill, or asks for less haste (a secondary limit is a 403 or a 429)."""
    hurried = "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"
    return answer.status_code >= 500 or answer.status_code == 429 or (answer.status_code == 403 and hurried)


def _pause(answer: httpx.Response | httpx.TransportError, attempt: int) -> float:
    seconds = answer.headers.get("retry-after", "") if isinstance(answer, httpx.Response) else ""
    return min(float(seconds) if seconds.isdigit() else 2.0**attempt, MAX_PAUSE_SECONDS)


def _accepted(answer: httpx.Response) -> Any:
    if answer.is_success:
        return answer.json()
    remedy = REMEDIES.get(answer.status_code, "see https://docs.github.com/en/rest/issues")
    raise UsageError(f"GitHub refuses {answer.request.method} {answer.request.url.path}: {_reason(answer)}; {remedy}")


def _reason(answer: httpx.Response | httpx.TransportError) -> str:
    if isinstance(answer, httpx.TransportError):
        return f"{type(answer).__name__}: {answer}"
    try:
        words = answer.json()["message"]
    except (ValueError, KeyError, TypeError):
        words = answer.reason_phrase
    return f'{answer.status_code} "{words}"'


def _issue(entry: Mapping[str, Any]) -> OpenIssue:
    return OpenIssue(entry["number"], entry["title"], entry["body"] or "", entry["user"]["login"])
