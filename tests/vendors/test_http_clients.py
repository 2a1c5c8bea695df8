"""Clients of HTTP: what the environment names for them and no request can use is one sentence without the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.errors import UsageError
from monitoring.vendors.http_clients import http_client, is_address

NOWHERE = str(Path(__file__) / "nowhere")
UNUSABLE = {
    "a bracket that is not closed": ("HTTPS_PROXY", "http://secret[::1"),
    "a scheme that is none of a proxy's": ("ALL_PROXY", "garbage://secret"),
    "a port beyond all ports": ("HTTP_PROXY", "http://u:secret@127.0.0.1:99999"),
    "a port beyond all ports, without a scheme": ("https_proxy", "127.0.0.1:99999"),
    "a proxy of a kind that is not installed": ("HTTPS_PROXY", "socks5://secret:1"),
    "no host": ("HTTPS_PROXY", "http://"),
    "certificates in a file that is not there": ("SSL_CERT_FILE", NOWHERE),
    "certificates in an empty file": ("SSL_CERT_FILE", "/dev/null"),
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(("name", "value"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_no_request_can_use_is_named_without_its_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError, match=f"^no request can be made with {name} of the environment; ") as refused:
        http_client(timeout=1)
    assert "secret" not in str(refused.value)


def test_a_proxy_with_a_host_and_a_port_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    assert not http_client(timeout=1).follow_redirects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("https://youragency.com", True, id="a name"),
        pytest.param("http://[::1]:65535/x", True, id="the last port of a number in brackets"),
        pytest.param("https://youragency.com:65536", False, id="a port beyond all ports"),
        pytest.param("https://", False, id="no host"),
        pytest.param("http://[::1", False, id="a bracket that is not closed"),
        pytest.param("https://a\x1bb", False, id="what a terminal would obey"),
    ],
)
def test_an_address_has_a_host_and_a_port_that_is_one(text: str, expected: bool) -> None:
    assert is_address(text) is expected
