"""A stand-in for GitHub's REST API over loopback: the issues of one repository, in the shapes of its description.

Source: https://docs.github.com/en/rest/issues/issues: pages of at most 100, a filter `state`, pull
requests among the issues, 403 for a token without the permission, Retry-After with secondary limits.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"
REPOSITORY = "youragency/monitoring"
TOKEN = "a token of the tests"


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

    def add(
        self, title: str, body: str | None, *, author: str = BOT, state: str = "open", request: bool = False
    ) -> int:
        """Put an issue there; its number."""
        number = len(self.issues) + 1
        issue = {"number": number, "title": title, "body": body, "state": state, "user": {"login": author}}
        self.issues.append(issue | ({"pull_request": {}} if request else {}))
        return number

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
        parts = urlsplit(path)
        root = f"/repos/{REPOSITORY}/issues"
        if token != f"Bearer {TOKEN}":
            return 401, {}, {"message": "Bad credentials"}
        match (method, parts.path.removeprefix(root)):
            case ("GET", ""):
                return 200, {}, self._page({name: values[0] for name, values in parse_qs(parts.query).items()})
            case ("POST", ""):
                return 201, {}, self.issue(self.add(body["title"], body["body"]))
            case ("PATCH", number):
                self.issue(int(number[1:])).update(body)
                return 200, {}, self.issue(int(number[1:]))
            case _:
                return 404, {}, {"message": "Not Found"}

    def _page(self, wanted: dict[str, str]) -> list[dict[str, Any]]:
        size, number = int(wanted.get("per_page", 30)), int(wanted.get("page", 1))
        kept = [issue for issue in reversed(self.issues) if issue["state"] == wanted.get("state", "open")]
        return kept[(number - 1) * size : number * size]


@contextmanager
def listening(github: GitHubStandIn) -> Iterator[GitHubStandIn]:
    """The stand-in, with the address at which it listens."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(length) or b"{}")
            token = self.headers.get("authorization", "")
            status, headers, content = github.answer(self.command, self.path, token, body)
            text = json.dumps(content).encode()
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(text))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815  the names that http.server looks for

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
