"""`monitoring test-alerting` against servers that mean ill: findings in time, once, nothing that a terminal obeys."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitoring.cli import test_alerting as command
from monitoring.smoke.asking import MAX_BODY
from tests.smoke.hostile import HEAD, Script, answering, endless, whole
from tests.smoke.test_command import ran

ALL_BUT_INTEGRATION = [
    option for scenario in command.SCENARIOS if scenario.of_endpoint for option in ("--only", scenario.name)
]


def against(script: Script, *only: str) -> Any:
    with answering(script) as url:
        return ran(url, *(only or ALL_BUT_INTEGRATION))


def test_a_404_everywhere_is_a_finding_once() -> None:
    result = against(whole(b"<html>not found", status="404 Not Found"))
    assert result.exit_code == 1
    assert result.output.count("every path of the health endpoint answers 404") == 1
    assert result.output.count("FAILED") == 9
    assert result.output.count("as above") == 8


ENDLESS = {
    "a body that drips": (
        endless(f"{HEAD}content-length: 9999\r\n\r\n", b" ", pause=0.05),
        "no whole answer within 0.2",
    ),
    "a body that never ends": (endless(f"{HEAD}\r\n", b"[" * 65_536), f"larger than {MAX_BODY:,} bytes"),
    "no head": (endless("", b"", pause=0.01), "no whole answer within 0.2"),
}


@pytest.mark.parametrize("answer", ENDLESS)
def test_an_answer_without_end_is_a_finding_once(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script, problem = ENDLESS[answer]
    monkeypatch.setattr(command, "MAX_WAIT", 0.2 if "0.2" in problem else 60.0)
    result = against(script)
    assert (result.exit_code, result.output.count("FAILED")) == (1, 9)
    assert result.output.count(problem) == 1


ILL = "\x1b]0;pwn\x07\u202e\ud800"
ODD: dict[str, Any] = {
    "a status that is a list": {"status": [1], "checks": {}},
    "a status that is an object": {"status": {"a": 1}, "checks": {"database": [{"status": {}}]}},
    "a status that moves the cursor": {"status": ILL, "checks": {ILL: [{"status": ILL, ILL: 1}]}, ILL: 1},
    "checks that are a list": {"status": "pass", "checks": [1]},
    "components that are words": {"status": "pass", "checks": {"database": "pass", "auth": ["pass"]}},
    "a thousand components": {"status": "pass", "checks": {f"A {n}": [] for n in range(1000)}},
}


@pytest.mark.parametrize("answer", ODD)
def test_an_odd_answer_is_findings_and_no_traceback(answer: str) -> None:
    result = against(whole(json.dumps(ODD[answer]).encode(), headers="server: nginx/1.2\r\n"))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert not {"\x1b", "\x07", "\u202e", "\ud800"} & set(result.output)
    assert len(result.output.splitlines()) < 9 * 25


def test_a_header_that_moves_the_cursor_is_printed_as_an_escape() -> None:
    result = against(whole(b"{}", headers="server: \x9b2J nginx/1.2\r\n"), "--only", "privacy")
    assert "\x9b" not in result.output
    assert "the header server" in result.output


QUADRATIC = {
    "letters": b"a" * MAX_BODY,
    "the beginnings of a trace": b"at " * (MAX_BODY // 3),
    "signs of an address": b"a@" * (MAX_BODY // 2),
    "digits": b"1." * (MAX_BODY // 2),
    "openings": b"[" * MAX_BODY,
}


@pytest.mark.parametrize("body", QUADRATIC)
def test_a_long_answer_is_searched_once(body: str) -> None:
    """Without bounds in the patterns one of these took hours."""
    assert against(whole(QUADRATIC[body]), "--only", "privacy").exit_code in (0, 1)


def test_a_run_has_one_end_whatever_each_answer_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "MAX_WAIT", 3_600.0)
    monkeypatch.setattr(command, "MAX_RUN", 0.2)
    result = against(endless("", b"", pause=0.01))
    assert (result.exit_code, result.output.count("FAILED")) == (1, 9)
    assert result.output.count("the time for the whole run was over before this scenario ended") == 1
    assert result.output.count("as above") == 8


def test_a_password_in_the_address_is_not_repeated() -> None:
    result = ran("http://ana:planted@127.0.0.1:1", "--only", "liveness")
    assert "planted" not in result.output
    result = ran("http://ana:planted@127.0.0.1:1", "--only", "liveness", "--format", "json")
    assert "planted" not in result.output
