"""Which addresses a credential may be sent to."""

from __future__ import annotations

import httpx

from monitoring.errors import UsageError
from monitoring.vendors.http_clients import is_address
from monitoring.vendors.loopback import on_this_machine


def origin(url: httpx.URL) -> str:
    """Scheme, host and port, without what else an address may hold."""
    return f"{url.scheme}://{url.host}{f':{url.port}' if url.port else ''}"


def is_private(url: httpx.URL) -> bool:
    """Whether nobody on the way can read what is sent: https, or http on this machine."""
    return url.scheme == "https" or (url.scheme == "http" and on_this_machine(url.host))


def require_private(address: str, *, named_by: str) -> None:
    """Refuses an address that a key must not be sent to; UsageError names where it was set and never its path."""
    if not is_address(address):
        raise UsageError(f"{named_by} cannot be read as an address; write it as https://HOST/")
    url = httpx.URL(address)
    if not is_private(url):
        raise UsageError(f'{named_by} is "{origin(url)}"; a key is sent by https only, write https://HOST/')
    if url.userinfo:
        raise UsageError(f"{named_by} holds a user name; take it out, the key is a setting of its own")
