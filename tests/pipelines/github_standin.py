"""A stand-in for GitHub's REST API over loopback, and for GitLab's notes, in the shapes of their descriptions.

Sources: https://docs.github.com/en/rest/issues (issues, comments, labels): pages of at most 100, a filter `state`, pull
requests among the issues, 403 for a token without the permission, Retry-After with secondary limits, 422 for a body
that is too long; https://docs.github.com/en/rest/pulls/review-requests: 422 for whoever is no collaborator;
https://docs.gitlab.com/api/notes and /api/users.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx

from monitoring.vendors.client import Client, Patience

BOT = "github-actions[bot]"
REPOSITORY = "youragency/monitoring"
TOKEN = "a token of the tests"
NOW = 1_764_000_000.0
CHANGE = 7
"""The number of the one pull request, and of the one merge request."""
NOTES = f"/projects/{REPOSITORY.replace('/', '%2F')}/merge_requests/{CHANGE}/notes"
LOGIN = "review-bot"
"""Whose token it is at GitLab."""


@dataclass
class Refused:
    """An answer that stands before the real one, `times` times."""

    method: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False
    message: str = "no"


@dataclass
class GitHubStandIn:
    """The issues, what was asked, and what goes wrong; `before` is called before each answer."""

    issues: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    before: Callable[[str], None] = field(default=lambda _call: None)
    lock: threading.Lock = field(default_factory=threading.Lock)
    address: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    collaborators: tuple[str, ...] = ("ana", "ben")
    longest: int = 65_536
    runs: list[dict[str, Any]] = field(default_factory=list)
    stored: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """By the name of an artifact its run's id and what it holds as a zip."""
    expired: tuple[str, ...] = ()
    store: str = ""
    """Where the store of artifacts answers; GitHub's is another host."""
    redirect: str = ""
    """Where every question is sent on to, if anywhere."""

    def add(
        self, title: str, body: str | None, *, author: str = BOT, state: str = "open", request: bool = False
    ) -> int:
        """Put an issue there; its number."""
        number = len(self.issues) + 1
        issue = {"number": number, "title": title, "body": body, "state": state, "user": {"login": author}}
        self.issues.append(issue | ({"pull_request": {}} if request else {}))
        return number

    def comment(self, body: str, *, author: str = BOT) -> int:
        """Put a comment under the change; its number."""
        number = len(self.comments) + 1
        person = {"user": {"login": author}, "author": {"username": author}}
        address = f"https://github.com/{REPOSITORY}/pull/{CHANGE}#issuecomment-{number}"
        self.comments.append({"id": number, "body": body, "html_url": address, **person})
        return number

    def bodies(self, begin: str) -> list[str]:
        """The comments that begin with a text."""
        return [comment["body"] for comment in self.comments if comment["body"].startswith(begin)]

    def raise_problems(self, method: str, status: int, **words: Any) -> None:
        """Let a method be refused."""
        self.refusals.append(Refused(method, status, **words))

    def issue(self, number: int) -> dict[str, Any]:
        """An issue."""
        return self.issues[number - 1]

    def open(self) -> list[int]:
        """The numbers of the open issues."""
        return [issue["number"] for issue in self.issues if issue["state"] == "open"]

    def answer(self, method: str, path: str, token: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        """Status, headers and content of the answer."""
        self.before(f"{method} {path}")
        with self.lock:
            self.calls.append(f"{method} {path}")
            refusal = next((each for each in self.refusals if each.method == method and each.times), None)
            if refusal and not refusal.after:
                return self._refused(refusal)
            given = self._given(method, path, token, body)
            return self._refused(refusal) if refusal else given

    def _refused(self, refusal: Refused) -> tuple[int, dict[str, str], Any]:
        refusal.times -= 1
        return refusal.status, refusal.headers, {"message": refusal.message}

    def _given(self, method: str, path: str, token: str, body: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        if self.redirect:
            return 301, {"location": f"{self.redirect}{path}"}, {"message": "Moved Permanently"}
        parts = urlsplit(path)
        root = f"/repos/{REPOSITORY}/issues"
        if token not in (f"Bearer {TOKEN}", TOKEN):
            return 401, {}, {"message": f"Bad credentials {token}"}
        if parts.path.startswith(f"/repos/{REPOSITORY}/actions/"):
            return self._of_runs(parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()})
        if parts.path.startswith((f"{root}/{CHANGE}/", f"{root}/comments/", f"/repos/{REPOSITORY}/pulls", "/projects")):
            wanted = {name: values[0] for name, values in parse_qs(parts.query).items()}
            return self._of_change(method, parts.path, wanted, body)
        match (method, parts.path.removeprefix(root)):
            case ("GET", "/user"):
                return 200, {}, {"username": LOGIN}
            case ("GET", ""):
                return 200, {}, self._page({name: values[0] for name, values in parse_qs(parts.query).items()})
            case ("POST", ""):
                return 201, {}, self.issue(self.add(body["title"], body["body"]))
            case ("PATCH", number):
                self.issue(int(number[1:])).update(body)
                return 200, {}, self.issue(int(number[1:]))
            case _:
                return 404, {}, {"message": "Not Found"}

    def _of_change(
        self, method: str, path: str, wanted: dict[str, str], body: dict[str, Any]
    ) -> tuple[int, dict[str, str], Any]:
        """What is under the one change; a path that neither description has is refused."""
        if len(body.get("body", "")) > self.longest:
            return 422, {}, {"message": "Validation Failed", "errors": [{"field": "body", "code": "too_long"}]}
        issues, pulls = f"/repos/{REPOSITORY}/issues", f"/repos/{REPOSITORY}/pulls/{CHANGE}"
        lists = {
            f"{issues}/{CHANGE}/comments": self.comments,
            NOTES: self.comments,
            f"{issues}/{CHANGE}/labels": [{"name": name} for name in self.labels],
        }
        size, number = int(wanted.get("per_page", 30)), int(wanted.get("page", 1))
        author = LOGIN if path.startswith("/projects") else BOT
        match method, path, path.rpartition("/")[2]:
            case "GET", _, _ if path in lists:
                return 200, {}, lists[path][(number - 1) * size : number * size]
            case "POST", _, "comments" | "notes" if path in lists:
                return 201, {}, self.comments[self.comment(body["body"], author=author) - 1]
            case ("PATCH", _, id_) | ("PUT", _, id_) if path in (f"{issues}/comments/{id_}", f"{NOTES}/{id_}"):
                self.comments[int(id_) - 1].update(body)
                return 200, {}, self.comments[int(id_) - 1]
            case "PUT", _, _ if path == NOTES.removesuffix("/notes"):
                gone = body["remove_labels"].split(",")
                kept = [name for name in self.labels if name not in (*gone, body["add_labels"])]
                self.labels[:] = [*kept, body["add_labels"]]
                return 200, {}, {"labels": self.labels}
            case "POST", _, "labels" if path in lists:
                self.labels.extend(body["labels"])
                return 200, {}, lists[path]
            case "DELETE", _, name if path.startswith(f"{issues}/{CHANGE}/labels/") and unquote(name) in self.labels:
                self.labels.remove(unquote(name))
                return 200, {}, [{"name": name} for name in self.labels]
            case "POST", _, "requested_reviewers" if path == f"{pulls}/requested_reviewers":
                if set(body["reviewers"]) <= set(self.collaborators):
                    self.reviewers.extend(body["reviewers"])
                    return 201, {}, {}
                return 422, {}, {"message": "Reviews may only be requested from collaborators."}
            case _:
                return 404, {}, {"message": "Not Found"}

    def _of_runs(self, path: str, wanted: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        """The runs of a workflow, their artifacts, and the address at which one lies."""
        actions = f"/repos/{REPOSITORY}/actions"
        artifacts = [
            {"id": index, "name": name, "expired": name in self.expired, "run": run}
            for index, (name, (run, _)) in enumerate(self.stored.items())
        ]
        match path.removeprefix(actions).split("/")[1:]:
            case ["workflows", "preview.yml", "runs"]:
                kept = [run for run in self.runs if run["event"] == wanted["event"]]
                return 200, {}, {"total_count": len(kept), "workflow_runs": kept}
            case ["runs", number, "artifacts"]:
                chosen = [each for each in artifacts if (each["run"], each["name"]) == (int(number), wanted["name"])]
                return 200, {}, {"total_count": len(chosen), "artifacts": chosen}
            case ["artifacts", number, "zip"]:
                return 302, {"location": f"{self.store}/{list(self.stored)[int(number)]}.zip"}, None
            case _:
                return 404, {}, {"message": "Not Found"}

    def _page(self, wanted: dict[str, str]) -> list[dict[str, Any]]:
        size, number = int(wanted.get("per_page", 30)), int(wanted.get("page", 1))
        kept = [issue for issue in reversed(self.issues) if issue["state"] == wanted.get("state", "open")]
        return kept[(number - 1) * size : number * size]


def patient_client(http: httpx.AsyncClient, waits: list[float] | None = None) -> Client:
    """A client whose waits are noted and not waited."""

    async def wait(seconds: float) -> None:
        if waits is not None:
            waits.append(seconds)

    return Client(http, Patience(), wait, lambda: NOW)


@contextmanager
def listening(github: GitHubStandIn) -> Iterator[GitHubStandIn]:
    """The stand-in, with the address at which it listens."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(length) or b"{}")
            token = self.headers.get("authorization", self.headers.get("private-token", ""))
            status, headers, content = github.answer(self.command, self.path, token, body)
            text = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(text))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815  the names that http.server looks for

        def log_message(self, *_words: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        github.address = f"http://127.0.0.1:{server.server_port}"
        yield github
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
