"""The ids of a Slack workspace and of its channels: in the stack's configuration, since the catalog holds no ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitoring.errors import UsageError

KEY = "monitoring:slack"
# What Slack's ids begin with (docs.slack.dev, types of objects): T or E is a workspace or an organisation, C or G a
# channel.
_WORKSPACE = re.compile(r"[ET][A-Z0-9]{2,20}", re.ASCII)
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}", re.ASCII)
UNASKED_WORKSPACE, UNASKED_CHANNEL = "T0000", "C0000-{name}"
"""What stands in the place of an id where nobody is asked; `{name}` is the channel's name."""


@dataclass(frozen=True, slots=True)
class SlackAccount:
    """A workspace by its id, empty where none is configured, and the ids of its channels by their names."""

    workspace: str = ""
    channels: Mapping[str, str] = field(default_factory=dict)


def read_slack_ids(value: object) -> SlackAccount:
    """What the configuration says; UsageError for what is no id."""
    if value is None:
        return SlackAccount()
    if not isinstance(value, Mapping) or not isinstance(value.get("channels", {}), Mapping):
        raise UsageError(f"{KEY} holds no ids by name; write {_command('workspace', 'T024BE7LD')}")
    workspace = str(value.get("workspace", "")).strip()
    channels = {str(name): str(id_).strip() for name, id_ in value.get("channels", {}).items()}
    if workspace and not _WORKSPACE.fullmatch(workspace):
        what = f'"{workspace}" is no id of a workspace'
        raise UsageError(f"{KEY}: {what}; write {_command('workspace', 'T024BE7LD')}")
    for name, id_ in channels.items():
        if not _CHANNEL.fullmatch(id_):
            what = f'"{id_}" is no id of the channel "{name}"'
            raise UsageError(f"{KEY}: {what}; write {_command(f'channels.{name}', 'C024BE91L')}")
    return SlackAccount(workspace, channels)


def _command(path: str, value: str) -> str:
    return f"pulumi config set --path '{KEY}.{path}' {value}"


def ids_of(names: Iterable[str], configured: SlackAccount, *, offline: bool) -> SlackAccount:
    """The ids of these channels and of their workspace, stand-ins where nobody is asked.

    Raises UsageError with everything that has none.
    """
    channels = tuple(names)
    if not channels:
        return SlackAccount()
    if offline:
        return SlackAccount(UNASKED_WORKSPACE, {name: UNASKED_CHANNEL.format(name=name) for name in channels})
    missing = [f"channels.{name}" for name in channels if name not in configured.channels]
    if not configured.workspace:
        missing.insert(0, "workspace")
    if missing:
        example = "T024BE7LD" if missing[0] == "workspace" else "C024BE91L"
        raise UsageError(f"{KEY} has no id of {', '.join(missing)}; write {_command(missing[0], example)}")
    return SlackAccount(configured.workspace, {name: configured.channels[name] for name in channels})
