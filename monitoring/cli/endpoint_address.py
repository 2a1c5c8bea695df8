"""The address of a platform and the token for details, as somebody types them."""

from __future__ import annotations

import re

from monitoring.errors import UsageError
from monitoring.model.scalars import quoted
from monitoring.vendors.http_clients import is_address

_PASSWORD = re.compile(r"//.*@")
_TOKEN = re.compile(r"[\x21-\x7e]+")


def shown(url: str) -> str:
    """An address without the user and the password in it, and without what follows its path, which may be a token."""
    return _PASSWORD.sub("//", re.split("[?#]", url, maxsplit=1)[0])


def known_address(url: str, *, example: str) -> str:
    """The address itself. Raises UsageError where it is none that can be asked."""
    if not url.lower().startswith(("http://", "https://")) or not is_address(url):
        raise UsageError(f"{quoted(shown(url))} is not a URL; write for example {example}")
    if "?" in url or "#" in url:
        raise UsageError(f"{quoted(shown(url))} has more than a path behind it; write for example {example}")
    return url


def known_token(token: str | None) -> str | None:
    """The token itself. Raises UsageError, without it, where no HTTP header can carry it."""
    if token and not _TOKEN.fullmatch(token):
        raise UsageError("the token has a blank or a character that is not ASCII; copy it again into HEALTH_TOKEN")
    return token or None
