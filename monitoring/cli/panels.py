"""The commands by the job that they are for, as `monitoring --help` shows them."""

from __future__ import annotations

from collections.abc import Mapping

import typer
from typer.models import CommandInfo, TyperInfo

PANELS: Mapping[str, tuple[str, ...]] = {
    "Write rules": ("init", "check", "list", "show", "schema"),
    "Know who is woken": ("reach", "drill", "oncall", "site", "schedule", "review"),
    "Deploy": ("preview", "golden", "docs", "verify", "plan", "adopt", "drift", "ci"),
    "Test and use what runs": ("test-alerting", "health", "handover", "incident"),
}
"""Each job with its commands, in the order in which they are usually needed."""
_ORDER = [name for names in PANELS.values() for name in names]
_PANEL_OF = {name: panel for panel, names in PANELS.items() for name in names}


def put_into_panels(app: typer.Typer) -> None:
    """Shows each command of an application under its job; one that has none comes first, under Commands."""
    entries: list[CommandInfo | TyperInfo] = [*app.registered_commands, *app.registered_groups]
    for entry in entries:
        if entry.name in _PANEL_OF:
            entry.rich_help_panel = _PANEL_OF[entry.name]
    app.registered_commands.sort(key=lambda entry: _ORDER.index(entry.name) if entry.name in _PANEL_OF else -1)
