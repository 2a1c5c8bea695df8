"""The addresses of webhooks: secrets of the stack's configuration, since whoever has one can send to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from monitoring.errors import UsageError

KEY = "monitoring:webhooks"
NOWHERE = "https://{name}.invalid"
"""What stands in the place of an address where nobody is asked; no address ends so (RFC 2606)."""


def read_addresses(value: object) -> Mapping[str, str]:
    """The address of each webhook as the configuration says it; UsageError for what is no address by https."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise UsageError(f"{KEY} holds no addresses by name; write {_command('NAME')}")
    addresses = {str(name): str(address).strip() for name, address in value.items()}
    for name, address in addresses.items():
        if not _is_https(address):
            raise UsageError(f'{KEY}: "{name}" is no address that begins with https://; write {_command(name)}')
    return addresses


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and address.isprintable() and " " not in address
    except ValueError:
        return False


def _command(name: str) -> str:
    return f"pulumi config set --secret --path '{KEY}.{name}' https://HOST/PATH"


def addresses_of(names: Iterable[str], configured: Mapping[str, str], *, offline: bool) -> Mapping[str, str]:
    """The address of each of these webhooks, a stand-in where nobody is asked.

    Raises UsageError with the names of those that have none.
    """
    called = tuple(names)
    if offline:
        return {name: NOWHERE.format(name=name) for name in called}
    missing = [name for name in called if name not in configured]
    if missing:
        listed = ", ".join(f'"{name}"' for name in missing)
        raise UsageError(f"{KEY} has no address of {listed}; write {_command(missing[0])}")
    return {name: configured[name] for name in called}
