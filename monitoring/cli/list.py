"""`monitoring list`: every rule of the catalog as it acts in an environment."""

from __future__ import annotations

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from monitoring import wording
from monitoring.cli.console import (
    CatalogOption,
    EnvironmentOption,
    FormatOption,
    OutputFormat,
    TodayOption,
    day,
    known_environment,
    layout_width,
    open_platform,
    say_json,
    table_console,
)
from monitoring.cli.literal_console import styled
from monitoring.literal import literal
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.receivers import ReceiverKind
from monitoring.naming import names

WIDE = 150


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("list")(list_rules)


def list_rules(
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
    today: TodayOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """List every rule: its severity, what it watches, and where it arrives."""
    platform = open_platform(catalog, format)
    loaded = platform.catalog
    name = known_environment(loaded, environment)
    rules = effective_rules(loaded, name, day(today))
    if format is OutputFormat.JSON:
        say_json({**platform.fields, "environment": name, "rules": [_as_json(loaded, rule) for rule in rules]})
        return
    console = table_console()
    console.print(f"{platform.heading}, {name}\n")
    console.print(rules_view(loaded, rules, width=layout_width(console)))


def _as_json(catalog: Catalog, rule: EffectiveRule) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.rule.title,
        "severity": rule.severity.value,
        "in-trial": rule.in_trial,
        "service": rule.service.service,
        "team": rule.team,
        "signal": rule.rule.signal_word,
        "fires-when": wording.condition(catalog, rule),
        "page": rule.route.page,
        **{kind.value: list(rule.route.of_kind(kind)) for kind in ReceiverKind},
        "wakes": rule.wakes,
        "runbook": names.runbook_url(catalog, rule.rule.id),
        "source": str(catalog.at("rule", rule.rule.id)),
    }


def rules_view(catalog: Catalog, rules: tuple[EffectiveRule, ...], *, width: int) -> RenderableType:
    """Every rule, the most severe first: a table where the terminal is wide enough, else three lines a rule."""
    ordered = sorted(rules, key=lambda rule: (rule.severity.rank, rule.id))
    return _table(catalog, ordered) if width >= WIDE else Group(*(_lines(catalog, rule) for rule in ordered))


def _table(catalog: Catalog, rules: list[EffectiveRule]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("sev", no_wrap=True)
    table.add_column("rule", no_wrap=True)
    table.add_column("fires when")
    table.add_column("arrives at")
    table.add_column("wakes first")
    for rule in rules:
        fires, arrives = wording.condition(catalog, rule), wording.arrives_at(rule)
        table.add_row(severity_text(rule), rule.id, fires, arrives, wakes_first(catalog, rule))
    return table


def _lines(catalog: Catalog, rule: EffectiveRule) -> Table:
    lines = Table.grid(padding=(0, 1))
    lines.add_column(width=3, no_wrap=True)
    lines.add_column()
    lines.add_row(severity_text(rule), Text.assemble((rule.id, "bold"), " wakes ", literal(wakes_first(catalog, rule))))
    lines.add_row("", wording.condition(catalog, rule))
    lines.add_row("", styled(wording.arrives_at(rule), "dim"))
    return lines


def wakes_first(catalog: Catalog, rule: EffectiveRule) -> str:
    """Whom the rule's policy asks first, or that nobody is woken."""
    if not rule.wakes or rule.route.page is None:
        return "nobody"
    first = catalog.oncall.policies[rule.route.page].steps[0]
    return wording.names(catalog, first)


def severity_text(rule: EffectiveRule) -> Text:
    """The severity in the colour of its urgency; a trial says so."""
    colour = {"P0": "bold red", "P1": "red", "P2": "yellow", "P3": "dim"}[rule.severity.value]
    trial = " trial" if rule.in_trial else ""
    return styled(f"{rule.severity}{trial}", colour)
