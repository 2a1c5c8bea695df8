"""`monitoring incident`: what is written down about an incident."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import CatalogOption, EnvironmentOption, known_environment, open_platform, say
from monitoring.cli.documents import documents_folder
from monitoring.cli.drill import AckOption, AtOption, DrillRequest, TenantOption, occasion_of
from monitoring.cli.files import write_new
from monitoring.cli.templates import require_fit, template_named
from monitoring.docs.fields import Occasion, day
from monitoring.docs.filling import Mode, catalog_fields, filled_in, placeholders
from monitoring.errors import UsageError
from monitoring.file_reading import as_typed

REVIEW = "post-incident-review"
REVIEWS = "operations/reviews"
MAX_IN_A_DAY = 1_000

incident = typer.Typer(help="Write down what happened in an incident.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.add_typer(incident, name="incident")


@incident.callback()
def _incident() -> None:
    """Keeps `new` a word of its own, also while it is the only command."""


@incident.command("new")
def new(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule that fired.")],
    at: AtOption = None,
    ack: AckOption = None,
    tenant: TenantOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write.", show_default="beside the documents"),
    ] = None,
    catalog: CatalogOption = None,
    environment: EnvironmentOption = None,
) -> None:
    """Begin the review of an incident: a new file with the drill's timeline, and the questions to answer in it."""
    platform = open_platform(catalog)
    loaded = platform.catalog
    name = known_environment(loaded, environment)
    template = template_named(REVIEW, platform.files, loaded)
    if template.front.kind != "review":
        raise UsageError(f'the template "{REVIEW}" is no review; write kind: review above it')
    request = DrillRequest(name, rule, tenant, at, tuple(ack or ()))
    occasion = occasion_of(loaded, request, template.front.stage)
    require_fit(template, occasion)
    text = filled_in(template, placeholders(template, Mode.FORM) | catalog_fields(template, occasion))
    folder = out or documents_folder(platform.files) / REVIEWS
    say(platform.heading)
    say(f"{as_typed(written(folder, occasion, text))}: written")


def written(folder: Path, occasion: Occasion, text: str) -> Path:
    """The new file with a text, in a folder; no file that is there already is touched, whoever makes it meanwhile.

    Raises UsageError where it cannot be written.
    """
    for name in names(occasion):
        if write_new(folder / name, text, "--out"):
            return folder / name
    raise UsageError(f'"{folder}" holds {MAX_IN_A_DAY} reviews of this day and rule; name another with --out')


def names(occasion: Occasion) -> Iterator[str]:
    """What the file of an incident may be called: the day and the rule, and a number from the second one on."""
    stem = f"{day(occasion)}-{occasion.rule.id}"
    yield f"{stem}.md"
    yield from (f"{stem}-{number}.md" for number in range(2, MAX_IN_A_DAY + 1))
