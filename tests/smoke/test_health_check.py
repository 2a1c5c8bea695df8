"""`monitoring health check` against every kind of answer: one deadline, one limit of size, one sentence."""

from __future__ import annotations

import gzip
import json
import resource
import socket
import ssl
import threading
from typing import Any

import pytest
import trustme
import typer
from typer.testing import CliRunner

from monitoring.cli.health import register
from monitoring.errors import UsageError
from monitoring.health.contract import Question
from monitoring.smoke.asking import MAX_BODY
from monitoring.smoke.health_report import NoHealthAnswerError, report_of
from tests.health.factories import PATIENCE_SECONDS
from tests.health.names import HANGS, hanging_name
from tests.health.postgres_server import free_port
from tests.smoke.hostile import HEAD, Script, answering, endless, whole

CHUNKED = f"{HEAD}transfer-encoding: chunked\r\n\r\n"
DETAILED = {"status": "pass", "checks": {"database": [{"status": "pass", "observedValue": 3, "output": "fine"}]}}

app = typer.Typer()
app.callback()(lambda: None)
register(app)


def invoked(*arguments: str, **environ: str) -> Any:
    return CliRunner().invoke(app, ["health", "check", *arguments], env={"HEALTH_TOKEN": "", **environ})


def saying(**changes: Any) -> Script:
    entry = DETAILED["checks"]["database"][0] | changes  # type: ignore[index]
    return whole(json.dumps({"status": "pass", "checks": {"database": [entry]}}).encode())


def named(name: str, more: bytes = b"") -> Script:
    return whole(b'{"status":"pass","checks":{"%s":[{"status":"pass"%s}]}}' % (name.encode(), more))


TOO_SLOW, TOO_LARGE = "no whole answer within 0.3 s", f"larger than {MAX_BODY:,} bytes"
NO_ANSWER = "something that is no health answer"

HOSTILE = {
    "a head that never comes": (endless("", b"", pause=0.01), TOO_SLOW),
    "a head that drips": (endless("HTTP/1.1 200 OK\r\n", b"a: b\r\n", pause=0.05), TOO_SLOW),
    "a body that drips": (endless(f"{HEAD}content-length: 9999\r\n\r\n", b" ", pause=0.05), TOO_SLOW),
    "interim answers for ever": (endless("", b"HTTP/1.1 103 Early Hints\r\n\r\n", pause=0.01), TOO_SLOW),
    "chunks that drip": (endless(CHUNKED, b"1\r\n \r\n", pause=0.05), TOO_SLOW),
}
LARGE = {
    "a body that never ends": (endless(f"{HEAD}\r\n", b"[" * 65_536), TOO_LARGE),
    "chunks without end": (endless(CHUNKED, b"10000\r\n" + b" " * 65_536 + b"\r\n"), TOO_LARGE),
    "a compressed body": (
        whole(gzip.compress(b" " * 50_000_000), headers="content-encoding: gzip\r\n"),
        "compressed, which was not asked for",
    ),
}
ODD = {
    "a page": (whole(b"<html>"), NO_ANSWER),
    "nothing": (whole(b""), NO_ANSWER),
    "a 404": (whole(b"", status="404 Not Found"), "answered 404: there is no health endpoint"),
    "a redirect": (whole(b"", status="302 Found", headers="location: http://evil.example/\r\n"), "answered 302, a red"),
    "a time that is a word": (saying(observedValue="x"), NO_ANSWER),
    "a time that is a list": (saying(observedValue=[1]), NO_ANSWER),
    "a time that is true": (saying(observedValue=True), NO_ANSWER),
    "a time without end": (
        whole(b'{"status":"pass","checks":{"a":[{"status":"pass","observedValue":1e999}]}}'),
        NO_ANSWER,
    ),
    "a reason that is a number": (saying(output=3), NO_ANSWER),
    "a status that is a list": (saying(status=[]), NO_ANSWER),
    "a name that is half a character": (
        whole(b'{"status":"pass","checks":{"\\ud800":[{"status":"pass"}]}}'),
        NO_ANSWER,
    ),
    "a name that moves the cursor": (
        whole(b'{"status":"pass","checks":{"\\u001b[2J":[{"status":"pass"}]}}'),
        NO_ANSWER,
    ),
    "ten thousand components": (
        whole(json.dumps({"status": "pass", "checks": {f"a{n}": [{"status": "pass"}] for n in range(5000)}}).encode()),
        NO_ANSWER,
    ),
    "what is no HTTP": (whole(b"", status="\x1b]0;pwn\x07"), "no answer (RemoteProtocolError)"),
}


@pytest.mark.parametrize("answer", HOSTILE)
def test_an_answer_that_takes_for_ever(answer: str) -> None:
    script, problem = HOSTILE[answer]
    with answering(script) as url:
        result = invoked(url, "--timeout", "0.3")
    assert (result.exit_code, problem in result.output) == (1, True), result.output


@pytest.mark.parametrize("answer", [*LARGE, *ODD])
def test_an_answer_that_is_none_is_one_sentence(answer: str) -> None:
    script, problem = (LARGE | ODD)[answer]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with answering(script) as url:
        result = invoked(url, "--timeout", "60")
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert problem in result.output
    assert "\x1b" not in result.output
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024, "kilobytes"


def test_a_name_that_never_resolves_ends_with_the_deadline() -> None:
    with hanging_name() as resolver:
        result = invoked(f"http://{HANGS}", "--timeout", "0.2")
        assert not resolver.released.is_set()
    assert (result.exit_code, "no whole answer within 0.2 s" in result.output) == (1, True)


def test_nothing_of_a_server_that_a_terminal_would_obey_is_printed() -> None:
    with answering(saying(output="\x1b]0;pwn\x07\u202e[red]x\r")) as url:
        result = invoked(url)
    assert result.exit_code == 0
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(result.output)
    assert "[red]x" in result.output


TOKENS = {"not ASCII": "schlüssel-0123456789", "a line feed": "planted\nx: y", "a blank": "planted 0123456789"}


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_that_no_header_carries_is_a_sentence(token: str) -> None:
    result = invoked(f"http://127.0.0.1:{free_port()}", HEALTH_TOKEN=TOKENS[token])
    assert isinstance(result.exception, UsageError)
    assert "copy it again" in str(result.exception)
    assert "planted" not in str(result.exception)


@pytest.mark.parametrize(
    "url", ["youragency.com", "ftp://youragency.com", "https://", "http://[::1", "http://x/?a=b", ""]
)
def test_what_is_no_url_is_refused_with_an_example(url: str) -> None:
    result = invoked(url)
    assert isinstance(result.exception, UsageError)
    assert "write for example https://youragency.com" in str(result.exception)


PASSWORDS = [
    "http://ana:planted@127.0.0.1:1",
    "http://ana:pl/anted@127.0.0.1:1",
    "http://a:planted@[::1",
    "ftp://a:planted@x",
]


@pytest.mark.parametrize("url", PASSWORDS)
def test_a_password_in_the_address_is_not_repeated(url: str) -> None:
    result = invoked(url)
    assert "anted" not in result.output + str(result.exception)


def test_nobody_there() -> None:
    result = invoked(f"http://127.0.0.1:{free_port()}")
    assert (result.exit_code, "no connection" in result.output) == (1, True)


def test_a_certificate_that_nobody_vouches_for_is_said_in_plain_words() -> None:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(server)

    def handshake(connection: socket.socket, _ended: threading.Event) -> None:
        server.wrap_socket(connection, server_side=True)

    with answering(handshake, reads_first=False) as url:
        result = invoked(url.replace("http:", "https:"))
    assert result.exit_code == 1
    assert "certificate verify failed" in result.output


def test_somebody_there_who_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        result = invoked(f"http://127.0.0.1:{listener.getsockname()[1]}", "--timeout", "0.2")
    assert (result.exit_code, "no whole answer within 0.2 s" in result.output) == (1, True)


STRANGE = [
    pytest.param(200, b"[]", NO_ANSWER, id="a list"),
    pytest.param(200, b'{"status": "pass"}', NO_ANSWER, id="no components"),
    pytest.param(200, b'{"status": "fine", "checks": {}}', NO_ANSWER, id="an unknown word"),
    pytest.param(200, b'{"status":"pass","checks":{"a":[]}}', NO_ANSWER, id="no status"),
    pytest.param(200, b"[" * 100_000, NO_ANSWER, id="a deep nest"),
    pytest.param(200, b"\xff\xfe", NO_ANSWER, id="no text"),
    pytest.param(200, b'{"status": "fail", "checks": {}}', "503 belongs to it", id="fail with 200"),
    pytest.param(503, b'{"status": "pass", "checks": {}}', "200 belongs to it", id="pass with 503"),
]


@pytest.mark.parametrize(("status", "content", "problem"), STRANGE)
def test_an_answer_that_is_none(status: int, content: bytes, problem: str) -> None:
    with pytest.raises(NoHealthAnswerError, match=problem):
        report_of(Question.FULL, status, content, took=PATIENCE_SECONDS)
