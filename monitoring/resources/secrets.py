"""Secrets of the stack's configuration, by name: what stands in no catalog, since everybody reads that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from monitoring.errors import UsageError


@dataclass(frozen=True, slots=True)
class SecretWords:
    """How the configuration and the messages speak of a kind: its key, what a value is, must be and looks like.

    `stand_in` is what stands in a value's place where nobody is asked, with the value's name in braces.
    """

    key: str
    value: str
    must_be: str
    example: str
    stand_in: str


class SecretKind(Enum):
    """What a stack keeps secret: addresses to which whoever has one can send, and what tests send in headers."""

    # No address ends so (RFC 2606).
    WEBHOOK = SecretWords(
        "webhooks", "address", "address that begins with https://", "https://HOST/PATH", "https://{}.invalid"
    )
    HEADER = SecretWords("secrets", "value", "value of a header, which is one line of ASCII", "VALUE", "unknown-{}")

    @property
    def key(self) -> str:
        """The key of the configuration, with Pulumi's namespace."""
        return f"monitoring:{self.value.key}"

    def command(self, name: str) -> str:
        """The command that sets a value."""
        return f"pulumi config set --secret --path '{self.key}.{name}' {self.value.example}"

    def is_fit(self, value: str) -> bool:
        """Whether a value is what it must be."""
        match self:
            case SecretKind.WEBHOOK:
                return _is_https(value)
            case SecretKind.HEADER:
                return bool(value) and value.isascii() and value.isprintable()


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and address.isprintable() and " " not in address
    except ValueError:
        return False


Secrets = Mapping[SecretKind, Mapping[str, str]]
"""The values of each kind, by their names."""


def read_secrets(kind: SecretKind, configured: object) -> Mapping[str, str]:
    """The values of a kind as the configuration says them; UsageError, without the value, for one that is not fit."""
    if configured is None:
        return {}
    if not isinstance(configured, Mapping):
        raise UsageError(f"{kind.key} holds nothing by name; write {kind.command('NAME')}")
    values = {str(name): _as_text(value) for name, value in configured.items()}
    for name, value in values.items():
        if not kind.is_fit(value):
            raise UsageError(f'{kind.key}: "{name}" is no {kind.value.must_be}; write {kind.command(name)}')
    return values


def _as_text(value: object) -> str:
    """A text or a number without the blanks around it; nothing for what has parts or is true or false."""
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def secrets_of(names: Mapping[SecretKind, Iterable[str]], configured: Secrets, *, offline: bool) -> Secrets:
    """The value of each of these names, a stand-in where nobody is asked.

    Raises UsageError with all that have none, of every kind at once.
    """
    needed = {kind: tuple(of_kind) for kind, of_kind in names.items()}
    if offline:
        return {kind: {name: kind.value.stand_in.format(name) for name in needed[kind]} for kind in needed}
    missing = {kind: [name for name in needed[kind] if name not in configured[kind]] for kind in needed}
    if any(missing.values()):
        raise UsageError(_sentence({kind: absent for kind, absent in missing.items() if absent}))
    return {kind: {name: configured[kind][name] for name in needed[kind]} for kind in needed}


def _sentence(missing: Mapping[SecretKind, Iterable[str]]) -> str:
    """What is missing, and the command for each of it."""
    listed = {kind: ", ".join(f'"{name}"' for name in names) for kind, names in missing.items()}
    what = " and ".join(f"{kind.key} has no {kind.value.value} of {names}" for kind, names in listed.items())
    commands = (kind.command(name) for kind, names in missing.items() for name in names)
    return f"{what}; write {' and '.join(commands)}"
