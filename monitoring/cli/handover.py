"""`monitoring handover`: the note of a handover, filled as far as the catalog and git know it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli.console import CatalogOption, open_platform, say
from monitoring.cli.drill import moment
from monitoring.cli.reach import horizon_of
from monitoring.cli.templates import FOLDER, template_named
from monitoring.docs.handover import RECENT, MergedChange, MergedChanges, handover_note
from monitoring.errors import UsageError
from monitoring.loader import PlatformFiles
from monitoring.model.catalog import Catalog
from monitoring.reach.zones import first_zone
from monitoring.review.git_objects import repository_of

TEMPLATE = "handover"
USUAL_SPAN = "14d"
SHORT_HASH = 10  # characters of a commit that a person reads
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="TIME",
        help='When the turn ends: "2026-11-30 09:00", in the first schedule\'s time zone, or with a zone behind it.',
        show_default="now",
    ),
]
AheadOption = Annotated[str, typer.Option("--ahead", metavar="LENGTH", help="How far to look for what ends: 14d, 4w.")]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("handover")(handover)


def handover(at: AtOption = None, ahead: AheadOption = USUAL_SPAN, catalog: CatalogOption = None) -> None:
    """Print the note of a handover: who is on call now and next, whom to ask, what ends soon, what was merged."""
    platform = open_platform(catalog)
    loaded = platform.catalog
    now, span = moment(at, first_zone(loaded)), horizon_of(ahead, "--ahead", USUAL_SPAN)
    merged = merged_changes(platform.files.catalog, now)
    note = handover_note(loaded, now, span, merged, _questions(platform.files, loaded))
    say(platform.heading, err=True)
    say(note, nl=False)


def _questions(files: PlatformFiles, catalog: Catalog) -> list[str]:
    """What the template of the handover asks its writer; nothing where there is no such template."""
    if not (files.documents / FOLDER / f"{TEMPLATE}.md").is_file():
        return []
    return [prompt.ask for prompt in template_named(TEMPLATE, files, catalog).front.say.values()]


def merged_changes(catalog: Path, until: int) -> MergedChanges:
    """What was merged into the catalog before an instant, as far as the checked-out branch knows, or why not."""
    try:
        commits = repository_of(catalog).merged(catalog, until - RECENT, until)
    except UsageError as error:
        return MergedChanges(unknown=str(error).partition(";")[0])
    return MergedChanges(tuple(MergedChange(commit.name[:SHORT_HASH], commit.at, commit.subject) for commit in commits))
