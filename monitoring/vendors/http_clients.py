"""Clients of HTTP, whose proxies and certificates the environment names."""

from __future__ import annotations

import os
from urllib.request import getproxies

import httpx

from monitoring.errors import UsageError

MAX_PORT = 65_535
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_READ = frozenset({*_PROXIES, *map(str.lower, _PROXIES), "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"})
"""What httpx reads of the environment (python-httpx.org/environment_variables)."""


def http_client(
    *, timeout: float, base_url: str = "", transport: httpx.AsyncBaseTransport | None = None
) -> httpx.AsyncClient:
    """A client that follows no redirect; `timeout` in seconds.

    Raises UsageError, without any value, where no request can use a proxy or the certificates of the environment.
    """
    try:
        _require_proxies()
        return httpx.AsyncClient(base_url=base_url, timeout=timeout, follow_redirects=False, transport=transport)
    except (ValueError, ImportError, OSError, httpx.InvalidURL):
        names = " or ".join(sorted(_READ & os.environ.keys()))
        remedy = "write a proxy as http://HOST:PORT, a file of certificates by its path"
        raise UsageError(f"no request can be made with {names} of the environment; {remedy}") from None


def _require_proxies() -> None:
    """Raises ValueError for a proxy that only fails when it is connected to."""
    for name, proxy in getproxies().items():
        if name != "no" and not is_address(proxy if "://" in proxy else f"http://{proxy}"):
            raise ValueError(name)


def is_address(text: str) -> bool:
    """Whether a text is an address with a host, whose port is one."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return False
    return bool(url.host) and (url.port or 0) <= MAX_PORT
