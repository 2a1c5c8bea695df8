"""`monitoring list`: every rule of the catalog as it acts in an environment."""

from __future__ import annotations

import json

import typer
from rich.console import Console
from rich.table import Table

from monitoring import conventions
from monitoring.cli.console import (
    DEFAULT_CATALOG,
    CatalogOption,
    EnvironmentOption,
    Format,
    FormatOption,
    TodayOption,
    day,
    known_environment,
)
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("list")(list_rules)


def list_rules(
    catalog: CatalogOption = DEFAULT_CATALOG,
    environment: EnvironmentOption = "prod",
    today: TodayOption = None,
    format: FormatOption = Format.TEXT,  # noqa: A002  the option's name
) -> None:
    """List every rule: its severity, what it watches, and where it arrives."""
    loaded = load(catalog)
    rules = effective_rules(loaded, known_environment(loaded, environment), day(today))
    if format is Format.JSON:
        typer.echo(json.dumps([_as_json(loaded, rule) for rule in rules], indent=2, ensure_ascii=False))
        return
    Console().print(rules_table(loaded, rules))


def _as_json(catalog: Catalog, rule: EffectiveRule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.rule.title,
        "severity": rule.severity.value,
        "on-trial": rule.on_trial,
        "service": rule.service.service,
        "team": rule.team,
        "signal": rule.rule.signal_word,
        "fires-when": conventions.condition(catalog, rule),
        "page": rule.route.page,
        "slack": list(rule.route.slack),
        "email": list(rule.route.email),
        "wakes": rule.wakes,
        "runbook": conventions.runbook_url(catalog, rule.rule.id),
        "source": str(catalog.at("rule", rule.rule.id)),
    }


def rules_table(catalog: Catalog, rules: tuple[EffectiveRule, ...]) -> Table:
    """A row a rule, the most severe first."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("rule", no_wrap=True)
    table.add_column("sev", no_wrap=True)
    table.add_column("fires when")
    table.add_column("arrives at")
    table.add_column("who is asked")
    for rule in sorted(rules, key=lambda one: (one.severity.rank, one.id)):
        table.add_row(
            rule.id,
            severity_text(rule),
            conventions.condition(catalog, rule),
            conventions.arrives_at(rule),
            conventions.who_is_asked(catalog, rule) if rule.pages else "nobody",
        )
    return table


def severity_text(rule: EffectiveRule) -> str:
    """The severity in the colour of its urgency; a trial says so."""
    colour = {"P0": "bold red", "P1": "red", "P2": "yellow", "P3": "dim"}[rule.severity.value]
    trial = " trial" if rule.on_trial else ""
    return f"[{colour}]{rule.severity}{trial}[/]"
