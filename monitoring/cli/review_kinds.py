"""`monitoring review --explain`: the table of risks, or one kind of effect with its risk, its reason and an example."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from monitoring.cli.console import say_lines, table_console
from monitoring.errors import UsageError
from monitoring.model.references import nearest
from monitoring.review.risks import RISKS, EffectKind
from monitoring.review.short_forms import example_of


def explain_kinds(name: str | None) -> None:
    """Prints every kind with its risk, or one; UsageError for a kind that there is not."""
    if name is None:
        table_console().print(_table())
        return
    kinds = [str(kind) for kind in EffectKind]
    if name not in kinds:
        raise UsageError(f'no kind of effect is called "{name}"; {nearest(name, kinds)}')
    say_lines(_lines(EffectKind(name)))


def _table() -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("effect", "risk", "because"):
        table.add_column(heading, no_wrap=heading != "because")
    for kind, (risk, reason) in RISKS.items():
        table.add_row(str(kind), str(risk), reason)
    return table


def _lines(kind: EffectKind) -> Iterator[str]:
    risk, reason = RISKS[kind]
    yield f"{kind}: {risk} risk"
    yield f"  because:  {reason}"
    yield f"  example:  {example_of(kind)}"
