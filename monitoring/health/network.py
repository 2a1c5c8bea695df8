"""Probes of what lies beneath HTTP: names and certificates."""

from __future__ import annotations

import asyncio
import ssl
import time
from functools import partial

from .check import Probe, Reading
from .contract import Status
from .resolving import connected, resolve

DAY = 86_400


def dns(host: str) -> Probe:
    """A probe that resolves a name by the system's resolver; it fails when there is no address."""

    async def probe() -> None:
        await resolve(host)

    return probe


def tls(host: str, *, port: int = 443, warn_days: int = 21, context: ssl.SSLContext | None = None) -> Probe:
    """A probe of a certificate: fails when it is not trusted, warns `warn_days` before it expires."""
    trust = context or ssl.create_default_context()

    async def probe() -> Reading:
        _, writer = await connected(host, port, partial(_handshake, port=port, trust=trust, name=host))
        try:
            certificate = writer.get_extra_info("peercert")
        finally:
            writer.transport.abort()
        return expiry(str(certificate["notAfter"]), now=time.time(), warn_days=warn_days)

    return probe


async def _handshake(
    address: str, *, port: int, trust: ssl.SSLContext, name: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(address, port, ssl=trust, server_hostname=name)


def expiry(not_after: str, *, now: float, warn_days: int) -> Reading:
    """What a certificate's last day means; `not_after` as OpenSSL prints it, `now` in Unix seconds."""
    days = int((ssl.cert_time_to_seconds(not_after) - now) // DAY)
    return Reading(Status.WARN if days < warn_days else Status.PASS, f"expires in {days} days")
