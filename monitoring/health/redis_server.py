"""A probe of Redis, or of Valkey, which speaks as it does."""

from __future__ import annotations

from .check import HealthSettingError, Probe, ProbeError


def redis(url: str, *, writable: bool = True, within: float = 0.5) -> Probe:
    """A probe that connects, asks PING, and disconnects; with `writable` a replica fails, which takes no writes.

    `within` is how many seconds each step may take; the check's own deadline counts as well.
    Raises HealthSettingError when the address cannot be read.
    """
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.connection import parse_url
    from redis.retry import Retry

    try:
        parse_url(url)  # type: ignore[no-untyped-call]
    except ValueError:
        example = "redis://user:password@host:6379/0"
        raise HealthSettingError(f"the address of Redis cannot be read; write {example}") from None
    limits = {"socket_timeout": within, "socket_connect_timeout": within}

    def probe() -> None:
        with Redis.from_url(url, **limits, retry=Retry(NoBackoff(), 0), single_connection_client=True) as client:
            client.ping()
            if writable and client.role()[0] != b"master":
                raise ProbeError("it is a replica, which takes no writes")

    return probe
