"""`monitoring adopt`: what would the program create though it stands in an account already?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from monitoring.adoption.duplicates import (
    Duplicate,
    Package,
    duplicates,
    import_file,
    keys_read,
    pending_operations,
    protected,
    unknown,
)
from monitoring.cli.accounts import account_access
from monitoring.cli.console import CatalogOption, TodayOption, day, known_environment, many, open_platform, say
from monitoring.cli.engine import CwdOption, ask, project_folder
from monitoring.cli.files import write
from monitoring.errors import UsageError
from monitoring.loader import PlatformFiles
from monitoring.model.references import nearest
from monitoring.plan import Plan, Resource
from monitoring.vendors.access import Access
from monitoring.vendors.client import opened
from monitoring.vendors.existing import ExistingObject, existing_objects
from monitoring.vendors.settings import unreachable

IMPORT = "pulumi import --file {file} --yes --skip-preview --protect=false --generate-code=false --stack {stack}"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("adopt")(adopt)


def adopt(
    stack: Annotated[str, typer.Option("--stack", metavar="NAME", help="The stack that would create.")] = "prod",
    environment: Annotated[
        str | None, typer.Option("--environment", "-e", metavar="NAME", help="Its environment.", show_default="NAME")
    ] = None,
    write_to: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write what pulumi import --file reads.")
    ] = None,
    ids: Annotated[
        list[str] | None,
        typer.Option("--id", metavar="TYPE::NAME=ID", help="Take this object, whatever its name there."),
    ] = None,
    catalog: CatalogOption = None,
    today: TodayOption = None,
    cwd: CwdOption = None,
) -> None:
    """Find what the program would create beside a twin: exit code 0 where there is none, 1 where there is one.

    Changes nothing. Compares the Plan with the stack's state, and asks the vendors by name for what the state lacks.
    """
    platform = open_platform(catalog, stack=stack)
    loaded = platform.catalog
    name = known_environment(loaded, environment or stack)
    access = account_access(loaded, project_folder(cwd), stack)
    if access.missing:
        raise UsageError(unreachable(access.missing))
    with Console(stderr=True).status("asking the vendors …"):
        plan = _plan(name, today, platform.files)
        export = _export(stack, cwd)
        chosen = _chosen(plan, ids or ())
        objects = asyncio.run(_existing_objects(access, unknown(plan, export)))
    existing = duplicates(plan, loaded, export, objects, chosen)
    if write_to is not None:
        write(write_to, json.dumps(import_file(existing, _packages()), indent=2) + "\n", "--write")
    say(f"{platform.heading}, stack {stack}")
    _say(existing, creates=len(unknown(plan, export)), left_open=pending_operations(export), stack=stack)
    if any(duplicate.adoptable for duplicate in existing):
        _say_how(keys_read(plan, existing, stack=stack), protected(export), stack=stack, file=write_to)
    raise typer.Exit(1 if existing else 0)


def _plan(environment: str, today: str | None, files: PlatformFiles) -> Plan:
    from monitoring.preview.run import preview

    return preview(environment=environment, today=day(today), files=files)


def _export(stack: str, cwd: Path | None) -> Mapping[str, Any]:
    run = ask("stack", "export", "--stack", stack, "--non-interactive", cwd=cwd)
    try:
        export: Mapping[str, Any] = json.loads(run.stdout)
    except ValueError:
        raise UsageError(f"the engine did not show the stack's state:\n{run.stderr.strip()}") from None
    return export


def _chosen(plan: Plan, ids: Sequence[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for text in ids:
        key, equals, id_ = text.partition("=")
        if not (equals and id_):
            raise UsageError(f'--id "{text}": write TYPE::NAME=ID')
        if key not in plan.by_key:
            raise UsageError(f'--id "{text}": the program declares no "{key}"; {nearest(key, plan.by_key)}')
        chosen[key] = id_
    return chosen


async def _existing_objects(access: Access, wanted: Sequence[Resource]) -> tuple[ExistingObject, ...]:
    async with opened() as client:
        return tuple([existing async for existing in existing_objects(client, access, wanted)])


def _say(existing: Sequence[Duplicate], *, creates: int, left_open: int, stack: str) -> None:
    for duplicate in existing:
        say(str(duplicate))
    if left_open:
        remedy = f"first run pulumi refresh --clear-pending-creates --stack {stack}"
        say(f"the state still holds {many(left_open, 'operation')} cut short; {remedy}")
    there = len({duplicate.resource.key for duplicate in existing})
    say(f"{creates} to create, {there or 'none'} of which stand there already.")


def _say_how(keys: Sequence[str], held_fast: Container[str], *, stack: str, file: Path | None) -> None:
    replace = "".join(f" --replace '{urn}'" for urn in keys)
    say("To take over what stands there, run in this order:")
    say(f"  {IMPORT.format(file=file or 'FILE', stack=stack)}")
    for urn in keys:
        if urn in held_fast:
            say(f"  pulumi state unprotect '{urn}' --yes --stack {stack}")
    say(f"  pulumi up --stack {stack}{replace}")
    if keys:
        say("An import reads integration keys in clear; --replace makes new ones, and the ones read are dead.")


def _packages() -> dict[str, Package]:
    from monitoring.resources.packages import package_version, sentry_base

    plain = {vendor: Package(package_version(vendor)) for vendor in ("datadog", "pagerduty")}
    return {**plain, "sentry": Package(package_version("sentry"), sentry_base())}
