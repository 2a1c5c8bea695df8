"""`monitoring init`: the smallest project that is green, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from secrets import token_hex
from typing import Annotated

import typer

from monitoring.cli.console import OpenPlatform, TodayOption, day, say
from monitoring.cli.docs import documents_anew
from monitoring.cli.files import put_new, write
from monitoring.cli.schema import FILES
from monitoring.cli.schema import text as schema_text
from monitoring.errors import UsageError
from monitoring.file_reading import as_typed
from monitoring.loader import PlatformFiles, load
from monitoring.model.scalars import many
from monitoring.pipelines.children import interrupted_by_sigterm
from monitoring.preview.golden import GoldenPlan
from monitoring.preview.run import preview
from monitoring.scaffold import Installed, Starter, installed, named, tree, vendors_of

KEPT = ".git"
"""What a folder may hold that a project is put into."""
MAX_NAMED = 3


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("init")(init)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="The platform's name.", show_default="the folder's")
    ] = None,
    vendors: Annotated[
        str, typer.Option("--vendors", metavar="LIST", help="PagerDuty, and what watches: datadog, sentry, or both.")
    ] = "pagerduty,datadog,sentry",
    today: TodayOption = None,
) -> None:
    """Create a project of your own: a small catalog without problems, its program, pipelines and procedures.

    Overwrites nothing, and leaves nothing behind when it fails. The folder may contain .git.
    """
    target = folder.resolve()
    require_free(target)
    starter = Starter(named(target.name if name is None else name), vendors_of(vendors))
    tool = installed()
    on = day(today)
    with staging(target) as stage:
        written = _make(stage, starter, tool, on)
        put(stage, target)
    _report(target, starter, tool, written)


def require_free(target: Path) -> None:
    """Raises UsageError where a project cannot be put: something lies there, or nothing to put it into."""
    if not target.exists() and not target.parent.is_dir():
        raise UsageError(f'there is no folder "{as_typed(target.parent)}"; create it first')
    if target.exists() and not target.is_dir():
        raise UsageError(f'"{as_typed(target)}" is a file; name a new folder, for example acme')
    in_the_way = sorted(path.name for path in target.iterdir() if path.name != KEPT) if target.exists() else []
    if in_the_way:
        more = f" and {len(in_the_way) - MAX_NAMED} more" if len(in_the_way) > MAX_NAMED else ""
        there = ", ".join(in_the_way[:MAX_NAMED]) + more
        raise UsageError(f'"{as_typed(target)}" holds {there}; name a new or empty folder, for example acme')


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A folder beside the target, or in it where it exists; taken away at the end, with whatever is still in it."""
    place = target if target.exists() else target.parent
    stage = place / f".{target.name}.{token_hex(4)}"
    with interrupted_by_sigterm():
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def _make(stage: Path, starter: Starter, tool: Installed, today: date) -> int:
    """Writes the whole project into a folder; how many files it has."""
    _write_all(stage, tree(starter, tool), stage)
    files = PlatformFiles(stage / "catalog")
    _write_all(files.catalog / "schema", {f"{name}.json": schema_text(name) for name in FILES}, stage)
    catalog = load(files.catalog)
    _write_all(files.documents, documents_anew(catalog, files.documents).texts, stage)
    for environment in catalog.platform.environments:
        plan = preview(environment=environment, today=today, files=files)
        write(files.golden(environment), str(GoldenPlan(today, plan)), "DIR", folder=stage)
    return sum(path.is_file() for path in stage.rglob("*"))


def _write_all(folder: Path, texts: Mapping[str, str], stage: Path) -> None:
    for path, text in texts.items():
        write(folder / path, text, "DIR", folder=stage)


def put(stage: Path, target: Path) -> None:
    """Puts what was made in its place, all of it or nothing; UsageError where something came in the way meanwhile."""
    if not target.exists():
        put_new(stage, target, "DIR")
        return
    placed: list[Path] = []
    try:
        for path in sorted(stage.iterdir()):
            put_new(path, target / path.name, "DIR")
            placed.append(target / path.name)
    except BaseException:
        for path in placed:
            _remove(path)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _report(target: Path, starter: Starter, tool: Installed, written: int) -> None:
    platform = OpenPlatform(load(target / "catalog"), PlatformFiles(target / "catalog"))
    say(platform.heading)
    say(f"{as_typed(target)}: {many(written, 'file')} written, for {starter.vendor_titles}")
    if tool.sha256 is None:
        say(f"requirements.txt lacks the hash of {tool.wheel}; write what make wheel prints")
    say(f"Next: the five steps in {as_typed(target / 'README.md')}.")
