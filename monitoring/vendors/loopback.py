"""Whether an address stays on this machine; apart from the rest, since the program needs no HTTP client for it."""

from __future__ import annotations

from ipaddress import ip_address


def on_this_machine(host: str) -> bool:
    """Whether a host is loopback."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
