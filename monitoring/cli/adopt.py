"""`monitoring adopt`: which objects would the program create although they already exist in an account?"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from monitoring.cli.accounts import account_access, environment_of
from monitoring.cli.console import (
    CatalogOption,
    FormatOption,
    OpenPlatform,
    OutputFormat,
    TodayOption,
    day,
    known_environment,
    open_platform,
    problems_as,
    say,
    say_json,
)
from monitoring.cli.engine import CwdOption, ask, project_folder
from monitoring.cli.files import require_place, write
from monitoring.errors import UsageError
from monitoring.loader import PlatformFiles
from monitoring.model.references import nearest
from monitoring.model.scalars import many
from monitoring.naming.type_tokens import SCHEDULE
from monitoring.plan import VENDORS, Plan, Resource
from monitoring.vendors.access import Access
from monitoring.vendors.client import opened
from monitoring.vendors.existing import ExistingObject, existing_objects
from monitoring.vendors.settings import unreachable

EXAMPLE = f"write for example {SCHEDULE}::primary=PABC123"
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
        Path | None, typer.Option("--write", metavar="FILE", help="Write the file for pulumi import --file.")
    ] = None,
    ids: Annotated[
        list[str] | None,
        typer.Option("--id", metavar="TYPE::NAME=ID", help="Import this object, whatever its name in the account."),
    ] = None,
    catalog: CatalogOption = None,
    today: TodayOption = None,
    cwd: CwdOption = None,
    format: FormatOption = OutputFormat.TEXT,  # noqa: A002  the option's name
) -> None:
    """Find objects that already exist and would be created again: exit code 0 for none, 1 for some.

    Changes nothing. Compares the Plan with the stack's state, and looks up by name at the vendors what the state lacks.
    """
    require_place(write_to, "--write")
    platform = open_platform(catalog, format, stack)
    loaded = platform.catalog
    name = known_environment(loaded, environment or environment_of(project_folder(cwd), stack))
    access = _complete(account_access(loaded, project_folder(cwd), stack))
    with problems_as(format, platform.fields), Console(stderr=True).status("reading the vendor accounts …"):
        plan = _plan(name, today, platform.files)
        export = _export(stack, cwd)
        wanted = unknown(plan, export)
        objects = asyncio.run(_existing_objects(access, wanted))
    existing = duplicates(plan, loaded, export, objects, _chosen(plan, ids or ()))
    if write_to is not None:
        write(write_to, json.dumps(import_file(existing, _packages()), indent=2) + "\n", "--write")
    commands = import_commands(plan, existing, protected(export), stack, write_to)
    looked_at, pending = _counted(wanted, objects), pending_operations(export)
    _show(platform, Adoption(stack, len(wanted), looked_at, pending, existing, tuple(commands)), format)
    raise typer.Exit(1 if existing else 0)


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an update of a stack would create, which of it exists already, and the commands that import that.

    `looked_at`: how many objects each vendor listed that was asked, whatever their names, by its key in VENDORS.
    """

    stack: str
    creates: int
    looked_at: Mapping[str, int]
    pending_operations: int
    duplicates: tuple[Duplicate, ...]
    commands: tuple[str, ...]


def _complete(access: Access) -> Access:
    """The access, where nothing is missing of it; UsageError where something is."""
    if access.missing:
        raise UsageError(unreachable(access.missing))
    return access


def _show(platform: OpenPlatform, answer: Adoption, written: OutputFormat) -> None:
    if written is OutputFormat.JSON:
        say_json({**platform.fields, **as_json(answer)})
    else:
        say(f"{platform.heading}, stack {answer.stack}")
        _print(answer)


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
            raise UsageError(f'--id "{text}" is not TYPE::NAME=ID; {EXAMPLE}')
        if key not in plan.by_key:
            raise UsageError(f'--id "{text}": the program declares no "{key}"; {nearest(key, plan.by_key)}')
        if (key.partition("::")[0], id_) in {(other.partition("::")[0], own) for other, own in chosen.items()}:
            raise UsageError(f'--id "{text}": the id {id_} is given for another one too; name each object once')
        chosen[key] = id_
    return chosen


async def _existing_objects(access: Access, wanted: Sequence[Resource]) -> tuple[ExistingObject, ...]:
    async with opened() as client:
        return tuple([existing async for existing in existing_objects(client, access, wanted)])


def _counted(wanted: Iterable[Resource], objects: Iterable[ExistingObject]) -> Mapping[str, int]:
    """How many objects each vendor that was asked listed; a vendor without any is counted too."""
    listed = Counter(existing.type.partition(":")[0] for existing in objects)
    return {vendor: listed[vendor] for vendor in sorted({resource.vendor for resource in wanted})}


def import_commands(
    plan: Plan, existing: Sequence[Duplicate], protected_urns: Container[str], stack: str, file: Path | None
) -> Iterator[str]:
    """The commands that import what exists, in their order; none where nothing can be imported.

    An import reads integration keys in clear, so that the update after it replaces them.
    """
    if not any(duplicate.adoptable for duplicate in existing):
        return
    keys = keys_read(plan, existing, stack=stack)
    yield IMPORT.format(file=file or "FILE", stack=stack)
    yield from (f"pulumi state unprotect '{urn}' --yes --stack {stack}" for urn in keys if urn in protected_urns)
    yield f"pulumi up --stack {stack}" + "".join(f" --replace '{urn}'" for urn in keys)


def _print(answer: Adoption) -> None:
    for duplicate in answer.duplicates:
        say(str(duplicate))
    if answer.pending_operations:
        remedy = f"first run pulumi refresh --clear-pending-creates --stack {answer.stack}"
        say(f"the state still holds {many(answer.pending_operations, 'operation')} cut short; {remedy}")
    existing = len({duplicate.resource.key for duplicate in answer.duplicates})
    say(f"{answer.creates} to create, {existing or 'none'} of which already exist{'s' if existing == 1 else ''}.")
    say(_compared(answer.looked_at))
    if answer.commands:
        say("To import what exists, run in this order:")
    for command in answer.commands:
        say(f"  {command}")
    if any("--replace" in command for command in answer.commands):
        say("An import reads integration keys in clear text; --replace makes new keys, and the old ones stop working.")


def _compared(looked_at: Mapping[str, int]) -> str:
    """How many objects of the accounts the names were compared with."""
    counts = ", ".join(f"{count} at {VENDORS[vendor]}" for vendor, count in looked_at.items())
    return f"Compared with {many(sum(looked_at.values()), 'object')} in the accounts: {counts or 'nobody was asked'}."


def as_json(answer: Adoption) -> dict[str, Any]:
    """The answer as plain data."""
    return {
        "stack": answer.stack,
        "creates": answer.creates,
        "looked-at": dict(answer.looked_at),
        "pending-operations": answer.pending_operations,
        "existing": [
            {
                "resource": duplicate.resource.key,
                "name": duplicate.name,
                "vendor": duplicate.resource.vendor_title,
                "ids": list(duplicate.ids),
                "can-be-imported": duplicate.adoptable,
                "source": str(duplicate.source),
            }
            for duplicate in answer.duplicates
        ],
        "commands": list(answer.commands),
    }


def _packages() -> dict[str, Package]:
    from monitoring.resources.packages import package_version, sentry_base

    plain = {vendor: Package(package_version(vendor)) for vendor in ("datadog", "pagerduty")}
    return {**plain, "sentry": Package(package_version("sentry"), sentry_base())}
