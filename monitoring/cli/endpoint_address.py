"""The address of a platform and the token for details, as somebody types them."""

from __future__ import annotations

import re

import httpx

from monitoring.errors import UsageError
from monitoring.model.scalars import quoted

_PASSWORD = re.compile(r"//.*@")
_TOKEN = re.compile(r"[\x21-\x7e]+")


def shown(url: str) -> str:
    """An address without the user and the password in it."""
    return _PASSWORD.sub("//", url)


def known_address(url: str, *, example: str) -> str:
    """The address itself. Raises UsageError where it is none that can be asked."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise UsageError(f"{quoted(shown(url))} is not a URL; write for example {example}")
    if parsed.query or parsed.fragment:
        raise UsageError(f"{quoted(shown(url))} has more than a path; write for example {example}")
    return url


def known_token(token: str | None) -> str | None:
    """The token itself. Raises UsageError, without it, where no HTTP header can carry it."""
    if token and not _TOKEN.fullmatch(token):
        raise UsageError("the token has a blank or a character that is not ASCII; copy it again into HEALTH_TOKEN")
    return token or None
