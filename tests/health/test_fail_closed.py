"""Whatever a probe returns, raises or refuses: a critical component that does not pass is never 200."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from monitoring.health import HealthRegistry, ProbeError, Reading, Status, contract
from monitoring.health.masking import brief, whole
from monitoring.health.threads import EscapeError, in_own_thread
from tests.health.factories import PATIENCE_SECONDS, a_check, a_client
from tests.health.postgres_server import free_port
from tests.health.waiting import wait_for

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]


class EvilTextError(Exception):
    """An exception whose text ends the process."""

    def __str__(self) -> str:
        raise SystemExit(1)


class EvilNumberError(OSError):
    """An exception whose number cannot be read."""

    @property
    def errno(self) -> int:  # type: ignore[override]
        raise RuntimeError("planted")


class EvilCauseError(Exception):
    """An exception whose cause cannot be read."""

    @property
    def __cause__(self) -> BaseException:  # type: ignore[override]
        raise RuntimeError("planted")


class EvilWord(str):
    """A word that cannot be compared."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, _other: object) -> bool:
        raise RuntimeError("planted")


class BareError(ProbeError):
    """A verdict that forgot to say what it is."""

    def __init__(self) -> None:
        Exception.__init__(self)


class Nobody:
    """A thing that does not say what it is."""

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        raise RuntimeError("planted")


class Changed(Reading):
    """A reading that changes after it was checked."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "status", "great")


def returning(value: Any) -> Callable[[], Any]:
    async def probe() -> Any:
        return value

    return probe


def raising(error: BaseException) -> Callable[[], Any]:
    async def probe() -> Any:
        raise error

    return probe


def in_a_thread(error: BaseException) -> Callable[[], Any]:
    def probe() -> Any:
        raise error

    return probe


NOT_PASSING = {
    "a reading that says fail as a word": returning(Reading("fail")),  # type: ignore[arg-type]
    "a reading that says another word": returning(Reading("great")),  # type: ignore[arg-type]
    "a reading that says nothing": returning(Reading("")),  # type: ignore[arg-type]
    "a reading that says None": returning(Reading(None)),  # type: ignore[arg-type]
    "a reading that says a number": returning(Reading(200)),  # type: ignore[arg-type]
    "a reading that says a list": returning(Reading([])),  # type: ignore[arg-type]
    "a reading that is changed afterwards": returning(Changed()),
    "a verdict that says fail as a word": raising(ProbeError("x", status="fail")),  # type: ignore[arg-type]
    "a verdict that says another word": raising(ProbeError("x", status="great")),  # type: ignore[arg-type]
    "a verdict whose message is none": raising(ProbeError(None)),  # type: ignore[arg-type]
    "a verdict without words": raising(BareError()),
    "a verdict that says a word that cannot be compared": raising(ProbeError("x", status=EvilWord("pass"))),  # type: ignore[arg-type]
    "an exception whose text ends the process": raising(EvilTextError()),
    "an exception whose text ends the process, in a thread": in_a_thread(EvilTextError()),
    "an exception whose number cannot be read": raising(EvilNumberError()),
    "an exception whose cause cannot be read": raising(EvilCauseError()),
    "a group of such": raising(ExceptionGroup("g", [EvilTextError(), EvilNumberError()])),
    "the end of an iteration": in_a_thread(StopIteration()),
    "the end of an iteration that is awaited": raising(StopAsyncIteration()),
    "the end of the process": in_a_thread(SystemExit(0)),
    "a word": returning("pass"),
    "a status that is no reading": returning(Status.PASS),
    "true": returning(True),
    "a thing that does not say what it is": returning(Nobody()),
}


@pytest.mark.parametrize("outcome", NOT_PASSING)
async def test_what_is_no_pass_is_503(outcome: str) -> None:
    calls = 0

    async def probe() -> Any:
        nonlocal calls
        calls += 1
        made = NOT_PASSING[outcome]()
        return await made if asyncio.iscoroutine(made) else made

    registry = HealthRegistry([a_check(probe=probe, keep_failure_for=60.0)], deadline=PATIENCE_SECONDS)
    async with a_client(registry, token="a-token-long-enough-to-keep") as client:
        answers = [await client.get("/readyz", headers=headers) for headers in HEADERS]
    assert {answer.status_code for answer in answers} == {503}
    assert answers[0].json() == {"status": "fail", "checks": {"database": [{"status": "fail"}]}}
    assert answers[1].json()["checks"]["database"][0]["status"] == "fail"
    assert calls == 1, "the outcome is kept"


HEADERS: list[dict[str, str]] = [{}, {"authorization": "Bearer a-token-long-enough-to-keep"}]


async def test_a_word_that_is_a_status_counts_as_it() -> None:
    assert Reading("warn").status is Status.WARN  # type: ignore[arg-type]
    assert Reading(note=7).note == ""  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["great", "", None, 3, "PASS"])
def test_a_whole_that_is_no_status_is_503(word: Any) -> None:
    assert contract.http_status(word) == 503
    assert contract.overall([(contract.Component("database", critical=True), word)]) is Status.FAIL
    assert contract.overall([(contract.Component("stripe"), word)]) is Status.WARN


@pytest.mark.parametrize("error", [EvilTextError(), EvilNumberError(), EvilCauseError(), BareError()], ids=type)
def test_an_exception_that_misbehaves_still_has_its_name(error: BaseException) -> None:
    assert whole(error)
    assert isinstance(error, EvilCauseError) or type(error).__name__ in brief(error)


@pytest.mark.parametrize("error", [StopIteration(), StopAsyncIteration(), SystemExit(0)], ids=type)
async def test_what_no_future_may_hold_comes_out_of_a_thread_at_once(error: BaseException) -> None:
    with pytest.raises(EscapeError) as escaped:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await in_own_thread(in_a_thread(error))
    assert escaped.value.args == (error,)


STUBBORN = """
import asyncio, sys
from monitoring.health import HealthCheck, HealthRegistry
from monitoring.health.serve import Listening, run

async def stubborn():
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            print("refused", flush=True)

run(HealthRegistry([HealthCheck("database", stubborn, True)]), Listening(port=int(sys.argv[1]), drain_for=0.0))
print("left", flush=True)
"""


async def test_a_probe_that_refuses_to_be_cancelled_does_not_hold_up_the_end() -> None:
    port = free_port()
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", STUBBORN, str(port)], stdout=subprocess.PIPE, text=True, env=environ
    )
    try:
        await asyncio.to_thread(wait_for, port)
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            assert (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 503
        process.send_signal(signal.SIGTERM)
        output, _ = await asyncio.to_thread(process.communicate, timeout=PATIENCE_SECONDS)
    finally:
        process.kill()
    assert (process.returncode, output.splitlines()[-1]) == (0, "left")
    assert "refused" in output
