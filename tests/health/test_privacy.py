"""Nothing that a dependency says reaches the public or a log line, whatever it says and wherever it puts it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo

from monitoring.health import HealthCheck, HealthRegistry, health_app, probes
from monitoring.health.fakes import raising
from monitoring.health.logs import JsonLines, to_stream
from monitoring.health.masking import VOCABULARY
from tests.health.factories import HANGS_FOR_SECONDS, PATIENCE_SECONDS, long_deadlines
from tests.health.postgres_server import PostgresServer
from tests.health.standins import standin

PATHS = ["/api/health?type=full", "/readyz", "/livez", "/api/health?type=unknown", "/api/health?type=liveness"]
HEADERS = [{}, {"authorization": "Bearer wrong-wrong-wrong-wrong"}]

_words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=8, max_size=20).filter(
    lambda word: word not in VOCABULARY and not any(known in word for known in VOCABULARY if len(known) > 5)
)
PLANTED = st.one_of(
    _words.map(lambda word: f"{word}@youragency.com"),
    _words.map(lambda word: f"db-{word}.internal.youragency.com"),
    _words.map(lambda word: f"sk_live_{word}"),
    _words.map(lambda word: f"eyJhbGciOiJIUzI1NiJ9.{word}.{word[::-1]}"),
    _words.map(lambda word: f"postgresql://admin:{word}@10.1.2.3:5432/customers"),
    _words.map(lambda word: f"select-{word}-from"),
    _words,
)


def sentences(planted: str) -> list[str]:
    """Where a secret stands in what real libraries say."""
    return [
        planted,
        f'connection to server at "{planted}", port 5432 failed: timeout expired',
        f"SELECT * FROM tenants WHERE token = '{planted}' -- failed",
        f"password={planted} is wrong",
        f"[Errno 111] Connection refused: ('{planted}', 443)",
        f"line 1\nauthorization: Bearer {planted}\r\nx",
        f"({planted})",
        f"error:{planted}",
        f"timeout.{planted}",
        f"\x1b[31m{planted}\x1b[0m",
    ]


def chained(text: str) -> BaseException:
    """An exception with the text in its cause, its context, its group and its notes."""
    error = ValueError(text)
    error.__cause__ = ExceptionGroup(text, [KeyError(text), OSError(5, text, text)])
    error.__context__ = UnicodeDecodeError("utf-8", text.encode(), 0, 1, text)
    error.add_note(text)
    return error


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Everything that any logger says meanwhile, as the service writes it and as an application would."""
    stream = io.StringIO()
    plain, structured = logging.StreamHandler(stream), logging.StreamHandler(stream)
    structured.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    for handler in (plain, structured):
        root.addHandler(handler)
    try:
        yield stream
    finally:
        root.setLevel(level)
        for handler in (plain, structured):
            root.removeHandler(handler)


async def everything_public(registry: HealthRegistry) -> str:
    """Every public byte: status lines, headers and bodies of every answer."""
    public = []
    transport = httpx.ASGITransport(app=health_app(registry, token="the-right-token-of-the-registry"))
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        for path in PATHS:
            for headers in HEADERS:
                for method in ("GET", "HEAD", "POST"):
                    response = await client.request(method, path, headers=headers)
                    public.append(f"{response.status_code} {response.headers.raw!r} {response.content!r}")
    return "\n".join(public)


def check(name: str, probe: Any) -> HealthCheck:
    critical = name == "database"
    with long_deadlines():
        return HealthCheck(name, probe, critical, deadline=HANGS_FOR_SECONDS, keep_for=0.0, keep_failure_for=0.0)


def a_registry(*checks: HealthCheck) -> HealthRegistry:
    return HealthRegistry(checks, deadline=PATIENCE_SECONDS)


async def by_exceptions(planted: str) -> str:
    """What comes out of probes whose exceptions carry the secret."""
    errors: list[Callable[[str], BaseException]] = [ValueError, SystemExit, chained]
    checks = [
        check(f"part-{m}-{n}", raising(error(text)))
        for m, error in enumerate(errors)
        for n, text in enumerate(sentences(planted))
    ]
    return await everything_public(a_registry(check("database", raising(KeyError(planted))), *checks))


async def by_answers(planted: str, fault: str) -> str:
    """What comes out of a probe whose vendor says the secret in its status line, headers and body."""
    headers = (("Server", planted), ("X-Request", planted), ("Set-Cookie", f"session={planted}"))
    async with standin(
        fault=fault, content={"error": planted, planted: [planted]}, headers=headers, reason=planted
    ) as it:
        probe = probes.stripe(secret_key=planted, base=it.url)
        return await everything_public(a_registry(check("database", probe), check("payments", probe)))


async def by_database(planted: str, cluster: PostgresServer) -> str:
    """What comes out of a probe whose database repeats the secret in its refusal."""
    conninfo = make_conninfo(cluster.conninfo, dbname=planted, application_name=planted)
    return await everything_public(a_registry(check("database", probes.postgres(conninfo))))


def leaks(planted: str, public: str) -> bool:
    return any(part in public for part in {planted, planted.lower(), repr(planted)[1:-1]})


@settings(max_examples=40)
@given(planted=PLANTED)
def test_what_exceptions_carry_stays_inside(planted: str) -> None:
    with logged() as log:
        public = asyncio.run(by_exceptions(planted))
    assert not leaks(planted, public)
    assert not leaks(planted, log.getvalue())
    assert "probe of part-2-0 raised" in log.getvalue()


@settings(max_examples=12)
@given(
    planted=PLANTED, fault=st.sampled_from(["none", "401", "429", "500", "endless redirect", "bad JSON", "not HTTP"])
)
def test_what_vendors_answer_stays_inside(planted: str, fault: str) -> None:
    with logged() as log:
        public = asyncio.run(by_answers(planted, fault))
    assert not leaks(planted, public)
    assert not leaks(planted, log.getvalue())


@settings(max_examples=15)
@given(planted=PLANTED.filter(lambda planted: not planted.startswith("postgresql:")))
def test_what_the_database_says_stays_inside(cluster: PostgresServer, planted: str) -> None:
    with logged() as log:
        public = asyncio.run(by_database(planted, cluster))
    assert not leaks(planted, public)
    assert not leaks(planted, log.getvalue())
    assert "psycopg.OperationalError" in log.getvalue()


def test_the_search_finds_a_leak_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: with masking off the log leaks, with details open to all the public sees it."""
    monkeypatch.setattr("monitoring.health.masking.masked", str)
    monkeypatch.setattr("monitoring.health.app._nobody", lambda _scope: True)
    monkeypatch.setattr("monitoring.health.app._bearer", lambda _token: lambda _scope: True)
    planted = "sk_live_0123456789"
    with logged() as log:
        public = asyncio.run(by_exceptions(planted))
    assert leaks(planted, public)
    assert leaks(planted, log.getvalue())


def test_the_search_finds_what_client_libraries_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control of the quiet: without it httpx logs the vendor's own words."""
    monkeypatch.setattr("monitoring.health.log_suppression._outside_a_probe", lambda _record: True)
    for name in ("httpx", "httpcore.http11"):
        monkeypatch.setattr(logging.getLogger(name), "filters", [])
    with logged() as log:
        asyncio.run(by_answers("sk_live_0123456789", "500"))
    assert leaks("sk_live_0123456789", log.getvalue())


def test_a_foreign_record_keeps_harmless_words_only() -> None:
    with logged() as log:
        logging.getLogger("uvicorn.error").error(
            "connection to %s refused", "db.internal", exc_info=ValueError("planted")
        )
    line = log.getvalue().splitlines()[-1]
    assert '"message": "connection to ••• refused"' in line
    assert "planted" not in line


def test_every_record_of_the_process_becomes_a_line_of_json() -> None:
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        to_stream(stream)
        logging.getLogger("monitoring.health").info("component database is pass")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    assert json.loads(stream.getvalue())["message"] == "component database is pass"
