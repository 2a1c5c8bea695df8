"""`monitoring show RULE`: one rule as it acts, which layer set each value, and the page that it sends."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Group
from rich.panel import Panel
from rich.table import Table

from monitoring import wording
from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    FormatOption,
    OutputFormat,
    TodayOption,
    day,
    known_environment,
    open_platform,
    say_json,
    table_console,
)
from monitoring.cli.literal_console import styled
from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.layers import Setting, settings
from monitoring.model.references import nearest


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("show")(show)


def show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule's id, with or without a tenant behind it.")],
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    today: TodayOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Show one rule as it acts: each value, which layer set it and where, and the page that it sends."""
    platform = open_platform(catalog, format)
    loaded = platform.catalog
    name = known_environment(loaded, environment)
    rules = effective_rules(loaded, name, day(today))
    matching = [candidate for candidate in rules if rule in (candidate.id, candidate.rule.id)]
    if not matching:
        known = {candidate.id for candidate in rules} | {candidate.rule.id for candidate in rules}
        raise UsageError(f'no rule in {name} is called "{rule}"; {nearest(rule, known)}')
    if format is OutputFormat.JSON:
        shown = [_as_json(loaded, each) for each in matching]
        say_json({**platform.fields, "environment": name, "rules": shown})
        return
    console = table_console()
    console.print(f"{platform.heading}, {name}\n")
    for candidate in matching:
        console.print(_page(loaded, candidate))


def _as_json(catalog: Catalog, rule: EffectiveRule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": wording.title(catalog, rule),
        "message": wording.message_as_read(catalog, rule),
        "settings": [
            {"name": setting.name, "value": setting.value, "layer": setting.layer, "source": str(setting.source or "")}
            for setting in settings(catalog, rule)
        ],
    }


def _page(catalog: Catalog, rule: EffectiveRule) -> Group:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("value", "", "set by", "at"):
        table.add_column(name, overflow="fold", no_wrap=name == "at")
    for setting in settings(catalog, rule):
        table.add_row(*_row(setting))
    message = Panel(wording.message_as_read(catalog, rule), title="the page", title_align="left", expand=False)
    return Group(styled(wording.title(catalog, rule), "bold"), "", table, "", message, "")


def _row(setting: Setting) -> tuple[str, str, str, str]:
    return setting.name, setting.value, setting.layer, str(setting.source or "")
