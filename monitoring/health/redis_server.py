"""A probe of Redis, or of Valkey, which speaks as it does."""

from __future__ import annotations

from typing import Any

from .check import HealthSettingError, Probe, ProbeError

_PLACE = frozenset({"connection_class", "db", "host", "password", "path", "port", "username"})
"""What is taken of an address beside how its certificate is looked at."""


def redis(url: str, *, writable: bool = True, within: float = 0.5) -> Probe:
    """A probe that connects, asks PING, and disconnects; with `writable` a replica fails, which takes no writes.

    `within` is how many seconds each step may take; the check's own deadline counts as well.
    What an application's address says beside the place and the credentials, such as `?socket_timeout=30`, changes
    nothing here. Raises HealthSettingError when the address cannot be read.
    """
    from redis import ConnectionPool, Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    place = _place_in(url)
    limits: dict[str, Any] = {
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": within,
        "socket_connect_timeout": within,
    }

    def probe() -> None:
        with Redis.from_pool(ConnectionPool(**place, **limits)) as client:
            client.ping()
            if writable and client.role()[0] != b"master":
                raise ProbeError("it is a replica, which takes no writes")

    return probe


def _place_in(url: str) -> dict[str, Any]:
    from redis.connection import parse_url

    try:
        settings = parse_url(url)  # type: ignore[no-untyped-call]
    except ValueError:
        example = "redis://user:password@host:6379/0"
        raise HealthSettingError(f"the address of Redis cannot be read; write {example}") from None
    return {name: value for name, value in settings.items() if name in _PLACE or name.startswith("ssl_")}
